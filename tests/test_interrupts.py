"""Signals at every stage of a crawl: exit code 11, the state saved, the archive sound."""

from __future__ import annotations

import os
import pty
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from conftest import clean_environment
from operating import EVERY_ARTICLE, articles, crawl_code, finished, start
from proxy import Answer, Proxy

from baolangson_crawler.demo import PAPERS, DemoServer

SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


@pytest.fixture(scope="module")
def papers() -> Iterator[str]:
    """The proxy that serves the demo papers."""
    with DemoServer(PAPERS) as server:
        yield server.proxy_url


def until(condition: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 30
    while not condition() and process.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.005)


def outcomes(archive: Path) -> list[str]:
    with closing(sqlite3.connect(archive)) as conn:
        return [outcome for (outcome,) in conn.execute("SELECT outcome FROM crawl ORDER BY id")]


def ended(process: subprocess.Popen[str], seconds: float = 20) -> int:
    _, err = process.communicate(timeout=seconds)
    assert "Traceback" not in err, err
    return process.returncode


# A crawl that says when it is at a place of the program, and waits there.
AT = """
import sys, time
import {module} as module
real = module.{name}
def waiting(*arguments, **options):
    print("here", flush=True)
    time.sleep(1)
    return real(*arguments, **options)
module.{name} = waiting
"""
PLACES = {
    "before the archive is opened": ("baolangson_crawler.storage.archive", "open_writing"),
    "with the archive open": ("scrapy.crawler", "AsyncCrawlerProcess"),
    "before Scrapy listens": ("scrapy.utils.ossignal", "install_shutdown_handlers"),
}


@pytest.mark.slow
@pytest.mark.parametrize("how", SIGNALS)
@pytest.mark.parametrize("place", PLACES)
def test_a_crawl_interrupted_at_its_start_has_saved_its_state(
    tmp_path: Path, papers: str, how: int, place: str
) -> None:
    archive = tmp_path / "articles.db"
    module, name = PLACES[place]
    process = start(crawl_code(archive, AT.format(module=module, name=name)), papers)
    assert process.stdout
    assert process.stdout.readline() == "here\n"
    process.send_signal(how)
    assert ended(process) == 11
    if archive.exists():
        assert outcomes(archive) == ["interrupted"]
    if how == signal.SIGTERM:  # once a place: what a crawl finds does not depend on the signal
        assert finished(crawl_code(archive), papers).returncode == 0
        assert articles(archive) == EVERY_ARTICLE


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP])
def test_a_crawl_that_hangs_at_robots_txt_can_be_interrupted(tmp_path: Path, how: int) -> None:
    archive = tmp_path / "articles.db"
    answered = threading.Event()

    def hang(url: str) -> Answer | None:
        answered.wait(60)
        return None

    with Proxy(hang, tmp_path) as proxy:
        process = start(crawl_code(archive), proxy.environment["http_proxy"])
        until(lambda: bool(proxy.asked), process)
        process.send_signal(how)
        time.sleep(0.5)  # two signals at once are heard as one
        process.send_signal(signal.SIGTERM)  # does not wait for what is under way
        code = ended(process)
        answered.set()
    assert code == 11
    assert outcomes(archive) == ["interrupted"]
    assert articles(archive) == set()


@pytest.mark.slow
@pytest.mark.parametrize("how", SIGNALS)
def test_a_crawl_that_waits_as_a_server_asked_can_be_interrupted(tmp_path: Path, how: int) -> None:
    archive = tmp_path / "articles.db"
    later = Answer(b"later", 429, {"Retry-After": "120"})

    def answer(url: str) -> Answer | None:
        return None if url.endswith("robots.txt") else later

    with Proxy(answer, tmp_path) as proxy:
        process = start(crawl_code(archive), proxy.environment["http_proxy"])
        until(lambda: len(proxy.asked) >= 2 * len(PAPERS), process)
        time.sleep(0.5)
        process.send_signal(how)
        assert ended(process) == 11
    assert outcomes(archive) == ["interrupted"]
    assert articles(archive) == set()


@pytest.mark.slow
@pytest.mark.parametrize("how", SIGNALS)
def test_a_signal_while_the_end_is_written_costs_nothing(
    tmp_path: Path, papers: str, how: int
) -> None:
    archive = tmp_path / "articles.db"
    before = AT.format(module="baolangson_crawler.storage.crawls", name="end")
    process = start(crawl_code(archive, before), papers)
    assert process.stdout
    assert process.stdout.readline() == "here\n"
    process.send_signal(how)
    process.send_signal(how)
    assert ended(process) in (0, 11)
    assert outcomes(archive)[0] in ("done", "interrupted")
    assert articles(archive) == EVERY_ARTICLE


@pytest.mark.slow
def test_a_terminal_that_is_closed_ends_the_crawl_as_ctrl_c_does(
    tmp_path: Path, papers: str
) -> None:
    archive = tmp_path / "articles.db"
    ours, theirs = pty.openpty()
    code = crawl_code(archive) + "\n"
    code = code.replace("sys.exit(report", "print('done', flush=True); sys.exit(report")
    # ``setsid --ctty`` gives the crawl the terminal, as a shell's window does
    process = subprocess.Popen(
        ["setsid", "--ctty", "--wait", sys.executable, "-c", code],
        env={**clean_environment(), "http_proxy": papers},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        text=True,
    )
    os.close(theirs)
    until(lambda: archive.exists() and len(stored(archive)) > 20, process)
    os.close(ours)
    assert process.wait(30) == 11
    assert outcomes(archive) == ["interrupted"]
    assert 20 < len(articles(archive)) < len(EVERY_ARTICLE)


def stored(archive: Path) -> list[tuple[int]]:
    with closing(sqlite3.connect(archive)) as conn:
        return conn.execute("SELECT id FROM article").fetchall()


@pytest.mark.slow
def test_a_crawl_under_nohup_does_not_hear_a_closed_terminal(tmp_path: Path, papers: str) -> None:
    archive = tmp_path / "articles.db"
    ignored = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)"
    process = start(crawl_code(archive, ignored), papers)
    until(lambda: archive.exists() and len(stored(archive)) > 20, process)
    process.send_signal(signal.SIGHUP)
    assert ended(process, 60) == 0
    assert articles(archive) == EVERY_ARTICLE


def test_signals_are_given_back() -> None:
    from baolangson_crawler.interrupts import interruptible

    before = [signal.getsignal(number) for number in SIGNALS]
    with interruptible():
        for number in SIGNALS:
            with pytest.raises(KeyboardInterrupt):
                signal.raise_signal(number)
    assert [signal.getsignal(number) for number in SIGNALS] == before


def test_a_look_at_a_large_archive_ends_before_a_service_manager_loses_patience() -> None:
    """A signal is heard only when SQLite is done; systemd waits 90 s by default."""
    from baolangson_crawler.storage import soundness

    assert soundness.SECONDS_AFTER_CRASH <= 30
