"""Where the operator ends a crawl: each limit, and what it leaves; a rehearsal of a crawl."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from paper import HOME, HTML, Crawl, Pages, article, listing
from proxy import Answer

NUMBERS = range(1, 13)
LISTS = [[f"/a-{n}.html" for n in NUMBERS[i : i + 3]] for i in range(0, 12, 3)]


def dated(number: int, day: str) -> Answer:
    page = article(number).body.replace(b"21-07-2020", day.encode())
    return Answer(page, headers=HTML)


def paper() -> Pages:
    """Twelve articles on four pages of a list, three of a month: July first, April last."""
    return {
        **{f"/list?page={p}": listing(*hrefs) for p, hrefs in enumerate(LISTS, 1)},
        **{f"/a-{n}.html": dated(n, f"21-{7 - (n - 1) // 3:02}-2020") for n in NUMBERS},
    }


def asked(urls: list[str], what: str) -> list[str]:
    return [url.removeprefix(HOME) for url in urls if what in url]


def states(tmp_path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(tmp_path / "articles.db")) as conn:
        sql = "SELECT state, count(*) FROM url WHERE kind = 'article' GROUP BY 1"
        return dict(conn.execute(sql).fetchall())


def outcome(tmp_path: Path) -> tuple[str, int]:
    with closing(sqlite3.connect(tmp_path / "articles.db")) as conn:
        sql = "SELECT outcome, exit_code FROM crawl ORDER BY id DESC LIMIT 1"
        found: tuple[str, int] = conn.execute(sql).fetchone()
        return found


def test_as_many_articles_are_asked_for_as_were_allowed(crawl: Crawl, tmp_path: Path) -> None:
    code, site, proxy, _ = crawl(paper(), "--max-pages", "2")
    assert (code, site["new"]) == (0, 2)
    assert len(asked(proxy.urls(), "/a-")) == 2
    assert "as were allowed" in site["warning"]
    assert outcome(tmp_path) == ("limited", 0)
    code, site, _, _ = crawl(paper())
    assert (code, site["new"], site["warning"]) == (0, 10, None)
    assert outcome(tmp_path) == ("done", 0)
    assert states(tmp_path) == {"done": 12}


def test_a_crawl_whose_time_is_over_leaves_the_rest(crawl: Crawl, tmp_path: Path) -> None:
    code, site, _, _ = crawl(paper(), "--max-time", "2s", "--delay", "0.5")
    assert code == 0
    assert site["found"] > 0
    assert site["new"] < 12
    assert "time given to the crawl is over" in site["warning"]
    assert outcome(tmp_path) == ("limited", 0)
    crawl(paper())
    assert states(tmp_path) == {"done": 12}


def test_a_list_is_left_where_everything_is_older(crawl: Crawl, tmp_path: Path) -> None:
    code, site, proxy, _ = crawl(paper(), "--since", "2020-07-01")
    assert code == 0
    # the page behind the first older one is not asked for
    assert asked(proxy.urls(), "list") == [f"/list?page={n}" for n in (1, 2, 3)]
    assert site["new"] == 9
    code, site, _, _ = crawl(paper())
    assert (site["new"], states(tmp_path)) == (3, {"done": 12})


def test_an_article_whose_address_says_an_older_day_is_not_asked_for(
    crawl: Crawl, tmp_path: Path
) -> None:
    file = """
from baolangson_crawler.families.portal import PortalPage
from baolangson_crawler.sites.base import Feed, Site

SITE = Site(key="paper", name="Báo Thử", province="Thử", domains=("paper.example",),
    sources=(Feed("http://paper.example/rss"),), article_url=r"-(?P<id>\\d+)\\.html$",
    pages=(PortalPage,), verified="own")
"""
    entries = "".join(
        f"<item><link>{HOME}/a-{n}.html</link><pubDate>{day}</pubDate></item>"
        for n, day in ((1, "Tue, 21 Jul 2020 01:54:00 GMT"), (2, "Sun, 21 Jun 2020 01:54:00 GMT"))
    )
    feed = f"<rss><channel>{entries}</channel></rss>".encode()
    pages = {**paper(), "/rss": Answer(feed, headers={"Content-Type": "application/rss+xml"})}
    _, _, proxy, _ = crawl(pages, "--since", "2020-07", site=file)
    assert asked(proxy.urls(), "/a-") == ["/a-1.html"]
    assert states(tmp_path) == {"done": 1, "pending": 1}
    assert crawl(pages, site=file)[1]["new"] == 1


def test_a_rehearsal_tells_what_would_be_fetched_and_keeps_nothing(
    crawl: Crawl, tmp_path: Path
) -> None:
    pages = paper()
    code, site, proxy, _ = crawl(pages, "--dry-run")
    assert (code, site["found"], site["new"]) == (0, 12, 0)
    assert asked(proxy.urls(), "/a-") == []
    assert not (tmp_path / "articles.db").exists()
    crawl(pages, "--max-pages", "5")
    file = tmp_path / "articles.db"
    before = sha256(file.read_bytes()).hexdigest()
    code, site, proxy, _ = crawl(pages, "--dry-run")
    assert (code, site["known"]) == (0, 5)
    # the fifth is not there, and is asked for twice, as the fourth was full
    assert asked(proxy.urls(), "list") == [f"/list?page={n}" for n in (1, 2, 3, 4, 5, 5)]
    assert asked(proxy.urls(), "/a-") == []
    assert sha256(file.read_bytes()).hexdigest() == before


def test_a_rehearsal_tells_that_robots_txt_closes_a_paper(crawl: Crawl) -> None:
    closed = Answer(b"User-agent: *\nDisallow: /\n", headers={"Content-Type": "text/plain"})
    code, site, _, _ = crawl({**paper(), "/robots.txt": closed}, "--dry-run")
    assert code == 2
    assert "robots.txt" in site["warning"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--max-time", "soon"],
        ["--max-time", "0s"],
        ["--quiet-hours", "7"],
        ["--quiet-hours", "07:00-07:00"],
        ["--since", "yesterday"],
        ["--max-pages", "0"],
        ["--daily-requests", "-1"],
    ],
)
def test_a_limit_that_is_none_is_told(arguments: list[str]) -> None:
    from click.testing import CliRunner

    from baolangson_crawler.cli.crawl import command

    done = CliRunner().invoke(command, ["baocantho", *arguments])
    assert done.exit_code == 2  # click's own; the program makes it 1
    assert arguments[1] in done.output
