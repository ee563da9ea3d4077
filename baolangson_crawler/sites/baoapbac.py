"""Báo Ấp Bắc, the paper of the former Tiền Giang province, merged into Báo Đồng Tháp."""

from baolangson_crawler.families.month_hex import (
    ARTICLE_URL,
    LINKS,
    MediaHeadingPage,
    MonthHexPage,
    PlainContentPage,
)
from baolangson_crawler.sites.base import Feed, Listing, Site

SITE = Site(
    key="baoapbac",
    name="Báo Ấp Bắc",
    province="Đồng Tháp",
    former_province="Tiền Giang",
    domains=("baoapbac.vn",),
    status="unknown",
    merged_into="baodongthap",
    sections=("xa-hoi/",),
    sources=(
        Feed("https://baoapbac.vn/xa-hoi/index.rss"),
        Listing("https://baoapbac.vn/xa-hoi/", links=LINKS),
    ),
    article_url=ARTICLE_URL,
    pages=(PlainContentPage, MonthHexPage, MediaHeadingPage),
    verified="address",
    notes=(
        "Its TLS is too old for today's OpenSSL. No article address is known: the family is told "
        "by its pictures. Other sections have feeds of the same form."
    ),
)
