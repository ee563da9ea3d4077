"""The page class: one look of an article page, and how each field is read from it.

A family overrides selectors first and methods second. Methods change nothing, so they may be
called in any order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import zip_longest
from typing import ClassVar

from lxml import etree

from baolangson_crawler import urls
from baolangson_crawler.extraction import credits
from baolangson_crawler.extraction.body import SUBHEADS, Piece, Run, is_left_out, pieces
from baolangson_crawler.extraction.credits import Byline
from baolangson_crawler.extraction.css import alternatives
from baolangson_crawler.extraction.document import Document, text_of
from baolangson_crawler.extraction.separation import Parts, separate
from baolangson_crawler.items import Article, Finding, Image, Link, PrintedDate
from baolangson_crawler.text import normalise

_HOME = ("trang chủ", "home")
_NOTICE = 60  # characters; a shorter box before the text is a date, a share button, a notice
_DATE_IN_TEXT = re.compile(r"\d|trước|hôm|vừa", re.IGNORECASE)


class ArticlePage:
    """A layout. Subclass it, say where things stand, and name it in a site's ``pages``.

    Class attributes are CSS selectors; an empty one means that the layout has no such thing.
    """

    layout: ClassVar[str] = "generic"
    """Name of the layout, stored with every article that it read."""
    id_path: ClassVar[str] = ""
    """Path with ``{id}`` by which a paper serves the article of a number, whatever the slug."""

    title_css: ClassVar[str] = "h1"
    """The headline. Alternatives are tried in their order, the narrowest first."""

    section_css: ClassVar[str] = ""
    """The links of the breadcrumb, general to special."""

    lead_css: ClassVar[str] = ""
    """The standfirst; it may stand inside the body, and is then taken out of it."""

    bold_lead: ClassVar[bool] = False
    """Whether the body's first paragraph is the standfirst where all of it is set in bold."""

    date_css: ClassVar[str] = ""
    """The visible date."""

    body_css: ClassVar[str] = ""
    """The element that holds the text, by which the layout is recognised; as ``title_css``."""

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
            findings=self.findings(),
        )

    @cached_property
    def body(self) -> etree._Element | None:
        """The element that holds the text."""
        return self._bodies[0] if self._bodies else None

    @cached_property
    def _bodies(self) -> list[etree._Element]:
        """The first element that holds the text, and those beside it that are named alike.

        The editors of some systems set a long text in several sections.
        """
        for css in alternatives(self.body_css):
            if found := self.document.all(css):
                around = found[0].getparent()
                beside = (e for e in found[1:] if e.getparent() is around and not is_left_out(e))
                return [found[0], *beside]
        return []

    @cached_property
    def _lead_element(self) -> etree._Element | None:
        found = self.document.all(self.lead_css)
        leads = [e for e in found if text_of(e) and self._opens_body(e)]
        title = self._title_element if len(leads) > 1 else None
        if title is None:
            return leads[0] if leads else None
        # Other articles may be offered above this one, each with a standfirst.
        nearest = [e for e in leads if self.before_body(e) and _comes_first(title, e)][-1:]
        return next((e for e in leads if _are_together(e, *nearest)), leads[0])

    @cached_property
    def _title_element(self) -> etree._Element | None:
        found = (self.document.all(css) for css in alternatives(self.title_css))
        return next((e for one in found for e in one if text_of(e)), None)

    def _opens_body(self, element: etree._Element) -> bool:
        """Whether it stands before the body, or in it with no paragraph before it if a heading.

        What stands behind the body belongs to another article: lists print standfirsts too.
        """
        if self.body is None:
            return True
        if self.body not in element.iterancestors():
            return self.before_body(element)
        if element.tag not in SUBHEADS:
            return True
        for paragraph in self.body.iter("p", "div"):
            if element in paragraph.iterdescendants():
                continue
            least = 0 if paragraph.tag == "p" else _NOTICE
            if len(text_of(paragraph)) > least and _comes_first(paragraph, element):
                return False
        return True

    def before_body(self, element: etree._Element) -> bool:
        """Whether a reader meets an element before the text; not so where there is no text."""
        return self.body is not None and _comes_first(element, self.body)

    @cached_property
    def parts(self) -> Parts:
        """The body sorted into fields."""
        if self.body is None:
            return Parts()
        lead = self._lead_element
        found: list[Piece] = []
        for section in self._bodies:
            without = set(self.document.all(self.noise_css, section))
            if lead is not None:
                without.add(lead)
            read = pieces(section, self.document.base_url, without)
            if section is self.body or not _are_links(read):
                found += read
        printed = text_of(lead) if lead is not None else None
        return separate(
            found, bold_lead=self.bold_lead and lead is None, lead=printed, url=self.document.url
        )

    def title(self) -> str | None:
        """The headline."""
        return self._text(self.title_css)

    def _text(self, css: str) -> str | None:
        """The words of the first alternative of a selector that has any."""
        found = (self.document.text(one) for one in alternatives(css))
        return next((words for words in found if words), None)

    def section(self) -> str | None:
        """The breadcrumb as one text, without the link to the home page."""
        names = map(text_of, self.section_links())
        return " > ".join(n for n in names if n and n.lower() not in _HOME) or None

    def section_links(self) -> list[etree._Element]:
        """The links of the breadcrumb."""
        return self.document.all(self.section_css)

    def lead(self) -> str | None:
        """The standfirst where the page prints one apart."""
        if self._lead_element is not None:
            return text_of(self._lead_element)
        return self.parts.lead

    def byline(self) -> Byline | None:
        """The author: an element of its own, else the signature in the body."""
        if printed := ", ".join(self._authors()):
            labelled = credits.byline(printed, set_apart=False)
            return labelled or Byline(name=printed, raw=printed)
        return self.parts.byline

    def _authors(self) -> list[str]:
        """The words of the elements beside each other that name the authors, each once."""
        for css in alternatives(self.byline_css):
            if found := [e for e in self.document.all(css) if text_of(e)]:
                names = (text_of(e) for e in found if _are_together(e, found[0]))
                return list(dict.fromkeys(names))
        return []

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

    def findings(self) -> tuple[Finding, ...]:
        """How each field was found; a layout says nothing, because its selectors say it."""
        return ()

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


def _are_together(one: etree._Element, *others: etree._Element) -> bool:
    """Whether an element stands beside one of the others, or each in a box beside the other's."""
    parent = one.getparent()
    for other in others:
        box = other.getparent()
        if parent is box:
            return True
        if parent is not None and box is not None and parent.getparent() is box.getparent():
            return bool(parent.tag == box.tag and parent.get("class") == box.get("class"))
    return False


def _are_links(found: list[Piece]) -> bool:
    """Whether most words of a section lead elsewhere, as those of a list of articles do."""
    runs = [piece for piece in found if isinstance(piece, Run)]
    if runs and runs[0].linked > 0.9:
        return True
    return 2 * sum(run.linked * len(run.text) for run in runs) > sum(len(run.text) for run in runs)


def _comes_first(one: etree._Element, other: etree._Element) -> bool:
    """Which of two elements a reader meets first; an element before all that it holds."""
    lines = ([e, *e.iterancestors()][::-1] for e in (one, other))
    for a, b in zip_longest(*lines):
        if a is not b:
            if a is None or b is None:
                return a is None
            parent = a.getparent()
            return bool(parent.index(a) < parent.index(b))
    return False
