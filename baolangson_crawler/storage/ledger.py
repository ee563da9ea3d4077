"""The URL ledger: every address ever seen, what is known of it, and what is still to be fetched.

What was found is ``pending`` until it is asked for (``in_flight``), and then ``done``, ``failed``,
``skipped`` or ``gone``, each with a reason.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NamedTuple

from baolangson_crawler.failures import GONE, class_of, next_visit
from baolangson_crawler.items import Link, Visit
from baolangson_crawler.storage.announcements import announced, relisted
from baolangson_crawler.storage.list_ledger import ListLedger
from baolangson_crawler.storage.rows import instant


class Found(NamedTuple):
    """What the ledger says of an address that a page lists."""

    what: Literal["wanted", "held", "again"]
    """``held``: the archive has the article; ``again``: this crawl has met the article already,
    maybe under another address."""

    aliases: int = 0
    """New addresses of an article that is held."""


class Ledger(ListLedger):
    """Asks and fills the ``url`` table; the archive decides when a transaction ends."""

    # --- What was found ------------------------------------------------------------------

    def visit(self, visit: Visit, key: str | None, seen_at: str) -> int:
        """Make sure that the visited address has a row; its id."""
        row = self.conn.execute("SELECT id FROM url WHERE url = ?", (visit.url,)).fetchone()
        if row:
            return int(row[0])
        return self._insert(Link(url=visit.url), visit.site, visit.kind, key, seen_at, None, None)

    def found(
        self,
        link: Link,
        site: str,
        key: str,
        seen_at: str,
        source: int,
        day: str | None,
        rank: int = 0,
    ) -> Found:
        """Note an article's address that a page lists.

        Args:
            link: as listed.
            site: key of the site.
            key: identity of the article that the address names (``items.article_key``).
            seen_at: when.
            source: row of the page that lists it.
            day: of publication or of the last change, where the source says it.
            rank: how urgent it is, if it is to be fetched; one that was less urgent becomes so.
        """
        again = self.conn.execute(
            "SELECT 1 FROM url WHERE key = ?1 AND (listed_crawl = ?2 OR asked_crawl = ?2) LIMIT 1",
            (key, self.crawl_id),
        ).fetchone()
        row = self.conn.execute(
            "SELECT id, state, reason, listed_crawl, listed_modified FROM url WHERE url = ?",
            (link.url,),
        ).fetchone()
        article = self._is_held(key)
        if row is None:
            self._insert(link, site, "article", key, seen_at, source, day, rank)
            article = article or self._led_to(key)
            aliases = self.settle(key, article, seen_at) if article else 0
            return Found("again" if again else "held" if article else "wanted", aliases)
        url_id, state, reason, listed, stated = row
        if listed != self.crawl_id:
            self.conn.execute(
                "UPDATE url SET listed_crawl = ? WHERE id = ?", (self.crawl_id, url_id)
            )
        self._hasten(url_id, rank)
        if article and link.modified_raw and link.modified_raw != stated:
            announced(self.conn, site, article, url_id, link.modified_raw, seen_at)
        if article and listed != self.crawl_id:
            relisted(self.conn, article, listed, seen_at)
        self._revive(url_id, state, seen_at)
        held = article or state == "done" or reason == "alias"
        return Found("again" if again else "held" if held else "wanted")

    def place(self, url: str, site: str, key: str, article_id: int, seen_at: str) -> int:
        """Make sure that a held article has a row for an address; its id."""
        row = self.conn.execute("SELECT id FROM url WHERE url = ?", (url,)).fetchone()
        url_id = (
            int(row[0])
            if row
            else self._insert(Link(url=url), site, "article", key, seen_at, None, None)
        )
        self.done(url_id, seen_at, article_id, {})
        return url_id

    def _led_to(self, key: str) -> int | None:
        """The article to which an address of this key has led, though it has another key."""
        row = self.conn.execute(
            "SELECT article_id FROM url WHERE key = ? AND state = 'done' "
            "AND article_id IS NOT NULL LIMIT 1",
            (key,),
        ).fetchone()
        return int(row[0]) if row else None

    def _hasten(self, url_id: int, rank: int) -> None:
        """What waits and is listed by a more urgent source is as urgent."""
        self.conn.execute(
            "UPDATE url SET rank = ?1 WHERE id = ?2 AND rank > ?1 AND state != 'done'",
            (rank, url_id),
        )

    def _revive(self, url_id: int, state: str, seen_at: str) -> None:
        """An address that was given up and is listed again is asked again, once a month."""
        if state in ("failed", "skipped", "gone"):
            self.conn.execute(
                "UPDATE url SET state = 'pending', attempts = 0 WHERE id = ? "
                "AND reason IS NOT 'alias' AND next_visit_at IS NULL "
                "AND datetime(fetched_at, '+30 days') <= datetime(?)",
                (url_id, seen_at),
            )

    def _is_held(self, key: str) -> int | None:
        row = self.conn.execute("SELECT id FROM article WHERE key = ?", (key,)).fetchone()
        return int(row[0]) if row else None

    def _insert(
        self,
        link: Link,
        site: str,
        kind: str,
        key: str | None,
        seen_at: str,
        source: int | None,
        day: str | None,
        rank: int = 0,
    ) -> int:
        cursor = self.conn.execute(
            "INSERT INTO url (url, site, kind, key, state, discovered_at, discovered_from, "
            "discovered_crawl, listed_crawl, listed_modified, listed_at, rank) "
            "VALUES (?, ?, ?, ?, 'pending', ?, ?, ?, ?, ?, ?, ?)",
            (
                *(link.url, site, kind, key, seen_at, source, self.crawl_id),
                *(self.crawl_id if source else None, link.modified_raw, day, rank),
            ),
        )
        return int(cursor.lastrowid or 0)

    # --- What came of it -----------------------------------------------------------------

    def done(
        self,
        url_id: int,
        seen_at: str,
        article_id: int | None,
        headers: dict[str, str],
        *,
        unchanged: bool = False,
    ) -> None:
        """The address answered with what was expected of it.

        A 304 (``unchanged``) need not repeat the validators (RFC 9110, 15.4.5): they stay.
        """
        self.conn.execute(
            "UPDATE url SET state = 'done', reason = NULL, article_id = ?, fetched_at = ?, "
            "next_visit_at = NULL, attempts = 0, "
            "etag = coalesce(?, iif(?, etag, NULL)), "
            "last_modified = coalesce(?, iif(?, last_modified, NULL)) WHERE id = ?",
            (
                *(article_id, seen_at, headers.get("etag"), unchanged),
                *(headers.get("last-modified"), unchanged, url_id),
            ),
        )

    def failed(self, url_id: int, now: datetime, reason: str, *, state: str = "failed") -> None:
        """The address did not answer, or not with what was expected of it.

        A crawl counts as one attempt however often it asks. When the address is tried again, and
        when it is given up, is said in ``failures.next_visit``.

        Args:
            url_id: its row.
            now: when.
            reason: reason code.
            state: ``failed``, or ``skipped`` for an answer that is no article and for an address
                that is not to be fetched.
        """
        row = self.conn.execute(
            "SELECT attempts, failed_crawl FROM url WHERE id = ?", (url_id,)
        ).fetchone()
        counts = row[1] != self.crawl_id and class_of(reason) != "blocked"
        attempts = row[0] + int(counts)
        again = next_visit(reason, max(attempts, 1), now)
        if again is None and reason in GONE:
            state = "gone"
        self.conn.execute(
            "UPDATE url SET state = ?, reason = ?, fetched_at = ?, next_visit_at = ?, "
            "attempts = ?, failed_crawl = ? WHERE id = ?",
            (
                *(state, reason, instant(now), instant(again) if again else None),
                *(attempts, self.crawl_id, url_id),
            ),
        )

    def reason(self, url_id: int) -> str | None:
        """The reason of the last visit that gave nothing."""
        row = self.conn.execute("SELECT reason FROM url WHERE id = ?", (url_id,)).fetchone()
        return row[0] if row else None

    def settle(self, key: str, article_id: int, seen_at: str) -> int:
        """Addresses that wait and name an article held by now become its aliases; how many."""
        rows = self.conn.execute(
            "SELECT id, url FROM url WHERE key = ? AND kind = 'article' "
            "AND (state IN ('pending', 'failed') OR (state = 'skipped' AND reason IS NOT 'alias'))",
            (key,),
        ).fetchall()
        added = 0
        for url_id, url in rows:
            self.conn.execute(
                "UPDATE url SET state = 'skipped', reason = 'alias', next_visit_at = NULL, "
                "article_id = ? WHERE id = ?",
                (article_id, url_id),
            )
            added += self.conn.execute(
                "INSERT INTO alias (url, article_id, kind, seen_at) VALUES (?, ?, 'listed', ?) "
                "ON CONFLICT(url) DO NOTHING",
                (url, article_id, seen_at),
            ).rowcount
        return added
