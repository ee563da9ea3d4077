"""How many articles a paper prints on a day, learned from its own history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, lgamma, log

from baolangson_crawler.monitoring.holidays import output_on

LEAST_HISTORY = 14
"""Days of history below which nothing is expected."""

_FLOOD = 0.9  # counts above this quantile are as this quantile: a flood is one busy day
_PRIOR_DAYS = 1.0  # ordinary days that every weekday is credited with
_PRIOR_DISPERSION, _PRIOR_WEIGHT = 1.5, 7.0  # papers print in bursts, seen or not yet seen
_LEAST_DISPERSION = 1.15


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a paper is expected to print.

    A day's number of articles is taken as negative binomial: articles come in bursts, so that
    the numbers vary more than if each came by itself (Poisson).
    """

    weekdays: tuple[float, ...]
    """Mean number of articles, Monday first."""

    dispersion: float
    """Variance of a day's number, divided by its mean."""

    @classmethod
    def learned(cls, history: Iterable[tuple[date, int]]) -> Expectation | None:
        """The expectation from days and their counts; None if the history is too short.

        Holidays teach nothing. Means of counts cut at a high quantile, rather than medians: the
        median of a paper that prints an article every other day is 0 or 1.
        """
        ordinary = [(day, count) for day, count in history if output_on(day) == 1]
        if len(ordinary) < LEAST_HISTORY:
            return None
        limit = max(1, sorted(count for _, count in ordinary)[int(_FLOOD * len(ordinary))])
        cut = [(day.weekday(), min(count, limit)) for day, count in ordinary]
        level = sum(count for _, count in cut) / len(cut)
        if level == 0:
            return None
        weekdays = tuple(
            _shrunk([c for w, c in cut if w == weekday], level) for weekday in range(7)
        )
        return cls(weekdays, _dispersion(cut, weekdays))

    def on(self, day: date) -> float:
        """The number of articles expected on a day."""
        return self.weekdays[day.weekday()] * output_on(day)

    def over(self, days: Iterable[date]) -> float:
        """The number of articles expected on some days together."""
        return sum(map(self.on, days))

    def chance_of_at_most(self, count: int, days: Iterable[date]) -> float:
        """The probability of no more than so many articles on some days together."""
        return _tail(count, self.over(days), self.dispersion)


def _shrunk(counts: Sequence[int], level: float) -> float:
    return (sum(counts) + _PRIOR_DAYS * level) / (len(counts) + _PRIOR_DAYS)


def _dispersion(counts: Sequence[tuple[int, int]], weekdays: Sequence[float]) -> float:
    seen = sum((count - weekdays[day]) ** 2 / weekdays[day] for day, count in counts)
    weighed = _PRIOR_DISPERSION * _PRIOR_WEIGHT
    return max(_LEAST_DISPERSION, (seen + weighed) / (len(counts) + _PRIOR_WEIGHT))


def _tail(count: int, mean: float, dispersion: float) -> float:
    """P(N ≤ count) for a negative binomial N whose variance is ``dispersion * mean``."""
    if count >= mean:
        return 1.0  # all that matters: not few
    size = mean / (dispersion - 1)
    share = (dispersion - 1) / dispersion
    log_first = lgamma(size + count) - lgamma(size) - lgamma(count + 1)
    term = exp(log_first - size * log(dispersion) + count * log(share))
    total = 0.0
    for number in range(count, -1, -1):  # downwards the terms fall, so nothing is lost
        total += term
        term *= number / ((number - 1 + size) * share) if number else 0
    return min(1.0, total)
