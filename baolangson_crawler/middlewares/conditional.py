"""Lists are fetched "if changed": an unchanged one costs the paper an empty answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.http import Response
from scrapy.responsetypes import responsetypes

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from baolangson_crawler.storage.archive import Archive

_LISTS = ("feed", "sitemap", "listing")
_TRUSTED = timedelta(days=7)
"""A server that says "not modified" for longer is asked for the whole list, in case it lies."""


class ConditionalMiddleware:
    """Asks for a list with the validators of its last answer, and gives that answer again on 304.

    Validators are echoed as received, never computed (RFC 9110, 13.1). What comes up from here is
    the list as it is, whether it was sent or not; ``response.meta`` has ``not_modified``.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ConditionalMiddleware:
        """Made by Scrapy."""
        return cls(crawler)

    @property
    def _archive(self) -> Archive | None:
        return getattr(self.crawler.spider, "archive", None)

    def process_request(self, request: Request) -> None:
        """Say what we have, where it is known and not too old."""
        meta = request.meta
        for name in ("If-None-Match", "If-Modified-Since"):
            request.headers.pop(name, None)  # of the address that redirected here
        meta.pop("stored_capture", None)
        archive = self._archive
        if archive is None or meta.get("kind") not in _LISTS or meta.get("whole"):
            return
        known = archive.ledger.validators(meta["visit_url"])
        if known is None or request.url != (known.final_url or meta["visit_url"]):
            return
        if datetime.now(UTC) - datetime.fromisoformat(known.fetched_at) > _TRUSTED:
            return
        if known.etag:
            request.headers["If-None-Match"] = known.etag.encode("latin-1", "ignore")
        if known.last_modified:
            said = known.last_modified.encode("latin-1", "ignore")
            request.headers["If-Modified-Since"] = said
        meta["stored_capture"] = known.capture_id

    def process_response(self, request: Request, response: Response) -> Response | Request:
        """The stored list in place of "not modified"; what was not asked for so is asked whole."""
        if response.status != 304:
            return response
        capture = request.meta.pop("stored_capture", None)
        archive = self._archive
        if capture is None or archive is None:
            if request.meta.get("whole"):
                return response  # it insists; a failure of that status is noted
            again = request.replace(dont_filter=True)
            again.meta["whole"] = True
            return again
        body, media_type = archive.capture(capture)
        request.meta["not_modified"] = True
        headers = response.headers.copy()
        if media_type:
            headers["Content-Type"] = media_type
        kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
        return response.replace(cls=kind, status=200, headers=headers, body=body)
