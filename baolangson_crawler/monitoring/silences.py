"""Whether a paper has fallen silent: nothing, or far less than usual, where crawls did look.

A day is judged when it is over; what today has brought so far only speaks for the paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from baolangson_crawler.monitoring.expectation import LEAST_HISTORY, Expectation
from baolangson_crawler.monitoring.holidays import output_on
from baolangson_crawler.monitoring.numbers import SiteDay

HISTORY = 56
"""Days that teach what is usual: eight of each weekday."""

WINDOWS = (2, 3, 5, 7)
"""Days over which an output that is far below the usual one is looked for."""

NEVER = 0.02
"""Chance of a pause without any article below which it is said to be silence."""

FEW = 0.003
"""The same for an output that is far below the usual one."""

_FAR_BELOW = 0.4  # of the usual output
_SOME = 3  # addresses that wait: so few may be old ones that came up again


@dataclass(frozen=True, slots=True)
class Silence:
    """A pause, or an output far below the usual one, that chance does not explain."""

    since: date
    """First day of it."""

    days: int
    """Days that are over, of those on which a crawl could see what was printed."""

    articles: int

    expected: float
    """Articles that the same days bring as a rule."""

    chance: float
    """Probability of so few or fewer."""

    discovered: int
    """New addresses of articles that the site listed meanwhile."""

    held: int
    failed: int


def silence(days: Sequence[SiteDay], watched: date | None = None) -> Silence | None:
    """The silence that lasts on the last day of which a crawl knows, if there is one.

    Args:
        days: every day without a gap, oldest first; days after the last crawl are ignored.
            Before a pause there should be ``HISTORY`` days, at the least.
        watched: the day of the site's first crawl; by default the first one among the days.
    """
    last = next((n for n in range(len(days) - 1, -1, -1) if days[n].crawls), None)
    if last is None:
        return None
    over, today = days[:last], days[last]
    watched = watched or _first_crawl(days)
    found = _pause(over, today, watched) or _far_below(over, today, watched)
    return found if found and found.since > watched else None  # it was so when the watch began


def expectation_on(days: Sequence[SiteDay], watched: date | None = None) -> Expectation | None:
    """What the days before the last one lead to expect; a pause just before it teaches nothing."""
    before = days[: -1 - _pause_length(days[:-1])]
    return _expectation(before, watched or _first_crawl(days))


def _first_crawl(days: Sequence[SiteDay]) -> date:
    return next((day.day for day in days if day.crawls), date.max)


def _expectation(days: Sequence[SiteDay], watched: date) -> Expectation | None:
    """What the last days teach, or older ones, where of those too few were ordinary and seen."""
    lately = _teaching(days, max(0, len(days) - HISTORY), watched)
    return Expectation.learned(lately) or Expectation.learned(
        [each for each in _teaching(days, 0, watched) if output_on(each[0]) == 1][-LEAST_HISTORY:]
    )


def _teaching(days: Sequence[SiteDay], start: int, watched: date) -> list[tuple[date, int]]:
    """The days from the first with articles on; not those whose output no crawl could see."""
    first = next((n for n in range(start, len(days)) if days[n].articles), len(days))
    return [
        (days[n].day, days[n].articles)
        for n in range(first, len(days))
        if days[n].day < watched or _seen(days, n)
    ]


def _seen(days: Sequence[SiteDay], number: int) -> bool:
    """Whether a crawl looked on the day or on the next one, when lists still show it all.

    The day after the last one is that of the crawl that judges.
    """
    return bool(number + 1 >= len(days) or days[number].crawls or days[number + 1].crawls)


def _pause_length(over: Sequence[SiteDay]) -> int:
    return len(list(takewhile(lambda day: not day.articles, reversed(over))))


def _pause(over: Sequence[SiteDay], today: SiteDay, watched: date) -> Silence | None:
    """Nothing at all. One crawl that sees nothing new proves it for every day since."""
    length = _pause_length(over)
    if today.articles or not length:
        return None
    usual = _expectation(over[:-length], watched)
    return _judged(usual, over[-length:], today, NEVER) if usual else None


def _far_below(over: Sequence[SiteDay], today: SiteDay, watched: date) -> Silence | None:
    usual = _expectation(over[: -max(WINDOWS)], watched)
    if usual is None or today.articles > _FAR_BELOW * usual.on(today.day):
        return None
    for width in WINDOWS:
        window = over[-width:]
        if not all(_seen(over, n) for n in range(len(over) - width, len(over))):
            return None  # the longer windows hold the same days
        found = _judged(usual, window, today, FEW)
        if found and found.articles <= _FAR_BELOW * found.expected:
            return found
    return None


def _judged(
    usual: Expectation, window: Sequence[SiteDay], today: SiteDay, limit: float
) -> Silence | None:
    articles = sum(day.articles for day in window)
    chance = usual.chance_of_at_most(articles, (day.day for day in window))
    if chance >= limit:
        return None
    discovered, held, failed, waiting = (
        sum(getattr(day, name) for day in (*window, today))
        for name in ("discovered", "held", "failed", "waiting")
    )
    expected = usual.over(day.day for day in window)
    if waiting > _SOME and articles + waiting > _FAR_BELOW * expected:
        return None  # articles that wait to be fetched: the crawl is behind, not the paper
    return Silence(
        since=window[0].day,
        days=len(window),
        articles=articles,
        expected=expected,
        chance=chance,
        discovered=discovered,
        held=held,
        failed=failed,
    )
