"""The list of articles of a section page or home page, found without a selector.

For papers nobody wrote a selector for. What stands beside the list is known by ``beside``, what
the address of an article looks like by ``guessing``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import IntEnum

from lxml import etree

from baolangson_crawler import urls
from baolangson_crawler.discovery.beside import beside
from baolangson_crawler.discovery.guessing import guessed
from baolangson_crawler.extraction.bounds import beginning
from baolangson_crawler.extraction.document import Document, text_of
from baolangson_crawler.extraction.generic.tree import Tree
from baolangson_crawler.items import Link
from baolangson_crawler.text import fold, word_count

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ABOVE = 3  # elements between a heading and the link in it
_NAMED_TITLE = re.compile(r"title|headline|tieu-?de", re.IGNORECASE)
_MORE = re.compile(r"(?:xem|doc) (?:them|tiep|ngay|chi tiet)|chi tiet|(?:read |see )?more|[\W\d]*")
_FEWEST_WORDS = 3  # of a headline that nothing marks as one


class _Mark(IntEnum):
    """How surely the words of a link are a headline."""

    NOTHING = 0
    ATTRIBUTE = 1
    WORDS = 2
    NAMED = 3
    HEADING = 4


def main_list(html: str, url: str, is_article: Callable[[str], bool] | None = None) -> list[Link]:
    """The links of the articles that the page lists, each address once, in the order of the page.

    Menus, footers, tag clouds, "most read" boxes and strips of videos are not part of the list;
    the boxes of sections are. A title is the words of the headline; None where only a picture
    leads to the article.

    Args:
        html: the section page or home page.
        url: its address, for relative links.
        is_article: whether an address is an article's, by the pattern of the site; without it
            that is guessed from the addresses on the page.
    """
    document = Document(beginning(html), url)
    tree = Tree(document.root)
    addresses = dict(_addresses(document, is_article))
    outside = beside(tree, addresses)
    listed = {a: address for a, address in addresses.items() if a not in outside}
    marked: dict[str, tuple[_Mark, str | None]] = {}
    for anchor, address in listed.items():
        title = _title(anchor)
        if title[0] > marked.get(address, (-1,))[0]:
            marked[address] = title
    if is_article is None:
        titles = {address: title or "" for address, (_, title) in marked.items()}
        articles = guessed(titles, urls.host_of(url))
        marked = {address: title for address, title in marked.items() if address in articles}
    return [Link(url=address, title=title) for address, (_, title) in marked.items()]


def _addresses(
    document: Document, wanted: Callable[[str], bool] | None
) -> Iterator[tuple[etree._Element, str]]:
    for anchor in document.root.iter("a"):
        address = urls.absolute(document.base_url, anchor.get("href") or "")
        if address and (wanted is None or wanted(address)):
            yield anchor, address


def _title(anchor: etree._Element) -> tuple[_Mark, str | None]:
    """The headline in a link, and how surely it is one."""
    for heading in anchor.iter(*HEADINGS):
        if words := text_of(heading):
            return _Mark.HEADING, words
    words = text_of(anchor)
    if words and not _MORE.fullmatch(fold(words)):
        if _in_heading(anchor):
            return _Mark.HEADING, words
        for element in anchor.iter(etree.Element):
            if _NAMED_TITLE.search(element.get("class") or "") and (named := text_of(element)):
                return _Mark.NAMED, named
        if word_count(words) >= _FEWEST_WORDS:
            return _Mark.WORDS, words
    stated = (anchor.get("title") or "").strip()
    return (_Mark.ATTRIBUTE, stated) if stated else (_Mark.NOTHING, None)


def _in_heading(anchor: etree._Element) -> bool:
    element = anchor.getparent()
    for _ in range(_ABOVE):
        if element is None:
            return False
        if element.tag in HEADINGS or _NAMED_TITLE.search(element.get("class") or ""):
            return True
        element = element.getparent()
    return False
