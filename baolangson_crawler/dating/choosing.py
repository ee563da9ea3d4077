"""Which of a page's statements of its own age to believe, and how far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from baolangson_crawler.dating.clock import DOUBTFUL, VIETNAM
from baolangson_crawler.dating.line import Reading, Role
from baolangson_crawler.dating.statements import (
    LATEST_AHEAD,
    ORDER,
    Statement,
    day_of,
    has_hour,
    is_whole_hours_off,
    minute_of,
    statements,
)
from baolangson_crawler.items import Article, Moment, PrintedDate

# Confidence by how the statements of a page stand to each other.
_SAME_MINUTE = 1.0
_SAME_DAY_ONE_WITHOUT_HOUR = 0.95
_ONE_WITH_HOUR = 0.9
_WRONG_OFFSET = 0.9
_SAME_DAY_OTHER_HOUR = 0.8
_ONE_WITHOUT_HOUR = 0.8
_WRONG_OFFSET_WITHOUT_HOUR = 0.75
_FROM_ADDRESS = 0.6
_OTHER_DAY = 0.5

# From the time in an address to the print: a month stands for its first day, and a draft may lie.
_SOONEST, _LATEST = timedelta(days=-1), timedelta(days=62)

# A program that stamps its answer with now() is seconds off the fetch; printed minutes round.
_OF_THE_ANSWER = timedelta(minutes=2)


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
      unless it is itself doubtful (0.5 or less), counted back from the fetch, or shows the moment
      of the fetch, as the clock in a page head does: then the machine's (0.5).
    - Visible or machine alone: 0.9 with an hour, 0.8 without; 0.5 where it is the fetch itself (a
      visible one to a quarter of an hour, a machine's to two minutes) and the address does not
      name that day. "2 giờ trước" only where nothing else is stated; the date in the address last
      (0.6). Printed before the address was made or two months after: 0.5.
    - Digits that are a day in both orders ("5/6/2026") are read day first, unless another
      statement bears out the other order or day first lies in the future.

    Moments are given with Vietnam's offset, whatever the page states: +07:00. Where the visible
    date is the stated modification's, an earlier machine date is the publication. `method` is the
    source, the rule and what speaks against it: ``visible:day-month-year?weekday``.

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
    if published.method.startswith("visible") and minute_of(published.at) == minute_of(modified.at):
        by_machine = ("time", "meta", "json-ld")
        stated = [printed for printed in printed_dates if printed.source in by_machine]
        machine = _moment(stated, "published", fetched_at)
        if machine and machine.at and _is_earlier(machine.at, published.at, modified):
            return machine
    return published


def _is_earlier(machine: datetime, shown: datetime, modified: Moment) -> bool:
    """Whether a machine date is the publication before the change that is shown.

    Where only the word "Cập nhật" tells of a change, whole hours are a wrong offset.
    """
    if modified.method.startswith("visible") and is_whole_hours_off(shown, machine):
        return False
    return minute_of(machine) < minute_of(shown)


def _moment(
    printed_dates: Sequence[PrintedDate], role: Role, fetched_at: datetime
) -> Moment | None:
    """The moment of one role."""
    if found := statements(printed_dates, role, fetched_at):
        return _choose(found, fetched_at)
    raw = next((printed.raw for printed in printed_dates if printed.role == role), None)
    return None if raw is None else Moment(at=None, raw=raw, method="unread", confidence=0.0)


def _is_later(modified: Moment, published: Moment | None) -> bool:
    """Whether a modification says something that the publication does not."""
    if modified.at is None:
        return False
    if published is None or published.at is None:
        return True
    return minute_of(modified.at) > minute_of(published.at)


def _choose(found: Sequence[Statement], fetched_at: datetime) -> Moment:
    """The statement to believe, by the ranks that `date` describes."""
    visible, machine, counted, address = _by_rank(found)
    if visible and machine:
        moment = _weigh(visible, machine, fetched_at)
    elif visible or machine:
        moment = _first_with_hour(visible or machine)
    elif counted:
        moment = _as_moment(counted[0], counted[0].reading.confidence)
    else:
        return _as_moment(_most_precise(address), _FROM_ADDRESS)
    if not all(_SOONEST <= moment.at - a.reading.at <= _LATEST for a in address if moment.at):
        return _doubted(moment, "address")
    if any(_names_day(a.reading, moment) for a in address) or (visible and machine):
        return moment
    if _is_of_fetch(moment, visible, fetched_at) or (
        machine and _is_stamped_at_fetch(moment, counted, fetched_at)
    ):
        return _doubted(moment, "fetch")
    return moment


def _by_rank(found: Sequence[Statement]) -> tuple[list[Statement], ...]:
    """Visible, machine, counted back or without a day, from the address."""
    ranks: tuple[list[Statement], ...] = ([], [], [], [])
    for statement in found:
        source, reading = statement.printed.source, statement.reading
        if source == "url":
            rank = 3
        elif reading.rule in ("ago", "just-now") or reading.precision in ("month", "year"):
            rank = 2
        else:
            rank = 0 if source == "visible" else 1
        ranks[rank].append(statement)
    return ranks


def _most_precise(address: Sequence[Statement]) -> Statement:
    """The time in an address rather than the month in it."""
    return min(
        address, key=lambda s: ("second", "minute", "day", "month").index(s.reading.precision)
    )


def _first_with_hour(found: Sequence[Statement]) -> Moment:
    """The first statement with an hour, else the first; less sure where the days differ."""
    chosen = next((s for s in found if has_hour(s.reading)), found[0])
    sure = _ONE_WITH_HOUR if has_hour(chosen.reading) else _ONE_WITHOUT_HOUR
    if any(_agreement(chosen.reading, s.reading) == _OTHER_DAY for s in found):
        sure = _OTHER_DAY
    return _as_moment(chosen, min(sure, chosen.reading.confidence))


def _weigh(
    visible: Sequence[Statement], machine: Sequence[Statement], fetched_at: datetime
) -> Moment:
    """The best-matched pair of a visible and a machine date, and which of the two to keep."""
    pairs = [(v, m, _agreement(v.reading, m.reading)) for v in visible for m in machine]
    shown, stated, sure = max(pairs, key=lambda pair: (pair[2], _states_hour(*pair[:2])))
    moment = _of_pair(shown, stated, sure, fetched_at)
    return _doubted(moment, ORDER) if ORDER in shown.reading.doubts else moment


def _states_hour(shown: Statement, stated: Statement) -> bool:
    """Whether one of a pair knows the hour, which the pair then keeps."""
    return has_hour(shown.reading) or has_hour(stated.reading)


def _of_pair(shown: Statement, stated: Statement, sure: float, fetched_at: datetime) -> Moment:
    """The moment that a visible and a machine date state together."""
    if sure == _SAME_MINUTE:
        if shown.reading.precision == "second" != stated.reading.precision:
            return _as_moment(shown, sure)
        return _as_moment(stated, sure)
    if sure == _SAME_DAY_ONE_WITHOUT_HOUR:
        better = shown if has_hour(shown.reading) or not has_hour(stated.reading) else stated
        return _as_moment(better, sure)
    if sure == _WRONG_OFFSET_WITHOUT_HOUR:
        return replace(
            _as_moment(stated, sure),
            at=stated.reading.at.replace(tzinfo=VIETNAM),
            method=f"{_method(stated)}?offset",
        )
    if sure == _OTHER_DAY and _is_doubtful(shown, fetched_at):
        return _as_moment(stated, sure)
    return _as_moment(shown, min(sure, shown.reading.confidence))


def _agreement(shown: Reading, stated: Reading) -> float:
    """How far two readings bear each other out."""
    if shown.precision != "day" != stated.precision and minute_of(shown.at) == minute_of(stated.at):
        return _SAME_MINUTE
    same_day = day_of(shown) == day_of(stated)
    if not (has_hour(shown) and has_hour(stated)):
        if same_day:
            return _SAME_DAY_ONE_WITHOUT_HOUR
        if has_hour(stated) and stated.at.date() == shown.at.date():
            return _WRONG_OFFSET_WITHOUT_HOUR
        return _OTHER_DAY
    if is_whole_hours_off(shown.at, stated.at):
        return _WRONG_OFFSET
    return _SAME_DAY_OTHER_HOUR if same_day else _OTHER_DAY


def _is_doubtful(shown: Statement, fetched_at: datetime) -> bool:
    """Whether a visible date that a machine date contradicts is weak itself, or a page clock."""
    if shown.reading.confidence <= DOUBTFUL or shown.is_counted:
        return True
    return _shows_fetch(shown.reading, fetched_at)


def _shows_fetch(reading: Reading, fetched_at: datetime) -> bool:
    if has_hour(reading):
        return abs(fetched_at - reading.at) <= LATEST_AHEAD
    return day_of(reading) == fetched_at.astimezone(VIETNAM).date()


def _is_of_fetch(moment: Moment, visible: Sequence[Statement], fetched_at: datetime) -> bool:
    """Whether the chosen visible date is that of the fetch: as likely the clock of the page."""
    return any(
        s.printed.raw == moment.raw and not s.is_counted and _shows_fetch(s.reading, fetched_at)
        for s in visible
    )


def _is_stamped_at_fetch(
    moment: Moment, counted: Sequence[Statement], fetched_at: datetime
) -> bool:
    """Whether a machine date that nothing on the page shows is the time of the answer itself."""
    if moment.at is None or abs(fetched_at - moment.at) > _OF_THE_ANSWER:
        return False
    return all(abs(s.reading.at - moment.at) > LATEST_AHEAD for s in counted)


def _names_day(address: Reading, moment: Moment) -> bool:
    """Whether the address states the very day of a moment; a month says too little of a day."""
    if moment.at is None or address.precision == "month":
        return False
    return day_of(address) == moment.at.astimezone(VIETNAM).date()


def _doubted(moment: Moment, doubt: str) -> Moment:
    """The moment at half confidence, with the reason in its method."""
    told = doubt in moment.method.split("?")[1:]
    method = moment.method if told else f"{moment.method}?{doubt}"
    return replace(moment, confidence=min(moment.confidence, DOUBTFUL), method=method)


def _method(statement: Statement) -> str:
    """Source, rule and doubts: ``visible:day-month-year?weekday``."""
    printed, reading = statement
    return "?".join((f"{printed.source}:{reading.rule}", *reading.doubts))


def _as_moment(statement: Statement, confidence: float) -> Moment:
    printed, reading = statement
    return Moment(
        at=reading.at.astimezone(VIETNAM),
        raw=printed.raw,
        method=_method(statement),
        confidence=confidence,
        precision=reading.precision,
    )
