"""Báo Kiên Giang, the paper of the former Kiên Giang province, merged into Báo An Giang in 2025."""

from baolangson_crawler.families.newscontent import NewscontentPage
from baolangson_crawler.sites.base import Listing, Site

SITE = Site(
    key="baokiengiang",
    name="Báo Kiên Giang",
    province="An Giang",
    former_province="Kiên Giang",
    domains=("baokiengiang.vn",),
    sources=(
        Listing("https://baokiengiang.vn/"),
        Listing("https://www.baokiengiang.vn/le-hoi"),
    ),
    sections=("le-hoi",),
    article_url=r"^/[a-z0-9-]+/[^/?]+-(?P<id>\d+)\.html$",
    status="unknown",
    merged_into="baoangiang",
    pages=(NewscontentPage,),
    notes=(
        "Whether anything is still served since the merger is not known. Older texts begin with "
        "(KGO); tag pages end in -12646/tag.html and are no articles."
    ),
)
