"""Báo Núi Xanh, a fictional paper of the mountains with a sitemap and a feed."""

from baolangson_crawler.families.zce import ZcePage
from baolangson_crawler.sites.base import Feed, Site, Sitemap

SITE = Site(
    key="baonuixanh",
    name="Báo Núi Xanh",
    province="Núi Xanh",
    domains=("baonuixanh.example",),
    sources=(
        Feed("http://baonuixanh.example/rss/home.rss"),
        Sitemap("http://baonuixanh.example/sitemap.xml"),
    ),
    article_url=r"-post(?P<id>\d+)\.html$",
    pages=(ZcePage,),
    verified="own",
    notes="A demo paper. An old slug of an article is redirected to the present one.",
)
