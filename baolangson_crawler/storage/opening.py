"""Opening an archive, and saying in one line why it cannot be opened."""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlite_utils import Database

from baolangson_crawler.exceptions import ArchiveCorrupt, ArchiveError, ArchiveNotWritable
from baolangson_crawler.storage import mounts, soundness
from baolangson_crawler.storage.diagnosis import diagnose, not_permitted
from baolangson_crawler.storage.migrations import migrations
from baolangson_crawler.storage.upgrading import applied, bring_up_to_date, known

logger = logging.getLogger(__name__)

APPLICATION_ID = 0x62616F4C  # "baoL", shown by `file articles.db`
_BUSY_SECONDS = 30


def open_writing(path: Path) -> Database:
    """Open an archive for writing; make it, or bring an older schema up to date.

    The file is looked at first, and refused untouched if anything is wrong with it.

    Raises:
        ArchiveNotWritable: the folder, the file or the disk does not take what is written.
        ArchiveCorrupt: damaged, of another program, or of a newer version of this one.
        ArchiveBusy: another program keeps it locked.
        ArchiveError: what is there is no file.
    """
    make_folder(path)
    _warn_of_network(path)
    with explained(path):
        if not _is_there(path):
            _make(path)
        else:
            _refuse_several_names(path)
            _look_at(path)
        conn = _connect(path)
        try:
            _try_to_write(conn)
            bring_up_to_date(conn, path)
        except BaseException:
            conn.close()
            raise
    return Database(conn)


def _connect(path: Path) -> sqlite3.Connection:
    conn = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
    try:
        conn.execute("PRAGMA journal_mode = WAL")
        conn.execute("PRAGMA synchronous = NORMAL")
        conn.execute("PRAGMA foreign_keys = ON")
        # KiB; filled by the first thousand pages, so that a long crawl takes no more than that
        conn.execute("PRAGMA cache_size = -16384")
    except BaseException:
        conn.close()
        raise
    return conn


def _try_to_write(conn: sqlite3.Connection) -> None:
    """Let a file that is read-only say so now: beginning a transaction on one is no error."""
    conn.execute("BEGIN IMMEDIATE")
    conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    conn.execute("ROLLBACK")


def _make(path: Path) -> None:
    """Make an archive; under its name it is complete, whenever this is killed."""
    real = Path(os.path.realpath(path))
    new = real.with_name(real.name + ".new")
    for end in ("", "-journal", "-wal", "-shm"):
        new.with_name(new.name + end).unlink(missing_ok=True)
    with closing(_connect(new)) as conn:
        conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        migrations.apply(Database(conn))
        # Closing would leave in the log, without a word, what a full disk does not take;
        # and the log is not renamed.
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    new.replace(real)


def _look_at(path: Path) -> None:
    """Refuse what is no sound archive, through a connection that cannot change it.

    Not even by closing: that would write the log of a crash into the file.
    """
    soundness.check_log(path)
    with closing(_connect_reading(path)) as conn:
        _refuse_foreign(conn, path)
        seconds: float | None = soundness.SECONDS
        if known() - applied(conn):
            seconds = None  # an upgrade rewrites and copies everything anyway
        elif not soundness.ended_well(conn, path):
            seconds = soundness.SECONDS_AFTER_CRASH
        soundness.check_pages(conn, path, seconds)


def make_folder(path: Path) -> None:
    """Make sure that the archive's folder is there.

    Raises:
        ArchiveNotWritable: it cannot be made; or the archive is a link to what is not there.
    """
    if path.is_symlink() and not os.path.lexists(os.path.realpath(path)):
        raise ArchiveNotWritable(
            f"{path} is a link to {os.path.realpath(path)}, which is not there. Is its disk "
            "mounted? To begin a new archive, remove the link."
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except PermissionError as error:
        raise ArchiveNotWritable(not_permitted(path, str(error.strerror))) from error
    except OSError as error:
        raise ArchiveNotWritable(
            f"Cannot make the folder {path.parent}: {error.strerror}. Name another --archive."
        ) from error


def open_reading(path: Path) -> Database:
    """Open an archive for reading only; a crawl may write to it meanwhile.

    Raises:
        ArchiveError: there is no such file, or its schema is older.
        ArchiveCorrupt: damaged, of another program, or of a newer version of this one.
        ArchiveNotWritable: this user may not read it.
    """
    if not _is_there(path):
        raise ArchiveError(
            f"There is no archive at {path}. Make one with: baolangson crawl SITE, "
            "or try the demo: baolangson demo."
        )
    with explained(path):
        soundness.check_log(path)
        conn = _connect_reading(path)
        try:
            _refuse_foreign(conn, path)
            if missing := sorted(known() - applied(conn)):
                raise ArchiveError(
                    f"{path} was written by an older version of this program (it lacks "
                    f"{missing[0]}). Bring it up to date: baolangson upgrade --archive {path}"
                )
        except BaseException:
            conn.close()
            raise
    return Database(conn)


def _connect_reading(path: Path) -> sqlite3.Connection:
    conn = sqlite3.connect(_reading_uri(path), uri=True, timeout=_BUSY_SECONDS)
    conn.isolation_level = None
    return conn


def _is_there(path: Path) -> bool:
    """Whether there is a file.

    Raises:
        ArchiveError: there is something else, or it cannot be looked at.
    """
    try:
        if path.is_dir():
            raise ArchiveError(f"{path} is a folder. Name a file in it: {path / 'articles.db'}")
        if path.exists() and not path.is_file():
            raise ArchiveError(f"{path} is no ordinary file. Name another --archive.")
        return path.exists()
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


def _refuse_several_names(path: Path) -> None:
    """Refuse a file with several hard links: each name would get a log and a lock of its own."""
    names = path.stat().st_nlink
    if names > 1:
        raise ArchiveNotWritable(
            f"{path} has {names} names (hard links); written under two of them, an archive is "
            f"destroyed. Replace the others by copies; to find them: "
            f"find {path.resolve().parent} -samefile {path}"
        )


def _warn_of_network(path: Path) -> None:
    mount = mounts.mount_of(path)
    if mount and mount.network:
        logger.warning(
            "%s lies on a network file system (%s from %s), whose locks may not keep two machines "
            "from writing at once. Crawl from one machine only; a local disk is safer.",
            *(path, mount.kind, mount.source),
        )


def _refuse_foreign(conn: sqlite3.Connection, path: Path) -> None:
    """Tell an archive from the database of another program and from a newer schema."""
    tables = {name for (name,) in conn.execute("SELECT name FROM sqlite_master")}
    if not tables:
        raise ArchiveCorrupt(
            f"{path} holds no articles: it is empty. If a new archive is to begin there, remove it."
        )
    if conn.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise ArchiveCorrupt(
            f"{path} is a database of another program. It was not touched; name another --archive."
        )
    if newer := sorted(applied(conn) - known()):
        raise ArchiveCorrupt(
            f"{path} was written by a newer version of this program (it knows {newer[-1]}). "
            "It was not touched; update this program: pip install -U baolangson_crawler."
        )


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what SQLite says into one line that says what to do.

    Raises:
        ArchiveNotWritable: disk full, read-only, no permission.
        ArchiveBusy: another program keeps the file locked.
        ArchiveCorrupt: the file is damaged or is no database.
    """
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise
    except sqlite3.DatabaseError as error:
        raise diagnose(path, error) from error
