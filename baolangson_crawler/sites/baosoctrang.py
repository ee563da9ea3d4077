"""Báo Sóc Trăng, the paper of the former Sóc Trăng province, merged into Báo Cần Thơ."""

from baolangson_crawler.families.month_hex import (
    ARTICLE_URL,
    LINKS,
    MediaHeadingPage,
    MonthHexPage,
    PlainContentPage,
)
from baolangson_crawler.sites.base import Listing, Site

SITE = Site(
    key="baosoctrang",
    name="Báo Sóc Trăng",
    province="Cần Thơ",
    former_province="Sóc Trăng",
    domains=("baosoctrang.org.vn",),
    status="unknown",
    merged_into="baocantho",
    sources=(Listing("https://baosoctrang.org.vn/", links=LINKS),),
    article_url=ARTICLE_URL,
    pages=(MonthHexPage, MediaHeadingPage, PlainContentPage),
    verified="address",
    notes=(
        "Whether the domain is still served since July 2025 is not known. Before about 2023 it "
        "ran another design, of which no address is known. Its sections are not known."
    ),
)
