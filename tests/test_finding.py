"""What a paper says of its own sources: read from its pages, nothing asked."""

from urllib.parse import urlsplit

import pytest

from baolangson_crawler.discovery import finding
from baolangson_crawler.extraction.document import Document

HOME = "https://paper.example/"


def owns(url: str) -> bool:
    return urlsplit(url).hostname == "paper.example"


def is_article(url: str) -> bool:
    return url.endswith("-1.html")


def page(body: str, url: str = HOME) -> Document:
    return Document(f"<html><body>{body}</body></html>", url)


def test_sitemap_lines_of_the_papers_own_hosts_are_read_in_any_case():
    text = (
        "User-agent: *\nSITEMAP : https://paper.example/a.xml\nSitemap: https://paper.example/a.xml\n"
        "Sitemap: https://other.example/b.xml\nSitemap: http://127.0.0.1/c.xml\nSitemap: /d.xml\n"
        "Sitemap: javascript:alert(1)\n#Sitemap: https://paper.example/no.xml\n"
    )
    assert finding.robots_sitemaps(text, owns) == ["https://paper.example/a.xml"]


def test_declared_feeds_are_read_without_those_of_comments():
    document = page(
        '<link rel="alternate" type="application/rss+xml" href="/rss/home.rss">'
        '<link rel="alternate" type="application/atom+xml" href="/atom.xml">'
        '<link rel="alternate" type="application/rss+xml" href="/comments/feed">'
        '<link rel="alternate" hreflang="en" href="/en/">'
        '<link rel="alternate" type="application/rss+xml" href="https://other.example/rss">'
    )
    assert finding.feeds(document, owns) == [f"{HOME}rss/home.rss", f"{HOME}atom.xml"]


def test_a_page_of_feeds_is_known_by_its_name_and_its_feeds_by_theirs():
    home = page('<a href="/rss.html">RSS</a><a href="/kinh-te/">Kinh tế</a>')
    assert finding.feed_pages(home, owns) == [f"{HOME}rss.html"]
    index = page('<a href="/rss/kinh-te.rss">RSS</a><a href="/kinh-te/">Kinh tế</a>')
    assert finding.listed_feeds(index, owns) == [f"{HOME}rss/kinh-te.rss"]


@pytest.mark.parametrize(
    "href",
    [
        "/",
        "/index.html",
        "/bai-viet-1.html",
        "/tag/gao/",
        "/tim-kiem?q=x",
        "/dang-nhap.html",
        "/video/",
        "/lich/2026/11/23",
        "/tin?ngay=23",
        "/?page=2",
        "/kinh-te/trang-3.html",
        "/anh.jpg",
        "https://other.example/kinh-te/",
        "javascript:void(0)",
        "mailto:a@paper.example",
        "ftp://paper.example/kinh-te/",
        "#top",
    ],
)
def test_what_is_no_section_is_not_taken_for_one(href: str):
    document = page(f'<nav><a href="{href}">x</a><a href="/kinh-te/">Kinh tế</a></nav>')
    assert finding.sections(document, owns, is_article) == [f"{HOME}kinh-te/"]


def test_sections_of_the_menu_come_first_and_numbers_do_not_crowd_them_out():
    offices = "".join(f'<a href="/phong/{n}/">x</a>' for n in range(10_000))
    document = page(
        f'<nav><a href="/kinh-te/">Kinh tế</a></nav><a href="/the-thao/">x</a>{offices}'
    )
    found = finding.sections(document, owns, is_article)
    assert found[:2] == [f"{HOME}kinh-te/", f"{HOME}the-thao/"]
    assert len(found) == 5


@pytest.mark.parametrize(
    ("own", "second", "template"),
    [
        ("/kinh-te/", "?page=2", "/kinh-te/?page={page}"),
        ("/kinh-te/", "/kinh-te?p=2", "/kinh-te?p={page}"),
        ("/kinh-te", "/kinh-te/trang-2", "/kinh-te/trang-{page}"),
        ("/kinh-te.html", "/kinh-te-p2.html", "/kinh-te-p{page}.html"),
        ("/kinh-te/", "/kinh-te/page/2/", "/kinh-te/page/{page}/"),
        ("/kinh-te/", "/kinh-te/2/", "/kinh-te/{page}/"),
        ("/?cat=5", "/?cat=5&paged=2", "/?cat=5&paged={page}"),
        ("/?cat=5", "/?cat=6&paged=2", None),
        ("/kinh-te/", "/lich/2026/11/2", None),
        ("/kinh-te/", "?day=2", None),
        ("/kinh", "/kinh-te/?page=2", None),
        ("/kinh-te/", "https://other.example/kinh-te/?page=2", None),
        ("/kinh-te/", "?x={page}&page=2", None),
    ],
)
def test_further_pages_are_read_from_the_link_to_page_two(own, second, template):
    document = page(f'<a href="{second}"> 2 </a>', f"https://paper.example{own}")
    expected = f"https://paper.example{template}" if template else None
    assert finding.pages_template(document, owns) == expected


def test_a_next_page_is_taken_where_it_is_declared():
    document = page('<a rel="next" href="?page=2">Tiếp</a>', f"{HOME}kinh-te/")
    assert finding.pages_template(document, owns) == f"{HOME}kinh-te/?page={{page}}"
