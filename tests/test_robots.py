"""robots.txt by RFC 9309, measured at the server: what was asked for, and what was not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fault_crawls import Crawls, Outcome
from fault_papers import HTML, Answer, Paper
from fault_server import FaultServer, Trouble

OLD = (datetime.now(UTC) - timedelta(hours=25)).strftime("%Y-%m-%dT%H:%M:%SZ")


def rules(text: str) -> bytes:
    return text.encode()


def redirect(target: str) -> Answer:
    return Answer(status=301, headers={"Location": target})


# By name: what each robots.txt leaves of the articles 1, 2 and 3 (None: nothing of the paper).
RULES: dict[str, tuple[bytes | Answer, set[int] | None]] = {
    "404": (Answer(b"no", 404), {1, 2, 3}),
    "403": (Answer(b"no", 403), {1, 2, 3}),
    "401": (Answer(b"no", 401), {1, 2, 3}),
    "410": (Answer(b"no", 410), {1, 2, 3}),
    "404-with-rules": (Answer(b"User-agent: *\nDisallow: /\n", 404), {1, 2, 3}),
    "empty": (b"", {1, 2, 3}),
    "html": (Answer(b"<html><body>Disallow: /<p>Trang</p></body></html>", headers=HTML), {1, 2, 3}),
    "everything": (rules("User-agent: *\nDisallow: /\n"), None),
    "bom": (rules("\ufeffUser-agent: *\nDisallow: /\n"), None),
    "crlf": (rules("User-agent: *\r\nDisallow: /bai-2\r\n"), {1, 3}),
    "cr": (rules("User-agent: *\rDisallow: /bai-2\r"), {1, 3}),
    "case": (rules("USER-AGENT: *\ndisallow:/bai-2\n"), {1, 3}),
    "comment": (rules("User-agent: * # all\nDisallow: /bai-2 # not this\n"), {1, 3}),
    "wildcard": (rules("User-agent: *\nDisallow: /*-2.html$\n"), {1, 3}),
    "percent": (rules("User-agent: *\nDisallow: /b%61i-2\n"), {1, 3}),
    "longest": (rules("User-agent: *\nDisallow: /\nAllow: /list\nAllow: /bai-1\n"), {1}),
    "tie": (rules("User-agent: *\nDisallow: /bai-2\nAllow: /bai-2\n"), {1, 2, 3}),
    "ours-open": (
        rules("User-agent: *\nDisallow: /\n\nUser-agent: baolangson_crawler\nAllow: /\n"),
        {1, 2, 3},
    ),
    "ours-closed": (
        rules("User-agent: Baolangson_Crawler\nDisallow: /\n\nUser-agent: *\nAllow: /\n"),
        None,
    ),
    "ours-twice": (
        rules(
            "User-agent: baolangson_crawler\nDisallow: /bai-1\n\nUser-agent: x\nDisallow: /\n\n"
            "User-agent: baolangson_crawler\nDisallow: /bai-3\n"
        ),
        {2},
    ),
    "others": (rules("User-agent: GPTBot\nUser-agent: crawler\nDisallow: /\n"), {1, 2, 3}),
    "big": (
        rules("User-agent: *\n" + "# ...\n" * 80_000 + "Disallow: /bai-2\n" + "# ...\n" * 80_000),
        {1, 3},
    ),
    "endless-line": (rules("User-agent: *\nDisallow: /bai-2\n#" + "x" * 2_000_000), {1, 3}),
    "binary": (bytes(range(256)) * 4, {1, 2, 3}),
    "nul": (b"User-agent: *\nDisallow: /bai-2\n\x00\n", {1, 3}),
}
CLOSED: dict[str, Answer | Trouble] = {
    "500": Answer(b"User-agent: *\nAllow: /\n", 500),
    "503": Answer(b"", 503),
    "599": Answer(b"", 599),
    "429": Answer(b"", 429),
    "503-later": Answer(b"", 503, {"Retry-After": "1"}),
    "hang": Trouble("hang"),
    "trickle": Trouble("slow", seconds=0.3),
    "reset": Trouble("reset"),
    "cut": Trouble("cut", Answer(b"User-agent: *\nDisallow:\n\n\n\n\n")),
    "loop": redirect("/robots.txt"),
}


def paper_of(name: str) -> Paper:
    robots = RULES[name][0] if name in RULES else None
    return Paper(f"p{name.replace('-', '')}", f"{name}.example", robots=robots)


@dataclass(frozen=True)
class Crawled:
    """One crawl of all papers, and how it went."""

    server: FaultServer
    crawls: Crawls
    outcome: Outcome


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    """Every robots.txt of this file on a host of its own, crawled once, side by side."""
    papers = [paper_of(name) for name in (*RULES, *CLOSED)]
    with FaultServer(*papers) as server:
        for name, reply in CLOSED.items():
            server.script(paper_of(name).robots_url, reply)
        crawls = Crawls(tmp_path_factory.mktemp("robots"), server, *papers)
        settings = {"DOWNLOAD_TIMEOUT": 3, "BACKOFF_SECONDS": 1}
        yield Crawled(server, crawls, crawls.run(delay=0.05, settings=settings, timeout=110))


@pytest.mark.parametrize("name", RULES)
def test_robots_rules_are_obeyed(crawled: Crawled, name: str) -> None:
    paper, allowed = paper_of(name), RULES[name][1]
    asked = crawled.server.paths(paper.host)
    articles = {number for path in asked if (number := paper.number_of(path))}
    site = crawled.outcome.sites[paper.key]
    assert asked[0] == "/robots.txt"
    assert asked.count("/robots.txt") == 1
    if allowed is None:
        assert asked == ["/robots.txt"]
        assert site["exit_code"] == 2
        assert "closes it to crawlers" in site["warning"]
        return
    assert articles == allowed
    assert site["new"] == len(allowed)
    assert site["exit_code"] == 0
    forbidden = {1, 2, 3} - allowed
    states = crawled.crawls.states(paper, forbidden)
    assert states == [("skipped", "robots_disallowed")] * len(forbidden)


@pytest.mark.parametrize("name", CLOSED)
def test_robots_that_cannot_be_had_closes_the_paper(crawled: Crawled, name: str) -> None:
    paper = paper_of(name)
    site = crawled.outcome.sites[paper.key]
    assert set(crawled.server.paths(paper.host)) == {"/robots.txt"}
    assert crawled.server.most_in_flight(paper.host) == 1
    assert site["exit_code"] == 2
    assert "robots.txt" in site["warning"]
    assert crawled.crawls.one(
        "SELECT outcome FROM robots WHERE host = ? ORDER BY id DESC LIMIT 1", paper.host
    ) == "unavailable"  # fmt: skip


def test_a_closed_paper_is_told_to_cron(crawled: Crawled) -> None:
    assert crawled.outcome.code == 2


def test_the_decision_is_noted_with_every_request(crawled: Crawled) -> None:
    rows = crawled.crawls.rows(
        "SELECT robots_rule, count(*) FROM fetch JOIN url ON url.id = url_id "
        "WHERE status = 200 AND kind = 'article' GROUP BY 1"
    )
    assert rows
    assert {rule for rule, _ in rows} <= {"allowed", "no-robots"}


def test_robots_comes_first_on_every_host_that_a_redirect_leads_to(tmp_path: Path) -> None:
    paper = Paper(articles=4, other_hosts=("m.paper.example", "old.example"))
    with FaultServer(paper) as server:
        server.script(paper.url(3), redirect("http://m.paper.example/bai-3.html"))
        server.script(paper.url(2), redirect("http://old.example/bai-2.html"))
        server.script("http://old.example/robots.txt", Answer(b"User-agent: *\nDisallow: /bai-2\n"))
        outcome = Crawls(tmp_path, server, paper).run()
        assert server.paths("m.paper.example") == ["/robots.txt", "/bai-3.html"]
        assert server.paths("old.example") == ["/robots.txt"]
        assert (outcome.code, outcome.site["new"]) == (0, 3)


def test_robots_is_followed_through_five_redirects(tmp_path: Path) -> None:
    paper = Paper()
    with FaultServer(paper) as server:
        server.script(paper.robots_url, redirect("/r1"))
        for hop in range(1, 5):
            server.script(f"http://{paper.host}/r{hop}", redirect(f"/r{hop + 1}"))
        server.script(f"http://{paper.host}/r5", Answer(b"User-agent: *\nDisallow: /bai-2\n"))
        crawls = Crawls(tmp_path, server, paper)
        crawls.run()
        assert crawls.stored(paper) == {paper.url(1), paper.url(3)}


def test_robots_is_kept_for_a_day_and_not_longer(tmp_path: Path) -> None:
    paper = Paper(robots=b"User-agent: *\nDisallow: /bai-2\n")
    with FaultServer(paper) as server:
        crawls = Crawls(tmp_path, server, paper)
        crawls.run()
        server.forget()
        crawls.run()
        assert "/robots.txt" not in server.paths()
        assert "/bai-2.html" not in server.paths()
        assert crawls.change("UPDATE robots SET fetched_at = ?", OLD) == 1
        skipped = "UPDATE url SET next_visit_at = ? WHERE reason = 'robots_disallowed'"
        assert crawls.change(skipped, OLD) == 1
        server.publish(Paper())  # robots.txt is gone: the paper has opened what it closed
        server.forget()
        crawls.run()
        assert server.paths()[0] == "/robots.txt"
        assert crawls.stored(paper) == paper.urls


def test_a_robots_that_failed_is_asked_for_by_the_next_crawl(tmp_path: Path) -> None:
    paper = Paper()
    with FaultServer(paper) as server:
        server.script(paper.robots_url, Answer(b"", 500))
        crawls = Crawls(tmp_path, server, paper)
        assert crawls.run().code == 2
        server.sound()
        assert crawls.run().code == 0
        assert crawls.stored(paper) == paper.urls


def test_a_closing_in_the_middle_of_a_crawl_is_obeyed_by_the_next_after_a_day(
    tmp_path: Path,
) -> None:
    paper = Paper(articles=2)
    with FaultServer(paper) as server:
        crawls = Crawls(tmp_path, server, paper)
        assert crawls.run().code == 0
        crawls.change("UPDATE robots SET fetched_at = ?", OLD)
        server.publish(Paper(articles=4, robots=b"User-agent: *\nDisallow: /\n"))
        server.forget()
        outcome = crawls.run()
        assert server.paths() == ["/robots.txt"]
        assert outcome.code == 2
        assert len(crawls.stored(paper)) == 2
