"""Section pages: the links where articles are listed, never those of menu or footer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from baolangson_crawler import urls
from baolangson_crawler.extraction.bounds import beginning
from baolangson_crawler.extraction.document import Document, text_of
from baolangson_crawler.items import Link
from baolangson_crawler.text import normalise

_MOST_OBJECTS = 1000  # of one answer; a page of a list has some dozens


@dataclass(frozen=True, slots=True)
class PageRequest:
    """What is asked for to see a page of a list."""

    url: str
    """Absolute address."""

    body: str = ""
    """What is sent with POST, a form or JSON; without it the request is a GET."""


@dataclass(frozen=True, slots=True)
class ListPage:
    """What one page of a list shows."""

    links: list[Link]
    next: PageRequest | None = None
    """The page behind it; None for the last one."""

    is_list: bool = False
    """Whether the answer is certainly the list, though it may be empty."""


def listing_links(html: str, url: str, css: str) -> list[Link]:
    """The links that the selector finds, each address once, in the order of the page.

    Args:
        html: the section page.
        url: its address, for relative links.
        css: selector of the ``a`` elements, or of elements that contain them.
    """
    return _links(Document(beginning(html), url), css)


def links_and_next(html: str, url: str, css: str, next_css: str) -> tuple[list[Link], str | None]:
    """The same, and the address of the next page, where a link leads to one.

    Args:
        html: the section page.
        url: its address, for relative links.
        css: selector of the links to articles.
        next_css: selector of the link to the next page, an ``a`` or ``link`` element.
    """
    document = Document(beginning(html), url)
    hrefs = (element.get("href") or "" for element in document.all(next_css))
    following = (urls.absolute(document.base_url, href) for href in hrefs)
    return _links(document, css), next((to for to in following if to and to != url), None)


def _links(document: Document, css: str) -> list[Link]:
    found: dict[str, Link] = {}
    for element in document.all(css):
        for anchor in [element] if element.tag == "a" else element.iter("a"):
            address = urls.absolute(document.base_url, anchor.get("href") or "")
            if address and not (found.get(address) and found[address].title):
                title = text_of(anchor) or anchor.get("title") or None
                found[address] = Link(url=address, title=title)
    return list(found.values())


def value_at(answer: Any, path: str) -> Any:
    """What stands at a path of a JSON document, ``data.items``; None where nothing does."""
    for name in filter(None, path.split(".")):
        answer = answer.get(name) if isinstance(answer, dict) else None
    return answer


def json_links(objects: list[Any], url: str, link: str, title: str, changed: str) -> list[Link]:
    """The links of a list that comes as JSON, each address once.

    Args:
        objects: of the articles; what is none is passed over.
        url: address of the answer, for relative links.
        link: path of the address in an object.
        title: path of the headline.
        changed: path of the date.
    """
    found: dict[str, Link] = {}
    for each in objects[:_MOST_OBJECTS]:
        href = value_at(each, link)
        address = urls.absolute(url, href) if isinstance(href, str) else None
        if address:
            words, date = value_at(each, title), value_at(each, changed) if changed else None
            found.setdefault(
                address,
                Link(
                    url=address,
                    title=normalise(words) or None if isinstance(words, str) else None,
                    modified_raw=date if isinstance(date, str) else None,
                ),
            )
    return list(found.values())


def parsed_json(text: str) -> Any:
    """A JSON document.

    Raises:
        ValueError: it is none, or is nested beyond reason.
    """
    try:
        return json.loads(text.removeprefix("\ufeff"))
    except RecursionError as error:
        raise ValueError("nested too deep") from error
