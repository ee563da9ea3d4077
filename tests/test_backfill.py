"""A backfill as an operator starts it, against a paper on loopback."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import run_command
from paper import ARTICLE, HOME, HTML, Pages, article, listing, robots
from proxy import Answer, Proxy

from baolangson_crawler.demo import DANG_KHOI, DONG_XANH, NUI_XANH, SITES, DemoServer
from baolangson_crawler.storage.opening import open_reading
from soak.backfilling import backfill_killed
from soak.report import table
from soak.truth import differences

XML = {"Content-Type": "text/xml"}
SITE_FILE = """
from datetime import date
from baolangson_crawler.families.portal import PortalPage
from baolangson_crawler.sites.base import Calendar, Feed, Listing, Site, Sitemap

class Page(PortalPage):
    id_path = "{id_path}"

SITE = Site(key="paper", name="Báo Thử", province="Thử", domains=("paper.example",),
    sources=({sources},), calendars=({calendars}), article_url=r"-(?P<id>\\d+)\\.html$",
    pages=(Page,), verified="own")
"""
SITEMAP = f'Sitemap("{HOME}/sitemap.xml")'
FEED = f'Feed("{HOME}/rss")'
LIST = f'Listing("{HOME}/list?page={{page}}", links="h2 a")'
YEARS = (
    f'Calendar(url="{HOME}/nam/{{year}}?p={{page}}", '
    "first=date(2020, 1, 1), last=date(2021, 5, 5)),"
)


def index(*names: str) -> Answer:
    rows = "".join(f"<sitemap><loc>{HOME}/{name}</loc></sitemap>" for name in names)
    return Answer(f"<sitemapindex>{rows}</sitemapindex>".encode(), headers=XML)


def sitemap(*entries: str | tuple[str, str]) -> Answer:
    rows = ""
    for entry in entries:
        path, changed = entry if isinstance(entry, tuple) else (entry, "")
        lastmod = f"<lastmod>{changed}</lastmod>" if changed else ""
        rows += f"<url><loc>{HOME}{path}</loc>{lastmod}</url>"
    return Answer(f"<urlset>{rows}</urlset>".encode(), headers=XML)


def feed(*numbers: int) -> Answer:
    items = "".join(f"<item><link>{HOME}/bai-{n}.html</link></item>" for n in numbers)
    return Answer(f"<rss><channel>{items}</channel></rss>".encode(), headers=XML)


def path(number: int) -> str:
    return f"/bai-{number}.html"


class Paper:
    """A paper whose pages are given, and the archive that is filled from it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pages: Pages = {}
        self.site = ""
        self.asked: list[str] = []

    def serve(self, pages: Pages, sources: str, calendars: str = "", id_path: str = "") -> None:
        self.pages = pages
        self.site = SITE_FILE.format(sources=sources, calendars=calendars, id_path=id_path)

    def run(self, command: str, *extra: str, code: int = 0) -> dict[str, Any]:
        """Run a command; what it says. What it asked for is in ``asked``."""
        file = self.folder / "paper.py"
        file.write_text(self.site, encoding="utf-8")
        served = {HOME + target: answer for target, answer in self.pages.items()}
        with Proxy(served.get, self.folder) as proxy:
            done = run_command(
                *(command, "paper", "--site", str(file), "--delay", "0", "--json", *extra),
                *("--archive", str(self.folder / "articles.db")),
                env=proxy.environment,
            )
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode == code, done.stderr + done.stdout
        urls = [asked.url.removeprefix(HOME) for asked in proxy.asked]
        self.asked = [url for url in urls if url != "/robots.txt"]
        told = json.loads(done.stdout)
        return dict(told if isinstance(told, dict) else told[0])

    def rows(self, sql: str) -> list[Any]:
        with closing(open_reading(self.folder / "articles.db")) as db:
            return db.execute(sql).fetchall()

    def held(self) -> set[int]:
        return {int(n) for (n,) in self.rows("SELECT site_article_id FROM article")}


@pytest.fixture
def paper(tmp_path: Path) -> Paper:
    return Paper(tmp_path)


def year_files(*years: int) -> Pages:
    """A sitemap for each year with two articles, of numbers ten times the year."""
    pages: Pages = {"/sitemap.xml": index(*(f"map-{year}.xml" for year in years))}
    for year in years:
        numbers = (year * 10 + 1, year * 10 + 2)
        days = (f"{year}-03-01", f"{year}-09-01")
        entries = zip(numbers, days, strict=True)
        pages[f"/map-{year}.xml"] = sitemap(*((path(n), day) for n, day in entries))
        pages |= {path(n): article(n) for n in numbers}
    return pages


def test_the_newest_come_first_and_each_file_when_its_year_has_its_turn(paper: Paper) -> None:
    paper.serve(year_files(2018, 2020, 2019), SITEMAP)
    paper.run("backfill")
    assert paper.asked == [
        "/sitemap.xml",
        *("/map-2020.xml", path(20202), path(20201)),
        *("/map-2019.xml", path(20192), path(20191)),
        *("/map-2018.xml", path(20182), path(20181)),
    ]


def test_the_oldest_come_first_where_it_is_asked_for(paper: Paper) -> None:
    paper.serve(year_files(2018, 2020, 2019), SITEMAP)
    paper.run("backfill", "--oldest-first")
    assert paper.asked[:4] == ["/sitemap.xml", "/map-2018.xml", path(20181), path(20182)]
    assert paper.asked[-3:] == ["/map-2020.xml", path(20201), path(20202)]


def test_only_the_years_asked_for_are_fetched_and_the_others_later(paper: Paper) -> None:
    paper.serve(year_files(2018, 2019, 2020), SITEMAP)
    paper.run("backfill", "--from", "2019-06", "--to", "2019")
    assert paper.asked == ["/sitemap.xml", "/map-2019.xml", path(20192)]
    paper.run("backfill")
    assert Counter(paper.asked) == Counter(
        ["/map-2020.xml", "/map-2018.xml", *map(path, (20201, 20202, 20191, 20181, 20182))]
    )
    paper.run("backfill")
    assert paper.asked == []


def test_it_goes_on_where_it_stopped(paper: Paper) -> None:
    paper.serve(year_files(2018, 2019, 2020), SITEMAP)
    asked = []
    for _ in range(6):
        paper.run("backfill", "--max-pages", "1")
        assert len(paper.asked) <= 3
        asked += paper.asked
    assert Counter(asked) == Counter(paper.pages.keys())
    assert len(paper.held()) == 6


def test_a_plan_asks_for_no_article_and_is_not_made_twice(paper: Paper) -> None:
    paper.serve(year_files(2018, 2019, 2020), SITEMAP)
    told = paper.run("backfill", "--plan", "--to", "2019")
    assert paper.asked == ["/sitemap.xml"]
    assert told["backfill"][0]["outlook"]["files"] == 2
    told = paper.run("backfill", "--plan")
    assert paper.asked == []
    assert told["backfill"][0]["outlook"]["files"] == 3
    paper.run("backfill", "--from", "2020")
    told = paper.run("backfill", "--plan")
    assert told["backfill"][0]["articles_expected"] == 4  # as many in each file as in the one read


def test_the_status_tells_what_is_held_of_each_year_and_asks_nothing(paper: Paper) -> None:
    paper.serve(year_files(2019, 2020), SITEMAP)
    paper.run("backfill", "--max-pages", "1")
    told = paper.run("backfill", "--status")
    assert paper.asked == []
    assert told["held"] == 1
    (year,) = told["years"]
    assert tuple(year.values())[:3] == (2020, 1, 2)


def test_a_crawl_takes_nothing_of_a_backfill_unless_its_own_list_shows_it(paper: Paper) -> None:
    sources = f"{FEED}, {SITEMAP}"
    pages = year_files(2019)
    paper.serve(pages, sources)
    paper.run("backfill", "--max-pages", "1", code=0)
    paper.serve({"/rss": feed(5), path(5): article(5)}, FEED)
    paper.run("crawl")
    assert sorted(paper.asked) == [path(5), "/rss"]
    paper.serve({"/rss": feed(5, 20191), path(20191): article(20191)}, FEED)
    paper.run("crawl")
    assert path(20191) in paper.asked
    assert paper.held() == {5, 20191, 20192}


def test_what_a_crawl_left_goes_first(paper: Paper) -> None:
    new = {"/rss": feed(7, 8), **{path(n): article(n) for n in (7, 8)}}
    paper.serve({**year_files(2019), **new}, FEED)
    paper.run("crawl", "--max-pages", "1")
    paper.serve({**year_files(2019), **new}, f"{FEED}, {SITEMAP}")
    paper.run("backfill")
    articles = [url for url in paper.asked if url.startswith("/bai")]
    assert articles[0] in (path(7), path(8))
    assert sorted(articles[1:]) == [path(20191), path(20192)]


def test_what_a_crawl_left_is_fetched_only_within_the_bounds(paper: Paper) -> None:
    paper.serve(year_files(2018, 2019, 2020), SITEMAP)
    paper.run("crawl", "--max-pages", "1")
    first = paper.held()
    paper.run("backfill", "--to", "2018")
    assert paper.held() - first == {20181, 20182} - first


def test_the_plan_of_a_paper_without_sources_is_what_a_crawl_found(paper: Paper) -> None:
    files = year_files(2019)
    told = {"/": listing(), "/robots.txt": robots(f"Sitemap: {HOME}/sitemap.xml\n")}
    paper.serve({**files, **told}, "*()")
    paper.run("crawl", "--max-pages", "1")
    paper.run("backfill")
    assert {"/sitemap.xml", "/map-2019.xml"} <= set(paper.asked)


def test_a_section_is_walked_to_its_end_though_all_is_known(paper: Paper) -> None:
    pages: Pages = {
        f"/list?page={page}": listing(path(20 - 2 * page), path(19 - 2 * page))
        for page in range(1, 5)
    }
    pages |= {path(n): article(n) for n in range(11, 19)}
    paper.serve(pages, LIST)
    paper.run("backfill", "--max-pages", "3")
    paper.run("backfill")
    assert "/list?page=1" not in paper.asked
    assert paper.held() == set(range(11, 19))
    # the fifth page is not there, and is asked for twice, as the fourth was full
    assert paper.rows("SELECT state, requests FROM backfill") == [("done", 6)]


def test_a_list_that_fails_is_asked_by_the_next_backfill(paper: Paper) -> None:
    pages = year_files(2019, 2020)
    paper.serve({**pages, "/map-2019.xml": Answer(b"", 404)}, SITEMAP)
    paper.run("backfill")
    assert paper.held() == {20201, 20202}
    assert paper.asked.count("/map-2019.xml") == 1
    paper.serve(pages, SITEMAP)
    paper.run("backfill")
    assert sorted(paper.asked) == [path(20191), path(20192), "/map-2019.xml"]


def test_the_pages_of_a_year_are_asked_by_a_backfill_alone(paper: Paper) -> None:
    pages: Pages = {
        "/nam/2020?p=1": listing(path(3), path(2)),
        "/nam/2020?p=2": listing(path(1)),
        "/nam/2021?p=1": listing(path(4)),
        "/rss": feed(4),
        **{path(n): article(n) for n in range(1, 5)},
    }
    paper.serve(pages, FEED, YEARS)
    paper.run("crawl")
    assert sorted(paper.asked) == [path(4), "/rss"]
    paper.run("backfill", "--to", "2020")
    assert paper.asked == [
        *("/nam/2020?p=1", path(3), path(2)),
        *("/nam/2020?p=2", path(1), "/nam/2020?p=3"),
    ]
    assert paper.held() == {1, 2, 3, 4}
    listed = paper.rows("SELECT DISTINCT listed_at FROM url WHERE key IN ('paper:1', 'paper:2')")
    assert listed == [("2020-12-31",)]


# --- Numbers ------------------------------------------------------------------------------

TRUTH = {60, 59, 57, 54, 52, 50, 49, 46, 44, 43, 41}


def numbered(wrong: Callable[[int], Answer | None]) -> Pages:
    """Articles by their number alone; ``wrong`` answers for those that nothing has."""
    pages: Pages = {"/rss": feed(60, 59, 57), **{path(n): article(n) for n in (60, 59, 57)}}
    for number in range(1, 60):
        answer = article(number) if number in TRUTH else wrong(number)
        if answer:
            pages[f"/x-{number}.html"] = answer
    return pages


def canonical(number: int, target: str) -> Answer:
    link = f'<link rel="canonical" href="{target}">'
    page = ARTICLE.format(n=number).replace("<body>", f"{link}<body>")
    return Answer(page.encode(), headers=HTML)


def redirect(target: str) -> Answer:
    return Answer(b"", 302, {"Location": HOME + target})


SOFT_404 = Answer(
    "<html><head><title>Không tìm thấy trang</title></head><body><h1>Không tìm thấy trang</h1>"
    "<p>Trang bạn tìm không tồn tại hoặc đã bị xóa.</p></body></html>".encode(),
    headers=HTML,
)


@pytest.mark.slow
@pytest.mark.parametrize(
    "wrong",
    [
        lambda n: None,
        lambda n: Answer(b"gone", 410),
        lambda n: redirect("/"),
        lambda n: redirect("/kinh-te"),
        lambda n: redirect("/bai-60.html"),
        lambda n: SOFT_404,
        lambda n: article(59),
        lambda n: canonical(n, f"{HOME}/bai-59.html"),
        lambda n: canonical(n, f"{HOME}/"),
    ],
    ids=(
        *("404", "410", "to home", "to a section", "to another", "soft 404", "same text"),
        *("canonical of another", "canonical of home"),
    ),
)
def test_what_stands_in_the_place_of_a_number_is_no_article(
    paper: Paper, wrong: Callable[[int], Answer | None]
) -> None:
    home = {"/": listing(path(60)), "/kinh-te": listing(path(60))}
    paper.serve({**numbered(wrong), **home}, FEED, id_path="/x-{id}.html")
    paper.run("crawl")
    paper.run("backfill")
    assert paper.held() == TRUTH
    asked = [url for url in paper.asked if url.startswith("/x-")]
    assert max(Counter(asked).values()) == 1
    assert len(asked) <= 60 - len({60, 59, 57})
    misses = paper.rows("SELECT count(*), count(next_visit_at) FROM url WHERE kind = 'number'")
    assert misses[0][0] == len(asked) - len(TRUTH - {60, 59, 57})
    assert misses[0][1] == 0  # it is never asked again
    paper.run("backfill")
    assert paper.asked == []
    paper.run("crawl")
    assert paper.asked == ["/rss"]


def test_numbers_are_left_alone_where_lists_are_known(paper: Paper) -> None:
    sources = f"{FEED}, {SITEMAP}"
    pages = {**numbered(lambda n: None), "/sitemap.xml": sitemap(path(57))}
    paper.serve(pages, sources, id_path="/x-{id}.html")
    paper.run("crawl")
    paper.run("backfill")
    assert not any(url.startswith("/x-") for url in paper.asked)
    told = paper.run("backfill", "--plan", "--ids")
    assert told["backfill"][0]["outlook"]["numbers"] == 1
    paper.run("backfill", "--ids")
    assert paper.held() == TRUTH


def test_a_number_that_a_fault_kept_from_us_is_no_miss(paper: Paper) -> None:
    pages = numbered(lambda n: None)
    paper.serve({**pages, "/x-54.html": Answer(b"", 500)}, FEED, id_path="/x-{id}.html")
    paper.run("crawl")
    paper.run("backfill")
    assert paper.held() == TRUTH - {54}
    paper.serve(pages, FEED, id_path="/x-{id}.html")
    paper.run("backfill")
    assert paper.asked == ["/x-54.html"]
    assert paper.held() == TRUTH


# --- Whole papers -------------------------------------------------------------------------


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[DemoServer]:
    with DemoServer([replace(p, articles=60) for p in (DANG_KHOI, DONG_XANH, NUI_XANH)]) as server:
        yield server


@pytest.mark.parametrize("key", ["dangkhoi", "baodongxanh", "baonuixanh"])
@pytest.mark.parametrize("order", ["--newest-first", "--oldest-first"])
def test_a_whole_paper_is_found(demo: DemoServer, tmp_path: Path, key: str, order: str) -> None:
    archive = tmp_path / "articles.db"
    done = run_command(
        *("backfill", key, order, "--site", str(SITES), "--delay", "0"),
        *("--archive", str(archive)),
        env={"http_proxy": demo.proxy_url},
    )
    assert done.returncode == 0, done.stderr
    assert f"{key}: 60 found, 60 stored, " in done.stderr
    assert " a minute, nothing left" in done.stderr
    assert f"{key}: nothing is left to ask for; 60 articles are held." in done.stdout
    (served,) = (paper for paper in demo.papers.values() if paper.key == key)
    assert differences(archive, (served,)) == []
    asked = {path: times for (_, path), times in demo.requests.items()}
    assert max(times for path, times in asked.items() if path.endswith(".html")) == 1
    assert max(asked.values()) <= 2  # that a full page is the last of its list is doubted once


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nobody"], "No site named 'nobody'"),
        (["dangkhoi", "--from", "2020", "--to", "2010"], "is later than"),
        (["dangkhoi", "--from", "2020-13"], "no day"),
        ([], "SITE"),
    ],
)
def test_a_wrong_call_is_told(arguments: list[str], said: str, tmp_path: Path) -> None:
    archive = str(tmp_path / "articles.db")
    done = run_command("backfill", *arguments, "--site", str(SITES), "--archive", archive)
    assert (done.returncode, said in done.stderr) == (1, True), done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_a_backfill_that_is_killed_asks_for_no_page_twice(order: Any) -> None:
    part = backfill_killed(articles=300, kills=3, tell=lambda line: None, order=order)
    assert not part.faults, table([part])
    assert dict(part.figures)["baonuixanh: articles"] == "300"
