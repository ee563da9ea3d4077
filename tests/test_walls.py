"""What stands before a paper - a wall, a login, a notice - is no article, and undoes none.

Real crawls of a small paper, whose answers change from run to run.
"""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from paper import (
    HOME,
    HTML,
    SITE_FILE,
    Crawl,
    Pages,
    article,
    change,
    forget_robots,
    let_time_pass,
    listing,
)
from proxy import Answer
from refused_pages import BANNER, COMMENTS, FOOTER, MENU, MODAL, URL, Page, refused

from baolangson_crawler.extraction.document import Document
from baolangson_crawler.extraction.walls import wall
from baolangson_crawler.storage.opening import open_reading

REFUSED = [page for page in refused() if page.url == URL]
BY_NAME = {page.name: page for page in REFUSED}


def as_the_papers(page: Page) -> bytes:
    """A page as it stands under an address of the small paper."""
    return page.html.replace("baosuoingan.example", "paper.example").encode()


def answer(name: str, status: int = 200, **headers: str) -> Answer:
    return Answer(as_the_papers(BY_NAME[name]), status, {**HTML, **headers})


def rows(tmp_path: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(open_reading(tmp_path / "articles.db")) as db:
        return [tuple(row) for row in db.execute(query).fetchall()]


def held(tmp_path: Path) -> dict[str, str]:
    found = rows(tmp_path, "SELECT url.url, held.reason FROM held JOIN url ON url.id = url_id")
    return {url.removeprefix(HOME): reason for url, reason in found}


def kept(tmp_path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """What no wall may touch."""
    tables = ("article", "article_text", "version", "alias", "image", "tag", "article_tag")
    return {table: rows(tmp_path, f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables}


def gone(tmp_path: Path) -> list[tuple[Any, ...]]:
    return rows(tmp_path, "SELECT url FROM url WHERE state = 'gone'")


TWO_LAYOUTS = (
    "from baolangson_crawler.families.content_detail import ContentDetailPage\n"
    + SITE_FILE.replace("(PortalPage,)", "(PortalPage, ContentDetailPage)")
)


def test_every_wall_between_articles_is_held_with_its_reason(crawl: Crawl, tmp_path: Path) -> None:
    assert len(REFUSED) >= 160
    pages: Pages = {}
    for number, page in enumerate(REFUSED):
        pages[f"/wall-1{number}.html"] = Answer(as_the_papers(page), headers=HTML)
        pages[f"/good-2{number}.html"] = article(number)
    pages["/list?page=1"] = listing(*pages)
    code, site, _, _ = crawl(pages, site=TWO_LAYOUTS)
    assert (code, site["new"], site["held"]) == (0, len(REFUSED), len(REFUSED))
    expected = {f"/wall-1{n}.html": page.reason for n, page in enumerate(REFUSED)}
    assert held(tmp_path) == expected
    assert gone(tmp_path) == []


@pytest.mark.parametrize("status", [200, 202, 403, 500, 503])
def test_a_first_run_over_walls_alone_stores_nothing(
    crawl: Crawl, tmp_path: Path, status: int
) -> None:
    # a server that says when to come back is not waited for so long
    headers = {**HTML, "Retry-After": "86400"} if status == 503 else HTML
    pages: Pages = {
        f"/wall-1{number}.html": Answer(as_the_papers(page), status, headers)
        for number, page in enumerate(REFUSED)
        if page.reason in ("challenge", "maintenance", "login", "captive_portal", "error_page")
    }
    pages["/list?page=1"] = listing(*pages)
    code, site, _, _ = crawl(pages)
    assert site["new"] == 0
    assert code in (2, 6)
    assert site["warning"]
    assert rows(tmp_path, "SELECT count(*) FROM article") == [(0,)]
    asked = rows(
        tmp_path, "SELECT state, reason FROM url WHERE kind = 'article' AND fetched_at IS NOT NULL"
    )
    assert all(state in ("failed", "skipped") and reason for state, reason in asked)
    if status == 200:
        assert len(held(tmp_path)) >= 10


FRAME = (
    f"<html><head><title>Báo Thử</title></head><body><ul>{MENU}</ul>"
    "<a href='/'>Trang chủ</a><a href='/rss'>RSS</a><a href='/lien-he'>Liên hệ</a>{}</body></html>"
)
FRAMED = "Hệ thống đang bảo trì. Xin lỗi quý độc giả vì sự bất tiện này. Vui lòng quay lại sau."
WALLS = {
    "a challenge with status 200": answer("Cloudflare, in English"),
    "a challenge with status 403": answer("Cloudflare, in English", 403),
    "a cookie to be set": answer("a cookie is set and the page loads again"),
    "a refusal of the state's firewall": answer("access refused by a ministry's portal"),
    "a login form": answer("a login form alone"),
    "maintenance with status 200": answer("an upgrade with hours and an apology"),
    "maintenance with status 503": answer("maintenance in one line", 503, **{"Retry-After": "900"}),
    "maintenance in the paper's frame": Answer(FRAME.format(FRAMED).encode(), headers=HTML),
    "a soft 404 everywhere": answer("a deleted article, said in the main column"),
    "a captive portal": answer("the hotspot of a hotel"),
    "a redirect to a captive portal": Answer(
        status=302, headers={"Location": "http://192.168.1.1/login?dst=http"}
    ),
    "a stack trace": answer("a trace of Java"),
    "a stack trace with status 500": answer("a traceback of Python", 500),
    "a suspended account": answer("a suspended account"),
    "a domain for sale": answer("a parked domain"),
    "nothing at all": Answer(b"", headers=HTML),
    "a PDF": Answer(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", headers=HTML),
}
OLD = [f"/a-1{number}.html" for number in range(20)]
NEW = [f"/b-2{number}.html" for number in range(20)]


def paper(hrefs: list[str]) -> Pages:
    """A paper whose list has these articles, on pages of twenty."""
    pages: Pages = {href: article(int(href[3:-5])) for href in hrefs}
    for number in range(0, len(hrefs), 20):
        pages[f"/list?page={number // 20 + 1}"] = listing(*hrefs[number : number + 20])
    return pages


def later(tmp_path: Path) -> None:
    """A day passes: whatever was to be left alone for a while may be asked again."""
    let_time_pass(tmp_path)
    forget_robots(tmp_path)
    change(tmp_path, "UPDATE host SET hold_until = NULL")


@pytest.mark.slow
@pytest.mark.parametrize("everywhere", [True, False], ids=["everywhere", "before articles"])
@pytest.mark.parametrize("shown", WALLS.values(), ids=WALLS)
def test_a_wall_after_a_good_run_changes_nothing_and_is_told(
    crawl: Crawl, tmp_path: Path, shown: Answer, everywhere: bool
) -> None:
    assert crawl(paper(OLD))[1]["new"] == 20
    before = kept(tmp_path)

    walled = {**paper(NEW + OLD), **dict.fromkeys([*OLD, *NEW], shown)}
    if everywhere:
        walled |= dict.fromkeys(["/list?page=1", "/list?page=2", "/robots.txt", "/"], shown)
    code, site, _, _ = crawl(walled)
    assert kept(tmp_path) == before
    assert gone(tmp_path) == []
    assert code in (2, 6), site
    assert site["warning"]

    later(tmp_path)
    code, site, _, _ = crawl(paper(NEW + OLD))
    assert (code, site["new"], site["changed"]) == (0, 20, 0)
    after = kept(tmp_path)
    assert [row for row in after["version"] if row in before["version"]] == before["version"]
    assert len(after["article"]) == 40
    assert gone(tmp_path) == []


def test_a_login_before_half_of_the_articles_costs_that_half_alone(
    crawl: Crawl, tmp_path: Path
) -> None:
    login = answer("a login form in the frame of the paper")
    code, site, _, _ = crawl({**paper(OLD), **dict.fromkeys(OLD[::2], login)})
    assert (code, site["new"], site["held"]) == (0, 10, 10)
    assert set(held(tmp_path).values()) == {"login"}
    assert "held" in site["warning"]
    later(tmp_path)
    assert crawl(paper(OLD))[1]["new"] == 10
    assert held(tmp_path) == {}


def test_a_wall_that_begins_in_the_middle_leaves_what_came_before(
    crawl: Crawl, tmp_path: Path
) -> None:
    shown = answer("a rejected request with a support number")
    crawl({**paper(OLD), **dict.fromkeys(OLD[5:], shown)})
    assert rows(tmp_path, "SELECT count(*), max(version_count) FROM article") == [(5, 1)]
    later(tmp_path)
    assert crawl(paper(OLD))[1]["new"] == 15


FRAMED_WALLS = {
    "maintenance": FRAMED,
    "login": "<h1>Đăng nhập</h1><p>Bạn cần đăng nhập để tiếp tục.</p><form><input type='password'>",
    "challenge": "<h1>Truy cập bị từ chối</h1><p>Yêu cầu của bạn đã bị chặn.</p>",
    "error_page": "<h1>Có lỗi xảy ra</h1><p>Lỗi hệ thống. Vui lòng thử lại sau.</p>",
}


@pytest.mark.parametrize("notice", FRAMED_WALLS.values(), ids=FRAMED_WALLS)
def test_a_list_behind_a_wall_is_not_walked_to_its_end(
    crawl: Crawl, tmp_path: Path, notice: str
) -> None:
    """The wall has the menu of the paper: only its words tell it from an empty page of a list."""
    framed = Answer(FRAME.format(notice).encode(), headers=HTML)
    hrefs = NEW + OLD + [f"/c-3{number}.html" for number in range(20)]
    assert crawl({**paper(hrefs), "/list?page=2": framed})[1]["new"] == 20
    assert rows(tmp_path, "SELECT count(*) FROM url WHERE walk = 'complete'") == [(0,)]
    later(tmp_path)
    assert crawl(paper(hrefs))[1]["new"] == 40


def test_a_list_ends_where_the_paper_says_that_it_has_no_more(crawl: Crawl, tmp_path: Path) -> None:
    empty = Answer(FRAME.format("<p>Không có bài viết nào.</p>").encode(), headers=HTML)
    assert crawl({**paper(OLD), "/list?page=2": empty})[0] == 0
    assert rows(tmp_path, "SELECT count(*) FROM url WHERE walk = 'complete'") == [(1,)]


WITH_FEED = SITE_FILE.replace("import Listing,", "import Feed, Listing, Sitemap,").replace(
    "sources=(",
    'sources=(Feed("http://paper.example/rss"), Sitemap("http://paper.example/map.xml"), ',
)


@pytest.mark.parametrize(
    "name",
    ["Cloudflare, in English", "the hotspot of a hotel", "a trace of Java", "a parked domain"],
)
def test_a_wall_at_feed_and_sitemap_costs_the_lists_nothing(
    crawl: Crawl, tmp_path: Path, name: str
) -> None:
    shown = answer(name)
    pages = {**paper(OLD), "/rss": shown, "/map.xml": shown, "/robots.txt": shown}
    code, site, _, _ = crawl(pages, site=WITH_FEED)
    assert (code, site["new"]) == (0, 20)
    found = rows(tmp_path, "SELECT count(*) FROM url WHERE kind = 'article'")
    assert found == [(20,)]  # no link of a wall is taken for an article's


ALWAYS = ("challenge", "captive_portal", "maintenance", "error_page")


TOLD = [page for page in REFUSED if page.reason in (*ALWAYS, "listing", "soft_404")]


@pytest.mark.parametrize("page", TOLD, ids=lambda page: f"{page.reason}: {page.name}")
def test_a_wall_is_told_from_an_empty_list(page: Page) -> None:
    expected = page.reason if page.reason in ALWAYS else None
    assert wall(Document(page.html, page.url)) == expected


@pytest.mark.parametrize(
    "text", ["", "<p>Không có bài viết nào.</p>", "<h2>Tin mới</h2>", COMMENTS, MODAL, BANNER]
)
def test_an_empty_list_in_the_papers_frame_is_no_wall(text: str) -> None:
    assert wall(Document(FRAME.format(text + COMMENTS + MODAL + BANNER + FOOTER), HOME)) is None


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("bai.html", article(1).body)
    return file.getvalue()


TEXT = "Sáng 21/7, chợ phiên đầu tuần họp đông, bà con mang na, hồi và mật ong ra bán. " * 12
OTHERS = {
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog>>\n" * 40, "application/pdf"),
    "a PDF with its text": (f"%PDF-1.4\nBT ({TEXT}) Tj ET\n".encode(), "application/pdf"),
    "a JPEG": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)) * 20, "image/jpeg"),
    "a PNG": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 20, "image/png"),
    "a GIF": (b"GIF89a\x01\x00\x01\x00\x80" + bytes(range(256)), "image/gif"),
    "a ZIP": (zipped(), "application/zip"),
    "a gzip": (gzip.compress(article(1).body, mtime=0), "application/octet-stream"),
    "a Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "application/msword"),
    "a video": (b"\x00\x00\x00\x18ftypmp42" + bytes(range(256)) * 20, "video/mp4"),
    "JSON": (json.dumps({"title": "Bài", "body": TEXT}).encode(), "application/json"),
    "JSON of a list": (json.dumps([{"id": 1, "noi_dung": TEXT}]).encode(), "application/json"),
    "a script": (f"var noidung = {TEXT!r};".encode(), "application/javascript"),
    "a style": (b"body{color:#333}.tin{margin:0}" * 40, "text/css"),
    "plain text": (TEXT.encode(), "text/plain"),
    "nothing": (b"", "text/html"),
    "blanks": (b" \r\n\t" * 400, "text/html"),
    "NUL bytes": (b"\x00" * 4000, "text/html"),
}  # fmt: skip
SAID = ("what it is", "text/html", "text/html; charset=utf-8", "application/octet-stream", "")


def other_answers() -> Iterator[tuple[str, Answer]]:
    for name, (body, kind) in OTHERS.items():
        for said in SAID:
            stated = kind if said == "what it is" else said
            yield (
                f"{name}, said to be {said or 'nothing'}",
                Answer(body, headers={"Content-Type": stated} if stated else {}),
            )


def test_what_is_no_page_becomes_no_article_whatever_it_is_said_to_be(
    crawl: Crawl, tmp_path: Path
) -> None:
    others = dict(other_answers())
    pages: Pages = {}
    for number, other in enumerate(others.values()):
        pages[f"/other-1{number}.html"] = other
        pages[f"/good-2{number}.html"] = article(number)
    pages["/list?page=1"] = listing(*pages)
    _, site, _, _ = crawl(pages)
    names = {f"{HOME}/other-1{number}.html": name for number, name in enumerate(others)}
    stored = {url for (url,) in rows(tmp_path, "SELECT url FROM article")}
    assert [name for url, name in names.items() if url in stored] == []
    assert site["new"] == len(others)
    told = rows(tmp_path, "SELECT url, reason FROM url WHERE url LIKE '%/other-%'")
    assert [names[url] for url, reason in told if not reason] == []
