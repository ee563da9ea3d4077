"""Times of day and offsets on a printed line: "8h54'", "8:54 CH", "GMT+7"."""

from __future__ import annotations

import re
from datetime import UTC, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import NamedTuple

from baolangson_crawler.dating.shapes import TAIL

VIETNAM = timezone(timedelta(hours=7))
"""The offset of every date that states none; Vietnam has had no other since 1975."""

DOUBTFUL = 0.5
"""Confidence of a reading that something on the line speaks against."""

_FARTHEST_OFFSET = 14 * 60  # minutes; Line Islands

CLOCK_GROUPS = {
    "clock": ("hour", "minute", "second", "tail"),
    "clock_h": ("hour_h", "minute_h", "second_h", "tail_h"),
    "clock_dot": ("hour_d", "minute_d", "half_past", "tail_d"),  # "8.54 AM" has no seconds
}
AMERICAN_PARTS = frozenset({"am", "pm"})
SPOKEN_PARTS = frozenset({"sang", "trua", "chieu", "toi", "dem"})
PARTS_OF_DAY = frozenset({"sa", "ch"}) | AMERICAN_PARTS | SPOKEN_PARTS


class Clock(NamedTuple):
    """A time of day on the line."""

    hour: int
    minute: int
    second: int | None
    offset: tzinfo | None
    start: int
    contradicts: bool = False
    """Whether hour and part of the day do not go together ("20:54 AM"), or the zone is odd."""

    has_part: bool = False
    """Whether a part of the day stands directly behind it."""

    american: bool = False
    """Whether AM or PM stands behind it, as on servers that print the month first."""


def read_clock(match: re.Match[str], kind: str) -> Clock:
    """The time of a match of one of the shapes of `CLOCK_GROUPS`."""
    hour, minute, second, tail = match.group(*CLOCK_GROUPS[kind])
    minutes = int(minute) if minute else 30 if match["half_past"] else 0
    clock = Clock(int(hour), minutes, int(second) if second else None, None, match.start())
    return _with_tail(clock, tail) if tail else clock


def _with_tail(clock: Clock, tail: str) -> Clock:
    """The time with what stands behind it: a part of the day, an offset, or both."""
    hour, zone, contradicts, part_of_day = clock.hour, clock.offset, False, ""
    for piece in TAIL.findall(tail):
        part = piece.replace(".", "")
        if part in PARTS_OF_DAY:
            hour, contradicts = hour_of_day(hour, part)
            part_of_day = part
        elif part == "z" or part[0] in "+-":
            zone = offset(part)
        else:  # EST and its like, on pages from abroad
            contradicts = True
    return clock._replace(
        hour=hour,
        offset=zone,
        contradicts=contradicts,
        has_part=bool(part_of_day),
        american=part_of_day in AMERICAN_PARTS,
    )


def hour_of_day(hour: int, part: str) -> tuple[int, bool]:
    """The hour from 0 to 23 for an hour and its part of the day, and whether they contradict.

    12 SA (AM) is midnight, 12 CH (PM) noon. .NET sites print 24-hour times with SA and CH
    too ("20:54 CH"): an hour beyond 12 stands as it is.
    """
    morning = part in ("am", "sa", "sang")
    if hour > 12:
        return hour, morning
    if hour == 12:
        if morning:
            return 0, False
        night = part in ("toi", "dem")  # "12 giờ đêm": of which day?
        return (0 if night else 12), night
    if hour == 0 and not morning:
        return (0, False) if part == "dem" else (12, True)
    if morning or (part == "trua" and hour > 3) or (part == "dem" and hour < 6):
        return hour, False
    return hour + 12, False


@lru_cache(maxsize=64)
def offset(text: str) -> tzinfo:
    """The offset that ``+0700``, ``+07:00``, ``+7`` or ``z`` states, east positive.

    "GMT+7" is what a Vietnamese clock shows, seven hours east; POSIX, where the sign is the
    other way round, is never meant on a page.
    """
    digits = text.lstrip("+- ").replace(":", "").replace(" ", "")
    if not digits.isdigit():  # z, utc, gmt
        return UTC
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    total = int(hours) * 60 + int(minutes)
    if total > _FARTHEST_OFFSET or total % 15:
        msg = f"No clock on Earth runs at {text!r}"
        raise ValueError(msg)
    if total == 0:
        return UTC
    shift = timedelta(minutes=-total if text.startswith("-") else total)
    return VIETNAM if shift == VIETNAM.utcoffset(None) else timezone(shift)


def read_zone(match: re.Match[str]) -> tzinfo:
    """The offset of a match of the shape ``zone``: "GMT+7", "UTC", "ICT"."""
    if shift := match["shift"]:
        return offset(shift)
    return VIETNAM if match["zone"] == "ict" else UTC
