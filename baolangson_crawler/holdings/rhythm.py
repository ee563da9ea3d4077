"""How many articles are missing in each month, by what the months around it print."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Set
from datetime import date
from statistics import median

from baolangson_crawler.holdings.densities import Bounds
from baolangson_crawler.holdings.lines import first_day, month_of
from baolangson_crawler.monitoring.holidays import output_on

_DEFICIT = 0.6  # of the usual output: below it a month is taken as incomplete
_EMPTY_LOW, _EMPTY_HIGH = 0.3, 1.7  # of the usual output, in a month without any article
_HIGH = 1.5  # times the usual output there may be: what lacks evenly, no rhythm shows
_LEAST = 3  # months that tell what is usual
_AROUND = 12  # months on either side


def missing_by_rhythm(
    known: Mapping[int, int], first: int, last: int, covered: Set[int]
) -> Iterator[tuple[int, Bounds]]:
    """Month after month: the articles missing.

    Args:
        known: articles known, by month.
        first: day of the first article.
        last: day of the last one.
        covered: months of which the numbers tell, which are left out.
    """
    days = {
        month: length
        for month in range(month_of(first), month_of(last) + 1)
        if month not in covered and (length := _printing_days(month, first, last))
    }
    rates = {month: known.get(month, 0) / length for month, length in days.items()}
    for month, length in days.items():
        usual, there = _level(rates, month) * length, known.get(month, 0)
        if there == 0:
            yield month, Bounds(_EMPTY_LOW * usual, usual, _EMPTY_HIGH * usual)
        elif there < _DEFICIT * usual:
            yield month, Bounds(0, usual - there, _HIGH * usual - there)
        else:
            yield month, Bounds(0, 0, max(0, _HIGH * usual - there))


def _printing_days(month: int, first: int, last: int) -> float:
    """The days of a month, each with the share of the usual output that it can be relied on for."""
    start, end = max(first_day(month), first), min(first_day(month + 1), last + 1)
    return sum(output_on(date.fromordinal(day)) for day in range(start, end))


def _level(rates: Mapping[int, float], month: int) -> float:
    """Articles a day around a month, by the months that look complete."""
    around = range(month - _AROUND, month + _AROUND + 1)
    near = [rate for each in around if (rate := rates.get(each))]
    if len(near) < _LEAST:  # a hole of years: the last months before it and the first after it
        filled = sorted(each for each, rate in rates.items() if rate)
        place = bisect_left(filled, month)
        near = [rates[each] for each in filled[max(0, place - _AROUND) : place + _AROUND]]
    if not near:
        return 0.0
    middle = median(near)
    return median([rate for rate in near if rate >= middle / 2])
