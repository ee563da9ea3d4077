"""``baolangson sites check``, run as an operator runs it, over real sockets."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from signal import SIGINT
from threading import Event
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlsplit

import pytest
from conftest import clean_environment, run_command
from proxy import Answer, Proxy

from baolangson_crawler.cli import main
from baolangson_crawler.demo import (
    DONG_XANH,
    NUI_XANH,
    PAPERS,
    SITES,
    DemoPaper,
    DemoServer,
    expected_articles,
    story,
)
from baolangson_crawler.demo.routes import answer
from baolangson_crawler.sites import load_sites
from baolangson_crawler.stored_pages import load

HTML = {"Content-Type": "text/html; charset=utf-8"}
HOME = "http://paper.example"
SITE_FILE = """
from baolangson_crawler.families.portal import PortalPage
from baolangson_crawler.sites.base import Listing, Site

SITE = Site(key="paper", name="Báo Thử", province="Thử", domains=("paper.example",),
    sources=(Listing("http://paper.example/mot"), Listing("http://paper.example/hai")),
    article_url=r"-(?P<id>\\d+)\\.html$", pages=(PortalPage,), verified="own")
"""
PAGE = """<html><head><link rel="canonical" href="http://paper.example/bai-1.html">
<meta property="og:site_name" content="Báo Thử Nghiệm">
<link rel="alternate" type="application/rss+xml" href="/rss/moi.rss"></head><body>
<div id="module-news-detail"><div class="breadcrumb"><a href="/tin/">Tin tức</a></div>
<h1 class="news-title">Một tiêu đề</h1><div class="news-date">21-07-2020 08:54</div>
<div class="news-content"><p>Đoạn một của bài, dài hơn một dòng cho rõ ràng.</p>
<p><img src="/a.jpg"></p><p align="center"><i>Cảnh hội nghị.</i></p>
<p>Đoạn hai của bài, cũng dài hơn một dòng cho rõ ràng.</p>
<p align="right"><b>Lê Văn Thử</b></p><p>Nguồn: TTXVN</p></div></div></body></html>"""
UNKNOWN = """<html><head><title>Chợ phiên xã Thử</title></head><body>
<div><h1>Chợ phiên xã Thử họp lại</h1>
<p>{0}, đông vui từ sáng sớm đến quá trưa, với hơn một trăm gian hàng.</p>
<p>{0}, theo lời ban quản lý, sẽ họp hằng tuần và mở thêm khu bán đồ thủ công.</p>
<p>{0}, như bà con mong đợi, đem lại thu nhập khá cho nhiều gia đình trong xã.</p></div></body>
</html>""".format("Phiên chợ của xã Thử, nơi bà con trong vùng đem nông sản đến bán")
STRANGE = "<html><body><div class='x'>{{bai}}</div></body></html>"
Check = Callable[..., tuple[int, dict[str, Any], Proxy]]


def html(body: str, status: int = 200, **headers: str) -> Answer:
    return Answer(body.encode(), status, {**HTML, **headers})


def listing(*hrefs: str) -> Answer:
    return html("".join(f'<h2><a href="{href}">Bài</a></h2>' for href in hrefs))


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Run ``sites check --json`` where ``paper.example`` has the given pages."""
    site = tmp_path / "paper.py"
    site.write_text(SITE_FILE, encoding="utf-8")

    def run(pages: dict[str, Answer], target: str, *extra: str) -> tuple[int, Any, Proxy]:
        served = {HOME + path: answer for path, answer in pages.items()}
        with Proxy(served.get, tmp_path) as proxy:
            done = run_command(
                *("sites", "check", target, "--site", str(site), "--json", *extra),
                env=proxy.environment,
            )
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, json.loads(done.stdout), proxy

    return run


@pytest.fixture(scope="module")
def demo() -> Iterator[DemoServer]:
    with DemoServer(PAPERS) as server:
        yield server


def with_demo(server: DemoServer, *, sites: bool = True) -> dict[str, str]:
    return {"http_proxy": server.proxy_url} | ({"BAOLANGSON_SITES": str(SITES)} if sites else {})


def field(report: dict[str, Any], name: str) -> list[str]:
    (values,) = (field["values"] for field in report["fields"] if field["name"] == name)
    found: list[str] = values
    return found


def given_by(report: dict[str, Any], name: str) -> str:
    (rule,) = (field["found_by"] for field in report["fields"] if field["name"] == name)
    return str(rule)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.key)
def test_a_site_is_checked_by_the_first_article_that_it_lists(
    paper: DemoPaper, demo: DemoServer
) -> None:
    asked_before = dict(demo.requests)
    done = run_command("sites", "check", paper.key, "--json", env=with_demo(demo))
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    report = json.loads(done.stdout)
    wanted = {article.url: article for article in expected_articles(paper)}[report["url"]]
    assert (report["site"], report["layout"], report["recognised"]) == (
        paper.key,
        paper.family,
        True,
    )
    assert field(report, "key") == [wanted.key]
    assert field(report, "title") == [wanted.title]
    assert field(report, "lead") == [wanted.lead]
    assert [text.removeprefix("## ") for text in field(report, "body")] == [
        block.text for block in wanted.body
    ]
    assert field(report, "tags") == list(wanted.tags)
    assert wanted.published
    assert wanted.published.at
    assert field(report, "published") == [wanted.published.at.isoformat()]
    assert {said["source"] for said in report["dates"]} >= {"visible"}
    asked = [
        path
        for (host, path), n in demo.requests.items()
        if host == paper.host and n > asked_before.get((host, path), 0)
    ]
    assert len(asked) == 3  # robots.txt, the first source, the article
    assert {"/robots.txt", urlsplit(wanted.url).path} < set(asked)


def test_a_person_is_shown_each_field_and_what_gave_it(demo: DemoServer) -> None:
    told = story(NUI_XANH, 3)
    done = run_command("sites", "check", told.url, env=with_demo(demo))
    assert done.returncode == 0, done.stderr
    for shown in (
        told.title,
        "layout zce (ZcePage) recognises the page",
        "h1.article__title",
        "figcaption",
        "What the page says of its dates",
        told.published.isoformat(),
    ):
        assert shown in done.stdout


def test_the_rules_behind_the_fields_are_told(check: Check) -> None:
    code, report, _ = check({"/bai-1.html": html(PAGE)}, f"{HOME}/bai-1.html")
    assert code == 0
    assert given_by(report, "title") == "#module-news-detail h1.news-title"
    assert given_by(report, "section") == "#module-news-detail .breadcrumb a (1)"
    assert given_by(report, "lead").startswith("the first paragraph")
    assert given_by(report, "images") == "caption: centred, italic; pictures in the body (1)"
    assert given_by(report, "byline").startswith("a line at the end of the text, set apart")
    assert given_by(report, "credit") == "a line of its own at the end of the text"
    assert field(report, "credit") == ["Nguồn: TTXVN → ttxvn"]
    assert given_by(report, "related") == "nothing: #module-news-detail .news-related li a"
    (said,) = report["dates"]
    assert (said["raw"], said["read_as"]) == ("21-07-2020 08:54", "2020-07-21T08:54:00+07:00")
    assert report["second_reader"]["refusal"] or report["second_reader"]["opinions"]


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ({"/robots.txt": Answer(b"User-agent: *\nDisallow: /\n")}, "Ask the paper"),
        ({"/robots.txt": Answer(b"", 500)}, "robots.txt could not be read"),
        ({}, "404"),
        ({"/bai-1.html": html("", 403)}, "403"),
        (
            {"/bai-1.html": html("", 302, Location="http://elsewhere.example/bai-1.html")},
            "another site",
        ),
    ],
    ids=["robots", "robots fails", "missing", "forbidden", "offsite"],
)
def test_a_page_that_cannot_be_fetched_is_told_with_its_reason(
    check: Check, pages: dict[str, Answer], said: str
) -> None:
    code, report, proxy = check(pages, f"{HOME}/bai-1.html")
    assert (code, report["exit_code"]) == (2, 2)
    assert said in report["failure"]
    assert all(url.startswith(HOME) for url in proxy.urls())
    if "robots" in said or "Ask" in said:
        assert f"{HOME}/bai-1.html" not in proxy.urls()


def test_a_person_is_told_in_one_line_why_nothing_was_fetched(tmp_path: Path) -> None:
    site = tmp_path / "paper.py"
    site.write_text(SITE_FILE, encoding="utf-8")
    closed = {f"{HOME}/robots.txt": Answer(b"User-agent: *\nDisallow: /\n")}
    with Proxy(closed.get, tmp_path) as proxy:
        done = run_command("sites", "check", "paper", "--site", str(site), env=proxy.environment)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "robots.txt closes it to crawlers" in done.stderr


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (html(STRANGE), "layout_not_recognised"),
        (Answer(b"%PDF-1.4", 200, {"Content-Type": "application/pdf"}), "not_html"),
        (html("", 302, Location="/"), "moved"),
    ],
    ids=["strange", "pdf", "home"],
)
def test_a_page_that_is_no_article_is_refused_with_its_reason(
    check: Check, page: Answer, reason: str
) -> None:
    code, report, _ = check({"/bai-1.html": page, "/": html(STRANGE)}, f"{HOME}/bai-1.html")
    assert code == 6
    assert report["refusal"]["reason"]
    if reason != "layout_not_recognised":  # the refusals may know it better
        assert report["refusal"]["reason"] == reason
    assert not report["recognised"]
    if reason == "layout_not_recognised":
        (layout,) = report["layouts"]
        assert "no body (#module-news-detail .news-content)" in layout["missing"]


def test_a_page_that_only_the_generic_reader_reads_is_told(check: Check) -> None:
    code, report, _ = check({"/bai-1.html": html(UNKNOWN)}, f"{HOME}/bai-1.html")
    assert (code, report["layout"], report["recognised"]) == (6, "generic", False)
    assert field(report, "title") == ["Chợ phiên xã Thử họp lại"]
    assert len(field(report, "body")) == 3
    assert given_by(report, "title").endswith("]")  # how sure the reader is
    assert report["second_reader"] == {"refusal": None, "opinions": []}


def test_the_next_source_is_asked_where_the_first_lists_nothing(check: Check) -> None:
    pages = {"/mot": html("<p>"), "/hai": listing("/gioi-thieu", "/bai-1.html", "/bai-2.html")}
    code, report, proxy = check({**pages, "/bai-1.html": html(PAGE)}, "paper")
    assert (code, report["url"]) == (0, f"{HOME}/bai-1.html")
    assert proxy.urls() == [f"{HOME}{p}" for p in ("/robots.txt", "/mot", "/hai", "/bai-1.html")]


@pytest.mark.parametrize(
    ("pages", "code", "said"),
    [
        ({"/mot": listing("/x"), "/hai": listing("/y")}, 6, "/mot, {0}/hai: No article is listed"),
        ({}, 2, "/mot, {0}/hai: The server has no such page (404)."),
        (
            {"/hai": listing("/y")},
            6,
            "/mot: The server has no such page (404). {0}/hai: No article is listed there",
        ),
        (
            {"/mot": listing("/bai-1.html"), "/hai": html("", 403)},
            2,
            "/mot: It lists articles. {0}/bai-1.html: The server has no such page (404). {0}/hai: ",
        ),
    ],
    ids=["empty", "missing", "missing and empty", "gone and forbidden"],
)
def test_what_came_of_every_source_is_told_where_no_article_came(
    check: Check, pages: dict[str, Answer], code: int, said: str
) -> None:
    got, report, proxy = check(pages, "paper")
    assert got == report["exit_code"] == code
    assert f"No article came. {HOME}{said.format(HOME)}" in report["failure"]
    assert [asked["url"] for asked in report["asked"]] == proxy.urls()[1:]


def test_a_listed_article_that_is_gone_gives_way_to_the_next(check: Check) -> None:
    listed = listing(*(f"/bai-{number}.html" for number in range(1, 6)))
    home = {"/bai-2.html": html("", 302, Location="/"), "/": html(STRANGE)}
    code, report, proxy = check({**home, "/mot": listed, "/bai-3.html": html(PAGE)}, "paper")
    assert (code, report["url"]) == (0, f"{HOME}/bai-3.html")
    code, report, proxy = check({"/mot": listed, "/bai-4.html": html(PAGE)}, "paper")
    assert code == 2
    assert proxy.urls()[2:] == [f"{HOME}/bai-{number}.html" for number in (1, 2, 3)]


@pytest.mark.parametrize(("place", "code"), [(2, 0), (5, 0), (6, 2)])
def test_the_files_of_a_sitemap_index_are_asked_until_one_lists_an_article(
    check: Check, tmp_path: Path, place: int, code: int
) -> None:
    (tmp_path / "paper.py").write_text(
        SITE_FILE.replace("Listing", "Sitemap").replace(
            'Sitemap("http://paper.example/mot"), Sitemap("http://paper.example/hai")',
            'Sitemap("http://paper.example/index.xml"),',
        ),
        encoding="utf-8",
    )
    pages = {"/index.xml": sitemap(*(f"/{n}.xml" for n in range(1, 10)), element="sitemap")}
    pages |= {f"/{n}.xml": sitemap("/kinh-te/", element="url") for n in range(1, place)}
    pages |= {f"/{place}.xml": sitemap("/bai-1.html", element="url"), "/bai-1.html": html(PAGE)}
    got, report, proxy = check(pages, "paper")
    assert got == (6 if code else 0)
    assert len(proxy.urls()) == (7 if code else place + 3)  # robots.txt, index, files, article
    assert (report.get("url") == f"{HOME}/bai-1.html") is not bool(code)


def sitemap(*paths: str, element: str) -> Answer:
    entries = "".join(f"<{element}><loc>{HOME}{path}</loc></{element}>" for path in paths)
    name = {"sitemap": "sitemapindex", "url": "urlset"}[element]
    namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
    xml = f'<{name} xmlns="{namespace}">{entries}</{name}>'
    return Answer(xml.encode(), 200, {"Content-Type": "application/xml"})


def test_a_damaged_answer_is_told(check: Check) -> None:
    damaged = Answer(b"\x1f\x8bkhac", 200, {**HTML, "Content-Encoding": "gzip"})
    code, report, _ = check({"/bai-1.html": damaged}, f"{HOME}/bai-1.html")
    assert (code, report["asked"][-1]["failure"]) == (2, "broken_coding")
    assert "compression cannot be undone" in report["failure"]


def test_the_first_interruption_ends_a_fetch_that_waits(tmp_path: Path) -> None:
    asked = Event()

    def slow(url: str) -> Answer | None:
        if "robots" not in url:
            asked.set()
            sleep(8)
        return None

    (tmp_path / "paper.py").write_text(SITE_FILE, encoding="utf-8")
    with Proxy(slow, tmp_path) as proxy:
        command = [sys.executable, "-m", "baolangson_crawler", "sites", "check"]
        running = subprocess.Popen(
            [*command, f"{HOME}/bai-1.html", "--site", str(tmp_path / "paper.py")],
            env={**clean_environment(), **proxy.environment},
            stderr=subprocess.PIPE,
            text=True,
        )
        assert asked.wait(60)
        began = monotonic()
        running.send_signal(SIGINT)
        _, errors = running.communicate(timeout=60)
    assert monotonic() - began < 2
    assert running.returncode == 11
    assert errors.split() == ["Interrupted."]


def test_an_address_of_a_merged_paper_is_followed_to_the_paper_that_has_it_now(
    check: Check, tmp_path: Path
) -> None:
    merged = SITE_FILE.replace("paper", "old").replace("verified", 'merged_into="paper", verified')
    (tmp_path / "old.py").write_text(merged, encoding="utf-8")
    site = tmp_path / "paper.py"
    moved = html("", 301, Location=f"{HOME}/bai-1.html")
    served = {"http://old.example/cu-9.html": moved, f"{HOME}/bai-1.html": html(PAGE)}
    site_files = ("--site", str(tmp_path / "old.py"), "--site", str(site), "--json")
    with Proxy(served.get, tmp_path) as proxy:
        done = run_command(
            *("sites", *site_files[:2], "check", "http://old.example/cu-9.html", *site_files[2:]),
            *("--save", str(tmp_path / "pages")),
            env=proxy.environment,
        )
    report = json.loads(done.stdout)
    assert (done.returncode, report["site"], report["url"]) == (0, "paper", f"{HOME}/bai-1.html")
    assert field(report, "paper") == ["old"]
    assert f"{HOME}/robots.txt" in proxy.urls()
    # what is stored of it holds: its answer knows the address that was asked
    assert load(Path(report["saved"])).asked_url == "http://old.example/cu-9.html"
    again = run_command("sites", "check", report["saved"], *site_files)
    assert (again.returncode, json.loads(again.stdout)["differences"]) == (0, [])


def test_a_saved_page_is_read_without_the_network(check: Check, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGE, encoding="utf-8")
    code, report, proxy = check({}, str(file), "--url", f"{HOME}/khac-7.html")
    assert (code, field(report, "key")) == (0, ["paper:7"])
    code, report, _ = check({}, str(file))  # under the address that the page declares
    assert (code, field(report, "key")) == (0, ["paper:1"])
    assert proxy.urls() == []


def test_a_saved_page_is_stored_as_a_test_and_checked_again(check: Check, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    page = {"/bai-1.html": html(PAGE)}
    code, report, _ = check(page, f"{HOME}/bai-1.html", "--save", str(folder))
    assert code == 0
    path = Path(report["saved"])
    assert path.relative_to(folder).as_posix() == "paper/2020-07-21-bai-1.html"
    assert path.read_bytes() == PAGE.encode()
    text = path.with_suffix(".json").read_text(encoding="utf-8")
    assert '"title": "Một tiêu đề"' in text

    code, report, _ = check({}, str(path))
    assert (code, report["differences"]) == (0, [])
    path.with_suffix(".json").write_text(text.replace("Lê Văn Thử", "Lê Thử"), encoding="utf-8")
    code, report, _ = check({}, str(path))
    assert code == 6
    assert {difference["field"] for difference in report["differences"]} == {
        "byline",
        "byline_raw",
    }


def test_what_is_no_page_is_not_stored(tmp_path: Path) -> None:
    (tmp_path / "paper.py").write_text(SITE_FILE, encoding="utf-8")
    pdf = {f"{HOME}/bai-1.html": Answer(b"%PDF-1.4", 200, {"Content-Type": "application/pdf"})}
    folder = tmp_path / "pages"
    with Proxy(pdf.get, tmp_path) as proxy:
        done = run_command(
            *("sites", "check", f"{HOME}/bai-1.html", "--save", str(folder)),
            *("--site", str(tmp_path / "paper.py")),
            env=proxy.environment,
        )
    assert done.returncode == 1
    assert "Not stored (not_html): the answer is no page" in done.stderr
    assert not folder.exists()


@pytest.mark.parametrize("method", ["recognises", "title", "related"])
def test_a_layout_that_fails_is_told_with_its_line(
    check: Check, tmp_path: Path, method: str
) -> None:
    faulty = SITE_FILE.replace(
        "SITE = Site",
        f"class Faulty(PortalPage):\n    layout = 'faulty'\n\n    def {method}(self):\n"
        "        raise KeyError('boom')\n\n\nSITE = Site",
    ).replace("(PortalPage,)", "(Faulty,)")
    (tmp_path / "paper.py").write_text(faulty, encoding="utf-8")
    line = faulty.splitlines().index("        raise KeyError('boom')") + 1
    said = f"KeyError: 'boom' (paper.py, line {line})"
    code, report, _ = check({"/bai-1.html": html(PAGE)}, f"{HOME}/bai-1.html")
    assert (code, report["recognised"], report["layout"]) == (6, False, None)
    assert report["refusal"]["reason"] == "layout_error"
    assert report["refusal"]["detail"].endswith(said)
    (layout,) = report["layouts"]
    assert layout["missing"] == ("" if method == "related" else said)

    file = tmp_path / "page.html"
    file.write_text(PAGE, encoding="utf-8")
    done = run_command("sites", "check", str(file), "--site", str(tmp_path / "paper.py"))
    assert (done.returncode, done.stderr) == (6, "")
    assert "Refused: layout_error." in done.stdout
    assert said in done.stdout


def test_a_method_that_only_the_report_asks_for_may_fail_too(check: Check, tmp_path: Path) -> None:
    faulty = SITE_FILE.replace(
        "SITE = Site",
        "class Faulty(PortalPage):\n    layout = 'faulty'\n\n    def visible_date(self):\n"
        "        raise KeyError('boom')\n\n    def printed_dates(self):\n        return ()\n\n\n"
        "SITE = Site",
    ).replace("(PortalPage,)", "(Faulty,)")
    (tmp_path / "paper.py").write_text(faulty, encoding="utf-8")
    code, report, _ = check({"/bai-1.html": html(PAGE)}, f"{HOME}/bai-1.html")
    assert (code, field(report, "title")) == (0, ["Một tiêu đề"])
    assert given_by(report, "layout") == "not known: KeyError: 'boom' (paper.py, line 9)"


def test_with_an_address_a_page_stands_alone(check: Check, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGE, encoding="utf-8")
    file.with_suffix(".json").write_text('{"name": "khac"}', encoding="utf-8")
    code, report, _ = check({}, str(file), "--url", f"{HOME}/bai-7.html")
    assert (code, report["differences"], field(report, "key")) == (0, [], ["paper:7"])
    done = run_command("sites", "check", str(file), "--site", str(tmp_path / "paper.py"))
    assert done.returncode == 1
    assert "'url' is missing. With --url ADDRESS the page is read by itself." in done.stderr


def test_a_file_with_the_name_of_a_site_does_not_hide_it(
    check: Check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("paper").write_text(PAGE, encoding="utf-8")
    pages = {"/mot": listing("/bai-1.html"), "/bai-1.html": html(PAGE)}
    code, _, proxy = check(pages, "paper")
    assert (code, proxy.urls()[1:]) == (0, [f"{HOME}/mot", f"{HOME}/bai-1.html"])
    code, _, proxy = check({}, "./paper")
    assert (code, proxy.urls()) == (0, [])


def test_a_reader_that_was_tried_is_named_once(check: Check, tmp_path: Path) -> None:
    generic = SITE_FILE.replace("families.portal", "extraction.generic").replace(
        "Portal", "Generic"
    )
    (tmp_path / "paper.py").write_text(generic, encoding="utf-8")
    links = "".join(f"<a href='/muc-{n}'>Mục {n}</a>" for n in range(20))
    said = "<p>Chào bạn đọc, đây là trang của chúng tôi, mời các bạn vào xem cho vui.</p>"
    _, report, _ = check({"/bai-1.html": html(links + said)}, f"{HOME}/bai-1.html")
    assert report["refusal"]["reason"] == "layout_not_recognised"
    assert "(tried: generic)" in report["refusal"]["detail"]


def test_the_time_of_the_fetch_is_told_in_one_form(check: Check) -> None:
    _, report, _ = check({"/bai-1.html": html(PAGE)}, f"{HOME}/bai-1.html")
    at = datetime.fromisoformat(report["fetched_at"])
    assert report["fetched_at"] == at.isoformat(timespec="seconds")
    assert at.utcoffset() == timedelta(hours=7)


def test_what_must_be_read_against_the_page_is_said_and_nothing_is_overwritten(
    demo: DemoServer, tmp_path: Path
) -> None:
    url = story(DONG_XANH, 2).url
    arguments = ("sites", "check", url, "--save", str(tmp_path))
    done = run_command(*arguments, env=with_demo(demo))
    assert done.returncode == 0, done.stderr
    assert "open the page in a browser and read the answer against it" in done.stdout
    done = run_command(*arguments, env=with_demo(demo))
    assert done.returncode == 1
    assert "there already" in done.stderr
    assert len(list(tmp_path.glob("*/*"))) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["baocanto"], "Did you mean baocantho"),
        (["https://nowhere.example/a-1.html"], "baolangson sites new KEY --domain nowhere.exam"),
        (["http://127.0.0.1/a-1.html"], "No site has the host"),
        (["http://[::1/x"], "is no address"),
        (["ftp://baocantho.com.vn/x-a1.html"], "is no address"),
        (["HTTP://nowhere.example/a-1.html"], "No site has the host of http://nowhere.example"),
        ([__file__, "--url", "nonsense"], "'nonsense' is no address"),
        ([__file__, "--url", "http://[::1/x"], "is no address"),
        ([__file__, "--url", "https://baocantho.com.vn:99999/x-a1.html"], "is no address"),
        (["page.html"], "is no file"),
        (["baocantho", "--url", "https://baocantho.com.vn/x-a1.html"], "is no file"),
        (["baocantho", "--save"], "give the folder"),
        ([], "Missing argument"),
    ],
)
def test_what_is_not_meant_is_told(
    arguments: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BAOLANGSON_SITES", raising=False)
    with pytest.raises(SystemExit) as left:
        main(["sites", "check", *arguments])
    assert left.value.code == 1
    assert said in " ".join(capsys.readouterr().err.split())


def test_an_address_of_another_form_than_an_articles_is_told(check: Check, tmp_path: Path) -> None:
    code, report, _ = check({"/gioi-thieu": html(PAGE)}, f"{HOME}/gioi-thieu")
    assert (code, report["is_article_address"]) == (6, False)
    assert report["refusal"]["reason"] == "no_article_address"
    assert "does not match article_url" in report["refusal"]["detail"]
    assert field(report, "title") == ["Một tiêu đề"]  # the fields are shown all the same
    assert report["layout"] is None
    page = tmp_path / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    site = str(tmp_path / "paper.py")
    done = run_command("sites", "check", str(page), "--url", f"{HOME}/x", "--site", site)
    assert done.returncode == 6
    assert "The address is no article's" in done.stdout


def test_a_page_without_an_address_needs_one(check: Check, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(STRANGE, encoding="utf-8")
    done = run_command("sites", "check", str(file))
    assert done.returncode == 1
    assert "--url" in done.stderr


def test_a_name_with_brackets_stands_in_the_table_as_it_is(tmp_path: Path) -> None:
    site = tmp_path / "paper.py"
    site.write_text(SITE_FILE.replace("Báo Thử", "Báo [/b] Thử"), encoding="utf-8")
    done = run_command("sites", "--site", str(site))
    assert done.returncode == 0, done.stderr
    assert "Báo [/b] Thử" in done.stdout
    archive = str(tmp_path / "articles.db")
    with Proxy({}.get, tmp_path) as proxy:
        run_command(
            *("crawl", "paper", "--site", str(site), "--archive", archive), env=proxy.environment
        )
    done = run_command("status", "--archive", archive)
    assert done.returncode == 0, done.stderr
    assert "Báo [/b] Thử" in done.stdout


def test_sites_alone_lists_them_and_takes_files_before_a_subcommand(
    demo: DemoServer, tmp_path: Path
) -> None:
    done = run_command("sites", "--json")
    listed = {site["key"]: site for site in json.loads(done.stdout)}
    assert set(listed) == {site.key for site in load_sites(environment=False)}
    assert listed["baocantho"]["status"] == "live"
    assert listed["baocantho"]["verified"] == "page"
    done = run_command("sites")
    assert (done.returncode, "Báo Cần Thơ" in done.stdout) == (0, True)
    page = tmp_path / "page.html"
    url = story(DONG_XANH, 1).url
    page.write_bytes(answer(DONG_XANH, urlsplit(url).path).body)
    done = run_command("sites", "--site", str(SITES), "check", str(page), "--url", url, "--json")
    assert (done.returncode, json.loads(done.stdout)["site"]) == (0, DONG_XANH.key)
