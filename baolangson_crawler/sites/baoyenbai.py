"""Báo Yên Bái, the paper of the former Yên Bái province, merged into Báo Lào Cai in July 2025."""

from baolangson_crawler.families.ims import ImsPage
from baolangson_crawler.sites.base import Feed, Listing, Site

SITE = Site(
    key="baoyenbai",
    name="Báo Yên Bái",
    province="Lào Cai",
    former_province="Yên Bái",
    domains=("baoyenbai.com.vn",),
    sources=(
        Feed("http://www.baoyenbai.com.vn/rss/11.rss"),
        Listing("http://www.baoyenbai.com.vn/"),
    ),
    article_url=r"^/\d+/(?P<id>\d+)/[^/?]+\.(?:htm|aspx)$",
    status="unknown",
    merged_into="baolaocai",
    pages=(ImsPage,),
    notes=(
        "Whether anything is still served since the merger is not known. No real article address "
        "was found: the form is that of Báo Hòa Bình, whose system it shared. Feeds are numbered "
        "by section; 11 is the one that old readers used."
    ),
)
