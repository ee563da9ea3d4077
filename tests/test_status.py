"""The numbers of the days as a crawl writes them, the alarms read from them, and the status."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from conftest import run_command
from past import past, stop
from proxy import Answer, Proxy
from rich.console import Console
from sqlite_utils import Database

from baolangson_crawler.cli.heat_map import levels
from baolangson_crawler.cli.status import printing
from baolangson_crawler.cli.status.page import html
from baolangson_crawler.demo import SITES
from baolangson_crawler.extensions import _is_whole
from baolangson_crawler.items import Article, Block, Capture, Finding, Link, Moment, Refusal, Visit
from baolangson_crawler.judging import Closing
from baolangson_crawler.sites import load_sites
from baolangson_crawler.sites.base import Feed, Listing, Site, Sitemap
from baolangson_crawler.storage.archive import Archive
from baolangson_crawler.storage.days import day_of
from baolangson_crawler.storage.migrations import migrations
from baolangson_crawler.storage.opening import open_reading, open_writing
from baolangson_crawler.storage.status import calendar, next_visit, status
from baolangson_crawler.storage.watch import alarms

LOADED = load_sites([SITES / "baonuixanh.py"]).get("baonuixanh")
HOME = f"http://{LOADED.domains[0]}"
LIST, OTHER = f"{HOME}/list", f"{HOME}/other"
SITE = replace(LOADED, sources=(Listing(LIST),), article_url=r"/bai-(?P<id>\d+)\.html$")
NOON = datetime(2026, 11, 20, 5, tzinfo=UTC)  # in Vietnam
LAST = date(2026, 11, 20)


@contextmanager
def crawl(
    path: Path, now: datetime = NOON, batch: int = 100, site: Site = SITE
) -> Iterator[Archive]:
    with Archive(path, [site], command="test", configuration={}, now=now, batch=batch) as archive:
        yield archive
        archive.seen([site], now)
        archive.finish("done", now)


def address(number: int) -> str:
    return f"{HOME}/bai-{number}.html"


def visit(number: int, now: datetime = NOON, **parts: Any) -> Visit:
    url = address(number)
    capture = Capture(url=url, status=200, body=b"x", fetched_at=now)
    return Visit(**{
        "url": url, "site": SITE.key, "kind": "article", "capture": capture, "visited_at": now,
        **parts,
    })  # fmt: skip


def article(number: int, published: datetime | None = NOON, **parts: Any) -> Article:
    moment = Moment(at=published, raw="x", method="visible", confidence=1.0)
    return Article(**{
        "url": address(number), "canonical_url": address(number), "site": SITE.key,
        "article_id": str(number), "title": f"Bài {number}", "layout": "fck",
        "body": (Block(text="x" * 100),), "published": moment, **parts,
    })  # fmt: skip


def listed(*numbers: int, now: datetime = NOON) -> Visit:
    links = tuple(Link(url=address(number)) for number in numbers)
    capture = Capture(url=LIST, status=200, body=b"x", fetched_at=now)
    return Visit(
        url=LIST, site=SITE.key, kind="listing", capture=capture, links=links, visited_at=now
    )


def rows(path: Path) -> dict[str, dict[str, Any]]:
    conn = sqlite3.connect(path)
    conn.row_factory = sqlite3.Row
    found = {row["day"]: dict(row) for row in conn.execute("SELECT * FROM site_day ORDER BY day")}
    conn.close()
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "articles.db"


@pytest.mark.parametrize("batch", [1, 2, 100])
def test_a_crawl_writes_the_numbers_of_its_day(path: Path, batch: int) -> None:
    refusal = Refusal(reason="layout_not_recognised", detail="x.")
    with crawl(path, batch=batch) as archive:
        archive.save(listed(1, 2, 3, 4, 5))
        archive.save(visit(1, article=article(1, lead="Sapo", byline="P.Y", section="Kinh tế")))
        archive.save(visit(2, article=article(2, published=None)))
        archive.save(visit(3, article=article(3, NOON - timedelta(days=9), lead="Sapo")))
        archive.save(visit(4, refusal=refusal))
        archive.save(visit(5, capture=None, failure="timeout"))
        archive.save(visit(6, article=article(6, findings=(Finding(
            field="title", method="h1", confidence=1.0),))))  # fmt: skip
        archive.save(visit(7, capture=None, failure="robots_disallowed"))
    (row,) = rows(path).values()
    assert {name: value for name, value in row.items() if value} == {
        "site": SITE.key, "day": "2026-11-20", "crawls": 1, "last_crawl": 1,
        "answered_at": "2026-11-20T05:00:00Z", "asked": 8, "discovered": 7, "fetched": 5,
        "stored": 4, "held": 1, "unread": 1, "failed": 1, "undated": 1, "fresh": 3, "with_lead": 1,
        "with_byline": 1, "with_date": 2, "with_section": 1, "generic": 1, "body_length": 300,
    }  # fmt: skip


def test_known_addresses_and_pages_held_before_are_not_counted_again(path: Path) -> None:
    refusal = Refusal(reason="login", detail="x.")
    for hours in (0, 1):
        with crawl(path, NOON + timedelta(hours=hours)) as archive:
            archive.save(listed(1, 2))
            archive.save(visit(1, article=article(1)))
            archive.save(visit(2, refusal=refusal))
    changed = NOON + timedelta(hours=2)
    with crawl(path, changed) as archive:
        archive.save(visit(1, article=article(1, title="Khác")))
    (row,) = rows(path).values()
    names = ("crawls", "discovered", "stored", "held", "changed", "fresh", "asked")
    assert [row[name] for name in names] == [2, 2, 1, 1, 1, 1, 7]


def test_days_are_those_of_vietnam(path: Path) -> None:
    late = datetime(2026, 11, 20, 16, 59, tzinfo=UTC)
    with crawl(path) as archive:
        archive.save(listed(1, now=late))
        archive.save(listed(2, now=late + timedelta(minutes=1)))
    assert [(day, row["crawls"], row["discovered"]) for day, row in rows(path).items()] == [
        ("2026-11-20", 0, 1),
        ("2026-11-21", 1, 1),
    ]


def test_a_site_that_does_not_answer_was_not_crawled(path: Path) -> None:
    with crawl(path) as archive:
        archive.save(Visit(
            url=LIST, site=SITE.key, kind="listing", failure="timeout", visited_at=NOON
        ))  # fmt: skip
    (row,) = rows(path).values()
    assert (row["asked"], row["crawls"], row["answered_at"]) == (1, 0, None)


def source(url: str, now: datetime = NOON, failure: str | None = None) -> Visit:
    return Visit(url=url, site=SITE.key, kind="feed", failure=failure, visited_at=now)


TWO = replace(SITE, sources=(Listing(LIST), Feed(OTHER)))


@pytest.mark.parametrize(
    ("visits", "crawls"),
    [
        ([source(LIST), source(OTHER)], 1),
        ([source(LIST)], 0),
        ([source(LIST), source(OTHER, failure="http_503")], 0),
        ([source(LIST), source(OTHER, failure="http_503"), source(OTHER)], 1),
        ([source(LIST, failure="timeout"), source(OTHER, failure="timeout")], 0),
        ([source(LIST), source(f"{OTHER}/2")], 0),
    ],
)
def test_a_crawl_counts_where_every_source_answered(
    path: Path, visits: list[Visit], crawls: int
) -> None:
    with crawl(path, site=TWO) as archive:
        for one in visits:
            archive.save(one)
    assert [row["crawls"] for row in rows(path).values()] == [crawls]


def test_a_killed_crawl_does_not_count(path: Path) -> None:
    archive = Archive(path, [TWO], command="test", configuration={}, now=NOON)
    archive.save(source(LIST))
    archive.save(source(OTHER))
    archive.flush()
    archive.close()
    assert [(row["crawls"], row["asked"]) for row in rows(path).values()] == [(0, 2)]


def test_a_source_that_is_dead_for_two_weeks_is_not_waited_for(path: Path) -> None:
    for day in range(20):
        now = NOON + timedelta(days=day)
        with crawl(path, now, site=TWO) as archive:
            archive.save(source(LIST, now))
            archive.save(source(OTHER, now, failure="http_404" if day > 1 else None))
    assert [row["crawls"] for row in rows(path).values()] == [1] * 2 + [0] * 14 + [1] * 4


@pytest.mark.parametrize(
    ("closing", "sources", "broken", "whole"),
    [
        (None, (Listing(LIST),), 0, True),
        (None, (Sitemap(LIST),), 0, True),
        (None, (Listing(LIST),), 1, False),
        ("max_pages", (Listing(LIST),), 0, True),
        ("budget", (Sitemap(LIST),), 0, False),
        ("held", (Listing(LIST),), 0, False),
        ("blocked", (Listing(LIST),), 0, False),
        ("down", (Listing(LIST),), 0, False),
    ],
)
def test_a_crawl_that_was_cut_short_has_not_seen_a_site_whole(
    closing: str | None, sources: tuple[Any, ...], broken: int, whole: bool
) -> None:
    site = replace(SITE, sources=sources)
    why = Closing(closing) if closing else None
    assert _is_whole(site.asked, why, Counter(broken_lists=broken)) is whole


def test_a_visit_that_cannot_be_stored_leaves_no_numbers_twice(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from baolangson_crawler.storage import rows as written

    insert = written.insert_article

    def refuse(conn: sqlite3.Connection, one: Article, seen_at: str) -> int:
        if one.article_id == "2":
            raise TypeError("a fault of a layout")
        return insert(conn, one, seen_at)

    monkeypatch.setattr(written, "insert_article", refuse)
    with crawl(path) as archive:
        archive.save(listed(1, 2))
        for number in (1, 2):
            archive.save(visit(number, article=article(number)))
    (row,) = rows(path).values()
    assert [row[name] for name in ("asked", "discovered", "stored", "held")] == [3, 2, 1, 1]


def test_an_older_archive_gets_the_numbers_of_its_past(tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    db = open_writing(old)
    db.conn.executescript("DROP TABLE site_day; DELETE FROM _sqlite_migrations "
                          "WHERE name = 'm005_site_days'")  # fmt: skip
    db.conn.executescript("""
        INSERT INTO site (key, name, province, domains, family, verified)
            VALUES ('a', 'A', 'x', '[]', 'fck', 'own');
        INSERT INTO crawl (command, sites, configuration, tool_version, started_at, outcome)
            VALUES ('x', '[]', '{}', '0', 'x', 'done'), ('x', '[]', '{}', '0', 'x', 'killed');
        INSERT INTO url (id, url, site, kind, state, discovered_at)
            VALUES (1, 'l', 'a', 'listing', 'x', 'x'), (2, 'b', 'a', 'article', 'x', 'x');
        INSERT INTO fetch (crawl_id, url_id, fetched_at, status, failure) VALUES
            (1, 1, '2026-11-19T18:00:00Z', 200, NULL), (1, 2, '2026-11-19T18:01:00Z', 200, NULL),
            (1, 1, '2026-11-21T01:00:00Z', 503, 'http_503'),
            (2, 1, '2026-11-22T01:00:00Z', 200, NULL);
        INSERT INTO article (key, site, title, language, url, canonical_url, layout, word_count,
            image_count, version_count, first_seen_at, last_seen_at)
            VALUES ('k', 'a', 't', 'vi', 'u', 'u', 'fck', 1, 0, 1, '2026-11-19T18:01:00Z', 'x');
    """)
    migrations.apply(Database(db.conn))
    db.close()
    found = {
        day: (row["crawls"], row["answered_at"], row["asked"], row["stored"], row["undated"])
        for day, row in rows(old).items()
    }
    assert found == {
        "2026-11-20": (1, "2026-11-19T18:01:00Z", 2, 1, 1),
        "2026-11-21": (0, None, 1, 0, 0),
        "2026-11-22": (0, "2026-11-22T01:00:00Z", 1, 0, 0),
    }


def watched(path: Path, now: datetime) -> list[tuple[str, date]]:
    db = open_reading(path)
    found = [(alarm.kind, alarm.since) for alarm in alarms(db.conn, [SITE.key], now)]
    db.close()
    return found


def test_a_paper_that_falls_silent_is_said_after_two_days_of_crawls(path: Path) -> None:
    said = {}
    for day in range(26):
        now = NOON + timedelta(days=day)
        new = range(4 * day, 4 * day + 4) if day < 20 else ()
        with crawl(path, now) as archive:
            archive.save(listed(*new, now=now))
            for number in new:
                archive.save(visit(number, now, article=article(number, now)))
        said[day] = watched(path, now)
    since = LAST + timedelta(20)
    assert said == {day: [] if day < 22 else [("silent", since)] for day in range(26)}


@pytest.mark.parametrize("answered", [True, False])
def test_a_crawl_that_saw_one_of_two_lists_proves_no_silence(path: Path, answered: bool) -> None:
    for day in range(24):
        now = NOON + timedelta(days=day)
        new = range(4 * day, 4 * day + 4) if day < 20 else ()
        with crawl(path, now, site=TWO) as archive:
            archive.save(listed(*new, now=now))
            failure = None if day < 20 or answered else "http_503"
            archive.save(source(OTHER, now, failure=failure))
            for number in new:
                archive.save(visit(number, now, article=article(number, now)))
    assert [kind for kind, _ in watched(path, now)] == (["silent"] if answered else [])


def test_what_a_cut_crawl_finds_ends_a_silence(path: Path) -> None:
    with crawl(path) as archive:
        for number in range(40):
            before = NOON - timedelta(days=number % 20)
            archive.save(visit(number, article=article(number, before)))
    for day in range(12):
        with crawl(path, NOON + timedelta(days=day)) as archive:
            archive.save(listed(now=NOON + timedelta(days=day)))
    later = NOON + timedelta(days=12)
    assert watched(path, later) == [("silent", LAST + timedelta(1))]
    with crawl(path, later, site=TWO) as archive:
        archive.save(listed(99, now=later))
    assert watched(path, later) == []


@pytest.mark.parametrize(
    ("state", "failed_crawl", "said"),
    [
        ("pending", None, False),
        ("pending", 1, True),
        ("in_flight", None, False),
        ("skipped", None, True),
        ("failed", 1, True),
    ],
)
def test_only_addresses_that_wait_speak_against_a_silence(
    db: sqlite3.Connection, state: str, failed_crawl: int | None, said: bool
) -> None:
    stop(db, "mid", LAST - timedelta(3))
    db.executemany(
        "INSERT INTO url (url, site, kind, key, state, failed_crawl, discovered_at) "
        "VALUES (?1, 'mid', 'article', ?1, ?2, ?3, '2026-11-19T03:00:00Z')",
        [(f"w{number}", state, failed_crawl) for number in range(12)],
    )
    assert bool(alarms(db, ["mid"], at(LAST))) is said


def test_a_backlog_of_old_pages_is_no_drift(path: Path) -> None:
    refusal = Refusal(reason="layout_not_recognised", detail="x.")
    with crawl(path) as archive:
        archive.save(listed(*range(40)))
    later = NOON + timedelta(days=6)
    with crawl(path, later) as archive:
        archive.save(listed(50, 51, now=later))
        for number in (*range(20), 50):
            archive.save(visit(number, later, refusal=refusal))
        for number in (*range(20, 40), 51):
            archive.save(visit(number, later, article=article(number, None)))
    row = rows(path)["2026-11-26"]
    names = ("held", "unread", "stored", "undated", "fresh")
    assert [row[name] for name in names] == [21, 1, 21, 1, 1]


def test_an_old_day_in_a_list_makes_an_address_old(path: Path) -> None:
    links = (Link(url=address(1), modified_raw="2019-05-04"), Link(url=address(2)))
    with crawl(path) as archive:
        archive.save(replace(listed(), links=links))
        for number in (1, 2):
            archive.save(visit(number, article=article(number, None)))
    assert rows(path)["2026-11-20"]["fresh"] == 1


TWO_LISTS = """
from baolangson_crawler.families.portal import PortalPage
from baolangson_crawler.sites.base import Listing, Site
SITE = Site(
    key="paper", name="Báo Thử", province="Thử", domains=("paper.example",), status="live",
    sources=tuple(Listing(f"http://paper.example/{name}?page={{page}}") for name in "ab"),
    article_url=r"-(?P<id>\\d+)\\.html$", pages=(PortalPage,), verified="own",
)
"""


@pytest.mark.parametrize(
    ("second", "said"),
    [(Answer(b"<a href='/x/'>M</a>" * 9, headers={"Content-Type": "text/html"}), True),
     (Answer(b"", 503, {"Retry-After": "3600"}), False)],
)  # fmt: skip
def test_a_crawl_that_is_told_to_wait_amid_the_lists_says_nothing_of_silence(
    tmp_path: Path, second: Answer, said: bool
) -> None:
    empty = Answer(b"<a href='/x/'>M</a>" * 9, headers={"Content-Type": "text/html"})

    def answer(url: str) -> Answer:
        return empty if "/a?" in url else second if "/b?" in url else Answer(b"", 404)

    (tmp_path / "paper.py").write_text(TWO_LISTS, encoding="utf-8")
    archive = str(tmp_path / "a.db")
    last = day_of(datetime.now(UTC)) - timedelta(3)
    past(tmp_path / "a.db", {"paper": 10}, days=60, last=last, name="Báo Thử")
    with Proxy(answer, tmp_path) as proxy:
        done = run_command(
            *("crawl", "paper", "--site", str(tmp_path / "paper.py"), "--archive", archive),
            *("--delay", "0"),
            env=proxy.environment,
        )
    assert ("silent since" in done.stderr) is said, done.stderr
    status_of = run_command("status", "--json", "--archive", archive)
    (site,) = json.loads(status_of.stdout)["sites"]
    assert bool(site["alarms"]) is said


def test_a_paper_whose_new_pages_are_all_held_has_changed_its_layout(path: Path) -> None:
    said = {}
    refusal = Refusal(reason="layout_not_recognised", detail="x.")
    for day in range(24):
        now = NOON + timedelta(days=day)
        new = range(12 * day, 12 * day + 12)
        with crawl(path, now) as archive:
            archive.save(listed(*new, now=now))
            for number in new:
                read = {"article": article(number, now)} if day < 20 else {"refusal": refusal}
                archive.save(visit(number, now, **read))
        said[day] = {kind for kind, _ in watched(path, now)}
    assert said == {day: set() if day < 21 else {"layout"} for day in range(24)}


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC) - timedelta(hours=7)


@pytest.fixture
def db(path: Path) -> Iterator[sqlite3.Connection]:
    past(path, {"big": 30, "mid": 5, "small": 0.4}, days=80, last=LAST)
    opened = open_writing(path)
    yield opened.conn
    opened.close()


def test_papers_that_print_as_usual_raise_no_alarm(db: sqlite3.Connection) -> None:
    assert alarms(db, ["big", "mid", "small", "unknown"], at(LAST)) == ()


def test_a_silent_paper_is_said_with_its_last_articles_until_it_prints(
    db: sqlite3.Connection,
) -> None:
    stop(db, "mid", LAST - timedelta(2))
    for _ in range(2):
        (alarm,) = alarms(db, ["big", "mid", "small"], at(LAST))
        assert (alarm.site, alarm.kind, alarm.since) == ("mid", "silent", LAST - timedelta(2))
        assert len(alarm.samples) == 3
        assert {url.rsplit("/", 1)[1].split("-")[0] for url in alarm.samples} == {"76"}
    db.execute("INSERT INTO daily_count VALUES ('mid', ?, '', 4)", (str(LAST),))
    assert alarms(db, ["big", "mid", "small"], at(LAST)) == ()


@pytest.mark.parametrize("change", ["status = 'archive'", "merged_into = 'big'"])
def test_a_paper_that_prints_no_more_is_not_watched(db: sqlite3.Connection, change: str) -> None:
    stop(db, "mid", LAST - timedelta(9))
    assert alarms(db, ["mid"], at(LAST))
    db.execute(f"UPDATE site SET {change} WHERE key = 'mid'")
    assert alarms(db, ["mid"], at(LAST)) == ()


def test_no_crawl_no_alarm(db: sqlite3.Connection) -> None:
    stop(db, "mid", LAST - timedelta(5))
    db.execute("DELETE FROM site_day WHERE day >= ?", (str(LAST - timedelta(5)),))
    assert alarms(db, ["mid"], at(LAST)) == ()
    db.execute("DELETE FROM site_day")
    assert alarms(db, ["mid"], at(LAST)) == ()


@pytest.mark.parametrize(
    ("last", "stopped", "unseen"),
    [
        (LAST, 10, f"day BETWEEN '{LAST - timedelta(100)}' AND '{LAST - timedelta(1)}'"),
        (date(2026, 3, 9), 7, "strftime('%w', day) != '1'"),  # each Monday, three weeks after Tết
    ],
)
def test_a_paper_that_stops_is_said_though_few_days_were_crawled(
    path: Path, last: date, stopped: int, unseen: str
) -> None:
    past(path, {"mid": 5}, days=200, last=last)
    opened = open_writing(path)
    stop(opened.conn, "mid", last - timedelta(stopped))
    opened.conn.execute(f"DELETE FROM site_day WHERE {unseen}")
    found = alarms(opened.conn, ["mid"], at(last))
    opened.close()
    assert [(alarm.kind, alarm.since) for alarm in found] == [("silent", last - timedelta(stopped))]


def test_a_day_that_a_crawl_saw_in_part_is_not_hatched(db: sqlite3.Connection) -> None:
    db.execute("UPDATE site_day SET crawls = 0 WHERE day = '2026-11-01'")
    db.execute("UPDATE site_day SET crawls = 0, answered_at = NULL WHERE day = '2026-11-02'")
    assert calendar(db, "mid", at(LAST)).idle == {date(2026, 11, 2)}


def give_fields(db: sqlite3.Connection) -> None:
    db.execute("UPDATE site_day SET fresh = 10, body_length = 9000, with_lead = 9, "
               "with_byline = 9, with_date = 9, with_section = 9, with_image = 9")  # fmt: skip


def test_a_field_that_is_gone_is_said_with_pages_that_lack_it(db: sqlite3.Connection) -> None:
    give_fields(db)
    assert alarms(db, ["mid"], at(LAST)) == ()
    db.execute("UPDATE article SET byline = 'P.Y'")
    db.execute("UPDATE article SET byline = NULL WHERE site = 'mid' AND id % 5 < 2")
    db.execute("UPDATE site_day SET with_byline = 0 WHERE day > ?", (str(LAST - timedelta(3)),))
    (alarm,) = alarms(db, ["mid"], at(LAST))
    assert alarm.kind == "drift"
    assert "a byline" in alarm.text
    assert len(alarm.samples) == 3
    for url in alarm.samples:
        found = db.execute("SELECT byline, site FROM article WHERE url = ?", (url,)).fetchone()
        assert found == (None, "mid")


@pytest.mark.parametrize("field", ["lead", "date", "section", "image", "body"])
def test_every_field_that_is_gone_is_said(db: sqlite3.Connection, field: str) -> None:
    give_fields(db)
    column = "body_length" if field == "body" else f"with_{field}"
    db.execute(f"UPDATE site_day SET {column} = 0 WHERE day > ?", (str(LAST - timedelta(3)),))
    db.execute("UPDATE version SET lead = NULL")
    db.execute("UPDATE article SET image_count = 0")
    if field == "date":
        db.execute("UPDATE article SET published_at = NULL WHERE published_at > '2026-11-18'")
    (alarm,) = alarms(db, ["mid"], at(LAST))
    assert (alarm.kind, len(alarm.samples)) == ("drift", 3)


def test_a_layout_that_reads_no_more_is_said_with_held_pages(db: sqlite3.Connection) -> None:
    give_fields(db)
    recent = (str(LAST - timedelta(3)),)
    db.execute("UPDATE site_day SET fresh = 9, generic = 8, unread = 3 WHERE day > ?", recent)
    db.execute("INSERT INTO held SELECT id, site, 'layout_not_recognised', 'x', id, discovered_at "
               "FROM url WHERE site = 'mid' ORDER BY id DESC LIMIT 5")  # fmt: skip
    (alarm,) = alarms(db, ["mid"], at(LAST))
    assert alarm.kind == "layout"
    held = {url for (url,) in db.execute("SELECT url FROM url JOIN held ON url_id = id")}
    assert len(set(alarm.samples) & held) == 3


def test_the_status_tells_each_paper_at_a_glance(db: sqlite3.Connection) -> None:
    stop(db, "mid", LAST - timedelta(3))
    url = (
        "INSERT INTO url (url, site, kind, state, discovered_at) "
        "VALUES (?, 'big', 'article', ?, 'x')"
    )
    db.executemany(url, [("p", "pending"), ("q", "pending"), ("f", "failed")])
    found = status(db, at(LAST, 12))
    assert [site.key for site in found.sites] == ["big", "mid", "small"]
    big, mid, small = found.sites
    assert (big.articles, big.today, big.expected) == (2400, 30, 30.0)
    assert (big.pending, big.failed, big.held) == (2, 1, 0)
    assert (mid.today, mid.expected) == (0, 5.0)
    assert [alarm.kind for alarm in mid.alarms] == ["silent"]
    assert mid.newest is not None
    assert mid.newest.startswith("2026-11-16T08:")
    assert mid.last_success == "2026-11-20T02:00:00Z"
    assert small.expected is not None
    assert 0.2 < small.expected < 0.6
    assert big.alarms == small.alarms == ()
    assert (found.versions, found.bytes > 100_000) == (2832, True)


def test_the_day_after_nothing_has_come_yet(db: sqlite3.Connection) -> None:
    found = status(db, at(LAST + timedelta(1)))
    assert [site.today for site in found.sites] == [0, 0, 0]
    assert found.sites[0].expected == 30.0
    assert all(site.alarms == () for site in found.sites)


def test_the_next_visit_is_the_earliest_moment_that_is_waited_for(db: sqlite3.Connection) -> None:
    assert next_visit(db, "big", at(LAST)) is None
    url = (
        "INSERT INTO url (url, site, kind, state, discovered_at, next_visit_at) "
        "VALUES (?, 'big', 'article', 'failed', 'x', ?)"
    )
    db.executemany(url, [("a", "2026-11-22T00:00:00Z"), ("b", "2026-11-01T00:00:00Z"), ("c", None)])
    assert next_visit(db, "big", at(LAST)) == "2026-11-22T00:00:00Z"
    db.execute(
        "INSERT INTO host (host, hold_until, pause, requests) "
        "VALUES ('big.example', '2026-11-20T03:00:00Z', 0, 0)"
    )
    assert next_visit(db, "big", at(LAST)) == "2026-11-20T03:00:00Z"
    assert next_visit(db, "mid", at(LAST)) is None
    assert next_visit(db, "big", at(LAST, 23)) == "2026-11-22T00:00:00Z"


def test_no_large_table_is_scanned(db: sqlite3.Connection) -> None:
    stop(db, "mid", LAST - timedelta(3))
    give_fields(db)
    db.execute("UPDATE site_day SET with_byline = 0 WHERE day > ?", (str(LAST - timedelta(3)),))
    asked: set[str] = set()
    db.set_trace_callback(lambda sql: asked.add(sql))
    found = status(db, at(LAST))
    calendar(db, "big", at(LAST))
    db.set_trace_callback(None)
    assert {alarm.kind for site in found.sites for alarm in site.alarms} == {"silent", "drift"}
    plans = [
        (row[3], sql)
        for sql in asked
        if sql.startswith("SELECT")
        for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")
    ]
    assert len(plans) > 20
    scans = [(step, sql) for step, sql in plans if step.startswith("SCAN")]
    assert {step for step, _ in scans} <= {"SCAN site", "SCAN crawl"} | {
        step for step, _ in scans if "VIRTUAL TABLE" in step
    }


def test_the_table_fits_80_columns_with_63_papers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = {f"bao{n:02}": 0.3 + n for n in range(63)}
    name = "Báo và phát thanh, truyền hình {} [/b]"
    made = past(tmp_path / "many.db", names, days=20, last=LAST, name=name)
    db = open_reading(made.path)
    found = status(db.conn, at(LAST, 10))
    db.close()
    printed = {}
    for width in (80, 200):
        screen = Console(width=width, force_terminal=True, file=StringIO())
        monkeypatch.setattr(printing, "console", lambda screen=screen: screen)
        printing.tell(found, made.path)
        printed[width] = re.sub(r"\x1b\[[\d;]*m", "", screen.file.getvalue()).splitlines()
        assert max(map(len, printed[width])) <= width
    table = [line for line in printed[80] if "Báo và" in line]
    assert len(table) == 63
    assert re.search(r"h… +1,245 +1 h +1 h 62 / 62 +0 +0 +0 +$", table[-1]), table[-1]
    assert "63 papers" in "\n".join(printed[80])
    assert "Báo và phát thanh, truyền hình bao62 [/b]" in "\n".join(printed[200])


def test_the_status_is_json_for_machines(db: sqlite3.Connection, path: Path) -> None:
    stop(db, "mid", LAST - timedelta(9))
    db.commit()
    done = run_command("status", "--json", "--archive", str(path))
    assert done.returncode == 0, done.stderr
    sites = {site["key"]: site for site in json.loads(done.stdout)["sites"]}
    assert sites["big"]["articles"] == 2400
    (alarm,) = sites["mid"]["alarms"]
    assert (alarm["kind"], alarm["since"]) == ("silent", "2026-11-11")


EVIL = '<script>alert(1)</script>"&'


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """The page of an archive with a silent paper, days without crawls, and a hostile name."""
    made = past(tmp_path / "a.db", {"big": 30, "mid": 5}, days=80, last=LAST, name=f"{{}} {EVIL}")
    opened = open_writing(made.path)
    stop(opened.conn, "mid", LAST - timedelta(9))
    opened.conn.execute("UPDATE article SET url = 'javascript:alert(1)//' || id WHERE id % 5 = 0")
    opened.conn.execute("DELETE FROM site_day WHERE day IN ('2026-11-01', '2026-11-02')")
    found = status(opened.conn, at(LAST))
    calendars = {site.key: calendar(opened.conn, site.key, at(LAST)) for site in found.sites}
    opened.close()
    target = tmp_path / "status.html"
    target.write_text(html(found, calendars), encoding="utf-8")
    return target


def test_the_page_is_self_contained_and_escapes_everything(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "<script" not in text
    assert text.count("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&amp;") >= 4
    links = set(re.findall(r'(?:href|src|url)\s*[=(]\s*"?([^"\s)>]+)', text))
    outside = {link for link in links if not link.startswith("#")}
    assert outside
    assert all(link.startswith("https://mid.example/") for link in outside)
    assert 'href="javascript:' not in text
    assert 'lang="vi"' in text


def test_every_paper_has_a_calendar_of_53_weeks(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text.count('<section class="calendar"') == 2
    first, second = text.split('<section class="calendar"')[1:]
    for part in (first, second):
        assert 52 * 7 < part.count("<title>") <= 53 * 7
        assert "<title>10/11/2026: " in part
        assert "<title>01/11/2026: " in part
        assert ', no crawl · không thu thập</title></rect><rect class="hatched"' in part
    assert "<title>10/11/2026: 30</title>" in first
    assert "<title>11/11/2026: 0</title>" in second


def test_the_page_appears_whole_or_not_at_all(page: Path, tmp_path: Path) -> None:
    archive = str(tmp_path / "a.db")
    target = tmp_path / "new.html"
    done = run_command("status", "--archive", archive, "--html", str(target))
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    text = target.read_text(encoding="utf-8")
    assert text.endswith("</html>\n")
    gone = run_command("status", "--archive", str(tmp_path / "none.db"), "--html", str(target))
    assert gone.returncode == 1
    assert target.read_text(encoding="utf-8") == text
    nowhere = run_command("status", "--archive", archive, "--html", str(tmp_path / "no" / "x.html"))
    assert nowhere.returncode == 3
    assert "--html" in nowhere.stderr
    assert list(tmp_path.glob("*.part")) == []


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([], ()),
        ([3], ()),
        ([1, 2], (1,)),
        ([1] * 50 + [900], (1,)),
        ([1, 2, 3, 4, 5, 6, 7, 8], (2, 4, 6)),
    ],
)
def test_shades_are_the_quartiles_of_the_papers_own_days(
    counts: list[int], expected: tuple[int, ...]
) -> None:
    articles = {LAST - timedelta(n): count for n, count in enumerate(counts)}
    assert levels(articles) == expected


def test_an_archive_without_articles_has_a_status(path: Path) -> None:
    with crawl(path):
        pass
    db = open_reading(path)
    found = status(db.conn, NOON)
    page = html(found, {SITE.key: calendar(db.conn, SITE.key, NOON)})
    db.close()
    assert [(site.articles, site.expected) for site in found.sites] == [(0, None)]
    assert page.count("<title>") > 300
    assert run_command("status", "--archive", str(path)).returncode == 0


CHROMIUM = Path(os.environ.get("BAOLANGSON_CHROMIUM", "/usr/bin/chromium"))


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_browser_shows_the_page_without_scripts_and_asks_nobody(page: Path, scheme: str) -> None:
    if not CHROMIUM.exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"There is no {CHROMIUM}.")
    from playwright.sync_api import sync_playwright

    asked: list[str] = []
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        context = browser.new_context(
            viewport={"width": 1150, "height": 800}, color_scheme=scheme, java_script_enabled=False
        )
        tab = context.new_page()
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(page.as_uri())
        assert tab.locator("tbody tr").count() == 2
        assert tab.locator(".alarms li").count() == 1
        square = tab.locator("#big rect.c4, #big rect.c3").first.bounding_box()
        table = tab.locator("table").bounding_box()
        room = tab.locator(".scroll").bounding_box()
        browser.close()
    assert asked == [page.as_uri()]
    assert square["width"] >= 8
    assert table["width"] <= room["width"]
