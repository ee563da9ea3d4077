"""Báo Bà Rịa - Vũng Tàu, the paper of the former province, merged into Sài Gòn Giải Phóng."""

from baolangson_crawler.families.month_hex import (
    ARTICLE_URL,
    LINKS,
    MediaHeadingPage,
    MonthHexPage,
    PlainContentPage,
)
from baolangson_crawler.sites.base import Listing, Site

SITE = Site(
    key="baobariavungtau",
    name="Báo Bà Rịa - Vũng Tàu",
    province="TP. Hồ Chí Minh",
    former_province="Bà Rịa - Vũng Tàu",
    domains=("baobariavungtau.com.vn",),
    status="unknown",
    merged_into="sggp",
    sources=(Listing("https://baobariavungtau.com.vn/", links=LINKS),),
    article_url=ARTICLE_URL,
    pages=(PlainContentPage, MonthHexPage, MediaHeadingPage),
    verified="address",
    notes=(
        "No article address is known: the family is told by its pictures, the last of May 2024. "
        "Whether the domain is still served is not known. Its sections are not known."
    ),
)
