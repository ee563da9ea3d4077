"""One page as a tree, with the questions that every layout asks of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from lxml import etree

from baolangson_crawler import urls
from baolangson_crawler.extraction.bounds import bounded
from baolangson_crawler.extraction.selecting import Index
from baolangson_crawler.text import normalise

_VISIBLE_TEXT = etree.XPath(
    "descendant::text()[not(ancestor::script or ancestor::style or ancestor::noscript or "
    "ancestor::template)]",
    smart_strings=False,
)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_JSON_CONTROL = re.compile(r"[\x00-\x1f]+")
_ARTICLE_TYPES = {"Article", "NewsArticle", "ReportageNewsArticle", "BlogPosting"}


def parse(html: str) -> etree._Element:
    """The tree of a page; an empty page gives an empty ``html`` element."""
    # A parser of our own: comments and instructions are dropped while parsing, nothing is
    # fetched, and the text is UTF-8 whatever the page declares, since it is decoded already.
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    body = bounded(_XML_DECLARATION.sub("", html)).encode("utf-8", "replace")
    if b"\x00" in body:
        body = body.replace(b"\x00", b"")
    root = etree.fromstring(body, parser) if body.strip() else None
    if root is None:
        return etree.Element("html")
    # Báo Tây Ninh closes <html> before <head>: what follows is a second root to libxml2 and, by
    # the HTML standard (13.2.6.4.22), the same document to a browser.
    for other in list(root.itersiblings(etree.Element)):
        root.extend(other)
    return root


class Document:
    """A page and its address.

    Nothing here changes the tree, so several layouts may ask one document.
    """

    def __init__(self, html: str, url: str) -> None:
        self.html = html
        self.url = url
        self._found: dict[tuple[str, etree._Element | None], list[etree._Element]] = {}

    @cached_property
    def root(self) -> etree._Element:
        """The ``html`` element."""
        return parse(self.html)

    @cached_property
    def base_url(self) -> str:
        """What relative addresses are relative to: ``<base href>``, else the page."""
        for element in self._metadata:
            if element.tag == "base" and (href := element.get("href")):
                return urls.absolute(self.url, href) or self.url
        return self.url

    @cached_property
    def _metadata(self) -> list[etree._Element]:
        """The elements in which a page speaks of itself, gathered in one pass over the tree."""
        return list(self.root.iter("base", "link", "meta", "script"))

    def all(self, css: str, within: etree._Element | None = None) -> list[etree._Element]:
        """Every element that the selector matches, in the order of the page."""
        if not css:
            return []
        found = self._found.get((css, within))
        if found is None:
            index = self._index if within is None else self._index_of(within)
            self._found[css, within] = found = index.select(css, within)
        return found

    @cached_property
    def _index(self) -> Index:
        return Index(self.root, self.html)

    def _index_of(self, element: etree._Element) -> Index:
        """The index of the tree that an element stands in: a layout may have made one."""
        own = element.getroottree().getroot() is self.root
        return self._index if own else Index(element)

    def first(self, css: str, within: etree._Element | None = None) -> etree._Element | None:
        """The first element that the selector matches."""
        found = self.all(css, within)
        return found[0] if found else None

    def text(self, css: str, within: etree._Element | None = None) -> str | None:
        """The words of the first match that has any, on one line."""
        for element in self.all(css, within):
            if words := text_of(element):
                return words
        return None

    @cached_property
    def canonical_link(self) -> str | None:
        """The address that the page says is its own; whoever uses it must check it."""
        for element in self._metadata:
            if element.tag == "link" and element.get("rel") == "canonical":
                return urls.absolute(self.base_url, element.get("href") or "")
        return None

    @cached_property
    def meta(self) -> dict[str, list[str]]:
        """Contents of the ``meta`` elements by lower-case name, property or itemprop."""
        found: dict[str, list[str]] = {}
        for element in self._metadata:
            content = element.get("content") if element.tag == "meta" else None
            if content is None:
                continue
            name = element.get("property") or element.get("name") or element.get("itemprop")
            if name:
                found.setdefault(name.lower(), []).append(content)
        return found

    def meta_text(self, *names: str) -> str | None:
        """The first filled ``meta`` among the names, in the order of the names."""
        for name in names:
            for content in self.meta.get(name, ()):
                if words := normalise(content):
                    return words
        return None

    def things(self, *words: str) -> Iterator[dict[str, Any]]:
        """The JSON-LD objects of those scripts that contain one of the words."""
        for element in self._metadata:
            script = element.text if element.get("type") == "application/ld+json" else None
            if script and any(word in script for word in words):
                yield from _things(script)

    @cached_property
    def json_ld(self) -> dict[str, Any]:
        """The page's first JSON-LD object of an article type; empty where there is none."""
        for thing in self.things("rticle", "BlogPosting"):
            kinds = thing.get("@type")
            if _ARTICLE_TYPES.intersection(kinds if isinstance(kinds, list) else [kinds]):
                return thing
        return {}

    def json_ld_text(self, name: str) -> str | None:
        """A text of the article's JSON-LD."""
        value = self.json_ld.get(name)
        return normalise(value) or None if isinstance(value, str) else None

    @cached_property
    def language(self) -> str:
        """The language that the page declares; Vietnamese where it declares none."""
        declared = self.root.get("lang") or self.meta_text("content-language") or ""
        tag = declared.strip().replace("_", "-").split(",")[0]
        return tag.split("-")[0].lower() if re.match(r"[A-Za-z]{2}\b", tag) else "vi"


def text_of(element: etree._Element) -> str:
    """The words of an element and all below it, on one line; scripts and styles left out."""
    if next(element.iter("script", "style"), None) is None:
        return normalise("".join(element.itertext()))
    return normalise("".join(_VISIBLE_TEXT(element)))


def _things(script: str) -> Iterator[dict[str, Any]]:
    """Every object of a JSON-LD script; a script that is no JSON gives none."""
    try:
        # Papers put raw line ends into strings, which JSON forbids and strict=False allows.
        value = json.loads(_JSON_CONTROL.sub(" ", script).strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return
    for thing in value if isinstance(value, list) else [value]:
        if isinstance(thing, dict):
            yield thing
            graph = thing.get("@graph")
            if isinstance(graph, list):
                yield from (entry for entry in graph if isinstance(entry, dict))
