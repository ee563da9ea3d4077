"""When each story was published, computed from its number alone. Knows no text."""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta, timezone
from hashlib import blake2b

from baolangson_crawler.demo.papers import DemoPaper

VIETNAM = timezone(timedelta(hours=7))
LAST_DAY = date(2026, 11, 20)
SEED_MOMENT = datetime(2020, 7, 21, 8, 54, tzinfo=VIETNAM)

# The desk works from six to ten: the minutes between are the scale on which stories are placed.
_FIRST_HOUR = 6
_DAY = 16 * 60
_PORTAL_DAYS = (LAST_DAY - SEED_MOMENT.date()).days
_DAYS = {"portal": _PORTAL_DAYS, "fck": 12 * 365, "zce": 12 * 365}
_WIDEST_SLOT = {"portal": _PORTAL_DAYS * _DAY, "fck": 1040, "zce": 1040}
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def chance(paper: DemoPaper, number: int, what: str) -> int:
    """A large number that depends on the story and the question only."""
    name = f"{paper.key}:{number}:{what}".encode()
    return int.from_bytes(blake2b(name, digest_size=6).digest(), "big")


def published(paper: DemoPaper, number: int) -> datetime:
    """The minute in which a story was published; a higher number is always later."""
    if paper.family == "portal" and number == 1:
        return SEED_MOMENT
    slot = min(_WIDEST_SLOT[paper.family], _DAYS[paper.family] * _DAY // paper.last)
    back = (paper.last - number) * slot + chance(paper, number, "minute") % slot
    days, minutes = divmod(back, _DAY)
    last_minute = datetime.combine(LAST_DAY, time(_FIRST_HOUR), VIETNAM) + timedelta(
        minutes=_DAY - 1
    )
    return last_minute - timedelta(days=days, minutes=minutes)


def modified(paper: DemoPaper, number: int) -> datetime | None:
    """When a story was changed after it was published; most are not."""
    if paper.family != "zce" or chance(paper, number, "modified") % 4:
        return None
    return published(paper, number) + timedelta(minutes=2 + chance(paper, number, "later") % 170)


def first_since(paper: DemoPaper, moment: datetime) -> int:
    """Number of the first story that was published at the moment or later."""
    numbers = range(1, paper.articles + 1)
    return 1 + bisect_left(numbers, moment, key=lambda number: published(paper, number))


def rfc_822(moment: datetime, zone: str = "+0700") -> str:
    """The moment as a feed prints it: ``Fri, 20 Nov 2026 17:05:00 +0700``."""
    return (
        f"{_WEEKDAYS[moment.weekday()]}, {moment.day:02} {_MONTHS[moment.month - 1]} "
        f"{moment.year} {moment:%H:%M:%S} {zone}"
    )


def http_date(moment: datetime) -> str:
    """The moment as HTTP prints it: ``Fri, 20 Nov 2026 10:05:00 GMT``."""
    return rfc_822(moment.astimezone(UTC), "GMT")
