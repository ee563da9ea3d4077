"""What a server feels of a crawl, measured at the server: pace, pauses asked for, budgets.

Every host is answered by the fault server on loopback; nothing else is ever connected to.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import run_command
from fault_crawls import Crawls
from fault_papers import Answer, Paper
from fault_record import Asked
from fault_server import FaultServer, Trouble

CLOCK = 0.005  # seconds that two clocks may disagree
BUSY = 429

Serve = Callable[..., tuple[FaultServer, Crawls]]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """A server of some papers, and crawls of them."""
    servers: list[FaultServer] = []

    def begin(*papers: Paper) -> tuple[FaultServer, Crawls]:
        server = FaultServer(*papers).__enter__()
        servers.append(server)
        return server, Crawls(tmp_path, server, *papers)

    yield begin
    for server in servers:
        server.__exit__()


def held(status: int = BUSY, after: str | None = None) -> Answer:
    return Answer(b"later", status, {} if after is None else {"Retry-After": after})


# --- The pace ------------------------------------------------------------------------------


def test_the_pause_begins_when_the_answer_has_ended(serve: Serve) -> None:
    paper = Paper(articles=5)
    server, crawls = serve(paper)
    server.script(paper.url(4), Trouble("slow", paper.article(4), 0.002))
    outcome = crawls.run(delay=0.3)
    assert (outcome.code, crawls.stored(paper)) == (0, paper.urls)
    slow = next(asked for asked in server.asked if asked.url == paper.url(4))
    assert slow.ended is not None
    assert slow.ended - slow.at > 0.6
    assert (
        len(server.gaps()) == 8
    )  # robots.txt, the list, its empty second page twice, five articles
    assert min(server.gaps()) >= 0.3 - CLOCK


@pytest.mark.parametrize("how", ["reset", "cut"])
def test_an_address_that_broke_is_not_asked_again_at_once(serve: Serve, how: str) -> None:
    """Twisted repeats a request on a new connection by itself where a kept one breaks."""
    paper = Paper(articles=4)
    server, crawls = serve(paper)
    server.script(paper.url(3), Trouble(how), Trouble(how), None)  # type: ignore[arg-type]
    crawls.run(delay=0.3)
    assert server.paths().count("/bai-3.html") >= 1
    assert min(server.gaps()) >= 0.3 - CLOCK


@pytest.mark.slow
def test_a_paper_is_asked_once_a_second_whatever_is_wished(serve: Serve) -> None:
    """On a name that a newspaper can have: its server has three names and one pace."""
    paper = Paper(host="bao-thu-nghiem.vn", articles=3,
                  other_hosts=("www.bao-thu-nghiem.vn", "m.bao-thu-nghiem.vn",
                               "bao-thu-cu.vn"))  # fmt: skip
    server, crawls = serve(paper)
    for number, host in enumerate(paper.other_hosts, 1):
        elsewhere = {"Location": f"http://{host}/bai-{number}.html"}
        server.script(paper.url(number), Answer(status=302, headers=elsewhere))
    outcome = crawls.run(delay=0)
    assert (outcome.code, outcome.site["new"]) == (0, 3)
    assert {asked.host for asked in server.asked} == set(paper.hosts)
    assert server.most_in_flight(*paper.hosts) == 1
    assert min(server.gaps(*paper.hosts)) >= 1 - CLOCK


def test_many_papers_are_asked_side_by_side_and_each_one_at_a_time(serve: Serve) -> None:
    papers = [Paper(f"paper{n}", f"paper{n}.example", articles=4) for n in range(4)]
    server, crawls = serve(*papers)
    for paper in papers:
        server.script(paper.url(2), Trouble("slow", paper.article(2), 0.002))
    assert crawls.run(delay=0.2).code == 0
    for paper in papers:
        assert crawls.stored(paper) == paper.urls
        assert server.most_in_flight(paper.host) == 1
        assert min(server.gaps(paper.host)) >= 0.2 - CLOCK
    assert server.most_in_flight() > 1


@pytest.mark.slow
@pytest.mark.parametrize(("asked_for", "kept"), [(2.0, 2.0), (0.1, 0.4)])
def test_crawl_delay_makes_slower_and_never_faster(
    serve: Serve, asked_for: float, kept: float
) -> None:
    paper = Paper(articles=3, robots=f"User-agent: *\nCrawl-delay: {asked_for}\n".encode())
    server, crawls = serve(paper)
    assert crawls.run(delay=0.4).code == 0
    assert crawls.stored(paper) == paper.urls
    assert len(server.gaps()) == 6  # the empty second page of the list is doubted once
    assert min(server.gaps()) >= kept - CLOCK  # robots.txt is an answer too


def test_the_next_crawl_waits_for_what_is_left_of_the_pause(serve: Serve) -> None:
    paper = Paper(articles=1)
    server, crawls = serve(paper)
    crawls.run()
    first = len(server.asked)
    crawls.run(delay=4)
    assert len(server.asked) > first
    assert server.gaps()[first - 1] >= 4 - CLOCK


def test_the_next_crawl_remembers_the_crawl_delay(serve: Serve) -> None:
    paper = Paper(articles=1, per_page=1, robots=b"User-agent: *\nCrawl-delay: 1.5\n")
    server, crawls = serve(paper)
    crawls.run()
    crawls.run()
    assert server.paths().count("/robots.txt") == 1
    assert server.paths().count("/list?page=1") == 2
    assert min(server.gaps()) >= 1.5 - CLOCK


@pytest.mark.slow
def test_two_crawls_into_two_archives_share_one_pace(serve: Serve, tmp_path: Path) -> None:
    paper = Paper(articles=6)
    server, crawls = serve(paper)
    for number in (2, 5):
        server.script(paper.url(number), Trouble("slow", paper.article(number), 0.001))
    both = [crawls.start(delay=0.4, archive=tmp_path / f"{name}.db") for name in "ab"]
    for process in both:
        _, said = process.communicate(timeout=60)
        assert process.returncode == 0, said
    assert sorted(server.paths()).count("/bai-6.html") == 2
    assert server.most_in_flight() == 1
    assert min(server.gaps()) >= 0.4 - CLOCK


@pytest.mark.slow
def test_the_check_of_a_site_keeps_the_pause_after_a_crawl(serve: Serve) -> None:
    paper = Paper(host="bao-thu-nghiem.vn", articles=1)
    server, crawls = serve(paper)
    crawls.run(delay=0.05)
    crawled = len(server.asked)
    done = run_command(
        *("sites", "check", paper.url(1), "--site", str(crawls.sites)),
        env={**server.environment, "BAOLANGSON_STATE": str(crawls.state)},
    )
    assert len(server.asked) > crawled, done.stderr
    assert min(server.gaps()[crawled - 1 :]) >= 1 - CLOCK


@pytest.mark.slow
def test_a_crawl_that_was_killed_stands_in_nobodys_way(serve: Serve, tmp_path: Path) -> None:
    paper = Paper()
    server, crawls = serve(paper)
    server.script(paper.url(3), Trouble("hang"), None)
    killed = crawls.start(delay=0.1, archive=tmp_path / "killed.db")
    while paper.url(3) not in [asked.url for asked in server.asked]:
        assert killed.poll() is None
        time.sleep(0.05)
    killed.send_signal(signal.SIGKILL)
    killed.communicate(timeout=10)
    outcome = crawls.run(delay=0.1, timeout=30)
    assert (outcome.code, crawls.stored(paper)) == (0, paper.urls)
    assert server.most_in_flight() == 1


# --- "Later" -------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_busy_server_is_left_alone_as_long_as_it_asks(serve: Serve) -> None:
    busy = Paper("busy", "busy.example", articles=8)
    calm = Paper("calm", "calm.example", articles=12, per_page=20)
    server, crawls = serve(busy, calm)
    server.script(busy.url(5), held(after="3"), None)
    outcome = crawls.run(delay=0.3)
    assert outcome.code == 0
    assert (crawls.stored(busy), crawls.stored(calm)) == (busy.urls, calm.urls)
    refused = next(asked for asked in server.asked if asked.status == BUSY)
    assert refused.ended is not None
    assert server.during(refused.at, refused.ended + 3 - CLOCK, busy.host) == []
    assert len(server.during(refused.at, refused.ended + 3, calm.host)) >= 4
    assert min(server.gaps(calm.host)) >= 0.3 - CLOCK
    calm_gaps = server.gaps(calm.host)
    assert sorted(calm_gaps)[len(calm_gaps) // 2] < 0.6  # it pays nothing for the other's trouble
    slower = [after.at - refused.ended for after in server.to(busy.host) if after.at > refused.at]
    pauses = [b - a for a, b in pairwise(slower)]
    assert len(pauses) >= 4
    assert min(pauses) >= 0.6 - CLOCK  # twice what it was, to the end
    last = server.to(busy.host)[-1].at
    before = server.rate(server.asked[0].at, refused.at, busy.host)
    assert server.rate(refused.ended + 3, last, busy.host) < before


@pytest.mark.slow
def test_each_refusal_makes_slower_and_nothing_makes_faster_again(serve: Serve) -> None:
    paper = Paper(articles=9)
    server, crawls = serve(paper)
    for number in (8, 6, 4):
        server.script(paper.url(number), held(503, "1"), None)
    assert crawls.run(delay=0.2).code == 0
    assert crawls.stored(paper) == paper.urls
    gaps = server.gaps()
    refusals = [n for n, asked in enumerate(server.asked) if asked.status == 503]
    assert len(refusals) == 3
    assert min(gaps[n] for n in refusals) >= 1 - CLOCK
    for count, (start, end) in enumerate(
        zip([0, *(n + 1 for n in refusals)], [*refusals, len(gaps)], strict=True)
    ):
        assert all(gap >= 0.2 * 2**count - CLOCK for gap in gaps[start:end]), (count, gaps)


@pytest.mark.slow
def test_a_date_to_come_back_is_kept(serve: Serve) -> None:
    paper = Paper(articles=4)
    server, crawls = serve(paper)
    until: list[float] = []

    def come_back(asked: Asked) -> Answer:
        moment = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=4)
        until.append(time.monotonic() + (moment - datetime.now(UTC)).total_seconds())
        return held(503, format_datetime(moment, usegmt=True))

    server.script(paper.url(3), come_back, None)
    assert crawls.run(delay=0.1).code == 0
    assert crawls.stored(paper) == paper.urls
    refused = next(asked for asked in server.asked if asked.status == 503)
    assert until[0] - refused.at > 2.9
    assert server.during(refused.at, until[0] - CLOCK) == []


JUNK = {
    "nothing": None,
    "word": "soon",
    "negative": "-5",
    "empty": "",
    "fraction": "1e-3",
    "two": "0, 0",
    "nodate": "Mon, 99 Foo 2026 99:99:99 GMT",
}


def following(replies: Iterator[Answer | None], asked: Asked) -> Answer | None:
    """The next of some replies, whatever is asked for."""
    return next(replies, None)


@pytest.mark.slow
def test_a_wait_that_cannot_be_read_is_our_own(serve: Serve) -> None:
    """One second at the first refusal, two at the second in a row, with the setting of this test.

    Afterwards a page comes, and the next refusal is a first one again.
    """
    papers = {name: Paper(name, f"{name}.example", articles=5) for name in JUNK}
    server, crawls = serve(*papers.values())
    for name, after in JUNK.items():
        in_turn = iter([held(after=after), held(after=after), None, held(after=after)])
        for number in range(1, 5):
            server.script(papers[name].url(number), partial(following, in_turn))
    assert crawls.run(settings={"BACKOFF_SECONDS": 1}).code == 0
    for paper in papers.values():
        assert crawls.stored(paper) == paper.urls, paper.key
        seen = zip(server.gaps(paper.host), server.to(paper.host), strict=False)
        waits = [gap for gap, asked in seen if asked.status == BUSY]
        assert len(waits) == 3, paper.key
        for wait, least in zip(waits, (1, 2, 1), strict=True):
            assert least - CLOCK <= wait, (paper.key, waits)


def in_a_year() -> str:
    return format_datetime(datetime.now(UTC) + timedelta(days=365), usegmt=True)


@pytest.mark.parametrize("after", ["31536000", "9" * 400, in_a_year()], ids=["s", "digits", "date"])
def test_a_wait_of_a_year_is_a_day_and_ends_the_run(serve: Serve, after: str) -> None:
    paper = Paper(articles=6)
    server, crawls = serve(paper)
    server.script(paper.url(4), held(after=after))
    outcome = crawls.run()
    assert outcome.code == 0  # two articles came
    assert crawls.stored(paper) == {paper.url(6), paper.url(5)}
    assert server.asked[-1].url == paper.url(4)
    until = datetime.fromisoformat(
        crawls.one("SELECT hold_until FROM host WHERE host = ?", paper.host)
    )
    hours = (until - datetime.now(UTC)) / timedelta(hours=1)
    assert 23.9 < hours <= 24
    assert str(BUSY) in crawls.one("SELECT hold_reason FROM host WHERE host = ?", paper.host)
    server.forget()
    outcome = crawls.run()
    assert (outcome.code, server.paths()) == (2, [])
    assert until.strftime("%H:%M") in outcome.warning() or "until" in outcome.warning()


def test_a_wait_longer_than_our_patience_ends_the_run_for_the_host_alone(serve: Serve) -> None:
    busy, calm = Paper("busy", "busy.example"), Paper("calm", "calm.example")
    server, crawls = serve(busy, calm)
    server.script(busy.list_url(), held(503, "5"))
    began = time.monotonic()
    outcome = crawls.run("--patience", "2")
    assert time.monotonic() - began < 15
    assert outcome.code == 2
    assert crawls.stored(calm) == calm.urls
    assert server.paths(busy.host) == ["/robots.txt", "/list?page=1"]


@pytest.mark.slow
def test_a_hold_outlives_a_crawl_that_is_killed(serve: Serve) -> None:
    paper = Paper(articles=4)
    server, crawls = serve(paper)
    server.script(paper.url(3), held(after="120"))
    process = crawls.start()
    refused = server.wait_for(paper.url(3))
    time.sleep(1)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=10)
    server.forget()
    outcome = crawls.run("--patience", "1")
    assert (outcome.code, server.paths()) == (2, [])
    until = datetime.fromisoformat(crawls.one("SELECT hold_until FROM host"))
    left = (until - datetime.now(UTC)).total_seconds()
    assert refused.ended is not None
    assert left == pytest.approx(120 - (time.monotonic() - refused.ended), abs=1)


def test_a_crawl_that_waits_can_be_interrupted(serve: Serve) -> None:
    paper = Paper()
    server, crawls = serve(paper)
    server.script(paper.url(3), held(after="120"))
    process = crawls.start()
    server.wait_for(paper.url(3))
    time.sleep(0.5)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=10)
    assert process.returncode == 11
    assert len(server.asked) == 3  # robots.txt, a list, an article; then the rest
    assert crawls.one("SELECT hold_until FROM host")


def test_another_archive_keeps_the_hold_too(serve: Serve, tmp_path: Path) -> None:
    paper = Paper(articles=4)
    server, crawls = serve(paper)
    server.script(paper.url(3), held(after="3600"))
    crawls.run(delay=0.05)
    server.forget()
    assert crawls.run(delay=0.05, archive=tmp_path / "other.db").code == 2
    assert server.paths() == []


# --- Budgets -------------------------------------------------------------------------------


def away_from_midnight() -> None:
    """A budget begins anew with the day, UTC or the paper's: no test runs across it."""
    now = datetime.now(UTC)
    if now.minute == 59 and now.second > 30:
        time.sleep(61 - now.second)


def test_a_daily_budget_counts_every_request_of_the_day(serve: Serve) -> None:
    away_from_midnight()
    paper = Paper(articles=30, per_page=30)
    server, crawls = serve(paper)
    outcome = crawls.run("--daily-requests", "12")
    assert (outcome.code, len(server.asked)) == (0, 12)
    outcome = crawls.run("--daily-requests", "20")
    assert (outcome.code, len(server.asked)) == (0, 20)
    assert "budget" in outcome.warning()
    outcome = crawls.run("--daily-requests", "20")
    assert len(server.asked) == 20
    left = crawls.one("SELECT count(*) FROM url WHERE state = 'pending' AND kind = 'article'")
    assert left == 30 - len(crawls.stored(paper)) > 0
    assert crawls.run().code == 0
    assert crawls.stored(paper) == paper.urls


def test_nothing_is_sent_in_the_quiet_hours(serve: Serve) -> None:
    away_from_midnight()
    paper = Paper()
    server, crawls = serve(paper)
    now = datetime.now(UTC) + timedelta(hours=7)
    around = f"{now - timedelta(minutes=30):%H:%M}-{now + timedelta(minutes=30):%H:%M}"
    outcome = crawls.run("--quiet-hours", around)
    assert server.paths() == []
    assert "quiet" in outcome.warning().lower()
    later = f"{now + timedelta(hours=2):%H:%M}-{now + timedelta(hours=3):%H:%M}"
    assert crawls.run("--quiet-hours", later).code == 0
    assert crawls.stored(paper) == paper.urls
