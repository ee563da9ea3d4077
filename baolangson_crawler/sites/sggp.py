"""Sài Gòn Giải Phóng, the paper of Hồ Chí Minh City, since July 2025 also of its neighbours."""

from baolangson_crawler.families.zce import ZceFeaturePage, ZcePage
from baolangson_crawler.sites.base import Listing, Site, Sitemap

_SECTIONS = (
    "chinhtri xaydungdang bvnentangtutuongdang caicachhanhchinh quoc-phong-an-ninh "
    "chinhtri-doingoai xahoi theodongthoisu sapxepcacdonvihanhchinh xahoi-giaothong xahoi-gt "
    "xahoi-tuoitrecuocsong xahoi-moitruong phapluat anninhtrattu tuvanphapluat kinhte thitruongkt "
    "xaydungdiaoc kinhte-taichinhchuungkhoan dulichkhampha dautukt kinhte-doanhnghiepdoanhnhan "
    "kinhtedoisong24h daphuongtien thegioi thegioi-tieudiem chinhtruongthegioi hosotulieu giaoduc "
    "ytesuckhoe ytesuckhoe-antoanthucpham ytesuckhoe-alobacsi vanhoavannghe nhip-song "
    "vanhoagiaitri-nhanvat dienanh vanhoagiaitri-sach nhipcaubandoc nhipcaubandoc-ykienbandoc "
    "nhipcaubandoc-diendan-thaoluan khoahoc-congnghe"
).split()

SITE = Site(
    key="sggp",
    name="Sài Gòn Giải Phóng",
    province="TP. Hồ Chí Minh",
    domains=("sggp.org.vn",),
    sources=(
        Sitemap("https://www.sggp.org.vn/sitemap.xml"),
        *(
            Listing(f"https://www.sggp.org.vn/{section}/", links="article.story a")
            for section in _SECTIONS
        ),
    ),
    sections=tuple(_SECTIONS),
    article_url=r"^/[^/?]+-post(?P<id>\d+)\.html$",
    pages=(ZcePage, ZceFeaturePage),
    verified="code",
    notes=(
        "The sitemap is an index of one gzip-compressed file a month. Feeds have the form "
        "/rss/{section}-{number}.rss, whose numbers are not known. English and Chinese editions "
        "are on hosts of their own."
    ),
)
