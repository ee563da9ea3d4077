"""Sitemaps (sitemaps.org) and indexes of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from baolangson_crawler import urls
from baolangson_crawler.discovery.xml import child_text, elements, local
from baolangson_crawler.items import Link


@dataclass(slots=True)
class SitemapContent:
    """What a sitemap file lists."""

    pages: list[Link] = field(default_factory=list)
    """Pages, for a sitemap proper."""

    sitemaps: list[Link] = field(default_factory=list)
    """Further files, for an index."""


def sitemap_content(body: bytes, url: str) -> SitemapContent:
    """The entries of a sitemap or of an index of sitemaps.

    Entries on another host than the file's are left out, as the protocol demands.

    Args:
        body: the file as received, gzip or not.
        url: its address.
    """
    content = SitemapContent()
    host = urls.host_of(url)
    for element in elements(body, "url", "sitemap"):
        address = child_text(element, "loc")
        absolute = urls.absolute(url, address) if address else None
        if not absolute or urls.host_of(absolute) != host:
            continue
        link = Link(url=absolute, modified_raw=child_text(element, "lastmod"))
        (content.sitemaps if local(element) == "sitemap" else content.pages).append(link)
    return content
