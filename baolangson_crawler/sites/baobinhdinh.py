"""Báo Bình Định, the paper of the former Bình Định province, merged into Báo Gia Lai in 2025."""

from baolangson_crawler.families.schema_org import SchemaOrgPage
from baolangson_crawler.sites.base import Listing, Site

SITE = Site(
    key="baobinhdinh",
    name="Báo Bình Định",
    province="Gia Lai",
    former_province="Bình Định",
    domains=("baobinhdinh.vn",),
    former_domains=("baobinhdinh.com.vn",),
    sources=(Listing("https://baobinhdinh.vn/", links="a[href*='mabb=']"),),
    article_url=r"^/(?i:viewer\.aspx)\?(?:[^#]*&)?mabb=(?P<id>\d+)",
    status="unknown",
    merged_into="baogialai",
    pages=(SchemaOrgPage,),
    notes=(
        "Whether anything is still served since the merger is not known, nor any selector or "
        "address of a section: the layout tries the marks that are made for search engines. The "
        "id stands in the query string (mabb), which must be kept."
    ),
)
