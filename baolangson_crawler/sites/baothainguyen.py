"""Báo Thái Nguyên, the paper of Thái Nguyên province, since July 2025 also of Bắc Kạn."""

from baolangson_crawler.families.month_hex import (
    ARTICLE_URL,
    MediaHeadingPage,
    MonthHexPage,
    PlainContentPage,
)
from baolangson_crawler.sites.base import Listing, Site

_SECTIONS = (
    "thoi-su-thai-nguyen chinh-tri kinh-te xa-hoi phap-luat giao-duc y-te van-hoa "
    "van-nghe-thai-nguyen the-thao giao-thong o-to-xe-may tai-nguyen-moi-truong "
    "quoc-phong-an-ninh quoc-te que-huong-dat-nuoc ban-doc tieu-diem tin-moi thong-tin-can-biet"
).split()
_LINKS = "a.title2"

SITE = Site(
    key="baothainguyen",
    name="Báo Thái Nguyên",
    province="Thái Nguyên",
    domains=("baothainguyen.vn",),
    sections=tuple(f"{section}/" for section in _SECTIONS),
    sources=tuple(
        Listing(f"https://baothainguyen.vn/{section}/", links=_LINKS) for section in _SECTIONS
    ),
    article_url=ARTICLE_URL,
    pages=(MonthHexPage, MediaHeadingPage, PlainContentPage),
    verified="code",
    notes=(
        "How its sections are paged is not known. Before about 2021 it ran another design, of "
        "which no address is known; the archive of Bắc Kạn is a site of its own on "
        "bbk.baothainguyen.vn."
    ),
)
