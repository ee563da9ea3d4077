"""What somebody else has captured, or has listed: written to the archive without a crawl."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from baolangson_crawler.items import Visit
from baolangson_crawler.storage import articles, fetches, repeats
from baolangson_crawler.storage.archive import Archive
from baolangson_crawler.storage.days import Tally
from baolangson_crawler.storage.frontier import BACKFILL
from baolangson_crawler.storage.rows import instant


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportedVisit(Visit):
    """A visit that somebody else made; ``visited_at`` is when they did."""

    imported_from: str
    """Name of the file."""

    record_id: str
    """Identity of the record in it."""


class Listed(NamedTuple):
    """An article's address in somebody else's list of captures."""

    site: str
    key: str
    """Identity of the article (``items.article_key``)."""

    url: str
    day: str | None
    """Day on which it was captured: the article was there by then."""


class _Unwatched(Tally):
    """The days of a paper tell how crawls went: what an import brings is no part of them."""

    def write(self) -> None:
        """Add nothing."""


class ImportArchive(Archive):
    """One open archive with one import writing to it.

    Visits are written as a crawl's, with three differences: a state of an article that is older
    than what the archive has is history; an address that was asked for since keeps its state in the
    ledger; and a page that is no article says nothing of what the paper would answer now, so its
    address waits to be asked for.
    """

    tally = _Unwatched

    def has_record(self, record_id: str) -> bool:
        """Whether a record was imported before, or waits to be written."""
        if any(getattr(visit, "record_id", None) == record_id for visit in self._gathered):
            return True
        row = self.conn.execute("SELECT 1 FROM fetch WHERE record_id = ? LIMIT 1", (record_id,))
        return row.fetchone() is not None

    def _write(self, visit: Visit) -> None:
        assert isinstance(visit, ImportedVisit)
        conn, ledger, counter = self.conn, self.ledger, self.counters[visit.site]
        seen_at = instant(visit.visited_at)
        read, kept = visit.article, repeats.as_repeated(conn, visit)
        key = self._key(visit.site, visit.url)
        url_id = ledger.visit(visit, key, instant(datetime.now(UTC)))
        fetch_id = fetches.write(conn, self.crawl_id, visit, url_id)
        conn.execute(
            "UPDATE fetch SET imported_from = ?, record_id = ? WHERE id = ?",
            (visit.imported_from, visit.record_id, fetch_id),
        )
        if kept.article is not None:
            article_id, _ = articles.write(
                conn, kept, counter, seen_at, fetch_id, may_be_history=True
            )
            self._note_article(kept, url_id, article_id, seen_at)
            for found in {kept.article.key, key} - {None}:
                counter["duplicate"] += ledger.settle(str(found), article_id, seen_at)
            conn.execute("DELETE FROM held WHERE url_id = ?", (url_id,))
            return
        counter["held"] += 1
        self._hold(kept, key, url_id, fetch_id)
        if read is not None:
            counter[repeats.REASON] += 1
            counter.update(repeats.withdraw(conn, ledger, self._tally, kept, read))

    def _note_article(self, visit: Visit, url_id: int, article_id: int, seen_at: str) -> None:
        fetched_at = self.conn.execute(
            "SELECT fetched_at FROM url WHERE id = ?", (url_id,)
        ).fetchone()[0]
        if fetched_at is None or fetched_at <= seen_at:
            capture = visit.capture
            headers = {name.lower(): value for name, value in capture.headers} if capture else {}
            self.ledger.done(url_id, seen_at, article_id, headers)
        else:
            self.conn.execute("UPDATE url SET article_id = ? WHERE id = ?", (article_id, url_id))

    def _hold(self, visit: Visit, key: str | None, url_id: int, fetch_id: int) -> None:
        """Hold a page that is no article, unless the archive has the article from elsewhere."""
        state = self.conn.execute("SELECT state FROM url WHERE id = ?", (url_id,)).fetchone()[0]
        held = self.conn.execute("SELECT 1 FROM article WHERE key = ?", (key,)).fetchone()
        if held or state in ("done", "gone"):
            return
        fetches.hold(self.conn, visit, url_id, fetch_id)
        self.conn.execute(
            "UPDATE url SET rank = ? WHERE id = ? AND discovered_crawl = ? AND state = 'pending'",
            (BACKFILL, url_id, self.crawl_id),
        )

    def add(self, listed: Iterable[Listed], now: datetime) -> None:
        """Enter addresses of articles that nothing in the ledger names, to be backfilled.

        An article that waits already is known to be there since the first of its captures.
        """
        found_at = instant(now)
        with self._transaction():
            for entry in listed:
                self.counters[entry.site][self._add(entry, found_at)] += 1

    def _add(self, entry: Listed, found_at: str) -> str:
        known = self.conn.execute(
            "SELECT 1 FROM url WHERE key = ?1 UNION ALL SELECT 1 FROM article WHERE key = ?1 "
            "UNION ALL SELECT 1 FROM url WHERE url = ?2 LIMIT 1",
            (entry.key, entry.url),
        ).fetchone()
        if known is None:
            self.conn.execute(
                "INSERT INTO url (url, site, kind, key, state, rank, discovered_at, "
                "discovered_crawl, listed_at) VALUES (?, ?, 'article', ?, 'pending', ?, ?, ?, ?)",
                (
                    *(entry.url, entry.site, entry.key, BACKFILL),
                    *(found_at, self.crawl_id, entry.day),
                ),
            )
            return "found"
        if entry.day:
            self.conn.execute(
                "UPDATE url SET listed_at = ?1 WHERE key = ?2 AND rank = ?3 "
                "AND state = 'pending' AND (listed_at IS NULL OR listed_at > ?1)",
                (entry.day, entry.key, BACKFILL),
            )
        return "known"
