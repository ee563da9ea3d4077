"""When an article that is held is worth another look: by its age, and by how its paper edits.

``docs/revisits.md`` shows the bands as a table. Knows neither network nor clock nor archive: every
moment and every number is passed in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Band:
    """Articles of one age, and the pause between two looks at one of them."""

    name: str
    until: timedelta
    """Age at which the next band begins."""

    usual: timedelta
    """Pause where one look in twenty finds a change."""

    shortest: timedelta
    longest: timedelta


BANDS = (
    Band("hours", 2 * _HOUR, 45 * _MINUTE, 20 * _MINUTE, 50 * _MINUTE),
    Band("day", _DAY, 8 * _HOUR, 2 * _HOUR, _DAY),
    Band("week", 7 * _DAY, _DAY, 6 * _HOUR, 3 * _DAY),
    Band("month", 30 * _DAY, 7 * _DAY, _DAY, 14 * _DAY),
    Band("year", 365 * _DAY, 30 * _DAY, 7 * _DAY, 90 * _DAY),
    Band("older", timedelta.max, 365 * _DAY, 90 * _DAY, 730 * _DAY),
)

LISTED = "listed"
"""In place of a band's name: looks because a source said that the article has changed."""

SECOND_LOOK = 10 * _MINUTE
"""An article that is missing is looked for again after this, in another crawl."""

MASS = 5
"""So many articles may go in one crawl; of more, a second half must still be there."""

BELIEVED_AT_LAST = 7 * _DAY
"""What is missing for so long has gone, however many have gone with it."""

_AIM = 0.05  # looks of a hundred that ought to find a change
_PRIOR = 20.0  # looks that say as much as what is supposed of a paper before the first
_CLOSER = 2  # bands by which a change brings an old article nearer to the new ones
_JITTER = 0.2  # of a pause, by which some articles are looked at earlier than others
_TRUST = ((0.5, timedelta(0)), (0.1, 6 * _HOUR))
_MISTRUST = _DAY


@dataclass(frozen=True, slots=True)
class Habit:
    """What the looks at the articles of one site and band have found so far."""

    visits: int = 0
    changes: int = 0
    pauses: float = 0.0
    """Time between the looks, in usual pauses of the band, summed."""

    @property
    def rate(self) -> float:
        """Changes in one usual pause; shrunk towards what is aimed at while little is known."""
        return (self.changes + _PRIOR * _AIM) / (self.pauses + _PRIOR)


Habits = Mapping[str, Habit]
"""Of one site, by the names of bands and ``LISTED``."""


def band_of(age: timedelta) -> Band:
    """The band of an age; an article from the future is new."""
    return next(band for band in BANDS if age < band.until)


def watched_as(now: datetime, published: datetime, changed: datetime | None) -> Band:
    """The band by which an article is looked at.

    Args:
        now: when.
        published: when the paper printed it, else when it was first seen.
        changed: when it was last found changed, or there again.
    """
    own = BANDS.index(band_of(now - published))
    since = BANDS.index(band_of(now - changed)) if changed else own
    return BANDS[min(own, max(since, own - _CLOSER))]


def pause(band: Band, habit: Habit, key: str) -> timedelta:
    """Until the next look: ``band.usual`` by the site's habit, within the bounds of the band.

    Where changes are twice as frequent, the pause is half as long. ``key``, the article's identity,
    decides by how much of a fifth it is shortened, so that looks spread.
    """
    tuned = band.usual * (_AIM / habit.rate)
    bounded = min(max(tuned, band.shortest), band.longest)
    return max(bounded * (1 - _JITTER * spread(key)), band.shortest)


def pause_when_gone(missing_since: datetime, now: datetime) -> timedelta:
    """Until the next look at an article that has gone: as long as it has been away.

    A day at least, a year at most.
    """
    return min(max(now - missing_since, _DAY), 365 * _DAY)


def pause_when_announced(habit: Habit) -> timedelta:
    """How old the last look must be before a source's word that there is a change is acted on.

    Nothing while every other such look finds one (a site of which little is known is believed);
    six hours, or a day, where the site's statements are mostly in vain.
    """
    rate = (habit.changes + 3) / (habit.visits + 4)
    return next((wait for share, wait in _TRUST if rate >= share), _MISTRUST)


def is_mass(missing: int, present: int, *, answered: bool) -> bool:
    """Whether more went in one crawl than articles go: rather the paper's server is at fault.

    Args:
        missing: articles that were missing.
        present: articles that were there.
        answered: whether anything was there at all, a list for one.
    """
    return not answered or (missing > MASS and missing > present)


def spread(key: str) -> float:
    """A number in [0, 1) that only the key decides."""
    return int.from_bytes(blake2b(key.encode(), digest_size=4).digest(), "big") / 2**32
