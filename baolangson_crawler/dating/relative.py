"""Dates that a page counts back from the moment it is shown: "2 giờ trước", "Hôm qua, 08:54"."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from baolangson_crawler.dating.clock import DOUBTFUL, PARTS_OF_DAY, VIETNAM, hour_of_day
from baolangson_crawler.dating.line import Ago, Line, Reading, moment
from baolangson_crawler.items import Precision

_UNITS = {
    "giay": "second", "phut": "minute", "ph": "minute", "p": "minute", "gio": "hour", "g": "hour",
    "h": "hour", "tieng": "hour", "ngay": "day", "tuan": "week", "thang": "month", "nam": "year",
    "sec": "second", "min": "minute",
}  # fmt: skip
"""The units as papers print and abbreviate them; the English ones are their own names."""

_STEPS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
_STATED: dict[str, tuple[Precision, float]] = {
    "second": ("minute", 0.8),
    "minute": ("minute", 0.8),
    "hour": ("day", 0.5),
    "day": ("day", 0.5),
    "week": ("month", 0.4),
    "month": ("month", 0.4),
    "year": ("year", 0.3),
}
"""What is stated, and how surely: `Precision` knows no hour and no week, so these are of the day
and of the month, while the moment itself keeps the hour or the day counted back to. A page says
"1 ngày trước" from 24 to 48 hours, which may be two days back by the calendar."""

_DAYS_BACK = {"nay": 0, "qua": 1, "today": 0, "yesterday": 1}
_JUST_NOW = ("xong", "dang", "truoc", "now", "ago")
_DAY_NAME_WITH_CLOCK, _DAY_NAME = 0.8, 0.7


def read_relative(line: Line, fetched_at: datetime, *, day_before_yesterday: int) -> Reading | None:
    """The moment that a relative line means for a page fetched at ``fetched_at``.

    ``day_before_yesterday`` is how many days back *hôm kia* lies; the folded line cannot tell it
    from *hôm kìa*, a day earlier.
    """
    now = fetched_at.astimezone(VIETNAM)
    if line.months or len(line.clocks) > 1:
        return None
    if line.ago:
        if not line.clocks:
            return _counted_back(line.ago, now)
        if line.ago.unit != "ngay":
            return None
        day = _named_day(line, now - timedelta(days=line.ago.number), "hom", "ago")
        return replace(day, confidence=_STATED["day"][1])
    if line.day_name is None:
        return None
    first, *_, last = (line.day_name + " " + line.day_name).split()
    if last in _JUST_NOW:
        at = now.replace(second=0, microsecond=0)
        return Reading(at=at, precision="minute", rule="just-now", confidence=_DAY_NAME)
    back = day_before_yesterday if last == "kia" else _DAYS_BACK[last]
    return _named_day(line, now - timedelta(days=back), first, "day-name")


def _counted_back(ago: Ago, now: datetime) -> Reading:
    """``now`` less the distance, cut to the smallest unit that is stated."""
    unit = _unit(ago.more_unit if ago.more else ago.unit)
    precision, confidence = _STATED[unit]
    months, distance = 0, timedelta()
    for number, name in ((ago.number, _unit(ago.unit)), (ago.more, _unit(ago.more_unit))):
        if name in _STEPS:
            distance += number * _STEPS[name]
        else:
            months += number * (12 if name == "year" else 1)
    at = (now - distance).replace(second=0, microsecond=0)
    if months or unit in ("month", "year"):
        year, month = divmod(at.year * 12 + at.month - 1 - months, 12)
        at = moment(year, month + 1 if unit != "year" else 1)
    elif unit == "hour":
        at = at.replace(minute=0)
    elif unit in ("day", "week"):
        at = at.replace(hour=0, minute=0)
    return Reading(at=at, precision=precision, rule="ago", confidence=confidence)


def _unit(printed: str) -> str:
    """The English name of a unit: ``"gio"``, ``"hours"`` and ``"h"`` are ``"hour"``."""
    name = printed if printed in _UNITS else printed.removesuffix("s")
    return _UNITS.get(name, name)


def _named_day(line: Line, day: datetime, part: str, rule: str) -> Reading:
    """A day by its name, with the clock time beside it where there is one."""
    midnight = day.replace(hour=0, minute=0, second=0, microsecond=0)
    if not line.clocks:
        return Reading(at=midnight, precision="day", rule=rule, confidence=_DAY_NAME)
    clock = line.clocks[0]
    hour, contradicts = clock.hour, clock.contradicts
    if part in PARTS_OF_DAY:  # "chiều nay 3:30"
        hour, contradicts = hour_of_day(hour, part)
    at = midnight.replace(hour=hour, minute=clock.minute, second=clock.second or 0)
    precision: Precision = "minute" if clock.second is None else "second"
    sure = DOUBTFUL if contradicts else _DAY_NAME_WITH_CLOCK
    return Reading(at=at, precision=precision, rule=rule, confidence=sure)
