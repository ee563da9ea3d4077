"""A step of the plan, the bounds of one backfill, and which step or article is next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

StepKind = Literal["sitemap", "list", "numbers"]
StepState = Literal["waiting", "done", "failed"]
Order = Literal["newest", "oldest"]
FIRST_DAY, LAST_DAY = "0000-00-00", "9999-99-99"


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A place that lists old articles, and how far it was read."""

    address: str
    """A sitemap file, the first page of a list, or ``numbers:newest`` and ``numbers:oldest``."""

    kind: StepKind
    since: str | None = None
    """First day (ISO) of which it may list something; None where nothing says it."""

    until: str | None = None
    """Last such day."""

    position: int = 0
    """The page of a list or the number that is next; of a sitemap, the indexes that lead to it."""

    state: StepState = "waiting"
    left_at: str | None = None
    """First day of the bounds at which a walk was left; it goes on for an earlier one."""

    requests: int = 0
    """Answers that it took."""

    found: int = 0
    """Addresses of articles that these listed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounds:
    """What one backfill is to look for, and from which end it begins."""

    since: str | None = None
    """First day (ISO) of publication; None for the beginning."""

    until: str | None = None
    """Last day."""

    order: Order = "newest"
    ids: bool = False
    """Whether article numbers are tried although lists are known."""

    def holds(self, step: Step) -> bool:
        """Whether a step may list something within the bounds."""
        if step.left_at is not None and (self.since or FIRST_DAY) >= step.left_at:
            return False
        return self.overlaps((step.since, step.until))

    def overlaps(self, period: tuple[str | None, str | None]) -> bool:
        """Whether a first and a last day have a day within the bounds."""
        since, until = period
        begin, end = self.since or FIRST_DAY, self.until or LAST_DAY
        return begin <= (until or LAST_DAY) and (since or FIRST_DAY) <= end

    def next_step(self, steps: Iterable[Step]) -> Step | None:
        """Of the steps that wait, the one whose turn it is.

        Numbers come behind all that lists. A step whose days are known has its place among them;
        one whose days are not is the last of all newest-first, as it mostly repeats, and the first
        oldest-first, as its oldest articles stand at its end. Such lists are read side by side.
        """
        waiting = [step for step in steps if step.state == "waiting" and self.holds(step)]
        return min(waiting, key=self._turn, default=None)

    def _turn(self, step: Step) -> tuple[object, ...]:
        newest = self.order == "newest"
        day = step.until if newest else step.since
        if day is None:
            place = 1 if newest else -1
            return (step.kind == "numbers", place, 0, step.position, step.address)
        turn = date.fromisoformat(day).toordinal()
        # the range behind the oldest known number has its turn after the gaps between them
        return (step.kind == "numbers", 0, -turn if newest else turn, 0, step.address)

    def step_first(self, step: Step, day: str | None) -> bool:
        """Whether a step is asked before the next article that waits is.

        Args:
            step: whose turn it is.
            day: of the article, where it is known.
        """
        if step.kind == "numbers":
            return False
        if self.order == "oldest":
            return step.since is None or day is None or step.since <= day
        return step.until is not None and (day is None or step.until > day)
