"""The fault server measures rightly: what it says of a client's manners is what the client did."""

from __future__ import annotations

import http.client
import time
from collections.abc import Iterator
from threading import Thread

import pytest
from fault_papers import Answer, Paper, etag
from fault_server import FaultServer, Trouble

PAPER = Paper(articles=7, per_page=3, validators=etag)


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer(PAPER) as server:
        yield server


def ask(
    server: FaultServer, url: str, headers: dict[str, str] | None = None, timeout: float = 10
) -> tuple[int, bytes]:
    """One request on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=timeout)
    try:
        connection.request("GET", url, headers=headers or {})
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def test_a_paper_lists_all_its_articles_once(server: FaultServer) -> None:
    pages = b"".join(ask(server, PAPER.list_url(page))[1] for page in range(1, PAPER.lists + 1))
    assert all(pages.count(f'"{url}"'.encode()) == 1 for url in PAPER.urls)
    assert ask(server, PAPER.list_url(PAPER.lists + 1))[0] == 404
    assert ask(server, PAPER.url(7))[0] == 200
    assert ask(server, PAPER.url(8))[0] == 404
    assert ask(server, "http://elsewhere.example/")[0] == 404


def test_a_gap_is_from_the_end_of_an_answer_to_the_next_request(server: FaultServer) -> None:
    server.script(PAPER.url(1), Trouble("slow", Answer(b"x" * 20), 0.01))
    ask(server, PAPER.url(1))
    time.sleep(0.2)
    ask(server, PAPER.url(2))
    (gap,) = server.gaps()
    assert 0.2 <= gap < 0.3
    first, second = server.asked
    assert first.ended is not None
    assert first.ended - first.at >= 0.2
    assert server.most_in_flight() == 1
    assert server.during(first.at, second.at) == []
    assert server.rate(first.at - 1, first.at + 1) == 1


def test_two_requests_at_once_are_seen_for_each_host(server: FaultServer) -> None:
    slow = Trouble("slow", Answer(b"x" * 30), 0.01)
    urls = [PAPER.url(1), PAPER.url(2), "http://b.example/"]
    for url in urls:
        server.script(url, slow)
    threads = [Thread(target=ask, args=(server, url)) for url in urls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert server.most_in_flight("paper.example") == 2
    assert server.most_in_flight("b.example") == 1
    assert server.most_in_flight() == 3
    assert min(server.gaps()) < 0


def test_each_trouble_is_what_it_is_called(server: FaultServer) -> None:
    server.script(PAPER.url(1), Trouble("reset"))
    server.script(PAPER.url(2), Trouble("cut"))
    server.script(PAPER.url(3), Trouble("hang"))
    with pytest.raises((ConnectionResetError, http.client.RemoteDisconnected)):
        ask(server, PAPER.url(1))
    with pytest.raises(http.client.IncompleteRead):
        ask(server, PAPER.url(2))
    with pytest.raises(TimeoutError):
        ask(server, PAPER.url(3), timeout=0.3)
    hanging = server.wait_for(PAPER.url(3))
    assert hanging.ended is not None
    assert hanging.ended - hanging.at >= 0.3
    assert hanging.status is None


def test_a_script_goes_on_from_answer_to_answer(server: FaultServer) -> None:
    server.script(PAPER.url(1), Answer(b"", 503), lambda asked: Answer(asked.path.encode()), None)
    said = [ask(server, PAPER.url(1)) for _ in range(4)]
    page = PAPER.article(1).body
    assert said == [(503, b""), (200, b"/bai-1.html"), (200, page), (200, page)]
    server.flaky(3, [Answer(b"", 500)])
    assert [ask(server, PAPER.url(2))[0] for _ in range(6)] == [200, 200, 500] * 2
    server.sound()
    assert [ask(server, PAPER.url(2))[0] for _ in range(3)] == [200] * 3


def test_an_unchanged_page_is_not_sent_twice(server: FaultServer) -> None:
    answer = PAPER.answer("/list?page=1")
    assert answer is not None
    tag = answer.headers["ETag"]
    assert ask(server, PAPER.list_url(), {"If-None-Match": tag}) == (304, b"")
    assert ask(server, PAPER.list_url(), {"If-None-Match": tag.strip('"')})[0] == 200
    assert [asked.conditional for asked in server.asked] == [True, True]
