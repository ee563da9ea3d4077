"""The schema brought up to date: one step, one transaction, and a copy of the archive before it."""

from __future__ import annotations

import logging
import os
import sqlite3
from pathlib import Path

from sqlite_utils import Database

from baolangson_crawler.storage.diagnosis import ROOM, check_room
from baolangson_crawler.storage.migrations import migrations

logger = logging.getLogger(__name__)


def known() -> set[str]:
    """The steps of the schema that this program has."""
    return {migration.name for migration in migrations.pending(Database(memory=True))}


def applied(conn: sqlite3.Connection) -> set[str]:
    """The steps of the schema that an archive has."""
    query = "SELECT name FROM _sqlite_migrations WHERE migration_set = ?"
    return {name for (name,) in conn.execute(query, (migrations.name,))}


def bring_up_to_date(conn: sqlite3.Connection, path: Path) -> Path | None:
    """Apply the steps that an archive lacks; the copy of it as it was, if it lacked any.

    Raises:
        ArchiveNotWritable: there is no room for the copy; nothing was changed.
    """
    missing = sorted(known() - applied(conn))
    if not missing:
        return None
    copy = path.with_name(f"{path.name}.before-{missing[0].split('_')[0]}")
    _copy(conn, path, copy)
    logger.warning("%s is brought up to date; as it was, it is kept as %s.", path, copy)
    migrations.apply(Database(conn))
    return copy


def _copy(conn: sqlite3.Connection, path: Path, copy: Path) -> None:
    """Copy the archive; under its name the copy is complete and on the disk."""
    pages = conn.execute("PRAGMA page_count").fetchone()[0]
    size = pages * conn.execute("PRAGMA page_size").fetchone()[0]
    check_room(copy, size + ROOM, f"Bringing {path} up to date, with a copy of it as it is,")
    part = copy.with_name(copy.name + ".part")
    _remove(part)  # of an upgrade that was killed
    try:
        target = sqlite3.connect(part)
        try:
            conn.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")  # one file, complete by itself
        finally:
            target.close()
        _to_disk(part)
        part.replace(copy)
        _to_disk(copy.parent)
    finally:
        _remove(part)


def _remove(part: Path) -> None:
    """Remove a copy that is not complete, and what SQLite would play into the next one."""
    for end in ("", "-journal", "-wal", "-shm"):
        part.with_name(part.name + end).unlink(missing_ok=True)


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
