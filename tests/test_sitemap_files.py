"""Of a large index each crawl asks a part, and a few crawls ask all of it."""

from __future__ import annotations

import sqlite3
from types import SimpleNamespace
from typing import Any, cast

import pytest

from baolangson_crawler.items import Link
from baolangson_crawler.spiders.requests import LATER_PRIORITY, SOURCE_PRIORITY
from baolangson_crawler.spiders.sitemaps import MOST_FILES, Sitemaps
from baolangson_crawler.storage.archive import Archive

SITE = "paper"


class Past:
    """What earlier crawls noted of the files."""

    def __init__(self) -> None:
        self.conn = sqlite3.connect(":memory:")
        self.conn.execute(
            "CREATE TABLE url (url TEXT PRIMARY KEY, state TEXT, fetched_at TEXT, "
            "next_visit_at TEXT)"
        )
        self.archive = cast("Archive", SimpleNamespace(conn=self.conn))

    def visited(self, url: str, at: str, state: str = "done", again: str | None = None) -> None:
        row = (url, state, at, again)
        self.conn.execute("INSERT OR REPLACE INTO url VALUES (?, ?, ?, ?)", row)


@pytest.fixture
def past() -> Any:
    past = Past()
    yield past
    past.conn.close()


def asked(
    past: Past, index: list[Link], children: dict[str, list[Link]] | None = None
) -> list[str]:
    """The files that one crawl asks for, in its order; those that are indexes are read."""
    sitemaps, found = Sitemaps(), []
    sitemaps.add(SITE, index, 1, past.archive)
    while file := sitemaps.next(SITE):
        found.append(file.url)
        if children and file.url in children:
            sitemaps.add(SITE, children[file.url], file.depth + 1, past.archive)
    return found


def files(number: int, prefix: str = "s", day: str | None = None) -> list[Link]:
    return [Link(url=f"http://p.example/{prefix}{n}.xml", modified_raw=day) for n in range(number)]


def test_a_crawl_asks_a_part_of_an_index_the_newest_first(past: Past) -> None:
    index = [*files(50_000), Link(url="http://p.example/new.xml", modified_raw="2026-11-20")]
    found = asked(past, index)
    assert len(found) == len(set(found)) == MOST_FILES
    assert found[0] == "http://p.example/new.xml"


def test_the_first_files_come_before_articles_and_the_others_behind(past: Past) -> None:
    sitemaps = Sitemaps()
    sitemaps.add(SITE, files(30), 1, past.archive)
    asked_for = [sitemaps.next(SITE) for _ in range(30)]
    priorities = [file.priority for file in asked_for if file]
    assert priorities == [SOURCE_PRIORITY] * 20 + [LATER_PRIORITY] * 10


@pytest.mark.parametrize("day", [None, "2020-01-01"])
def test_an_index_of_years_of_months_is_read_whole_over_few_crawls(
    past: Past, day: str | None
) -> None:
    years = files(20, "year", day)
    months = {year.url: files(12, f"year{n}-", day) for n, year in enumerate(years)}
    every = {link.url for link in [*years, *(m for found in months.values() for m in found)]}
    for turn in range(3):
        seen: set[str] = set()
        for crawl in range(4):
            found = asked(past, years, months)
            assert len(found) == MOST_FILES
            for n, url in enumerate(found):
                past.visited(url, f"202{turn}-01-0{crawl + 1}T{n // 60:02}:{n % 60:02}:00Z")
            seen.update(found)
        assert seen == every, turn


def test_a_file_that_failed_has_its_time_and_comes_last(past: Past) -> None:
    for name, again in (("0", "2999-01-01T00:00:00Z"), ("1", None), ("2", "2026-01-01T00:00:00Z")):
        past.visited(f"http://p.example/s{name}.xml", "2026-01-01T00:00:00Z", "failed", again)
    past.visited("http://p.example/s3.xml", "2026-01-02T00:00:00Z")
    assert [url[-6:-4] for url in asked(past, files(5))] == ["s4", "s3", "s2"]


def test_a_file_that_has_changed_since_comes_before_one_that_has_not(past: Past) -> None:
    for link in files(3):
        past.visited(link.url, "2026-03-01T00:00:00Z")
    old, new, unknown = "2026-02-01", "2026-03-02T08:00:00+07:00", None
    index = [
        Link(url=link.url, modified_raw=raw)
        for link, raw in zip(files(3), (old, new, unknown), strict=True)
    ]
    assert asked(past, index)[0] == "http://p.example/s1.xml"


def test_files_that_always_say_that_they_have_changed_starve_no_other(past: Past) -> None:
    restamped, others = files(300, "now", "2026-06-01"), files(80, "old", "2015-01-01")
    failed, silent = files(1, "failed"), files(1, "silent")
    for link in restamped:
        past.visited(link.url, "2026-01-01T00:00:00Z")
    past.visited(silent[0].url, "2026-01-01T00:00:00Z")
    past.visited(failed[0].url, "2026-01-01T00:00:00Z", "failed", "2026-01-02T00:00:00Z")
    found = asked(past, [*restamped, *others, *failed, *silent])
    assert len(found) == MOST_FILES
    assert {link.url for link in [*others, *failed, *silent]} < set(found)
    assert restamped[0].url in found[:2]


def test_indexes_that_lead_to_indexes_come_to_an_end(past: Past) -> None:
    endless = {f"http://p.example/s{n}.xml": [files(n + 2)[-1]] for n in range(100)}
    assert len(asked(past, files(1), endless)) == 3
