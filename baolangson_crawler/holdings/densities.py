"""How many articles are missing in each month, by the share of numbers that are articles."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

from baolangson_crawler.holdings.lines import Line, Stretch

_QUARTER = 3  # months whose numbers are counted together: few enough to differ, enough to count
_LEAST_WIDTH = 20  # numbers of a quarter that says anything
_GOOD = 0.75  # of the densest quarters: this dense, one is taken as complete
_AROUND = 24  # months on either side that speak for a month
_WATCHED, _UNWATCHED = 1.2, 1.5  # so many times as much there may be, at the most
_EMPTY = 0.3  # how far the numbers of a month without any article are from what the line says


class Bounds(NamedTuple):
    """Articles missing in a month; below 0 where more are known than are expected."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Numbering:
    """What is known of one numbering."""

    line: Line
    known: Sequence[int]
    """Numbers of articles held, waiting or failed, rising."""

    none: Sequence[int]
    """Numbers known to be no articles, or to be gone, rising."""


class _Counted(NamedTuple):
    """Numbers of some time."""

    place: int
    """Which month it is, or the one in the middle, from the first."""

    known: int
    free: float
    """Numbers that were given out and are not known to be no articles."""

    @property
    def share(self) -> float:
        return self.known / self.free


def missing_by_numbers(numbering: Numbering, watched: int | None) -> Iterator[tuple[int, Bounds]]:
    """Month after month: the articles missing.

    Args:
        numbering: what is known of it.
        watched: day since which crawls look at what the paper prints. From then on the share of
            numbers that are articles is seen, and it is taken to have been no lower before.
    """
    stretches = list(numbering.line.stretches())
    months = [_counted(numbering, place, stretch) for place, stretch in enumerate(stretches)]
    good = _good_quarters(months)
    if not good:
        return
    seen = _seen(numbering, watched)
    for month, stretch in zip(months, stretches, strict=True):
        near = [q for q in good if abs(q.place - month.place) <= _AROUND] or good
        yield stretch.month, _bounds(month, near, seen)


def _bounds(month: _Counted, near: Sequence[_Counted], seen: _Counted | None) -> Bounds:
    free = sum(quarter.free for quarter in near)
    local = min(1.0, sum(quarter.known for quarter in near) / free)
    differ = sqrt(sum((quarter.share - local) ** 2 for quarter in near) / len(near))
    error = 2 * sqrt(local * (1 - local) / free) + differ
    density, high = local, local * _UNWATCHED
    if seen:
        doubt = 2 * sqrt(seen.share * (1 - seen.share) / seen.free)
        if seen.share - doubt > local:  # by more than chance
            density = seen.share
        high = max(local, seen.share + doubt) * _WATCHED
    doubt = 0.0 if month.known else _EMPTY
    # what is known beyond expectation makes up for months that lack a little, and for no more
    surplus = -1 - 2 * sqrt(density * (1 - density) * month.free)
    return Bounds(
        max(surplus, (local - error) * (1 - doubt) * month.free - month.known),
        max(surplus, density * month.free - month.known),
        max(surplus, min(1.0, high + error) * (1 + doubt) * month.free - month.known),
    )


def _counted(numbering: Numbering, place: int, stretch: Stretch) -> _Counted:
    known = _within(numbering.known, stretch.first, stretch.last)
    width = max(stretch.width, known)
    none = _within(numbering.none, stretch.first, stretch.last)
    none_given = none * width / max(1, stretch.last - stretch.first)
    return _Counted(place, known, max(width - none_given, known))


def _within(numbers: Sequence[int], first: int, end: int) -> int:
    return bisect_left(numbers, end) - bisect_left(numbers, first)


def _good_quarters(months: Sequence[_Counted]) -> list[_Counted]:
    """The quarters that are nearly as dense as the densest."""
    quarters = []
    for place in range(0, len(months), _QUARTER):
        part = months[place : place + _QUARTER]
        free = sum(month.free for month in part)
        if free >= _LEAST_WIDTH:
            known = sum(month.known for month in part)
            quarters.append(_Counted(place + len(part) // 2, known, free))
    ranked = sorted(quarter.share for quarter in quarters)
    dense = ranked[(len(ranked) - 1) * 9 // 10] if ranked else 0.0
    return [quarter for quarter in quarters if quarter.known and quarter.share >= _GOOD * dense]


def _seen(numbering: Numbering, watched: int | None) -> _Counted | None:
    """The numbers given out since crawls look; None where they are too few."""
    line = numbering.line
    if watched is None or watched > line.last_day:
        return None
    first, end = line.number_at(max(watched, line.first_day)), line.last + 1
    known = _within(numbering.known, first, end)
    free = max(known, line.width_of(first, end) - _within(numbering.none, first, end))
    return _Counted(0, known, free) if free >= _LEAST_WIDTH else None
