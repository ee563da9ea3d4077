"""Báo Bắc Giang, the paper of the former Bắc Giang province, merged into Báo Bắc Ninh in 2025."""

from baolangson_crawler.families.bbg import ArticleContentPage, BbgPage
from baolangson_crawler.sites.base import Listing, Site

_SECTIONS = ("bg2/moi-nhat", "bg/suc-khoe")

SITE = Site(
    key="baobacgiang",
    name="Báo Bắc Giang",
    province="Bắc Ninh",
    former_province="Bắc Giang",
    domains=("baobacgiang.vn", "en.baobacgiang.vn"),
    former_domains=("baobacgiang.com.vn",),
    sources=tuple(
        Listing(f"https://baobacgiang.vn/{section}", links="a.font-tin-doc")
        for section in ("", *_SECTIONS)
    ),
    sections=_SECTIONS,
    article_url=r"-postid(?P<id>\d+)\.bbg$",
    legacy_article_urls=(
        r"^/bg\d?/(?:[a-z0-9-]+/)*(?P<id>\d+)/[^/?]+\.html$",
        r"^/(?:[^/?-]+-){5,}[^/?-]+\.bbg$",
    ),
    status="unknown",
    merged_into="baobacninh",
    pages=(BbgPage, ArticleContentPage),
    verified="code",
    notes=(
        "Its archive goes on under baobacninhtv.vn with the same ids; what the old hosts still "
        "serve is not known. The certificate of en.baobacgiang.vn had expired in April 2026."
    ),
)
