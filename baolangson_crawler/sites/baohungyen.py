"""Báo Hưng Yên, the paper of Hưng Yên province, since July 2025 also of Thái Bình."""

from baolangson_crawler.families import month_hex
from baolangson_crawler.families.content_detail import (
    ARTICLE_URL,
    LINKS,
    ContentDetailPage,
    ContentGalleryPage,
)
from baolangson_crawler.sites.base import Listing, Site

_SECTIONS = (
    "chinh-tri Chinh-tri kinh-te Kinh-te xa-hoi Xa-hoi van-hoa Van-hoa the-thao The-thao "
    "an-ninh-quoc-phong quoc-te giao-duc Giao-duc dat-va-nguoi-hung-yen ban-doc Ban-doc doi-song "
    "phap-luat-doi-song bien-dao-Viet-Nam"
).split()

SITE = Site(
    key="baohungyen",
    name="Báo Hưng Yên",
    province="Hưng Yên",
    domains=("baohungyen.vn",),
    sections=tuple(_SECTIONS),
    sources=tuple(
        Listing(f"https://baohungyen.vn/{section}", links=LINKS) for section in _SECTIONS
    ),
    article_url=ARTICLE_URL,
    legacy_article_urls=(month_hex.ARTICLE_URL,),
    pages=(
        ContentDetailPage,
        ContentGalleryPage,
        month_hex.MonthHexPage,
        month_hex.MediaHeadingPage,
        month_hex.PlainContentPage,
    ),
    verified="code",
    notes=(
        "Some sections have two spellings. Until about 2023 it ran the month-hex design. Whether "
        "its sections are listed as JSON, as on baocaobang.vn, is not known."
    ),
)
