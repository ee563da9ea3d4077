"""The day that a list or an address states of an article, before its page is read."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice

from baolangson_crawler.dating.address import read_address
from baolangson_crawler.dating.clock import VIETNAM
from baolangson_crawler.dating.line import Reading
from baolangson_crawler.dating.reading import read_date
from baolangson_crawler.items import Link

_TOGETHER = 1000  # links; a feed has fewer, and a sitemap is not held whole
_AHEAD = timedelta(days=1)  # by which a clock, or the offset that is printed, may be wrong
_Order = Callable[[Reading], datetime]


def dated(links: Iterable[Link], now: datetime) -> Iterator[Link]:
    """The links of one list with the moment at which each changed.

    Whether 5/6/2026 is in May or in June is decided from all dates of the list together, those
    of a thousand entries at most: one day beyond 12, or one date in the future, settles it. A
    date that is in the future in every order is none.

    Args:
        links: as listed.
        now: when the list was received, with offset.
    """
    rest = iter(links)
    while piece := list(islice(rest, _TOGETHER)):
        readings = [read_date(link.modified_raw) if link.modified_raw else None for link in piece]
        order = _order([reading for reading in readings if reading], now)
        for link, reading in zip(piece, readings, strict=True):
            at = order(reading) if reading else None
            if at is None or at > now + _AHEAD:
                yield replace(link, modified_raw=None) if link.modified_raw else link
            else:
                yield replace(link, modified=at)


def _order(readings: list[Reading], now: datetime) -> _Order:
    """Which of day and month comes first on a list, where its dates leave it open."""
    if not any(reading.either_order for reading in readings):
        return _day_first
    settled = [reading.rule for reading in readings if reading.at.day > 12]
    day_first = settled.count("day-month-year"), settled.count("month-day-year")
    if day_first[0] != day_first[1]:
        return _day_first if day_first[0] > day_first[1] else _month_first
    american = any("day-or-month-first" in reading.doubts for reading in readings)
    # a list shows what is new: its dates are near each other in the right order only
    orders = (_month_first, _day_first) if american else (_day_first, _month_first)
    return min(orders, key=lambda order: _oddness([order(reading) for reading in readings], now))


def _oddness(moments: list[datetime], now: datetime) -> tuple[int, timedelta]:
    days = [moment.date() for moment in moments]
    return sum(moment > now + _AHEAD for moment in moments), max(days) - min(days)


def _day_first(reading: Reading) -> datetime:
    return reading.at


def _month_first(reading: Reading) -> datetime:
    return reading.month_first or reading.at


def listed_day(modified: datetime | str | None, address: Iterable[str] = ()) -> date | None:
    """The latest day that anything states, in +07:00; None where nothing states one.

    Args:
        modified: what the list says of the change: the moment, or the date as printed.
        address: the digits of the address that name a day or a month; a month is its last day.
    """
    days = [_last_day(reading) for raw in address if (reading := read_address(raw))]
    if isinstance(modified, datetime):
        days.append(modified.astimezone(VIETNAM).date())
    elif modified and (reading := read_date(modified)):
        days.append(_last_day(reading))
    return max(days, default=None)


def _last_day(reading: Reading) -> date:
    day = reading.at.astimezone(VIETNAM).date()
    if reading.precision == "month":
        return day.replace(day=monthrange(day.year, day.month)[1])
    return date(day.year, 12, 31) if reading.precision == "year" else day
