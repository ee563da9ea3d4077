"""Báo Long An, the paper of Long An province until June 2025."""

from baolangson_crawler.families.fck import FckPage
from baolangson_crawler.sites.base import Site, Sitemap

SITE = Site(
    key="baolongan",
    name="Báo Long An",
    province="Tây Ninh",
    former_province="Long An",
    domains=("baolongan.vn",),
    status="unknown",
    merged_into="baotayninh",
    sources=(Sitemap("https://baolongan.vn/sitemap.xml"),),
    article_url=r"^/[^/?]*-a(?P<id>\d+)\.html$",  # slugs may begin with "-"
    pages=(FckPage,),
    verified="address",
    notes=(
        "The sitemap lists the whole archive, about 160,000 addresses from a86 on; its lastmod is "
        "2022-01-27 for all that was moved that day. Its sections, and whether the host still "
        "answers, are not known."
    ),
)
