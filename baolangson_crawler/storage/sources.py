"""The sources that the crawler found by itself: what worked, when last, and what fails."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from baolangson_crawler.sites.sources import Asked, Feed, Listing, Sitemap
from baolangson_crawler.storage.rows import instant

Kind = Literal["feed", "sitemap", "listing"]
FoundBy = Literal["robots", "usual", "declared", "linked", "menu", "home"]
"""``robots``: a ``Sitemap:`` line of robots.txt; ``usual``: a name that most papers use;
``declared``: ``<link rel="alternate">`` of the home page; ``linked``: a page that lists feeds;
``menu``: a section that the home page links to; ``home``: the home page itself."""

GIVEN_UP = 3
"""Crawls in a row in which a source listed nothing, after which it is asked no more and the paper
is searched again."""

_MONTH, _SPREAD = 30.0, 5.0  # days between two searches that found something, and their jitter
_MOST_IN_VAIN = 5  # doublings of the day between two searches that found nothing: 32 days

_ORDER = (
    "CASE kind WHEN 'feed' THEN 0 WHEN 'listing' THEN 2 ELSE iif(url LIKE '%news%', 1, 3) END, id"
)
_WORKED = (
    "INSERT INTO source (site, url, kind, found_by, pages, found_at, worked_at, listed, "
    "listed_most, failures) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7, ?7, 0) "
    "ON CONFLICT (site, url) DO UPDATE SET pages = coalesce(excluded.pages, pages), "
    "worked_at = excluded.worked_at, listed = excluded.listed, "
    "listed_most = max(listed_most, excluded.listed), failures = 0"
)
_LOOKED = (
    "INSERT INTO source_search (site, searched_at, next_at, requests, found, in_vain) "
    "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (site) DO UPDATE SET "
    "searched_at = excluded.searched_at, next_at = excluded.next_at, "
    "requests = excluded.requests, found = excluded.found, in_vain = excluded.in_vain"
)


@dataclass(frozen=True, slots=True)
class FoundSource:
    """A source that no site file names."""

    url: str
    """Of its first page."""

    kind: Kind
    found_by: FoundBy
    pages: str | None = None
    """Of a listing, the address of its further pages with ``{page}`` for the number."""

    @property
    def source(self) -> Asked:
        """As a site file would name it."""
        if self.kind == "feed":
            return Feed(self.url)
        if self.kind == "sitemap":
            return Sitemap(self.url)
        if self.pages is None:
            return Listing(self.url, links="")
        return Listing(self.pages, links="", start_url=self.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class RememberedSource:
    """A row of the table, for a person."""

    url: str
    kind: str
    found_by: str
    pages: str | None
    found_at: str
    worked_at: str
    listed: int
    """Article addresses that it listed when it last worked."""

    listed_most: int
    """The most that it ever listed."""

    failures: int
    """Crawls in a row since then in which it listed nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """The last search of a paper for its sources."""

    searched_at: str
    next_at: str
    requests: int
    found: int
    in_vain: int
    """Searches in a row that found nothing."""


class FoundSources:
    """Reads and fills the tables ``source`` and ``source_search`` of an open archive."""

    def __init__(
        self, conn: sqlite3.Connection, transaction: Callable[[], AbstractContextManager[None]]
    ) -> None:
        self.conn = conn
        self._transaction = transaction

    def of(self, site: str) -> tuple[FoundSource, ...]:
        """What is to be asked of a site; see ``found_sources``."""
        return found_sources(self.conn, site)

    def worked(self, site: str, found: FoundSource, listed: int, now: datetime) -> None:
        """A source listed so many articles in this crawl, as far as it was read."""
        with self._transaction():
            self.conn.execute(
                _WORKED,
                (
                    *(site, found.url, found.kind, found.found_by, found.pages),
                    *(instant(now), listed),
                ),
            )

    def failed(self, site: str, url: str, now: datetime) -> None:
        """A source that worked before listed nothing in this crawl.

        Once it is given up the paper is searched again by the next crawl.
        """
        key = (site, url)
        with self._transaction():
            self.conn.execute(
                "UPDATE source SET failures = failures + 1 WHERE site = ? AND url = ?", key
            )
            self.conn.execute(
                "UPDATE source_search SET next_at = min(next_at, ?) WHERE site = ? AND EXISTS "
                "(SELECT 1 FROM source WHERE site = ? AND url = ? AND failures = ?)",
                (instant(now), site, *key, GIVEN_UP),
            )

    def is_search_due(self, site: str, now: datetime) -> bool:
        """Whether a paper was never searched, or long enough ago."""
        row = self.conn.execute(
            "SELECT next_at FROM source_search WHERE site = ?", (site,)
        ).fetchone()
        return row is None or row[0] <= instant(now)

    def has_found(self, site: str) -> bool:
        """Whether the last search of a paper found a source."""
        last = searched(self.conn, site)
        return last is not None and not last.in_vain

    def searched(self, site: str, now: datetime, requests: int, found: int) -> None:
        """Note a search; the next is in about a month, after one in vain sooner.

        Not all archives search in the same night, so the month is not exact.
        """
        before = searched(self.conn, site)
        in_vain = 0 if found else (before.in_vain if before else 0) + 1
        days = 2.0 ** min(in_vain - 1, _MOST_IN_VAIN) if in_vain else _MONTH
        if not in_vain:
            days += random.uniform(-_SPREAD, _SPREAD)
        values = (site, instant(now), instant(now + timedelta(days)), requests, found, in_vain)
        with self._transaction():
            self.conn.execute(_LOOKED, values)


def found_sources(conn: sqlite3.Connection, site: str) -> tuple[FoundSource, ...]:
    """The sources of a site that worked, those with the newest first: feeds before archives.

    One that is given up is left out while another works. The home page stands in where nothing
    else works.
    """
    rows = conn.execute(
        f"SELECT url, kind, found_by, pages, failures FROM source WHERE site = ? ORDER BY {_ORDER}",
        (site,),
    ).fetchall()
    working = [row for row in rows if row[4] < GIVEN_UP] or rows
    others = [row for row in working if row[2] != "home"] or working
    return tuple(FoundSource(*row[:4]) for row in others)


def site_sources(conn: sqlite3.Connection, site: str, given: tuple[Asked, ...]) -> list[Asked]:
    """The sources of a site: those that are given, else those that were found."""
    return list(given) or [found.source for found in found_sources(conn, site)]


def remembered(conn: sqlite3.Connection, site: str) -> list[RememberedSource]:
    """Every source of a site that was ever found, in the order in which they are asked."""
    names = tuple(RememberedSource.__dataclass_fields__)
    rows = conn.execute(
        f"SELECT {', '.join(names)} FROM source WHERE site = ? ORDER BY {_ORDER}", (site,)
    )
    return [RememberedSource(**dict(zip(names, row, strict=True))) for row in rows]


def searched(conn: sqlite3.Connection, site: str) -> Searched | None:
    """The last search of a site for its sources; None where there was none."""
    names = tuple(Searched.__dataclass_fields__)
    row = conn.execute(
        f"SELECT {', '.join(names)} FROM source_search WHERE site = ?", (site,)
    ).fetchone()
    return Searched(**dict(zip(names, row, strict=True))) if row else None
