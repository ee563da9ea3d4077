"""The second look at a paper: what is asked for again, how, and what the archive makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fault_crawls import Crawls
from fault_papers import (
    Answer,
    Paper,
    Validators,
    bare_etag,
    date,
    etag,
    random_etag,
    weak_etag,
)
from fault_record import Asked
from fault_server import FaultServer, Reply


@pytest.fixture
def paper() -> Paper:
    return Paper(articles=12, per_page=5, feed=True, validators=etag)


@pytest.fixture
def server(paper: Paper) -> Iterator[FaultServer]:
    with FaultServer(paper) as server:
        yield server


@pytest.fixture
def crawls(tmp_path: Path, server: FaultServer, paper: Paper) -> Crawls:
    return Crawls(tmp_path, server, paper)


COUNTS = "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM version)"
FIRST = 2  # the first page of the list, and the feed: all that an unchanged paper is asked for


def sent(asked: Asked) -> tuple[str | None, str | None]:
    return asked.headers.get("if-none-match"), asked.headers.get("if-modified-since")


@pytest.mark.parametrize("validators", [etag, weak_etag, bare_etag, date])
def test_an_unchanged_paper_is_asked_only_whether_it_has_changed(
    server: FaultServer, crawls: Crawls, paper: Paper, validators: Validators
) -> None:
    paper = replace(paper, validators=validators)
    server.publish(paper)
    assert crawls.run().code == 0
    assert not any(asked.conditional for asked in server.asked)
    before = crawls.rows(COUNTS)
    given = {}
    for path in ("/list?page=1", "/feed.rss"):
        answer = paper.answer(path)
        assert answer is not None
        given[path] = answer.headers.get("ETag"), answer.headers.get("Last-Modified")
    for _ in range(2):  # a 304 must not make the archive forget what it asked with
        server.forget()
        outcome = crawls.run()
        assert outcome.code == 0
        assert {asked.path: sent(asked) for asked in server.asked} == given  # as received
        assert [asked.status for asked in server.asked] == [304] * FIRST
        assert crawls.rows(COUNTS) == before == [(12, 12)]
        assert outcome.site["known"] > 0


@pytest.mark.parametrize("validators", [random_etag, lambda body: {}], ids=["random", "none"])
def test_a_paper_without_honest_validators_costs_no_version(
    server: FaultServer, crawls: Crawls, paper: Paper, validators: Validators
) -> None:
    server.publish(replace(paper, validators=validators))
    crawls.run()
    before = crawls.rows(COUNTS)
    for _ in range(2):
        server.forget()
        assert crawls.run().code == 0
        assert sorted(server.paths()) == ["/feed.rss", "/list?page=1"]
        assert crawls.rows(COUNTS) == before


def test_what_is_new_is_found_between_unchanged_answers(
    server: FaultServer, crawls: Crawls, paper: Paper
) -> None:
    crawls.run()
    crawls.run()
    more = replace(paper, articles=14)
    server.publish(more)
    server.forget()
    assert crawls.run().code == 0
    assert crawls.stored(paper) == more.urls
    assert len([path for path in server.paths() if paper.number_of(path)]) == 2


def test_unchanged_lists_still_name_what_was_not_fetched(
    server: FaultServer, crawls: Crawls, paper: Paper
) -> None:
    server.script(paper.url(11), Answer(b"", 503, {"Retry-After": "1000"}))
    crawls.run("--patience", "1")
    assert len(crawls.stored(paper)) < 11
    server.sound()
    crawls.change("UPDATE host SET hold_until = NULL, hold_reason = NULL")
    crawls.change("UPDATE url SET next_visit_at = '2020-01-01T00:00:00Z' WHERE state = 'failed'")
    assert crawls.run().code == 0
    assert crawls.stored(paper) == paper.urls


def test_a_304_for_what_is_not_held_is_asked_again_without_a_condition(
    server: FaultServer, crawls: Crawls, paper: Paper
) -> None:
    crawls.run()
    crawls.change(
        "UPDATE fetch SET capture_id = NULL WHERE url_id IN "
        "(SELECT id FROM url WHERE kind IN ('listing', 'feed'))"
    )
    server.forget()
    assert crawls.run().code == 0
    full = [asked.path for asked in server.asked if asked.status == 200]
    assert sorted(full) == ["/feed.rss", "/list?page=1"]
    assert len(server.asked) <= 2 * FIRST


def test_a_304_that_nobody_asked_for_costs_no_article(
    server: FaultServer, crawls: Crawls, paper: Paper
) -> None:
    server.script(paper.list_url(), Answer(status=304), None)
    server.script(paper.url(3), Answer(status=304), None)
    crawls.run()
    assert server.paths().count("/list?page=1") == 2
    for _ in range(2):
        crawls.change("UPDATE url SET next_visit_at = '2020-01-01T00:00:00Z' "
                      "WHERE state = 'failed'")  # fmt: skip
        crawls.run()
    assert crawls.stored(paper) == paper.urls


def test_a_304_for_ever_is_no_endless_request(
    server: FaultServer, crawls: Crawls, paper: Paper
) -> None:
    server.script(paper.list_url(), Answer(status=304))
    server.script(paper.feed_url, Answer(status=304))
    outcome = crawls.run()
    assert outcome.code != 0  # nothing was read
    assert len(server.asked) <= 1 + 3 * FIRST


def test_a_lying_304_hides_nothing_for_ever(
    server: FaultServer, crawls: Crawls, paper: Paper
) -> None:
    """A cache in front of the paper says "unchanged" of everything, and the paper goes on."""
    crawls.run()
    more = replace(paper, articles=14)
    server.publish(more)

    def lie(asked: Asked) -> Reply:
        answer = more.answer(asked.path)
        assert answer is not None
        return Answer(status=304) if asked.conditional else answer

    server.script(paper.list_url(), lie)
    server.script(paper.feed_url, lie)
    for _ in range(2):
        crawls.change("UPDATE url SET fetched_at = '2020-01-01T00:00:00Z'")
        crawls.change("UPDATE fetch SET fetched_at = '2020-01-01T00:00:00Z'")
        crawls.run()
    assert crawls.stored(paper) == more.urls
