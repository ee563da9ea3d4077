"""What a backfill plans, in which order it asks, and when it stops trying numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from random import Random

import pytest

from baolangson_crawler.backfilling import Bounds, Numbers, Period, Step, is_by_number, miss
from baolangson_crawler.backfilling.forecast import Outlook, days_left
from baolangson_crawler.backfilling.periods import day_within, named, of_files
from baolangson_crawler.backfilling.plan import lists, steps, uses_numbers
from baolangson_crawler.exceptions import SiteFileError
from baolangson_crawler.families.fck import FckPage
from baolangson_crawler.families.portal import PortalPage
from baolangson_crawler.items import Link, Refusal
from baolangson_crawler.sites.base import Calendar, Feed, Listing, Site, Sitemap

TODAY = date(2026, 11, 23)
HOME = "https://paper.example"
SITE = Site(
    key="paper",
    name="Báo Thử",
    province="Thử",
    domains=("paper.example",),
    sources=(
        Feed(f"{HOME}/rss"),
        Sitemap(f"{HOME}/sitemap.xml"),
        Listing(f"{HOME}/kinh-te?page={{page}}"),
        Listing(f"{HOME}/"),
    ),
    calendars=(
        Calendar(url=f"{HOME}/luu-tru/{{year}}/{{month:02}}?p={{page}}", first=date(2026, 9, 15)),
    ),
    article_url=r"-a(?P<id>\d+)\.html$",
    pages=(FckPage,),
    verified="own",
)
WITHOUT_LISTS = replace(SITE, sources=(Feed(f"{HOME}/rss"),), calendars=())


@pytest.mark.parametrize(
    ("name", "period"),
    [
        ("news-2019-7.xml", ("2019-07-01", "2019-07-31")),
        ("news-2019-07.xml.gz", ("2019-07-01", "2019-07-31")),
        ("sitemap-201902.xml", ("2019-02-01", "2019-02-28")),
        ("2020/02/29/index.xml", ("2020-02-29", "2020-02-29")),
        ("post_2008.xml", ("2008-01-01", "2008-12-31")),
        ("map.xml?y=2011&m=3", ("2011-01-01", "2011-12-31")),
        ("sitemap-12.xml", None),
        ("sitemap-20190.xml", None),
        ("sitemap-2199.xml", None),
        ("sitemap-1987.xml", None),
    ],
)
def test_a_file_says_its_days_by_its_name(name: str, period: tuple[str, str] | None) -> None:
    assert named(f"{HOME}/{name}", TODAY) == (Period(*period) if period else None)


@pytest.mark.parametrize(
    ("files", "periods"),
    [
        ([("a-2019.xml", None), ("a-2018.xml", None)], [("2019-01-01", "2019-12-31")]),
        # alone among numbers, 2019 is the 2,019th
        ([("a-2019.xml", None), ("a-1.xml", None), ("a-2.xml", None)], [(None, None)]),
        ([("a-1.xml", "2019-05-01"), ("a-2.xml", "2020-05-01")], [(None, "2019-05-01")]),
        # the day of a migration says nothing
        ([("a-1.xml", "2022-01-27"), ("a-2.xml", "2022-01-27")], [(None, None)]),
    ],
)
def test_the_files_of_an_index_say_their_days(
    files: list[tuple[str, str | None]], periods: list[tuple[str | None, str | None]]
) -> None:
    links = [Link(url=f"{HOME}/{name}", modified_raw=changed) for name, changed in files]
    assert of_files(links, TODAY)[0] == periods[0]


@pytest.mark.parametrize(
    ("day", "since", "until", "kept"),
    [
        ("2019-07-03", "2019-07-01", "2019-07-31", "2019-07-03"),
        ("2022-01-27", "2019-07-01", "2019-07-31", "2019-07-31"),  # corrected years later
        (None, "2019-07-01", "2019-07-31", "2019-07-31"),
        ("2022-01-27", None, "2019-07-31", "2022-01-27"),
        (None, None, None, None),
    ],
)
def test_the_day_of_an_entry_lies_in_its_list(
    day: str | None, since: str | None, until: str | None, kept: str | None
) -> None:
    assert day_within(day, since, until) == kept


def test_a_plan_names_what_lists_old_articles() -> None:
    planned = [(step.kind, step.address.removeprefix(HOME)) for step in steps(SITE, TODAY)]
    assert planned == [
        ("sitemap", "/sitemap.xml"),
        ("list", "/kinh-te?page=1"),
        ("list", "/luu-tru/2026/09?p=1"),
        ("list", "/luu-tru/2026/10?p=1"),
        ("list", "/luu-tru/2026/11?p=1"),
        ("numbers", "numbers:oldest"),
        ("numbers", "numbers:newest"),
    ]
    september = lists(SITE, TODAY)[f"{HOME}/luu-tru/2026/09?p=1"]
    assert september.period == ("2026-09-01", "2026-09-30")
    assert september.listing.page_url(2) == f"{HOME}/luu-tru/2026/09?p=2"


def test_a_family_whose_slug_matters_has_no_numbers() -> None:
    site = replace(WITHOUT_LISTS, pages=(PortalPage,))
    assert list(steps(site, TODAY)) == []


@pytest.mark.parametrize(
    ("site", "wanted", "used"),
    [(SITE, False, False), (SITE, True, True), (WITHOUT_LISTS, False, True)],
    ids=("lists", "wanted", "nothing else"),
)
def test_numbers_are_tried_where_they_are_wanted_or_nothing_else_lists(
    site: Site, wanted: bool, used: bool
) -> None:
    assert uses_numbers(site, TODAY, wanted=wanted) == used


@pytest.mark.parametrize(
    ("calendar", "fault"),
    [
        (Calendar(url=f"{HOME}/luu-tru", first=TODAY), "has no {year}"),
        (Calendar(url="https://other.example/{year}", first=TODAY), "none of the site's domains"),
        ("https://paper.example/{year}", "is no Calendar"),
    ],
    ids=("no year", "foreign", "no calendar"),
)
def test_a_wrong_calendar_is_told(calendar: Calendar, fault: str) -> None:
    with pytest.raises(SiteFileError, match=fault):
        replace(SITE, calendars=(calendar,))


def step(address: str, since: str | None = None, until: str | None = None, **more: object) -> Step:
    return Step(address=address, kind="sitemap", since=since, until=until, **more)  # type: ignore


MAY = step("may", "2019-05-01", "2019-05-31")
JUNE = step("june", "2019-06-01", "2019-06-30")
LONG = Step(address="section", kind="list", position=2)
LATER = Step(address="a section", kind="list", position=3)
NUMBERS = Step(address="numbers:newest", kind="numbers")


@pytest.mark.parametrize(
    ("bounds", "asked"),
    [
        (Bounds(), [JUNE, MAY, LONG, LATER, NUMBERS]),
        (Bounds(order="oldest"), [LONG, LATER, MAY, JUNE, NUMBERS]),
        (Bounds(since="2019-06-10"), [JUNE, LONG, LATER, NUMBERS]),
        (Bounds(until="2019-05-01"), [MAY, LONG, LATER, NUMBERS]),
        (Bounds(since="2020-01-01", until="2020-12-31"), [LONG, LATER, NUMBERS]),
    ],
    ids=("newest", "oldest", "since", "until", "other year"),
)
def test_steps_have_their_turn(bounds: Bounds, asked: list[Step]) -> None:
    left = [NUMBERS, MAY, LATER, LONG, JUNE, step("done", state="done"), step("f", state="failed")]
    turns = []
    while turn := bounds.next_step(left):
        turns.append(turn)
        left.remove(turn)
    assert turns == asked


@pytest.mark.parametrize(
    ("order", "turn", "day", "is_first"),
    [
        ("newest", MAY, "2019-06-02", False),
        ("newest", MAY, "2019-05-02", True),  # it may list something newer
        ("newest", MAY, "2019-05-31", False),  # not even a further page of it may
        ("newest", MAY, None, True),
        ("newest", LONG, None, False),
        ("newest", LONG, "2019-05-02", False),
        ("oldest", MAY, "2019-04-02", False),
        ("oldest", MAY, "2019-06-02", True),
        ("oldest", LONG, "2001-01-01", True),
        ("oldest", NUMBERS, None, False),
    ],
)
def test_a_step_comes_before_articles_that_it_may_precede(
    order: str, turn: Step, day: str | None, is_first: bool
) -> None:
    assert Bounds(order=order).step_first(turn, day) == is_first  # type: ignore


def test_a_walk_that_was_left_for_its_days_goes_on_for_earlier_ones() -> None:
    left = replace(LONG, left_at="2015-01-01")
    assert not Bounds(since="2015-01-01").holds(left)
    assert not Bounds(since="2018-01-01").holds(left)
    assert Bounds(since="2010-01-01").holds(left)
    assert Bounds().holds(left)


# --- Numbers -------------------------------------------------------------------------------


def walked(truth: set[int], known: set[int], order: str = "newest") -> tuple[set[int], int]:
    """Try numbers as a backfill does; what is known then, and how many were asked."""
    numbers = Numbers.of(known, ())
    position, asked = numbers.start(order), 0  # type: ignore
    while position:
        wanted, position = numbers.bunch(position, order)  # type: ignore
        asked += len(wanted)
        assert len(set(wanted)) == len(wanted)
        for number in wanted:
            (numbers.hit if number in truth else numbers.miss)(number)
    return set(numbers.known), asked


@pytest.mark.parametrize("share", [1, 3, 10], ids=lambda share: f"one in {share}")
def test_all_articles_behind_the_newest_are_found(share: int) -> None:
    random = Random(share)
    truth = {n for n in range(5000, 9000) if random.randrange(share) == 0}
    found, asked = walked(truth, set(sorted(truth)[-20:]))
    assert found == truth
    assert asked <= 4000 + 100 * share


def test_a_hole_of_a_million_numbers_is_not_asked_through() -> None:
    old, new = set(range(1000, 1400, 2)), set(range(2_000_000, 2_000_400, 2))
    known = {min(old), max(old), *sorted(new)[-30:]}
    found, asked = walked(old | new, known)
    assert found == old | new
    assert asked < 1000


def test_oldest_first_goes_through_the_gaps_only() -> None:
    truth = set(range(1000, 2000, 3))
    found, asked = walked(truth, {1300, *range(1600, 1700, 3), 1900} & truth, "oldest")
    assert found == {n for n in truth if 1300 <= n <= 1900}
    assert asked <= 600


def test_nothing_is_asked_where_no_number_is_known() -> None:
    assert Numbers.of((), ()).start("newest") == 0


@pytest.mark.parametrize(
    ("url", "is_made"),
    [
        ("https://paper.example/x-a120.html", True),
        ("https://paper.example/cho-phien-a120.html", False),
        ("https://paper.example/x-a012.html", False),
        ("https://paper.example/", False),
    ],
)
def test_an_address_made_of_a_number_is_known_by_its_form(url: str, is_made: bool) -> None:
    assert is_by_number(SITE, url) == is_made


ASKED = f"{HOME}/x-a120.html"


@pytest.mark.parametrize(
    ("answered", "given", "is_miss"),
    [
        (ASKED, {}, False),
        (f"{HOME}/cho-phien-a120.html", {}, False),
        (f"{HOME}/cho-phien-a119.html", {}, True),
        (f"{HOME}/", {"refusal": Refusal(reason="moved")}, True),
        (f"{HOME}/kinh-te", {"refusal": Refusal(reason="moved")}, True),
        (ASKED, {"refusal": Refusal(reason="soft_404")}, True),
        (ASKED, {"refusal": Refusal(reason="listing")}, True),
        (ASKED, {"refusal": Refusal(reason="challenge")}, False),
        (ASKED, {"refusal": Refusal(reason="layout_not_recognised")}, False),
        (ASKED, {"failure": "http_404"}, True),
        (ASKED, {"failure": "http_500"}, False),
        (ASKED, {"failure": "timeout"}, False),
        (ASKED, {"declared": f"{HOME}/cho-phien-a120.html"}, False),
        (ASKED, {"declared": f"{HOME}/cho-phien-a119.html"}, True),
        (ASKED, {"declared": f"{HOME}/"}, True),
        (ASKED, {"declared": f"{HOME}/kinh-te"}, False),
        (ASKED, {"declared": "https://other.example/cho-phien-a119.html"}, False),
    ],
)
def test_another_answer_is_no_article_of_a_number(
    answered: str, given: dict[str, object], is_miss: bool
) -> None:
    said = {"failure": None, "refusal": None, "declared": None, **given}
    assert miss(SITE, ASKED, answered, **said) == is_miss  # type: ignore


# --- How long it takes ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "budget", "quiet", "days"),
    [
        (1.0, None, None, 1.0),
        (2.0, None, None, 2.0),
        (1.0, 43_200, None, 2.0),
        (1.0, None, (time(7), time(19)), 2.0),
        (1.0, None, (time(19), time(7)), 2.0),
        (10.0, 20_000, None, 10.0),
        (0.0, None, None, 0.0),
    ],
)
def test_days_are_told_at_the_polite_pace(
    seconds: float, budget: int | None, quiet: tuple[time, time] | None, days: float
) -> None:
    assert days_left(86_400, seconds, budget, quiet) == pytest.approx(days)


def test_files_that_are_not_read_are_expected_to_hold_as_much_as_those_that_were() -> None:
    ahead = Outlook(waiting=5, files=3, lists=0, articles_a_file=20.0)
    assert (ahead.articles, ahead.requests, ahead.is_open) == (65, 68, False)
    assert replace(ahead, articles_a_file=None).is_open
