"""From one printed string to a moment: ISO, digits, written dates, then dateparser."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from html import unescape

from baolangson_crawler.dating import doubts, fallback
from baolangson_crawler.dating.clock import VIETNAM, Clock, offset
from baolangson_crawler.dating.days import choose_day, clock_of
from baolangson_crawler.dating.line import Day, Line, Reading, Role, moment, scan, swapped
from baolangson_crawler.dating.parts import apply_parts
from baolangson_crawler.dating.relative import read_relative
from baolangson_crawler.dating.shapes import BASIC, ISO, JAVA, fold
from baolangson_crawler.items import Precision

_LONGEST = 300  # a date line; whatever is longer is text
_LONGEST_AS_SENT = 2000  # with its entities and indentation


def read_date(
    raw: str, fetched_at: datetime | None = None, role: Role = "published"
) -> Reading | None:
    """The moment that a printed string states; None if it states none or an impossible one.

    Day before month, unless the line itself says otherwise. Without an offset on the line the
    moment is +07:00. Relative forms ("2 giờ trước") are read only when it is known when the page
    was fetched. Of a line that names two days ("Đăng: … | Cập nhật: …"), ``role`` says which is
    asked for; a day that is labelled as that of a change is read for either role, because many
    papers print "Cập nhật" before the day of publication.

    Digits alone are no date here; in an address they are: `read_address`.

    Raises:
        ValueError: ``fetched_at`` has no offset.
    """
    if fetched_at is not None and fetched_at.tzinfo is None:
        msg = f"fetched_at {fetched_at} has no offset; give it in UTC"
        raise ValueError(msg)
    if len(raw) > _LONGEST_AS_SENT:
        return None
    if "&" in raw:  # in a script entities are still written out, on some pages twice over
        raw = unescape(unescape(raw))
    plain = fold(raw)
    if len(plain) > _LONGEST:
        return None
    try:
        if match := ISO.fullmatch(plain):
            return _iso(match) if role == "published" else None
        if match := BASIC.fullmatch(plain):
            return _basic(match) if role == "published" else None
        return _written(plain, raw, fetched_at, role)
    except (ValueError, OverflowError):  # 31/02, month 13, hour 25 are not rolled over
        return None


def _iso(match: re.Match[str]) -> Reading:
    year, month, day, hour, minute, second, zone = match.groups()
    at = moment(
        int(year),
        int(month),
        int(day),
        int(hour or 0),
        int(minute or 0),
        int(second or 0),
        zone=offset(zone) if zone else VIETNAM,
    )
    precision: Precision = "second" if second else "minute" if hour else "day"
    return Reading(at=at, precision=precision, rule="iso", confidence=1.0)


def _basic(match: re.Match[str]) -> Reading:
    """ISO 8601 without separators: ``20200721T085400Z``."""
    day, time, zone = match.groups()
    parts = [int(text[i : i + 2]) for text in (day[4:], time) for i in range(0, len(text), 2)]
    at = moment(int(day[:4]), *parts, zone=offset(zone) if zone else VIETNAM)
    precision: Precision = "second" if len(time) == 6 else "minute"
    return Reading(at=at, precision=precision, rule="iso", confidence=1.0)


def _written(plain: str, raw: str, fetched_at: datetime | None, role: Role) -> Reading | None:
    """A date in words and figures; dateparser only where the line shows no date of ours."""
    line = scan(plain)
    if line.parts:
        apply_parts(line, plain, raw)
    if doubts.is_paragraph(line):
        return None
    if line.days:
        chosen = choose_day(line, plain, role)
        return _reading(line, *chosen, plain, raw) if chosen else None
    if role == "modified":
        return None
    if line.months:
        month = line.months[0]
        at, found = moment(*month[:3]), (*doubts.of_line(line, plain, raw), "month-only")
        return _doubted(at, "month", month.rule, found)
    if line.ago or line.day_name:
        return _relative(line, plain, raw, fetched_at) if fetched_at else None
    return _last_resort(line, plain, raw)


def _relative(line: Line, plain: str, raw: str, fetched_at: datetime) -> Reading | None:
    """A date counted back from the fetch; in the midst of other words it is of something else."""
    if doubts.of_line(line, plain, raw):
        return None
    kia = 3 if "kìa" in unicodedata.normalize("NFC", raw).lower() else 2
    return read_relative(line, fetched_at, day_before_yesterday=kia)


def _last_resort(line: Line, plain: str, raw: str) -> Reading | None:
    """Java's own spelling, else the day by dateparser and the clock time as on any line."""
    if match := JAVA.fullmatch(plain):
        month, number, clock, zone, year = match.groups()
        return read_date(f"{number} {month} {year} {clock} {zone or ''}")
    if line.numbers < 2:
        return None
    found = fallback.read_day(plain)
    if found is None:
        return None
    line.numbers = 0  # they are the date
    day = Day(found.year, found.month, found.day, "dateparser", 0, len(plain))
    return _reading(line, day, ("dateparser",), plain, raw)


def _reading(line: Line, day: Day, found: Sequence[str], plain: str, raw: str) -> Reading:
    """The day with the clock time that belongs to it, and all that does not fit."""
    clock = clock_of(line, day)
    if clock is None:
        at = moment(*day[:3], zone=line.offset or VIETNAM)
        precision: Precision = "day"
    else:
        zone = clock.offset or line.offset or VIETNAM
        at = moment(*day[:3], clock.hour, clock.minute, clock.second or 0, zone=zone)
        precision = "minute" if clock.second is None else "second"
        if clock.contradicts:
            found = (*found, "clocks")
    if (
        line.numbers
        or line.words
        or line.parts
        or line.day_name
        or line.ago
        or len(line.clocks) > 1
    ):
        found = (*found, *doubts.of_line(line, plain, raw))
    if day.short_year:
        found = (*found, doubts.of_short_year(line, day, plain))
    if day.rule == "month-day-year":
        found = (*found, "month-before-day")
    if day.rule == "day-month-year" and day.month != day.day <= 12:
        return _either_order(line, at, precision, found, _is_american(clock, day, plain))
    if line.weekday is not None and line.weekday != at.weekday():
        found = (*found, "weekday")
    return _doubted(at, precision, day.rule, found)


def _is_american(clock: Clock | None, day: Day, plain: str) -> bool:
    """Whether the line looks like .NET in its American setting: ``7/26/2026 5:12:08 PM``."""
    return clock is not None and clock.american and "/" in plain[day.start : day.end]


def _either_order(
    line: Line, at: datetime, precision: Precision, found: Sequence[str], american: bool
) -> Reading:
    """Digits that are a day in both orders: day first, unless the weekday speaks for the other.

    On an American line the weekday decides; without one either may be meant.
    """
    settled = False
    if line.weekday is not None:
        day_first, month_first = (line.weekday == day.weekday() for day in (at, swapped(at)))
        if american and month_first and not day_first:
            found = (*found, "month-before-day")
            return _doubted(swapped(at), precision, "month-day-year", found)
        if not day_first:
            found = (*found, "weekday")
        settled = day_first and not month_first
        american = american and day_first and month_first
    if american:
        found = (*found, "day-or-month-first")
    return _doubted(at, precision, "day-month-year", found, either_order=not settled)


def _doubted(
    at: datetime,
    precision: Precision,
    rule: str,
    found: Sequence[str],
    *,
    either_order: bool = False,
) -> Reading:
    """The reading, believed as far as the worst doubt allows."""
    return Reading(
        at=at,
        precision=precision,
        rule=rule,
        confidence=min(map(doubts.COSTS.__getitem__, found)) if found else 1.0,
        doubts=tuple(dict.fromkeys(found)) if found else (),
        either_order=either_order,
    )
