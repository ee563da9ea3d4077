"""Báo Hải Dương, the paper of Hải Dương province until June 2025."""

from baolangson_crawler.families.one_cms import OneCmsHeadPage, OneCmsPage
from baolangson_crawler.sites.base import Listing, Site

SITE = Site(
    key="baohaiduong",
    name="Báo Hải Dương",
    province="Hải Phòng",
    former_province="Hải Dương",
    domains=("baohaiduong.vn",),
    status="unknown",
    merged_into="baohaiphong",
    sources=(Listing("https://baohaiduong.vn/", links="h3 a, h2 a"),),
    # topic pages end in -event123.html, which has no "-" before the number
    article_url=r"^/(?:[a-z]{2}/)?[^/?]+-(?P<id>\d+)\.html$",
    legacy_article_urls=(r"^/(?!chuyen-muc/)[a-z0-9-]+/[^/?]+-(?P<old_id>\d+)$",),
    pages=(OneCmsPage, OneCmsHeadPage),
    verified="address",
    notes=(
        "Whether the host still answers is not known; its articles are expected at baohaiphong.vn, "
        "which runs on its system. Old section pages were /chuyen-muc/{slug}."
    ),
)
