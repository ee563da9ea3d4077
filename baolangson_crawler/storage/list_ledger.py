"""What the ledger knows of lists: how far they were walked, and how to ask whether they changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from baolangson_crawler.storage import list_visits
from baolangson_crawler.walk_state import WalkState


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask by whether a list has changed, and the list as it was then."""

    etag: str | None
    last_modified: str | None
    capture_id: int
    fetched_at: str
    final_url: str | None


class ListLedger:
    """The lists of the ledger, and what of their articles was known when."""

    def __init__(self, conn: sqlite3.Connection, crawl_id: int) -> None:
        self.conn = conn
        self.crawl_id = crawl_id

    def knew(self, key: str, before: str | None) -> bool:
        """Whether an article was found before a moment; at any time where None is given.

        What is no article's key is nothing that anybody waits for: it counts as known.
        """
        if key.startswith(("http://", "https://")):
            return True
        row = self.conn.execute(
            "SELECT 1 FROM url WHERE key = ?1 AND (?2 IS NULL OR discovered_at < ?2) LIMIT 1",
            (key, before),
        ).fetchone()
        return row is not None

    def lists_news(self, keys: Iterable[str]) -> bool:
        """Whether one of these articles was not found before this crawl."""
        return any(
            self.conn.execute(
                "SELECT 1 FROM url WHERE key = ? AND discovered_crawl < ? LIMIT 1",
                (key, self.crawl_id),
            ).fetchone()
            is None
            for key in keys
        )

    def all_older(self, keys: Iterable[str], day: str) -> bool:
        """Whether the archive has articles of these keys, and all were published before a day."""
        days = [
            published
            for key in keys
            for (published,) in self.conn.execute(
                "SELECT published_at FROM article WHERE key = ?1 AND published_at IS NOT NULL "
                "UNION ALL SELECT listed_at FROM url WHERE key = ?1 AND listed_at IS NOT NULL",
                (key,),
            )
        ]
        return bool(days) and all(published < day for published in days)

    def walk_state(self, url: str) -> WalkState | None:
        """How far a list was walked, by the address of its first page."""
        return list_visits.walk_state(self.conn, url)

    def was_read(self, url: str) -> bool:
        """Whether the last visit to a page of a list read it."""
        row = self.conn.execute(
            "SELECT failure IS NULL FROM fetch JOIN url ON url.id = url_id WHERE url.url = ? "
            "ORDER BY fetch.id DESC LIMIT 1",
            (url,),
        ).fetchone()
        return bool(row and row[0])

    def walked(self, url: str, walk: str, state: WalkState | None) -> None:
        """Note how far a list was walked."""
        self.conn.execute("UPDATE url SET walk = ? WHERE url = ?", (walk, url))
        if state is not None:
            list_visits.note_walk(self.conn, url, state)

    def validators(self, url: str) -> Validators | None:
        """How to ask whether a list has changed since it was fetched whole."""
        row = self.conn.execute(
            "SELECT url.etag, url.last_modified, capture_id, fetch.fetched_at, final_url "
            "FROM url JOIN fetch ON fetch.url_id = url.id "
            "WHERE url.url = ? AND status = 200 AND failure IS NULL AND capture_id IS NOT NULL "
            "ORDER BY fetch.id DESC LIMIT 1",
            (url,),
        ).fetchone()
        return Validators(*row) if row and (row[0] or row[1]) else None

    def unchanged_in_a_row(self, url: str) -> int:
        """How often an address has answered 304 since it was sent whole; four at most."""
        row = self.conn.execute(
            "SELECT sum(whole = 0) FROM (SELECT sum(status IS NOT 304) OVER (ORDER BY id DESC) "
            "AS whole FROM (SELECT fetch.id AS id, status FROM fetch JOIN url ON url.id = url_id "
            "WHERE url.url = ? AND failure IS NULL ORDER BY fetch.id DESC LIMIT 4))",
            (url,),
        ).fetchone()
        return int(row[0] or 0)
