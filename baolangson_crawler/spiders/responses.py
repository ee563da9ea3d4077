"""What an answer is: a page or not, a success or not, and in which encoding."""

from __future__ import annotations

from datetime import datetime
from typing import TypeGuard

from scrapy.http import Response, TextResponse
from w3lib.encoding import http_content_type_encoding

from baolangson_crawler.discovery import listing_links
from baolangson_crawler.items import Capture, Link
from baolangson_crawler.repair import decode

_PAGES = frozenset(("text/html", "application/xhtml+xml", "text/plain", "application/xml", ""))
_MENU = 5  # links that even a poor page of a paper has, and a notice of maintenance has not
_REASONS = {
    "DownloadTimeoutError": "timeout",
    "CannotResolveHostError": "dns",
    "DownloadConnectionRefusedError": "connection_refused",
    "ResponseDataLossError": "incomplete",
    "IgnoreRequest": "redirect_loop",
    "DownloadCancelledError": "too_large",
    "BadGzipFile": "broken_coding",
    "EOFError": "broken_coding",  # gzip that ends too early
    "error": "broken_coding",  # of zlib and brotli
}
"""Scrapy's exception → reason code of the ledger."""


def reason_of(error: BaseException | None) -> str:
    """The reason code of a request that was not sent or not answered."""
    reason = getattr(error, "reason", None)
    return reason if isinstance(reason, str) else _REASONS.get(type(error).__name__, "no_answer")


def is_html(response: Response) -> TypeGuard[TextResponse]:
    """Whether the answer is a page, by what the server says it is and what it is."""
    stated = media_type(response)
    may_be = stated is None or stated in _PAGES
    return may_be and isinstance(response, TextResponse)


def failure_of(response: Response) -> str | None:
    """The reason code of a status that is no success."""
    return None if response.status == 200 else f"http_{response.status}"


def media_type(response: Response) -> str | None:
    """What the server says that it sent, lower case and without parameters."""
    raw = response.headers.get("Content-Type")
    return raw.decode("latin-1").split(";")[0].strip().lower() if raw else None


def decoded(response: TextResponse) -> tuple[str, str]:
    """The text of a page and the encoding it was read with, whatever it is declared to be."""
    content_type = response.headers.get("Content-Type")
    stated = http_content_type_encoding(content_type.decode("latin-1") if content_type else None)
    text, charset, _ = decode(response.body, stated)
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
        status=response.status,
        headers=meta.get("received_headers", ()),
        body=response.body,
        fetched_at=now,
        elapsed=meta.get("download_latency"),
        redirects=tuple(meta.get("redirect_urls", ())),
        robots_rule=meta.get("robots_rule"),
        media_type=media_type(response),
        charset=charset,
    )


def listed(response: Response, css: str) -> list[Link]:
    """The links that a section page lists; none where the answer is no text."""
    if not isinstance(response, TextResponse):
        return []
    return listing_links(decoded(response)[0], response.url, css)
