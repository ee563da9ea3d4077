"""Báo Lào Cai, the paper of Lào Cai province, since July 2025 also of Yên Bái."""

from baolangson_crawler.families.zce import ZceFeaturePage, ZcePage
from baolangson_crawler.sites.base import Listing, Site, Sitemap

_SECTIONS = (
    "chinh-tri chinh-tri/xay-dung-dang chinh-tri/quoc-phong-an-ninh chinh-tri/doi-ngoai "
    "hoc-tap-va-lam-theo-bac kinh-te kinh-te/nong-nghiep-nong-thon kinh-te/cong-nghiep-xay-dung "
    "kinh-te/dau-tu-tai-chinh kinh-te/thi-truong kinh-te/ocop-lao-cai xa-hoi xa-hoi/giao-duc "
    "xa-hoi/y-te xa-hoi/lao-dong-viec-lam xa-hoi/cai-cach-hanh-chinh ban-doc van-hoa "
    "van-hoa/van-hoc-nghe-thuat van-hoa/giai-tri van-hoa/lang-nghe du-lich chuyen-doi-so "
    "review-lao-cai phap-luat phap-luat/an-ninh-trat-tu phap-luat/phap-luat-doi-song "
    "phap-luat/an-toan-giao-thong the-thao the-gioi phong-su video goc-anh e-magazine infographic"
).split()

SITE = Site(
    key="baolaocai",
    name="Báo Lào Cai",
    province="Lào Cai",
    domains=("baolaocai.vn",),
    sources=(
        Sitemap("https://baolaocai.vn/sitemap.xml"),
        *(
            Listing(f"https://baolaocai.vn/{section}/", links=".site-body .main-col a.cms-link")
            for section in _SECTIONS
        ),
    ),
    sections=tuple(_SECTIONS),
    article_url=r"^/[^/?]+-post(?P<id>\d+)\.html$",
    pages=(ZcePage, ZceFeaturePage),
    verified="page",
    notes=(
        "Ids jump after the merger with Yên Bái (404649 in June 2025, 88xxxx in January 2026): "
        "they do not order time. How its sections are paged is not known."
    ),
)
