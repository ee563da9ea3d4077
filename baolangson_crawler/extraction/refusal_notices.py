"""What servers and papers say instead of an article, as it stands in a title or in a short text.

A notice speaks to its reader ("trang bạn tìm không tồn tại"), an article reports ("nhiều trang
giả mạo đã bị xóa"). So a title must be a notice as a whole, and a sentence must begin as one.
The expressions stand in ``refusal_notices.toml`` beside this module.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Literal

from baolangson_crawler.text import fold

Notice = Literal[
    "error_page", "challenge", "captive_portal", "maintenance", "login", "soft_404", "consent"
]
SHORT = 600
"""Characters; a longer text says more than a notice does."""

_WORD = re.compile(r"<(\w+)>")
_SEPARATOR = re.compile(r"\s+[-–—•:»›]\s+|\s*\|\s*")
_END = re.compile(r"(?<=[.!?…])\s+|\n+")
_OPENING = " \t\"'“”‘’([-–—•*!.…:"
_COMMENTING = re.compile(r"binh luan|y kien|comment")
_NAME = 45  # characters; the name of a paper that stands before or behind its notice
_TITLE = 160


@cache
def _expressions(kind: Literal["titles", "sentences", "markup"]) -> dict[Notice, re.Pattern[str]]:
    """The compiled expressions of one kind by reason, in the order in which they are asked."""
    text = (
        files("baolangson_crawler.extraction")
        .joinpath("refusal_notices.toml")
        .read_text(encoding="utf-8")
    )
    told = tomllib.loads(text)
    words: dict[str, str] = told["words"] if kind != "markup" else {}
    return {
        reason: re.compile("|".join(_spelled(line, words) for line in lines))
        for reason, lines in told[kind].items()
    }


def _spelled(line: str, words: dict[str, str]) -> str:
    return _WORD.sub(lambda match: words[match[1]], line) if words else line


def titled(title: str) -> Notice | None:
    """The notice that a title is, alone or joined to the name of the paper."""
    folded = fold(title).strip(_OPENING)
    if not folded or len(folded) > _TITLE:
        return None
    parts = [part for part in _SEPARATOR.split(folded) if len(folded) - len(part) <= _NAME]
    for part in (folded, *parts):
        bare = part.strip(_OPENING + "?")
        for reason, pattern in _expressions("titles").items():
            if pattern.fullmatch(bare):
                return reason
    return None


def begins_as(sentence: str) -> Notice | None:
    """The notice that a sentence begins as."""
    folded = fold(sentence[:_TITLE]).strip(_OPENING)
    for reason, pattern in _expressions("sentences").items():
        if pattern.match(folded):
            # "Đăng nhập để bình luận" stands under many an article
            return None if reason == "login" and _COMMENTING.search(folded) else reason
    return None


def _sentences(text: str) -> Iterator[tuple[int, Notice | None]]:
    """The length of each sentence with the notice that it begins as."""
    return ((len(sentence), begins_as(sentence)) for sentence in _END.split(text))


def said(text: str, least: float = 0.5) -> Notice | None:
    """The notice that a short text is: one that fills at least a share of it."""
    if not text or len(text) > SHORT:
        return None
    found: Counter[Notice] = Counter()
    other = 0
    for length, notice in _sentences(text):
        if notice:
            found[notice] += length
        else:
            other += length
        if other > (1 - least) * len(text):
            return None
    return max(found, key=found.__getitem__, default=None)


def strongest(lines: Iterable[str]) -> Notice | None:
    """The notice among the lines of a page that has no article.

    An ordinary page asks for consent and offers a login too; that is what it is only where it
    hardly says anything else.
    """
    found: Counter[Notice] = Counter()
    total = 0
    for line in lines:
        total += len(line)
        for length, notice in _sentences(line) if len(line) <= SHORT else ():
            if notice:
                found[notice] += length
    for everywhere in ("login", "consent"):
        if 3 * found[everywhere] < total:
            del found[everywhere]
    return max(found, key=found.__getitem__, default=None)


def marked(html: str) -> Notice | None:
    """The notice that is known by its markup, whatever its words are."""
    signs = _expressions("markup").items()
    return next((reason for reason, sign in signs if sign.search(html)), None)
