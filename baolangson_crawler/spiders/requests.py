"""What is asked for: an address, what is expected there, and how urgent it is."""

from __future__ import annotations

from typing import Any

from scrapy import Request

from baolangson_crawler.discovery.xml import LARGEST
from baolangson_crawler.items import VisitKind

SOURCE_PRIORITY = 10
"""Lists are asked before articles, whose priority is 0."""

ERROR_STATUSES = [*range(400, 600)]
"""Statuses that are noted in the ledger instead of being dropped."""


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
