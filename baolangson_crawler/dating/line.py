"""One printed line cut into days, clock times, weekday and offset; chooses nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import NamedTuple

from baolangson_crawler.dating.clock import VIETNAM, Clock, read_clock, read_zone
from baolangson_crawler.dating.shapes import (
    ENGLISH_MONTHS,
    ENGLISH_WEEKDAYS,
    MONTHS,
    NUMBERS,
    SCANNER,
    WEEKDAYS,
)
from baolangson_crawler.items import Precision

FIRST_YEAR, LAST_YEAR = 1900, 2099
"""Outside these a year is a fill-in (``01/01/0001``) or no year."""

_CENTURY_PIVOT = 90  # no paper was on the web before 1990


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What one string says of a moment."""

    at: datetime
    """The moment with its offset; a day alone stands at 00:00, a month on its first day."""

    precision: Precision
    """The smallest unit stated; of hours and weeks, which have no name here, the next larger."""

    rule: str
    """Short name of the pattern: ``day-month-year``, ``iso``."""

    confidence: float
    """1 where nothing on the line speaks against it."""


class Day(NamedTuple):
    """A calendar day on the line, not yet checked against the calendar."""

    year: int
    month: int
    day: int
    rule: str
    start: int
    end: int
    confidence: float = 1.0


class Ago(NamedTuple):
    """A distance back from the fetch, in the unit printed."""

    number: int
    unit: str


@dataclass(slots=True)
class Line:
    """The parts of one printed line, in order."""

    days: list[Day] = field(default_factory=list)
    months: list[Day] = field(default_factory=list)
    clocks: list[Clock] = field(default_factory=list)
    weekday: int | None = None
    offset: tzinfo | None = None
    ago: Ago | None = None
    day_name: str | None = None
    numbers: int = 0
    """Digits that no shape explains."""
    words: int = 0


def scan(plain: str) -> Line:
    """Cut a folded line into its parts."""
    line = Line()
    for match in SCANNER.finditer(plain):
        kind = match.lastgroup or ""
        if kind in _DAY_GROUPS:
            line.days.append(_day(match, kind))
        elif kind == "clock" or kind == "clock_h":
            line.clocks.append(read_clock(match, kind))
        elif kind == "word":
            line.words += 1
        elif kind == "number":
            line.numbers += 1
        elif kind == "weekday":
            line.weekday = _weekday(match) if line.weekday is None else line.weekday
        elif kind == "zone":
            line.offset = line.offset or read_zone(match)
        elif kind in _MONTH_GROUPS:
            line.months.append(_month_only(match, kind))
        elif kind == "day_name":
            line.day_name = line.day_name or " ".join(match["name"].split())
        else:
            line.ago = line.ago or _ago(match)
    return line


def moment(
    year: int,
    month: int,
    day: int = 1,
    hour: int = 0,
    minute: int = 0,
    second: int = 0,
    *,
    zone: tzinfo = VIETNAM,
) -> datetime:
    """The moment, or ValueError for what no calendar and no clock shows."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        msg = f"{year} is not a year of publication"
        raise ValueError(msg)
    return datetime(year, month, day, hour, minute, second, tzinfo=zone)


def full_year(digits: str) -> int:
    """Four digits as they stand; two are of 1990-2089."""
    year = int(digits)
    if len(digits) == 2:
        return year + (1900 if year >= _CENTURY_PIVOT else 2000)
    return year


_DAY_GROUPS = {
    "numeric": (("y1", "m1", "d1"), "day-month-year"),
    "year_first": (("y2", "m2", "d2"), "year-month-day"),
    "day_thang": (("y3", "m3", "d3"), "day-thang-year"),
    "day_english": (("y4", "m4", "d4"), "english"),
    "english_day": (("y5", "m5", "d5"), "english"),
    "thang_day": (("y8", "m8", "d8"), "thang-day-year"),
}
_MONTH_GROUPS = {
    "month_year": ("y6", "m6"),
    "year_month": ("y7", "m7"),
    "thang_year": ("y9", "m9"),
}
_TWO_DIGIT_YEAR = 0.8
_MONTH_FIRST = 0.4
_MONTH_ONLY = 0.7


def _day(match: re.Match[str], kind: str) -> Day:
    """The day of a match, day before month; month first only where nothing else is possible."""
    groups, rule = _DAY_GROUPS[kind]
    digits, month_text, day_text = match.group(*groups)
    month, day = _month(month_text), int(day_text)
    year, confidence = int(digits), 1.0
    if len(digits) == 2:
        year, confidence = full_year(digits), _TWO_DIGIT_YEAR
    elif month > 12 >= day and kind == "numeric":
        month, day, rule, confidence = day, month, "month-day-year", _MONTH_FIRST
    return Day(year, month, day, rule, match.start(), match.end(kind), confidence)


def _month_only(match: re.Match[str], kind: str) -> Day:
    year_group, month_group = _MONTH_GROUPS[kind]
    return Day(
        int(match[year_group]),
        _month(match[month_group]),
        1,
        "month-year",
        match.start(),
        match.end(kind),
        _MONTH_ONLY,
    )


def _month(text: str) -> int:
    """Number of a month given in digits, in Vietnamese or in English words."""
    if text.isdigit():
        return int(text)
    number = MONTHS.get(" ".join(text.split()))
    return ENGLISH_MONTHS.index(text[:3]) + 1 if number is None else number


def _weekday(match: re.Match[str]) -> int:
    """Monday is 0, as in ``datetime.weekday``."""
    if digit := match["nth"]:
        return int(digit) - 2
    if word := match["nth_word"]:
        return WEEKDAYS[word]
    return 6 if match["sunday"] else ENGLISH_WEEKDAYS.index(match["english"])


def _ago(match: re.Match[str]) -> Ago:
    if count := match["count"]:
        unit, more = match["unit"], match["more"]
        if more:  # "2 giờ 15 phút trước"
            return Ago(int(count) * 60 + int(more), "phut")
        return Ago(int(count), unit)
    if count := match["since"]:
        return Ago(int(count), match["since_unit"])
    if match["half_hour"]:
        return Ago(30, "phut")
    return Ago(NUMBERS[match["word_count"]], match["word_unit"])
