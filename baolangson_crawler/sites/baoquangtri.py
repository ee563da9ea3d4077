"""Báo và phát thanh, truyền hình Quảng Trị, since July 2025 also the paper of Quảng Bình."""

from datetime import date

from baolangson_crawler.families.month_hex import ARTICLE_URL, MonthHexPage, PlainContentPage
from baolangson_crawler.sites.base import Inherited, Listing, Site

_SECTIONS = (
    "chinh-tri dat-va-nguoi-quang-binh dat-va-nguoi-quang-tri du-lich giao-duc khoa-hoc-cong-nghe "
    "kinh-te multimedia phap-luat phong-su-ky-su quoc-phong-an-ninh quoc-te suc-khoe the-thao "
    "thoi-su toa-soan-ban-doc van-hoa xa-hoi moi-nong"
).split()
_LINKS = "a.h2, a.h3, a.card-img"

SITE = Site(
    key="baoquangtri",
    name="Báo và phát thanh, truyền hình Quảng Trị",
    province="Quảng Trị",
    domains=("baoquangtri.vn",),
    sections=tuple(f"{section}/" for section in _SECTIONS),
    sources=tuple(
        Listing(f"https://baoquangtri.vn/{section}/", links=_LINKS) for section in _SECTIONS
    ),
    article_url=ARTICLE_URL,
    legacy_article_urls=(r"^/[^/]+-(?P<old_id>\d+)\.htm$",),
    inherited=(
        Inherited(paper="baoquangbinh", url=r"/dat-va-nguoi-quang-binh/", before=date(2025, 7, 1)),
    ),
    pages=(MonthHexPage, PlainContentPage),
    verified="code",
    notes=(
        "It had no robots.txt on 1 October 2026 (HTTP 404). Older ids are decimal. How its "
        "sections are paged is not known."
    ),
)
