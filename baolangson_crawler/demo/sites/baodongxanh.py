"""Báo Đồng Xanh, a fictional paper of the delta with feeds and section pages."""

from baolangson_crawler.families.fck import FckPage
from baolangson_crawler.sites.base import Feed, Listing, Site

HOME = "http://baodongxanh.example"
SECTIONS = (
    "chinh-tri",
    "kinh-te",
    "xa-hoi",
    "phap-luat",
    "giao-duc",
    "y-te",
    "van-hoa",
    "the-thao",
    "du-lich",
)
LINKS = "#colcate1 .h2cate a, #colcate1 .top3 a.b-content, #colcate1 .news-img-left a.b-title"

SITE = Site(
    key="baodongxanh",
    name="Báo Đồng Xanh",
    province="Đồng Xanh",
    domains=("baodongxanh.example",),
    sources=(
        *(Feed(f"{HOME}/rss/cate/{slug}/") for slug in SECTIONS),
        *(
            Listing(f"{HOME}/{slug}?p={{page}}", links=LINKS, start_url=f"{HOME}/{slug}/")
            for slug in SECTIONS
        ),
    ),
    article_url=r"-a(?P<id>\d+)\.html$",
    pages=(FckPage,),
    verified="own",
    notes="A demo paper. The id alone selects the article; a wrong slug is answered all the same.",
)
