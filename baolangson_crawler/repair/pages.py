"""A page that is damaged as a whole, repaired before it is parsed.

Only its words tell a caption, a credit or a signature from a paragraph, so they must be readable
first. What is damaged in a few words is left to `texts`, which judges the article.
"""

from __future__ import annotations

import html as standard
import re
from collections.abc import Callable, Iterator
from html.entities import html5
from typing import NamedTuple

from baolangson_crawler.repair import misreading, texts
from baolangson_crawler.repair.syllables import WORD, judge

# A script ends where the HTML standard ends it (13.2.5), at the latest at the end of the page.
_BETWEEN = re.compile(
    r"(?P<silent><(?P<name>script|style|noscript|template|iframe|textarea)\b"
    r".*?(?:</(?P=name)\s*>|\Z)|<!--.*?(?:-->|\Z))|<[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"""(?<=[\s"'])(?:content|alt|title)\s*=\s*(?P<quote>["'])(?P<words>.*?)(?P=quote)""",
    re.IGNORECASE | re.DOTALL,
)
_TWICE = re.compile(
    r"&amp;(?:amp;)*(?P<said>#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z][A-Za-z0-9]{1,31});"
)
_MARKUP = frozenset("<>&\"'")
_MISREAD = ("áº", "Âº")  # nearly half of the letters of Vietnamese, misread once and twice
_PLACE = 5  # characters around an entity by which two places are told apart
_WORDS = 3  # different words that become Vietnamese; fewer prove nothing of a page


class RepairedPage(NamedTuple):
    """The text of a page after repair."""

    text: str

    repairs: tuple[str, ...]
    """What was decoded: ``entities``, ``mojibake``."""


def page(html: str) -> RepairedPage:
    """The text of a page as it was meant, where it is damaged as a whole.

    Entities encoded twice (``&amp;agrave;``) are decoded where words stand, never in scripts and
    addresses, and never to signs of markup: ``&amp;lt;`` may be meant. UTF-8 that was read as
    windows-1252, windows-1258 or Latin-1 is read again.
    """
    repairs = []
    if _may_be_encoded_twice(html):
        decoded = _with_texts(html, lambda said: [_TWICE.sub(_character, text) for text in said])
        if decoded != html:
            html = decoded
            repairs.append("entities")
    if "º" in html and any(letters in html for letters in _MISREAD):  # one letter is found sooner
        reread = _reread(html)
        if reread != html:
            html = reread
            repairs.append("mojibake")
    return RepairedPage(html, tuple(repairs))


def _may_be_encoded_twice(html: str) -> bool:
    """Whether entities of letters stand encoded twice in several places, before looking closely.

    A lone letter so hidden in a headline, which a page repeats, is left to the article's repair.
    """
    places: set[str] = set()
    at = html.find("&")  # a third of the time that it takes to look for "&amp;"
    while at >= 0:
        twice = _TWICE.match(html, at) if html.startswith("amp;", at + 1) else None
        if twice and _character(twice).isalpha():
            places.add(html[max(0, at - _PLACE) : twice.end() + _PLACE])
            if len(places) >= _WORDS:
                return True
        at = html.find("&", at + 1)
    return False


def _character(twice: re.Match[str]) -> str:
    said = twice["said"]
    if said[0] != "#" and f"{said};" not in html5:
        return twice[0]
    character = standard.unescape(f"&{said};")
    return twice[0] if character in _MARKUP else character


def _reread(html: str) -> str:
    """The page read as the UTF-8 that it was; else each of its texts that was misread."""
    whole = misreading.reread_whole(html)
    if whole != html:
        return whole if _is_meant(html, whole) else html
    return _with_texts(html, lambda said: texts.reread(said)[0])


def _with_texts(html: str, repaired: Callable[[list[str]], list[str]]) -> str:
    """The page with its texts repaired, where they are better Vietnamese then."""
    spans = list(_spans(html))
    before = [html[start:end] for start, end in spans]
    after = repaired(before)
    if not _is_meant("\n".join(before), "\n".join(after)):
        return html
    parts: list[str] = []
    copied = 0
    for (start, end), text in zip(spans, after, strict=True):
        parts += (html[copied:start], text)
        copied = end
    return "".join((*parts, html[copied:]))


def _spans(html: str) -> Iterator[tuple[int, int]]:
    """Where a page says words: between its tags, and in attributes that are no addresses."""
    start = 0
    for markup in _BETWEEN.finditer(html):
        if start < markup.start():
            yield start, markup.start()
        start = markup.end()
        if not markup["silent"]:
            for attribute in _ATTRIBUTE.finditer(html, markup.start(), start):
                if "://" not in attribute["words"]:
                    yield attribute.span("words")
    if start < len(html):
        yield start, len(html)


def _is_meant(before: str, after: str) -> bool:
    """Whether the words that only the repair made are Vietnamese, and enough of them."""
    words, made = (set(WORD.findall(standard.unescape(text))) for text in (before, after))
    verdict = judge(" ".join(made - words))
    return verdict.valid >= _WORDS and verdict.is_vietnamese()
