"""When a machine crawls: at its own minute, so that not everybody begins at the full hour."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from baolangson_crawler.pacing import Manners

_HOURLY = {f"{hours}h": hours for hours in (1, 2, 3, 4, 6, 8, 12)}
INTERVALS = (*_HOURLY, "daily", "weekly")
_DAY = 24
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_NIGHT = (1, 2, 3, 4)  # hours of a first crawl, where none is asked for
_LONGEST = 3600  # seconds that a start is put off


@dataclass(frozen=True, slots=True)
class Timetable:
    """The moments of a start, in the machine's own time."""

    minute: int
    hours: tuple[int, ...]
    """All 24, or those of a day."""

    weekday: int | None = None
    """1 is Monday; ``None`` is every day."""

    @property
    def spread(self) -> int:
        """Seconds by which a start is put off at random: a tenth of the pause, an hour at most."""
        return min(_LONGEST, 3600 * _DAY // len(self.hours) // 10)

    @property
    def cron(self) -> str:
        """The five fields of a crontab."""
        hours = "*" if len(self.hours) == _DAY else ",".join(map(str, self.hours))
        return f"{self.minute} {hours} * * {'*' if self.weekday is None else self.weekday}"

    @property
    def systemd(self) -> str:
        """The value of ``OnCalendar=``."""
        day = "" if self.weekday is None else f"{_WEEKDAYS[self.weekday - 1]} "
        hours = "*" if len(self.hours) == _DAY else ",".join(f"{hour:02}" for hour in self.hours)
        return f"{day}*-*-* {hours}:{self.minute:02}:00"

    def is_within(self, quiet: tuple[time, time]) -> bool:
        """Whether every start falls into hours (+07:00) in which nothing is asked."""
        manners, today = Manners(quiet=quiet), datetime.now().astimezone()
        starts = (today.replace(hour=hour, minute=self.minute) for hour in self.hours)
        return all(
            manners.is_quiet(start.timestamp() + later)
            for start in starts
            for later in (0, self.spread)
        )

    def __str__(self) -> str:
        day = "every day" if self.weekday is None else f"every {_WEEKDAYS[self.weekday - 1]}"
        if len(self.hours) == _DAY:
            return f"every hour at :{self.minute:02}"
        return f"{day} at " + ", ".join(f"{hour:02}:{self.minute:02}" for hour in self.hours)


def timetable(every: str, at: str | None, host: str, archive: Path) -> Timetable:
    """The timetable of an archive on a machine: the same in every call.

    Args:
        every: one of ``INTERVALS``.
        at: time of day as ``04:17``; otherwise host and archive decide, for a day or a week in
            the night.
        host: the machine's name.
        archive: path of the archive.

    Raises:
        ValueError: ``at`` is no time of day.
    """
    draw = int.from_bytes(hashlib.sha256(f"{host}\n{archive}".encode("utf-8", "replace")).digest())
    draw, minute = divmod(draw, 60)
    draw, night = divmod(draw, len(_NIGHT))
    hour, weekday = _NIGHT[night], draw % len(_WEEKDAYS) + 1
    if at is not None:
        found = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", at, re.ASCII)
        if not found:
            raise ValueError(f"{at!r} is no time of day; write it as 04:17.")
        hour, minute = int(found[1]), int(found[2])
    pause = _HOURLY.get(every, _DAY)
    hours = tuple(sorted((hour + step) % _DAY for step in range(0, _DAY, pause)))
    return Timetable(minute, hours, weekday if every == "weekly" else None)
