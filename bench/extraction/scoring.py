"""How well a reader read: shingles against a whole text, and what a reader of the paper sees.

The measure of a text is that of the Scrapinghub article extraction benchmark: shingles of four
tokens, precision and recall a page, their means over the pages, and the F1 of the means.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from statistics import fmean
from typing import Any

_TOKEN = re.compile(r"\w+")
_SHINGLE = 4
_LONG = 5  # characters; a shorter caption or signature would be found in any text
_EDGE = 80  # characters at the beginning and the end of the body that are looked for
_SAPO = 60  # the last characters of the standfirst, which a cut one has lost

Truth = Mapping[str, Any]
Found = Mapping[str, Any]


def shingles(text: str | None) -> Counter[tuple[str, ...]]:
    """The shingles of a text, with how often each stands there; one short one for a short text."""
    tokens = _TOKEN.findall(unicodedata.normalize("NFC", text or ""))
    starts = range(max(1, len(tokens) - _SHINGLE + 1)) if tokens else ()
    return Counter(tuple(tokens[start : start + _SHINGLE]) for start in starts)


def precision_recall(truth: str, found: str | None) -> tuple[float | None, float | None]:
    """Of one page; precision is None where nothing was found, recall where there is nothing."""
    wanted, got = shingles(truth), shingles(found)
    common = (wanted & got).total()
    return (
        common / got.total() if got else None,
        common / wanted.total() if wanted else None,
    )


def _line(text: str | None) -> str:
    return " ".join(unicodedata.normalize("NFC", text or "").split())


def _leaked(texts: Iterable[str] | None, found: str) -> float | None:
    """The share of lines that stand in the found text and should not."""
    lines = [line for text in texts or () if len(line := _line(text)) > _LONG]
    return sum(line in found for line in lines) / len(lines) if lines else None


def score(truth: Truth, found: Found) -> dict[str, float]:
    """The marks of one page; a mark that the truth says nothing of is not there."""
    text = _line(found.get("text"))
    marks: dict[str, float | None] = {}
    if "text" in truth:
        marks["precision"], marks["recall"] = precision_recall(truth["text"], found.get("text"))
        marks["exact"] = float(shingles(truth["text"]) == shingles(found.get("text")))
    body = _line(truth.get("body"))
    if first := _line(truth.get("first80")) or body[:_EDGE]:
        marks["first 80"] = float(first in text)
        marks["last 80"] = float((_line(truth.get("last80")) or body[-_EDGE:]) in text)
    if sapo := _line(truth.get("sapo")):
        marks["sapo kept"] = float(sapo[-_SAPO:] in text)
    for name, field in (
        ("caption", "captions"),
        ("related", "related"),
        ("signature", "signature"),
    ):
        marks[f"{name} leak"] = _leaked(truth.get(field), text)
    if title := _line(truth.get("title")):
        marks["title"] = float(title == _line(found.get("title")))
    if (day := truth.get("date")) and ("date" in found or "error" in found):
        marks["date"] = float(day == found.get("date"))
    return {name: mark for name, mark in marks.items() if mark is not None}


def summary(marks: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """The means over all pages, and F1 of mean precision and mean recall."""
    gathered: dict[str, list[float]] = {}
    for page in marks:
        for name, mark in page.items():
            gathered.setdefault(name, []).append(mark)
    means = {name: fmean(values) for name, values in gathered.items()}
    if "recall" in means:
        precision, recall = means.get("precision", 0.0), means["recall"]
        both = precision + recall
        means["F1"] = 2 * precision * recall / both if both else 0.0
    return means
