"""Báo Gia Lai, the paper of Gia Lai province, since July 2025 also of Bình Định."""

from baolangson_crawler.families.zce import ZceFeaturePage, ZcePage
from baolangson_crawler.sites.base import Listing, Site

_SECTIONS = (
    "thoi-su-su-kien thoi-su-quoc-te thoi-su-binh-luan chinh-tri kinh-te giao-duc suc-khoe van-hoa "
    "giai-tri doi-song the-thao song-tre-song-dep khoa-hoc-cong-nghe do-thi du-lich phap-luat "
    "tu-thien ban-doc chuyen-nguoi-gia-lai phong-su-ky-su xe-may-xe-o-to thi-truong-vang "
    "ma-ra-thon tennis-pickleball xoa-nha-tam-nha-dot-nat ban-tin-the-gioi gia-lai-hom-nay "
    "gia-lai-moi-tuan-mot-diem-den diem-den-gia-lai-2022 net-zero rung-bien-ket-noi "
    "chuyen-dong-tre thoi-tiet"
).split()

SITE = Site(
    key="baogialai",
    name="Báo Gia Lai",
    province="Gia Lai",
    domains=("baogialai.com.vn",),
    sources=tuple(
        Listing(f"https://baogialai.com.vn/{section}/", links="article.story a, article a.cms-link")
        for section in _SECTIONS
    ),
    sections=tuple(_SECTIONS),
    article_url=r"^/[^/?]+-post(?P<id>\d+)\.html$",
    pages=(ZcePage, ZceFeaturePage),
    verified="code",
    notes=(
        "Writes of Quy Nhơn too since the merger; what became of Bình Định's archive is not known. "
        "A page weighs about 220 kB. How its sections are paged is not known."
    ),
)
