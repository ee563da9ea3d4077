"""Which of the days and clock times on one line belong to the publication."""

from __future__ import annotations

import re
from itertools import pairwise

from baolangson_crawler.dating.clock import Clock
from baolangson_crawler.dating.line import Day, Line, Role, moment
from baolangson_crawler.dating.shapes import RANGE

_LABELS = re.compile(
    r"\b(?:(?P<modified>cap nhat|sua|updated|modified|edited)"
    r"|(?P<published>dang|xuat ban|post(?:ed)?|publish(?:ed)?|ngay tao|created))\b"
)


def choose_day(line: Line, plain: str, role: Role) -> tuple[Day, tuple[str, ...]] | None:
    """The day that was asked for, with the doubts that the other days on the line raise.

    An impossible day anywhere on the line makes the whole line unreadable.

    Raises:
        ValueError: one of the days is in no calendar.
    """
    days = line.days
    if len(days) == 1:
        return (days[0], ()) if role == "published" or _is_change(days[0], 0, plain) else None
    for day in days:
        moment(*day[:3])
    labelled = _labelled(days, plain)
    if len(labelled) == 2 and labelled["published"][:3] <= labelled["modified"][:3]:
        return labelled[role], ()
    if role == "modified":
        return None
    if len({day[:3] for day in days}) == 1:
        return days[0], ("clocks",) if _times(line) > 1 else ()
    in_range = set()
    for first, second in pairwise(days):
        if RANGE.fullmatch(plain, first.end, second.start):
            in_range |= {first, second}
    free = [day for day in days if day not in in_range]
    return (free[0], ("other-days",)) if free else (days[0], ("range",))


def _labelled(days: list[Day], plain: str) -> dict[Role, Day]:
    """The day of publication and that of a change, where the line tells two days apart.

    "21/07/2020 | Cập nhật: 22/07/2020": what has no label before it was the publication.
    """
    found: dict[Role, Day] = {}
    if len(days) != 2:
        return found
    ends = (0, days[0].end)
    for start, day in zip(ends, days, strict=True):
        found.setdefault("modified" if _is_change(day, start, plain) else "published", day)
    return found


def _is_change(day: Day, start: int, plain: str) -> bool:
    """Whether the last label before a day calls it that of a change."""
    labels = list(_LABELS.finditer(plain, start, day.start))
    return bool(labels and labels[-1]["modified"])


def _times(line: Line) -> int:
    return len({clock[:3] for clock in line.clocks})


def clock_of(line: Line, day: Day) -> Clock | None:
    """The time that stands with a day: behind it, or before it where the line begins with a time.

    "08:54 21/07/2020 10:00 22/07/2020" puts the time first, so each time goes with the next day.
    """
    if not line.clocks:
        return None
    if len(line.days) < 2 or (len({other[:3] for other in line.days}) == 1 == _times(line)):
        return line.clocks[0]
    starts = [other.start for other in line.days]
    before = max((start for start in starts if start < day.start), default=-1)
    behind = min((start for start in starts if start > day.start), default=10**6)
    if line.clocks[0].start < starts[0]:
        return next((c for c in reversed(line.clocks) if before < c.start < day.start), None)
    return next((c for c in line.clocks if day.start < c.start < behind), None)
