"""The page class of the generic reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from lxml import etree

from baolangson_crawler import urls
from baolangson_crawler.extraction.body import Run
from baolangson_crawler.extraction.credits import Byline
from baolangson_crawler.extraction.document import text_of
from baolangson_crawler.extraction.generic import statements
from baolangson_crawler.extraction.generic.content import Content, find
from baolangson_crawler.extraction.generic.margin import Margin
from baolangson_crawler.extraction.generic.pieces import article_pieces
from baolangson_crawler.extraction.generic.votes import squeeze
from baolangson_crawler.extraction.page import ArticlePage
from baolangson_crawler.extraction.separation import Parts, separate
from baolangson_crawler.items import Finding, Link, PrintedDate

_RELATED = re.compile(r"relat|lien-?quan|tin-?cung|cung-?chuyen-?muc", re.IGNORECASE)
_RELATED_TITLE = 20  # characters; a shorter link leads to a section
_MODIFIED = re.compile(r"\W*(?:last\s)?(?:updated|modified|reviewed)\b", re.IGNORECASE)
_LONGEST_NAME = 100  # characters of an author as stated

# How sure a rule is. A statement that a second one bears out is 1.
_BYLINE = {"signature": 0.9, "class": 0.8, "label": 0.8}
_STATED = 0.6
_LEAD = {"class": 0.9, "description": 0.9, "bold": 0.8, "first-paragraph": 0.5}


class GenericPage(ArticlePage):
    """An article on a page of unknown layout.

    What each field is taken from, in this order:

    - title: a heading that JSON-LD, Open Graph or ``<title>`` bears out; what those declare,
      without the site's name; the first ``h1``.
    - body: the element that weighs most (`content.find`), its lines sorted as a layout's are.
    - lead: a line before the text that the page names so or states as its description; the
      first paragraph where only that is bold.
    - byline: the signature in the text; a line beside it that is named so or begins with "By";
      JSON-LD, microdata, ``rel=author``, ``meta``.
    - section: the breadcrumb of JSON-LD, the printed one, what is stated.
    - dates: all of them: the visible one near the title, ``meta``, JSON-LD, microdata, ``time``,
      the address. Which one to believe is dating's question.
    """

    layout = "generic"

    @cached_property
    def _headline(self) -> statements.Headline | None:
        return statements.headline(self.document)

    @cached_property
    def _content(self) -> Content | None:
        return find(self.document, self.title())

    @cached_property
    def _margin(self) -> Margin | None:
        content, headline = self._content, self._headline
        return Margin.of(content, headline) if content and headline else None

    def recognises(self) -> bool:
        """Whether there is anything to read, and a title to it."""
        return self._margin is not None

    def title(self) -> str | None:
        """The headline."""
        return self._headline.text if self._headline else None

    @cached_property
    def body(self) -> etree._Element | None:
        """The element that holds the article."""
        return self._content.node if self._content else None

    @cached_property
    def _lead(self) -> tuple[Run, str] | None:
        if self._margin is None:
            return None
        return self._margin.lead(statements.descriptions(self.document))

    @cached_property
    def parts(self) -> Parts:
        """The body sorted into fields."""
        if self._content is None:
            return Parts()
        lead = self._lead[0] if self._lead else None
        found = article_pieces(self._content, self.document.base_url, lead)
        return separate(found, bold_lead=lead is None)

    def lead(self) -> str | None:
        """The standfirst where the page prints one apart."""
        return self._lead[0].text if self._lead else self.parts.lead

    def byline(self) -> Byline | None:
        """The author: the signature, else a line beside the text, else as stated."""
        return self._byline[0] if self._byline else None

    @cached_property
    def _byline(self) -> tuple[Byline, str] | None:
        if self.parts.byline:
            return self.parts.byline, "signature"
        if self._margin and (printed := self._margin.author()):
            return printed
        site = squeeze(self.document.meta_text("og:site_name") or "")
        for method, name in statements.authors(self.document):
            if squeeze(name) != site and "://" not in name and len(name) <= _LONGEST_NAME:
                return Byline(name=name, raw=name), method
        return None

    def section(self) -> str | None:
        """The section: the breadcrumb, else as stated."""
        return statements.breadcrumb(self.document) or statements.section(self.document)

    def tags(self) -> tuple[str, ...]:
        """The keywords."""
        return tuple(dict.fromkeys(statements.tags(self.document)))

    def related(self) -> tuple[Link, ...]:
        """Links to other articles: those in the text, and those of boxes named so."""
        found = {link.url: link for link in super().related()}
        for element in self._content.noise if self._content else ():
            if not _RELATED.search(f"{element.get('class')} {element.get('id')}"):
                continue
            for anchor in element.iter("a"):
                url = urls.absolute(self.document.base_url, anchor.get("href") or "")
                if url and len(title := text_of(anchor)) >= _RELATED_TITLE:
                    found.setdefault(url, Link(url=url, title=title))
        found.pop(self.document.url, None)
        return tuple(found.values())

    def visible_date(self) -> str | None:
        """The date near the title, never one of a clock, a menu or a list."""
        return self._margin.date() if self._margin else None

    def printed_dates(self) -> Iterator[PrintedDate]:
        """Every statement of the page on its dates, the visible one first."""
        if raw := self.visible_date():
            role = "modified" if _MODIFIED.match(raw) else "published"
            yield PrintedDate(raw=raw, source="visible", role=role)  # type: ignore[arg-type]
        yield from statements.machine_dates(self.document)
        if self._margin and (raw := self._margin.time(self.document.root)):
            yield PrintedDate(raw=raw, source="time")
        if stated := statements.address_date(self.document.url):
            yield stated

    def findings(self) -> tuple[Finding, ...]:
        """How each field was found, and how sure it is."""
        content, headline = self._content, self._headline
        if content is None or headline is None:
            return ()
        found = [("title", headline.method, headline.confidence)]
        lead = self._lead[1] if self._lead else "bold" if self.parts.lead else "first-paragraph"
        found.append(("lead", lead, _LEAD[lead]))
        if content.by_vote:
            found.append(("body", "weight+trafilatura", 0.9))
        else:
            found.append(("body", "weight", 0.6))
        if self._byline:
            method = self._byline[1]
            found.append(("byline", method, _BYLINE.get(method, _STATED)))
        if sources := list(dict.fromkeys(date.source for date in self.printed_dates())):
            found.append(("printed_dates", "+".join(sources), 1.0 if sources[1:] else 0.7))
        return tuple(Finding(field=f, method=m, confidence=c) for f, m, c in found)
