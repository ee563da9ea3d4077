"""Báo Thanh Hóa, the paper of Thanh Hóa province."""

from baolangson_crawler.families.dcontent import DcontentPage
from baolangson_crawler.sites.base import Feed, Listing, Site

_SECTIONS = (
    "tin24h xa-phuong thoi-su kiem-chung-thong-tin dai-bieu-voi-cu-tri noi-chinh xay-dung-dang "
    "theo-guong-bac nghi-quyet-cua-dang tu-tuong-dang du-thao ve-voi-xu-thanh dat-va-nguoi "
    "khat-vong-thanh-hoa diem-den mien-tay-thanh-hoa kinh-te doanh-nghiep co-hoi-dau-tu "
    "kinh-te-thi-truong hoi-nhap-quoc-te kkt-nghi-son sao-mai-group xuc-tien-dau-tu "
    "doi-song-xa-hoi giao-duc nguoi-tot review-ocop nong-thon-moi an-toan-thuc-pham phap-luat "
    "anttocs an-ninh-trat-tu van-ban-phap-luat the-gioi kieu-bao ho-so-tu-lieu "
    "phan-tich-binh-luan van-hoa-giai-tri dien-anh du-lich nhip-song-tre the-thao "
    "the-thao-trong-tinh the-thao-trong-nuoc the-thao-quoc-te quoc-phong-an-ninh "
    "khoa-hoc-cong-nghe cong-nghe-moi moi-truong chuyen-doi-so y-te-suc-khoe tu-van-suc-khoe "
    "thuoc-dinh-duong khoe-dep nhung-dia-chi-tam-long xe thi-truong-xe tu-van-xe "
    "bat-dong-san-kien-truc thi-truong tin-tuc-dai-hoi ddci-thanh-hoa"
).split()

SITE = Site(
    key="baothanhhoa",
    name="Báo Thanh Hóa",
    province="Thanh Hóa",
    domains=("baothanhhoa.vn",),
    sources=(
        *(
            Feed(f"https://baothanhhoa.vn/rss/{section}.xml")
            for section in ("thoi-su", "phap-luat", "kinh-te")
        ),
        *(Listing(f"https://baothanhhoa.vn/{section}") for section in _SECTIONS),
    ),
    sections=tuple(_SECTIONS),
    article_url=r"^/(?!(?:topic|tag|docbao|bao-in)/)(?:[^/?]+/)?[^/?]+-(?P<id>\d+)\.htm$",
    legacy_article_urls=(r"^/[a-z0-9-]+/[^/?]+/(?P<id>\d+)\.html?$",),
    pages=(DcontentPage,),
    verified="code",
    notes=(
        "Part of the bodies arrive encrypted and are held, never stored as text. Only three of "
        "its feeds are known to be used; how its sections are paged is not known."
    ),
)
