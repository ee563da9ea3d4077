"""What a crawl is still to fetch: the rows of the URL ledger that wait.

Nothing that waits stands in memory alone: a crawl takes addresses in small bunches, and what it has
not asked for when it ends, or is killed, is pending again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from baolangson_crawler.backfilling import Bounds
from baolangson_crawler.failures import class_of
from baolangson_crawler.storage import backfill
from baolangson_crawler.storage.days import day_of, revisits_on
from baolangson_crawler.storage.rows import instant

NEW, UPDATED, REVISIT, BACKFILL = range(4)
"""Ranks of articles, the most urgent first: found by a crawl; held, and its source says that it
changed; held, and due for another look; found by a backfill."""

_AGAIN_IN_THIS_CRAWL = ("temporary", "blocked")


class Due(NamedTuple):
    """An article's address that is to be asked for."""

    id: int
    url: str
    key: str
    is_found: bool
    """Whether this crawl has counted it already as found."""


class Wanted(NamedTuple):
    """What a crawl wants next of a site."""

    site: str
    rank: int
    """``NEW``, ``UPDATED``, ``REVISIT`` or ``BACKFILL``."""

    most: int
    """How many."""

    since: str | None = None
    """Day (ISO) before which nothing new is wanted, where a source says the day."""

    revisits: int | None = None
    """Looks at held articles on one day at most."""


class Frontier:
    """The pending addresses of the sites of one crawl; the archive decides on transactions."""

    def __init__(self, conn: sqlite3.Connection, crawl_id: int) -> None:
        self.conn = conn
        self.crawl_id = crawl_id
        self.bounds = Bounds()
        """Of a backfill: the days that it looks for, also among what is new, and the order."""
        self._tried_again: set[str] = set()

    def begin(self, sites: Iterable[str], now: str) -> None:
        """Make pending what a killed crawl left in flight, and what is to be tried again by now."""
        self._land()
        for site in sites:
            self.conn.execute(
                "UPDATE url SET state = 'pending', next_visit_at = NULL "
                "WHERE site = ? AND next_visit_at <= ? AND state IN ('failed', 'skipped') "
                "AND kind = 'article' "
                "AND NOT EXISTS (SELECT 1 FROM article WHERE article.key = url.key)",
                (site, now),
            )

    def _land(self) -> None:
        """What was taken and not answered waits again; what the archive holds is still held."""
        self.conn.execute(
            "UPDATE url SET state = iif(article_id IS NULL, 'pending', 'done') "
            "WHERE state = 'in_flight'"
        )

    def take(self, wanted: Wanted, now: datetime) -> list[Due]:
        """The next addresses of a site; they are in flight from now on. See `waiting`."""
        most = wanted.most
        if wanted.revisits is not None and wanted.rank in (UPDATED, REVISIT):
            made = revisits_on(self.conn, wanted.site, day_of(now))
            most = max(0, min(most, wanted.revisits - made))
        due = self.waiting(wanted.site, wanted.rank, most, instant(now), wanted.since)
        self.conn.executemany(
            "UPDATE url SET state = 'in_flight', asked_crawl = ? WHERE id = ?",
            [(self.crawl_id, taken.id) for taken in due],
        )
        return due

    def waiting(
        self, site: str, rank: int, most: int, now: str, since: str | None = None
    ) -> list[Due]:
        """The next addresses of a site that have a rank.

        Of new ones the newest finds come first; those on a host whose robots.txt could not be had
        come behind all others, so that such a host never stands before the rest of the paper.
        Of several addresses of one article one is taken: the others become its aliases, or are
        taken when it fails. Of articles that are held those come first that are due longest, and
        none that this crawl has asked for.

        Args:
            site: key of the site.
            rank: ``NEW``, ``UPDATED``, ``REVISIT`` or ``BACKFILL``.
            most: how many.
            now: the moment, for what has its time.
            since: day before which nothing new is taken, where a source says the day.
        """
        if rank == BACKFILL:
            rows = backfill.waiting(self.conn, self.crawl_id, site, most, self.bounds)
        elif rank in (UPDATED, REVISIT):
            rows = self._due(site, rank, most, now)
        else:
            rows = self._waiting(site, rank, most, since, "IS NOT")
            if len(rows) < most:
                rows += self._waiting(site, rank, most - len(rows), since, "IS")
        due: dict[str, Due] = {}
        for url_id, url, key, is_found in rows:
            due.setdefault(key, Due(url_id, url, key, bool(is_found)))
        return list(due.values())

    def _due(self, site: str, rank: int, most: int, now: str) -> list[Any]:
        return self.conn.execute(
            "SELECT id, url, key, 1 FROM url WHERE site = ? AND rank = ? AND state = 'done' "
            "AND kind = 'article' AND next_visit_at <= ? AND asked_crawl IS NOT ? "
            "ORDER BY next_visit_at LIMIT ?",
            (site, rank, now, self.crawl_id, most),
        ).fetchall()

    def _waiting(self, site: str, rank: int, most: int, since: str | None, op: str) -> list[Any]:
        # two queries, each in the order of an index: a sort of all that waits takes too long
        days = backfill.days(self.bounds)
        return self.conn.execute(
            "SELECT id, url, key, listed_crawl IS ?1 FROM url "
            "WHERE site = ?2 AND rank = ?3 AND kind = 'article' AND state = 'pending' "
            "AND (listed_at IS NULL OR listed_at BETWEEN ?4 AND ?6) "
            "AND NOT EXISTS (SELECT 1 FROM url AS other WHERE other.key = url.key "
            f"AND other.state IN ('in_flight', 'done')) AND reason {op} 'robots_unavailable' "
            "ORDER BY discovered_crawl DESC, id LIMIT ?5",
            (self.crawl_id, site, rank, max(since or "", days["since"]), most, days["until"]),
        ).fetchall()

    def give_back(self) -> None:
        """What was taken and not asked for is pending again; a second try that was not made is not.

        It has failed, as it had before, and follows its plan.
        """
        self._land()
        for site in self._tried_again:
            self.conn.execute(
                "UPDATE url SET state = 'failed' WHERE site = ? AND kind = 'article' "
                "AND state = 'pending' AND failed_crawl = ?",
                (site, self.crawl_id),
            )

    def again(self, site: str) -> int:
        """Make pending once more what this crawl asked for and a passing fault kept from it."""
        rows = self.conn.execute(
            "SELECT id, reason FROM url WHERE site = ? AND kind = 'article' AND state = 'failed' "
            "AND failed_crawl = ?",
            (site, self.crawl_id),
        ).fetchall()
        chosen = [(row[0],) for row in rows if class_of(row[1]) in _AGAIN_IN_THIS_CRAWL]
        self.conn.executemany("UPDATE url SET state = 'pending' WHERE id = ?", chosen)
        if chosen:
            self._tried_again.add(site)
        return len(chosen)
