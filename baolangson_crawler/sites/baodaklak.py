"""Báo Đắk Lắk, the paper of Đắk Lắk province, since July 2025 also of Phú Yên."""

from baolangson_crawler.families.month_hex import (
    ARTICLE_URL,
    MediaHeadingPage,
    MonthHexPage,
    PlainContentPage,
)
from baolangson_crawler.sites.base import Listing, Site

_SECTIONS = (
    "thoi-su chinh-tri kinh-te xa-hoi giao-duc y-te-suc-khoe chinh-sach-xa-hoi phap-luat "
    "an-ninh-quoc-phong quoc-te the-thao van-hoa-du-lich-van-hoc-nghe-thuat du-lich "
    "khoa-hoc-cong-nghe moi-truong trang-tin-dia-phuong thong-tin-doanh-nghiep-tu-gioi-thieu "
    "phong-su-ky-su van-de-ban-doc-quan-tam"
).split()
_LINKS = "a.title1, a.title5, h2.name a, h3.name a"

SITE = Site(
    key="baodaklak",
    name="Báo Đắk Lắk",
    province="Đắk Lắk",
    domains=("baodaklak.vn",),
    sections=tuple(f"{section}/" for section in _SECTIONS),
    sources=tuple(
        Listing(
            f"https://baodaklak.vn/{section}/?paged={{page}}",
            links=_LINKS,
            start_url=f"https://baodaklak.vn/{section}/",
        )
        for section in _SECTIONS
    ),
    article_url=ARTICLE_URL,
    pages=(MediaHeadingPage, MonthHexPage, PlainContentPage),
    verified="code",
    notes=(
        "One section had 167 numbered pages. Scripts of a newer design (2026) read them as JSON "
        "from /sc_service/api/article/list. The archive of Phú Yên is a site of its own on "
        "phuyen.baodaklak.vn."
    ),
)
