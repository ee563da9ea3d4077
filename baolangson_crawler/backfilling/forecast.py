"""How long the rest takes at the polite pace, and what a plan comes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

_DAY = 86_400.0


def days_left(
    requests: float,
    seconds: float,
    budget: int | None = None,
    quiet: tuple[time, time] | None = None,
) -> float:
    """Days that so many requests take.

    Args:
        requests: still to be sent.
        seconds: from one request to the next.
        budget: requests on one day at most.
        quiet: hours in which nothing is asked; may pass midnight.
    """
    awake = _DAY
    if quiet is not None:
        start, end = (datetime.combine(date.min, moment) for moment in quiet)
        awake -= ((end - start) % timedelta(days=1)).total_seconds()
    daily = awake / seconds if seconds > 0 else float("inf")
    if budget is not None:
        daily = min(daily, budget)
    return requests / daily if daily else float("inf")


@dataclass(frozen=True, kw_only=True, slots=True)
class Outlook:
    """What is left of the plan of a site, within the bounds."""

    waiting: int = 0
    """Articles that are found and not fetched."""

    files: int = 0
    """Sitemap files that are not read."""

    lists: int = 0
    """Lists that are not walked to their end."""

    numbers: int = 0
    """Numbers between known ones of which nothing is known, where they are to be tried."""

    articles_a_file: float | None = None
    """Mean of the sitemap files that were read; None where none was."""

    failed: int = 0
    """Steps that failed and are tried again by the next backfill."""

    @property
    def articles(self) -> int:
        """Articles still expected, as far as anything says so."""
        return self.waiting + round(self.files * (self.articles_a_file or 0))

    @property
    def requests(self) -> int:
        """Requests still expected; a list that is walked counts as one, as its end is unknown."""
        return self.articles + self.files + self.lists + self.numbers

    @property
    def is_open(self) -> bool:
        """Whether more may come of it than is counted here."""
        return self.lists > 0 or (self.files > 0 and self.articles_a_file is None)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left to ask."""
        return not (self.waiting or self.files or self.lists or self.numbers)
