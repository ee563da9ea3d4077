"""Section pages: the links where articles are listed, never those of menu or footer."""

from __future__ import annotations

from baolangson_crawler import urls
from baolangson_crawler.extraction.bounds import beginning
from baolangson_crawler.extraction.document import Document, text_of
from baolangson_crawler.items import Link


def listing_links(html: str, url: str, css: str) -> list[Link]:
    """The links that the selector finds, each address once, in the order of the page.

    Args:
        html: the section page.
        url: its address, for relative links.
        css: selector of the ``a`` elements, or of elements that contain them.
    """
    document = Document(beginning(html), url)
    found: dict[str, Link] = {}
    for element in document.all(css):
        for anchor in [element] if element.tag == "a" else element.iter("a"):
            address = urls.absolute(document.base_url, anchor.get("href") or "")
            if address and not (found.get(address) and found[address].title):
                title = text_of(anchor) or anchor.get("title") or None
                found[address] = Link(url=address, title=title)
    return list(found.values())
