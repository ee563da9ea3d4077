"""Báo Bình Dương, the paper of Bình Dương province until June 2025."""

from baolangson_crawler.families.fck import FckPage, FckSingularPage
from baolangson_crawler.sites.base import Listing, Site

_SECTIONS = (
    "chinh-tri kinh-te xa-hoi the-thao giao-duc phap-luat y-te nhip-song-so phan-tich ban-doc "
    "du-lich quoc-te toi-yeu-binh-duong"
).split()

SITE = Site(
    key="baobinhduong",
    name="Báo Bình Dương",
    province="TP. Hồ Chí Minh",
    former_province="Bình Dương",
    domains=("baobinhduong.vn",),
    former_domains=("baobinhduong.org.vn",),
    status="archive",
    merged_into="sggp",
    sources=tuple(
        Listing(f"https://baobinhduong.vn/{section}", links=".article-item a, h3 a, h2 a")
        for section in _SECTIONS
    ),
    sections=tuple(_SECTIONS),
    article_url=r"^/(?:(?:en|cn)/)?[^/?]*-a(?P<id>\d+)\.html$",
    pages=(FckSingularPage, FckPage),
    verified="code",
    notes="Served in 2026; whether it still prints is not known. English: /en, Chinese: /cn.",
)
