"""The statements of a page on its own age, each read, and what two of them say of each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date as calendar_date
from datetime import datetime, time, timedelta
from typing import NamedTuple

from baolangson_crawler.dating.address import read_address
from baolangson_crawler.dating.clock import DOUBTFUL, VIETNAM
from baolangson_crawler.dating.line import Reading, Role
from baolangson_crawler.dating.reading import read_date
from baolangson_crawler.items import PrintedDate

EARLIEST = datetime(1990, 1, 1, tzinfo=VIETNAM)
"""No paper was on the web before; 1970-01-01 and its like are fill-ins."""

LATEST_AHEAD = timedelta(minutes=15)
"""How far a server's clock may run ahead of ours."""

ORDER = "order"
"""Doubt of a line that another statement contradicts unless its month stands first."""

_FARTHEST_OFFSET = timedelta(hours=14)
_AMERICAN = "day-or-month-first"
_MONTH_FIRST = "month-day-year"
_SETTLED = 0.8  # the order of day and month, by another statement


class Statement(NamedTuple):
    """A printed date and what it was read as."""

    printed: PrintedDate
    reading: Reading

    @property
    def is_counted(self) -> bool:
        """Whether it was counted back from the fetch."""
        return self.reading.rule in ("ago", "just-now", "day-name")


def statements(
    printed_dates: Sequence[PrintedDate], role: Role, fetched_at: datetime
) -> list[Statement]:
    """What the page states of one role, without the unreadable, the impossible and the future."""
    found = []
    for printed in printed_dates:
        for reading in _readings(printed, role, fetched_at):
            if plausible := _plausible(reading, fetched_at):
                found.append(Statement(printed, plausible))
    return _in_one_order(found)


def _readings(printed: PrintedDate, role: Role, fetched_at: datetime) -> Iterator[Reading]:
    """What one printed date says of a role; a visible line may state both."""
    reading = None
    if printed.role == role:
        is_address = printed.source == "url"
        reading = read_address(printed.raw) if is_address else read_date(printed.raw, fetched_at)
    elif role == "modified" and printed.source == "visible":
        reading = read_date(printed.raw, fetched_at, role)
    if reading:
        yield reading


def _plausible(reading: Reading, fetched_at: datetime) -> Reading | None:
    """The reading, if it is neither in the future nor before the web.

    Two kinds of future are no more than misread: digits with the month first, and local time
    that is stated with +00:00, as WordPress does, on a page fetched in the seven hours after.
    """
    if EARLIEST <= reading.at <= fetched_at + LATEST_AHEAD:
        return reading
    if reading.at < EARLIEST:
        return None
    other = reading.month_first
    if other and EARLIEST <= other <= fetched_at + LATEST_AHEAD:
        return replace(
            reading,
            at=other,
            either_order=False,
            rule=_MONTH_FIRST,
            confidence=DOUBTFUL,
            doubts=(*reading.doubts, "future"),
        )
    local = reading.at.replace(tzinfo=VIETNAM)
    if EARLIEST <= local <= fetched_at + LATEST_AHEAD:
        return replace(reading, at=local, confidence=DOUBTFUL, doubts=(*reading.doubts, "offset"))
    return None


def _in_one_order(found: list[Statement]) -> list[Statement]:
    """The statements, with day and month in the order that the others bear out."""
    firm = [s.reading for s in found if not s.reading.either_order and not s.is_counted]
    if not firm:
        return found
    return [Statement(s.printed, _ordered(s.reading, firm)) for s in found]


def _ordered(reading: Reading, firm: Sequence[Reading]) -> Reading:
    """One reading, its digits in the order that firm readings of the page bear out.

    A day stated elsewhere decides for every line; the month in the address only for those that
    look American: "05/06/2026" under 202605 may be of June and drafted in May. A line that does
    not look American is as likely right, and the machine's date one read month first by mistake.
    """
    other = reading.month_first
    if other is None:
        return reading
    american = _AMERICAN in reading.doubts
    rest = tuple(doubt for doubt in reading.doubts if doubt != _AMERICAN)
    if any(_bears_out(one, reading.at, american) for one in firm):
        if not american:
            return reading
        sure = DOUBTFUL if rest else _SETTLED
        return replace(reading, either_order=False, doubts=rest, confidence=sure)
    if any(_bears_out(one, other, american) for one in firm):
        sure = _SETTLED if american and not rest else DOUBTFUL
        rest = rest if american else (*rest, ORDER)
        return Reading(
            at=other, precision=reading.precision, rule=_MONTH_FIRST, confidence=sure, doubts=rest
        )
    return reading


def _bears_out(firm: Reading, at: datetime, american: bool) -> bool:
    """Whether a firm reading is of the day, or, for an American line, of the month."""
    if firm.precision == "month":
        return american and _same_month(firm.at, at)
    return day_of(firm) == at.date()


def _same_month(one: datetime, other: datetime) -> bool:
    return (one.year, one.month) == (other.year, other.month)


def has_hour(reading: Reading) -> bool:
    """Whether an hour is stated; midnight to the second is a bare day filled up by a program."""
    return reading.precision == "minute" or (
        reading.precision == "second" and reading.at.time() != time()
    )


def day_of(reading: Reading) -> calendar_date:
    """The day in Vietnam; a bare day is itself, whatever offset was added to it."""
    at = reading.at
    return at.astimezone(VIETNAM).date() if has_hour(reading) else at.date()


def minute_of(at: datetime) -> datetime:
    """The moment without its seconds."""
    return at.replace(second=0, microsecond=0)


def is_whole_hours_off(shown: datetime, stated: datetime) -> bool:
    """Whether two moments differ as by a wrong offset: by whole hours, at most 14."""
    gap = abs(minute_of(shown) - minute_of(stated))
    return gap <= _FARTHEST_OFFSET and gap % timedelta(hours=1) == timedelta(0)
