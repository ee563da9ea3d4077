"""The numbers in the ids of articles, and the windows of them in which few are known."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, sqrt

from baolangson_crawler.holdings.lines import Line

_ID = re.compile(r"(?:(old|(?:19|20)\d{4})-)?([0-9a-f]+)", re.ASCII)
_LONGEST = 11  # digits of a counter; longer ones are times
_WINDOW = 40  # articles that a window of numbers is expected to hold
_FAR_LESS = 0.5  # of what the windows around it lead to expect
_SURE = 4.0  # standard deviations
_AROUND = 24  # windows on either side


def numbered(article_id: str) -> tuple[str, int] | None:
    """The numbering of an article's id and its number there; None for an id that is no number.

    The numberings of a site are its main one (``""``), an older one (``old``), that beside the
    month in the address (``month``), and the same in hexadecimal digits (``month-hex``).
    """
    if article_id.isdecimal():
        return ("", int(article_id)) if len(article_id) <= _LONGEST else None
    match = _ID.fullmatch(article_id)
    if match is None or match[1] is None or len(match[2]) > _LONGEST:
        return None
    if match[2].isdecimal():
        return "old" if match[1] == "old" else "month", int(match[2])
    return None if match[1] == "old" else ("month-hex", int(match[2], 16))


@dataclass(frozen=True, kw_only=True, slots=True)
class NumberGap:
    """A window of numbers of which far fewer are known than of those around it."""

    numbering: str
    first: int
    last: int

    since: date
    """Day on which its first number was given out, about."""

    until: date

    known: int
    missing: int
    """Articles that a window of this width would hold beside those known."""


def number_gaps(
    numbering: str, line: Line, known: Sequence[int], none: Sequence[int]
) -> Iterator[NumberGap]:
    """The gaps of a numbering, lowest number first.

    Args:
        numbering: its name.
        line: which numbers were given out when.
        known: numbers of articles that are held or known, rising.
        none: numbers that are known to be no articles, rising.
    """
    start, end = bisect_left(known, line.first), bisect_left(known, line.last + 1)
    inside = known[start:end]
    if len(inside) < 2 * _WINDOW:
        return
    share = _usual_share(inside)
    width = ceil(_WINDOW / share)
    windows = range(line.first, line.last + 1, width)
    counts = [_within(inside, first, first + width) for first in windows]
    free = [
        min(width, line.last + 1 - first) - _within(none, first, first + width) for first in windows
    ]
    sparse = []
    for place, count in enumerate(counts):
        usual = _upper_middle(counts[max(0, place - _AROUND) : place + _AROUND + 1])
        expected = max(usual, _WINDOW * _FAR_LESS) * free[place] / width
        deviation = _SURE * sqrt(expected)
        sparse.append(
            expected
            if count < min(_FAR_LESS * expected, expected - deviation) or (count == 0 and expected)
            else 0.0
        )
    yield from _joined(numbering, line, inside, list(windows), width, sparse)


def _usual_share(numbers: Sequence[int]) -> float:
    """The share of numbers that are articles, by the middle one of the steps between two of 20."""
    steps = sorted(b - a for a, b in zip(numbers, numbers[20:], strict=False))
    return 20 / steps[len(steps) // 4]


def _upper_middle(counts: Sequence[int]) -> float:
    """The median of the counts that are not far below the highest ones."""
    ranked = sorted(counts)
    high = ranked[(len(ranked) - 1) * 9 // 10]
    full = [count for count in ranked if 2 * count >= high]
    return full[len(full) // 2]


def _within(numbers: Sequence[int], first: int, end: int) -> int:
    return bisect_left(numbers, end) - bisect_left(numbers, first)


def _joined(
    numbering: str,
    line: Line,
    known: Sequence[int],
    windows: Sequence[int],
    width: int,
    sparse: Sequence[float],
) -> Iterator[NumberGap]:
    place = 0
    while place < len(windows):
        if not sparse[place]:
            place += 1
            continue
        begun, expected = place, 0.0
        while place < len(windows) and sparse[place]:
            expected += sparse[place]
            place += 1
        first, end = windows[begun], min(windows[place - 1] + width, line.last + 1)
        since, until = line.day_near(first), line.day_near(end)
        held = _within(known, first, end)
        missing = round(min(expected, line.width_of(first, end) * expected / (end - first)) - held)
        if missing > 0:
            yield NumberGap(
                numbering=numbering,
                first=first,
                last=end - 1,
                since=date.fromordinal(since),
                until=date.fromordinal(until),
                known=held,
                missing=missing,
            )
