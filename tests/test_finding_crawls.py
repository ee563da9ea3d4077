"""A paper without sources: the crawler finds them, remembers them, and asks no more than those."""

import json
from collections.abc import Callable
from pathlib import Path
from time import sleep
from urllib.parse import urlsplit

import pytest
from conftest import run_command
from paper import HOME, HTML, SITE_FILE, Crawl, article, change, listing, robots
from proxy import Answer, Proxy

from baolangson_crawler.demo import PAPERS, DemoPaper
from baolangson_crawler.demo.routes import answer
from baolangson_crawler.storage.opening import open_reading

GIVEN = 'sources=(Listing("http://paper.example/list?page={page}", links="h2 a"),)'
NO_SOURCES = SITE_FILE.replace(GIVEN, "sources=()")
PATTERNS = {
    "portal": ("PortalPage", r"^/[a-z0-9-]+/[a-z0-9-]+-(?P<id>\d+)\.html$"),
    "fck": ("FckPage", r"-a(?P<id>\d+)\.html$"),
    "zce": ("ZcePage", r"-post(?P<id>\d+)\.html$"),
}


def site_file(paper: DemoPaper) -> str:
    page, pattern = PATTERNS[paper.family]
    return (
        f"from baolangson_crawler.families.{paper.family} import {page}\n"
        f"from baolangson_crawler.sites.base import Site\n"
        f'SITE = Site(key="found", name="{paper.name}", province="x", domains=("{paper.host}",),\n'
        f'    sources=(), article_url=r"{pattern}", pages=({page},), verified="own")\n'
    )


def served(paper: DemoPaper) -> Callable[[str], Answer | None]:
    def reply(url: str) -> Answer | None:
        parts = urlsplit(url)
        if parts.hostname != paper.host or parts.scheme != "http":
            return None
        found = answer(paper, f"{parts.path}?{parts.query}" if parts.query else parts.path)
        headers = {"Content-Type": found.media_type}
        if found.location:
            headers["Location"] = found.location
        return Answer(found.body, found.status, headers)

    return reply


@pytest.mark.slow
@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.key)
def test_a_demo_paper_is_found_whole_from_its_host_and_pattern(paper: DemoPaper, tmp_path: Path):
    file, archive = tmp_path / "found.py", tmp_path / "articles.db"
    file.write_text(site_file(paper), encoding="utf-8")
    with Proxy(served(paper), tmp_path) as proxy:
        done = run_command(
            *("crawl", "found", "--site", str(file), "--delay", "0", "--json"),
            *("--archive", str(archive)),
            env=proxy.environment,
        )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["sites"][0]["new"] == paper.articles
    db = open_reading(archive)
    assert db.execute("SELECT requests < 60 FROM source_search").fetchone() == (1,)
    db.close()


def home(*hrefs: str, head: str = "") -> Answer:
    menu = "".join(f'<a href="{href}">Mục</a>' for href in hrefs)
    return Answer(f"<html>{head}<body><nav>{menu}</nav></body></html>".encode(), headers=HTML)


def paper() -> dict[str, Answer]:
    return {
        "/": home("/kinh-te/", "/trong/", "/video/"),
        "/kinh-te/": listing(
            "/cho-phien-dau-tuan-hop-dong-1.html", "/mua-na-chin-o-chi-lang-2.html"
        ),
        "/trong/": listing(),
        "/cho-phien-dau-tuan-hop-dong-1.html": article(1),
        "/mua-na-chin-o-chi-lang-2.html": article(2),
    }


def sources(tmp_path: Path) -> list[tuple[str, str]]:
    db = open_reading(tmp_path / "articles.db")
    found = db.execute("SELECT url, found_by FROM source ORDER BY id").fetchall()
    db.close()
    return [(url.removeprefix(HOME), found_by) for url, found_by in found]


def test_what_worked_is_remembered_and_nothing_else_is_asked_next_time(
    crawl: Crawl, tmp_path: Path
):
    code, counts, _, _ = crawl(paper(), site=NO_SOURCES)
    assert (code, counts["new"]) == (0, 2)
    assert counts["warning"] == "1 sources found by a search of its pages."
    assert sources(tmp_path) == [("/kinh-te/", "menu")]
    code, counts, proxy, _ = crawl(paper(), site=NO_SOURCES)
    assert (code, counts["known"]) == (0, 2)
    assert proxy.urls() == [f"{HOME}/kinh-te/"]


def test_a_source_given_up_is_followed_by_another_search(crawl: Crawl, tmp_path: Path):
    crawl(paper(), site=NO_SOURCES)
    change(tmp_path, "UPDATE source SET url = 'http://paper.example/weg/', failures = 2")
    moved = paper()
    code, counts, _, _ = crawl(moved, site=NO_SOURCES)
    assert (code, counts["known"]) == (0, 2)
    assert ("/kinh-te/", "menu") in sources(tmp_path)


def failures(tmp_path: Path) -> list[int]:
    db = open_reading(tmp_path / "articles.db")
    found = [number for (number,) in db.execute("SELECT failures FROM source ORDER BY id")]
    db.close()
    return found


@pytest.mark.parametrize(
    ("answer", "number"),
    [
        (Answer(b"slow down", 429, HTML | {"Retry-After": "7200"}), 0),
        (Answer(b"down", 500, HTML), 0),
        (listing(), 1),
    ],
    ids=["429", "500", "empty"],
)
def test_a_source_is_blamed_for_listing_nothing_but_for_no_outage(
    crawl: Crawl, tmp_path: Path, answer: Answer, number: int
):
    crawl(paper(), site=NO_SOURCES)
    crawl(paper() | {"/kinh-te/": answer}, site=NO_SOURCES)
    assert failures(tmp_path) == [number]


def test_an_index_is_not_blamed_for_files_that_a_crawl_had_no_time_for(tmp_path: Path):
    xml = {"Content-Type": "application/xml"}
    index = f"<sitemapindex><sitemap><loc>{HOME}/m1.xml</loc></sitemap></sitemapindex>"
    part = f"<urlset><url><loc>{HOME}/bai-1.html</loc></url></urlset>"
    pages = {
        f"{HOME}/robots.txt": robots(f"Sitemap: {HOME}/sitemap.xml\n"),
        f"{HOME}/": home(),
        f"{HOME}/sitemap.xml": Answer(index.encode(), headers=xml),
        f"{HOME}/m1.xml": Answer(part.encode(), headers=xml),
    }
    file, delays = tmp_path / "paper.py", [0.0]
    file.write_text(NO_SOURCES, encoding="utf-8")

    def reply(url: str) -> Answer | None:
        sleep(delays[0])
        return pages.get(url)

    command = ("crawl", "paper", "--site", str(file), "--delay", "0")
    archive = ("--archive", str(tmp_path / "articles.db"))
    with Proxy(reply, tmp_path) as proxy:
        run_command(*command, *archive, env=proxy.environment)
        assert sources(tmp_path) == [("/sitemap.xml", "robots")]
        delays[0] = 1.0
        before = len(proxy.urls())
        run_command(*command, *archive, "--max-time", "0.8s", env=proxy.environment)
        assert proxy.urls()[before:] == [f"{HOME}/sitemap.xml"]
    assert failures(tmp_path) == [0]


def test_a_search_that_was_turned_away_is_made_again_by_the_next_crawl(
    crawl: Crawl, tmp_path: Path
):
    refusal = Answer(b"slow down", 429, HTML | {"Retry-After": "7200"})
    crawl(dict.fromkeys(paper(), refusal), site=NO_SOURCES)
    change(tmp_path, "DELETE FROM host")
    crawl(paper(), site=NO_SOURCES)
    assert sources(tmp_path) == [("/kinh-te/", "menu")]


def test_after_a_search_in_vain_every_place_of_the_home_page_is_tried(crawl: Crawl, tmp_path: Path):
    crawl({"/": home()}, site=NO_SOURCES)
    assert sources(tmp_path) == []
    _, counts, proxy, _ = crawl(paper() | {"/": paper()["/kinh-te/"]}, site=NO_SOURCES)
    assert counts["new"] == 2
    assert sources(tmp_path) == [("/", "home")]
    assert f"{HOME}/kinh-te/" not in proxy.urls()


def test_sources_of_a_site_file_that_list_nothing_are_replaced_and_it_is_said(crawl: Crawl):
    code, counts, _, _ = crawl(paper())
    assert (code, counts["new"]) == (0, 2)
    assert "site file whose sources list nothing" in counts["warning"]


def test_a_paper_whose_sources_work_is_never_searched(crawl: Crawl):
    pages = paper() | {"/list?page=1": listing("/cho-phien-dau-tuan-hop-dong-1.html")}
    _, _, proxy, _ = crawl(pages)
    assert f"{HOME}/" not in proxy.urls()
    assert f"{HOME}/kinh-te/" not in proxy.urls()


def test_a_list_that_fails_for_a_time_is_no_reason_to_search(crawl: Crawl):
    _, _, proxy, _ = crawl(paper() | {"/list?page=1": Answer(b"", 500)})
    assert f"{HOME}/" not in proxy.urls()


def test_lists_that_robots_txt_closes_are_no_reason_to_search(crawl: Crawl):
    pages = paper() | {"/robots.txt": robots("User-agent: *\nDisallow: /list\n")}
    code, _, proxy, _ = crawl(pages)
    assert code == 2
    assert proxy.urls() == [f"{HOME}/robots.txt"]


def test_the_home_page_is_the_last_resort(crawl: Crawl, tmp_path: Path):
    pages = paper() | {"/": paper()["/kinh-te/"]}
    del pages["/kinh-te/"]
    code, counts, _, _ = crawl(pages, site=NO_SOURCES)
    assert (code, counts["new"]) == (0, 2)
    assert sources(tmp_path) == [("/", "home")]


def test_the_further_pages_of_the_home_page_are_walked_where_it_is_all_there_is(crawl: Crawl):
    pages = paper() | {"/?page=2": listing("/mua-na-chin-o-chi-lang-2.html"), "/?page=3": listing()}
    del pages["/kinh-te/"]
    front = listing("/cho-phien-dau-tuan-hop-dong-1.html").body
    pager = b'<div class="pages"><a href="/?page=2">2</a></div></body>'
    pages["/"] = Answer(front.replace(b"</body>", pager), headers=HTML)
    code, counts, _, _ = crawl(pages, site=NO_SOURCES)
    assert (code, counts["new"]) == (0, 2)


def test_a_paper_made_to_be_searched_for_ever_costs_fewer_than_sixty_requests(crawl: Crawl):
    lines = "".join(f"Sitemap: {HOME}/s{n}.xml\n" for n in range(10_000))
    private = "Sitemap: http://127.0.0.1/x.xml\nSitemap: http://10.0.0.1/x.xml\n"
    feeds = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="/f{n}.rss">' for n in range(900)
    )
    words = [
        f"/{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}/" for n in range(4000)
    ]
    pages = {"/": home(*words, "/rss", head=feeds), "/robots.txt": robots(private + lines)}
    code, _, proxy, _ = crawl(pages, site=NO_SOURCES)
    asked = [url for url in proxy.urls() if not url.endswith("/robots.txt")]
    assert code == 2 or code == 6
    assert len(asked) < 60
    assert {urlsplit(url).hostname for url in proxy.urls()} <= {"paper.example"}
    _, _, again, _ = crawl(pages, site=NO_SOURCES)
    assert len(again.urls()) <= 3  # it was searched in vain a moment ago


def test_articles_of_another_paper_make_no_source(crawl: Crawl, tmp_path: Path):
    pages = paper() | {
        "/trong/": listing("http://other.example/cho-phien-dau-tuan-hop-dong-7.html")
    }
    crawl(pages, site=NO_SOURCES)
    assert sources(tmp_path) == [("/kinh-te/", "menu")]


def test_a_site_without_sources_is_checked_by_its_home_page(tmp_path: Path):
    file = tmp_path / "paper.py"
    file.write_text(NO_SOURCES, encoding="utf-8")
    address = "/cho-phien-dau-tuan-hop-dong-1.html"
    pages = {f"{HOME}/": listing(address), f"{HOME}{address}": article(1)}
    with Proxy(pages.get, tmp_path) as proxy:
        done = run_command("sites", "check", "paper", "--site", str(file), env=proxy.environment)
    assert done.returncode == 0, done.stderr
    assert "Bài 1" in done.stdout


def test_what_is_remembered_can_be_shown(crawl: Crawl, tmp_path: Path):
    crawl(paper(), site=NO_SOURCES)
    options = ("--site", str(tmp_path / "paper.py"), "--archive", str(tmp_path / "articles.db"))
    shown = json.loads(run_command("sites", "sources", "paper", *options, "--json").stdout)
    assert [(s["url"], s["kind"], s["listed"]) for s in shown["found"]] == [
        (f"{HOME}/kinh-te/", "listing", 2)
    ]
    assert "Not again before" in run_command("sites", "sources", "paper", *options).stdout
