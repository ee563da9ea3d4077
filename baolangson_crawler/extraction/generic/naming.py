"""What a page names as no part of its article, by class, id and kind of element."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from lxml import etree

from baolangson_crawler.extraction.generic.tree import Tree

_NEVER = re.compile(
    r"comment(?!ary)|disqus|binh-?luan|caption|chu-?thich|footer|author|byline|tac-?gia|pseudonym"
    r"|signature|shar(?:e|ing)\b|chia-?se|social|promo|newsletter|popular|trending|doc-?nhieu"
    r"|\btags?\b|tag-?list|tu-?khoa|keywords?\b|pagination|pager|read-?more|xem-?them|teaser"
    r"|modal|popup|sign-?up|login|cookie|consent|outbrain|taboola|disclaimer|advert|\bads?\b"
    r"|quang-?cao|sponsor|breadcrumb|copyright|timestamp|toolbar",
    re.IGNORECASE,
)
# The same, but articles too carry such names: these count only where trafilatura agrees.
_SELDOM = re.compile(
    r"relat|lien-?quan|tin-?(?:khac|moi|cung)|cung-?chuyen-?muc|recommend|sidebar|menu"
    r"|nav(?:bar|igation)?\b|banner|print|rating|credit|subscri|most-?read|widget"
    r"|more-(?:stories|news|on)",
    re.IGNORECASE,
)
_NEVER_TAGS = frozenset(("figcaption", "footer", "address"))
_CAPTION = re.compile(r"caption|chu-?thich", re.IGNORECASE)
_MUCH = 0.4  # share of the page's prose


def named(
    tree: Tree, prose: Mapping[etree._Element, float]
) -> tuple[set[etree._Element], set[etree._Element]]:
    """The elements that are surely no part of the article, and those that perhaps are none.

    An element that holds much of the text is neither, for then the name is the whole page's
    ("has-sidebar").

    Args:
        tree: the page.
        prose: characters of prose by the element they stand in.
    """
    sums = tree.sums(prose)
    never, seldom = set(), set()
    for element, held in zip(tree.order, sums, strict=True):
        if held > _MUCH * sums[0]:
            continue
        names = _names(element)
        if element.tag in _NEVER_TAGS or (names and _is_never(names)):
            never.add(element)
        elif element.tag == "aside" or (names and _is_seldom(names)):
            seldom.add(element)
    return never, seldom


def is_caption(element: etree._Element) -> bool:
    """Whether an element is one for the words under a picture."""
    return element.tag == "figcaption" or _CAPTION.search(_names(element)) is not None


def _names(element: etree._Element) -> str:
    names, own_id = element.get("class"), element.get("id")
    return f"{names} {own_id}" if names and own_id else names or own_id or ""


@lru_cache(maxsize=4096)  # a page gives one class to many elements
def _is_never(names: str) -> bool:
    return _NEVER.search(names) is not None


@lru_cache(maxsize=4096)
def _is_seldom(names: str) -> bool:
    return _SELDOM.search(names) is not None
