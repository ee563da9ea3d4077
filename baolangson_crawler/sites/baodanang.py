"""Báo Đà Nẵng, the paper of Đà Nẵng, since July 2025 also of Quảng Nam."""

from datetime import date

from baolangson_crawler.families.month_hex import ARTICLE_URL, MonthHexPage
from baolangson_crawler.families.one_cms import OneCmsHeadPage, OneCmsPage
from baolangson_crawler.sites.base import Inherited, Listing, Site, Sitemap

_SECTIONS = (
    "chinh-tri xa-hoi kinh-te nong-nghiep-nong-thon quoc-phong-an-ninh the-gioi the-thao "
    "van-hoa-van-nghe doi-song du-lich khoa-hoc-cong-nghe su-kien-binh-luan co-hoi-dau-tu "
    "theo-buoc-chan-nguoi-quang toa-soan-ban-doc tin-moi-nhat"
).split()

SITE = Site(
    key="baodanang",
    name="Báo Đà Nẵng",
    province="Đà Nẵng",
    domains=("baodanang.vn",),
    sources=(
        Sitemap("https://baodanang.vn/sitemap-news.xml"),
        *(
            Listing(f"https://baodanang.vn/{section}", links="h3.b-grid__title a")
            for section in _SECTIONS
        ),
    ),
    sections=tuple(_SECTIONS),
    # topic pages end in -event123.html, which has no "-" before the number
    article_url=r"^/(?:[a-z]{2}/)?[^/?]+-(?P<id>\d+)\.html$",
    legacy_article_urls=(ARTICLE_URL,),
    # It runs on Quảng Nam's system and goes on with its ids, which began at 3,000,000 and stood at
    # about 3,155,000 in spring 2025; what has a higher id and is older may be Đà Nẵng's own.
    inherited=(
        Inherited(paper="baoquangnam", ids=(3_000_000, 3_160_000), before=date(2025, 7, 1)),
    ),
    pages=(OneCmsPage, OneCmsHeadPage, MonthHexPage),
    verified="code",
    notes=(
        "The sitemap holds the newest articles only; sections load further ones by script. "
        "The English edition is on a host of its own. Before 2025 the addresses held the month."
    ),
)
