"""Days without an article on which a paper's own rhythm says that there should be some."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from baolangson_crawler.monitoring import Expectation

_CHANCE = 1e-4  # of so long a pause by itself, over which a pause is none worth telling
_TEACHING = 28  # days on either side that tell what is usual
_HOLE = 28  # days without an article that teach nothing
_FAR_LONGER = 8  # times the usual step from one day with articles to the next


@dataclass(frozen=True, kw_only=True, slots=True)
class DayGap:
    """A run of days of which no article is held."""

    first: date
    last: date

    expected: float
    """Articles that such days bring as a rule."""

    known: int
    """Articles of these days that are known and not held."""


def day_gaps(held: Mapping[int, int], known: Mapping[int, int]) -> Iterator[DayGap]:
    """The gaps between the first article and the last.

    Args:
        held: articles held by day.
        known: articles known and not held by day.
    """
    days = sorted(day for day, count in held.items() if count)
    if not days:
        return
    pauses = [(a + 1, b - 1) for a, b in pairwise(days) if b - a > 1]
    steps = sorted(b - a for a, b in pairwise(days))
    least = max(_HOLE, _FAR_LONGER * steps[len(steps) // 2]) if steps else _HOLE
    holes = [pause for pause in pauses if pause[1] - pause[0] + 1 >= least]
    teaching = _without(holes, days[0], days[-1])
    for first, last in pauses:
        low, high = bisect_left(teaching, first), bisect_left(teaching, last + 1)
        near = teaching[max(0, low - _TEACHING) : low] + teaching[high : high + _TEACHING]
        usual = Expectation.learned((date.fromordinal(day), held.get(day, 0)) for day in near)
        if usual is None:
            continue
        pause = [date.fromordinal(day) for day in range(first, last + 1)]
        if usual.chance_of_at_most(0, pause) < _CHANCE:
            waiting = sum(known.get(day, 0) for day in range(first, last + 1))
            yield DayGap(first=pause[0], last=pause[-1], expected=usual.over(pause), known=waiting)


def _without(holes: list[tuple[int, int]], first: int, last: int) -> list[int]:
    """Every day from the first to the last that is in no hole."""
    found: list[int] = []
    for start, end in holes:
        found.extend(range(first, start))
        first = end + 1
    return [*found, *range(first, last + 1)]
