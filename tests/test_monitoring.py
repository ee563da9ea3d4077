"""The watch: what is expected of a paper, when it is silent, when its pages have changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from math import exp, factorial, radians, sin

import pytest

from baolangson_crawler.monitoring import (
    Drift,
    Expectation,
    Silence,
    SiteDay,
    drifts,
    expectation_on,
    of_drifts,
    of_silence,
    silence,
)
from baolangson_crawler.monitoring.expectation import LEAST_HISTORY, _tail
from baolangson_crawler.monitoring.holidays import TET, output_on
from bench import drift
from bench.silence import false_alarms, large, monthly, silences, within

MONDAY = date(2026, 6, 1)


def days(counts: Sequence[int], first: date = MONDAY, **numbers: int) -> list[SiteDay]:
    return [
        SiteDay(day=first + timedelta(n), articles=count, crawls=1, **numbers)
        for n, count in enumerate(counts)
    ]


def new_moons(year: int) -> list[date]:
    """Days of new moon in Vietnam, by Meeus, Astronomical Algorithms, chapter 49."""
    found = []
    first = int((year - 2000) * 12.3685) - 1
    for k in range(first, first + 16):
        t = k / 1236.85
        sun = radians(2.5534 + 29.10535670 * k)
        moon = radians(201.5643 + 385.81693528 * k + 0.0107582 * t * t)
        node = radians(160.7108 + 390.67050284 * k - 0.0016118 * t * t)
        julian = (
            2451550.09766 + 29.530588861 * k + 0.00015437 * t * t
            - 0.40720 * sin(moon) + 0.17241 * sin(sun) + 0.01608 * sin(2 * moon)
            + 0.01039 * sin(2 * node) + 0.00739 * sin(moon - sun) - 0.00514 * sin(moon + sun)
            + 0.00208 * sin(2 * sun) - 0.00111 * sin(moon - 2 * node)
            - 0.00057 * sin(moon + 2 * node) + 0.00056 * sin(2 * moon + sun)
            - 0.00042 * sin(3 * moon) + 0.00042 * sin(sun + 2 * node)
            + 0.00038 * sin(sun - 2 * node) - 0.00024 * sin(2 * moon - sun)
        )  # fmt: skip
        moment = datetime(2000, 1, 1, 12, tzinfo=UTC) + timedelta(julian - 2451545.0, seconds=-70)
        found.append((moment + timedelta(hours=7)).date())
    return found


@pytest.mark.parametrize("year", TET)
def test_tet_is_the_first_new_moon_from_21_january_on(year: int) -> None:
    assert min(day for day in new_moons(year) if day >= date(year, 1, 21)) == TET[year]


def test_tet_is_known_from_2020_to_2040() -> None:
    assert list(TET) == list(range(2020, 2041))


@pytest.mark.parametrize(
    ("day", "output"),
    [
        ("2026-02-13", 1.0),
        ("2026-02-14", 0.4),
        ("2026-02-16", 0.1),
        ("2026-02-17", 0.1),
        ("2026-02-22", 0.4),
        ("2026-02-25", 1.0),
        ("2026-09-02", 0.5),
        ("2026-09-03", 1.0),
        ("2041-02-01", 1.0),
    ],
)
def test_little_is_relied_on_around_holidays(day: str, output: float) -> None:
    assert output_on(date.fromisoformat(day)) == output


def poisson(count: int, mean: float) -> float:
    return sum(exp(-mean) * mean**n / factorial(n) for n in range(count + 1))


@pytest.mark.parametrize(("count", "mean"), [(0, 3.0), (1, 6.0), (4, 12.5), (20, 30.0)])
def test_with_little_dispersion_the_tail_is_that_of_poisson(count: int, mean: float) -> None:
    assert _tail(count, mean, 1.0001) == pytest.approx(poisson(count, mean), rel=0.01)


def test_the_tail_without_articles_is_that_of_the_negative_binomial() -> None:
    assert _tail(0, 6.0, 2.0) == pytest.approx(2.0**-6)


def test_the_tail_grows_with_the_count_and_with_dispersion_and_ends_at_one() -> None:
    tails = [_tail(count, 800.0, 3.0) for count in range(0, 801, 40)]
    assert tails == sorted(tails)
    assert 0 < tails[-2] < tails[-1] == 1
    assert 0 < _tail(400, 800.0, 3.0) < _tail(400, 800.0, 9.0) < 1


def test_weekends_are_expected_to_be_as_they_were() -> None:
    counts = [20, 20, 20, 20, 20, 10, 4] * 8
    usual = Expectation.learned((day.day, day.articles) for day in days(counts))
    assert usual is not None
    assert [round(usual.on(MONDAY + timedelta(n))) for n in range(7)] == [20] * 5 + [11, 5]


def test_a_flood_is_one_busy_day() -> None:
    counts = [9, 10, 11, 10, 9, 10, 11] * 8
    flooded = [*counts[:30], 5_000, *counts[31:]]
    usual, after = (
        Expectation.learned((day.day, day.articles) for day in days(each))
        for each in (counts, flooded)
    )
    assert usual is not None
    assert after is not None
    assert after.on(MONDAY) == pytest.approx(usual.on(MONDAY), rel=0.05)
    assert after.dispersion == pytest.approx(usual.dispersion, rel=0.1)


def test_holidays_teach_nothing() -> None:
    first = date(2026, 1, 20)
    quiet = [0 if output_on(first + timedelta(n)) < 1 else 10 for n in range(56)]
    usual = Expectation.learned((day.day, day.articles) for day in days(quiet, first))
    assert usual is not None
    assert usual.on(date(2026, 3, 18)) == pytest.approx(10)
    assert usual.on(TET[2026]) == pytest.approx(1)


def test_nothing_is_expected_before_two_weeks_of_history() -> None:
    assert Expectation.learned((d.day, 9) for d in days([9] * (LEAST_HISTORY - 1))) is None
    assert Expectation.learned((d.day, 9) for d in days([9] * LEAST_HISTORY)) is not None
    assert Expectation.learned((d.day, 0) for d in days([0] * 56)) is None


def test_a_pause_does_not_lower_what_is_expected_of_today() -> None:
    usual = expectation_on(days([12] * 56 + [0] * 40))
    assert usual is not None
    assert usual.on(MONDAY) == pytest.approx(12)


def crawled(day: SiteDay, crawls: int) -> SiteDay:
    return replace(day, crawls=crawls)


@pytest.mark.parametrize(
    ("usual", "quiet", "said"),
    [
        ([20] * 56, [0], None),  # today, which is not over
        ([20] * 56, [0, 0], 1),
        ([3] * 56, [0, 0], None),
        ([3] * 56, [0, 0, 0], 2),
        ([1] * 56, [0] * 4, None),
        ([1] * 56, [0] * 8, 7),
        ([0, 0, 1] * 20, [0] * 10, None),
        ([0, 0, 1] * 20, [0] * 21, 20),
        ([20] * 56, [0] * 200, 199),
        ([20] * 56, [4, 4, 4], 2),
        ([20] * 56, [14, 14, 14], None),
        ([20] * 13, [0, 0, 0, 0], None),
        ([20] * 14, [0, 0, 0, 0], 3),
        ([20] * 56, [0, 0, 0, 1], 2),  # one article after three days of silence
        ([20] * 56, [0, 0, 0, 15], None),  # it prints again
        ([], [], None),
    ],
)
def test_silence_is_said_when_chance_does_not_explain_it(
    usual: list[int], quiet: list[int], said: int | None
) -> None:
    found = silence(days([*usual, *quiet]))
    assert (found and found.days) == said


def test_a_day_without_a_crawl_is_no_silence() -> None:
    counted = days([20] * 56 + [0] * 5)
    down = [*counted[:56], *(crawled(day, 0) for day in counted[56:])]
    assert silence(down) is None
    back = [*down[:-1], crawled(down[-1], 1)]
    found = silence(back)  # one crawl that sees nothing new proves that nothing was printed
    assert found is not None
    assert found.days == 4


def test_a_paper_that_was_silent_when_the_watch_began_has_not_fallen_silent() -> None:
    old = [crawled(day, 0) for day in days([20] * 56 + [0] * 30)]
    assert silence([*old[:-1], crawled(old[-1], 1)]) is None
    assert silence([*old[:60], *(crawled(day, 1) for day in old[60:])]) is None
    assert silence([*old[:50], *(crawled(day, 1) for day in old[50:])]) is not None


@pytest.mark.parametrize("outage", [20, 62, 80, 200])
def test_a_paper_that_stops_while_no_crawl_runs_is_said_by_the_first_that_does(outage: int) -> None:
    counted = days([10] * 290 + [0] * 11)
    known = [crawled(day, int(n < 300 - outage or n == 300)) for n, day in enumerate(counted)]
    found = silence(known[20:], MONDAY)
    assert found is not None
    assert (found.days, round(found.expected)) == (10, 100)
    assert silence(known[300 - outage :]) is None  # alone they tell of no paper that ever printed


def test_a_paper_that_is_crawled_weekly_and_stops_after_tet_is_said_in_two_weeks() -> None:
    for week in range(20):
        stop = date(2026, 2, 2) + timedelta(7 * week)
        counted = days([20] * 140 + [0] * 22, stop - timedelta(140))
        weekly = [crawled(day, int(day.day.weekday() == 0)) for day in counted]
        assert silence(weekly) is not None, stop


def test_days_that_no_crawl_saw_teach_nothing_and_are_no_fall() -> None:
    counted = days([20] * 40 + [0] * 13 + [20] * 5)
    gap = [crawled(day, 0) if 39 < n < 54 else day for n, day in enumerate(counted)]
    usual = expectation_on(gap)
    assert usual is not None
    assert usual.on(MONDAY) == pytest.approx(20)
    partly = days([20] * 56 + [20, 3, 3, 9])  # lists show no more than the last articles
    partly = [crawled(day, 0) if 55 < n < 59 else day for n, day in enumerate(partly)]
    assert silence(partly) is None


def test_articles_that_wait_to_be_fetched_are_no_silence() -> None:
    quiet = days([20] * 56 + [0, 0, 0, 0])
    assert silence(quiet) is not None
    behind = [replace(day, waiting=20) if n >= 56 else day for n, day in enumerate(quiet)]
    assert silence(behind) is None
    closed = [replace(day, discovered=20) if n >= 56 else day for n, day in enumerate(quiet)]
    found = silence(closed)  # robots.txt closes them: they wait for nothing
    assert found is not None
    assert "robots.txt" in of_silence("a", "Báo A", found).text
    held = [replace(day, discovered=20, held=20) if n >= 56 else day for n, day in enumerate(quiet)]
    found = silence(held)
    assert found is not None
    assert of_silence("a", "Báo A", found).kind == "layout"


def test_at_tet_a_pause_is_waited_for() -> None:
    first = TET[2026] - timedelta(57)
    quiet = days([6] * 56 + [0] * 6, first)
    assert silence(quiet) is None
    assert silence(days([6] * 56 + [0] * 6, first + timedelta(100))) is not None


def fields(share: float, number: int = 10, **other: int) -> dict[str, int]:
    part = round(share * number)
    names = ("with_lead", "with_byline", "with_date", "with_section", "with_image")
    return {"fresh": number, "body_length": 2000 * number, **dict.fromkeys(names, part), **other}


def told(before: dict[str, int], lately: dict[str, int], length: int = 3) -> list[str]:
    first = days([10] * 40, **before)
    return [d.what for d in drifts(first + days([10] * length, MONDAY + timedelta(40), **lately))]


@pytest.mark.parametrize(
    ("lately", "length", "what"),
    [
        (fields(0.9), 3, []),
        (fields(0.9, with_byline=2), 3, ["byline"]),
        (fields(0.9, with_byline=7), 3, []),
        (fields(0.9, with_lead=0, with_image=0), 3, ["lead", "image"]),
        (fields(0.9, 5, with_byline=0), 1, []),  # five articles are too few
        (fields(0.9, body_length=6_000), 3, ["body"]),
        (fields(0.9, body_length=14_000), 3, []),
        (fields(0.9, generic=8), 3, ["layout"]),
        (fields(0.9, 1, unread=9), 3, ["layout"]),
        (fields(0.9, unread=1), 3, []),
        (fields(0.9, with_date=1), 3, ["date"]),
    ],
)
def test_drift_is_said_when_habit_and_chance_do_not_explain_it(
    lately: dict[str, int], length: int, what: list[str]
) -> None:
    assert told(fields(0.9), lately, length) == what


def test_a_paper_that_never_had_a_byline_has_not_lost_it() -> None:
    assert told(fields(0.9, with_byline=0), fields(0.9, with_byline=0)) == []


def test_old_pages_without_a_date_beside_the_usual_ones_are_no_drift() -> None:
    assert told(fields(0.9), fields(0.9, 40, with_date=9, **dict.fromkeys(
        ("with_lead", "with_byline", "with_section", "with_image"), 36))) == []  # fmt: skip


@pytest.mark.parametrize(
    "old",
    [
        {"fresh": 60, "body_length": 60 * 300},
        {"unread": 60},
        {"fresh": 60, "generic": 60, "body_length": 60 * 2000},
    ],
)
def test_old_pages_that_come_beside_as_many_good_ones_as_ever_are_no_drift(
    old: dict[str, int],
) -> None:
    usual = fields(0.9)
    beside = {name: usual.get(name, 0) + old.get(name, 0) for name in {**usual, **old}}
    assert told(usual, beside, 2) == []
    assert told(usual, {**beside, **fields(0.0), **old}, 2) != []


def test_a_field_is_lost_in_a_paper_that_is_crawled_weekly() -> None:
    def week(byline: int) -> list[SiteDay]:
        idle = [SiteDay(day=MONDAY)] * 6
        return [*idle, days([30], MONDAY, **fields(0.9, 30, with_byline=byline))[0]]

    assert [each.what for each in drifts([*week(27) * 5, *week(8)])] == ["byline"]


def test_one_odd_day_is_no_drift() -> None:
    assert told(fields(0.9, 40), fields(0.9, 40, with_byline=0), 1) == []
    assert told(fields(0.9, 40), fields(0.9, 40, with_byline=0), 2) == ["byline"]


def test_a_field_that_comes_and_goes_by_days_is_not_lost() -> None:
    some = [fields(0.9, with_byline=10 * (n % 3 > 0)) for n in range(40)]
    days_of = [days([10], MONDAY + timedelta(n), **each)[0] for n, each in enumerate(some)]
    lately = days([10] * 2, MONDAY + timedelta(40), **fields(0.9, with_byline=2))
    steady = days([10] * 40, **fields(0.9, with_byline=7))
    assert [d.what for d in drifts(steady + lately)] == ["byline"]
    assert drifts(days_of + lately) == ()


def test_drift_needs_articles_before() -> None:
    assert drifts(days([10] * 3, **fields(0.1))) == ()
    assert drifts([]) == ()


QUIET = Silence(date(2026, 11, 20), 3, 0, 36.2, 0.0001, 0, 0, 0)


@pytest.mark.parametrize(
    ("change", "kind", "words"),
    [
        ({}, "silent", "silent since 20 November 2026: no article in 3 days, where about 36"),
        ({"days": 1}, "silent", "no article in a day"),
        ({"articles": 7}, "silent", "far less than usual since 20 November 2026: 7 articles in"),
        ({"articles": 1}, "silent", "1 article in"),
        ({"discovered": 30, "held": 28}, "layout", "28 pages were held"),
        ({"discovered": 30, "failed": 28}, "silent", "28 requests for them failed"),
        ({"held": 1}, "silent", "show nothing new"),
        ({"failed": 2}, "silent", "show nothing new"),
        ({"discovered": 16}, "silent", "robots.txt closes them"),
    ],
)
def test_silence_is_told_in_plain_words(change: dict[str, int], kind: str, words: str) -> None:
    alarm = of_silence("a", "Báo A", replace(QUIET, **change))
    assert (alarm.site, alarm.kind) == ("a", kind)
    assert words in alarm.text
    assert "\n" not in alarm.paragraph
    assert replace(alarm, samples=("http://a/1",)).paragraph == f"{alarm.text} See http://a/1"


def test_drift_is_told_in_plain_words() -> None:
    byline = Drift("byline", date(2026, 11, 20), 34, 0.93, 0.04)
    body = Drift("body", date(2026, 11, 20), 34, 2450.0, 310.0)
    layout = Drift("layout", date(2026, 11, 19), 40, 0.0, 0.9)
    assert of_drifts("a", "Báo A", []) is None
    alarm = of_drifts("a", "Báo A", [byline, body])
    assert alarm is not None
    assert alarm.kind == "drift"
    assert "of 34 since 20 November 2026, 4% have a byline (before: 93%)" in alarm.text
    assert "the texts have 310 characters (before: 2,450)" in alarm.text
    alarm = of_drifts("a", "Báo A", [byline, layout])
    assert alarm is not None
    assert alarm.kind == "layout"
    assert "90% are read by no layout (before: 0%)" in alarm.text
    assert "byline" not in alarm.text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("share", "least", "needed"), [(0.0, 3, {2: 0.95, 3: 1.0}), (0.2, 10, {2: 0.85, 3: 0.95})]
)
def test_simulated_papers_that_fall_silent_are_found_within_days(
    share: float, least: float, needed: dict[int, float]
) -> None:
    found = large(silences(16, share, starts=3), least)
    assert len(found) >= 15
    for number, part in needed.items():
        assert within(found, number) >= part, number


@pytest.mark.slow
def test_simulated_papers_that_print_on_raise_few_alarms() -> None:
    quiet = false_alarms(16, 200)
    assert monthly(quiet) < 0.4
    assert max(one.alarms / one.months for one in quiet) < 1


@pytest.mark.slow
def test_what_simulated_pages_lose_is_found_and_little_else_is_said() -> None:
    for name, change in drift.CHANGES.items():
        found = drift.found_after(16, change, 3)
        assert len(found) == 10
        assert [days for days in found if days is None or days > 7] == [], name
    assert drift.false_alarms(16, 200) < 0.2
    unchanged = drift.found_after(16, lambda day: day, 3)
    assert unchanged.count(None) > 5  # the measure can fail


def test_the_simulation_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    def deaf(_: Sequence[SiteDay]) -> None:
        return None

    def nervous(_: Sequence[SiteDay]) -> Silence:
        return QUIET

    def within_two(judge: Callable[[Sequence[SiteDay]], Silence | None]) -> float:
        monkeypatch.setattr("bench.silence.silence", judge)
        return within(silences(2, 0.0, starts=1), 2)

    assert (within_two(deaf), within_two(nervous)) == (0, 1)
    assert monthly(false_alarms(2, 100)) > 0
