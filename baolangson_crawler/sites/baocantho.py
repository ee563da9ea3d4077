"""Báo Cần Thơ, the paper of Cần Thơ, since July 2025 also of Sóc Trăng and Hậu Giang."""

from baolangson_crawler.families.fck import FckPage
from baolangson_crawler.sites.base import Feed, Listing, Site

_SECTIONS = (
    "thoi-su chinh-tri kinh-te xa-hoi-phap-luat quoc-phong-an-ninh the-gioi giao-duc y-te "
    "cong-nghe chuyen-doi-so van-hoa-giai-tri the-thao du-lich"
).split()
_LINKS = "#colcate1 h2 a, #colcate1 .top3 a.b-content, #colcate1 li.news-img a.b-title"

SITE = Site(
    key="baocantho",
    name="Báo Cần Thơ",
    province="Cần Thơ",
    domains=("baocantho.com.vn",),
    sources=(
        *(Feed(f"https://baocantho.com.vn/rss/cate/{section}/") for section in _SECTIONS),
        *(
            Listing(
                f"https://baocantho.com.vn/{section}?p={{page}}",
                links=_LINKS,
                start_url=f"https://baocantho.com.vn/{section}/",
            )
            for section in _SECTIONS
        ),
    ),
    sections=tuple(_SECTIONS),
    article_url=r"^/[^/?]*-a(?P<id>\d+)\.html$",
    pages=(FckPage,),
    verified="page",
    notes=(
        "The id alone selects the article, whatever the slug. The whole archive, about 120,000 "
        "addresses, is in /sitemapnews.xml. Also prints in English and Khmer."
    ),
)
