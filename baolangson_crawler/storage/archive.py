"""The archive: the only class that writes.

A visit is written whole or not at all: its fetch, its capture, the article and its version, the
state of its address and the links found on the page are one transaction. Visits are gathered and
written in batches; what a crash takes with it is still pending in the ledger.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from baolangson_crawler.exceptions import ArchiveError
from baolangson_crawler.items import Article, Refusal, Visit
from baolangson_crawler.sites.base import Site
from baolangson_crawler.storage import captures, crawls, rows
from baolangson_crawler.storage.ledger import Ledger
from baolangson_crawler.storage.opening import explained, open_writing
from baolangson_crawler.storage.rows import instant
from baolangson_crawler.storage.versions import compare

logger = logging.getLogger(__name__)
_NOT_FAILURES = ("robots", "offsite", "end_of_list")


class Archive:
    """One open archive with one crawl writing to it.

    Use it as a context manager; leaving it writes what is gathered and closes the file. Every
    method raises ``ArchiveNotWritable`` when the disk is full or refuses, ``ArchiveCorrupt`` when
    the file is damaged.
    """

    def __init__(
        self,
        path: Path,
        sites: Iterable[Site],
        *,
        companions: Iterable[Site] = (),
        command: str,
        configuration: Mapping[str, object],
        now: datetime,
        batch: int = 100,
    ) -> None:
        self.path = path
        self.sites = {site.key: site for site in sites}
        self.batch = batch
        self.counters: dict[str, Counter[str]] = defaultdict(Counter)
        """By site, what was written: ``new``, ``same``, ``changed``, ``duplicate``, ``held``,
        ``failed``, ``skipped``."""
        self.noted: dict[str, Counter[str]] = defaultdict(Counter)
        """By site, what the crawl saw and did not write: ``found``, ``known``, ``answered``, …"""
        self._gathered: list[Visit] = []
        self.db: Database = open_writing(path)
        with self._transaction():
            crawls.note_sites(self.conn, [*self.sites.values(), *companions])
            self.crawl_id = crawls.begin(self.conn, command, sorted(self.sites), configuration, now)
        self.ledger = Ledger(self.conn, self.crawl_id)

    @property
    def conn(self) -> sqlite3.Connection:
        """The connection that writes."""
        conn: sqlite3.Connection = self.db.conn
        return conn

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        # IMMEDIATE: a deferred transaction that reads first fails with SQLITE_BUSY_SNAPSHOT
        # as soon as another connection has written, whatever the busy timeout.
        with explained(self.path):
            self.conn.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self.conn.in_transaction:
                    self.conn.execute("ROLLBACK")
                raise
            self.conn.execute("COMMIT")

    def save(self, visit: Visit) -> None:
        """Gather a visit; it is written with the next full batch or the next ``flush``."""
        self._gathered.append(visit)
        if len(self._gathered) >= self.batch:
            self.flush()

    def flush(self) -> None:
        """Write every gathered visit in one transaction.

        A visit that the archive cannot take (a fault of a layout) is noted as failed and does
        not take the others with it.
        """
        gathered, self._gathered = self._gathered, []
        if not gathered:
            return
        try:
            self._write_all(gathered)
        except ArchiveError:
            self._gathered = gathered + self._gathered
            raise
        except Exception:
            for visit in gathered:
                self._write_alone(visit)

    def _write_alone(self, visit: Visit) -> None:
        try:
            self._write_all([visit])
        except ArchiveError:
            raise
        except Exception as error:
            logger.exception("%s cannot be stored", visit.url)
            detail = f"{type(error).__name__}: {error}"
            refusal = Refusal(reason="not_storable", detail=detail)
            self._write_all([replace(visit, article=None, refusal=refusal, links=())])

    def _write_all(self, visits: list[Visit]) -> None:
        before = {site: counter.copy() for site, counter in self.counters.items()}
        try:
            with self._transaction():
                for visit in visits:
                    self._write(visit)
        except BaseException:
            self.counters.clear()
            self.counters.update(before)
            raise

    def _write(self, visit: Visit) -> None:
        seen_at = instant(visit.visited_at)
        url_id = self.ledger.visit(visit, self._key(visit.site, visit.url), seen_at)
        fetch_id = self._write_fetch(visit, url_id, seen_at)
        counter = self.counters[visit.site]
        headers = _headers(visit)
        if visit.article is not None:
            article_id = self._write_article(visit.article, visit, seen_at, fetch_id)
            self.ledger.fetched(url_id, seen_at, article_id, headers)
            self.conn.execute("DELETE FROM held WHERE url_id = ?", (url_id,))
        elif visit.refusal is not None:
            counter["held"] += 1
            self.ledger.skipped(url_id, visit.refusal.reason)
            self._write_held(visit, url_id, fetch_id, seen_at)
        elif visit.failure is not None:
            skipped = visit.failure.startswith(_NOT_FAILURES)
            counter["skipped" if skipped else "failed"] += visit.kind == "article"
            if skipped:
                self.ledger.skipped(url_id, visit.failure)
            else:
                self.ledger.failed(url_id, seen_at, visit.failure)
        else:
            self.ledger.fetched(url_id, seen_at, None, headers)
        if visit.walk and visit.source_url:
            self.ledger.walked(visit.source_url, visit.walk)
        for link in visit.links:
            if key := self._key(visit.site, link.url):
                self.ledger.found(link, visit.site, key, seen_at, url_id)

    def _key(self, site: str, url: str) -> str | None:
        return self.sites[site].key_of(url)

    def _write_fetch(self, visit: Visit, url_id: int, seen_at: str) -> int:
        capture = visit.capture
        capture_id = captures.store(self.conn, capture) if capture and capture.body else None
        cursor = self.conn.execute(
            "INSERT INTO fetch (crawl_id, url_id, fetched_at, status, failure, final_url, "
            "redirects, headers, elapsed, robots_rule, capture_id) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                self.crawl_id,
                url_id,
                seen_at,
                capture.status if capture else None,
                visit.failure,
                capture.url if capture and capture.url != visit.url else None,
                json.dumps(capture.redirects) if capture and capture.redirects else None,
                json.dumps(capture.headers, ensure_ascii=False) if capture else None,
                capture.elapsed if capture else None,
                capture.robots_rule if capture else None,
                capture_id,
            ),
        )
        return int(cursor.lastrowid or 0)

    def _write_held(self, visit: Visit, url_id: int, fetch_id: int, seen_at: str) -> None:
        assert visit.refusal is not None
        self.conn.execute(
            "INSERT INTO held (url_id, site, reason, detail, fetch_id, held_at) "
            "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT(url_id) DO UPDATE SET reason = excluded.reason, "
            "detail = excluded.detail, fetch_id = excluded.fetch_id, held_at = excluded.held_at",
            (url_id, visit.site, visit.refusal.reason, visit.refusal.detail, fetch_id, seen_at),
        )

    def _write_article(self, article: Article, visit: Visit, seen_at: str, fetch_id: int) -> int:
        counter = self.counters[visit.site]
        row = self.conn.execute(
            "SELECT article.id, content_sha256 FROM article "
            "JOIN version ON version.id = article.version_id WHERE article.key = ?",
            (article.key,),
        ).fetchone()
        comparison = compare(row[1] if row else None, article)
        if row is None:
            article_id = rows.insert_article(self.conn, article, seen_at)
            self._write_version(article_id, article, seen_at, fetch_id)
        else:
            article_id = int(row[0])
            rows.note_seen(self.conn, article_id, article, seen_at)
        if comparison == "changed":
            self._replace_version(article_id, article, seen_at, fetch_id)
        counter[comparison] += 1
        counter["undated"] += article.published is None or article.published.at is None
        for number, url in enumerate(dict.fromkeys((visit.url, article.url))):
            kind = "first" if row is None else "fetched"
            added = rows.add_alias(self.conn, url, article_id, kind, seen_at, fetch_id)
            counter["duplicate"] += added and (row is not None or number > 0)
        return article_id

    def _write_version(
        self, article_id: int, article: Article, seen_at: str, fetch_id: int
    ) -> None:
        rows.insert_version(self.conn, article_id, article, seen_at, fetch_id)
        rows.replace_tags(self.conn, article_id, article.tags)
        rows.replace_related(self.conn, article_id, article)
        rows.index_article(self.conn, article_id)
        published = article.published
        day = published.at.date().isoformat() if published and published.at else ""
        rows.count_day(self.conn, article.site, day, article.section or "", 1)

    def _replace_version(
        self, article_id: int, article: Article, seen_at: str, fetch_id: int
    ) -> None:
        day, section = self.conn.execute(
            "SELECT coalesce(substr(published_at, 1, 10), ''), coalesce(section, '') "
            "FROM article WHERE id = ?",
            (article_id,),
        ).fetchone()
        rows.unindex_article(self.conn, article_id)
        rows.count_day(self.conn, article.site, day, section, -1)
        rows.update_article(self.conn, article_id, article)
        self._write_version(article_id, article, seen_at, fetch_id)

    def note_robots(
        self, host: str, fetched_at: datetime, status: int | None, outcome: str, text: str | None
    ) -> None:
        """Keep a robots.txt as it was when the crawl obeyed it."""
        with self._transaction():
            values = (self.crawl_id, host, instant(fetched_at), status, outcome, text)
            crawls.note_robots(self.conn, values)

    def finish(self, outcome: str, now: datetime) -> None:
        """Write what is gathered, settle aliases and close the crawl's row."""
        self.flush()
        with self._transaction():
            for site, count in self.ledger.settle_aliases(instant(now)).items():
                self.counters[site]["duplicate"] += count
            counters = {
                site: dict(self.counters[site] + self.noted[site]) for site in sorted(self.sites)
            }
            crawls.end(self.conn, self.crawl_id, outcome, counters, now)
        with explained(self.path):
            self.conn.execute("PRAGMA optimize")
            self.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close the file; what is gathered and not flushed stays pending in the ledger."""
        self.db.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def _headers(visit: Visit) -> dict[str, str]:
    capture = visit.capture
    return {name.lower(): value for name, value in capture.headers} if capture else {}
