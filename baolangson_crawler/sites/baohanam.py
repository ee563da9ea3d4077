"""Báo Hà Nam, the paper of the former Hà Nam province, merged into Báo Ninh Bình in July 2025."""

from baolangson_crawler.families.schema_org import SchemaOrgPage
from baolangson_crawler.sites.base import Listing, Site

SITE = Site(
    key="baohanam",
    name="Báo Hà Nam",
    province="Ninh Bình",
    former_province="Hà Nam",
    domains=("baohanam.com.vn",),
    sources=(
        Listing("https://baohanam.com.vn/"),
        Listing(
            "https://baohanam.com.vn/que-huong-nui-doi-song-chau?currentpage={page}",
            start_url="https://baohanam.com.vn/que-huong-nui-doi-song-chau",
        ),
    ),
    sections=("que-huong-nui-doi-song-chau",),
    article_url=r"^/(?:[a-z0-9-]+/)+[^/?]+-(?P<id>\d+)\.html$",
    legacy_article_urls=(r"^/amp\.aspx\?(?:[^#]*&)?itemid=(?P<id>\d+)",),
    status="unknown",
    merged_into="baoninhbinh",
    pages=(SchemaOrgPage,),
    notes=(
        "Whether anything is still served since the merger is not known, and no selector either: "
        "the layout tries the marks that are made for search engines. The short form "
        "/amp.aspx?itemid= names the same articles."
    ),
)
