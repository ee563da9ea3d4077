"""Báo Tuyên Quang, the paper of Tuyên Quang province, since July 2025 also of Hà Giang."""

from baolangson_crawler.families.month_hex import (
    ARTICLE_URL,
    LINKS,
    MediaHeadingPage,
    MonthHexPage,
    PlainContentPage,
)
from baolangson_crawler.sites.base import Listing, Site

_SECTIONS = (
    "thoi-su-chinh-tri kinh-te xa-hoi van-hoa an-ninh-quoc-phong khoa-hoc-cong-nghe quoc-te "
    "phap-luat the-thao-giai-tri goc-nhin xa-luan-van-de-ky-nay tin-noi-bat "
    "bao-ve-nen-tang-tu-tuong-cua-dang dang-trong-cuoc-song-hom-nay "
    "chuyen-muc-cai-cach-hanh-chinh thong-tin-quang-ba hoc-tap-theo-bac "
    "dai-hoi-dang-bo-cac-cap--nhiem-ky-2025-2030"
).split()

SITE = Site(
    key="baotuyenquang",
    name="Báo Tuyên Quang",
    province="Tuyên Quang",
    domains=("baotuyenquang.com.vn",),
    sections=tuple(f"{section}/" for section in _SECTIONS),
    sources=tuple(
        Listing(f"https://baotuyenquang.com.vn/{section}/", links=LINKS) for section in _SECTIONS
    ),
    article_url=ARTICLE_URL,
    pages=(MediaHeadingPage, MonthHexPage, PlainContentPage),
    verified="code",
    notes=(
        "One to three section levels stand before the month. How its sections are paged is not "
        "known."
    ),
)
