"""The links of a visit, into the ledger, each with its day and its urgency."""

from __future__ import annotations

from collections import Counter

from baolangson_crawler.backfilling import BackfillVisit, day_within
from baolangson_crawler.dating import listed_day
from baolangson_crawler.items import Visit
from baolangson_crawler.sites.base import Site
from baolangson_crawler.storage.frontier import BACKFILL, NEW
from baolangson_crawler.storage.ledger import Ledger


def write(
    ledger: Ledger, site: Site, visit: Visit, seen_at: str, source: int, counter: Counter[str]
) -> None:
    """Note every article's address that a page lists.

    Args:
        ledger: of the crawl.
        site: whose page it is.
        visit: to the page.
        seen_at: when.
        source: row of the page.
        counter: what was found is added to it: ``found``, ``known``, ``duplicate``.
    """
    rank = BACKFILL if isinstance(visit, BackfillVisit) else NEW
    step = visit.step if isinstance(visit, BackfillVisit) else None
    for link in visit.links:
        if (key := site.key_of(link.url)) is None:
            continue
        stated = (printed.raw for printed in site.address_dates(link.url))
        listed = listed_day(link.modified or link.modified_raw, stated)
        day = listed.isoformat() if listed else None
        if step:
            day = day_within(day, step.since, step.until)
        found = ledger.found(link, site.key, key, seen_at, source, day, rank)
        counter["found"] += found.what != "again"
        counter["known"] += found.what == "held"
        counter["duplicate"] += found.aliases
