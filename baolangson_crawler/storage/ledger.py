"""The URL ledger: every address ever seen, what is known of it, and what is still to be fetched."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Literal

from baolangson_crawler.items import Link, Visit

Offer = Literal["wanted", "held", "asked", "given-up"]
MOST_ATTEMPTS = 5
"""An address that fails or gives no article is tried in this many crawls, then given up."""

# What a paper says of the address itself; 500 too, for a page that breaks its server every time.
_LASTING = tuple(
    "http_400 http_401 http_403 http_404 http_410 http_451 http_500 redirect too_large "
    "not_storable".split()
)

# What was in the way of the paper for a while and says nothing of the address.
_PASSING = ("robots", "maintenance", "challenge", "captive_portal")


class Ledger:
    """Asks and fills the ``url`` table; the archive decides when a transaction ends."""

    def __init__(self, conn: sqlite3.Connection, crawl_id: int) -> None:
        self.conn = conn
        self.crawl_id = crawl_id
        self._asked: set[str] = set()

    def offer(self, url: str, key: str) -> Offer:
        """Whether an article's address is to be fetched in this crawl.

        Args:
            url: the address as found.
            key: identity of the article that the address names (``items.article_key``).

        Returns:
            ``wanted``: not held and not asked for before in this crawl, or failed earlier;
            ``held``: the archive has the article;
            ``asked``: this crawl has asked for it already, maybe under another address;
            ``given-up``: it failed, or gave no article, in ``MOST_ATTEMPTS`` crawls.
        """
        if key in self._asked:
            return "asked"
        self._asked.add(key)
        if self.conn.execute("SELECT 1 FROM article WHERE key = ?", (key,)).fetchone():
            return "held"
        row = self.conn.execute(
            "SELECT state, attempts, reason FROM url WHERE url = ?", (url,)
        ).fetchone()
        if row is None or row[0] == "pending":
            return "wanted"
        state, attempts, reason = row
        if state == "fetched" or reason == "alias":
            return "held"
        # robots.txt may open what it closed; asking it again costs the paper nothing
        if attempts < MOST_ATTEMPTS or (reason or "").startswith("robots"):
            return "wanted"
        return "given-up"

    def lacks_any(self, links: Iterable[tuple[str, str]]) -> bool:
        """Whether one of these addresses and keys names an article that is still to be had."""
        for url, key in links:
            if self.conn.execute("SELECT 1 FROM article WHERE key = ?", (key,)).fetchone():
                continue
            row = self.conn.execute(
                "SELECT state, attempts FROM url WHERE url = ?", (url,)
            ).fetchone()
            if row is None or row[0] == "pending":
                return True
            if row[0] == "failed" and row[1] < MOST_ATTEMPTS:
                return True
        return False

    def other_address(self, key: str, url: str) -> str | None:
        """An address of the same article that was not asked for yet."""
        row = self.conn.execute(
            "SELECT url FROM url WHERE key = ? AND url != ? AND state = 'pending' AND NOT EXISTS "
            "(SELECT 1 FROM article WHERE article.key = url.key) ORDER BY id LIMIT 1",
            (key, url),
        ).fetchone()
        return str(row[0]) if row else None

    def complete_walks(self) -> set[str]:
        """Addresses of the lists that the last walk followed to their end."""
        rows = self.conn.execute("SELECT url FROM url WHERE walk = 'complete'")
        return {url for (url,) in rows}

    def walked(self, url: str, walk: str) -> None:
        """Note how far a list was walked."""
        self.conn.execute("UPDATE url SET walk = ? WHERE url = ?", (walk, url))

    def pending(self, site: str) -> Iterator[tuple[str, str]]:
        """Addresses and keys of articles that earlier crawls found and did not get."""
        last = 0
        while True:
            rows = self.conn.execute(
                "SELECT id, url, key FROM url WHERE site = ? AND kind = 'article' AND id > ? "
                "AND state IN ('pending', 'failed', 'skipped') AND reason IS NOT 'alias' "
                "AND (attempts < ? OR reason LIKE 'robots%') ORDER BY id LIMIT 500",
                (site, last, MOST_ATTEMPTS),
            ).fetchall()
            if not rows:
                return
            last = rows[-1][0]
            yield from ((url, key) for _, url, key in rows)

    def visit(self, visit: Visit, key: str | None, seen_at: str) -> int:
        """Make sure that the visited address has a row; its id."""
        row = self.conn.execute("SELECT id FROM url WHERE url = ?", (visit.url,)).fetchone()
        if row:
            return int(row[0])
        return self._insert(visit.url, visit.site, visit.kind, key, seen_at, None, None)

    def found(self, link: Link, site: str, key: str, seen_at: str, source: int) -> None:
        """Note an article's address that a page lists; one that is known stays as it is."""
        known = self.conn.execute("SELECT 1 FROM url WHERE url = ?", (link.url,)).fetchone()
        if not known:
            self._insert(link.url, site, "article", key, seen_at, source, link.modified_raw)

    def _insert(
        self,
        url: str,
        site: str,
        kind: str,
        key: str | None,
        seen_at: str,
        source: int | None,
        listed_modified: str | None,
    ) -> int:
        cursor = self.conn.execute(
            "INSERT INTO url (url, site, kind, key, state, discovered_at, discovered_from, "
            "discovered_crawl, listed_modified) VALUES (?, ?, ?, ?, 'pending', ?, ?, ?, ?)",
            (url, site, kind, key, seen_at, source, self.crawl_id, listed_modified),
        )
        return int(cursor.lastrowid or 0)

    def fetched(
        self, url_id: int, seen_at: str, article_id: int | None, headers: dict[str, str]
    ) -> None:
        """The address answered with what was expected of it."""
        self.conn.execute(
            "UPDATE url SET state = 'fetched', reason = NULL, article_id = ?, fetched_at = ?, "
            "attempts = 0, etag = ?, last_modified = ? WHERE id = ?",
            (article_id, seen_at, headers.get("etag"), headers.get("last-modified"), url_id),
        )

    def failed(self, url_id: int, seen_at: str, reason: str) -> None:
        """The address did not answer, or not with success.

        Only what the paper says of the address itself counts as an attempt: a server that is
        down, or asks to come later, says nothing of it.
        """
        self.conn.execute(
            "UPDATE url SET state = 'failed', reason = ?, fetched_at = ?, attempts = attempts + ? "
            "WHERE id = ?",
            (reason, seen_at, int(reason.startswith(_LASTING)), url_id),
        )

    def skipped(self, url_id: int, reason: str) -> None:
        """The address is not to be fetched, or what it gave is held."""
        self.conn.execute(
            "UPDATE url SET state = 'skipped', reason = ?, attempts = attempts + ? WHERE id = ?",
            (reason, int(not reason.startswith(_PASSING)), url_id),
        )

    def settle_aliases(self, seen_at: str) -> dict[str, int]:
        """Addresses still pending that name an article held by now become its aliases.

        Returns:
            How many, by site.
        """
        rows = self.conn.execute(
            "SELECT url.id, url.url, url.site, article.id FROM url JOIN article USING (key) "
            "WHERE url.state IN ('pending', 'failed') AND url.kind = 'article'"
        ).fetchall()
        counts: dict[str, int] = {}
        for url_id, url, site, article_id in rows:
            self.conn.execute(
                "UPDATE url SET state = 'skipped', reason = 'alias', article_id = ? WHERE id = ?",
                (article_id, url_id),
            )
            added = self.conn.execute(
                "INSERT INTO alias (url, article_id, kind, seen_at) VALUES (?, ?, 'listed', ?) "
                "ON CONFLICT(url) DO NOTHING",
                (url, article_id, seen_at),
            ).rowcount
            counts[site] = counts.get(site, 0) + added
        return counts
