"""Báo Nam Định, the paper of the former Nam Định province, merged into Báo Ninh Bình."""

from baolangson_crawler.families.month_hex import (
    ARTICLE_URL,
    LINKS,
    MediaHeadingPage,
    MonthHexPage,
    PlainContentPage,
)
from baolangson_crawler.sites.base import Listing, Site

SITE = Site(
    key="baonamdinh",
    name="Báo Nam Định",
    province="Ninh Bình",
    former_province="Nam Định",
    domains=("baonamdinh.vn",),
    former_domains=("baonamdinh.com.vn",),
    status="unknown",
    merged_into="baoninhbinh",
    sources=(Listing("https://baonamdinh.vn/", links=LINKS),),
    article_url=ARTICLE_URL,
    pages=(MonthHexPage, MediaHeadingPage, PlainContentPage),
    verified="address",
    notes=(
        "Whether the domain is still served since July 2025 is not known. Addresses of 2011 to "
        "2017 begin with /channel/ and may have capitals. Its sections are not known."
    ),
)
