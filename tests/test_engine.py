"""How a crawl behaves towards servers, the network and the operator, over real sockets.

Every host is answered by the tests' own proxy on loopback; nothing else is ever connected to.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import clean_environment, run_command
from paper import (
    ARTICLE,
    HOME,
    HTML,
    MENU,
    SITE_FILE,
    Crawl,
    Pages,
    article,
    forget_robots,
    let_time_pass,
    listing,
    new_design,
    robots,
    states,
)
from proxy import Answer, Proxy

from baolangson_crawler.demo import PAPERS, SITES, DemoServer, expected_articles
from baolangson_crawler.storage.opening import open_reading


def test_a_paper_of_ones_own_needs_one_file(crawl: Crawl, tmp_path: Path) -> None:
    pages = {
        "/list?page=1": listing("/a-1.html", "/b-2.html"),
        "/list?page=2": listing("/c-3.html"),
        "/list?page=3": listing("/c-3.html"),
        "/list?page=4": listing("/c-3.html"),
        **{f"/{slug}-{n}.html": article(n) for n, slug in enumerate("abc", 1)},
    }
    code, site, proxy, _ = crawl(pages)
    assert (code, site["new"], site["failed"]) == (0, 3, 0)
    assert f"{HOME}/list?page=5" not in proxy.urls()  # pages that are repeated end the list
    code, site, _, _ = crawl(pages)
    assert (code, site["new"], site["known"]) == (0, 0, 2)


def test_robots_that_closes_the_paper_is_obeyed_and_said(crawl: Crawl, tmp_path: Path) -> None:
    code, site, proxy, _ = crawl({"/robots.txt": robots("User-agent: *\nDisallow: /\n")})
    assert code == 2
    assert "closes it to crawlers" in site["warning"]
    assert "Ask the paper" in site["warning"]
    assert proxy.urls() == [f"{HOME}/robots.txt"]
    db = open_reading(tmp_path / "articles.db")
    assert db.execute("SELECT outcome, text FROM robots").fetchone() == (
        "rules",
        "User-agent: *\nDisallow: /\n",
    )
    db.close()


def test_addresses_that_robots_closes_are_skipped(crawl: Crawl, tmp_path: Path) -> None:
    code, site, proxy, _ = crawl(
        {
            "/robots.txt": robots("User-agent: *\nDisallow: /closed\n"),
            "/list?page=1": listing("/a-1.html", "/closed-2.html"),
            "/a-1.html": article(1),
            "/closed-2.html": article(2),
        }
    )
    assert (code, site["new"], site["skipped"]) == (0, 1, 1)
    assert f"{HOME}/closed-2.html" not in proxy.urls()
    assert states(tmp_path)["/closed-2.html"] == ("skipped", "robots_disallowed")


@pytest.mark.parametrize("status", [500, 503, 429])
def test_robots_that_fails_closes_the_paper(crawl: Crawl, status: int) -> None:
    code, site, proxy, _ = crawl(
        {"/robots.txt": robots("", status), "/list?page=1": listing("/a-1.html")}
    )
    assert code == 2
    assert "counts as closed" in site["warning"]
    assert set(proxy.urls()) == {f"{HOME}/robots.txt"}


def test_robots_that_is_missing_opens_the_paper(crawl: Crawl) -> None:
    code, site, proxy, _ = crawl({"/list?page=1": listing("/a-1.html"), "/a-1.html": article(1)})
    assert (code, site["new"]) == (0, 1)
    assert proxy.urls()[0] == f"{HOME}/robots.txt"
    agent = proxy.asked[0].headers["User-Agent"]
    assert agent.startswith("baolangson_crawler/")
    assert "contact" in agent


def test_crawl_delay_is_kept(crawl: Crawl) -> None:
    _, site, proxy, _ = crawl(
        {
            "/robots.txt": robots("User-agent: *\nCrawl-delay: 0.5\n"),
            "/list?page=1": listing("/a-1.html", "/b-2.html"),
            "/a-1.html": article(1),
            "/b-2.html": article(2),
        }
    )
    assert site["new"] == 2
    times = [asked.at for asked in proxy.asked[1:]]
    assert min(b - a for a, b in pairwise(times)) >= 0.45


@pytest.mark.slow
def test_a_paper_is_never_asked_more_than_once_a_second(tmp_path: Path) -> None:
    site = tmp_path / "paper.py"
    site.write_text(SITE_FILE.replace("paper.example", "www.bao-thu-nghiem.vn"), encoding="utf-8")
    home = "http://www.bao-thu-nghiem.vn"
    served = {
        f"{home}/list?page=1": listing(f"{home}/a-1.html", "http://m.bao-thu-nghiem.vn/b-2.html"),
        f"{home}/a-1.html": article(1),
        "http://m.bao-thu-nghiem.vn/b-2.html": article(2),
    }
    with Proxy(served.get, tmp_path) as proxy:
        done = run_command(
            *("crawl", "paper", "--site", str(site), "--delay", "0", "--json"),
            *("--archive", str(tmp_path / "articles.db")),
            env=proxy.environment,
        )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["sites"][0]["new"] == 2
    times = [asked.at for asked in proxy.asked]
    gaps = [b - a for a, b in pairwise(times)]
    assert len(gaps) >= 4
    # the two hosts of one server share one pace; the proxy's clock may see a gap a little short
    assert min(gaps) >= 0.9


def test_a_redirect_loop_ends_and_is_noted(crawl: Crawl, tmp_path: Path) -> None:
    code, site, proxy, _ = crawl(
        {
            "/list?page=1": listing("/a-1.html", "/b-2.html"),
            "/a-1.html": Answer(status=301, headers={"Location": "/a-1.html"}),
            "/b-2.html": article(2),
        }
    )
    assert (code, site["new"], site["failed"]) == (0, 1, 1)
    assert states(tmp_path)["/a-1.html"] == ("failed", "redirect_loop")
    assert proxy.urls().count(f"{HOME}/a-1.html") == 11


def test_a_page_that_is_no_article_is_held_with_its_source(crawl: Crawl, tmp_path: Path) -> None:
    maintenance = Answer(
        "<html><body><h1>Hệ thống đang bảo trì</h1></body></html>".encode(), headers=HTML
    )
    code, site, _, _ = crawl(
        {
            "/list?page=1": listing("/a-1.html", "/b-2.html", "/c-3.html", "/d-4.html"),
            "/a-1.html": article(1),
            "/b-2.html": maintenance,
            "/c-3.html": Answer(b"%PDF-1.7", headers={"Content-Type": "application/pdf"}),
            "/d-4.html": Answer(b"gone", 404, HTML),
        }
    )
    assert (code, site["new"], site["held"], site["failed"]) == (0, 1, 2, 1)
    db = open_reading(tmp_path / "articles.db")
    held = db.execute(
        "SELECT reason, length(body) > 0 FROM held JOIN fetch ON fetch.id = fetch_id "
        "JOIN capture ON capture.id = capture_id ORDER BY reason"
    ).fetchall()
    db.close()
    assert held == [("maintenance", 1), ("not_html", 1)]
    assert states(tmp_path)["/d-4.html"] == ("failed", "http_404")


def test_a_paper_that_changed_its_design_is_told(crawl: Crawl) -> None:
    pages = {"/list?page=1": listing("/a-1.html"), "/a-1.html": new_design(1)}
    code, site, _, _ = crawl(pages)
    assert (code, site["new"]) == (6, 1)  # read by the generic reader, and told all the same
    assert "No layout of the paper reads its pages any more" in site["warning"]
    assert "baolangson sites check paper" in site["warning"]


def test_a_list_without_articles_is_told(crawl: Crawl) -> None:
    code, site, _, _ = crawl({"/list?page=1": Answer(MENU, headers=HTML)})
    assert code == 6
    assert "list no article" in site["warning"]


def test_a_paper_that_does_not_answer_is_told(crawl: Crawl) -> None:
    code, site, _, _ = crawl({})
    assert code == 2
    assert "answered every request with an error" in site["warning"]


def test_text_is_read_right_whatever_the_header_says(crawl: Crawl, tmp_path: Path) -> None:
    text = ARTICLE.format(n="Đảng ủy Khối")
    code, _, _, _ = crawl(
        {
            "/list?page=1": listing("/a-1.html", "/b-2.html"),
            "/a-1.html": Answer(
                text.encode(), headers={"Content-Type": "text/html; charset=iso-8859-1"}
            ),
            "/b-2.html": Answer(
                ARTICLE.format(n="xã").encode("utf-16"), headers={"Content-Type": "text/html"}
            ),
        }
    )
    assert code == 0
    db = open_reading(tmp_path / "articles.db")
    titles = {title for (title,) in db.execute("SELECT title FROM article")}
    db.close()
    assert titles == {"Bài Đảng ủy Khối", "Bài xã"}


def start_demo_crawl(archive: Path, proxy_url: str) -> subprocess.Popen[str]:
    code = (
        "import sys; from pathlib import Path; from baolangson_crawler.crawling import crawl; "
        "from baolangson_crawler.sites import load_sites; "
        f"sites = list(load_sites([{str(SITES)!r}], builtin=False, environment=False)); "
        f"report = crawl(sites, Path({str(archive)!r}), "
        "settings=dict(DOWNLOAD_DELAY=0, LOG_ENABLED=False, ARCHIVE_BATCH=5)); "
        "sys.exit(report.exit_code)"
    )
    return subprocess.Popen(
        [sys.executable, "-c", code],
        env={**clean_environment(), "http_proxy": proxy_url},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def stored(archive: Path) -> int:
    if not archive.exists():
        return 0
    try:
        db = open_reading(archive)
        count = int(db.execute("SELECT count(*) FROM article").fetchone()[0])
        db.close()
    except Exception:
        return 0  # the schema is being made
    return count


def stop_at(process: subprocess.Popen[str], archive: Path, articles: int, how: int) -> int:
    deadline = time.monotonic() + 60
    while stored(archive) < articles and process.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.005)
    if process.poll() is None:
        os.kill(process.pid, how)
    process.communicate(timeout=60)
    return process.returncode


@pytest.mark.slow
@pytest.mark.parametrize("at", [1, 40, 150])
def test_a_killed_crawl_goes_on_and_loses_nothing(tmp_path: Path, at: int) -> None:
    archive = tmp_path / "articles.db"
    with DemoServer(PAPERS) as server:
        code = stop_at(start_demo_crawl(archive, server.proxy_url), archive, at, signal.SIGKILL)
        assert code == -signal.SIGKILL
        second = start_demo_crawl(archive, server.proxy_url)
        output, _ = second.communicate(timeout=120)
        assert second.returncode == 0, output
    db = open_reading(archive)
    keys = {key for (key,) in db.execute("SELECT key FROM article")}
    outcomes = [outcome for (outcome,) in db.execute("SELECT outcome FROM crawl ORDER BY id")]
    integrity = db.execute("PRAGMA integrity_check").fetchone()[0]
    versions = db.execute("SELECT max(version_count) FROM article").fetchone()[0]
    db.close()
    assert keys == {a.key for paper in PAPERS for a in expected_articles(paper)}
    assert outcomes == ["killed", "done"]
    assert (integrity, versions) == ("ok", 1)


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_crawl_saves_its_state_and_says_so(tmp_path: Path, how: int) -> None:
    archive = tmp_path / "articles.db"
    with DemoServer(PAPERS) as server:
        code = stop_at(start_demo_crawl(archive, server.proxy_url), archive, 20, how)
    assert code == 11
    db = open_reading(archive)
    assert db.execute("SELECT outcome FROM crawl").fetchone()[0] == "interrupted"
    assert db.execute("SELECT count(*) FROM article").fetchone()[0] >= 20
    db.close()


def scrapy(*arguments: str, env: dict[str, str], cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=cwd,
        env={
            **clean_environment(),
            "SCRAPY_SETTINGS_MODULE": "baolangson_crawler.settings",
            "BAOLANGSON_SITES": str(SITES),
            **env,
        },
    )


def test_scrapy_list_names_every_site(tmp_path: Path) -> None:
    done = scrapy("list", env={}, cwd=tmp_path)
    assert {"all", "baocantho", "baolangson", "baolaocai", "dangkhoi"} <= set(done.stdout.split())


@pytest.mark.slow
def test_scrapy_crawl_parse_and_shell_work(tmp_path: Path) -> None:
    url = next(expected_articles(PAPERS[0])).canonical_url.replace("https:", "http:")
    with DemoServer(PAPERS) as server:
        env = {"http_proxy": server.proxy_url}
        crawled = scrapy(
            *("crawl", "dangkhoi", "-s", "DOWNLOAD_DELAY=0", "-s", "ARCHIVE_PATH=a/articles.db"),
            env=env,
            cwd=tmp_path,
        )
        assert crawled.returncode == 0, crawled.stderr
        assert stored(tmp_path / "a/articles.db") == 60

        parsed = scrapy("parse", "--nolog", "--nocolour", url, env=env, cwd=tmp_path)
        assert "Baolang son.vn" in parsed.stdout, parsed.stderr
        shell = scrapy(
            "shell", "--nolog", url, "-c", "(spider.name, response.status)", env=env, cwd=tmp_path
        )
        assert "('dangkhoi', 200)" in shell.stdout, shell.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


def test_a_paper_that_closes_its_articles_only_is_told(crawl: Crawl) -> None:
    code, site, proxy, _ = crawl(
        {
            "/robots.txt": robots("User-agent: *\nDisallow: /*.html$\n"),
            "/list?page=1": listing("/a-1.html", "/b-2.html"),
        }
    )
    assert (code, site["skipped"]) == (2, 2)
    assert "closes its articles" in site["warning"]
    assert not [url for url in proxy.urls() if url.endswith(".html")]


def test_a_trial_crawl_hides_nothing_from_the_next(crawl: Crawl) -> None:
    pages = {
        **{f"/list?page={n}": listing(f"/a-{n}.html") for n in range(1, 6)},
        **{f"/a-{n}.html": article(n) for n in range(1, 6)},
    }
    code, site, _, _ = crawl(pages, "--max-pages", "2")
    assert (code, site["new"]) == (0, 2)
    code, site, _, _ = crawl(pages)
    assert (code, site["new"], site["known"]) == (0, 3, 2)
    code, site, proxy, _ = crawl(pages)
    assert (code, site["new"]) == (0, 0)
    assert f"{HOME}/list?page=2" not in proxy.urls()  # all is known: the first page is enough


def test_a_list_that_failed_midway_is_walked_again(crawl: Crawl) -> None:
    pages = {
        **{f"/list?page={n}": listing(f"/a-{n}.html") for n in range(1, 4)},
        **{f"/a-{n}.html": article(n) for n in range(1, 4)},
    }
    broken = {**pages, "/list?page=2": Answer(b"", 500, HTML)}
    assert crawl(broken)[1]["new"] == 2  # the page behind it shows that the list goes on
    assert crawl(pages)[1]["new"] == 1


def test_a_list_that_fails_after_a_complete_crawl_hides_nothing(crawl: Crawl) -> None:
    def pages(newest: int) -> Pages:
        numbers = list(range(newest, 0, -1))
        pages = [numbers[i : i + 2] for i in range(0, len(numbers), 2)]
        return {
            **{
                f"/list?page={p}": listing(*(f"/a-{n}.html" for n in some))
                for p, some in enumerate(pages, 1)
            },
            **{f"/a-{n}.html": article(n) for n in numbers},
        }

    assert crawl(pages(2))[1]["new"] == 2
    for broken in (Answer(b"", 403, HTML), Answer("Bảo trì".encode(), headers=HTML)):
        assert crawl({**pages(8), "/list?page=2": broken})[0] == 0
    assert crawl(pages(8))[1]["new"] == 4
    _, site, proxy, _ = crawl(pages(8))
    assert site["new"] == 0
    assert f"{HOME}/list?page=2" not in proxy.urls()


def test_a_wrong_page_is_asked_again_and_then_stored(crawl: Crawl, tmp_path: Path) -> None:
    wall = Answer(b"<html><body><h1>B\xe1\xba\xa3o tr\xc3\xac</h1></body></html>", headers=HTML)
    elsewhere = Answer(status=302, headers={"Location": "http://elsewhere.example/"})
    pages = {
        "/list?page=1": listing("/a-1.html", "/b-2.html", "/c-3.html"),
        "/c-3.html": article(3),
    }
    code, site, _, _ = crawl({**pages, "/a-1.html": wall, "/b-2.html": elsewhere})
    assert (code, site["new"], site["held"]) == (0, 1, 1)
    code, site, _, _ = crawl({**pages, "/a-1.html": article(1), "/b-2.html": article(2)})
    assert (code, site["new"]) == (0, 2)
    db = open_reading(tmp_path / "articles.db")
    assert db.execute("SELECT count(*) FROM held").fetchone()[0] == 0
    db.close()


def test_robots_that_failed_once_costs_nothing(crawl: Crawl, tmp_path: Path) -> None:
    pages = {"/list?page=1": listing("/a-1.html")}
    assert crawl({**pages, "/a-1.html": Answer(b"", 500, HTML)})[0] == 2
    forget_robots(tmp_path)
    assert crawl({"/robots.txt": robots("", 500)})[0] == 2
    assert crawl({"/list?page=1": listing("/b-2.html"), "/a-1.html": article(1)})[1]["new"] == 1


@pytest.mark.parametrize("charset", ["undefined", "base64", "idna", "unicode_escape", "x" * 300])
def test_a_charset_that_is_none_costs_no_page(crawl: Crawl, charset: str) -> None:
    body = ARTICLE.format(n=1).replace("ờ", "o").encode("cp1258", "ignore") + b"\xff\xfe\x81"
    page = Answer(body, headers={"Content-Type": f"text/html; charset={charset}"})
    code, site, _, _ = crawl({"/list?page=1": listing("/a-1.html"), "/a-1.html": page})
    assert (code, site["new"]) == (0, 1)


def test_a_log_holds_no_pages(crawl: Crawl, tmp_path: Path) -> None:
    pages = {"/list?page=1": listing("/a-1.html"), "/a-1.html": article(1)}
    crawl(pages, "--log", str(tmp_path / "crawl.log"))
    log = (tmp_path / "crawl.log").read_text(encoding="utf-8")
    assert "INFO" in log
    assert "news-content" not in log
    assert "Visit(" not in log


def test_maintenance_gives_no_address_up(crawl: Crawl) -> None:
    html = "<html><body><h1>Hệ thống đang bảo trì</h1></body></html>".encode()
    pages = {"/list?page=1": listing("/a-1.html"), "/a-1.html": Answer(html, headers=HTML)}
    for _ in range(6):
        code, site, _, _ = crawl(pages)
        assert (code, site["new"], site["held"]) == (6, 0, 1)
    code, site, _, _ = crawl({**pages, "/a-1.html": article(1)})
    assert (code, site["new"]) == (0, 1)


def test_an_address_is_given_up_after_five_crawls(crawl: Crawl, tmp_path: Path) -> None:
    pages = {"/list?page=1": listing("/a-1.html", "/b-2.html"), "/b-2.html": article(2)}

    def asked() -> int:
        return crawl(pages)[2].urls().count(f"{HOME}/a-1.html")

    assert [asked() for _ in range(3)] == [1, 1, 0]  # at once in the next crawl, then a day later
    for _ in range(3):
        let_time_pass(tmp_path)
        assert asked() == 1
    let_time_pass(tmp_path)
    assert asked() == 0
    assert states(tmp_path)["/a-1.html"] == ("gone", "http_404")


def test_a_dead_address_does_not_hide_a_good_one(crawl: Crawl) -> None:
    pages = {"/list?page=1": listing("/old-5.html", "/new-5.html"), "/new-5.html": article(5)}
    assert crawl(pages)[1]["new"] == 1


def test_a_redirect_to_the_home_page_is_no_article(crawl: Crawl, tmp_path: Path) -> None:
    code, site, _, _ = crawl(
        {
            "/list?page=1": listing("/a-1.html", "/b-2.html"),
            "/a-1.html": Answer(status=302, headers={"Location": "/"}),
            "/": article(9),
            "/b-2.html": article(2),
        }
    )
    assert (code, site["new"], site["held"]) == (0, 1, 1)
    assert states(tmp_path)["/a-1.html"] == ("skipped", "moved")


@pytest.mark.parametrize("status", [403, 404, 500])
def test_a_paper_that_blocks_its_articles_is_told(crawl: Crawl, status: int) -> None:
    code, site, _, _ = crawl(
        {"/list?page=1": listing("/a-1.html"), "/a-1.html": Answer(b"no", status, HTML)}
    )
    assert code == 2
    assert "None of its articles could be fetched" in site["warning"]


def test_sitemaps_that_list_each_other_are_asked_once(tmp_path: Path) -> None:
    site = tmp_path / "paper.py"
    source = 'Sitemap("http://paper.example/sitemap.xml")'
    text = SITE_FILE.replace("import Listing, Site", "import Site, Sitemap")
    start = text.index("Listing(")
    text = text[:start] + source + text[text.index("),)", start) + 1 :]
    site.write_text(text, encoding="utf-8")
    index = "".join(f"<sitemap><loc>{HOME}/s{n}.xml</loc></sitemap>" for n in range(6))
    body = f"<sitemapindex>{index}</sitemapindex>".encode()
    xml = {"Content-Type": "application/xml"}

    def answer(url: str) -> Answer | None:
        return Answer(body, headers=xml) if url.endswith(".xml") else None

    with Proxy(answer, tmp_path) as proxy:
        run_command(
            *("crawl", "paper", "--site", str(site), "--delay", "0"),
            *("--archive", str(tmp_path / "articles.db")),
            env=proxy.environment,
        )
    assert len([url for url in proxy.urls() if "/s" in url.removeprefix(HOME)]) >= 7
    assert max(Counter(proxy.urls()).values()) == 1


def test_a_fault_of_a_layout_costs_one_page_and_is_told(tmp_path: Path) -> None:
    site = tmp_path / "paper.py"
    text = SITE_FILE.replace("pages=(PortalPage,)", "pages=(Faulty,)")
    text += "\n"
    faulty = (
        "class Faulty(PortalPage):\n"
        "    def section(self):\n"
        "        return 1 / 0 if 'a-1' in self.document.url else None\n"
        "    def images(self):\n"
        "        from baolangson_crawler.items import Image\n"
        "        bad = (Image(url=b'x', position='y'),)\n"
        "        return bad if 'b-2' in self.document.url else ()\n\n"
    )
    site.write_text(text.replace("SITE = ", faulty + "SITE = "), encoding="utf-8")
    served = {
        f"{HOME}/list?page=1": listing("/a-1.html", "/b-2.html", "/c-3.html"),
        **{f"{HOME}/{slug}-{n}.html": article(n) for n, slug in enumerate("abc", 1)},
    }
    with Proxy(served.get, tmp_path) as proxy:
        done = run_command(
            *("crawl", "paper", "--site", str(site), "--delay", "0", "--json"),
            *("--archive", str(tmp_path / "articles.db")),
            env=proxy.environment,
        )
    result = json.loads(done.stdout)["sites"][0]
    assert (done.returncode, result["new"], result["held"]) == (0, 1, 2)
    assert "a layout fails" in result["warning"]
    db = open_reading(tmp_path / "articles.db")
    held = db.execute("SELECT reason, capture_id IS NOT NULL FROM held JOIN fetch ON fetch.id = "
                      "fetch_id ORDER BY reason").fetchall()  # fmt: skip
    db.close()
    assert held == [("layout_error", 1), ("not_storable", 1)]


def test_robots_is_obeyed_by_our_name_and_read_to_its_limit(crawl: Crawl, tmp_path: Path) -> None:
    for name in ("archive", "vietnam", "press"):
        text = f"User-agent: {name}\nAllow: /\n\nUser-agent: *\nDisallow: /\n"
        assert crawl({"/robots.txt": robots(text)})[0] == 2
        forget_robots(tmp_path)
    ours = "\ufeffUser-agent: baolangson_crawler\nDisallow: /\n"
    assert crawl({"/robots.txt": robots(ours), "/list?page=1": listing("/a-1.html")})[0] == 2
    forget_robots(tmp_path)
    far = "User-agent: *\nAllow: /\n" + "#" * 600_000 + "\nDisallow: /\n"
    assert crawl({"/robots.txt": robots(far), "/list?page=1": listing("/a-1.html"),
                  "/a-1.html": article(1)})[1]["new"] == 1  # fmt: skip


def test_robots_of_another_host_is_followed_to(crawl: Crawl) -> None:
    code, _, proxy, _ = crawl(
        {
            "/robots.txt": Answer(status=301, headers={"Location": "http://other.example/r.txt"}),
            "http://other.example/r.txt": robots("User-agent: *\nDisallow: /\n"),
        }
    )
    assert code == 2
    assert proxy.urls() == [f"{HOME}/robots.txt", "http://other.example/r.txt"]


def test_no_cookie_is_sent_back_and_no_page_is_too_large(crawl: Crawl, tmp_path: Path) -> None:
    cookie = {**HTML, "Set-Cookie": "D1N=1; Path=/"}
    _, site, proxy, _ = crawl(
        {
            "/list?page=1": Answer(listing("/a-1.html", "/b-2.html").body, headers=cookie),
            "/a-1.html": Answer(article(1).body, headers=cookie),
            "/b-2.html": Answer(article(2).body + b" " * (17 * 1024 * 1024), headers=HTML),
        }
    )
    assert (site["new"], site["failed"]) == (1, 1)
    assert not [asked for asked in proxy.asked if "Cookie" in asked.headers]
    assert states(tmp_path)["/b-2.html"] == ("failed", "too_large")


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    site = tmp_path / "paper.py"
    site.write_text(SITE_FILE.replace("http://paper", "https://paper"), encoding="utf-8")
    with Proxy(lambda url: article(1), tmp_path) as proxy:
        trusting_nobody = {**proxy.environment, "SSL_CERT_FILE": os.devnull}
        done = run_command(
            *("crawl", "paper", "--site", str(site), "--delay", "0", "--json"),
            *("--archive", str(tmp_path / "articles.db")),
            env=trusting_nobody,
        )
    assert done.returncode == 2
    assert proxy.urls() == []


@pytest.mark.slow
def test_a_second_interrupt_ends_at_once_and_says_so(tmp_path: Path) -> None:
    archive = tmp_path / "articles.db"
    with DemoServer(PAPERS) as server:
        process = start_demo_crawl(archive, server.proxy_url)
        deadline = time.monotonic() + 60
        while stored(archive) < 10 and time.monotonic() < deadline:
            time.sleep(0.005)
        os.kill(process.pid, signal.SIGINT)
        os.kill(process.pid, signal.SIGINT)
        process.communicate(timeout=60)
    assert process.returncode == 11
    db = open_reading(archive)
    assert db.execute("SELECT outcome FROM crawl").fetchone()[0] == "interrupted"
    db.close()


def test_a_failing_first_page_costs_no_walk(crawl: Crawl) -> None:
    pages = {
        **{f"/list?page={n}": listing(f"/a-{n}.html") for n in range(1, 5)},
        **{f"/a-{n}.html": article(n) for n in range(1, 5)},
    }
    crawl(pages)
    crawl({**pages, "/list?page=1": Answer(b"", 500, HTML)})
    _, _, proxy, _ = crawl(pages)
    assert [url for url in proxy.urls() if "list" in url] == [f"{HOME}/list?page=1"]


def test_addresses_that_are_given_up_cost_no_walk(crawl: Crawl) -> None:
    pages = {
        **{f"/list?page={n}": listing(f"/a-{n}.html", f"/dead-9{n}.html") for n in range(1, 4)},
        **{f"/a-{n}.html": article(n) for n in range(1, 4)},
    }
    walks = [len([u for u in crawl(pages)[2].urls() if "list" in u]) for _ in range(7)]
    assert walks[0] == 5  # what is not there behind a full page is asked for twice
    assert walks[-1] == 1


def test_a_new_design_is_told_beside_known_articles(crawl: Crawl) -> None:
    assert crawl({"/list?page=1": listing("/a-1.html"), "/a-1.html": article(1)})[0] == 0
    pages = {"/list?page=1": listing("/b-2.html", "/a-1.html"), "/b-2.html": new_design(2)}
    code, site, _, _ = crawl(pages)
    assert (code, site["known"]) == (6, 1)
    assert "No layout of the paper reads" in site["warning"]
