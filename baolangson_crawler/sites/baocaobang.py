"""Báo Cao Bằng, the paper of Cao Bằng province."""

from baolangson_crawler.families.content_detail import (
    ARTICLE_URL,
    LINKS,
    ContentDetailPage,
    ContentGalleryPage,
)
from baolangson_crawler.sites.base import JsonListing, Listing, Site

_LISTS = {  # section → its number in the list that "load more" asks for
    "Thoi-su": 57,
    "chinh-tri": 58,
    "kinh-te": 59,
    "The-gioi": 60,
    "xa-hoi": 61,
    "van-hoa": 62,
    "Giao-duc": 63,
    "the-thao": 64,
    "Khoa-hoc-Cong-nghe": 65,
    "Suc-khoe-Doi-song": 66,
    "Quoc-phong-An-ninh": 67,
}
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
    sources=(
        *(
            JsonListing(
                "https://baocaobang.vn/list-post-by-category?page={page}&limit=12"
                f"&category_id={number}&show_thumb=true&show_desc=true"
            )
            for number in _LISTS.values()
        ),
        *(Listing(f"https://baocaobang.vn/{section}", links=LINKS) for section in _SECTIONS),
    ),
    article_url=ARTICLE_URL,
    legacy_article_urls=(r"^/[^/]+\.bcb$",),
    pages=(ContentDetailPage, ContentGalleryPage),
    verified="code",
    notes=(
        "The case of a section matters. Eleven sections are walked through the JSON of their "
        "load-more button, known from public code; what its objects say besides the address is "
        "not known. Old picture stories end in .bcb."
    ),
)
