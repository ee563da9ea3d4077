"""Walks through the lists of a paper that is served: resumed, repeated, and of what moves."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from fault_crawls import Crawls
from fault_papers import Answer, Paper, Validators, etag, random_etag
from fault_record import Asked
from fault_server import FaultServer, Reply


def pages(server: FaultServer) -> list[int]:
    return [int(path.rpartition("=")[2]) for path in server.paths() if "list?page=" in path]


def test_a_walk_that_was_cut_is_not_begun_again(tmp_path: Path) -> None:
    paper = Paper(articles=58, per_page=5)
    with FaultServer(paper) as server:
        crawls = Crawls(tmp_path, server, paper)
        crawls.run(settings={"LISTING_PAGES": 6})
        assert pages(server) == [1, 2, 3, 4, 5, 6]
        server.forget()
        more = Paper(articles=65, per_page=5)  # seven stand above by now
        server.publish(more)
        assert crawls.run().code == 0
        assert crawls.stored(more) == more.urls
        assert pages(server) == [1, 2, 8, 9, 10, 11, 12, 13, 14, 14]  # the end is full: doubted


@pytest.mark.parametrize(
    "validators", [etag, random_etag, lambda body: {}], ids=["etag", "random", "none"]
)
def test_a_day_with_nothing_new_costs_little(tmp_path: Path, validators: Validators) -> None:
    paper = Paper(articles=60, per_page=20, feed=True, validators=validators)
    with FaultServer(paper) as server:
        crawls = Crawls(tmp_path, server, paper)
        crawls.run()
        first = sum(sent(paper, asked) for asked in server.asked)
        server.forget()
        assert crawls.run().code == 0
        again = sum(sent(paper, asked) for asked in server.asked)
        lists = [asked for asked in server.asked if asked.path != "/robots.txt"]
        counters = crawls.one("SELECT counters FROM crawl ORDER BY id DESC LIMIT 1")
        unchanged = crawls.one("SELECT json_extract(?, '$.paper.unchanged_lists')", counters)
        assert unchanged >= 0.9 * len(lists) > 0
        assert again <= 0.2 * first


def sent(paper: Paper, asked: Asked) -> int:
    """Bytes of the body that was answered."""
    answer = paper.answer(asked.path)
    return len(answer.body) if answer and asked.status == 200 else 0


@pytest.mark.parametrize("seed", range(3))
def test_what_is_published_while_the_list_is_read_is_found(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    paper = Paper(articles=40, per_page=10)

    def moving(asked: Asked) -> Reply | None:
        answer = state[0].answer(asked.path)
        if chance.random() < 0.4:
            state[0] = Paper(articles=state[0].articles + chance.randint(1, 4), per_page=10)
            server.publish(state[0])
        return answer or Answer(b"not here", 404)

    state = [paper]
    with FaultServer(paper) as server:
        crawls = Crawls(tmp_path, server, paper)
        for page in range(1, 9):
            server.script(paper.list_url(page), moving)
        crawls.run()
        server.sound()
        server.forget()
        assert crawls.run().code == 0
        assert crawls.stored(state[0]) == state[0].urls
        assert len(pages(server)) <= -(-state[0].articles // 10) // 2 + 1
