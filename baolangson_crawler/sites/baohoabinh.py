"""Báo Hòa Bình, the paper of the former Hòa Bình province, merged into Báo Phú Thọ in July 2025."""

from baolangson_crawler.families.ims import ImsPage
from baolangson_crawler.sites.base import Listing, Site

SITE = Site(
    key="baohoabinh",
    name="Báo Hòa Bình",
    province="Phú Thọ",
    former_province="Hòa Bình",
    domains=("baohoabinh.com.vn",),
    sources=(Listing("https://www.baohoabinh.com.vn/"),),
    article_url=r"^/\d+/(?P<id>\d+)/[^/?]+\.htm$",
    status="unknown",
    merged_into="baophutho",
    pages=(ImsPage,),
    notes=(
        "Whether anything is still served since the merger is not known. Slugs keep capitals and "
        "commas; no section address is known but the number of the section in the articles'."
    ),
)
