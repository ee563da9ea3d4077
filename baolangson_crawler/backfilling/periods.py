"""The days that a list states in its own address: a year, a month, a day."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from urllib.parse import urlsplit

from baolangson_crawler.dating import listed_day
from baolangson_crawler.items import Link

_FIRST_YEAR = 1990  # no paper of Vietnam was on the web before
_NAMED = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)"
    r"(?:[-_/.]?(?P<month>0[1-9]|1[0-2])(?!\d)|[-_/.](?P<short>[1-9])(?!\d))?"
    r"(?:[-_/.]?(?P<day>0[1-9]|[12]\d|3[01]|(?<=[-_/.])[1-9]))?(?!\d)"
)
_MOST_ALIKE = 1 / 2  # of an index's entries; as many with one date were dated by a migration


class Period(NamedTuple):
    """The first and the last day (ISO)."""

    since: str | None
    until: str | None


UNKNOWN = Period(None, None)


def period_of(year: int, month: int | None = None, day: int | None = None) -> Period:
    """A year, a month of it, or a day.

    Raises:
        ValueError: there is no such day.
    """
    first = date(year, month or 1, day or 1)
    last = date(year, month or 12, day or monthrange(year, month or 12)[1])
    return Period(first.isoformat(), last.isoformat())


def named(url: str, today: date) -> Period | None:
    """What an address names, as ``/sitemaps/news-2019-7.xml``; None where it names no time."""
    for match in _NAMED.finditer(urlsplit(url).path + "?" + urlsplit(url).query):
        month = match["month"] or match["short"]
        year = int(match["year"])
        if _FIRST_YEAR <= year <= today.year:
            try:
                return period_of(
                    year, int(month) if month else None, int(match["day"]) if match["day"] else None
                )
            except ValueError:
                return period_of(year, int(month) if month else None)
    return None


def of_files(files: Sequence[Link], today: date) -> list[Period]:
    """The days of each file of a sitemap index.

    Names are believed where most of the files have a time in it: alone, ``sitemap-2019.xml`` may
    be the 2,019th. A file that names none lists nothing later than its ``lastmod``, unless most
    of the index has the same.
    """
    periods = [named(file.url, today) for file in files]
    if 2 * sum(period is not None for period in periods) < len(files):
        periods = [None] * len(files)
    changed = [listed_day(file.modified_raw) for file in files]
    return [
        period or Period(None, _last(day, changed))
        for period, day in zip(periods, changed, strict=True)
    ]


def _last(day: date | None, all_days: list[date | None]) -> str | None:
    if day is None or (len(all_days) > 1 and all_days.count(day) > len(all_days) * _MOST_ALIKE):
        return None
    return day.isoformat()


def day_within(day: str | None, since: str | None, until: str | None) -> str | None:
    """The day that an entry of a list states, held to the days of the list.

    A ``lastmod`` may be that of a correction years later; what the list names is surer. Where the
    entry states nothing, it is the last day of the list, if the list begins somewhere.
    """
    if since is None or until is None:
        return day
    return day if day is not None and since <= day <= until else until
