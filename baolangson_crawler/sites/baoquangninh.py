"""Báo Quảng Ninh, the paper of Quảng Ninh province."""

from baolangson_crawler.families.content_detail import (
    ARTICLE_URL,
    ContentDetailPage,
    ContentGalleryPage,
)
from baolangson_crawler.sites.base import Feed, Listing, Site

_FEEDS = (
    "chinh-tri kinh-te xa-hoi phap-luat the-thao du-lich van-hoa-nghe-thuat quoc-te doi-song "
    "khoa-hoc-cong-nghe ban-doc multimedia giao-duc y-te an-toan-giao-thong"
).split()
_SECTIONS = (
    "chinh-tri kinh-te xa-hoi phap-luat the-thao du-lich van-hoa quoc-te doi-song "
    "khoa-hoc-cong-nghe ban-doc multimedia truyen-hinh phat-thanh"
).split()
_LINKS = "article.card a, .card-content a"

SITE = Site(
    key="baoquangninh",
    name="Báo Quảng Ninh",
    province="Quảng Ninh",
    domains=("baoquangninh.vn",),
    former_domains=("baoquangninh.com.vn",),
    sections=tuple(_SECTIONS),
    sources=(
        *(Feed(f"https://baoquangninh.vn/rss/news/{section}.rss") for section in _FEEDS),
        *(Listing(f"https://baoquangninh.vn/{section}", links=_LINKS) for section in _SECTIONS),
    ),
    article_url=ARTICLE_URL,
    pages=(ContentDetailPage, ContentGalleryPage),
    verified="code",
    notes=(
        "The feeds are those that a public reader names; all are listed at /rss. An English "
        "edition stands on english.baoquangninh.vn. Whether its sections are listed as JSON, as "
        "on baocaobang.vn, is not known."
    ),
)
