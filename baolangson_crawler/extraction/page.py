"""The page class: one look of an article page, and how each field is read from it.

A family overrides selectors first and methods second. Methods change nothing, so they may be
called in any order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import ClassVar

from lxml import etree

from baolangson_crawler import urls
from baolangson_crawler.extraction.body import SUBHEADS, pieces
from baolangson_crawler.extraction.credits import Byline
from baolangson_crawler.extraction.document import Document, text_of
from baolangson_crawler.extraction.separation import Parts, separate
from baolangson_crawler.items import Article, Image, Link, PrintedDate
from baolangson_crawler.text import normalise

_NOTICE = 60  # characters; a shorter box before the text is a date, a share button, a notice
_DATE_IN_TEXT = re.compile(r"\d|trước|hôm|vừa", re.IGNORECASE)


class ArticlePage:
    """A layout. Subclass it, say where things stand, and name it in a site's ``pages``.

    Class attributes are CSS selectors; an empty one means that the layout has no such thing.
    """

    layout: ClassVar[str] = "generic"
    """Name of the layout, stored with every article that it read."""

    title_css: ClassVar[str] = "h1"
    section_css: ClassVar[str] = ""
    """The links of the breadcrumb, general to special."""

    lead_css: ClassVar[str] = ""
    """The standfirst; it may stand inside the body, and is then taken out of it."""

    date_css: ClassVar[str] = ""
    """The visible date."""

    body_css: ClassVar[str] = ""
    """The element that holds the text; the layout is recognised by it."""

    byline_css: ClassVar[str] = ""
    """The author, where the layout prints it in an element of its own."""

    noise_css: ClassVar[str] = ""
    """Elements inside the body that belong to no field: ads, players, share buttons."""

    tags_css: ClassVar[str] = ""
    related_css: ClassVar[str] = ""
    """Links to other articles, outside or inside the body."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def recognises(self) -> bool:
        """Whether the page has this layout: the body is where we expect it."""
        return self.body is not None and bool(self.title())

    def to_article(self, *, site: str, article_id: str | None) -> Article:
        """The article as printed: not cleaned, its dates not yet read."""
        parts = self.parts
        byline = self.byline()
        lead = self.lead()
        return Article(
            url=self.document.url,
            canonical_url=urls.canonical(self.document.url),
            site=site,
            article_id=article_id,
            section=self.section(),
            title=self.title() or "",
            lead=lead or (parts.blocks[0].text if parts.blocks else None),
            lead_in_body=lead is None and bool(parts.blocks),
            body=tuple(parts.blocks),
            images=self.images(),
            byline=byline.name if byline else None,
            byline_raw=byline.raw if byline else None,
            credit=parts.credit,
            tags=self.tags(),
            related=self.related(),
            printed_dates=tuple(self.printed_dates()),
            language=self.document.language,
            layout=self.layout,
        )

    @cached_property
    def body(self) -> etree._Element | None:
        """The element that holds the text."""
        return self.document.first(self.body_css)

    @cached_property
    def _lead_element(self) -> etree._Element | None:
        found = self.document.all(self.lead_css)
        return next((e for e in found if text_of(e) and self._opens_body(e)), None)

    def _opens_body(self, element: etree._Element) -> bool:
        """Whether no paragraph of the body stands before a heading: a later one is no lead."""
        if element.tag not in SUBHEADS or self.body is None:
            return True
        for paragraph in self.body.iter("p", "div"):
            if element in paragraph.iterdescendants():
                continue
            least = 0 if paragraph.tag == "p" else _NOTICE
            if len(text_of(paragraph)) > least and _comes_first(self.body, paragraph, element):
                return False
        return True

    @cached_property
    def parts(self) -> Parts:
        """The body sorted into fields."""
        if self.body is None:
            return Parts()
        without = set(self.document.all(self.noise_css, self.body))
        if self._lead_element is not None:
            without.add(self._lead_element)
        return separate(pieces(self.body, self.document.base_url, without))

    def title(self) -> str | None:
        """The headline."""
        return self.document.text(self.title_css)

    def section(self) -> str | None:
        """The breadcrumb as one text."""
        names = (text_of(element) for element in self.document.all(self.section_css))
        return " > ".join(name for name in names if name) or None

    def lead(self) -> str | None:
        """The standfirst where the page prints one apart."""
        return text_of(self._lead_element) if self._lead_element is not None else None

    def byline(self) -> Byline | None:
        """The author: an element of its own, else the signature in the body."""
        printed = self.document.text(self.byline_css)
        return Byline(name=printed, raw=printed) if printed else self.parts.byline

    def images(self) -> tuple[Image, ...]:
        """The pictures of the body; where it has none, the one that the page declares."""
        if self.parts.images:
            return tuple(self.parts.images)
        declared = self.document.meta_text("og:image")
        url = urls.absolute(self.document.base_url, declared) if declared else None
        return (Image(url=url),) if url else ()

    def tags(self) -> tuple[str, ...]:
        """The keywords."""
        found = (text_of(e).lstrip("#").strip() for e in self.document.all(self.tags_css))
        return tuple(dict.fromkeys(tag for tag in found if tag))

    def related(self) -> tuple[Link, ...]:
        """Links to other articles: those of the body's boxes and those of ``related_css``."""
        found = {link.url: link for link in self.parts.related}
        for element in self.document.all(self.related_css):
            url = urls.absolute(self.document.base_url, element.get("href") or "")
            if url and not (found.get(url) and found[url].title):
                found[url] = Link(url=url, title=text_of(element) or None)
        found.pop(self.document.url, None)
        return tuple(found.values())

    def printed_dates(self) -> Iterator[PrintedDate]:
        """Every statement of the page on its dates, the visible one first."""
        if raw := self.visible_date():
            yield PrintedDate(raw=raw, source="visible")
        document = self.document
        for role, names in (
            ("published", ("article:published_time", "datepublished", "pubdate")),
            ("modified", ("article:modified_time", "og:updated_time", "datemodified")),
        ):
            if raw := document.meta_text(*names):
                yield PrintedDate(raw=raw, source="meta", role=role)  # type: ignore[arg-type]
        for role, name in (("published", "datePublished"), ("modified", "dateModified")):
            if raw := document.json_ld_text(name):
                yield PrintedDate(raw=raw, source="json-ld", role=role)  # type: ignore[arg-type]

    def visible_date(self) -> str | None:
        """The date as a reader sees it."""
        for element in self.document.all(self.date_css):
            raw = normalise(text_of(element))
            if raw and _DATE_IN_TEXT.search(raw):
                return raw
        return None


def _comes_first(body: etree._Element, one: etree._Element, other: etree._Element) -> bool:
    """Which of two elements of a body a reader meets first."""
    return next(element is one for element in body.iter() if element is one or element is other)
