"""How far a backfill has come, in words, and what is held of each year, as a table."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from baolangson_crawler.backfilling import Bounds
from baolangson_crawler.backfilling.forecast import Outlook, days_left
from baolangson_crawler.holdings.estimates import YearEstimate
from baolangson_crawler.sites.base import Site
from baolangson_crawler.storage.backfill_outlook import outlook, request_seconds
from baolangson_crawler.storage.coverage import estimate

_BAR = 20  # characters


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the backfill of a paper stands."""

    site: str
    name: str
    held: int
    articles_expected: int
    """Still to come, as far as anything says so."""

    requests_expected: int
    is_open: bool
    """Whether more may come than is expected: the ends of lists are not known."""

    days_left: float
    """At the pace, budget and quiet hours given."""

    seconds_a_request: float
    outlook: Outlook
    years: tuple[YearEstimate, ...]
    """The newest first; see ``docs/coverage.md``."""


def standing(
    conn: sqlite3.Connection, site: Site, bounds: Bounds, limits: dict[str, Any], today: date
) -> Standing:
    """Where the backfill of a paper stands; ``limits`` are the options of the command."""
    ahead = outlook(conn, site, bounds, today)
    seconds = request_seconds(conn, site, limits["delay"])
    held = conn.execute("SELECT count(*) FROM article WHERE site = ?", (site.key,)).fetchone()[0]
    return Standing(
        site=site.key,
        name=site.name,
        held=held,
        articles_expected=ahead.articles,
        requests_expected=ahead.requests,
        is_open=ahead.is_open,
        days_left=days_left(
            ahead.requests, seconds, limits["daily_requests"], limits["quiet_hours"]
        ),
        seconds_a_request=seconds,
        outlook=ahead,
        years=estimate(conn, site)[::-1],
    )


def lines(standing: Standing, *, in_detail: bool) -> Iterator[str]:
    """What is left, for a person."""
    key, ahead = standing.site, standing.outlook
    if ahead.failed:
        yield f"{key}: {ahead.failed} lists could not be read; the next backfill asks them again."
    if ahead.is_empty:
        yield f"{key}: nothing is left to ask for; {standing.held} articles are held."
        return
    if in_detail:
        yield from _details(standing)
    least = "at least " if standing.is_open else ""
    more = f"{least}{standing.articles_expected} more expected"
    if standing.is_open and not standing.articles_expected:
        more = "how many more is known when the first lists are read"
    yield f"{key}: {standing.held} articles held, {more}."
    yield (
        f"{key}: {least}{standing.requests_expected} requests, "
        f"{told_days(standing.days_left)} at {standing.seconds_a_request:.1f} s a request."
    )


def _details(standing: Standing) -> Iterator[str]:
    key, ahead = standing.site, standing.outlook
    mean = f", about {ahead.articles_a_file:.0f} articles in each" if ahead.articles_a_file else ""
    for number, what in (
        (ahead.waiting, "articles found and not fetched"),
        (ahead.files, f"sitemap files to read{mean}"),
        (ahead.lists, "lists to walk to their end, whose length nobody knows"),
        (ahead.numbers, "article numbers between known ones to try, one request each"),
    ):
        if number:
            yield f"{key}: {number} {what}"


def told_days(days: float) -> str:
    """``3.4 days``, ``5 hours``, ``10 minutes``."""
    if not days:
        return "nothing"
    if days >= 2:
        return f"{days:,.1f} days"
    hours = days * 24
    return f"{hours:.1f} hours" if hours >= 2 else f"{max(1, round(hours * 60))} minutes"


def table(standing: Standing) -> None:
    """What is held of each year, and how much there may be."""
    from rich.table import Table

    from baolangson_crawler.cli.options import console

    made = Table(title=f"{standing.name} ({standing.site})")
    made.add_column("Year")
    for heading in ("Held", "Known", "Estimate", "Share"):
        made.add_column(heading, justify="right")
    made.add_column("")
    for year in standing.years:
        bar = "█" * round(year.share * _BAR)
        numbers = (f"{number:,}" for number in (year.held, year.known, year.expected))
        made.add_row(str(year.year), *numbers, f"{year.share:.0%}", bar)
    console().print(made)
