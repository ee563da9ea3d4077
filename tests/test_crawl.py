"""The whole way: papers served over HTTP, crawled by the command, found in the archive."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from conftest import run_command
from sqlite_utils import Database

from baolangson_crawler.demo import PAPERS, DemoPaper, expected_articles
from baolangson_crawler.storage.opening import open_reading
from soak.truth import stored, wanted


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.key)
def test_every_article_is_stored_once_and_as_it_was_written(
    demo_db: Database, paper: DemoPaper
) -> None:
    ids = dict(
        demo_db.execute("SELECT key, id FROM article WHERE site = ?", [paper.key]).fetchall()
    )
    expected = {article.key: article for article in expected_articles(paper)}
    assert set(ids) == set(expected)
    assert len(expected) == paper.articles
    for key, article in expected.items():
        assert stored(demo_db, ids[key]) == wanted(article), key


def test_every_stored_text_is_free_of_what_belongs_elsewhere(demo_db: Database) -> None:
    rows = demo_db.execute(
        "SELECT body, lead, title FROM article_text UNION ALL "
        "SELECT caption, credit, '' FROM image WHERE caption IS NOT NULL"
    )
    for row in rows:
        text = "\n".join(part for part in row if part)
        for forbidden in ("\u00a0", "\u200b", "{{", "<script", "Tin liên quan", "Nguồn:"):
            assert forbidden not in text
    assert not demo_db.execute(
        "SELECT 1 FROM article JOIN version ON version.id = version_id "
        "WHERE julianday(published_at) > julianday(seen_at) + 0.02"
    ).fetchone()


def test_one_article_under_several_addresses_is_one_article(demo_db: Database) -> None:
    several = demo_db.execute(
        "SELECT count(*) FROM "
        "(SELECT article_id FROM alias GROUP BY article_id HAVING count(*) > 1)"
    ).fetchone()[0]
    assert several > 10
    assert not demo_db.execute(
        "SELECT 1 FROM article GROUP BY site, site_article_id HAVING count(*) > 1"
    ).fetchone()


def test_nothing_is_left_to_fetch_and_everything_has_its_source(demo_db: Database) -> None:
    states = dict(demo_db.execute("SELECT state, count(*) FROM url GROUP BY state"))
    assert set(states) == {"done", "skipped"}
    orphans = demo_db.execute(
        "SELECT count(*) FROM version JOIN fetch ON fetch.id = fetch_id WHERE capture_id IS NULL"
    ).fetchone()[0]
    assert orphans == 0
    assert demo_db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert demo_db.execute("SELECT count(*), count(DISTINCT host) FROM robots").fetchone() == (3, 3)


def test_the_second_run_stores_nothing_new_and_says_so(demo_path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "articles.db"
    shutil.copy(demo_path, copy)
    counts = "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM version)"
    before = open_reading(copy)
    expected = before.execute(counts).fetchone()
    before.close()

    done = run_command("demo", "--archive", str(copy))

    assert done.returncode == 0, done.stderr
    assert "Nothing new" in done.stdout
    after = open_reading(copy)
    assert after.execute(counts).fetchone() == expected
    after.close()


def test_a_crawl_reports_to_machines(tmp_path: Path) -> None:
    done = run_command(
        "demo", "--articles", "12", "--archive", str(tmp_path / "articles.db"), "--json"
    )
    report = json.loads(done.stdout)
    assert report["outcome"] == "done"
    assert [site["new"] for site in report["sites"]] == [12, 12, 12]
    assert [site["failed"] for site in report["sites"]] == [0, 0, 0]
    assert done.stderr == ""
