"""The list a reader sees, found without a selector."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from baolangson_crawler import demo
from baolangson_crawler.demo import PAPERS
from baolangson_crawler.demo.markup import lists
from baolangson_crawler.demo.papers import DemoPaper
from baolangson_crawler.demo.routes import answer
from baolangson_crawler.discovery.main_list import main_list
from baolangson_crawler.sites import load_sites

SITES = load_sites([Path(demo.__file__).parent / "sites"], builtin=False, environment=False)


def pages(paper: DemoPaper) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Path of each list of a demo paper, and the addresses and titles that it lists."""
    yield "/", [(head.url, head.title) for head in lists.latest(paper, 30)]
    for section in paper.sections:
        for number in sorted({1, lists.page_count(paper, section)}):
            entries = lists.page(paper, section, number)
            yield f"/{section.slug}/?p={number}&page={number}", [(u, h.title) for h, u in entries]


@pytest.mark.parametrize("guessing", [False, True], ids=["by-pattern", "by-guess"])
@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.key)
def test_the_lists_of_the_demo_papers_are_found_exactly(paper: DemoPaper, guessing: bool) -> None:
    site = SITES.get(paper.key)
    for path, expected in pages(paper):
        html = answer(paper, path).body.decode()
        found = main_list(html, f"{paper.home}{path[1:]}", None if guessing else site.is_article)
        assert [(site.key_of(link.url), link.title) for link in found] == [
            (site.key_of(url), title) for url, title in expected
        ], path


def entry(number: int, title: str = "Mười hộ dân ở xã Yên Bình hiến đất làm đường") -> str:
    return f'<li><h3><a href="/hien-dat-lam-duong-{1000 + number}.html">{title}</a></h3></li>'


LISTED = "".join(entry(number) for number in range(4))
OTHER = "".join(entry(number) for number in range(7, 9))
PLAIN = OTHER.replace("h3>", "p>")
URL = "https://a.vn/thoi-su/"


@pytest.mark.parametrize(
    "beside",
    [
        f"<nav>{OTHER}</nav>",
        f"<header>{OTHER}</header>",
        f"<footer>{OTHER}</footer>",
        f"<aside>{OTHER}</aside>",
        f'<div role="navigation">{OTHER}</div>',
        f'<div class="subMainMenu">{OTHER}</div>',
        f'<div id="left-sidebar">{OTHER}</div>',
        f"<div><h2>Đọc nhiều</h2>{OTHER}</div>",
        f"<div><div><b>XEM NHIỀU NHẤT</b></div><ul>{OTHER}</ul></div>",
        f"<div><p>Most read</p><div>{OTHER}</div></div>",
        f"<div><h2>Tiêu điểm</h2><ul>{PLAIN}</ul></div>",
        f'<div class="col-md-8"></div><div class="col-md-4"><b>Tin mới</b>{PLAIN}</div>',
    ],
)
def test_what_stands_beside_the_list_is_left_out(beside: str) -> None:
    for html in (f"{beside}<ul>{LISTED}</ul>", f"<ul>{LISTED}</ul>{beside}"):
        found = [link.url[-9:-5] for link in main_list(html, URL)]
        assert found == ["1000", "1001", "1002", "1003"]


@pytest.mark.parametrize(
    "html",
    [
        f"<ul>{LISTED}</ul><div><h2>Kinh tế</h2>{OTHER}</div>",
        f"<ul>{LISTED}</ul><section><header>{OTHER}</header></section>",
        f'<div class="has-sidebar"><ul>{LISTED}{OTHER}</ul></div>',
        f'<div class="menu-page"><ul>{LISTED}{OTHER}</ul></div>',
        f"<ul>{LISTED}</ul><div><p><a>Tin mới</a> <a>Đọc nhiều</a></p><ul>{OTHER}</ul></div>",
        f"<div><h1>Tiêu điểm</h1><ul>{LISTED}{OTHER}</ul></div>",
    ],
)
def test_a_name_alone_takes_nothing_from_the_list(html: str) -> None:
    assert len(main_list(html, URL)) == 6


@pytest.mark.parametrize(
    ("links", "title"),
    [
        ('<a href="{}"><img alt="Ảnh"></a><h3><a href="{}">Tên của bài</a></h3>', "Tên của bài"),
        (
            '<h3><a href="{}">Tên của bài</a></h3><p><a href="{}">Lời dẫn dài hơn tên bài</a></p>',
            "Tên của bài",
        ),
        (
            '<p><a href="{}">Xem thêm</a></p><a href="{}"><h2>Tên của bài</h2> 8 giờ</a>',
            "Tên của bài",
        ),
        (
            '<a href="{}">02:15</a><a href="{}">Một tên bài không có thẻ</a>',
            "Một tên bài không có thẻ",
        ),
        ('<a href="{}" title="Tên trong thuộc tính"><img></a>', "Tên trong thuộc tính"),
        ('<a href="{}"><img alt="Ảnh"></a>', None),
    ],
)
def test_a_title_is_the_words_of_the_headline(links: str, title: str | None) -> None:
    html = links.replace("{}", "/bai-1.html")
    (link,) = main_list(html, URL, lambda url: url.endswith("/bai-1.html"))
    assert link.title == title


NAME = "Mười hộ dân ở xã Yên Bình hiến đất"


@pytest.mark.parametrize(
    ("address", "title", "is_guessed"),
    [
        ("/muoi-ho-dan-hien-dat-2001.html", NAME, True),
        ("/dat-2002.html", NAME, True),
        ("/muoi-ho-dan-hien-dat-2003.html", "Hiến đất", True),
        ("https://m.a.vn/muoi-ho-dan-2004.html", NAME, True),
        ("https://b.vn/muoi-ho-dan-hien-dat-2005.html", NAME, False),
        ("/su-kien/muoi-ho-dan-hien-dat-2006.html", NAME, False),
        ("/thoi-su-2007.html", "Thời sự", False),
        ("/thoi-su/", NAME, False),
        ("/muoi-ho-dan-o-xa-yen-binh-hien-dat.html", NAME, False),
    ],
)
def test_an_address_is_guessed_by_its_form(address: str, title: str, is_guessed: bool) -> None:
    html = f'<ul>{LISTED}<li><h3><a href="{address}">{title}</a></h3></li></ul>'
    assert (len(main_list(html, URL)) == 5) is is_guessed


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<ul>" + LISTED * 10_000,
        "".join(f'<h3 class="c{n}">Đọc nhiều</h3>{entry(n)}' for n in range(8_000)),
        '<div class="menu col-md-3"><p>' * 20_000 + LISTED,
        f'<div class="{"menu " * 50_000}">x</div>',
    ],
    ids=["empty", "many", "labels", "deep", "wide"],
)
def test_a_hostile_page_is_read_within_seconds(html: str) -> None:
    started = time.process_time()
    main_list(html, URL)
    assert time.process_time() - started < 5
