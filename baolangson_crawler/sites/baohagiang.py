"""Báo Hà Giang, the paper of the former Hà Giang province, merged into Báo Tuyên Quang."""

from baolangson_crawler.families.month_hex import (
    ARTICLE_URL,
    LINKS,
    MediaHeadingPage,
    MonthHexPage,
    PlainContentPage,
)
from baolangson_crawler.sites.base import Listing, Site

SITE = Site(
    key="baohagiang",
    name="Báo Hà Giang",
    province="Tuyên Quang",
    former_province="Hà Giang",
    domains=("baohagiang.vn",),
    status="unknown",
    merged_into="baotuyenquang",
    sources=(Listing("https://baohagiang.vn/", links=LINKS),),
    article_url=ARTICLE_URL,
    pages=(MediaHeadingPage, MonthHexPage, PlainContentPage),
    verified="address",
    notes=(
        "Whether the domain is still served since July 2025 is not known; its last picture is of "
        "May 2025. Its sections are not known."
    ),
)
