"""What a page may cost: markup made to exhaust a parser is taken out, a flood is refused."""

from __future__ import annotations

import re

from baolangson_crawler.exceptions import PageRefused

MOST_TEXT = 1_500_000
"""Characters beside the markup; a book of 500 pages has a million."""

MOST_MARKUP = 450_000
"""Tags of one page; libxml2 keeps about 250 bytes for each."""

MOST_UNKNOWN_MARKUP = 50_000
"""Tags of a page that no layout knows: the generic reader weighs each of them."""

MOST_LISTED_MARKUP = 150_000
"""Tags that are read of a list that is larger than a page may be."""

MOST_NAMES = 1_000_000
"""Attributes and their values in a page that is large; each takes a hundred bytes as well."""

_SILENT = re.compile(
    r"<(script|style)\b.*?(?:</\1|\Z)|<!--.*?(?:-->|\Z)|<[^<>]*>", re.IGNORECASE | re.DOTALL
)

_CROWDED = 256 * 1024  # characters; the attributes of a smaller page cost some seconds at worst
_CROWD = 1000  # attributes and values of one element; libxml2 compares each with all before it
# A quote opens a value only behind "=" (HTML standard, 13.2.5.32 ff.).
_TAG = re.compile(r"""<([A-Za-z][\w:-]*)(?:[^>"'=]+|=\s*(?:"[^"]*"?|'[^']*'?)?|["'])*+>?""")
_VALUE = re.compile(r""""[^"]*"?|'[^']*'?""")
_NAME = re.compile(r"[\s/]+|=")  # what stands before each attribute and before each value

_NESTED = 1000  # libxml2 drops all that stands deeper than 2,048 elements
_KEPT = 100  # outermost and innermost elements of such a nest
_OPENING = r"<(?!(?:area|br|col|embed|hr|img|input|link|meta|source|wbr)\b)[A-Za-z][^<>]*+>\s*+"
_NEST = re.compile(rf"(?:{_OPENING}){{{_KEPT},}}+", re.IGNORECASE)


def check(html: str, most_markup: int = MOST_MARKUP) -> None:
    """Refuse a page that is too large to be an article.

    Args:
        html: the page.
        most_markup: tags that it may have.

    Raises:
        PageRefused: ``too_large``.
    """
    if (markup := html.count("<")) > most_markup:
        raise PageRefused("too_large", f"The page has {markup} tags.")
    if len(html) <= MOST_TEXT:
        return
    if (text := len(_SILENT.sub("", html))) > MOST_TEXT:
        raise PageRefused("too_large", f"The page has {text} characters of text.")
    names = sum(_names(tag[0]) for tag in _TAG.finditer(bounded(html)))
    if names > MOST_NAMES:
        raise PageRefused("too_large", f"The page has {names} attributes.")


def beginning(html: str) -> str:
    """A list as far as it is read: one too large for a page is cut instead of refused."""
    try:
        check(html)
    except PageRefused:
        return _cut(html, MOST_TEXT, MOST_LISTED_MARKUP)
    return html


def outset(html: str) -> str:
    """As much of a page as tells a wall from a list."""
    return _cut(html, MOST_TEXT, MOST_UNKNOWN_MARKUP)


def _cut(html: str, most_text: int, most_markup: int) -> str:
    if len(html) > most_text:
        html = html[:most_text]
    if html.count("<") > most_markup:
        html = "<".join(html.split("<", most_markup + 1)[:-1])
    return html


def bounded(html: str) -> str:
    """The page without what a parser would choke on and no reader sees.

    An element of thousands of attributes loses them; of thousands of elements that stand directly
    in one another, the outermost and the innermost stay.
    """
    if len(html) > _CROWDED:
        html = _TAG.sub(_bare, html)
    opened = html.count("<") - html.count("</")
    if opened > _NESTED and max(part.count("<") for part in html.split("</")) > _NESTED:
        html = _NEST.sub(_thinned, html)
    return html


def _bare(tag: re.Match[str]) -> str:
    whole = tag[0]
    return f"<{tag[1]}>" if len(whole) > _CROWD and _names(whole) > _CROWD else whole


def _names(tag: str) -> int:
    return len(_NAME.findall(_VALUE.sub("", tag)))


def _thinned(nest: re.Match[str]) -> str:
    tags = nest[0].split("<")
    return "<".join(tags if len(tags) <= 2 * _KEPT else [*tags[:_KEPT], *tags[-_KEPT:]])
