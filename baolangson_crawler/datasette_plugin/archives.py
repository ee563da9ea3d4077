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


async def is_archive(db: Database) -> bool:
    """Whether a database is an archive; a file is asked once."""
    if db not in _known:
        if db.is_memory:
            return False
        try:
            rows = await db.execute("PRAGMA application_id", log_sql_errors=False)
        except sqlite3.Error:  # a damaged file is Datasette's to report
            return False
        _known[db] = rows.first()[0] == APPLICATION_ID
    return _known[db]


async def holds_archive(datasette: Datasette) -> bool:
    """Whether one of the databases is an archive."""
    for db in datasette.databases.values():
        if await is_archive(db):
            return True
    return False
