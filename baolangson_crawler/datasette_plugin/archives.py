"""Which databases of a Datasette are archives of this program."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from baolangson_crawler.storage.opening import APPLICATION_ID

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.database import Database

_known: WeakKeyDictionary[Database, bool] = WeakKeyDictionary()


def leads_to_archive(conn: sqlite3.Connection) -> bool:
    """Whether a connection is one to an archive."""
    try:
        found: int = conn.execute("PRAGMA application_id").fetchone()[0]
    except sqlite3.DatabaseError:  # no database at all: Datasette's to report
        return False
    return found == APPLICATION_ID


async def is_archive(db: Database) -> bool:
    """Whether a database is an archive; a file is asked once."""
    if db not in _known:
        if db.is_memory:
            return False
        _known[db] = await db.execute_fn(leads_to_archive)
    return _known[db]


async def holds_archive(datasette: Datasette) -> bool:
    """Whether one of the databases is an archive."""
    for db in datasette.databases.values():
        if await is_archive(db):
            return True
    return False
