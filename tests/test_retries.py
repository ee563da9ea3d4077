"""What becomes of addresses and hosts that fail: tried again, later, and not for ever.

Days pass by changing ``url.next_visit_at``; every answer comes from the fault server on loopback.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest
from fault_crawls import Crawls
from fault_papers import HTML, Answer, Paper
from fault_server import FaultServer, Reply, Trouble

PAST = "2020-01-01T00:00:00Z"
LONG = 12  # more crawls than any address is tried in


@pytest.fixture
def paper() -> Paper:
    return Paper(articles=12, per_page=20)


@pytest.fixture
def server(paper: Paper) -> Iterator[FaultServer]:
    with FaultServer(paper) as server:
        yield server


@pytest.fixture
def crawls(tmp_path: Path, server: FaultServer, paper: Paper) -> Crawls:
    return Crawls(tmp_path, server, paper)


def days_pass(crawls: Crawls) -> int:
    """Every address whose next visit is planned is due; how many."""
    return crawls.change("UPDATE url SET next_visit_at = ? WHERE next_visit_at IS NOT NULL", PAST)


FLAKY: dict[str, list[Reply]] = {
    "reset": [Trouble("reset")],
    "500": [Answer(b"", 500, HTML)],
    "cut": [Trouble("cut", Paper().article(1))],
    "mixed": [Trouble("reset"), Answer(b"", 502, HTML), Trouble("cut"), Answer(b"", 504, HTML)],
}


@pytest.mark.slow
@pytest.mark.parametrize("name", FLAKY)
def test_a_flaky_server_gives_everything_in_the_end_and_nothing_twice(
    server: FaultServer, crawls: Crawls, paper: Paper, name: str
) -> None:
    server.flaky(3, FLAKY[name])
    for _ in range(5):
        assert crawls.run().code in (0, 2)
        days_pass(crawls)
    assert crawls.stored(paper) == paper.urls
    assert crawls.rows("SELECT count(*), count(DISTINCT key) FROM article") == [(12, 12)]
    assert crawls.one("SELECT count(*) FROM version") == 12
    titles = {title for (title,) in crawls.rows("SELECT title FROM article")}
    assert titles == {f"Bài {number}" for number in range(1, 13)}  # no cut page was believed
    states = "SELECT DISTINCT state FROM url WHERE kind = 'article'"
    assert crawls.rows(states) == [("done",)]


def test_a_cut_body_is_never_stored(server: FaultServer, crawls: Crawls, paper: Paper) -> None:
    server.script(paper.url(7), Trouble("cut", paper.article(7)))
    crawls.run()
    assert crawls.stored(paper) == paper.urls - {paper.url(7)}
    assert crawls.states(paper, [7]) == [("failed", "incomplete")]


def tries(crawls: Crawls, url: str, path: str) -> tuple[list[int], list[float]]:
    """How often each crawl asks for an address until no visit is planned, and the hours between."""
    asked, hours = [], []
    for _ in range(LONG):
        crawls.server.forget()
        crawls.run()
        asked.append(crawls.server.paths().count(path))
        fetched_at, next_visit_at = crawls.rows(
            "SELECT fetched_at, next_visit_at FROM url WHERE url = ?", url
        )[0]
        if next_visit_at is None:
            break
        wait = datetime.fromisoformat(next_visit_at) - datetime.fromisoformat(fetched_at)
        hours.append(wait.total_seconds() / 3600)
        days_pass(crawls)
    return asked, hours


HARD = [1] * 5  # how often each crawl asks
TEMPORARY = [3] * 9
ALWAYS: dict[str, tuple[Reply, list[int]]] = {
    "404": (Answer(b"no", 404, HTML), HARD),
    "403": (Answer(b"no", 403, HTML), HARD),
    "loop": (Answer(status=302, headers={"Location": "/bai-5.html"}), [11] * 5),
    "500": (Answer(b"no", 500, HTML), TEMPORARY),
    "reset": (Trouble("reset"), TEMPORARY),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", ALWAYS)
def test_an_address_that_always_fails_is_tried_later_and_later_and_then_given_up(
    server: FaultServer, crawls: Crawls, paper: Paper, name: str
) -> None:
    reply, plan = ALWAYS[name]
    server.script(paper.url(5), reply)
    asked, hours = tries(crawls, paper.url(5), "/bai-5.html")
    assert crawls.stored(paper) == paper.urls - {paper.url(5)}
    assert asked == plan
    assert all(before < after for before, after in pairwise(hours)), hours
    server.forget()
    for _ in range(2):
        days_pass(crawls)
        crawls.run()
    assert "/bai-5.html" not in server.paths()
    ((state, reason),) = crawls.states(paper, [5])
    assert state == ("gone" if name == "404" else "failed")
    assert reason


def test_an_address_that_failed_is_left_alone_until_its_time(
    server: FaultServer, crawls: Crawls, paper: Paper
) -> None:
    server.script(paper.url(5), Answer(b"no", 404, HTML))
    asked = []
    for _ in range(4):
        server.forget()
        crawls.run()
        asked.append(server.paths().count("/bai-5.html"))
    assert asked == [1, 1, 0, 0]  # in the very next crawl, and then not before a day
    server.sound()
    days_pass(crawls)
    crawls.run()
    assert crawls.stored(paper) == paper.urls


@pytest.mark.slow
@pytest.mark.parametrize("status", [429, 503])
def test_later_is_no_attempt_of_the_address(
    server: FaultServer, crawls: Crawls, paper: Paper, status: int
) -> None:
    server.script(paper.url(5), Answer(b"", status, {"Retry-After": "1000"}))
    for _ in range(6):
        crawls.run("--patience", "1")
        crawls.change("UPDATE host SET hold_until = NULL, hold_reason = NULL, pause = 0")
        days_pass(crawls)
    assert crawls.one("SELECT attempts FROM url WHERE url = ?", paper.url(5)) == 0
    server.sound()
    crawls.run()
    assert crawls.stored(paper) == paper.urls


LISTS: dict[str, Reply] = {
    "reset": Trouble("reset"),
    "cut": Trouble("cut"),
    "500": Answer(b"", 500, HTML),
    "later": Answer(b"", 503, {"Retry-After": "1"}),
    "404": Answer(b"no", 404, HTML),
    "empty": Answer(b"", headers=HTML),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_breaks_off_once_hides_no_article(tmp_path: Path, name: str) -> None:
    paper = Paper(articles=9, per_page=3)
    with FaultServer(paper) as server:
        server.script(paper.list_url(2), LISTS[name], None)
        crawls = Crawls(tmp_path, server, paper)
        crawls.run()
        newer = replace(paper, articles=10)  # the first page alone must not end the walk
        server.publish(newer)
        crawls.run()
        assert crawls.stored(paper) == newer.urls


# --- Hosts ---------------------------------------------------------------------------------


@pytest.fixture
def calm() -> Paper:
    return Paper("calm", "calm.example", articles=6)


DOWN = "does not answer any more"


def test_a_host_that_breaks_every_answer_is_closed_for_the_run(tmp_path: Path, calm: Paper) -> None:
    dead = Paper("dead", "dead.example", articles=40, per_page=40)
    with FaultServer(dead, calm) as server:
        crawls = Crawls(tmp_path, server, dead, calm)
        for number in range(1, 38):
            server.script(dead.url(number), Trouble("reset"))
        outcome = crawls.run()
        assert crawls.stored(calm) == calm.urls
        assert crawls.stored(dead) == {dead.url(40), dead.url(39), dead.url(38)}
        assert len([asked for asked in server.to(dead.host) if asked.status is None]) == 15
        assert outcome.code == 2
        assert DOWN in outcome.warning("dead")
        server.sound()
        assert crawls.run().code == 0
        assert crawls.stored(dead) == dead.urls


@pytest.mark.parametrize("status", [403, 401])
def test_a_host_that_refuses_is_closed_for_the_run(
    tmp_path: Path, calm: Paper, status: int
) -> None:
    wall = Paper("wall", "wall.example", articles=40, per_page=40)
    with FaultServer(wall, calm) as server:
        crawls = Crawls(tmp_path, server, wall, calm)
        for number in range(1, 39):
            server.script(wall.url(number), Answer(b"no", status, HTML))
        outcome = crawls.run(delay=0.05)
        assert crawls.stored(calm) == calm.urls
        assert len([asked for asked in server.asked if asked.status == status]) == 10
        assert "turns the crawler away" in outcome.warning("wall")
        left = "SELECT count(*) FROM url WHERE url LIKE 'http://wall%bai-%' AND attempts = 0"
        assert crawls.one(left) >= 28
        server.sound()
        for _ in range(3):
            days_pass(crawls)
            crawls.run()
        assert crawls.stored(wall) == wall.urls


NO_SUCH_NAME = """
from baolangson_crawler import resolver
asked = resolver.addresses_of
def stub(name):
    if name.endswith("dead.example"):
        print("lookup", name, file=sys.stderr)
        raise OSError("no such name")
    return asked(name)
resolver.addresses_of = stub
"""


@pytest.mark.parametrize("name", ["dns", "connection_refused"])
def test_a_host_that_cannot_be_reached_is_closed_for_the_run(
    tmp_path: Path, calm: Paper, name: str
) -> None:
    """The lookup is the test's own, and so is the port where nobody listens."""
    dead = Paper("dead", "dead.example", articles=40, per_page=40)
    with FaultServer(dead, calm) as server, socket.socket() as deaf:
        crawls = Crawls(tmp_path, server, dead, calm)
        crawls.run("--max-pages", "2")
        deaf.bind(("127.0.0.1", 0))
        environment = {
            "dns": {"no_proxy": "dead.example"},
            "connection_refused": {"http_proxy": f"http://127.0.0.1:{deaf.getsockname()[1]}"},
        }[name]
        server.forget()
        outcome = crawls.run(prelude=NO_SUCH_NAME, environment=environment)
        assert outcome.code == 2
        assert DOWN in outcome.warning("dead")
        assert server.to(dead.host) == []
        failures = crawls.rows(
            "SELECT failure, count(*) FROM fetch JOIN url ON url.id = url_id "
            "WHERE site = 'dead' AND failure IS NOT NULL GROUP BY 1"
        )
        assert failures == [(name, 5)]
        if name == "dns":
            assert crawls.stored(calm) == calm.urls
        assert crawls.run().code == 0
        assert crawls.stored(dead) == dead.urls


def test_a_host_without_a_name_is_down_and_the_others_go_on(tmp_path: Path, calm: Paper) -> None:
    dead = Paper("dead", "dead.example")
    with FaultServer(dead, calm) as server:
        crawls = Crawls(tmp_path, server, dead, calm)
        outcome = crawls.run(prelude=NO_SUCH_NAME, environment={"no_proxy": "dead.example"})
        assert outcome.code == 2
        assert crawls.stored(calm) == calm.urls
        assert server.to(dead.host) == []
        assert outcome.said.count("lookup") == 1
        assert "dead.example" in outcome.warning("dead")
