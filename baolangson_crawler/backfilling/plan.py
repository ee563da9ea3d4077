"""The plan of a site: what it has that lists old articles, as steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from baolangson_crawler.backfilling.numbers import id_address
from baolangson_crawler.backfilling.periods import UNKNOWN, Period, period_of
from baolangson_crawler.backfilling.steps import Bounds, Step
from baolangson_crawler.sites.base import Site
from baolangson_crawler.sites.sources import Asked, Calendar, JsonListing, Listing, Sitemap, Walked

NEWEST_NUMBERS, OLDEST_NUMBERS = "numbers:newest", "numbers:oldest"


class PlannedList(NamedTuple):
    """A list that is walked, and the days that it may list."""

    listing: Walked
    period: Period


def lists(
    site: Site, today: date, sources: Sequence[Asked] | None = None
) -> dict[str, PlannedList]:
    """The lists of a site that are walked to their end, by the address of their first page.

    Section pages without further pages show the latest only, which is a crawl's business; so are
    pages that only the page before leads to.

    Args:
        site: of which.
        today: up to which its calendars go.
        sources: what can be asked of it, where that is not what its file names.
    """
    planned = [
        PlannedList(source, UNKNOWN)
        for source in _asked(site, sources)
        if isinstance(source, Listing | JsonListing) and source.numbered
    ]
    for calendar in site.calendars:
        planned += _pages(calendar, today)
    return {entry.listing.first_url: entry for entry in planned}


def _asked(site: Site, sources: Sequence[Asked] | None) -> Sequence[Asked]:
    return site.asked if sources is None else sources


def _pages(calendar: Calendar, today: date) -> Iterator[PlannedList]:
    last = calendar.last or today
    for year in range(calendar.first.year, last.year + 1):
        for month in range(1, 13) if calendar.monthly else [None]:
            period = period_of(year, month)
            if Bounds(since=calendar.first.isoformat(), until=last.isoformat()).overlaps(period):
                yield PlannedList(calendar.listing(year, month), period)


def steps(site: Site, today: date, sources: Sequence[Asked] | None = None) -> Iterator[Step]:
    """What is asked first, as of `lists`; a sitemap index adds its files when it is read."""
    for source in _asked(site, sources):
        if isinstance(source, Sitemap):
            yield Step(address=source.url, kind="sitemap")
    for address, (listing, period) in lists(site, today, sources).items():
        yield Step(
            address=address,
            kind="list",
            since=period.since,
            until=period.until,
            position=listing.first,
        )
    if id_address(site, 1):
        yield Step(address=OLDEST_NUMBERS, kind="numbers")
        yield Step(address=NEWEST_NUMBERS, kind="numbers")


def uses_numbers(
    site: Site, today: date, sources: Sequence[Asked] | None = None, *, wanted: bool
) -> bool:
    """Whether article numbers are tried: they are wanted, or nothing else lists old articles."""
    return wanted or not any(step.kind != "numbers" for step in steps(site, today, sources))
