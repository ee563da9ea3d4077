"""Whether the pages of a paper give less than they did: a field gone, short texts, no layout."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from operator import attrgetter
from typing import Literal

from baolangson_crawler.monitoring.numbers import SiteDay

Field = Literal["lead", "byline", "date", "section", "image"]
What = Literal["lead", "byline", "date", "section", "image", "body", "layout"]
FIELDS: tuple[Field, ...] = ("lead", "byline", "date", "section", "image")
Days = Sequence[SiteDay]
Count = Callable[[SiteDay], int]
ENOUGH = 20
"""Articles that a judgement needs, lately and before."""

LATELY = 14
"""Days at most in which so many are looked for."""

BEFORE = 30
"""Days before them that are compared."""

_LEAST_DAYS = 2  # one odd day is no drift
_LEAST_FALL = 0.3  # of all articles; a smaller one is a change of habit
_PART = 0.4  # of the share that there was: one odd day of two leaves half
_SURE = 4.0  # standard deviations: papers are looked at every day, and print in series
_SHORTER = 0.5  # of the usual length
_OUTPUT = 0.7  # of what a day usually gives


@dataclass(frozen=True, slots=True)
class Drift:
    """One thing that the pages gave and give no more."""

    what: What

    since: date
    """First of the days that were compared with those before."""

    articles: int
    """Articles, or pages where no layout reads them, on these days."""

    before: float
    """Share of articles that had it; for the body its mean length in characters; for the layout
    the share of pages that none reads."""

    now: float
    """The same on these days."""


def drifts(days: Sequence[SiteDay]) -> tuple[Drift, ...]:
    """What has changed for the worse on the last days.

    Args:
        days: every day without a gap, oldest first; ``LATELY + BEFORE`` of them, at the least.
    """
    fields: list[Drift] = []
    if split := _split(days, _fresh):
        fields = [*_fields(*split), *_body(*split)]
    if split := _split(days, _pages):
        fields += _layout(*split)
    return tuple(fields)


def _split(days: Sequence[SiteDay], count: Count) -> tuple[Days, Days] | None:
    """The shortest last days with enough articles, and the days before them."""
    for length in range(_LEAST_DAYS, min(LATELY, len(days)) + 1):
        lately, before = days[-length:], days[-length - BEFORE : -length]
        if _sum(lately, count) >= ENOUGH:
            return (lately, before) if _sum(before, count) >= ENOUGH else None
    return None


def _sum(days: Days, count: Count) -> int:
    return sum(map(count, days))


def _fresh(day: SiteDay) -> int:
    return day.fresh


def _pages(day: SiteDay) -> int:
    return day.fresh + day.unread


def _fields(lately: Days, before: Days) -> Iterator[Drift]:
    articles = _sum(lately, _fresh)
    for field in FIELDS:
        having: Count = attrgetter(f"with_{field}")
        if shares := _fell(lately, before, having, _fresh):
            yield Drift(field, lately[0].day, articles, *shares)


def _body(lately: Days, before: Days) -> Iterator[Drift]:
    length: Count = attrgetter("body_length")
    if _as_ever(lately, before, length):
        return
    now, then = (_sum(days, length) / _sum(days, _fresh) for days in (lately, before))
    if now < _SHORTER * then:
        yield Drift("body", lately[0].day, _sum(lately, _fresh), then, now)


def _layout(lately: Days, before: Days) -> Iterator[Drift]:
    def read(day: SiteDay) -> int:
        return day.fresh - day.generic

    if shares := _fell(lately, before, read, _pages):
        then, now = shares
        yield Drift("layout", lately[0].day, _sum(lately, _pages), 1 - then, 1 - now)


def _fell(lately: Days, before: Days, having: Count, of: Count) -> tuple[float, float] | None:
    """The share before and now, if it fell by more than habit and chance explain.

    A two-proportion z-test, whose variance is widened by what the paper's days differ: articles of
    one day are alike, and a day of short notices proves nothing.
    """
    if _as_ever(lately, before, having):
        return None
    of_then, of_now = _sum(before, of), _sum(lately, of)
    then, now = _sum(before, having) / of_then, _sum(lately, having) / of_now
    if now > _PART * then or then - now < _LEAST_FALL:
        return None
    pooled = (then * of_then + now * of_now) / (of_then + of_now)
    variance = pooled * (1 - pooled) * (1 / of_then + 1 / of_now)
    return (
        (then, now) if then - now > _SURE * sqrt(variance * _spread(before, having, of)) else None
    )


def _as_ever(lately: Days, before: Days, having: Count) -> bool:
    """Whether a day gives about as much as before: what lacks it are old pages that came beside."""
    now, then = (_sum(days, having) / max(1, _printed(days)) for days in (lately, before))
    return now >= _OUTPUT * then > 0


def _printed(days: Days) -> int:
    """Days with any page: crawls may be days apart."""
    return sum(_pages(day) > 0 for day in days)


def _spread(days: Days, having: Count, of: Count) -> float:
    """How much more the days differ than chance has them differ; 1 at the least."""
    share = _sum(days, having) / _sum(days, of)
    printed = [day for day in days if of(day)]
    if not 0 < share < 1:
        return 1.0
    squares = sum((having(day) - share * of(day)) ** 2 / of(day) for day in printed)
    return max(1.0, squares / (share * (1 - share) * len(printed)))
