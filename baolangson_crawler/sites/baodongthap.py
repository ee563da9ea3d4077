"""Báo Đồng Tháp, the paper of Đồng Tháp province, since July 2025 also of Tiền Giang."""

from baolangson_crawler.families.fck import FckPage, FckSingularPage
from baolangson_crawler.sites.base import Listing, Site

_SECTIONS = (
    "chinh-tri kinh-te xa-hoi van-hoa-nghe-thuat the-thao giao-duc phap-luat suc-khoe-y-te quoc-te "
    "khoa-hoc"
).split()

SITE = Site(
    key="baodongthap",
    name="Báo Đồng Tháp",
    province="Đồng Tháp",
    domains=("baodongthap.vn",),
    sources=tuple(
        Listing(f"https://baodongthap.vn/{section}/", links="a.news-title, a.title")
        for section in _SECTIONS
    ),
    sections=tuple(_SECTIONS),
    article_url=r"^/(?:[a-z]{2}/)?[^/?]*-a(?P<id>\d+)\.html$",
    pages=(FckSingularPage, FckPage),
    verified="code",
    notes="Also prints in English under /en/. How its sections are paged is not known.",
)
