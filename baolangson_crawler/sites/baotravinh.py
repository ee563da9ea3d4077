"""Báo Trà Vinh, the paper of Trà Vinh province until June 2025; its archive is Vĩnh Long's now."""

from baolangson_crawler.families.fck import FckPage
from baolangson_crawler.sites.base import Listing, Site

_HOME = "https://travinh.baovinhlong.vn"
_SECTIONS = (
    "thoi-su chinh-tri kinh-te phap-luat xa-hoi van-hoa khoa-giao the-thao quoc-phong an-ninh "
    "ban-doc quoc-te"
).split()

SITE = Site(
    key="baotravinh",
    name="Báo Trà Vinh",
    province="Vĩnh Long",
    former_province="Trà Vinh",
    domains=("travinh.baovinhlong.vn",),
    former_domains=("baotravinh.vn",),
    status="archive",
    merged_into="baovinhlong",
    sources=tuple(
        Listing(f"{_HOME}/{section}/", links="h2 a, h3 a, a.b-title") for section in _SECTIONS
    ),
    sections=tuple(_SECTIONS),
    article_url=r"^/[^/?]*-a(?P<id>\d+)\.html$",
    legacy_article_urls=(r"^/[a-z0-9-]+/[^/?]+-(?P<old_id>\d+)\.html$",),
    pages=(FckPage,),
    verified="code",
    notes="The TLS certificates of both hosts are reported not to verify: a crawl stops there.",
)
