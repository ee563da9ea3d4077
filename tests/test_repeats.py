"""One text under many addresses: a wall that no list of words knows."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from paper import HTML, Crawl, listing, states
from paper import article as printed
from proxy import Answer
from test_status import NOON, SITE, address, article, listed, visit

from baolangson_crawler.items import Article, Block, Image, Moment
from baolangson_crawler.storage.archive import Archive
from baolangson_crawler.storage.frontier import NEW, Wanted

WALL = (Block(text="Kính mong quý vị lượng thứ, trang này đang được dời sang nơi ở mới."),)
DATA = (
    "article version image alias article_tag tag related daily_count article_fts_docsize "
    "article_fts_exact_docsize"
).split()
NEXT = NOON + timedelta(days=2)


def wall(number: int, published: datetime | None = None, **parts: Any) -> Article:
    return article(
        number, published, title="Thông báo", body=WALL, tags=("thông báo",),
        images=(Image(url="http://x.vn/a.jpg"),), **parts,
    )  # fmt: skip


def crawl(path: Path, read: Sequence[Article], now: datetime = NOON, batch: int = 100) -> Any:
    """Write what was read; the counters of the site."""
    with Archive(path, [SITE], command="test", configuration={}, now=now, batch=batch) as archive:
        archive.save(listed(*(int(one.article_id or 0) for one in read), now=now))
        archive.take(Wanted(SITE.key, NEW, 100), now)
        for one in read:
            archive.save(visit(int(one.article_id or 0), now, article=one))
        archive.finish("done", now)
        return archive.counters[SITE.key]


def ask(path: Path, sql: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as conn:
        return conn.execute(sql).fetchall()


def data(path: Path) -> dict[str, int]:
    return {table: ask(path, f"SELECT count(*) FROM {table}")[0][0] for table in DATA} | {
        "counted": ask(path, "SELECT coalesce(sum(articles), 0) FROM daily_count")[0][0]
    }


@pytest.mark.parametrize("batch", [1, 100])
def test_a_wall_before_new_addresses_changes_nothing(tmp_path: Path, batch: int) -> None:
    path = tmp_path / "a.db"
    crawl(path, [article(number) for number in range(3)])
    before = data(path)
    counted = crawl(path, [wall(number) for number in range(10, 20)], NEXT, batch)

    after = data(path)
    after["daily_count"] = before["daily_count"]  # the row of a day may say 0
    assert after == before
    held = ask(path, "SELECT DISTINCT reason, detail FROM held")
    assert [reason for reason, _ in held] == ["repeated"]
    assert (counted["repeated"], counted["held"]) == (10, 10)
    assert (counted["new"], counted["undated"]) == (0, 0)
    assert ask(path, "SELECT DISTINCT state, reason, article_id FROM url WHERE id > 4") == [
        ("skipped", "repeated", None)
    ]
    kept = ask(path, "SELECT count(*) FROM held JOIN fetch ON fetch.id = fetch_id WHERE capture_id")
    assert kept == [(10,)]
    day = ask(path, "SELECT * FROM site_day WHERE stored + undated + fresh + with_image <> 0")
    assert len(day) == 1
    assert ask(path, "SELECT sum(held) FROM site_day") == [(10,)]
    with closing(sqlite3.connect(path)) as conn:
        for index in ("article_fts", "article_fts_exact"):
            conn.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")
        assert conn.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_wall_is_known_again_by_the_next_crawl(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    crawl(path, [wall(number) for number in range(3)])
    assert crawl(path, [wall(8)], NEXT)["repeated"] == 1
    assert data(path)["article"] == 0


def test_what_waits_behind_a_wall_is_stored_once_it_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    crawl(path, [wall(number) for number in range(3)])
    assert crawl(path, [article(number) for number in range(3)], NEXT)["new"] == 3
    assert ask(path, "SELECT count(*) FROM held") == [(0,)]


def test_an_article_that_is_held_stays_when_its_text_comes_a_third_time(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    crawl(path, [wall(1), wall(2)])
    counted = crawl(path, [wall(1), wall(3)], NEXT)
    assert (counted["same"], counted["repeated"]) == (1, 1)
    assert ask(path, "SELECT key FROM article") == [(f"{SITE.key}:1",), (f"{SITE.key}:2",)]


def test_other_addresses_of_a_withdrawn_article_wait_again(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    other = address(1).replace("bai", "tin")
    with Archive(path, [SITE], command="test", configuration={}, now=NOON) as archive:
        archive.save(listed(1, 2, 3))
        archive.flush()
        archive.conn.execute(
            "INSERT INTO url (url, site, kind, key, state, discovered_at, attempts) "
            "VALUES (?, ?, 'article', ?, 'pending', '2026-11-20T05:00:00Z', 0)",
            (other, SITE.key, f"{SITE.key}:1"),
        )
        for number in range(1, 4):
            archive.save(visit(number, article=wall(number)))
        archive.flush()
        assert archive.counters[SITE.key]["duplicate"] == 0
        assert [due.url for due in archive.take(Wanted(SITE.key, NEW, 9), NOON)] == [other]


@pytest.mark.parametrize(
    "read",
    [
        pytest.param([wall(1), wall(2)], id="printed twice"),
        pytest.param(
            [wall(n, datetime(2026, 11, n, 5, tzinfo=UTC)) for n in range(1, 6)], id="a series"
        ),
        pytest.param(
            [article(n, title="Ảnh đẹp", body=(), images=(Image(url=f"{n}"),)) for n in range(5)],
            id="pictures",
        ),
        pytest.param([article(n) for n in range(5)], id="other titles"),
    ],
)
def test_what_a_paper_prints_itself_is_stored(tmp_path: Path, read: list[Article]) -> None:
    assert crawl(tmp_path / "a.db", read)["new"] == len(read)


def test_a_day_that_only_the_address_states_is_no_word_of_the_page(tmp_path: Path) -> None:
    days = [datetime(2026, 11, number, 5, tzinfo=UTC) for number in range(1, 6)]
    moments = [Moment(at=day, raw="x", method="url:path", confidence=0.5) for day in days]
    read = [replace(wall(number), published=moment) for number, moment in enumerate(moments)]
    assert crawl(tmp_path / "a.db", read)["repeated"] == 5


def test_a_crawl_stores_no_wall(crawl: Crawl, tmp_path: Path) -> None:
    wall = Answer(printed(0).body, headers=HTML)
    pages = {f"/a-{number}.html": printed(number) for number in range(1, 4)}
    pages |= {f"/a-{number}.html": wall for number in range(10, 15)}
    _, report, _, _ = crawl(pages | {"/list?page=1": listing(*pages)})
    assert (report["new"], report["held"]) == (3, 5)
    assert list(states(tmp_path).values()).count(("skipped", "repeated")) == 5
