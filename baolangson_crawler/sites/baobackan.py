"""Báo Bắc Kạn, the paper of Bắc Kạn province until June 2025; its archive is Thái Nguyên's now."""

from baolangson_crawler.families.zce import ZceFeaturePage, ZcePage
from baolangson_crawler.sites.base import Site, Sitemap

SITE = Site(
    key="baobackan",
    name="Báo Bắc Kạn",
    province="Thái Nguyên",
    former_province="Bắc Kạn",
    domains=("bbk.baothainguyen.vn",),
    former_domains=("baobackan.com.vn", "baobackan.vn", "baobackan.org.vn"),
    status="archive",
    merged_into="baothainguyen",
    sources=(Sitemap("https://bbk.baothainguyen.vn/sitemap.xml"),),
    article_url=r"^/[^/?]+-post(?P<id>\d+)\.html$",
    pages=(ZcePage, ZceFeaturePage),
    verified="address",
    notes=(
        "The sitemap is one file of about 46,000 addresses, among them topic pages under /chu-de/. "
        "The last article is the farewell of June 2025, post71659. Its sections are not known."
    ),
)
