"""The plan of a backfill as rows, and the old articles that wait, in the order asked for."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, NamedTuple

from baolangson_crawler import clock
from baolangson_crawler.backfilling import (
    NO_ARTICLE,
    BackfillVisit,
    Bounds,
    Numbers,
    Step,
    id_address,
    is_by_number,
)
from baolangson_crawler.backfilling.steps import FIRST_DAY, LAST_DAY
from baolangson_crawler.items import Visit
from baolangson_crawler.sites.base import Site
from baolangson_crawler.storage.rows import instant

# Of an address without a number it is 0. The index url_backfill has the same words.
NUMBER = "CAST(substr(key, instr(key, ':') + 1) AS INTEGER)"
_RANK = 3
WAITING = (
    f"site = :site AND rank = {_RANK} AND kind = 'article' AND state = 'pending' "
    "AND NOT EXISTS (SELECT 1 FROM url AS other WHERE other.key = url.key "
    "AND other.state IN ('in_flight', 'done'))"
)
_OPEN, _CLOSED = "reason IS NOT 'robots_unavailable'", "reason IS 'robots_unavailable'"
_KNOWN, _UNKNOWN = "listed_at BETWEEN :since AND :until", "listed_at IS NULL"
_COLUMNS = "step kind since until position state left_at requests found".split()
_UPSERT = (
    f"INSERT INTO backfill (site, {', '.join(_COLUMNS)}) VALUES (?{', ?' * len(_COLUMNS)}) "
    "ON CONFLICT (site, step) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS[1:])
)


class First(NamedTuple):
    """The article whose turn it is."""

    day: str | None
    """Where a list says it."""


def days(bounds: Bounds) -> dict[str, str]:
    """The bounds as parameters of a statement."""
    return {"since": bounds.since or FIRST_DAY, "until": bounds.until or LAST_DAY}


def waiting(
    conn: sqlite3.Connection, crawl_id: int, site: str, most: int, bounds: Bounds
) -> list[Any]:
    """The next old articles: by their day within the bounds, then those of unknown day by number.

    Returns:
        Rows of id, address, key, and whether this crawl has counted it as found.
    """
    columns = "id, url, key, listed_crawl IS :crawl"
    found: list[Any] = []
    for which in (f"{_OPEN} AND {_KNOWN}", f"{_OPEN} AND {_UNKNOWN}", _CLOSED):
        if (left := most - len(found)) > 0:
            found += _rows(conn, columns, which, site, left, bounds, crawl_id)
    return found


def _rows(
    conn: sqlite3.Connection,
    columns: str,
    which: str,
    site: str,
    most: int,
    bounds: Bounds,
    crawl_id: int | None = None,
) -> list[Any]:
    way = "DESC" if bounds.order == "newest" else "ASC"
    return conn.execute(
        f"SELECT {columns} FROM url WHERE {WAITING} AND {which} "
        f"ORDER BY listed_at {way}, {NUMBER} {way} LIMIT :most",
        {"site": site, "most": most, "crawl": crawl_id, **days(bounds)},
    ).fetchall()


def first(conn: sqlite3.Connection, site: str, bounds: Bounds) -> First | None:
    """The article whose turn it is; None where none waits."""
    for which in (f"{_OPEN} AND {_KNOWN}", f"{_OPEN} AND {_UNKNOWN}"):
        if rows := _rows(conn, "listed_at", which, site, 1, bounds):
            return First(rows[0][0])
    return None


def steps(conn: sqlite3.Connection, site: str) -> list[Step]:
    """The steps of a site."""
    rows = conn.execute(
        f"SELECT {', '.join(_COLUMNS)} FROM backfill WHERE site = ? ORDER BY step", (site,)
    )
    return [Step(address=row[0], **dict(zip(_COLUMNS[1:], row[1:], strict=True))) for row in rows]


def note(conn: sqlite3.Connection, visit: Visit, url_id: int) -> None:
    """What a visit says of the plan; called in the transaction that writes the visit."""
    if not isinstance(visit, BackfillVisit):
        return
    if visit.by_number and visit.failure == NO_ARTICLE:
        conn.execute("UPDATE url SET kind = 'number' WHERE id = ?", (url_id,))
    if visit.step:
        conn.execute(_UPSERT, _row(visit.site, visit.step))
    _add(conn, visit.site, visit.steps)


def _row(site: str, step: Step) -> tuple[object, ...]:
    return (
        *(site, step.address, step.kind, step.since, step.until, step.position),
        *(step.state, step.left_at, step.requests, step.found),
    )


def _add(conn: sqlite3.Connection, site: str, added: Iterable[Step]) -> None:
    conn.executemany(
        f"INSERT INTO backfill (site, {', '.join(_COLUMNS)}) "
        f"VALUES (?{', ?' * len(_COLUMNS)}) ON CONFLICT (site, step) DO NOTHING",
        [_row(site, step) for step in added],
    )


def numbers(conn: sqlite3.Connection, site: Site) -> Numbers:
    """The article numbers of a site, as far as anything is known of them."""
    known, missed = list[int](), list[int]()
    rows = conn.execute(
        f"SELECT {NUMBER}, kind, url, article_id IS NOT NULL FROM url "
        "WHERE site = ? AND kind IN ('article', 'number') AND key GLOB site || ':[0-9]*'",
        (site.key,),
    )
    for number, kind, url, is_held in rows:
        if kind == "number":
            missed.append(number)
        elif is_held or not is_by_number(site, url):
            known.append(number)
    return Numbers.of(known, missed)


class Plans:
    """The plans of the sites of one crawl.

    Args:
        conn: the connection that writes.
        crawl_id: of the crawl.
        transaction: makes one.
    """

    def __init__(
        self,
        conn: sqlite3.Connection,
        crawl_id: int,
        transaction: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self.conn = conn
        self.crawl_id = crawl_id
        self._transaction = transaction

    def begin(self, site: str, planned: Iterable[Step]) -> None:
        """Add what is planned and was not yet; what failed is tried again."""
        with self._transaction():
            _add(self.conn, site, planned)
            self.conn.execute(
                "UPDATE backfill SET state = 'waiting' WHERE site = ? AND state = 'failed'", (site,)
            )

    def ask(self, site: Site, step: Step, numbers: Sequence[int]) -> None:
        """Let numbers wait as articles, of which no address is known, and note how far it came."""
        now = instant(clock.now())
        with self._transaction():
            for number in numbers:
                address = id_address(site, number)
                assert address is not None
                self.conn.execute(
                    "INSERT INTO url (url, site, kind, key, state, rank, discovered_at, "
                    "discovered_crawl, listed_crawl) "
                    "SELECT ?1, ?2, 'article', ?3, 'pending', ?4, ?5, ?6, ?6 "
                    "WHERE NOT EXISTS (SELECT 1 FROM url WHERE url = ?1 OR key = ?3) "
                    "AND NOT EXISTS (SELECT 1 FROM article WHERE key = ?3)",
                    (address, site.key, site.key_of(address), _RANK, now, self.crawl_id),
                )
            self.conn.execute(_UPSERT, _row(site.key, step))

    def learn(self, site: Site, numbers: Numbers, asked: Iterable[int]) -> None:
        """Enter into the numbers what came of those that were asked for."""
        for number in asked:
            row = self.conn.execute(
                "SELECT kind = 'number', article_id IS NOT NULL FROM url WHERE url = ?",
                (id_address(site, number),),
            ).fetchone()
            if row and row[0]:
                numbers.miss(number)
            elif row is None or row[1]:
                numbers.hit(number)
