"""Finding articles: bytes of a feed, a sitemap or a section page in, links out."""

from baolangson_crawler.discovery.feed import feed_links
from baolangson_crawler.discovery.listing import listing_links
from baolangson_crawler.discovery.main_list import main_list
from baolangson_crawler.discovery.sitemap import (
    SitemapContent,
    sitemap_content,
    sitemap_files,
    sitemap_pages,
)

__all__ = [
    "SitemapContent",
    "feed_links",
    "listing_links",
    "main_list",
    "sitemap_content",
    "sitemap_files",
    "sitemap_pages",
]
