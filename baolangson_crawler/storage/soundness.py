"""Whether an archive's file is sound, asked before a crawl writes to it; it is only read here."""

from __future__ import annotations

import sqlite3
import threading
import time
from pathlib import Path

from baolangson_crawler.exceptions import ArchiveCorrupt
from baolangson_crawler.storage.diagnosis import damaged

SECONDS = 2.0
"""How long each crawl looks at the pages of its archive, …"""

SECONDS_AFTER_CRASH = 20.0
"""… and how long after a crawl that did not end as it should."""

_RESTORED = 60  # seconds; a checkpoint writes to the archive this long after its log at most
# The ledger, the articles and the indexes are looked at first: every crawl changes them, and they
# are small. The stored pages are nine tenths of an archive, and a crawl only adds to them.
_TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage "
    "ORDER BY name = 'capture', rowid"
)


def check_log(path: Path) -> None:
    """Refuse a write-ahead log of another file before SQLite plays it into this one.

    A log carries no mark of its archive. After a crash it lies beside it; who then restores a
    copy of the archive and leaves the log there loses the copy: SQLite writes the pages of the
    one over the other, and finds nothing wrong (https://sqlite.org/howtocorrupt.html, 2.4). The
    time of last change tells: a log is never a minute older than its archive.

    Raises:
        ArchiveCorrupt: the archive was put beside an older log, or emptied.
    """
    log = log_of(path)
    if not log.exists() or not log.stat().st_size:
        return
    if not path.stat().st_size:
        raise ArchiveCorrupt(
            f"{path} is empty, but {log} is not: it was emptied or is half restored. "
            f"Move {log} away and restore a copy."
        )
    if path.stat().st_ctime - log.stat().st_ctime > _RESTORED:
        raise ArchiveCorrupt(
            f"{path} was replaced after {log} was written, which would destroy it. If it was "
            f"restored from a copy, delete {log}; if both belong together: touch {log}"
        )


def log_of(path: Path) -> Path:
    """The write-ahead log beside an archive."""
    real = path.resolve()
    return real.with_name(real.name + "-wal")


def ended_well(conn: sqlite3.Connection, path: Path) -> bool:
    """Whether the last crawl came to its end: no log was left, none is noted as running."""
    log = log_of(path)
    if log.exists() and log.stat().st_size:
        return False
    running = "SELECT 1 FROM crawl WHERE outcome = 'running' LIMIT 1"
    return conn.execute(running).fetchone() is None


def check_pages(conn: sqlite3.Connection, path: Path, seconds: float | None) -> bool:
    """Look at the pages of the archive, the most used tables first; whether all were seen.

    Args:
        conn: a connection that only reads, so that a damaged file stays as it is.
        path: the archive, for the message.
        seconds: when to stop looking; None looks at every page (about 1 s a GB in memory, as
            fast as the disk otherwise).

    Raises:
        ArchiveCorrupt: a page is damaged.
        sqlite3.DatabaseError: the same, where SQLite raises it.
    """
    deadline = time.monotonic() + (threading.TIMEOUT_MAX if seconds is None else seconds)
    for (table,) in conn.execute(_TABLES).fetchall():
        left = deadline - time.monotonic()
        if left <= 0:
            return False
        timer = threading.Timer(left, conn.interrupt)
        timer.daemon = True
        timer.start()
        try:
            found = conn.execute(f"PRAGMA quick_check([{table}])").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
                raise
            return False
        finally:
            timer.cancel()
        if found and found[0] != "ok":
            raise damaged(path, f"{table}: {' '.join(found[0].split())}")
    return True
