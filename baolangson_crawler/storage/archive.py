"""The archive: the only class that writes.

A visit is written whole or not at all: its fetch, its capture, the article and its version, the
state of its address and the links found on the page are one transaction. Visits are gathered and
written in batches; what a crash takes with it is still pending in the ledger.
"""

from __future__ import annotations

import logging
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from baolangson_crawler.backfilling import NO_ARTICLE
from baolangson_crawler.exceptions import ArchiveError
from baolangson_crawler.items import Article, Refusal, Visit
from baolangson_crawler.monitoring import Alarm
from baolangson_crawler.pacing import HostState
from baolangson_crawler.sites.base import Site
from baolangson_crawler.storage import (
    articles,
    backfill,
    captures,
    crawls,
    fetches,
    found_links,
    hosts,
    repeats,
    watch,
)
from baolangson_crawler.storage.crawls import RobotsFile
from baolangson_crawler.storage.days import Tally, count_crawl
from baolangson_crawler.storage.frontier import Due, Frontier, Wanted
from baolangson_crawler.storage.ledger import Ledger
from baolangson_crawler.storage.opening import explained, open_writing
from baolangson_crawler.storage.revisits import Revisits
from baolangson_crawler.storage.rows import instant
from baolangson_crawler.storage.sources import FoundSources

logger = logging.getLogger(__name__)
_LARGEST_BATCH = 8 * 1024 * 1024  # bytes of captures that wait to be written
_NOT_FAILURES = ("robots", "offsite", "end_of_list", NO_ARTICLE)


class Archive:
    """One open archive with one crawl writing to it.

    Use it as a context manager; leaving it writes what is gathered and closes the file. Its methods
    raise ``ArchiveNotWritable`` for a disk that is full or refuses, ``ArchiveCorrupt`` for damage.
    """

    tally = Tally

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
        """By site, what was written: ``found``, ``known``, ``new``, ``same``, ``changed``,
        ``duplicate``, ``held``, ``failed``, ``skipped``."""
        self.noted: dict[str, Counter[str]] = defaultdict(Counter)
        """By site, what the crawl saw and did not write: ``answered``, ``broken_lists``, …"""
        self.offered: Counter[str] = Counter()
        """By site, how often something came that may have given its frontier new addresses."""
        self._gathered, self._gathered_bytes = list[Visit](), 0
        self._hosts: dict[str, HostState] = {}
        self.db: Database = open_writing(path)
        with self._transaction():
            crawls.note_sites(self.conn, [*self.sites.values(), *companions])
            self.crawl_id = crawls.begin(self.conn, command, sorted(self.sites), configuration, now)
            self.frontier = Frontier(self.conn, self.crawl_id)
            self.frontier.begin(self.sites, instant(now))
        self.ledger = Ledger(self.conn, self.crawl_id)
        self.plans = backfill.Plans(self.conn, self.crawl_id, self._transaction)
        self.revisits = Revisits(self.conn, self.ledger)
        self.sources = FoundSources(self.conn, self._transaction)

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
        self._gathered_bytes += len(visit.capture.body) if visit.capture else 0
        if visit.links or visit.article is None:
            self.offered[visit.site] += 1
        if len(self._gathered) >= self.batch or self._gathered_bytes >= _LARGEST_BATCH:
            self.flush()

    def flush(self) -> None:
        """Write every gathered visit, and the pace of the hosts, in one transaction.

        A visit that the archive cannot take (a fault of a layout) is noted as failed and does
        not take the others with it.
        """
        gathered, self._gathered, self._gathered_bytes = self._gathered, [], 0
        if not gathered and not self._hosts:
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
                self._tally = self.tally(self.conn, self.crawl_id)
                for visit in visits:
                    self._write(visit)
                self._tally.write()
                hosts.save(self.conn, self._hosts.values())
            self._hosts.clear()
        except BaseException:
            self.counters.clear()
            self.counters.update(before)
            raise

    def _write(self, visit: Visit) -> None:
        seen_at = instant(visit.visited_at)
        read, visit = visit.article, repeats.as_repeated(self.conn, visit)
        url_id = self.ledger.visit(visit, self._key(visit.site, visit.url), seen_at)
        if visit.failure in fetches.FORBIDDEN and self.ledger.reason(url_id) == visit.failure:
            # decided before, and again without asking the paper: nothing new to keep
            self.ledger.failed(url_id, visit.visited_at, visit.failure, state="skipped")
            self.counters[visit.site]["skipped"] += visit.kind == "article"
            return
        counter = self.counters[visit.site]
        if known := self.revisits.known(visit, url_id):
            visit = self.revisits.judged(known, visit)
            fetch_id = fetches.write(self.conn, self.crawl_id, visit, url_id)
            self.revisits.write(known, visit, fetch_id, counter, self._tally)
        else:
            self._write_first(visit, read, url_id, seen_at)
        if visit.walk and visit.source_url:
            self.ledger.walked(visit.source_url, visit.walk, visit.walk_state)
        found_links.write(self.ledger, self.sites[visit.site], visit, seen_at, url_id, counter)
        backfill.note(self.conn, visit, url_id)

    def _write_first(self, visit: Visit, read: Article | None, url_id: int, seen_at: str) -> None:
        """Write a visit to what is no held article; ``read`` is what stood on its page."""
        counter = self.counters[visit.site]
        fetch_id = fetches.write(self.conn, self.crawl_id, visit, url_id)
        self._tally.visit(visit, url_id)
        headers = fetches.headers_of(visit)
        if visit.article is not None:
            article_id, comparison = articles.write(self.conn, visit, counter, seen_at, fetch_id)
            self._tally.article(visit.article, comparison, visit.visited_at, url_id)
            self.ledger.done(url_id, seen_at, article_id, headers)
            keys = {visit.article.key, self._key(visit.site, visit.url)} - {None}
            counter["duplicate"] += sum(
                self.ledger.settle(key, article_id, seen_at) for key in keys if key
            )
            self.conn.execute("DELETE FROM held WHERE url_id = ?", (url_id,))
            self.revisits.begin(article_id, url_id, visit.visited_at)
        elif visit.refusal is not None:
            counter["held"] += 1
            self.ledger.failed(url_id, visit.visited_at, visit.refusal.reason, state="skipped")
            fetches.hold(self.conn, visit, url_id, fetch_id)
            if read is not None:
                counter[repeats.REASON] += 1
                counter.update(repeats.withdraw(self.conn, self.ledger, self._tally, visit, read))
        elif visit.failure is not None:
            skipped = visit.failure.startswith(_NOT_FAILURES)
            counter["skipped" if skipped else "failed"] += visit.kind == "article"
            state = "skipped" if skipped else "failed"
            self.ledger.failed(url_id, visit.visited_at, visit.failure, state=state)
        else:
            unchanged = visit.capture is not None and visit.capture.status == 304
            self.ledger.done(url_id, seen_at, None, headers, unchanged=unchanged)

    def _key(self, site: str, url: str) -> str | None:
        return self.sites[site].key_of(url)

    def take(self, wanted: Wanted, now: datetime) -> list[Due]:
        """Addresses of a site that are to be asked for next; see ``Frontier.take``."""
        self.flush()
        with self._transaction():
            due = self.frontier.take(wanted, now)
        self.counters[wanted.site]["found"] += sum(not address.is_found for address in due)
        return due

    def again(self, site: str) -> int:
        """Ask once more in this crawl for what a passing fault kept from it; how many."""
        self.flush()
        with self._transaction():
            return self.frontier.again(site)

    def host(self, name: str) -> HostState:
        """What earlier crawls remember of a host."""
        with explained(self.path):
            return hosts.load(self.conn, name)

    def capture(self, capture_id: int) -> tuple[bytes, str | None]:
        """A stored answer and its media type."""
        with explained(self.path):
            return captures.load(self.conn, capture_id), captures.media_type(self.conn, capture_id)

    def note_host(self, state: HostState) -> None:
        """Keep the state of a host with the next batch."""
        self._hosts[state.host] = state

    def note_robots(self, file: RobotsFile) -> int:
        """Keep a robots.txt as it was when the crawl obeyed it; its row."""
        with self._transaction():
            return crawls.note_robots(self.conn, self.crawl_id, file)

    def robots(self, url: str, not_before: datetime) -> tuple[int, RobotsFile] | None:
        """A robots.txt that was read at a moment or later, and its row, where it may serve."""
        with explained(self.path):
            return crawls.known_robots(self.conn, url, not_before)

    def seen(self, sites: Iterable[Site], now: datetime) -> None:
        """Count the crawl for the days of sites that nothing cut short; see ``count_crawl``."""
        self.flush()
        with self._transaction():
            for site in sites:
                count_crawl(self.conn, self.crawl_id, site, now)

    def alarms(self, now: datetime) -> tuple[Alarm, ...]:
        """What the days up to this crawl say of its sites."""
        with explained(self.path):
            return watch.alarms(self.conn, self.sites, now)

    def finish(
        self,
        outcome: str,
        now: datetime,
        exit_code: int = 0,
        messages: Mapping[str, str] | None = None,
    ) -> None:
        """Write what is gathered, give back what was not asked for, close the crawl's row.

        Args:
            outcome: ``done``, ``interrupted``, ``limited`` …
            now: when it ended.
            exit_code: what cron is told.
            messages: by site, what is wrong or worth knowing.
        """
        self.flush()
        with self._transaction():
            self.revisits.confirm(now, self.counters)
            self.frontier.give_back()
            counters = {
                site: dict(self.counters[site] + self.noted[site]) for site in sorted(self.sites)
            }
            ending = crawls.Ending(outcome, exit_code, counters, messages or {}, now)
            crawls.end(self.conn, self.crawl_id, ending)
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
