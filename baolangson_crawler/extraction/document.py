"""One page as a tree, with the questions that every layout asks of it.

parsel's translator turns CSS into XPath; the expressions are compiled once a process, because
compiling costs more than evaluating on a page of this size (``docs/choices``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache, cached_property
from typing import Any

from lxml import etree
from parsel.csstranslator import HTMLTranslator

from baolangson_crawler import urls
from baolangson_crawler.text import normalise

_TRANSLATOR = HTMLTranslator()
_VISIBLE_TEXT = etree.XPath(
    "descendant::text()[not(ancestor::script or ancestor::style or ancestor::noscript or "
    "ancestor::template)]",
    smart_strings=False,
)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_JSON_CONTROL = re.compile(r"[\x00-\x1f]+")
_BY_ID = re.compile(r"(?:^|(?<=\| ))descendant-or-self::\*\[@id = '([\w-]+)'\]")
_FIRST_ID = re.compile(r"(?:^|,)\s*#([\w-]+)")
_ATTRIBUTE = re.compile(r"\[[^\]]*\]")
_FUNCTION = re.compile(r":[\w-]+\([^()]*\)")
_NAME = re.compile(r"[.#]([\w-]+)")
_ARTICLE_TYPES = {"Article", "NewsArticle", "ReportageNewsArticle", "BlogPosting"}


@cache
def compiled(css: str, by_id: bool = False) -> etree.XPath:
    """The CSS selector as a compiled expression that searches below a node.

    With ``by_id`` a selector that begins with an id starts at that element, which libxml2 finds
    in a table instead of looking at every node; right only where the id stands once on the page.
    """
    xpath = _TRANSLATOR.css_to_xpath(css, prefix="descendant-or-self::")
    if by_id:
        xpath = _BY_ID.sub(r"id('\1')", xpath)
    return etree.XPath(xpath, regexp=False, smart_strings=False)


@cache
def first_ids(css: str) -> tuple[str, ...]:
    """The ids that alternatives of the selector begin with."""
    return tuple(_FIRST_ID.findall(css))


@cache
def required_names(css: str) -> tuple[tuple[str, ...], ...]:
    """For each alternative of the selector the classes and ids that a match must have."""
    alternatives = _FUNCTION.sub("", _ATTRIBUTE.sub("", css)).split(",")
    return tuple(tuple(_NAME.findall(alternative)) for alternative in alternatives)


def parse(html: str) -> etree._Element:
    """The tree of a page; an empty page gives an empty ``html`` element."""
    # A parser of our own: comments and instructions are dropped while parsing, nothing is
    # fetched, and the text is UTF-8 whatever the page declares, since it is decoded already.
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    body = _XML_DECLARATION.sub("", html).replace("\x00", "").encode("utf-8", "replace")
    root = etree.fromstring(body, parser) if body.strip() else None
    return root if root is not None else etree.Element("html")


class Document:
    """A page and its address.

    Nothing here changes the tree, so several layouts may ask one document.
    """

    def __init__(self, html: str, url: str) -> None:
        self.html = html
        self.url = url
        self._once: dict[str, bool] = {}
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
        # A class or an id that the text of the page does not contain cannot match; looking for
        # it in the text costs a tenth of looking for it in the tree.
        if not css:
            return []
        found = self._found.get((css, within))
        if found is None:
            html = self.html
            if any(all(name in html for name in names) for names in required_names(css)):
                once = within is None and all(self._stands_once(name) for name in first_ids(css))
                found = compiled(css, once)(self.root if within is None else within)
            self._found[css, within] = found = found or []
        return found

    def _stands_once(self, name: str) -> bool:
        """Whether an id is given to one element only; papers give one to several."""
        if name not in self._once:
            html = self.html
            self._once[name] = html.count(f'id="{name}"') + html.count(f"id='{name}'") == 1
        return self._once[name]

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

    @cached_property
    def json_ld(self) -> dict[str, Any]:
        """The page's first JSON-LD object of an article type; empty where there is none."""
        for element in self._metadata:
            script = element.text if element.get("type") == "application/ld+json" else None
            if not script or ("rticle" not in script and "BlogPosting" not in script):
                continue
            for thing in _things(script):
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
