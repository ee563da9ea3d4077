"""What the archive holds of a site and what it lacks, by time; an estimate of what it never saw.

Only reads. An article is counted once, whatever addresses it has.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from baolangson_crawler.holdings import (
    DayGap,
    Evidence,
    NumberGap,
    Numbering,
    YearEstimate,
    day_gaps,
    estimates,
    number_gaps,
)
from baolangson_crawler.sites.base import Site
from baolangson_crawler.storage.days import first_crawled
from baolangson_crawler.storage.known import RULES, STATES, AddressDates, Known, State, known

By = Literal["year", "month", "day"]
_LENGTHS: dict[By, int] = {"year": 4, "month": 7, "day": 10}
_TO_HAVE: tuple[State, ...] = ("held", "pending", "failed")
_NOT_HELD: tuple[State, ...] = ("pending", "failed")


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """The articles of a year, a month or a day."""

    period: str
    """``2020``, ``2020-07`` or ``2020-07-21``; shorter than was asked for where no more is known
    of its articles, and empty where nothing is."""

    discovered: int
    """Articles known in any way: the sum of the others."""

    held: int
    pending: int
    failed: int
    skipped: int
    """Closed to crawlers, or fetched and no article."""

    gone: int
    """Taken away by the paper before they were held."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Coverage:
    """What is held and what is missing of one site."""

    site: str
    name: str
    by: By
    total: Period
    periods: tuple[Period, ...]
    placed: Mapping[str, int]
    """How many articles were placed in time by each rule."""

    day_gaps: tuple[DayGap, ...]
    number_gaps: tuple[NumberGap, ...]
    estimates: tuple[YearEstimate, ...]

    days: Mapping[date, int]
    """Articles held by day."""


def coverage(
    conn: sqlite3.Connection,
    site: str,
    address_dates: AddressDates | None = None,
    by: By = "year",
) -> Coverage:
    """What is held and what is missing of a site.

    Args:
        conn: the archive.
        site: key of the site.
        address_dates: what an address says of the day, where the site's addresses say any.
        by: the length of a period.
    """
    found = known(conn, site, address_dates)
    held = _by_day(found, ("held",))
    return Coverage(
        site=site,
        name=conn.execute("SELECT name FROM site WHERE key = ?", (site,)).fetchone()[0],
        by=by,
        total=_period("", {state: counts.total() for state, counts in found.counts.items()}),
        periods=_periods(found, _LENGTHS[by]),
        placed={rule: found.rules[rule] for rule in RULES},
        day_gaps=tuple(day_gaps(held, _by_day(found, _NOT_HELD))),
        number_gaps=tuple(
            gap
            for name, line in sorted(found.lines.items())
            for gap in number_gaps(name, line, found.real[name], found.none[name])
        ),
        estimates=_estimates(conn, site, found),
        days={date.fromordinal(day): count for day, count in sorted(held.items())},
    )


def estimate(conn: sqlite3.Connection, site: Site) -> tuple[YearEstimate, ...]:
    """How much of each year's articles is held and known, and how much there may be.

    Empty for a site of which no dated article is held. See ``docs/coverage.md`` for the method.
    """
    return _estimates(conn, site.key, known(conn, site.key, address_dates_of(site)))


def address_dates_of(site: Site) -> AddressDates | None:
    """What tells the day from an address of the site; None where its addresses state none."""
    patterns = (site.article_url, *site.legacy_article_urls)
    dated = any(f"(?P<{name}>" in pattern for pattern in patterns for name in ("ym", "stamp"))
    return site.address_dates if dated else None


def _periods(found: Known, length: int) -> tuple[Period, ...]:
    periods: dict[str, Counter[str]] = {}
    for state, counts in found.counts.items():
        for when, count in counts.items():
            periods.setdefault(when[:length], Counter())[state] += count
    return tuple(_period(name, periods[name]) for name in sorted(periods))


def _period(name: str, counts: Mapping[State, int] | Counter[str]) -> Period:
    numbers = {state: counts.get(state, 0) for state in STATES}
    return Period(period=name, discovered=sum(numbers.values()), **numbers)


def _by_day(found: Known, states: tuple[State, ...]) -> Counter[int]:
    days: Counter[int] = Counter()
    for state in states:
        for when, count in found.counts[state].items():
            if len(when) == 10:
                days[date.fromisoformat(when).toordinal()] += count
    return days


def _by_month(found: Known, states: tuple[State, ...]) -> Counter[int]:
    months: Counter[int] = Counter()
    for state in states:
        for when, count in found.counts[state].items():
            if len(when) >= 7:
                months[12 * int(when[:4]) + int(when[5:7]) - 1] += count
    return months


def _of_years(found: Known) -> dict[int, tuple[int, int]]:
    """Articles held and known of which only the year is known."""
    return {
        int(when): (
            found.counts["held"][when],
            sum(found.counts[state][when] for state in _TO_HAVE),
        )
        for when in {when for state in _TO_HAVE for when in found.counts[state] if len(when) == 4}
    }


def _estimates(conn: sqlite3.Connection, site: str, found: Known) -> tuple[YearEstimate, ...]:
    days = _by_day(found, ("held",))
    if not days:
        return ()
    watched = first_crawled(conn, site)
    return estimates(
        Evidence(
            held=_by_month(found, ("held",)),
            known=_by_month(found, _TO_HAVE),
            years=_of_years(found),
            numberings=[
                Numbering(line=line, known=found.real[name], none=found.none[name])
                for name, line in sorted(found.lines.items())
            ],
            first=min(days),
            last=max(days),
            watched=watched.toordinal() if watched else None,
        )
    )
