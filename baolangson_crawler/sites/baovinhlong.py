"""Báo Vĩnh Long, the paper of Vĩnh Long province, since July 2025 also of Bến Tre and Trà Vinh."""

from baolangson_crawler.families.month_hex import (
    ARTICLE_URL,
    LINKS,
    MediaHeadingPage,
    MonthHexPage,
    PlainContentPage,
)
from baolangson_crawler.sites.base import Listing, Site

_SECTIONS = (
    "thoi-su chinh-tri kinh-te xa-hoi van-hoa-giai-tri the-thao khoa-hoc-cong-nghe the-gioi-tre "
    "phap-luat quoc-te suc-khoe nhip-song-dong-bang phong-su-ky-su phong-su-anh chuyen-tu-te "
    "ban-doc thu-gian tieu-diem"
).split()

SITE = Site(
    key="baovinhlong",
    name="Báo Vĩnh Long",
    province="Vĩnh Long",
    domains=("baovinhlong.com.vn",),
    former_domains=("baovinhlong.vn",),
    sections=tuple(f"{section}/" for section in _SECTIONS),
    sources=tuple(
        Listing(f"https://baovinhlong.com.vn/{section}/", links=LINKS) for section in _SECTIONS
    ),
    article_url=ARTICLE_URL,
    pages=(MonthHexPage, MediaHeadingPage, PlainContentPage),
    verified="code",
    notes=(
        "The archives of Bến Tre and Trà Vinh are sites of their own under baovinhlong.vn. How "
        "its sections are paged is not known."
    ),
)
