"""The pace of one host, over all that a server may say: no network, no clock."""

from __future__ import annotations

from datetime import UTC, datetime, time
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baolangson_crawler.failures import GONE, class_of, next_visit
from baolangson_crawler.pacing import (
    LONGEST_HOLD,
    SLOWEST,
    HostState,
    Manners,
    Pace,
    seconds_of,
)

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC).timestamp()  # 10:00 in Vietnam
DAY = 86_400.0


def pace(state: HostState | None = None, **manners: object) -> Pace:
    return Pace(state or HostState("paper.example"), Manners(**manners))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("3", 3.0),
        (" 120 ", 120.0),
        ("0", 0.0),
        ("99999999999999999999", 999_999_999_999.0),
        ("Fri, 20 Nov 2026 03:00:30 GMT", 30.0),
        ("Fri, 20 Nov 2026 10:00:30 +0700", 30.0),
        ("Friday, 20-Nov-26 03:00:30 GMT", 30.0),
        ("Thu, 19 Nov 2026 03:00:00 GMT", None),  # past
        ("-5", None),
        ("soon", None),
        ("3.5", None),
        ("٣", None),
        ("Fri, 99 Nov 2026 99:99:99 GMT", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_read_in_seconds_and_dates(said: str | None, seconds: float | None) -> None:
    assert seconds_of(said, NOW) == seconds


@given(st.text(max_size=60))
def test_any_retry_after_is_harmless(said: str) -> None:
    seconds = seconds_of(said, NOW)
    assert seconds is None or seconds >= 0


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ("3", 3.0),
        (format_datetime(datetime.fromtimestamp(NOW + 90, UTC), usegmt=True), 90.0),
        ("31536000", LONGEST_HOLD),
        ("junk", 60.0),
        (None, 60.0),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_a_refusal_holds_the_whole_host(status: int, said: str | None, held: float) -> None:
    host = pace(pause=0.0)
    host.answered(status, said, NOW)
    assert host.wait(NOW) == held
    assert host.state.hold_reason == f"http_{status}"
    assert host.closed(NOW) == ("held" if held > 300 else None)


def test_refusals_that_do_not_say_how_long_double_the_hold() -> None:
    host, now, holds = pace(), NOW, []
    for _ in range(4):
        host.answered(503, None, now)
        holds.append(host.held_for(now))
        now += holds[-1]
    assert holds == [60, 120, 240, 480]
    host.answered(200, None, now)
    host.answered(503, None, now)
    assert host.held_for(now) == 60


def test_the_pause_grows_with_refusals_and_shrinks_only_after_days_of_calm() -> None:
    host = pace(pause=1.0)
    delays = []
    for status in (200, 429, 200, 429, 200, 200):
        host.answered(status, "0", NOW)
        delays.append(host.delay)
    assert delays == [1, 2, 2, 4, 4, 4]
    for days, expected in ((0.5, 4), (1.1, 2), (2.1, 1), (9, 1)):
        state = HostState("paper.example", pause=4.0, slowed_at=NOW)
        later = pace(state, pause=1.0)
        later.begin(NOW + days * DAY)
        assert later.delay == expected


def test_a_host_without_any_pause_is_slowed_too() -> None:
    host = pace(pause=0.0)
    host.answered(429, "0", NOW)
    assert host.delay == 0.1


@pytest.mark.parametrize(
    ("crawl_delay", "delay"), [(0.5, 1.0), (2.0, 2.0), (86_400.0, SLOWEST), (0.0, 1.0)]
)
def test_the_longer_of_our_pause_and_theirs_holds(crawl_delay: float, delay: float) -> None:
    host = pace(pause=1.0)
    host.state.crawl_delay = crawl_delay
    host.sent(NOW)
    host.answered(200, None, NOW + 5)
    assert host.wait(NOW + 5) == delay
    assert host.wait(NOW + 5 + delay) == 0


def test_a_clock_that_was_set_back_stretches_no_pause() -> None:
    host = pace(HostState("paper.example", last_at=NOW + 9 * DAY), pause=2.0)
    assert host.wait(NOW) == 2.0
    host = pace(HostState("paper.example", hold_until=NOW + 99 * DAY), pause=2.0)
    assert host.wait(NOW) == LONGEST_HOLD


def test_the_budget_is_that_of_a_day_in_vietnam() -> None:
    host = pace(budget=2)
    for _ in range(2):
        assert host.closed(NOW) is None
        host.sent(NOW)
    assert host.closed(NOW) == "budget"
    assert host.closed(NOW + 13.9 * 3600) == "budget"
    assert host.closed(NOW + 14.1 * 3600) is None  # past midnight, +07:00


@pytest.mark.parametrize(
    ("start", "end", "quiet"),
    [
        (time(9), time(11), True),
        (time(10), time(11), True),
        (time(9), time(10), False),
        (time(22), time(11), True),
        (time(22), time(6), False),
    ],
)
def test_quiet_hours_are_those_of_vietnam_and_may_pass_midnight(
    start: time, end: time, quiet: bool
) -> None:
    assert pace(quiet=(start, end)).closed(NOW) == ("quiet_hours" if quiet else None)


@pytest.mark.parametrize(
    ("reasons", "closed"),
    [
        (["dns"] * 4, None),
        (["dns"] * 5, "down"),
        (["connection_refused"] * 5, "down"),
        (["timeout"] * 14, None),
        (["timeout"] * 15, "down"),
        (["dns", "timeout"] * 5, None),
    ],
)
def test_a_host_that_does_not_answer_is_left(reasons: list[str], closed: str | None) -> None:
    host = pace()
    for reason in reasons:
        host.unanswered(reason, NOW)
    assert host.closed(NOW) == closed
    host.answered(200, None, NOW)
    assert host.closed(NOW) is None


def test_a_host_that_turns_us_away_ten_times_in_a_row_is_left() -> None:
    host = pace()
    for reason in ["http_403"] * 9 + ["http_404", None] + ["challenge"] * 9:
        host.judged(reason)
        assert host.closed(NOW) is None
    host.judged("login")
    assert host.closed(NOW) == "blocked"


def test_what_another_process_knows_is_taken_over() -> None:
    host = pace(HostState("paper.example", last_at=NOW, day="2026-11-20", requests=3))
    host.learn(None, NOW)
    host.learn(
        HostState(
            "paper.example",
            last_at=NOW + 1,
            pause=4.0,
            slowed_at=NOW,
            hold_until=NOW + 9,
            hold_reason="http_429",
            day="2026-11-20",
            requests=7,
        ),
        NOW + 1,
    )
    assert (host.state.last_at, host.state.requests, host.delay) == (NOW + 1, 7, 4.0)
    assert host.wait(NOW + 1) == 8.0
    host.learn(HostState("paper.example", last_at=NOW, day="2026-11-19", requests=99), NOW + 1)
    assert (host.state.last_at, host.state.requests) == (NOW + 1, 7)


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["200", "404", "429", "503", "timeout", "dns"]),
        st.sampled_from([None, "0", "3", "junk", "31536000", "-1"]),
        st.floats(0, 100),
    ),
    max_size=40,
)


@given(EVENTS, st.floats(0, 5), st.floats(0, 400))
def test_whatever_a_server_says_the_pause_never_shrinks_in_a_crawl(
    events: list[tuple[str, str | None, float]], pause: float, crawl_delay: float
) -> None:
    host = pace(pause=pause, patience=1e9)
    host.state.crawl_delay = crawl_delay
    now, before = NOW, host.delay
    for what, retry_after, seconds in events:
        now += host.wait(now)
        host.sent(now)
        now += seconds
        if what.isdigit():
            host.answered(int(what), retry_after, now)
        else:
            host.unanswered(what, now)
        assert host.delay >= before >= min(pause, SLOWEST)
        assert host.wait(now) >= min(host.delay, SLOWEST) - 1e-6  # what is left of a float
        assert host.held_for(now) <= LONGEST_HOLD
        before = host.delay


@pytest.mark.parametrize(
    ("reason", "kind", "days"),
    [
        ("timeout", "temporary", [0, 1 / 24, 6 / 24, 1, 3, 7, 14, 30, None]),
        ("http_404", "hard", [0, 1, 7, 30, None]),
        ("soft_404", "hard", [0, 1, 7, 30, None]),
        ("http_429", "blocked", [0] * 12),
        ("robots_disallowed", "forbidden", [1, 7, 30, 30, 30, 30]),
    ],
)
def test_a_failure_is_tried_again_ever_later(
    reason: str, kind: str, days: list[float | None]
) -> None:
    now = datetime(2026, 11, 20, tzinfo=UTC)
    assert class_of(reason) == kind
    for attempts, expected in enumerate(days, 1):
        found = next_visit(reason, attempts, now)
        waited = (found - now).total_seconds() / DAY if found else None
        assert waited == (pytest.approx(expected) if expected is not None else None)


def test_only_what_the_paper_says_is_missing_can_be_gone() -> None:
    assert {class_of(reason) for reason in GONE} == {"hard"}
