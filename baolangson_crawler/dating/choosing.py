"""Which of a page's statements of its own age to believe, and how far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date as calendar_date
from datetime import datetime, time, timedelta
from typing import Literal, NamedTuple

from baolangson_crawler.dating.clock import DOUBTFUL, VIETNAM
from baolangson_crawler.dating.line import Reading
from baolangson_crawler.dating.reading import read_date
from baolangson_crawler.items import Article, Moment, PrintedDate

EARLIEST = datetime(1990, 1, 1, tzinfo=VIETNAM)
"""No paper was on the web before; 1970-01-01 and its like are fill-ins."""

LATEST_AHEAD = timedelta(minutes=15)
"""How far a server's clock may run ahead of ours."""

# Confidence by how the statements of a page stand to each other.
_SAME_MINUTE = 1.0
_SAME_DAY_ONE_WITHOUT_HOUR = 0.95
_ONE_WITH_HOUR = 0.9
_WRONG_OFFSET = 0.9
_SAME_DAY_OTHER_HOUR = 0.8
_ONE_WITHOUT_HOUR = 0.8
_FROM_ADDRESS = 0.6
_OTHER_DAY = 0.5

_FARTHEST_OFFSET = timedelta(hours=14)
_ADDRESS_SLACK = timedelta(days=62)  # a month in the address, and a month from draft to print


class _Statement(NamedTuple):
    """A printed date and what it was read as."""

    printed: PrintedDate
    reading: Reading


def date(article: Article, fetched_at: datetime) -> Article:
    """The article with `published` and `modified` chosen from its printed dates.

    What is later than the fetch by more than a quarter of an hour or before 1990 counts as not
    read. Of the rest:

    - The visible date is believed: it is what the paper's readers see and complain about. The
      machine's (``time``, ``meta``, ``json-ld``) adds seconds where both agree to the minute
      (confidence 1), or the hour where only the day is visible (0.95).
    - Apart by whole hours up to 14: the machine's offset is wrong, as in WordPress (local time
      with +00:00) and VnExpress in 2018 (+08:00); the visible one stands (0.9).
    - Other minutes on the same day: the visible one (0.8); other days: the visible one (0.5),
      unless it is itself doubtful (0.5 or less) or shows the moment of the fetch, as the clock in
      a page head does: then the machine's (0.5).
    - Visible or machine alone: 0.9 with an hour, 0.8 without. "2 giờ trước" only where nothing
      else is stated; the date in the address last (0.6), and two months away from it costs trust.

    Moments are given with Vietnam's offset, whatever the page states: +07:00. Where the visible
    date is the stated modification's, an earlier machine date is the publication.

    No reading: a `Moment` without `at` keeps the first string. No string: `published` is None.
    `modified` is kept only if it was read and is later, by the minute, than `published`.
    """
    modified = _moment(article.printed_dates, "modified", fetched_at)
    published = _published(article.printed_dates, modified, fetched_at)
    if modified and not _is_later(modified, published):
        modified = None
    return replace(article, published=published, modified=modified)


def _published(
    printed_dates: Sequence[PrintedDate], modified: Moment | None, fetched_at: datetime
) -> Moment | None:
    """The moment of publication; a visible date that is the modification's says nothing of it."""
    published = _moment(printed_dates, "published", fetched_at)
    if not (published and published.at and modified and modified.at):
        return published
    if published.method.startswith("visible") and _minute(published.at) == _minute(modified.at):
        stated = [printed for printed in printed_dates if printed.source != "visible"]
        machine = _moment(stated, "published", fetched_at)
        if machine and machine.at and _minute(machine.at) < _minute(published.at):
            return machine
    return published


def _moment(
    printed_dates: Sequence[PrintedDate],
    role: Literal["published", "modified"],
    fetched_at: datetime,
) -> Moment | None:
    """The moment of one role."""
    candidates = [printed for printed in printed_dates if printed.role == role]
    if not candidates:
        return None
    statements = [
        _Statement(printed, reading)
        for printed in candidates
        if (reading := read_date(printed.raw, fetched_at)) and _is_plausible(reading, fetched_at)
    ]
    if not statements:
        return Moment(at=None, raw=candidates[0].raw, method="unread", confidence=0.0)
    return _choose(statements, fetched_at)


def _is_plausible(reading: Reading, fetched_at: datetime) -> bool:
    return EARLIEST <= reading.at <= fetched_at + LATEST_AHEAD


def _is_later(modified: Moment, published: Moment | None) -> bool:
    """Whether a modification says something that the publication does not."""
    if modified.at is None:
        return False
    if published is None or published.at is None:
        return True
    return _minute(modified.at) > _minute(published.at)


def _choose(statements: Sequence[_Statement], fetched_at: datetime) -> Moment:
    """The statement to believe, by the ranks that `date` describes."""
    visible, machine, counted, address = _by_rank(statements)
    if visible and machine:
        moment = _weigh(visible, machine, fetched_at)
    elif visible or machine:
        moment = _first_with_hour(visible or machine)
    elif counted:
        moment = _as_moment(counted[0], counted[0].reading.confidence)
    else:
        return _as_moment(address[0], _FROM_ADDRESS)
    if moment.at and any(abs(moment.at - a.reading.at) > _ADDRESS_SLACK for a in address):
        return replace(moment, confidence=min(moment.confidence, DOUBTFUL))
    return moment


def _by_rank(statements: Sequence[_Statement]) -> tuple[list[_Statement], ...]:
    """Visible, machine, counted back or without a day, from the address."""
    ranks: tuple[list[_Statement], ...] = ([], [], [], [])
    for statement in statements:
        source, reading = statement.printed.source, statement.reading
        if source == "url":
            rank = 3
        elif reading.rule in ("ago", "just-now") or reading.precision in ("month", "year"):
            rank = 2
        else:
            rank = 0 if source == "visible" else 1
        ranks[rank].append(statement)
    return ranks


def _first_with_hour(statements: Sequence[_Statement]) -> Moment:
    """The first statement with an hour, else the first; less sure where the days differ."""
    chosen = next((s for s in statements if _has_hour(s.reading)), statements[0])
    sure = _ONE_WITH_HOUR if _has_hour(chosen.reading) else _ONE_WITHOUT_HOUR
    if any(_agreement(chosen.reading, s.reading) == _OTHER_DAY for s in statements):
        sure = _OTHER_DAY
    return _as_moment(chosen, min(sure, chosen.reading.confidence))


def _weigh(
    visible: Sequence[_Statement], machine: Sequence[_Statement], fetched_at: datetime
) -> Moment:
    """The best-matched pair of a visible and a machine date, and which of the two to keep."""
    pairs = [(v, m, _agreement(v.reading, m.reading)) for v in visible for m in machine]
    shown, stated, sure = max(pairs, key=lambda pair: (pair[2], _has_hour(pair[0].reading)))
    if sure == _SAME_MINUTE:
        if shown.reading.precision == "second" != stated.reading.precision:
            return _as_moment(shown, sure)
        moment = _as_moment(stated, sure)
        return replace(moment, at=stated.reading.at.astimezone(shown.reading.at.tzinfo))
    if sure == _SAME_DAY_ONE_WITHOUT_HOUR:
        better = shown if _has_hour(shown.reading) or not _has_hour(stated.reading) else stated
        return _as_moment(better, sure)
    if sure == _OTHER_DAY and _is_doubtful(shown.reading, fetched_at):
        return _as_moment(stated, sure)
    return _as_moment(shown, min(sure, shown.reading.confidence))


def _agreement(shown: Reading, stated: Reading) -> float:
    """How far two readings bear each other out."""
    if shown.precision != "day" != stated.precision and _minute(shown.at) == _minute(stated.at):
        return _SAME_MINUTE
    same_day = _day(shown) == _day(stated)
    if not (_has_hour(shown) and _has_hour(stated)):
        return _SAME_DAY_ONE_WITHOUT_HOUR if same_day else _OTHER_DAY
    gap = abs(_minute(shown.at) - _minute(stated.at))
    if gap <= _FARTHEST_OFFSET and gap % timedelta(hours=1) == timedelta(0):
        return _WRONG_OFFSET
    return _SAME_DAY_OTHER_HOUR if same_day else _OTHER_DAY


def _is_doubtful(shown: Reading, fetched_at: datetime) -> bool:
    """Whether a visible date that a machine date contradicts is weak itself, or a page clock."""
    if shown.confidence <= DOUBTFUL:
        return True
    if _has_hour(shown):
        return abs(fetched_at - shown.at) <= LATEST_AHEAD
    return _day(shown) == fetched_at.astimezone(VIETNAM).date()


def _has_hour(reading: Reading) -> bool:
    """Whether an hour is stated; midnight to the second is a bare day filled up by a program."""
    return reading.precision == "minute" or (
        reading.precision == "second" and reading.at.time() != time()
    )


def _day(reading: Reading) -> calendar_date:
    """The day in Vietnam; a bare day is itself, whatever offset was added to it."""
    at = reading.at
    return at.astimezone(VIETNAM).date() if _has_hour(reading) else at.date()


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _as_moment(statement: _Statement, confidence: float) -> Moment:
    printed, reading = statement
    return Moment(
        at=reading.at.astimezone(VIETNAM),
        raw=printed.raw,
        method=f"{printed.source}:{reading.rule}",
        confidence=confidence,
        precision=reading.precision,
    )
