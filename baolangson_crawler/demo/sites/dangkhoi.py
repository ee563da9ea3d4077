"""Đảng ủy Khối các cơ quan tỉnh, a fictional Party portal with section pages only."""

from datetime import date

from baolangson_crawler.families.portal import PortalPage
from baolangson_crawler.sites.base import Calendar, Listing, Site

SECTIONS = (
    "hoat-dong-dang-uy-khoi",
    "tin-tuc-su-kien",
    "hoc-tap-va-lam-theo-bac",
    "kinh-te",
    "van-hoa-xa-hoi",
)

SITE = Site(
    key="dangkhoi",
    name="Đảng ủy Khối các cơ quan tỉnh",
    province="Lạng Sơn",
    domains=("dangkhoi.example",),
    sources=tuple(
        Listing(f"http://dangkhoi.example/{slug}/?page={{page}}", links=".news-list .item h3 a")
        for slug in SECTIONS
    ),
    calendars=(
        Calendar(
            url="http://dangkhoi.example/luu-tru/{year}/?page={page}",
            first=date(2020, 7, 21),
            links=".news-list .item h3 a",
        ),
    ),
    article_url=r"^/[a-z0-9-]+/[a-z0-9-]+-(?P<id>\d+)\.html$",
    pages=(PortalPage,),
    verified="own",
    notes="A demo paper. Its first article is the document that the project began from.",
)
