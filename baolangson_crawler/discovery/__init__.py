"""Finding articles: bytes of a feed, a sitemap or a section page in, links out."""

from baolangson_crawler.discovery.feed import feed_links
from baolangson_crawler.discovery.listing import listing_links
from baolangson_crawler.discovery.sitemap import SitemapContent, sitemap_content

__all__ = ["SitemapContent", "feed_links", "listing_links", "sitemap_content"]
