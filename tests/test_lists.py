"""Lists of every kind, crawled: numbered, linked, counted by entries, loaded as JSON or HTML."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from paper import HTML, MENU, SITE_FILE, Crawl, Pages, article, crawl, listing
from proxy import Answer

from baolangson_crawler.exceptions import SiteFileError
from baolangson_crawler.sites import load_sites
from baolangson_crawler.sites.checking import check_selectors
from baolangson_crawler.sites.sources import JsonListing, Listing, ledger_url

__all__ = ["crawl"]
JSON = {"Content-Type": "application/json"}
HOME = "http://paper.example"
ARTICLES: Pages = {f"/bai-{n}.html": article(n) for n in range(1, 7)}


def site(source: str) -> str:
    start = SITE_FILE.index("Listing(")
    end = SITE_FILE.index(",),", start)
    names = SITE_FILE.replace("Listing, Site\n", "ClientSide, JsonListing, Listing, Site\n")
    return names.replace(SITE_FILE[start:end], source)


def objects(*numbers: int) -> Answer:
    entries = [
        {"id": f"k{n}", "link": f"/bai-{n}.html", "title": f"Bài {n}", "at": "2026-01-08"}
        for n in numbers
    ]
    return Answer(json.dumps({"data": {"list": entries}}).encode(), headers=JSON)


def fragment(*numbers: int) -> str:
    return "".join(f'<h2><a href="/bai-{n}.html">Bài {n}</a></h2>' for n in numbers)


def html(*numbers: int, after: str = "") -> Answer:
    return Answer(MENU + (fragment(*numbers) + after).encode(), headers=HTML)


def loaded(*numbers: int) -> Answer:
    return Answer(json.dumps({"html": fragment(*numbers)}).encode(), headers=JSON)


KINDS: dict[str, tuple[str, Pages]] = {
    "linked": (
        'Listing("http://paper.example/muc/", links="h2 a", next_page="a.next, link[rel=next]")',
        {
            "/muc/": html(1, 2, after='<a class="next" href="?den=abc">Trang sau</a>'),
            "/muc/?den=abc": html(3, 4, after='<link rel="next" href="/muc/?den=def">'),
            "/muc/?den=def": html(5, 6, after='<a class="next" href="">Trang sau</a>'),
        },
    ),
    "counted by entries": (
        'Listing("http://paper.example/muc?tu={page}", links="h2 a", first=0, step=2)',
        {f"/muc?tu={n}": html(n + 1, n + 2) for n in (0, 2, 4)} | {"/muc?tu=6": html()},
    ),
    "fragments": (
        'Listing("http://paper.example/tai?trang={page}", links="h2 a", fragment=True)',
        {
            **{
                f"/tai?trang={n}": Answer(fragment(2 * n - 1, 2 * n).encode(), headers=HTML)
                for n in (1, 2, 3)
            },
            "/tai?trang=4": Answer(b"\n", headers=HTML),
        },
    ),
    "json by number": (
        'JsonListing("http://paper.example/tai?page={page}&limit=2", items="data.list")',
        {f"/tai?page={n}&limit=2": objects(2 * n - 1, 2 * n) for n in (1, 2, 3)}
        | {"/tai?page=4&limit=2": objects()},
    ),
    "json by the last id": (
        'JsonListing("http://paper.example/tai?sau={last}", items="data.list", last="id")',
        {
            "/tai?sau=": objects(1, 2),
            "/tai?sau=k2": objects(3, 4),
            "/tai?sau=k4": objects(5, 6),
            "/tai?sau=k6": objects(),
        },
    ),
    "json by a form": (
        'JsonListing("http://paper.example/tai", body="muc=7&tu={page}", first=0, step=2,'
        ' items="data.list")',
        {f"/tai#muc=7&tu={n}": objects(n + 1, n + 2) for n in (0, 2, 4)}
        | {"/tai#muc=7&tu=6": objects()},
    ),
    "json with html": (
        'JsonListing("http://paper.example/tai?page={page}", items="html", links="h2 a")',
        {f"/tai?page={n}": loaded(2 * n - 1, 2 * n) for n in (1, 2, 3)} | {"/tai?page=4": loaded()},
    ),
    "a fault past the end": (
        'Listing("http://paper.example/muc?p={page}", links="h2 a")',
        {f"/muc?p={n}": html(2 * n - 1, 2 * n) for n in (1, 2, 3)}
        | {"/muc?p=4": Answer(b"Server Error", 500, HTML)},
    ),
    "a bad request past the end": (
        'JsonListing("http://paper.example/tai?page={page}", items="data.list")',
        {f"/tai?page={n}": objects(2 * n - 1, 2 * n) for n in (1, 2, 3)}
        | {"/tai?page=4": Answer(b'{"error": 1}', 400, JSON)},
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize(("source", "lists"), KINDS.values(), ids=KINDS)
def test_a_list_is_walked_to_its_end(crawl: Crawl, source: str, lists: Pages) -> None:
    code, said, _, errors = crawl(ARTICLES | lists, site=site(source))
    assert said["new"] == 6, errors
    assert code == 0, errors
    again = crawl(ARTICLES | lists, site=site(source))[2]
    pages = {HOME + address for address in lists}
    asked = [url for url in again.urls() if url in pages]
    assert len(asked) == 1, "the list was complete: its first page shows that nothing is new"


def test_what_is_no_json_is_told(crawl: Crawl) -> None:
    source = 'JsonListing("http://paper.example/tai?page={page}")'
    for body in (b"{", b"[" * 100_000, b'{"data": 7}', "Trang đang lỗi".encode()):
        code, said, _, errors = crawl(
            {"/tai?page=1": Answer(body, headers=JSON)}, site=site(source)
        )
        assert said["new"] == 0
        assert code == 2, errors


def test_a_list_that_the_browser_builds_is_told_and_not_asked(crawl: Crawl) -> None:
    source = (
        'Listing("http://paper.example/list", links="h2 a"),'
        'ClientSide("http://paper.example/tin-tuc/", "Found by its script only.")'
    )
    pages = ARTICLES | {"/list": listing("/bai-1.html")}
    code, said, proxy, errors = crawl(pages, site=site(source))
    assert (code, said["new"]) == (0, 1), errors
    assert not any("tin-tuc" in url for url in proxy.urls())
    assert "http://paper.example/tin-tuc/ is built in the browser" in errors


def test_the_pages_of_a_form_are_told_apart_by_what_is_sent() -> None:
    source = JsonListing("https://a.vn/tai", body="muc=7&tu={page}", first=0, step=12)
    assert [ledger_url(source.request(n)) for n in (0, 1, 2)] == [
        "https://a.vn/tai#muc=7&tu=0",
        "https://a.vn/tai#muc=7&tu=12",
        "https://a.vn/tai#muc=7&tu=24",
    ]
    assert source.first_url == "https://a.vn/tai#muc=7&tu=0"
    assert source.paginated
    assert not JsonListing("https://a.vn/tai").paginated


def test_a_json_list_says_what_it_knows() -> None:
    answer = [
        {"a": {"href": "/bai-1.html"}, "b": "Chợ  phiên", "at": "2026-01-08 18:21:00"},
        {"a": {"href": "/bai-1.html"}, "b": "again"},
        {"a": "no address"},
        {"a": {"href": 7}},
        "no object",
        None,
    ]
    source = JsonListing("https://a.vn/x", items="", link="a.href", title="b", changed="at")
    page = source.read(json.dumps(answer), "https://a.vn/x", 1)
    (link,) = page.links
    assert (link.url, link.title) == ("https://a.vn/bai-1.html", "Chợ phiên")
    assert link.modified_raw == "2026-01-08 18:21:00"
    assert page.next is None
    assert page.is_list


@pytest.mark.parametrize(
    "answer", ['{"data": {"list": null}}', '{"data": null}', '{"success": false}', ""]
)
def test_a_json_list_ends_with_an_answer_without_it(answer: str) -> None:
    source = JsonListing("https://a.vn/x?page={page}", items="data.list")
    shown = [source.read(answer, source.request(n).url, n).is_list for n in (1, 2)]
    assert shown == [False, True], "the first page is no list"


@pytest.mark.parametrize("answer", ["{", '{"data": {"list": 7}}', "<html>"])
def test_what_is_no_json_list_ends_none(answer: str) -> None:
    source = JsonListing("https://a.vn/x?page={page}", items="data.list")
    assert not source.read(answer, "https://a.vn/x?page=2", 2).is_list


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        (JsonListing("http://p.example/x?a={last}"), "needs both"),
        (JsonListing("http://p.example/x?a={page}", last="id"), "needs both"),
        (Listing("http://p.example/x?a={page}", step=0), "goes on by 1 or more"),
        ("http://p.example/x", "none of Feed, Sitemap, Listing, JsonListing, ClientSide"),
    ],
)
def test_a_source_that_cannot_be_crawled_is_told(source: object, fault: str) -> None:
    known = next(iter(load_sites(environment=False)))
    with pytest.raises(SiteFileError, match=fault):
        replace(known, domains=("p.example",), sources=(source,))


@pytest.mark.parametrize(
    "source", [Listing(f"{HOME}/", next_page="a["), JsonListing(HOME, links="a[")]
)
def test_a_selector_that_cannot_be_read_is_told(source: Listing | JsonListing) -> None:
    known = next(iter(load_sites(environment=False)))
    with pytest.raises(SiteFileError, match="no CSS selector"):
        check_selectors(replace(known, domains=("paper.example",), sources=(source,)))
