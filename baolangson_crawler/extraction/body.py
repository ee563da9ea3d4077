"""The body element as a sequence of runs and pictures, before anybody says what each one is.

A run is a stretch of text between two breaks: a paragraph, a line before ``<br>``, a table row,
a caption. It remembers how it is set (centred, italic, bold, inside a link), because on these
pages that is often all that tells a caption or a byline from a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, field

from lxml import etree

from baolangson_crawler import urls
from baolangson_crawler.extraction.styles import BLOCKS, Style, inherit
from baolangson_crawler.extraction.tables import data_rows
from baolangson_crawler.items import Link
from baolangson_crawler.text import normalise

SKIPPED = frozenset(
    "script style noscript template iframe form button input select textarea svg video audio "
    "object embed canvas map nav".split()
)
SUBHEADS = frozenset("h2 h3 h4 h5 h6".split())
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_INDENT = re.compile(r"\s*[\u00a0\u3000\u2003][\s\u00a0\u3000\u2003]")  # by no-break spaces
_TEMPLATE_REST = re.compile(r"\{\{.*?\}\}|\{\{[^}]*$", re.DOTALL)
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-image", "src")
_NO_PICTURE = re.compile(r"^data:|/(?:grey|blank|spacer|pixel|loading|transparent)\.(?:gif|png)")


@dataclass(slots=True)
class Run:
    """A stretch of text between two breaks and how it is set."""

    text: str
    element: etree._Element
    """The block that the stretch begins in."""
    tag: str
    classes: str
    align: str
    bold: float
    italic: float
    linked: float
    in_figure: bool
    in_table: bool
    in_list: bool
    indented: bool
    links: tuple[Link, ...]
    table: etree._Element | None = None
    """The innermost table around it."""


@dataclass(slots=True)
class Picture:
    """An ``img`` of the body."""

    url: str
    alt: str
    in_table: bool
    in_figure: bool
    table: etree._Element | None = None
    """The innermost table around it."""


Piece = Run | Picture


@dataclass(slots=True)
class _Open:
    """The run that is being gathered."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    bold: int = 0
    italic: int = 0
    linked: int = 0
    links: list[tuple[str, str]] = field(default_factory=list)
    style: Style | None = None


def pieces(
    body: etree._Element,
    base_url: str,
    without: Set[etree._Element] = frozenset(),
    *,
    entered: Set[etree._Element] = frozenset(),
) -> list[Piece]:
    """The runs and pictures of a body in order.

    Args:
        body: the element that holds the article's text.
        base_url: what relative addresses are relative to; empty for runs without links alone.
        without: elements that are left out with everything below them.
        entered: elements that are read although they are left out as a rule.
    """
    return _Walk(base_url, without, entered).walk(body)


# What the walk visits next: an element, or the text that follows one (and whether a block ended
# before that text).
_Step = tuple[etree._Element | str | None, Style, bool]


class _Walk:
    def __init__(
        self, base_url: str, without: Set[etree._Element], entered: Set[etree._Element]
    ) -> None:
        self.base_url = base_url
        self.without = without
        self.entered = entered
        self.found: list[Piece] = []
        self.open = _Open()

    def walk(self, body: etree._Element) -> list[Piece]:
        """Visit every node without recursion, so that no depth of nesting stops the reading."""
        start = inherit(Style(body), body)
        self._text(body.text, start)
        stack: list[_Step] = [(child, start, False) for child in reversed(body)]
        while stack:
            step, style, ends_block = stack.pop()
            if step is None or isinstance(step, str):
                if ends_block:
                    self._break()
                self._text(step, style)
                continue
            inner = self._enter(step, style)
            if inner is None:
                self._text(step.tail, style)
                continue
            if is_block := step.tag in BLOCKS:
                self._break()
            stack.append((step.tail, style, is_block))
            self._text(step.text, inner)
            stack.extend((child, inner, False) for child in reversed(step))
        self._break()
        return self.found

    def _enter(self, element: etree._Element, style: Style) -> Style | None:
        """The style inside an element; None where there is nothing to visit inside it."""
        tag = element.tag
        if tag == "br":
            self._break()
            return None
        if tag == "img":
            self._picture(element, style)
            return None
        if not isinstance(tag, str) or element in self.without:
            return None
        if is_left_out(element) and element not in self.entered:
            return None
        if tag == "table" and (rows := data_rows(element)):
            self._break()
            for row in rows:
                self._text(row, inherit(style, element))
                self._break()
            return None
        return inherit(style, element)

    def _text(self, text: str | None, style: Style) -> None:
        if not text:
            return
        run = self.open
        run.parts.append(text)
        solid = len(text.strip())
        if not solid:
            return
        if run.style is None:
            run.style = style
        run.length += solid
        run.bold += solid * style.bold
        run.italic += solid * style.italic
        if style.href:
            run.linked += solid
            run.links.append((style.href, text))

    def _break(self) -> None:
        run, self.open = self.open, _Open()
        style = run.style
        if style is None:
            return
        joined = "".join(run.parts)
        if "{{" in joined:
            joined = _TEMPLATE_REST.sub("", joined)
            if not any(map(str.isalnum, joined)):  # "{{date}} - {{views}}" leaves a dash
                return
        text = normalise(joined)
        if not text:
            return
        self.found.append(
            Run(
                text=text,
                element=style.element,
                tag=style.tag,
                classes=style.classes,
                align=style.align,
                bold=run.bold / run.length,
                italic=run.italic / run.length,
                linked=run.linked / run.length,
                in_figure=style.figure,
                in_table=style.table is not None,
                in_list=style.listed,
                indented=bool(_INDENT.match(joined)),
                links=self._links(run.links) if run.links and self.base_url else (),
                table=style.table,
            )
        )

    def _links(self, found: list[tuple[str, str]]) -> tuple[Link, ...]:
        joined: dict[str, str] = {}
        for href, text in found:
            joined[href] = joined.get(href, "") + text
        made = ((urls.absolute(self.base_url, href), text) for href, text in joined.items())
        return tuple(Link(url=url, title=normalise(text)) for url, text in made if url)

    def _picture(self, element: etree._Element, style: Style) -> None:
        self._break()
        if self.base_url and (url := picture_url(element, self.base_url)):
            alt = normalise(element.get("alt") or "")
            self.found.append(
                Picture(
                    url=url,
                    alt=alt,
                    in_table=style.table is not None,
                    in_figure=style.figure,
                    table=style.table,
                )
            )


def picture_url(element: etree._Element, base_url: str) -> str | None:
    """The address of an ``img``, also of one that a script loads later."""
    for name in _LAZY:
        source = element.get(name)
        if source and not _NO_PICTURE.search(source):
            return urls.absolute(base_url, source)
    return None


def is_left_out(element: etree._Element) -> bool:
    """Whether an element is hidden or of a kind that holds no text of an article."""
    declared = element.get("style")
    return element.tag in SKIPPED or bool(declared and _HIDDEN.search(declared))
