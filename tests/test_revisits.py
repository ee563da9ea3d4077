"""When a held article is looked at again, and what the archive makes of what it finds."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from test_status import NOON, SITE, address, article, listed, visit

from baolangson_crawler.items import Block, Link, Visit
from baolangson_crawler.revisiting import (
    BANDS,
    LISTED,
    MASS,
    Habit,
    band_of,
    is_mass,
    pause,
    pause_when_announced,
    pause_when_gone,
    watched_as,
)
from baolangson_crawler.storage.archive import Archive
from baolangson_crawler.storage.frontier import NEW, REVISIT, UPDATED, Wanted
from soak.report import table
from soak.week import week

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LATER = NOON + 40 * DAY
EDITED = (Block(text="x" * 100), Block(text="Bổ sung."))


@pytest.mark.parametrize(
    ("age", "band"),
    [(-HOUR, "hours"), (HOUR, "hours"), (2 * HOUR, "day"), (DAY, "week"), (7 * DAY, "month"),
     (30 * DAY, "year"), (9000 * DAY, "older")],
)  # fmt: skip
def test_the_age_decides_the_band(age: timedelta, band: str) -> None:
    assert band_of(age).name == band


@pytest.mark.parametrize("band", BANDS, ids=lambda band: band.name)
@pytest.mark.parametrize("changes", [0, 50, 1000])
def test_every_pause_is_within_the_bounds_of_its_band(band: Any, changes: int) -> None:
    pauses = [pause(band, Habit(1000, changes, 1000.0), f"x:{n}") for n in range(50)]
    assert band.shortest <= min(pauses) <= max(pauses) <= band.longest
    if changes == 50 or band.usual * 50 < band.longest:
        assert len(set(pauses)) > 1  # they spread


def test_a_paper_that_edits_more_is_looked_at_more() -> None:
    band = band_of(3 * DAY)
    found = [pause(band, Habit(100, changes, 100.0), "x:1") for changes in (0, 2, 5, 10, 50)]
    assert found == sorted(found, reverse=True)
    assert found[0] > pause(band, Habit(), "x:1") > found[-1]


def test_a_change_brings_an_article_two_bands_nearer_at_most() -> None:
    assert watched_as(NOON, NOON - 3 * DAY, NOON - HOUR).name == "hours"
    assert watched_as(NOON, NOON - 900 * DAY, NOON - HOUR).name == "month"
    assert watched_as(NOON, NOON - HOUR, NOON - 3 * DAY).name == "hours"


def test_what_has_gone_is_looked_for_ever_more_rarely() -> None:
    assert pause_when_gone(NOON, NOON) == DAY
    assert pause_when_gone(NOON, NOON + 8 * DAY) == 8 * DAY
    assert pause_when_gone(NOON, NOON + 5000 * DAY) == 365 * DAY


def test_statements_in_vain_are_believed_less() -> None:
    waits = [pause_when_announced(Habit(visits, 0)) for visits in (0, 2, 10, 100)]
    assert waits == [timedelta(0), timedelta(0), 6 * HOUR, DAY]


def test_many_articles_that_go_at_once_are_a_fault_of_the_server() -> None:
    assert is_mass(MASS + 1, 0, answered=True)
    assert not is_mass(MASS, 0, answered=True)
    assert not is_mass(10, 10, answered=True)
    assert is_mass(1, 0, answered=False)


class Looks:
    """Crawls of one archive, each of which takes what is due and is given an answer."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._crawl(NOON) as archive:
            archive.save(listed(1))
            archive.take(Wanted(SITE.key, NEW, 9), NOON)
            archive.save(visit(1, article=article(1)))
            archive.finish("done", NOON)

    def _crawl(self, now: datetime) -> Archive:
        return Archive(self.path, [SITE], command="test", configuration={}, now=now)

    def look(
        self, now: datetime, rank: int = REVISIT, links: Visit | None = None, **parts: Any
    ) -> Any:
        """One crawl; the addresses that it took, and the counters."""
        with self._crawl(now) as archive:
            archive.save(links or listed(now=now))
            due = archive.take(Wanted(SITE.key, rank, 9), now)
            for one in due:
                archive.save(replace(visit(1, now, **parts), url=one.url))
            again = archive.take(Wanted(SITE.key, rank, 9), now)
            assert not again, "asked twice in one crawl"
            archive.finish("done", now)
            return [one.url for one in due], archive.counters[SITE.key]

    def ask(self, sql: str) -> list[Any]:
        with closing(sqlite3.connect(self.path)) as conn:
            return conn.execute(sql).fetchall()

    def events(self) -> list[Any]:
        return self.ask("SELECT kind, at FROM event ORDER BY id")

    def states(self) -> list[Any]:
        return self.ask("SELECT DISTINCT state FROM url WHERE kind = 'article'")


@pytest.fixture
def looks(tmp_path: Path) -> Looks:
    return Looks(tmp_path / "a.db")


def test_a_new_article_is_due_within_the_hour_and_not_at_once(looks: Looks) -> None:
    assert looks.look(NOON + timedelta(minutes=10))[0] == []
    assert looks.look(NOON + HOUR, article=article(1))[0] == [address(1)]


def test_an_edit_is_a_version_and_the_same_is_none(looks: Looks) -> None:
    _, count = looks.look(LATER, article=article(1))
    assert (count["same"], count["changed"], count["new"]) == (1, 0, 0)
    _, count = looks.look(LATER + 90 * DAY, article=article(1, body=EDITED))
    assert (count["same"], count["changed"], count["revisited"]) == (0, 1, 1)
    assert looks.ask("SELECT version_count FROM article") == [(2,)]
    assert (
        looks.ask("SELECT fetched, held, failed, stored FROM site_day WHERE day > '2026-12'")
        == [(0, 0, 0, 0)] * 2
    )
    # after a change it is watched more closely than before
    ((due,),) = looks.ask("SELECT next_visit_at FROM url WHERE kind = 'article'")
    assert datetime.fromisoformat(due) - (LATER + 90 * DAY) <= 7 * DAY


def test_gone_takes_two_crawls_and_is_dated_by_the_first(looks: Looks) -> None:
    looks.look(LATER, failure="http_404")
    assert looks.events() == []
    assert looks.states() == [("done",)]
    looks.look(LATER + HOUR, failure="http_404")
    gone = ("gone", f"{LATER:%Y-%m-%dT%H:%M:%SZ}")
    assert looks.events() == [gone]
    assert looks.look(LATER + 2 * HOUR, failure="http_404")[0] == []
    assert looks.look(LATER + 3 * DAY, failure="http_404")[0] == [address(1)]
    assert looks.events() == [gone]
    back = LATER + 30 * DAY
    looks.look(back, article=article(1))
    assert looks.events() == [gone, ("restored", f"{back:%Y-%m-%dT%H:%M:%SZ}")]
    assert looks.ask("SELECT version_count FROM article") == [(1,)]
    looks.look(back + 90 * DAY, article=article(1))
    assert len(looks.events()) == 2


def test_nothing_has_gone_while_the_paper_gives_nothing_at_all(looks: Looks) -> None:
    outage = replace(listed(), failure="http_404")
    for hours in (0, 1, 2):
        now = LATER + hours * HOUR
        page = replace(outage, visited_at=now)
        assert looks.look(now, links=page, failure="http_404")[0] == [address(1)]
    assert looks.events() == []
    looks.look(LATER + 3 * HOUR, failure="http_404")  # the list is there, the article is not
    assert [kind for kind, _ in looks.events()] == ["gone"]


def test_what_has_gone_is_looked_at_once_when_it_is_listed_again(looks: Looks) -> None:
    looks.look(LATER, failure="http_404")
    looks.look(LATER + HOUR, failure="http_404")
    looks.look(LATER + 3 * DAY, failure="http_404")
    for hours, taken in (1, [address(1)]), (2, []), (3, []):
        now = LATER + 3 * DAY + hours * HOUR
        page = replace(listed(1), visited_at=now)
        assert looks.look(now, links=page, failure="http_404")[0] == taken
    assert [kind for kind, _ in looks.events()] == ["gone"]
    unlisted = LATER + 9 * DAY
    looks.look(unlisted, failure="http_404")
    page = replace(listed(1), visited_at=unlisted + HOUR)
    looks.look(unlisted + HOUR, links=page, article=article(1))
    assert [kind for kind, _ in looks.events()] == ["gone", "restored"]


@pytest.mark.parametrize("reason", ["http_503", "timeout", "challenge", "maintenance", "http_500"])
def test_a_fault_or_a_wall_says_nothing_of_the_article(looks: Looks, reason: str) -> None:
    moment = LATER
    for _ in range(4):
        looks.look(moment, failure=reason)
        moment += 10 * DAY
    assert looks.events() == []
    assert looks.states() == [("done",)]
    assert looks.ask("SELECT version_count, version_id FROM article") == [(1, 1)]
    assert looks.ask(
        "SELECT count(*) FROM fetch WHERE failure = ?".replace("?", f"'{reason}'")
    ) == [(4,)]
    _, count = looks.look(moment, article=article(1))
    assert count["same"] == 1


def test_another_text_altogether_has_to_come_twice(looks: Looks) -> None:
    other = article(1, title="Thông báo", body=(Block(text="Trang đang được dời đi nơi khác."),))
    looks.look(LATER, article=other)
    assert looks.ask("SELECT version_count FROM article") == [(1,)]
    looks.look(LATER + HOUR, article=other)
    assert looks.ask("SELECT version_count, title FROM article") == [(2, "Thông báo")]
    assert looks.ask("SELECT count(*) FROM held") == [(0,)]


def test_a_moved_article_is_the_same_and_asked_at_its_new_address(looks: Looks) -> None:
    new = address(1).replace("/bai", "/tin/bai")
    moved = article(1, url=new, canonical_url=new)
    looks.look(LATER, article=moved)
    assert looks.ask("SELECT kind, detail FROM event") == [("moved", f"{address(1)} → {new}")]
    assert looks.ask("SELECT id, url FROM article") == [(1, new)]
    due, _ = looks.look(LATER + 90 * DAY, article=moved)
    assert due == [new]
    assert len(looks.events()) == 1
    assert looks.ask("SELECT url FROM alias ORDER BY url") == [(address(1),), (new,)]


def test_an_article_under_a_new_slug_is_looked_for_there(looks: Looks) -> None:
    new = address(1).replace("/bai", "/tin/bai")
    page = replace(listed(), links=(Link(url=new),), visited_at=LATER)
    due, _ = looks.look(LATER, links=page, failure="http_404")
    assert due == [address(1)]
    due, _ = looks.look(LATER + HOUR, article=article(1, url=new, canonical_url=new))
    assert due == [new]
    assert [kind for kind, _ in looks.events()] == ["moved"]


@pytest.mark.parametrize(
    ("statements", "due"),
    [
        (["2026-11-20", "2026-11-20"], [0, 0]),
        (["2026-12-30", "2026-12-30"], [1, 0]),
        (["2099-01-01", "2099-01-01"], [1, 0]),
        (["2026-12-30", "2026-11-20", "2026-12-30"], [1, 0, 0]),
        (["2026-12-30", "2026-12-31"], [1, 1]),
        (["no date", "none either"], [0, 0]),
    ],
)
def test_only_a_later_statement_is_news(
    looks: Looks, statements: list[str], due: list[int]
) -> None:
    found = []
    for number, stated in enumerate(statements):
        now = NOON + timedelta(minutes=5 * (number + 1))
        page = replace(listed(), links=(Link(url=address(1), modified_raw=stated),), visited_at=now)
        taken, _ = looks.look(now, UPDATED, page, article=article(1))
        found.append(len(taken))
    assert found == due
    assert looks.ask(f"SELECT sum(visits) FROM habit WHERE band = '{LISTED}'") == [
        (sum(due) or None,)
    ]


def test_a_crawl_that_is_killed_leaves_the_article_held_and_due(looks: Looks) -> None:
    with looks._crawl(LATER) as archive:
        assert archive.take(Wanted(SITE.key, REVISIT, 9), LATER)
    assert looks.states() == [("in_flight",)]
    due, count = looks.look(LATER + HOUR, article=article(1))
    assert due == [address(1)]
    assert (count["new"], count["found"]) == (0, 0)


def test_looks_stay_within_their_share_of_the_day(looks: Looks) -> None:
    with looks._crawl(LATER) as archive:
        assert archive.take(Wanted(SITE.key, REVISIT, 9, revisits=0), LATER) == []
        assert len(archive.take(Wanted(SITE.key, REVISIT, 9, revisits=1), LATER)) == 1


@pytest.mark.slow
def test_a_day_of_hourly_crawls_records_each_event_once_and_in_time() -> None:
    part = week(1, 12, 2, lambda line: None)
    assert not part.faults, table([part])
    assert "announced" in dict(part.figures)["events"]
