"""What servers and papers say instead of an article, as it stands in a title or in a short text.

A notice speaks to its reader ("trang bạn tìm không tồn tại"), an article reports ("nhiều trang
giả mạo đã bị xóa"). So a title must be a notice as a whole, and a sentence must begin as one.
The expressions stand in ``refusal_notices.toml`` beside this module.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Container, Iterable
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from baolangson_crawler.text import fold, has_marks

Notice = Literal[
    "error_page",
    "challenge",
    "captive_portal",
    "maintenance",
    "login",
    "soft_404",
    "consent",
    "javascript",
    "empty_body",
]
SHORT = 600
"""Characters; a longer text says more than a notice does."""

_WORD = re.compile(r"<(\w+)>")
_SEPARATOR = re.compile(r"(?<!\d)\s+[-–—•:»›]\s+|\s+[-–—•:»›]\s+(?!\d)|\s*\|\s*")
"""What stands between a notice and the name of the paper; "500 - 520 triệu" is a range."""
_CLAUSE = re.compile(r"[,;:]\s+|\s[-–—]\s")
_END = re.compile(r"(?<=[.!?…])\s+|\n+")
_OPENING = " \t\"'“”‘’([-–—•*!.…:"
_ERROR = re.compile(r"\bloi\b")
_COMMENTING = re.compile(r"binh luan|y kien|comment")
_NAME = 45  # characters; the name of a paper that stands before or behind its notice
_TITLE = 160
_TAIL = 40  # characters behind a notice in its sentence: "... theo quyết định của Tòa soạn"
_EVERYWHERE: Final[tuple[Notice, ...]] = ("login", "consent", "javascript", "empty_body")
"""What boxes and players on an ordinary page say too."""


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
    folded = fold(title[: 4 * _TITLE]).strip(_OPENING)  # a letter has two marks at most
    if not folded or len(folded) > _TITLE:
        return None
    parts = [part for part in _SEPARATOR.split(folded) if len(folded) - len(part) <= _NAME]
    for part in (folded, *parts):
        bare = part.strip(_OPENING + "?")
        for reason, pattern in _expressions("titles").items():
            if pattern.fullmatch(bare) and not _is_misread(bare, title):
                return reason
    return None


def begins_as(sentence: str) -> Notice | None:
    """The notice that a sentence begins as."""
    found = _beginning(sentence)
    return found[0] if found else None


def _beginning(sentence: str) -> tuple[Notice, str] | None:
    """The notice that a sentence begins as, and the folded words behind it."""
    folded = fold(sentence[:_TITLE]).strip(_OPENING)
    for reason, pattern in _expressions("sentences").items():
        if (match := pattern.match(folded)) and not _is_misread(match[0], sentence):
            # "Đăng nhập để bình luận" stands under many an article
            if reason == "login" and _COMMENTING.search(folded):
                return None
            return reason, folded[match.end() :]
    return None


def _is_misread(folded: str, text: str) -> bool:
    """Whether the error (lỗi) of a notice is a profit (lợi) or a word (lời) with its marks."""
    if not _ERROR.search(folded) or not has_marks(text):
        return False
    return "lỗi" not in unicodedata.normalize("NFC", text).lower()


def said(text: str, least: float = 0.5, among: Container[Notice] | None = None) -> Notice | None:
    """The notice that a short text is: one that fills at least a share of it.

    Args:
        text: a body, or a standfirst and a body.
        least: the share of it that must be notices.
        among: what the notice may be; other notices beside it count for it.
    """
    if not text or len(text) > SHORT:
        return None
    found: Counter[Notice] = Counter()
    other = 0
    for sentence in _END.split(text):
        beginning = _beginning(sentence)
        behind = _untold(*beginning, sentence) if beginning else len(sentence)
        other += behind
        if beginning and (among is None or beginning[0] in among):
            found[beginning[0]] += len(sentence) - behind
        if other > (1 - least) * len(text):
            return None
    return max(found, key=found.__getitem__, default=None)


def _untold(notice: Notice, rest: str, sentence: str) -> int:
    """Characters of a sentence that go on behind its notice, none where they may belong to it.

    An article may begin in the words of a notice and then report.
    """
    if notice == "error_page" and sentence.isascii():
        return 0  # a program names files and lines
    clauses = (clause for clause in _CLAUSE.split(rest) if not begins_as(clause))
    length = sum(map(len, clauses)) + max(0, len(sentence) - _TITLE)
    return length if length > _TAIL else 0


def strongest(lines: Iterable[str]) -> Notice | None:
    """The notice among the lines of a page that has no article.

    An ordinary page asks for consent and offers a login too; that is what it is only where it
    hardly says anything else.
    """
    found: Counter[Notice] = Counter()
    total = 0
    for line in lines:
        total += len(line)
        for sentence in _END.split(line) if len(line) <= SHORT else ():
            beginning = _beginning(sentence)
            if beginning and not _untold(*beginning, sentence):
                found[beginning[0]] += len(sentence)
    for everywhere in _EVERYWHERE:
        if 3 * found[everywhere] < total:
            del found[everywhere]
    return max(found, key=found.__getitem__, default=None)


def marked(html: str) -> Notice | None:
    """The notice that is known by its markup, whatever its words are."""
    signs = _expressions("markup").items()
    return next((reason for reason, sign in signs if sign.search(html)), None)
