"""Time zones and clocks: what is stored does not depend on those of the machine."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from operating import EVERY_ARTICLE, articles, crawl_code, finished

from baolangson_crawler.demo import PAPERS, DemoServer

# Every clock of the program is off by some seconds.
SHIFTED = """
import datetime, time
SHIFT = {seconds}
class Shifted(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + datetime.timedelta(seconds=SHIFT)
datetime.datetime = Shifted
real_time = time.time
time.time = lambda: real_time() + SHIFT
"""
# Our own moments and numbers.
OURS = ("_at", "elapsed", "id", "_id", "headers", "walk", "discovered_from", "_crawl")
PRINTED = ("published_at", "modified_at")
# Of an article's several addresses, which one was asked first: two crawls differ in that.
FIRST_ASKED = {
    "article": ("url",),
    "alias": ("kind",),
    "fetch": ("final_url", "redirects"),
    "url": ("state", "reason", "etag", "last_modified"),
}
SKIPPED = ("sqlite_", "_sqlite_", "article_fts", "crawl", "host")


@pytest.fixture(scope="module")
def papers() -> Iterator[str]:
    """The proxy that serves the demo papers."""
    with DemoServer(PAPERS) as server:
        yield server.proxy_url


def dump(archive: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row without our own times and numbers."""
    with closing(sqlite3.connect(archive)) as conn:
        names = [
            name
            for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith(SKIPPED)
        ]
        found = {}
        for name in names:
            columns = [
                column
                for (_, column, *_) in conn.execute(f"PRAGMA table_info([{name}])")
                if (column in PRINTED or not column.endswith(OURS))
                and column not in FIRST_ASKED.get(name, ())
            ]
            rows = conn.execute(f"SELECT {', '.join(columns)} FROM [{name}]").fetchall()
            found[name] = sorted(rows, key=repr)
    return found


def crawled(archive: Path, papers: str, shift: int = 0, **environment: str) -> None:
    code = crawl_code(archive, SHIFTED.format(seconds=shift) if shift else "")
    done = finished(code, papers, **environment)
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_an_archive_is_the_same_in_every_time_zone(tmp_path: Path, papers: str) -> None:
    dumps = []
    for zone in ("UTC", "America/New_York", "Asia/Ho_Chi_Minh"):
        archive = tmp_path / zone.replace("/", "-") / "articles.db"
        crawled(archive, papers, TZ=zone)
        dumps.append(dump(archive))
        with closing(sqlite3.connect(archive)) as conn:
            moments = conn.execute(
                "SELECT started_at FROM crawl UNION SELECT fetched_at FROM fetch "
                "UNION SELECT first_seen_at FROM article"
            ).fetchall()
            offsets = conn.execute("SELECT DISTINCT substr(published_at, 20) FROM article "
                                   "WHERE published_precision = 'minute'").fetchall()  # fmt: skip
        assert all(moment.endswith("Z") for (moment,) in moments)
        assert set(offsets) <= {("+07:00",)}
    assert len(dumps[0]["article"]) == len(EVERY_ARTICLE)
    assert dumps[0] == dumps[1] == dumps[2]


@pytest.mark.slow
@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_an_hour_off_changes_only_our_own_times(
    tmp_path: Path, papers: str, hours: int
) -> None:
    right, wrong = tmp_path / "right.db", tmp_path / "wrong.db"
    crawled(right, papers)
    crawled(wrong, papers, hours * 3600)
    assert dump(right) == dump(wrong)


@pytest.mark.slow
def test_a_clock_that_steps_back_between_crawls_costs_nothing(tmp_path: Path, papers: str) -> None:
    archive = tmp_path / "articles.db"
    crawled(archive, papers, 7200)
    first = dump(archive)
    crawled(archive, papers)
    crawled(archive, papers, -7200)
    assert articles(archive) == EVERY_ARTICLE
    for table in ("article", "version", "alias", "image", "article_tag", "related"):
        assert dump(archive)[table] == first[table], table
