"""How fast one paper is asked: the pause between two requests, holds, budgets, and when to stop.

Knows neither network nor clock: every moment is passed in, in seconds since 1970 (UTC).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from email.utils import parsedate_to_datetime

from baolangson_crawler.dating.clock import VIETNAM
from baolangson_crawler.failures import REFUSALS, UNREACHABLE

SLOWEST = 300.0
"""Seconds; a longer Crawl-delay, or a pause that has grown longer, is taken as this."""

LONGEST_HOLD = 86_400.0
"""Seconds; a Retry-After of a year is looked at again after a day."""

_CALM = 86_400.0  # seconds without a refusal after which the pause is halved
_MOST_REFUSALS = 10  # in a row
_MOST_UNREACHABLE = 5  # in a row
_MOST_SILENT = 15  # requests without a whole answer, in a row


@dataclass(frozen=True, slots=True)
class Manners:
    """What the operator allows for every paper."""

    pause: float = 1.0
    """Seconds between the end of an answer and the next request."""

    patience: float = 300.0
    """Seconds that a crawl waits for a paper that asked for rest; a longer hold ends its turn."""

    backoff: float = 60.0
    """Seconds of the first hold where a refusal does not say how long; doubled each time."""

    budget: int | None = None
    """Requests a day (+07:00) at most."""

    quiet: tuple[time, time] | None = None
    """Hours (+07:00) in which nothing is asked; may pass midnight."""

    def is_quiet(self, now: float) -> bool:
        """Whether the moment is in the quiet hours."""
        if self.quiet is None:
            return False
        at, (start, end) = datetime.fromtimestamp(now, VIETNAM).time(), self.quiet
        return start <= at < end if start <= end else at >= start or at < end


@dataclass(slots=True)
class HostState:
    """What is remembered of a host from one crawl to the next."""

    host: str
    last_at: float | None = None
    """When its last answer ended or was given up."""

    pause: float = 0.0
    """Seconds of pause to which its refusals have slowed the crawler; 0 if it never was."""

    slowed_at: float | None = None
    """When it was slowed last."""

    hold_until: float | None = None
    """Nothing is asked before."""

    hold_reason: str | None = None
    """The status or reason that made the hold."""

    day: str | None = None
    """Day (+07:00) that ``requests`` counts."""

    requests: int = 0
    """Requests sent on that day."""

    crawl_delay: float = 0.0
    """Seconds that its robots.txt asked for when it was read last."""

    def settle(self, now: float, floor: float) -> None:
        """Bring what was remembered to the present.

        A day of calm halves the pause that refusals have lengthened; a hold that is over is
        forgotten; moments that a wrong clock has put into the future are no reason to wait.
        """
        self.last_at = min(self.last_at, now) if self.last_at is not None else None
        if self.slowed_at is not None:
            self.slowed_at = min(self.slowed_at, now)
        while self.pause and self.slowed_at is not None and now - self.slowed_at >= _CALM:
            self.pause /= 2
            self.slowed_at += _CALM
            if self.pause <= floor:
                self.pause, self.slowed_at = 0.0, None
        if self.hold_until is not None:
            self.hold_until = min(self.hold_until, now + LONGEST_HOLD)
            if self.hold_until <= now:
                self.hold_until = self.hold_reason = None


@dataclass(slots=True)
class Pace:
    """The pace of one host in one crawl; the names of one server share it."""

    state: HostState
    manners: Manners = field(default_factory=Manners)
    _refusals: int = 0  # in a row, for the length of a hold
    _turned_away: int = 0  # in a row, of whatever kind
    _unreachable: int = 0
    _silent: int = 0

    def begin(self, now: float) -> None:
        """A new crawl; see ``HostState.settle``."""
        self.state.settle(now, self.manners.pause)

    @property
    def delay(self) -> float:
        """Seconds between the end of an answer and the next request."""
        return max(self.manners.pause, min(self.state.crawl_delay, SLOWEST), self.state.pause)

    def wait(self, now: float) -> float:
        """Seconds until the next request may be sent; 0 for now."""
        state = self.state
        pause = hold = 0.0
        if state.last_at is not None:
            # a clock that was set back must not stretch the pause
            state.last_at = min(state.last_at, now)
            delay = self.delay * 2 ** min(self._silent, 6)
            pause = state.last_at + max(self.delay, min(delay, SLOWEST)) - now
        if state.hold_until is not None:
            state.hold_until = min(state.hold_until, now + LONGEST_HOLD)
            hold = state.hold_until - now
        return max(pause, hold, 0.0)

    def held_for(self, now: float) -> float:
        """Seconds that a hold still lasts; 0 without one."""
        return max(0.0, min((self.state.hold_until or now) - now, LONGEST_HOLD))

    def closed(self, now: float) -> str | None:
        """Why nothing more is to be asked in this crawl: a reason code; None if it may go on.

        ``held`` (longer than the operator's patience), ``budget``, ``quiet_hours``, ``blocked``
        (refusals in a row), ``down`` (nobody answers).
        """
        if self.held_for(now) > self.manners.patience:
            return "held"
        if self._turned_away >= _MOST_REFUSALS:
            return "blocked"
        if self._unreachable >= _MOST_UNREACHABLE or self._silent >= _MOST_SILENT:
            return "down"
        if self.manners.budget is not None and self.sent_on(now) >= self.manners.budget:
            return "budget"
        return "quiet_hours" if self.manners.is_quiet(now) else None

    def sent_on(self, now: float) -> int:
        """Requests sent on the day of this moment."""
        return self.state.requests if self.state.day == _day(now) else 0

    def sent(self, now: float) -> None:
        """A request leaves."""
        self.state.requests = self.sent_on(now) + 1
        self.state.day = _day(now)
        self.state.last_at = now

    def answered(self, status: int, retry_after: str | None, now: float) -> None:
        """An answer came, whatever it says.

        Args:
            status: HTTP status.
            retry_after: the header as received: seconds or a date (RFC 9110, 10.2.3).
            now: when the answer was complete.
        """
        self.state.last_at = now
        self._silent = self._unreachable = 0
        if status not in (429, 503):
            self._refusals = 0
            return
        self._refusals += 1
        asked = seconds_of(retry_after, now)
        if status == 429 or asked is not None or self._refusals > 1:
            self._slow(now)  # a single 503 may be the fault of one page
        own = min(self.manners.backoff * 2 ** (self._refusals - 1), LONGEST_HOLD)
        self.hold(min(own if asked is None else asked, LONGEST_HOLD), f"http_{status}", now)

    def _slow(self, now: float) -> None:
        # a pause of no time at all (demo papers) has to begin somewhere
        self.state.pause = min(max(2 * self.delay, self.manners.pause, 0.1), SLOWEST)
        self.state.slowed_at = now

    def hold(self, seconds: float, reason: str, now: float) -> None:
        """Ask nothing for some seconds; a longer hold that stands already stays."""
        if now + seconds > (self.state.hold_until or now):
            self.state.hold_until, self.state.hold_reason = now + seconds, reason

    def unanswered(self, reason: str, now: float) -> None:
        """No answer came, or not a whole one."""
        self.state.last_at = now
        self._silent += 1
        self._unreachable = self._unreachable + 1 if reason in UNREACHABLE else 0

    def learn(self, other: HostState | None, now: float) -> None:
        """Take over what another process knows of the host: of two moments the later holds."""
        if other is None:
            return
        other.settle(now, self.manners.pause)
        state = self.state
        state.crawl_delay = max(state.crawl_delay, other.crawl_delay)
        state.last_at = max(state.last_at or 0.0, other.last_at or 0.0) or None
        if (other.hold_until or 0.0) > (state.hold_until or 0.0):
            state.hold_until, state.hold_reason = other.hold_until, other.hold_reason
        if other.pause > state.pause:
            state.pause, state.slowed_at = other.pause, other.slowed_at
        if (other.day or "") > (state.day or ""):
            state.day, state.requests = other.day, other.requests
        elif other.day == state.day:
            state.requests = max(state.requests, other.requests)

    def judged(self, reason: str | None) -> None:
        """What an answer was found to be: a reason code; None for a page of the paper."""
        if reason in REFUSALS:
            self._turned_away += 1
        elif reason is None:
            self._turned_away = 0


def seconds_of(retry_after: str | None, now: float) -> float | None:
    """Seconds that a ``Retry-After`` header asks for; None where it says nothing of use."""
    said = (retry_after or "").strip()
    if said.isascii() and said.isdigit():
        return float(said[:12])
    try:
        until = parsedate_to_datetime(said)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    seconds = until.timestamp() - now
    return seconds if seconds > 0 else None


def _day(now: float) -> str:
    return datetime.fromtimestamp(now, VIETNAM).date().isoformat()
