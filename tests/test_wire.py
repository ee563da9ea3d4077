"""What the decompression middleware makes of an answer, and what lists made to explode cost."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response

from baolangson_crawler.decompression import CodingError
from baolangson_crawler.discovery import feed_links, listing_links, sitemap_content, xml
from baolangson_crawler.discovery.pieces import LARGEST
from baolangson_crawler.discovery.xml import entries
from baolangson_crawler.extraction.bounds import MOST_UNKNOWN_MARKUP
from baolangson_crawler.failures import reason_of
from baolangson_crawler.spiders import responses
from baolangson_crawler.wire import DecompressionMiddleware

URL = "https://paper.example/a-1.html"
PAGE = "<html><body>Chợ phiên</body></html>".encode()
Decoded = Callable[..., Response]


@pytest.fixture
def decoded() -> Decoded:
    """What becomes of an answer with this body and coding."""

    def answer(body: bytes, coding: str | None, status: int = 200, **meta: object) -> Response:
        headers = {"Content-Type": "text/html; charset=utf-8"}
        if coding is not None:
            headers["Content-Encoding"] = coding
        request = Request(URL, meta=meta)
        response = Response(URL, status=status, headers=headers, body=body)
        return DecompressionMiddleware(10_000).process_response(request, response)

    return answer


def test_every_request_says_which_codings_are_understood() -> None:
    request = Request(URL)
    DecompressionMiddleware(1).process_request(request)
    assert request.headers["Accept-Encoding"] == b"gzip, deflate, br, zstd"


def test_a_decoded_answer_is_a_page_without_its_coding(decoded: Decoded) -> None:
    for body, coding in ((gzip.compress(PAGE, mtime=0), "gzip"), (brotli.compress(PAGE), "Br")):
        response = decoded(body, coding)
        assert isinstance(response, HtmlResponse)
        assert "Chợ phiên" in response.text
        assert "Content-Encoding" not in response.headers
        assert response.headers["Content-Type"] == b"text/html; charset=utf-8"


def test_an_answer_without_coding_is_left_as_it_is(decoded: Decoded) -> None:
    assert decoded(PAGE, None).body == PAGE
    assert decoded(PAGE, "identity").body == PAGE


@pytest.mark.parametrize(
    ("body", "coding", "reason"),
    [
        (gzip.compress(PAGE, mtime=0)[:-9], "gzip", "incomplete"),
        (PAGE, "gzip", "broken_coding"),
        (PAGE, "utf-8", "broken_coding"),
        (gzip.compress(bytes(10_001), mtime=0), "gzip", "too_large"),
    ],
)
def test_a_success_that_cannot_be_decoded_fails_and_an_error_keeps_its_status(
    decoded: Decoded, body: bytes, coding: str, reason: str
) -> None:
    with pytest.raises(CodingError) as error:
        decoded(body, coding)
    assert reason_of(error.value) == reason
    response = decoded(body, coding, status=404)
    assert (response.status, response.body) == (404, b"")


def test_a_request_may_have_a_limit_of_its_own(decoded: Decoded) -> None:
    body = gzip.compress(bytes(20_000))
    assert len(decoded(body, "gzip", download_maxsize=20_000).body) == 20_000


HEAD = '<?xml version="1.0"?>'
LAUGHS = HEAD + (
    '<!DOCTYPE rss [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 30))
    + "]><rss><item><title>&a29;</title><link>https://paper.example/a-1.html</link></item></rss>"
)
FILE = HEAD + (
    '<!DOCTYPE rss [<!ENTITY f SYSTEM "file://{secret}">]>'
    "<rss><item><title>x&f;</title><link>https://paper.example/a-1.html</link></item></rss>"
)
OUTSIDE = HEAD + (
    '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY % p SYSTEM "file://{secret}">'
    "%p;]><rss><item><title>x</title><link>https://paper.example/a-1.html</link></item></rss>"
)


@pytest.mark.parametrize("feed", [LAUGHS, FILE, OUTSIDE], ids=["laughs", "file", "outside"])
def test_no_entity_is_expanded_and_no_file_read(feed: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret <!ENTITY f 'the secret'>", encoding="utf-8")
    body = feed.replace("{secret}", str(secret)).encode()
    links = feed_links(body, "https://paper.example/feed.xml")
    assert len(links) <= 1
    said = "".join(link.title or "" for link in links)
    assert len(said) < 10
    assert "secret" not in said
    assert "ha" not in said


def sitemap(entries: int) -> bytes:
    urls = (f"<url><loc>https://paper.example/a-{n}.html</loc></url>" for n in range(entries))
    return f"{HEAD}<urlset>{''.join(urls)}</urlset>".encode()


def test_a_sitemap_of_too_many_addresses_is_read_to_its_limit() -> None:
    content = sitemap_content(sitemap(60_000), "https://paper.example/sitemap.xml")
    assert len(content.pages) == 50_000


def test_a_sitemap_is_read_as_far_as_it_is_whole() -> None:
    url = "https://paper.example/sitemap.xml.gz"
    whole = gzip.compress(sitemap(2000))
    assert len(sitemap_content(whole, url).pages) == 2000
    assert 0 < len(sitemap_content(whole[: len(whole) // 2], url).pages) < 2000
    nested = sitemap(1000).replace(b"</urlset>", b"<x>" * 60_000)
    assert len(sitemap_content(nested, url).pages) == 1000


def test_a_sitemap_that_unpacks_to_more_than_its_limit_is_read_so_far() -> None:
    compressor = zlib.compressobj(1, wbits=31)
    parts = [compressor.compress(sitemap(10).replace(b"</urlset>", b""))]
    parts += [compressor.compress(b" " * 1024 * 1024) for _ in range(2 * LARGEST // 1024 // 1024)]
    bomb = b"".join((*parts, compressor.flush()))
    content = sitemap_content(bomb, "https://paper.example/sitemap.xml.gz")
    assert len(content.pages) == 10


def test_a_list_of_too_much_is_read_from_its_beginning() -> None:
    first = '<h2><a href="/a-1.html">Bài</a></h2>'
    for flood in ("<br>" * 2_500_000, "x" * 10_000_000, first * 200_000):
        links = listing_links(f"<html><body>{first}{flood}", "https://paper.example/", "h2 a")
        assert [link.url for link in links] == ["https://paper.example/a-1.html"]


def test_what_is_no_entry_is_not_kept_while_a_list_is_read() -> None:
    flood = b"<a/>" * 100_000
    (entry,) = entries(b"<urlset>" + flood + b"<url><loc>x</loc></url>" + flood, "url")
    assert list(entry.fields) == ["loc"]
    text = b"x" * 5_000_000
    body = b"<urlset>" + text + b"<url><loc>" + text + b"</loc><p>" + flood + b"</p></url></urlset>"
    tracemalloc.start()
    try:
        assert not list(entries(body, "url"))
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()


def test_an_entry_of_too_many_elements_ends_a_list() -> None:
    entry = b"<item><link>https://paper.example/a-1.html</link></item>"
    rich = entry.replace(b"<link>", b"<b/>" * 5000 + b"<link>")
    large = entry.replace(b"<link>", b"<b/>" * 20_000 + b"<link>")
    url = "https://paper.example/feed.xml"
    assert len(feed_links(b"<rss>" + entry + rich + entry + b"</rss>", url)) == 3
    assert len(feed_links(b"<rss>" + entry + large + entry + b"</rss>", url)) == 1


def test_a_list_is_read_to_its_limit_of_elements(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml, "MOST_ELEMENTS", 1000)
    assert not list(entries(b"<rss>" + b"<a/>" * 1000 + b"<item/></rss>", "item"))
    assert list(entries(b"<rss>" + b"<a/>" * 900 + b"<item/></rss>", "item"))


def test_of_a_flood_in_the_place_of_a_list_only_the_beginning_is_judged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    judged = []
    monkeypatch.setattr(responses, "wall", lambda document: judged.append(document.html))
    for unit in (b"<p>a</p>", "Bảo trì ".encode(), b"<p>" + "ế".encode() * 40 + b"</p>"):
        page = HtmlResponse(URL, body=unit * (16_000_000 // len(unit)), encoding="utf-8")
        responses.wall_of(page)
    assert all(len(html) <= 1_000_000 for html in judged)
    assert all(html.count("<") <= MOST_UNKNOWN_MARKUP for html in judged)
    assert judged[2].startswith("<p>ếế")
    assert "�" not in judged[2]


def test_a_wall_before_a_flood_is_a_wall() -> None:
    wall = "<html><head><title>Website đang bảo trì</title></head><body><h1>Website đang bảo trì"
    body = f"{wall}</h1><p>Vui lòng quay lại sau.</p></body></html>{' ' * 2_000_000}"
    assert responses.wall_of(HtmlResponse(URL, body=body.encode())) == "maintenance"
