"""What is asked for: an address, what is expected there, and how urgent it is."""

from __future__ import annotations

from typing import Any

from scrapy import Request

from baolangson_crawler.discovery.pieces import LARGEST
from baolangson_crawler.failures import class_of
from baolangson_crawler.items import VisitKind

SOURCE_PRIORITY = 10
"""Lists are asked before articles, whose priority is 0."""

NEXT_PAGE_PRIORITY = -1
"""Further pages of a list, which wait for the articles of the pages before: a crawl that is short
of time or budget gets articles, not lists alone."""

LATER_PRIORITY = -5
"""Second tries of lists, which wait until no article is left to ask for."""

ERROR_STATUSES = [*range(400, 600)]
"""Statuses that are noted in the ledger instead of being dropped."""


PAST_END = ("http_400", "http_500")
"""What a list may answer to a page past its last one, instead of "not found"."""

_TRIES = 3  # of a list, in one crawl


def second_try(request: Request, reason: str) -> Request | None:
    """The request for a list that a passing fault kept from us, once more; None where it is vain.

    Articles are asked again from the ledger. What robots.txt decides lasts for the crawl.
    """
    tries = request.meta.get("tries", 1)
    if request.meta.get("kind") == "article" or tries >= _TRIES or reason == "robots_unavailable":
        return None
    source = request.cb_kwargs.get("source")
    is_later = source is not None and request.cb_kwargs["page"] > source.first
    passing = class_of(reason) in ("temporary", "blocked")
    if not passing and not (is_later and reason in PAST_END):
        return None
    again = request.replace(url=request.meta["visit_url"], priority=LATER_PRIORITY)
    again.meta["tries"] = tries + 1
    return again


def request_for(
    url: str,
    kind: VisitKind,
    priority: int,
    callback: Any,
    errback: Any,
    cb_kwargs: dict[str, Any],
) -> Request:
    """A request that remembers its address and kind through every redirect."""
    return Request(
        url,
        callback=callback,
        errback=errback,
        priority=priority,
        cb_kwargs=cb_kwargs,
        meta={
            "visit_url": url,
            "kind": kind,
            "handle_httpstatus_list": ERROR_STATUSES,
            **({"download_maxsize": LARGEST} if kind == "sitemap" else {}),
        },
    )
