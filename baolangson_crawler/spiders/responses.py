"""What an answer is: a page or not, a success or not, and in which encoding."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeGuard

from scrapy.http import Response, TextResponse
from w3lib.encoding import http_content_type_encoding

from baolangson_crawler.discovery import main_list
from baolangson_crawler.discovery.listing import ListPage
from baolangson_crawler.discovery.xml import is_list
from baolangson_crawler.extraction.bounds import outset
from baolangson_crawler.extraction.document import Document
from baolangson_crawler.extraction.walls import wall
from baolangson_crawler.file_signatures import is_file
from baolangson_crawler.items import Capture, Link
from baolangson_crawler.repair import decode
from baolangson_crawler.sites.sources import JsonListing, Listing, Walked

_PAGES = frozenset(("text/html", "application/xhtml+xml", "text/plain", "application/xml", ""))
_MENU = 5  # links that even a poor page of a paper has, and a notice of maintenance has not
_OUTSET = 1_000_000  # bytes that are judged where a list lists nothing


def is_html(response: Response) -> TypeGuard[TextResponse]:
    """Whether the answer is a page, by what the server says it is and what it is."""
    stated = media_type(response)
    may_be = stated is None or stated in _PAGES
    return may_be and isinstance(response, TextResponse) and not is_file(response.body)


def failure_of(response: Response) -> str | None:
    """The reason code of a status that is no success."""
    return None if response.status == 200 else f"http_{response.status}"


def wall_of(response: Response) -> str | None:
    """What stands in the place of a list that lists nothing; None where it may be an empty one."""
    if not is_html(response):
        return "not_html"
    start = response.body
    if len(start) > _OUTSET:  # cut before a tag, not within a letter
        start = start[:_OUTSET].rpartition(b"<")[0]
    return wall(Document(outset(_decoded(response, start)[0]), response.url))


def not_a_feed(response: Response) -> str | None:
    """What stands in the place of a feed or sitemap without entries; None where it is one."""
    if is_list(response.body):
        return None
    return wall_of(response) or "not_a_feed"


def media_type(response: Response) -> str | None:
    """What the server says that it sent, lower case and without parameters."""
    raw = response.headers.get("Content-Type")
    return raw.decode("latin-1").split(";")[0].strip().lower() if raw else None


def decoded(response: TextResponse) -> tuple[str, str]:
    """The text of a page and the encoding it was read with, whatever it is declared to be."""
    return _decoded(response, response.body)


def _decoded(response: TextResponse, body: bytes) -> tuple[str, str]:
    content_type = response.headers.get("Content-Type")
    stated = http_content_type_encoding(content_type.decode("latin-1") if content_type else None)
    text, charset, _ = decode(body, stated)
    return text, charset


def has_menu(response: Response) -> bool:
    """Whether an answer has the links of an ordinary page of the paper."""
    return response.body.count(b"<a ") >= _MENU


def capture_of(response: Response, charset: str | None, now: datetime) -> Capture:
    """The answer as it is archived.

    Args:
        response: decoded, with what the middlewares noted in its ``meta``.
        charset: the encoding that its text was read with, where it was read.
        now: when it was complete.
    """
    meta = response.meta
    return Capture(
        url=response.url,
        status=304 if meta.get("not_modified") else response.status,
        headers=meta.get("received_headers", ()),
        body=response.body,
        fetched_at=now,
        elapsed=meta.get("download_latency"),
        redirects=tuple(meta.get("redirect_urls", ())),
        robots_rule=meta.get("robots_rule"),
        media_type=media_type(response),
        charset=charset,
    )


def listed(
    response: Response,
    source: Walked,
    page: int,
    is_article: Callable[[str], bool] | None = None,
) -> ListPage:
    """What a page of a list shows; nothing where the answer is no text.

    Args:
        response: the page.
        source: the list; one without a selector of links shows what a reader takes for the list.
        page: its place.
        is_article: whether an address is an article's, where no selector says it.
    """
    if not isinstance(response, TextResponse):
        return ListPage([])
    if isinstance(source, Listing) and not source.links:
        following = source.request(page + 1) if source.numbered else None
        return ListPage(main_links(response, is_article), following)
    return source.read(decoded(response)[0], response.url, page)


def main_links(response: Response, is_article: Callable[[str], bool] | None = None) -> list[Link]:
    """The links of the list that a reader sees; none where the answer is no text."""
    if not isinstance(response, TextResponse):
        return []
    return main_list(decoded(response)[0], response.url, is_article)


def not_a_list(response: Response, source: Walked, shown: ListPage) -> str | None:
    """What stands in the place of a list that lists nothing; None where it may be an empty one."""
    if shown.links or shown.is_list:
        return None
    wall = wall_of(response)
    if isinstance(source, JsonListing) and wall in (None, "not_html"):
        return "not_json"
    return wall
