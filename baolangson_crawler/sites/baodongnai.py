"""Báo Đồng Nai, the paper of Đồng Nai province, since July 2025 also of Bình Phước."""

from baolangson_crawler.families.month_hex import (
    ARTICLE_URL,
    MediaHeadingPage,
    MonthHexPage,
    PlainContentPage,
)
from baolangson_crawler.sites.base import Listing, Site, Sitemap

_LINKS = "a.title1, a.title3"

SITE = Site(
    key="baodongnai",
    name="Báo Đồng Nai",
    province="Đồng Nai",
    domains=("baodongnai.com.vn",),
    sources=(
        Sitemap("https://baodongnai.com.vn/sitemap.xml"),
        Listing("https://baodongnai.com.vn/", links=_LINKS),
    ),
    article_url=ARTICLE_URL,
    pages=(MonthHexPage, MediaHeadingPage, PlainContentPage),
    verified="code",
    notes=(
        "Its sections are not known beside /media/, /video-clip/, /podcast/ and /anh-dep/; the "
        "sitemap lists the articles."
    ),
)
