"""Opening an archive, and saying in one line why it cannot be opened."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from baolangson_crawler.exceptions import ArchiveCorrupt, ArchiveError, ArchiveNotWritable
from baolangson_crawler.storage.migrations import migrations

APPLICATION_ID = 0x62616F4C  # "baoL", shown by `file articles.db`
_BUSY_SECONDS = 30


def open_writing(path: Path) -> Database:
    """Open an archive for writing; create it, or bring an older schema up to date.

    Raises:
        ArchiveNotWritable: the folder or the file does not take what is written.
        ArchiveCorrupt: damaged, of another program, or of a newer version of this one.
    """
    make_folder(path)
    with explained(path):
        conn = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
        try:
            _refuse_foreign(conn, path)
            conn.execute("PRAGMA journal_mode = WAL")
            conn.execute("PRAGMA synchronous = NORMAL")
            conn.execute("PRAGMA foreign_keys = ON")
            conn.execute("PRAGMA cache_size = -65536")
            conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db = Database(conn)
            migrations.apply(db)
        except BaseException:
            conn.close()
            raise
    return db


def make_folder(path: Path) -> None:
    """Make sure that the archive's folder is there.

    Raises:
        ArchiveNotWritable: it cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveNotWritable(
            f"Cannot make the folder {path.parent}: {error.strerror}. Name another --archive."
        ) from error


def open_reading(path: Path) -> Database:
    """Open an archive for reading only; a crawl may write to it meanwhile.

    Raises:
        ArchiveError: there is no such file, or its schema is older.
        ArchiveCorrupt: damaged, of another program, or of a newer version of this one.
    """
    if not _is_file(path):
        raise ArchiveError(
            f"There is no archive at {path}. Make one with: baolangson crawl SITE, "
            "or try the demo: baolangson demo."
        )
    with explained(path):
        conn = sqlite3.connect(_reading_uri(path), uri=True, timeout=_BUSY_SECONDS)
        conn.isolation_level = None
        try:
            _refuse_foreign(conn, path)
            if not conn.execute("SELECT 1 FROM sqlite_master WHERE name = 'article'").fetchone():
                raise ArchiveCorrupt(f"{path} holds no articles: it was never filled.")
            if missing := sorted(_known() - _applied(conn)):
                raise ArchiveError(
                    f"{path} was written by an older version of this program (it lacks "
                    f"{missing[0]}). Bring it up to date: baolangson upgrade --archive {path}"
                )
        except BaseException:
            conn.close()
            raise
    return Database(conn)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError as error:
        raise ArchiveError(f"Cannot look at {path}: {error.strerror}.") from error


def _reading_uri(path: Path) -> str:
    """How SQLite is asked to open the file.

    A WAL archive is read through two small files beside it. Where the reader may not make them
    and no crawl has left any, nobody is writing: the file alone is the whole archive.
    """
    target = Path(os.path.realpath(path))
    log = target.with_name(target.name + "-wal")
    alone = not os.access(target.parent, os.W_OK) and not log.exists()
    return f"{target.as_uri()}?mode=ro{'&immutable=1' if alone else ''}"


def _refuse_foreign(conn: sqlite3.Connection, path: Path) -> None:
    """Tell an archive from the database of another program and from a newer schema."""
    tables = {name for (name,) in conn.execute("SELECT name FROM sqlite_master")}
    if not tables:
        return
    if conn.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise ArchiveCorrupt(
            f"{path} is a database of another program. It was not touched; name another --archive."
        )
    if newer := sorted(_applied(conn) - _known()):
        raise ArchiveCorrupt(
            f"{path} was written by a newer version of this program (it knows {newer[-1]}). "
            "It was not touched; update this program: pip install -U baolangson_crawler."
        )


def _known() -> set[str]:
    """The steps of the schema that this program has."""
    return {migration.name for migration in migrations.pending(Database(memory=True))}


def _applied(conn: sqlite3.Connection) -> set[str]:
    """The steps of the schema that an archive has."""
    query = "SELECT name FROM _sqlite_migrations WHERE migration_set = ?"
    return {name for (name,) in conn.execute(query, (migrations.name,))}


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what SQLite and the file system say into one line that says what to do.

    Raises:
        ArchiveNotWritable: disk full, read-only, no permission, or locked by another program.
        ArchiveCorrupt: the file is damaged or is no database.
    """
    try:
        yield
    except sqlite3.OperationalError as error:
        raise ArchiveNotWritable(_advice(path, str(error))) from error
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
            raise
        raise ArchiveCorrupt(
            f"{path} is damaged or no archive ({error}). It was not touched; "
            "restore a copy, or name another --archive."
        ) from error


def _advice(path: Path, what: str) -> str:
    if "full" in what:
        return f"The disk is full: {path} cannot grow. Free some space; the next crawl goes on."
    if "disk I/O" in what:
        return f"The disk does not take what is written to {path} ({what}). Check space and disk."
    if "locked" in what:
        return f"Another program keeps {path} locked ({what}). Close it and try again."
    return f"Cannot open or write {path} ({what}). Check the folder's permissions."
