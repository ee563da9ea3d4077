"""What a page prints around its text: standfirst, author and date, each on a line of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from baolangson_crawler.extraction import credits
from baolangson_crawler.extraction.body import SUBHEADS, Run
from baolangson_crawler.extraction.credits import Byline
from baolangson_crawler.extraction.generic.content import Content, Line
from baolangson_crawler.extraction.generic.statements import Headline
from baolangson_crawler.extraction.generic.votes import squeeze

_LEAD_CLASS = re.compile(
    r"sapo|lead(?!er)|standfirst|chapeau|summary|dek\b|tom-?tat|(?:^|[\s_-])(?:desc|description|"
    r"intro|sub-?title)(?:$|[\s_-])",
    re.IGNORECASE,
)
_AUTHOR_CLASS = re.compile(r"author|byline|tac-?gia|pseudonym|writer|signature", re.IGNORECASE)
_AUTHOR_LABEL = re.compile(
    r"(?:by|(?:written|posted|reported|words) by|about|the author|author|bởi|đăng bởi|tác giả)"
    r"\b[:\s]*",
    re.IGNORECASE,
)
_BY = re.compile(r"(?:by|bởi|tác giả)\s*[:\s]\s*\w", re.IGNORECASE)
_NO_AUTHOR = re.compile(
    r"\b(?:checked|reviewed|edited|editor|share|updated|published)\b", re.IGNORECASE
)
_CLOCK = re.compile(r"clock|today|now\b|header|top-?bar|dong-?ho|lich|current", re.IGNORECASE)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = re.compile(
    r"\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{2,4}|\b\d{4}-\d\d-\d\d"
    r"|\b(?:ngày|tháng|th)\s*\d{1,2}\b.*\b\d{4}\b|\d+\s(?:phút|giờ|ngày|tuần)\strước"
    rf"|\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}",
    re.IGNORECASE,
)
_DATE_LABEL = re.compile(
    r"\W*(?:published|posted|ngày đăng|đăng (?:ngày|lúc|tải)|cập nhật|ngày \d|thứ|chủ nhật)",
    re.IGNORECASE,
)
_DATE_LINE, _AUTHOR_LINE = 120, 80  # characters; a longer one is text
_LEAD = 40  # characters of a standfirst at least
_ALIKE = 40  # letters; a description is often cut short, or ends otherwise
# Lines in which a date or an author is the article's: before the title, behind it where the text
# begins at once, between it and a later text, and behind the text.
_BEFORE, _NEAR, _FAR, _BEHIND = 2, 8, 40, 6


@dataclass(frozen=True, slots=True)
class Margin:
    """The lines around the text of a page."""

    content: Content
    title: int
    """Number of the line that prints the title; -1 where none does before the text."""

    @classmethod
    def of(cls, content: Content, headline: Headline) -> Margin:
        """The margin of a text below its headline."""
        wanted = squeeze(headline.text)
        for number in range(content.kept.start, -1, -1):
            run = content.lines[number].run
            if run.element is headline.element or squeeze(run.text) == wanted:
                return cls(content, number)
        return cls(content, -1)

    def lead(self, descriptions: list[str]) -> tuple[Run, str] | None:
        """The standfirst that is set apart from the text, and the rule that tells it.

        Args:
            descriptions: what the page states as its summary.
        """
        found = self.content
        stated = [said for text in descriptions if (said := squeeze(text)[:_ALIKE])]
        for line in found.lines[self.title + 1 : min(found.kept.start + 3, found.kept.stop)]:
            run = line.run
            if len(run.text) < _LEAD or run.linked > 0.5:
                continue
            if _LEAD_CLASS.search(_names(run.element, found.node)):
                return run, "class"
            inside = (run.element, run.text) in found.texts
            opening = squeeze(run.text)[: 2 * _ALIKE]  # "(Dân trí) - " may stand before it
            if (not inside or run.tag in SUBHEADS) and any(said in opening for said in stated):
                return run, "description"
            if inside:
                break  # the text has begun
        return None

    def author(self) -> tuple[Byline, str] | None:
        """The author on a line of its own, and the rule that tells it."""
        for line in self._beside():
            text = line.run.text
            if len(text) > _AUTHOR_LINE or _NO_AUTHOR.search(text):
                continue
            named = _AUTHOR_CLASS.search(_names(line.run.element))
            if not named and not _BY.match(text):
                continue
            label = _AUTHOR_LABEL.match(text)
            name = text[label.end() :] if label else text
            if found := credits.byline(name, set_apart=True):
                return replace(found, raw=text), "class" if named else "label"
        return None

    def _beside(self) -> Iterator[Line]:
        """The lines between title and text, and those right behind the text."""
        lines, kept = self.content.lines, self.content.kept
        yield from lines[max(self.title, kept.start - 2 * _NEAR, 0) : kept.start + 1]
        yield from lines[kept.stop : kept.stop + 2 * _NEAR]

    def date(self) -> str | None:
        """The date near the title, never one of a clock, a menu or a list."""
        lines, kept = self.content.lines, self.content.kept
        for line in lines[self._first() : self._last()]:
            if _is_date(line.run):
                return line.run.text
        for line in reversed(lines[max(self.title - _BEFORE, 0) : max(self.title, 0)]):
            if _is_date(line.run) and _share_a_box(line.run, lines[self.title].run):
                return line.run.text
        for line in lines[kept.stop : kept.stop + _BEHIND]:
            if _is_date(line.run) and _DATE_LABEL.match(line.run.text):
                return line.run.text
        return None

    def _first(self) -> int:
        return self.title if self.title >= 0 else max(self.content.kept.start - _NEAR, 0)

    def _last(self) -> int:
        kept, first = self.content.kept, self._first()
        return min(max(kept.start + 2, min(first + _NEAR, kept.stop)), first + _FAR)

    def time(self, page: etree._Element) -> str | None:
        """The moment that a ``time`` element near the title, or the page's only one, states."""
        times = [element for element in page.iter("time") if element.get("datetime")]
        if len({element.get("datetime") for element in times}) > 1:
            lines = self.content.lines[max(self._first() - _BEFORE, 0) : self._last()]
            near = {line.run.element for line in lines}
            times = [e for e in times if not near.isdisjoint((e, *_above(e, 3)))]
        return times[0].get("datetime") if times else None


def _above(element: etree._Element, number: int) -> Iterator[etree._Element]:
    """The next elements around one."""
    for _ in range(number):
        parent = element.getparent()
        if parent is None:
            return
        yield (element := parent)


def _names(element: etree._Element, node: etree._Element | None = None) -> str:
    """Classes, ids and properties of an element and the two around it, up to the node."""
    names: list[str] = []
    for one in (element, *_above(element, 2)):
        if one is node or one.tag in ("body", "html"):
            break
        names += (one.get(name) or "" for name in ("class", "id", "itemprop"))
    return " ".join(names)


def _is_date(run: Run) -> bool:
    return len(run.text) <= _DATE_LINE and run.linked < 0.5 and bool(_DATE.search(run.text))


def _share_a_box(one: Run, other: Run) -> bool:
    """Whether two lines stand in one element below the page itself, and none is a clock."""
    boxes = (one.element, *one.element.iterancestors())
    around = {element for element in boxes if element.tag not in ("html", "body", "form")}
    shared = not around.isdisjoint((other.element, *other.element.iterancestors()))
    return shared and not _CLOCK.search(_names(one.element))
