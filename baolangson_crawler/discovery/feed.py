"""RSS and Atom: the links of a feed with what it says of each."""

from __future__ import annotations

import html

from lxml import etree

from baolangson_crawler import urls
from baolangson_crawler.discovery.xml import child_text, elements, local
from baolangson_crawler.items import Link
from baolangson_crawler.text import normalise


def feed_links(body: bytes, url: str) -> list[Link]:
    """The entries of an RSS 0.9–2.0 or Atom feed, in its order.

    Args:
        body: the feed as received.
        url: its address, for relative links.
    """
    links = []
    for entry in elements(body, "item", "entry"):
        address = _address(entry)
        absolute = urls.absolute(url, address) if address else None
        if absolute:
            links.append(
                Link(
                    url=absolute,
                    # titles are often escaped once more than XML demands
                    title=normalise(html.unescape(child_text(entry, "title") or "")) or None,
                    modified_raw=child_text(entry, "updated", "pubDate", "date", "published"),
                )
            )
    return links


def _address(entry: etree._Element) -> str | None:
    """RSS has the address as text, Atom as ``href`` of the alternate link, some only as guid."""
    for child in entry:
        if local(child) == "link" and child.get("rel", "alternate") == "alternate":
            if href := (child.get("href") or "").strip():
                return href
            if text := (child.text or "").strip():
                return text
    guid = child_text(entry, "guid", "id")
    return guid if guid and guid.startswith("http") else None
