"""Báo An Giang, the paper of An Giang province, since July 2025 also of Kiên Giang."""

from baolangson_crawler.families.fck import FckPage
from baolangson_crawler.sites.base import Listing, Site

SITE = Site(
    key="baoangiang",
    name="Báo An Giang",
    province="An Giang",
    domains=("baoangiang.com.vn",),
    sources=(Listing("https://baoangiang.com.vn/", links="h2 a, h3 a, a.title, a.b-title"),),
    article_url=r"^/[^/?]*-a(?P<id>\d+)\.html$",
    pages=(FckPage,),
    verified="code",
    notes="Feeds, sitemap and sections are not known; the home page lists the newest articles.",
)
