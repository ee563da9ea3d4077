"""What is held is fetched "if changed": what is unchanged costs the paper an empty answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zlib import crc32

from scrapy import Request
from scrapy.http import Response
from scrapy.responsetypes import responsetypes

from baolangson_crawler import clock
from baolangson_crawler.storage.frontier import REVISIT, UPDATED

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from baolangson_crawler.storage.archive import Archive

_LISTS = ("feed", "sitemap", "listing")
_TRUSTED = timedelta(days=6)
"""A server that says "not modified" for longer is asked for the whole list, in case it lies."""

_IN_A_ROW = 3
"""After so many such answers for an article it is asked for whole, for the same reason."""
_SPREAD = timedelta(days=2)
"""Within this time behind it the lists of a paper have their turns, each always at its own."""


def trusted(url: str) -> timedelta:
    """How long "not modified" is believed of a list: six to eight days, by its address."""
    return _TRUSTED + _SPREAD * (crc32(url.encode()) / 2**32)


class ConditionalMiddleware:
    """Asks with the validators of the last answer, and gives a list as it was again on 304.

    Validators are echoed as received, never computed (RFC 9110, 13.1). What comes up from here is
    the list as it is, whether it was sent or not; ``response.meta`` has ``not_modified``. The 304
    of an article comes up as it is: nothing has to be read of a text that is held.
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
        if archive is None or meta.get("whole") or not self._may_be_unchanged(request):
            return
        known = archive.ledger.validators(meta["visit_url"])
        if known is None or request.url != (known.final_url or meta["visit_url"]):
            return
        is_list = meta["kind"] in _LISTS
        age = clock.now() - datetime.fromisoformat(known.fetched_at)
        if is_list and age > trusted(meta["visit_url"]):
            return
        if known.etag:
            request.headers["If-None-Match"] = known.etag.encode("latin-1", "ignore")
        if known.last_modified:
            said = known.last_modified.encode("latin-1", "ignore")
            request.headers["If-Modified-Since"] = said
        meta["stored_capture"] = known.capture_id

    def _may_be_unchanged(self, request: Request) -> bool:
        """Whether it asks for a list, or for an article that is held."""
        kind, rank = request.meta.get("kind"), request.meta.get("rank")
        if kind in _LISTS:
            return True
        archive = self._archive
        if kind != "article" or rank not in (UPDATED, REVISIT) or archive is None:
            return False
        return archive.ledger.unchanged_in_a_row(request.meta["visit_url"]) < _IN_A_ROW

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
        request.meta["not_modified"] = True
        if request.meta["kind"] == "article":
            return response
        body, media_type = archive.capture(capture)
        headers = response.headers.copy()
        if media_type:
            headers["Content-Type"] = media_type
        kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
        return response.replace(cls=kind, status=200, headers=headers, body=body)
