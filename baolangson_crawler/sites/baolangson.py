"""Báo Lạng Sơn, the paper of Lạng Sơn province, after which this project is named."""

from baolangson_crawler.families.content_detail import (
    ARTICLE_URL,
    LINKS,
    ContentDetailPage,
    ContentGalleryPage,
)
from baolangson_crawler.sites.base import Listing, Site

_SECTIONS = (
    "chinh-tri kinh-te xa-hoi phap-luat giao-duc van-hoa the-thao du-lich quoc-te nong-nghiep "
    "cong-nghe khoa-hoc-tin-hoc tieu-diem giai-tri"
).split()

SITE = Site(
    key="baolangson",
    name="Báo Lạng Sơn",
    province="Lạng Sơn",
    domains=("baolangson.vn",),
    sections=tuple(_SECTIONS),
    sources=tuple(
        Listing(f"https://baolangson.vn/{section}", links=LINKS) for section in _SECTIONS
    ),
    article_url=ARTICLE_URL,
    pages=(ContentDetailPage, ContentGalleryPage),
    verified="code",
    notes=(
        "Its robots.txt is reported to close article addresses to crawlers. Ask the paper for "
        "permission before the first full crawl. Whether its sections are listed as JSON, as on "
        "baocaobang.vn, is not known."
    ),
)
