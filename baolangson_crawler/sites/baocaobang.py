"""Báo Cao Bằng, the paper of Cao Bằng province."""

from baolangson_crawler.families.content_detail import (
    ARTICLE_URL,
    LINKS,
    ContentDetailPage,
    ContentGalleryPage,
)
from baolangson_crawler.sites.base import Listing, Site

_SECTIONS = (
    "Thoi-su chinh-tri kinh-te xa-hoi van-hoa the-thao Khoa-hoc-Cong-nghe Quoc-phong-An-ninh "
    "Suc-khoe-Doi-song The-gioi Giao-duc Ky-Phong-su"
).split()

SITE = Site(
    key="baocaobang",
    name="Báo Cao Bằng",
    province="Cao Bằng",
    domains=("baocaobang.vn",),
    sections=tuple(_SECTIONS),
    sources=tuple(
        Listing(f"https://baocaobang.vn/{section}", links=LINKS) for section in _SECTIONS
    ),
    article_url=ARTICLE_URL,
    legacy_article_urls=(r"^/[^/]+\.bcb$",),
    pages=(ContentDetailPage, ContentGalleryPage),
    verified="code",
    notes=(
        "The case of a section matters. Beside the section pages it lists articles as JSON: "
        "/list-post-by-category?page=1&limit=12&category_id=57. Old picture stories end in .bcb."
    ),
)
