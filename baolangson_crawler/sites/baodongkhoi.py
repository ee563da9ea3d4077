"""Báo Đồng Khởi, the paper of Bến Tre province until June 2025; its archive is Vĩnh Long's now."""

from baolangson_crawler.families.fck import FckPage
from baolangson_crawler.sites.base import Listing, Site, Sitemap

_HOME = "https://dongkhoi.baovinhlong.vn"
_SECTIONS = (
    "thoi-su chinh-tri kinh-te phap-luat xa-hoi van-hoa khoa-giao the-thao quoc-phong an-ninh "
    "ban-doc quoc-te"
).split()

SITE = Site(
    key="baodongkhoi",
    name="Báo Đồng Khởi",
    province="Vĩnh Long",
    former_province="Bến Tre",
    domains=("dongkhoi.baovinhlong.vn",),
    former_domains=("baodongkhoi.vn", "baobentre.vn"),
    status="archive",
    merged_into="baovinhlong",
    sources=(
        Sitemap("https://baodongkhoi.vn/sitemap.xml"),
        *(Listing(f"{_HOME}/{section}/", links="h2 a, h3 a, a.b-title") for section in _SECTIONS),
    ),
    sections=tuple(_SECTIONS),
    article_url=r"^/[^/?]*-a(?P<id>\d+)\.html$",
    pages=(FckPage,),
    verified="code",
    notes="The sitemap of the old host lists the archive, about 130,000 addresses from a1 on.",
)
