"""RSS and Atom: the links of a feed with what it says of each."""

from __future__ import annotations

import html
import re

from baolangson_crawler import urls
from baolangson_crawler.discovery.xml import Entry, entries
from baolangson_crawler.items import Link
from baolangson_crawler.text import normalise

_CHANGED = (
    *("updated", "atom:updated", "modified", "dcterms:modified"),
    *("pubdate", "published", "issued", "dc:date", "atom:published", "date", "created"),
)
_TITLE = ("title", "dc:title", "media:title")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def feed_links(body: bytes, url: str) -> list[Link]:
    """The entries of an RSS 0.90–2.0 or Atom 0.3–1.0 feed, in its order.

    Args:
        body: the feed as received, broken or not.
        url: its address, for relative links.
    """
    links = []
    for entry in entries(body, "item", "entry"):
        address = _address(entry)
        absolute = urls.absolute(url, address) if address else None
        if absolute:
            title, changed = _title(entry), entry.text(*_CHANGED)
            links.append(Link(url=absolute, title=title, modified_raw=changed))
    return links


def _title(entry: Entry) -> str | None:
    # titles are often escaped once more than XML demands, tags and all
    title = html.unescape(_TAG.sub("", entry.text(*_TITLE) or ""))
    return normalise(_TAG.sub("", title)) or None


def _address(entry: Entry) -> str | None:
    """RSS has the address as text, Atom as ``href`` of the alternate link, some only as guid."""
    for link in (*entry.fields.get("link", ()), *entry.fields.get("atom:link", ())):
        address: str = link.attributes.get("href", "").strip() or link.text
        if address and link.attributes.get("rel", "alternate") == "alternate":
            return address
    for guid in (entry.text("guid"), entry.text("id"), entry.attributes.get("rdf:about")):
        if guid and guid.startswith("http"):
            return guid
    return None
