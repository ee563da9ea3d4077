"""Báo Quảng Bình, the paper of the former Quảng Bình province, merged into Báo Quảng Trị."""

from baolangson_crawler.families.month_hex import ARTICLE_URL, LINKS, MonthHexPage, PlainContentPage
from baolangson_crawler.sites.base import Listing, Site

SITE = Site(
    key="baoquangbinh",
    name="Báo Quảng Bình",
    province="Quảng Trị",
    former_province="Quảng Bình",
    domains=("baoquangbinh.vn",),
    status="unknown",
    merged_into="baoquangtri",
    sources=(Listing("https://baoquangbinh.vn/", links=LINKS),),
    article_url=ARTICLE_URL,
    pages=(MonthHexPage, PlainContentPage),
    verified="address",
    notes=(
        "Whether the domain is still served since July 2025 is not known; its last article is of "
        "March 2025. Its sections are not known."
    ),
)
