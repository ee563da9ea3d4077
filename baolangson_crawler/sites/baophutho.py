"""Báo Phú Thọ, the paper of Phú Thọ province, since July 2025 also of Vĩnh Phúc and Hòa Bình."""

from baolangson_crawler.families.dcontent import DcontentPage
from baolangson_crawler.sites.base import Listing, Site

_SECTIONS = (
    "phu-tho-24h phong-vi-dat-to den-hung du-lich-le-hoi chinh-tri xay-dung-dang "
    "quoc-hoi-hoi-dong-nhan-dan hoc-va-lam-theo-bac van-hoa-xa-hoi xa-hoi van-hoc-nghe-thuat "
    "van-hoa dan-toc-ton-giao net-dep-doi-thuong kinh-te gia-ca-thi-truong giao-duc y-te "
    "phong-su-ghi-chep quoc-te quoc-phong-an-ninh giai-tri the-thao toa-soan-ban-doc cong-dong "
    "ong-kinh-phong-vien khoa-hoc-cong-nghe chuyen-doi-so o-to-xe-may tin24h"
).split()

SITE = Site(
    key="baophutho",
    name="Báo Phú Thọ",
    province="Phú Thọ",
    domains=("baophutho.vn",),
    sources=tuple(
        Listing(f"https://baophutho.vn/{section}", links="a[href$='.htm']") for section in _SECTIONS
    ),
    sections=tuple(_SECTIONS),
    article_url=r"^/(?!(?:topic|tag|podcast)/)(?:[^/?]+/)?[^/?]+-(?P<id>\d+)\.htm$",
    legacy_article_urls=(r"^/[a-z0-9-]+/[^/?]+/(?P<id>\d+)\.html?$",),
    pages=(DcontentPage,),
    verified="code",
    notes=(
        "About half of its bodies are said to arrive encrypted; they are held, never stored as "
        "text. How its sections are paged is not known."
    ),
)
