"""The moment that a crawl takes for now: the machine's clock, or another one for a simulation.

Only crawls ask it; what lies below them is told the moment. How long something takes is measured
by ``time.monotonic``.
"""

from __future__ import annotations

import time as _time
from datetime import UTC, datetime, timedelta

_ahead = timedelta(0)


def now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC) + _ahead


def seconds() -> float:
    """The moment, in seconds since 1970 (UTC)."""
    return _time.time() + _ahead.total_seconds()


def begin_at(moment: datetime) -> None:
    """Let the clock of this process show a moment now, and run on from there."""
    global _ahead
    _ahead = moment - datetime.now(UTC)
