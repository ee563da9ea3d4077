"""What a crawl is still to fetch: the rows of the URL ledger that wait.

Nothing that waits stands in memory alone: a crawl takes addresses in small bunches, and what it has
not asked for when it ends, or is killed, is pending again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any, NamedTuple

from baolangson_crawler.failures import class_of

_AGAIN_IN_THIS_CRAWL = ("temporary", "blocked")


class Due(NamedTuple):
    """An article's address that is to be asked for."""

    id: int
    url: str
    key: str
    is_found: bool
    """Whether this crawl has counted it already as found."""


class Frontier:
    """The pending addresses of the sites of one crawl; the archive decides on transactions."""

    def __init__(self, conn: sqlite3.Connection, crawl_id: int) -> None:
        self.conn = conn
        self.crawl_id = crawl_id
        self._tried_again: set[str] = set()

    def begin(self, sites: Iterable[str], now: str) -> None:
        """Make pending what a killed crawl left in flight, and what is to be tried again by now."""
        self.conn.execute("UPDATE url SET state = 'pending' WHERE state = 'in_flight'")
        for site in sites:
            self.conn.execute(
                "UPDATE url SET state = 'pending', next_visit_at = NULL "
                "WHERE site = ? AND next_visit_at <= ? AND state IN ('failed', 'skipped') "
                "AND kind = 'article' "
                "AND NOT EXISTS (SELECT 1 FROM article WHERE article.key = url.key)",
                (site, now),
            )

    def take(self, site: str, most: int, since: str | None = None) -> list[Due]:
        """The next addresses of a site; they are in flight from now on. See `waiting`."""
        due = self.waiting(site, most, since)
        self.conn.executemany(
            "UPDATE url SET state = 'in_flight', asked_crawl = ? WHERE id = ?",
            [(self.crawl_id, taken.id) for taken in due],
        )
        return due

    def waiting(self, site: str, most: int, since: str | None = None) -> list[Due]:
        """The next addresses of a site, the newest finds first.

        Those on a host whose robots.txt could not be had come behind all others, so that such a
        host never stands before the rest of the paper.

        Of several addresses of one article one is taken: the others become its aliases, or are
        taken when it fails.

        Args:
            site: key of the site.
            most: how many.
            since: day before which nothing is taken, where a source says the day.
        """
        rows = self._waiting(site, most, since, "IS NOT")
        if len(rows) < most:
            rows += self._waiting(site, most - len(rows), since, "IS")
        due: dict[str, Due] = {}
        for url_id, url, key, is_found in rows:
            due.setdefault(key, Due(url_id, url, key, bool(is_found)))
        return list(due.values())

    def _waiting(self, site: str, most: int, since: str | None, operator: str) -> list[Any]:
        # two queries, each in the order of an index: a sort of all that waits takes too long
        return self.conn.execute(
            "SELECT id, url, key, listed_crawl IS ?1 FROM url "
            "WHERE site = ?2 AND kind = 'article' AND state = 'pending' "
            "AND (?3 IS NULL OR listed_at IS NULL OR listed_at >= ?3) "
            "AND NOT EXISTS (SELECT 1 FROM url AS other WHERE other.key = url.key "
            f"AND other.state IN ('in_flight', 'done')) AND reason {operator} 'robots_unavailable' "
            "ORDER BY discovered_crawl DESC, id LIMIT ?4",
            (self.crawl_id, site, since, most),
        ).fetchall()

    def give_back(self) -> None:
        """What was taken and not asked for is pending again; a second try that was not made is not.

        It has failed, as it had before, and follows its plan.
        """
        self.conn.execute("UPDATE url SET state = 'pending' WHERE state = 'in_flight'")
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
