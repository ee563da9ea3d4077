"""One printed line cut into days, clock times, weekday and offset; chooses nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Literal, NamedTuple

from baolangson_crawler.dating.clock import (
    CLOCK_GROUPS,
    VIETNAM,
    Clock,
    offset,
    read_clock,
    read_zone,
)
from baolangson_crawler.dating.shapes import (
    DIGIT_WORDS,
    ENGLISH_MONTHS,
    ENGLISH_WEEKDAYS,
    LABEL_WORDS,
    MONTHS,
    SCANNER,
    WEEKDAYS,
)
from baolangson_crawler.items import Precision

Role = Literal["published", "modified"]
"""Which of the two moments of an article."""

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

    doubts: tuple[str, ...] = ()
    """What on the line speaks against it, by the names in `doubts.COSTS`."""

    either_order: bool = False
    """Whether the digits are a day with the month first too, and the line leaves that open."""

    @property
    def month_first(self) -> datetime | None:
        """The same digits with the month before the day, where the line leaves that open."""
        return swapped(self.at) if self.either_order else None


class Day(NamedTuple):
    """A calendar day on the line, not yet checked against the calendar."""

    year: int
    month: int
    day: int
    rule: str
    start: int
    end: int
    short_year: bool = False


class Part(NamedTuple):
    """A part of the day that does not stand directly behind an hour: ``ch``, ``chieu``."""

    name: str
    start: int
    end: int


class Ago(NamedTuple):
    """A distance back from the fetch, in units as printed and folded: 2 gio and 15 phut."""

    number: int
    unit: str
    more: int = 0
    more_unit: str = "phut"


@dataclass(slots=True)
class Line:
    """The parts of one printed line, in order."""

    days: list[Day] = field(default_factory=list)
    months: list[Day] = field(default_factory=list)
    clocks: list[Clock] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    weekday: int | None = None
    offset: tzinfo | None = None
    ago: Ago | None = None
    day_name: str | None = None
    numbers: int = 0
    """Digits that no shape explains."""
    words: list[str] = field(default_factory=list)
    """Words that belong to no date line: names, text."""


def scan(plain: str) -> Line:
    """Cut a folded line into its parts."""
    line = Line()
    for match in SCANNER.finditer(plain):
        kind = match.lastgroup or ""
        if kind in _DAY_GROUPS:
            line.days.append(_day(match, kind))
        elif kind in CLOCK_GROUPS:
            line.clocks.append(read_clock(match, kind))
        elif kind == "word":
            if (word := match["word"]) not in LABEL_WORDS:
                line.words.append(word)
        elif kind == "number":
            line.numbers += 1
        elif kind == "weekday":
            line.weekday = _weekday(match) if line.weekday is None else line.weekday
        elif kind == "part":
            line.parts.append(Part(match["part"], match.start(), match.end("part")))
        elif kind == "zone":
            line.offset = line.offset or read_zone(match)
        elif kind == "east":
            line.offset = line.offset or offset(match["hours_east"])
        elif kind in _MONTH_GROUPS:
            line.months.append(_month_only(match, kind))
        elif kind == "day_name":
            line.day_name = line.day_name or " ".join(match["name"].split())
        elif kind in ("ago", "ago_word"):
            line.ago = line.ago or _ago(match)
        # what is left counts readers, not days: "1.234 lượt xem"
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


def swapped(at: datetime) -> datetime:
    """The moment with day and month exchanged; the day is at most 12."""
    return at.replace(month=at.day, day=at.month)


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


def _day(match: re.Match[str], kind: str) -> Day:
    """The day of a match, day before month; month first only where nothing else is possible."""
    groups, rule = _DAY_GROUPS[kind]
    digits, month_text, day_text = match.group(*groups)
    year, month, day = full_year(digits), _month(month_text), int(day_text)
    if month > 12 >= day and kind == "numeric":
        month, day, rule = day, month, "month-day-year"
    return Day(year, month, day, rule, match.start(), match.end(kind), len(digits) == 2)


def _month_only(match: re.Match[str], kind: str) -> Day:
    year_group, month_group = _MONTH_GROUPS[kind]
    year, month = int(match[year_group]), _month(match[month_group])
    return Day(year, month, 1, "month-year", match.start(), match.end(kind))


def _month(text: str) -> int:
    """Number of a month given in digits, in Vietnamese or in English words."""
    if text.isdigit():
        return int(text)
    number = MONTHS.get(" ".join(text.split()))
    return ENGLISH_MONTHS.index(text[:3]) + 1 if number is None else number


def _weekday(match: re.Match[str]) -> int:
    """Monday is 0, as in ``datetime.weekday``; a counted Sunday is the first or the eighth."""
    if digit := match["nth"]:
        return (int(digit) - 2) % 7
    if word := match["nth_word"]:
        return WEEKDAYS[word]
    return 6 if match["sunday"] else ENGLISH_WEEKDAYS.index(match["english"])


def _ago(match: re.Match[str]) -> Ago:
    if count := match["count"]:
        unit = match["unit"]
        more, more_unit = match.group("more", "more_unit")
        if more:
            return Ago(int(count), unit, int(more), "phut" if more_unit == "'" else more_unit)
        return _and_a_half(int(count), unit) if match["half"] else Ago(int(count), unit)
    if count := match["since"]:
        return Ago(int(count) if count.isdigit() else _number(count), match["since_unit"])
    if match["half_hour"]:
        return Ago(30, "phut")
    number, unit = _number(match["word_count"]), match["word_unit"]
    return _and_a_half(number, unit) if match["word_half"] else Ago(number, unit)


def _and_a_half(number: int, unit: str) -> Ago:
    """A count with *rưỡi* behind it; of weeks and months the half is not counted."""
    halves = {"gio": (30, "phut"), "tieng": (30, "phut"), "h": (30, "phut"), "nam": (6, "thang")}
    return Ago(number, unit, *halves.get(unit, ()))


def _number(words: str) -> int:
    """A count from 1 to 99 in words: ``"mot"`` 1, ``"muoi lam"`` 15, ``"hai muoi"`` 20."""
    tens, ten, units = words.partition("muoi")
    if not ten:
        return DIGIT_WORDS[words]
    return 10 * DIGIT_WORDS.get(tens.strip(), 1) + DIGIT_WORDS.get(units.strip(), 0)
