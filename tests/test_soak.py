"""A small sample of the endurance run, and proof that its comparison sees what is wrong."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from baolangson_crawler.demo import PAPERS
from soak.company import concurrency
from soak.disk import disk
from soak.finding import finding
from soak.kills import kill_commits, kill_random
from soak.memory import memory
from soak.report import Part, table
from soak.truth import addresses_of, damage, differences


def said(part: Part) -> str:
    return table([part])


@pytest.mark.slow
def test_a_crawl_that_is_killed_at_its_commits_reaches_the_truth() -> None:
    part = kill_commits(articles=60, stride=36, jobs=2, tell=lambda line: None)
    assert not part.faults, said(part)
    figures = dict(part.figures)
    assert int(figures["kills"]) >= 5
    assert int(figures["archives compared with the truth"]) >= 5


@pytest.mark.slow
def test_a_crawl_that_is_killed_again_and_again_reaches_the_truth() -> None:
    part = kill_random(articles=150, kills=5, jobs=1, tell=lambda line: None)
    assert not part.faults, said(part)
    assert int(dict(part.figures)["kills"]) >= 5


@pytest.mark.slow
def test_a_crawl_whose_disk_is_full_goes_on_when_there_is_room() -> None:
    part = disk(articles=60, jobs=2, tell=lambda line: None, shares=(0.6,), making=(500,))
    assert not part.faults, said(part)


@pytest.mark.slow
def test_every_article_is_found_and_asked_for_once() -> None:
    part = finding(articles=60, tell=lambda line: None)
    assert not part.faults, said(part)


@pytest.mark.slow
def test_nobody_notices_the_other() -> None:
    part = concurrency(articles=150, tell=lambda line: None)
    assert not part.faults, said(part)


@pytest.mark.slow
def test_memory_is_measured_and_what_grows_is_told() -> None:
    lines: list[str] = []
    part = memory((60, 90), tell=lines.append)
    assert not part.faults, said(part)
    assert "MB at most" in lines[0]


@pytest.fixture
def copy(demo_path: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(demo_path, tmp_path))


def test_an_archive_that_is_right_differs_in_nothing(copy: Path) -> None:
    assert differences(copy, PAPERS, addresses_of(copy)) == []


@pytest.mark.parametrize(
    ("harm", "fault"),
    [
        ("DELETE FROM article WHERE id = 9", ": 1 missing, as "),
        ("UPDATE article SET key = 'paper:1' WHERE id = 9", ": 1 unknown, as paper:1"),
        ("UPDATE article SET title = 'x' WHERE id = 9", ": title is 'x'"),
        ("UPDATE version SET body = 'x' WHERE article_id = 9", ": body is [('paragraph', 'x')]"),
        ("DELETE FROM image WHERE number = 1", "images is"),
        ("DELETE FROM article_tag WHERE number = 1", "tags is"),
        ("UPDATE url SET state = 'pending' WHERE id = 9", "in no final state: 1"),
        ("UPDATE url SET state = 'failed', reason = 'timeout' WHERE id = 9", "in no final state"),
        ("UPDATE article SET version_count = 2 WHERE id = 9", "more than one version"),
        ("UPDATE fetch SET capture_id = NULL WHERE id = 60", "without the answer"),
        ("UPDATE url SET key = 'other' WHERE id = 60", "without the answer"),
        ("UPDATE article SET url = 'x' WHERE id = 9", "without its own address"),
        ("DELETE FROM fetch WHERE capture_id = 60", "a capture of no fetch: 1"),
        ("DELETE FROM fetch WHERE id = 60", "without the row that it refers to"),
        ("INSERT INTO tag (name) VALUES ('x')", "a tag of no article: 1"),
        ("UPDATE crawl SET outcome = 'running'", "a crawl that runs: 1"),
        ("UPDATE daily_count SET articles = articles + 1", "a day that is counted wrong"),
        ("DELETE FROM daily_count", "a day that is counted wrong"),
        ("UPDATE capture SET sha256 = 'x' WHERE id = 60", "is not what was stored"),
        ("DELETE FROM article_fts_exact_docsize WHERE id = 1", "article_fts_exact has"),
        ("UPDATE version SET body = 'x' WHERE article_id = 9", "article_fts: "),
        ("DELETE FROM alias WHERE kind = 'listed'", "aliases lacks"),
        ("UPDATE url SET url = url || 'x' WHERE id = 60", "ledger has besides 1 rows"),
    ],
)
def test_whatever_is_wrong_with_an_archive_is_told(copy: Path, harm: str, fault: str) -> None:
    undisturbed = addresses_of(copy)
    conn = sqlite3.connect(copy)
    conn.execute(harm)
    assert conn.total_changes
    conn.commit()
    conn.close()
    found = differences(copy, PAPERS, undisturbed)
    assert any(fault in line for line in found), found


def test_a_damaged_file_is_told(copy: Path) -> None:
    assert damage(copy) == []
    with copy.open("r+b") as file:
        file.seek(20 * 4096)
        file.write(b"\x7f" * 4096)
    assert damage(copy)


def test_a_report_tells_figures_faults_and_what_was_not_done() -> None:
    part = Part("nothing")
    part.figure("pages", "3")
    part.require(1 > 2, "one is not more than two")
    part.skipped.append("no disk")
    printed = table([part.done()])
    for words in ("**1 faults**", "| pages | 3 |", "no disk", "- nothing: one is not more"):
        assert words in printed
