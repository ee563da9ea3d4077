"""From one printed string to a moment: ISO, digits, written dates, then dateparser."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from html import unescape
from itertools import pairwise

from baolangson_crawler.dating import fallback
from baolangson_crawler.dating.clock import DOUBTFUL, VIETNAM, Clock, offset
from baolangson_crawler.dating.line import Day, Line, Reading, full_year, moment, scan
from baolangson_crawler.dating.relative import read_relative
from baolangson_crawler.dating.shapes import COMPACT, ISO, RANGE, fold
from baolangson_crawler.items import Precision

_LONGEST = 300  # a date line; whatever is longer is text
_RANGE = 0.3
_COMPACT = 0.6
_ODD_NUMBERS = 0.6
_SENTENCE = 0.8
_SENTENCE_WORDS = 10
_FALLBACK = 0.5


def read_date(raw: str, fetched_at: datetime | None = None) -> Reading | None:
    """The moment that a printed string states; None if it states none or an impossible one.

    Day before month, always. Without an offset on the line the moment is +07:00. Relative forms
    ("2 giờ trước") are read only when it is known when the page was fetched.
    """
    if fetched_at is not None and fetched_at.tzinfo is None:
        msg = f"fetched_at {fetched_at} has no offset; give it in UTC"
        raise ValueError(msg)
    if len(raw) > _LONGEST:
        return None
    plain = fold(unescape(raw) if "&" in raw else raw)  # in a script entities are still written out
    try:
        if match := ISO.fullmatch(plain):
            return _iso(match)
        if match := COMPACT.fullmatch(plain):
            return _compact(match)
        return _written(plain, raw, fetched_at)
    except ValueError:  # 31/02, month 13, hour 25: what the calendar refuses is not rolled over
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


def _compact(match: re.Match[str]) -> Reading | None:
    """Digits that spell a moment: ``202007``, ``20200721``, ``20200721085400``.

    15 to 18 digits are article ids of VCCorp and TTXVN, which end in YYMMDDHHMMSSmmm.
    """
    digits, time, zone = match.groups()
    rule, sure = "digits", _COMPACT
    if time:  # ISO 8601 basic: 20200721T085400Z
        if len(digits) != 8:
            return None
        digits, rule, sure = digits + time, "iso", 1.0
    elif len(digits) >= 15:
        digits = digits[-15:-3]
        digits = f"{full_year(digits[:2])}{digits[2:]}"
    if len(digits) not in _COMPACT_PRECISION:
        return None
    parts = [int(digits[i : i + 2]) for i in range(4, len(digits), 2)]
    at = moment(int(digits[:4]), *parts, zone=offset(zone) if zone else VIETNAM)
    return Reading(at=at, precision=_COMPACT_PRECISION[len(digits)], rule=rule, confidence=sure)


_COMPACT_PRECISION: dict[int, Precision] = {
    6: "month",
    8: "day",
    12: "minute",
    14: "second",
}


def _written(plain: str, raw: str, fetched_at: datetime | None) -> Reading | None:
    """A date in words and figures; dateparser only where the line shows no date of ours."""
    line = scan(plain)
    if line.days:
        day, sure = _choose_day(line, plain)
        return _reading(line, day, sure)
    if line.months:
        month = line.months[0]
        at = moment(*month[:3])
        sure = _ODD_NUMBERS if line.numbers or len(line.months) > 1 else month.confidence
        return Reading(at=at, precision="month", rule=month.rule, confidence=sure)
    if line.ago or line.day_name:
        if fetched_at is None:
            return None
        kia = 3 if "kìa" in unicodedata.normalize("NFC", raw).lower() else 2
        return read_relative(line, fetched_at, day_before_yesterday=kia)
    return _last_resort(line, plain)


def _last_resort(line: Line, plain: str) -> Reading | None:
    """The day by dateparser; the clock time is read from the line all the same."""
    if line.numbers < 2:
        return None
    found = fallback.read_day(plain)
    if found is None:
        return None
    day = Day(found.year, found.month, found.day, "dateparser", 0, len(plain))
    return _reading(line, day, _FALLBACK)


def _choose_day(line: Line, plain: str) -> tuple[Day, float]:
    """The first day that is no end of a range ("01/07 - 05/07"), and the confidence in it.

    An impossible day anywhere on the line makes the whole line unreadable.
    """
    days = line.days
    if len(days) == 1:
        return days[0], days[0].confidence
    for day in days:
        moment(*day[:3])
    if len({day[:3] for day in days}) == 1:
        return days[0], days[0].confidence
    in_range = set()
    for first, second in pairwise(days):
        if RANGE.fullmatch(plain, first.end, second.start):
            in_range |= {first, second}
    free = [day for day in days if day not in in_range]
    if free:
        return free[0], min(free[0].confidence, DOUBTFUL)
    return days[0], _RANGE


def _reading(line: Line, day: Day, sure: float) -> Reading:
    """The day with the clock time that belongs to it; less sure for all that does not fit."""
    clock = _clock_of(line, day)
    if clock is None:
        at = moment(*day[:3], zone=line.offset or VIETNAM)
        precision: Precision = "day"
    else:
        zone = clock.offset or line.offset or VIETNAM
        at = moment(*day[:3], clock.hour, clock.minute, clock.second or 0, zone=zone)
        precision = "minute" if clock.second is None else "second"
        sure = min(sure, clock.confidence)
    if line.weekday is not None and line.weekday != at.weekday():
        sure = min(sure, DOUBTFUL)
    if len(line.clocks) > 1 and len({c[:3] for c in line.clocks}) > 1:
        sure = min(sure, DOUBTFUL)
    if line.numbers and day.rule != "dateparser":
        sure = min(sure, _ODD_NUMBERS)
    if line.words > _SENTENCE_WORDS:
        sure = min(sure, _SENTENCE)
    return Reading(at=at, precision=precision, rule=day.rule, confidence=sure)


def _clock_of(line: Line, day: Day) -> Clock | None:
    """The time that stands with a day: behind it, or before it where the line begins with a time.

    "08:54 21/07/2020 10:00 22/07/2020" puts the time first, so each time goes with the next day.
    """
    if not line.clocks:
        return None
    if len(line.days) < 2 or len({other[:3] for other in line.days}) == 1:
        return line.clocks[0]
    starts = [other.start for other in line.days]
    before = max((start for start in starts if start < day.start), default=-1)
    behind = min((start for start in starts if start > day.start), default=10**6)
    if line.clocks[0].start < starts[0]:
        return next((c for c in reversed(line.clocks) if before < c.start < day.start), None)
    return next((c for c in line.clocks if day.start < c.start < behind), None)
