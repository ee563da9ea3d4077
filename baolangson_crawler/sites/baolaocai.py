"""Báo Lào Cai, the paper of Lào Cai province, since July 2025 also of Yên Bái."""

from baolangson_crawler.families.zce import ZcePage
from baolangson_crawler.sites.base import Listing, Site, Sitemap

_SECTIONS = (
    "thoi-su kinh-te xa-hoi phap-luat the-thao the-gioi van-hoa du-lich review-lao-cai giao-duc "
    "y-te quoc-phong-an-ninh"
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
    article_url=r"-post(?P<id>\d+)\.html$",
    pages=(ZcePage,),
    verified="page",
    notes="Ids jump after the merger with Yên Bái: they do not order time.",
)
