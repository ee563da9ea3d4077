"""Báo Bạc Liêu, the paper of the former Bạc Liêu province, merged into Báo Cà Mau in July 2025."""

from baolangson_crawler.families.newscontent import NewscontentPage
from baolangson_crawler.sites.base import Listing, Site

SITE = Site(
    key="baobaclieu",
    name="Báo Bạc Liêu",
    province="Cà Mau",
    former_province="Bạc Liêu",
    domains=("baobaclieu.vn",),
    sources=(
        Listing("https://www.baobaclieu.vn/"),
        Listing("https://www.baobaclieu.vn/quoc-phong-an-ninh"),
    ),
    sections=("quoc-phong-an-ninh",),
    article_url=r"^/[a-z0-9-]+/[^/?]+-(?P<id>\d+)\.html$",
    status="unknown",
    merged_into="baocamau",
    pages=(NewscontentPage,),
    notes="Whether anything is still served since the merger is not known.",
)
