"""How the text of an element is set: centred, bold, italic, in a link, a table, a figure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

BLOCKS = frozenset(
    "address article aside blockquote body center dd div dl dt figcaption figure footer h1 h2 h3 "
    "h4 h5 h6 header hr li main ol p pre section table tbody td tfoot th thead tr ul".split()
)
_BOLD = frozenset(("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"))
_ITALIC = frozenset(("i", "em", "cite"))
_ALIGN = re.compile(r"text-align\s*:\s*(center|right|left|justify)")
# Utility classes of Bootstrap and Tailwind; "end" is the right-hand side.
_CLASS_ALIGN = re.compile(r"(?:^|\s)text-(center|right|end|left|start|justify)(?=\s|$)")
_CLASS_BOLD = re.compile(r"(?:^|\s)(?:fw|font)-(?:bold|semibold)(?=\s|$)")
_CLASS_ITALIC = re.compile(r"(?:^|\s)(?:(?:fst-|font-)?italic)(?=\s|$)")
_CSS_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")
_CSS_ITALIC = re.compile(r"font-style\s*:\s*italic")
_CLASSES = 2000  # characters; a page may nest 200,000 elements, each with a class


@dataclass(slots=True)
class Style:
    """What an element inherits from those around it."""

    element: etree._Element
    tag: str = "div"
    classes: str = ""
    align: str = ""
    bold: bool = False
    italic: bool = False
    href: str | None = None
    figure: bool = False
    table: etree._Element | None = None
    listed: bool = False


def inherit(outer: Style, element: etree._Element) -> Style:
    """The setting inside an element that stands in another setting."""
    tag = element.tag
    block = tag in BLOCKS
    get = element.get
    inner = Style(
        element if block else outer.element,
        tag=tag if block else outer.tag,
        classes=outer.classes,
        align=outer.align,
        bold=outer.bold or tag in _BOLD,
        italic=outer.italic or tag in _ITALIC,
        href=get("href") if tag == "a" else outer.href,
        figure=outer.figure or tag == "figure",
        table=element if tag == "table" else outer.table,
        listed=outer.listed or tag in ("ul", "ol"),
    )
    if names := get("class"):
        inner.classes = f"{outer.classes} {names}"[-_CLASSES:]
        if block and (match := _CLASS_ALIGN.search(names)):
            inner.align = "right" if match[1] == "end" else match[1]
        inner.bold = inner.bold or bool(_CLASS_BOLD.search(names))
        inner.italic = inner.italic or bool(_CLASS_ITALIC.search(names))
    if tag == "center":
        inner.align = "center"
    elif align := get("align"):
        inner.align = align.lower()
    if declared := get("style"):
        declared = declared.lower()
        # The alignment of an inline element does nothing in a browser; pasted text carries it.
        if block and (match := _ALIGN.search(declared)):
            inner.align = match[1]
        inner.bold = inner.bold or bool(_CSS_BOLD.search(declared))
        inner.italic = inner.italic or bool(_CSS_ITALIC.search(declared))
    return inner
