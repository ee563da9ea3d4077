"""The day that a list or an address states of an article, before its page is read."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from baolangson_crawler.dating.address import read_address
from baolangson_crawler.dating.clock import VIETNAM
from baolangson_crawler.dating.line import Reading
from baolangson_crawler.dating.reading import read_date


def listed_day(modified_raw: str | None, address: Iterable[str] = ()) -> date | None:
    """The latest day that anything states, in +07:00; None where nothing states one.

    Args:
        modified_raw: ``lastmod`` or ``pubDate`` as printed.
        address: the digits of the address that name a day or a month; a month is its last day.
    """
    readings = [read_address(raw) for raw in address]
    if modified_raw:
        readings.append(read_date(modified_raw))
    return max((_last_day(reading) for reading in readings if reading), default=None)


def _last_day(reading: Reading) -> date:
    day = reading.at.astimezone(VIETNAM).date()
    if reading.precision == "month":
        return day.replace(day=monthrange(day.year, day.month)[1])
    return date(day.year, 12, 31) if reading.precision == "year" else day
