"""Báo Khánh Hòa, the paper of Khánh Hòa province, since July 2025 also of Ninh Thuận."""

from baolangson_crawler.families.month_hex import (
    ARTICLE_URL,
    MediaHeadingPage,
    MonthHexPage,
    PlainContentPage,
)
from baolangson_crawler.sites.base import Listing, Site

_LINKS = "div.item a"

SITE = Site(
    key="baokhanhhoa",
    name="Báo Khánh Hòa",
    province="Khánh Hòa",
    domains=("baokhanhhoa.vn",),
    sources=(Listing("https://baokhanhhoa.vn/", links=_LINKS),),
    article_url=ARTICLE_URL,
    pages=(MonthHexPage, MediaHeadingPage, PlainContentPage),
    verified="code",
    notes=(
        "Its sections are not known: the home page is read. An index of feeds is named at /rss, "
        "the feeds themselves are not."
    ),
)
