"""Báo Cà Mau, the paper of Cà Mau province, since July 2025 also of Bạc Liêu."""

from baolangson_crawler.families.fck import FckPage, FckPostPage
from baolangson_crawler.sites.base import Site, Sitemap

SITE = Site(
    key="baocamau",
    name="Báo Cà Mau",
    province="Cà Mau",
    domains=("baocamau.vn",),
    former_domains=("baocamau.com.vn",),
    sources=(Sitemap("https://baocamau.vn/sitemap.xml"),),
    article_url=r"^/[^/?]*-a(?P<id>\d+)\.html$",
    pages=(FckPostPage, FckPage),
    verified="code",
    notes="The sitemap lists the archive, about 33,000 addresses. Its sections are not known.",
)
