"""What an unknown page states of itself: JSON-LD, Open Graph, microdata and its headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from baolangson_crawler.extraction.document import Document, text_of
from baolangson_crawler.extraction.generic.votes import squeeze
from baolangson_crawler.items import PrintedDate
from baolangson_crawler.text import normalise

# " - Báo Lạng Sơn", " | Tin tức": what a page's <title> adds to the headline
_SUFFIX = re.compile(r"\s+[-–—|·•»:]+\s+|\s*\|\s*")
_WORDS = re.compile(r"\w+")
_ALIKE = 0.6  # share of words that two forms of one headline have in common
_URL_DATE = re.compile(
    r"/(?P<day>(?:19|20)\d\d[/-](?:0?[1-9]|1[0-2])[/-](?:0?[1-9]|[12]\d|3[01]))(?=[/-]|$)"
    r"|[/-](?P<stamp>20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[0-2]\d[0-5]\d[0-5]\d)?)(?=\D|\d{3}\D|$)"
    r"|/(?P<month>(?:19|20)\d\d/(?:0[1-9]|1[0-2]))/"
)
_PUBLISHED = (
    "article:published_time", "datepublished", "og:published_time", "article:published",
    "pubdate", "publishdate", "publish-date", "publish_date", "published_at", "dc.date.issued",
    "dcterms.created", "dc.date", "dcterms.date", "date", "parsely-pub-date", "sailthru.date",
    "article.published", "datecreated",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified",
    "dcterms.modified",
)  # fmt: skip
_PUBLISH_DATE = re.compile(r"publish\w*[-_.:]?(?:date|time)|(?:date|time)[-_.:]?publish")
# By attribute, where libxml2 is faster than the table of classes that `Document.all` asks.
_WITH_ITEMPROP = etree.XPath("descendant::*[@itemprop]")
_WITH_REL = etree.XPath("descendant::a[@rel]")
_BREADCRUMB_LINKS = etree.XPath(
    "descendant::*[contains(@class, 'readcrumb') or contains(@id, 'readcrumb') or "
    "contains(@itemtype, 'BreadcrumbList')]/descendant::a"
)
_TAG_LINKS = ".tags a, .tag-list a, .article-tags a, .keywords a"
_HOME = ("trang chủ", "trang nhất", "home", "homepage")
_HEADLINE = 20  # characters; a shorter heading is the name of a section or a paper
_LONGEST_SECTION = 120  # characters; more is a menu
_HEADINGS = ("h1", "h2", "h3", "h4")


def _stated(document: Document, name: str) -> Iterator[str]:
    """Texts that JSON-LD states under a name: those of articles first."""
    found = list(document.things(f'"{name}"'))
    found.sort(key=lambda thing: "rticle" not in str(thing.get("@type")))
    for thing in found:
        value = thing.get(name)
        if isinstance(value, str) and (text := normalise(value)):
            yield text


def _microdata(document: Document, name: str) -> Iterator[tuple[etree._Element, str]]:
    """Elements that carry an ``itemprop``, with what it states."""
    for element in _WITH_ITEMPROP(document.root):
        if name not in element.get("itemprop").split():
            continue
        said = element.get("content") or element.get("datetime") or text_of(element)
        if words := normalise(said):
            yield element, words


@dataclass(frozen=True, slots=True)
class Headline:
    """The title of a page, and how it was found."""

    text: str
    method: str
    confidence: float
    element: etree._Element | None = None
    """The heading that prints it; None where it is only declared."""


def headline(document: Document) -> Headline | None:
    """The title as the page prints it, without the name of the paper.

    A heading that the page's own statements (JSON-LD, Open Graph, ``<title>``) bear out is
    believed before any statement, and JSON-LD and Open Graph before a heading that none bears
    out: logos and breadcrumbs stand in ``h1`` too. ``<title>`` alone is not: on a portal it is
    often the portal's name on every page.
    """
    site = squeeze(document.meta_text("og:site_name") or "")
    declared = [(how, said) for how, said in _declared_titles(document) if squeeze(said) != site]
    headings = [
        (element, text)
        for element in document.root.iter(*_HEADINGS)
        if (text := text_of(element)) and len(text) < 500
    ]
    found: tuple[float, Headline] | None = None
    for element, text in headings:
        likeness = max((_likeness(text, said) for _, said in declared), default=0.0)
        rank = likeness + 0.5 * (element.tag == "h1")
        if likeness >= _ALIKE and (found is None or rank > found[0]):
            found = rank, Headline(text, element.tag, 1.0, element)
    if found:
        return found[1]
    named = " ".join(squeeze(said) for _, said in declared)
    first = next((h for h in headings if h[0].tag == "h1" and squeeze(h[1]) not in named), None)
    if first and (not declared or (declared[0][0] == "title" and len(first[1]) >= _HEADLINE)):
        return Headline(first[1], "h1", 0.5, first[0])
    if declared:
        method, said = declared[0]
        return Headline(_without_suffix(said, document), method, 0.8)
    return None


def _declared_titles(document: Document) -> Iterator[tuple[str, str]]:
    """What the page states as its title, the surest first."""
    for text in _stated(document, "headline"):
        yield "json-ld:headline", text
    for name in ("og:title", "twitter:title", "headline"):
        if said := document.meta_text(name):
            yield name, said
    for element in document.root.iter("title"):
        if text := text_of(element):
            yield "title", text
            return


def _likeness(heading: str, declared: str) -> float:
    """How far a heading is the headline that the page declares, from 0 to 1.

    What is declared may have the paper's name at an end; a heading with words of its own is less
    like it.
    """
    one, other = squeeze(heading), squeeze(declared)
    if not one or not other:
        return 0.0
    if one in other:
        return len(one) / len(other) if len(one) < len(other) / 2 else 1.0
    words, said = set(_WORDS.findall(heading.lower())), set(_WORDS.findall(declared.lower()))
    return len(words & said) / max(len(words), len(said), 1)


def _without_suffix(title: str, document: Document) -> str:
    """A declared title without the site's name at its end."""
    name = squeeze(document.meta_text("og:site_name") or "")
    parts = list(_SUFFIX.finditer(title))
    if not parts:
        return title
    last = parts[-1]
    tail = squeeze(title[last.end() :])
    if tail == name or len(title) - last.end() <= last.start() / 2:
        return title[: last.start()]
    return title


def descriptions(document: Document) -> list[str]:
    """What the page states as its summary, which on a news page is the standfirst."""
    names = ("og:description", "description", "twitter:description")
    texts = [text for name in names if (text := document.meta_text(name))]
    return [*texts, *_stated(document, "description")]


def authors(document: Document) -> Iterator[tuple[str, str]]:
    """Names that the page states as its author's, each with where."""
    for thing in document.things('"author"'):
        if names := list(_names(thing.get("author"))):
            yield "json-ld:author", ", ".join(dict.fromkeys(names))
    for element, text in _microdata(document, "author"):
        inner = (e for e in _WITH_ITEMPROP(element) if "name" in e.get("itemprop").split())
        yield "itemprop:author", next(filter(None, map(text_of, inner)), text)
    for element in _WITH_REL(document.root):
        if "author" in element.get("rel").split() and (text := text_of(element)):
            yield "rel:author", text
    for name in ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author"):
        if said := document.meta_text(name):
            yield f"meta:{name}", said


def _names(author: Any) -> Iterator[str]:
    """The names in an ``author`` of JSON-LD: a text, an object or a list of either."""
    for one in author if isinstance(author, list) else [author]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str) and (text := normalise(name)):
            yield text


def section(document: Document) -> str | None:
    """The section that the page states."""
    if said := document.meta_text("article:section"):
        return said
    return next(_stated(document, "articleSection"), None)


def breadcrumb(document: Document) -> str | None:
    """The way from the home page to the article's section, without the article itself."""
    for thing in document.things("BreadcrumbList"):
        items = thing.get("itemListElement")
        names = [_item_name(item) for item in items] if isinstance(items, list) else []
        if way := _way(names, document):
            return way
    return _way([text_of(link) for link in _BREADCRUMB_LINKS(document.root)], document)


def _item_name(item: Any) -> str:
    """The name of a ``ListItem``, its own or its page's."""
    if not isinstance(item, dict):
        return ""
    page = item.get("item")
    name = item.get("name") or (page.get("name") if isinstance(page, dict) else None)
    return normalise(name) if isinstance(name, str) else ""


def _way(names: list[str], document: Document) -> str | None:
    """The names joined, without the home page, the article and repetitions."""
    title = squeeze(next((said for _, said in _declared_titles(document)), ""))
    home = (*_HOME, (document.meta_text("og:site_name") or "").lower())
    kept = [n for n in names if n and n.lower() not in home and not title.startswith(squeeze(n))]
    joined = " > ".join(dict.fromkeys(kept))
    return joined if 0 < len(joined) <= _LONGEST_SECTION else None


def tags(document: Document) -> Iterable[str]:
    """The keywords: as printed where the page marks them, else as stated."""
    marked = [e for e in _WITH_REL(document.root) if "tag" in e.get("rel").split()]
    printed = [text_of(element) for element in marked or document.all(_TAG_LINKS)]
    stated = document.meta.get("article:tag") or document.meta.get("news_keywords") or []
    for text in printed or [part for said in stated for part in said.split(",")]:
        if word := normalise(text).strip(" ,;#"):
            yield word


def machine_dates(document: Document) -> Iterator[PrintedDate]:
    """What is stated for machines: ``meta``, JSON-LD, microdata and ``time`` of the article."""
    for role, names, name in (
        ("published", _PUBLISHED, "datePublished"),
        ("modified", _MODIFIED, "dateModified"),
    ):
        like = (n for n in document.meta if role == "published" and _PUBLISH_DATE.search(n))
        if raw := document.meta_text(*names, *like):
            yield PrintedDate(raw=raw, source="meta", role=role)  # type: ignore[arg-type]
        if raw := next(_stated(document, name), None):
            yield PrintedDate(raw=raw, source="json-ld", role=role)  # type: ignore[arg-type]
        for element, raw in _microdata(document, name):
            if element.tag != "meta":
                yield PrintedDate(raw=raw, source="time", role=role)  # type: ignore[arg-type]
                break


def address_date(url: str) -> PrintedDate | None:
    """The day or month that stands in the address."""
    match = _URL_DATE.search(url)
    return PrintedDate(raw=match[match.lastgroup or 0], source="url") if match else None
