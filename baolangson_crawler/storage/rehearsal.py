"""A copy of the ledger on which a crawl is rehearsed; the archive itself is only read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from baolangson_crawler.storage.opening import explained, open_reading, open_writing
from baolangson_crawler.storage.rows import instant

_MOST = 1_000_000
_ALL = ("site", "crawl", "host")
_OF_SITES = ("article", "url")


def copy_of(archive: Path, copy: Path, sites: Sequence[str]) -> None:
    """Make a small archive that knows the articles and addresses of some sites, without texts.

    Args:
        archive: what is rehearsed on; need not be there.
        copy: the file to be made.
        sites: keys of the sites.
    """
    open_writing(copy).close()
    if not archive.exists():
        return
    open_reading(archive).close()  # says in words what is wrong with it
    with explained(archive), closing(sqlite3.connect(copy, isolation_level=None)) as conn:
        conn.execute("ATTACH ? AS original", (f"file:{archive.resolve()}?mode=ro",))
        conn.execute("BEGIN IMMEDIATE")
        for table in _ALL:
            conn.execute(f"INSERT INTO main.{table} SELECT * FROM original.{table}")
        marks = ", ".join("?" * len(sites))
        for table in _OF_SITES:
            names = _columns(conn, table)
            conn.execute(
                f"INSERT INTO main.{table} ({names}) SELECT {names} FROM original.{table} "
                f"WHERE site IN ({marks})",
                sites,
            )
        conn.execute("COMMIT")


def _columns(conn: sqlite3.Connection, table: str) -> str:
    """The columns that are stored; those that are computed are not copied."""
    rows = conn.execute("SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0", (table,))
    return ", ".join(name for (name,) in rows)


def would_fetch(copy: Path, since: str | None, now: datetime) -> Iterator[str]:
    """The addresses that wait in the frontier of a rehearsal."""
    from baolangson_crawler.storage.frontier import NEW, REVISIT, UPDATED, Frontier

    with closing(open_reading(copy)) as db:
        crawl_id = db.conn.execute("SELECT max(id) FROM crawl").fetchone()[0]
        for site in [key for (key,) in db.conn.execute("SELECT key FROM site ORDER BY key")]:
            frontier = Frontier(db.conn, crawl_id)
            for rank in (NEW, UPDATED, REVISIT):
                waiting = frontier.waiting(site, rank, _MOST, instant(now), since)
                yield from (due.url for due in waiting)
