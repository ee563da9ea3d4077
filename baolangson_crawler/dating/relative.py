"""Dates that a page counts back from the moment it is shown: "2 giờ trước", "Hôm qua, 08:54"."""

from __future__ import annotations

from datetime import datetime, timedelta

from baolangson_crawler.dating.clock import VIETNAM, hour_of_day
from baolangson_crawler.dating.line import Ago, Line, Reading, moment
from baolangson_crawler.items import Precision

_STEPS = {
    "giay": timedelta(seconds=1),
    "phut": timedelta(minutes=1),
    "gio": timedelta(hours=1),
    "tieng": timedelta(hours=1),
    "ngay": timedelta(days=1),
    "tuan": timedelta(weeks=1),
}
_STATED: dict[str, tuple[Precision, float]] = {
    "giay": ("minute", 0.8),
    "phut": ("minute", 0.8),
    "gio": ("day", 0.6),
    "tieng": ("day", 0.6),
    "ngay": ("day", 0.6),
    "tuan": ("month", 0.4),
    "thang": ("month", 0.4),
    "nam": ("year", 0.3),
}
"""What is stated, and how surely: `Precision` knows no hour and no week, so these are of the day
and of the month, while the moment itself keeps the hour or the day counted back to."""

_DAYS_BACK = {"nay": 0, "qua": 1, "kia": 2}
_DAY_NAME_WITH_CLOCK, _DAY_NAME = 0.8, 0.7


def read_relative(line: Line, fetched_at: datetime, *, day_before_yesterday: int) -> Reading | None:
    """The moment that a relative line means for a page fetched at ``fetched_at``.

    ``day_before_yesterday`` is how many days back *hôm kia* lies; the folded line cannot tell it
    from *hôm kìa*, a day earlier.
    """
    if line.numbers or line.months:
        return None
    now = fetched_at.astimezone(VIETNAM)
    if line.ago and not line.clocks:
        return _counted_back(line.ago, now)
    if line.day_name is None or len(line.clocks) > 1:
        return None
    first, *_, last = line.day_name.split()
    if last in ("xong", "dang"):
        return Reading(
            at=now.replace(second=0, microsecond=0),
            precision="minute",
            rule="just-now",
            confidence=_DAY_NAME,
        )
    back = day_before_yesterday if last == "kia" else _DAYS_BACK[last]
    return _named_day(line, now - timedelta(days=back), first)


def _counted_back(ago: Ago, now: datetime) -> Reading:
    """``now`` less the distance, cut to the unit that is stated."""
    precision, confidence = _STATED[ago.unit]
    if ago.unit in ("thang", "nam"):
        months = ago.number * (12 if ago.unit == "nam" else 1)
        year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
        at = moment(year, month + 1 if ago.unit == "thang" else 1)
    else:
        at = now - ago.number * _STEPS[ago.unit]
        at = at.replace(second=0, microsecond=0)
        if ago.unit in ("gio", "tieng"):
            at = at.replace(minute=0)
        elif ago.unit in ("ngay", "tuan"):
            at = at.replace(hour=0, minute=0)
    return Reading(at=at, precision=precision, rule="ago", confidence=confidence)


def _named_day(line: Line, day: datetime, part: str) -> Reading:
    """A day by its name, with the clock time beside it where there is one."""
    midnight = day.replace(hour=0, minute=0, second=0, microsecond=0)
    if not line.clocks:
        return Reading(at=midnight, precision="day", rule="day-name", confidence=_DAY_NAME)
    clock = line.clocks[0]
    hour, sure = clock.hour, clock.confidence
    if part != "hom":  # "chiều nay 3:30"
        hour, sure = hour_of_day(hour, part)
    at = midnight.replace(hour=hour, minute=clock.minute, second=clock.second or 0)
    return Reading(
        at=at,
        precision="minute" if clock.second is None else "second",
        rule="day-name",
        confidence=min(_DAY_NAME_WITH_CLOCK, sure),
    )
