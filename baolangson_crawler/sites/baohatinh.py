"""Báo Hà Tĩnh, the paper of Hà Tĩnh province."""

from baolangson_crawler.families.zce import ZceFeaturePage, ZcePage
from baolangson_crawler.sites.base import Listing, Site

_SECTIONS = (
    "chinh-tri kinh-te xa-hoi van-hoa-giai-tri phap-luat the-thao the-gioi ve-ha-tinh doi-song "
    "cong-nghe cong-dong xe"
).split()

SITE = Site(
    key="baohatinh",
    name="Báo Hà Tĩnh",
    province="Hà Tĩnh",
    domains=("baohatinh.vn",),
    sources=tuple(
        Listing(f"https://baohatinh.vn/{section}/", links="a.cms-link") for section in _SECTIONS
    ),
    sections=tuple(_SECTIONS),
    article_url=r"^/[^/?]+-post(?P<id>\d+)\.html$",
    pages=(ZcePage, ZceFeaturePage),
    verified="code",
    notes="How its sections are paged is not known. Until about 2020 it had another design.",
)
