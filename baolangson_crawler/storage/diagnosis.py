"""Why an archive cannot be opened or written: what SQLite says, and what the machine adds to it."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
from pathlib import Path

from baolangson_crawler.exceptions import (
    ArchiveBusy,
    ArchiveCorrupt,
    ArchiveError,
    ArchiveNotWritable,
)
from baolangson_crawler.storage import mounts

ROOM = 100_000_000
"""Bytes that must be free before an archive is written to."""

_NONE_LEFT = 10_000_000  # bytes; with fewer free, a write that failed found the disk full
_UNREADABLE = {
    sqlite3.SQLITE_IOERR_READ,
    sqlite3.SQLITE_IOERR_SHORT_READ,
    sqlite3.SQLITE_IOERR_CORRUPTFS,
    sqlite3.SQLITE_IOERR_DATA,
}


def diagnose(path: Path, error: sqlite3.Error) -> ArchiveError:
    """The error that says in one line what is wrong with an archive, and what to do.

    Args:
        path: the archive.
        error: what SQLite raised on it.
    """
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    primary = code & 0xFF  # https://sqlite.org/rescode.html, "Primary versus extended"
    if code in _UNREADABLE or primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return damaged(path, str(error))
    if primary in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return ArchiveNotWritable(_not_taken(path, str(error), primary))
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL):
        return ArchiveBusy(
            f"Another program keeps {path} locked ({error}). Close it and try again; "
            f"to find it: fuser {path}"
        )
    if code == sqlite3.SQLITE_READONLY_DBMOVED:
        return ArchiveNotWritable(
            f"{path} was moved, replaced or deleted while it was in use. Put it back; "
            "the next crawl goes on."
        )
    if primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return ArchiveNotWritable(not_permitted(path, str(error)))
    return ArchiveCorrupt(
        f"{path} is not as this program made it ({error}). Restore a copy, or name another "
        "--archive."
    )


def damaged(path: Path, what: str) -> ArchiveCorrupt:
    """The error for a file that cannot be trusted."""
    return ArchiveCorrupt(
        f"{path} is damaged or no archive ({what}). It was not repaired: restore a copy, or save "
        f"what can be read: sqlite3 {path} .recover | sqlite3 saved.db"
    )


def not_permitted(path: Path, what: str) -> str:
    """Why a file cannot be opened or written, in one line.

    Args:
        path: the file.
        what: what the system said.
    """
    folder = existing_folder(path)
    if mounts.no_inodes(folder):
        return f"The file system of {folder} has no inodes left: delete files, then crawl again."
    if mounts.read_only(folder):
        mount = mounts.mount_of(folder)
        where = mount.folder if mount else folder
        return (
            f"{path} lies on a file system that is mounted read-only ({where}). Mount it for "
            "writing, or name another --archive."
        )
    for suspect in (folder, *family(path)):
        if reason := mounts.refusal(suspect):
            return f"Cannot write the archive {path}: {reason}"
    return (
        f"Cannot open or write {path} ({what}). Check the permissions of it and its folder "
        "(ls -l, lsattr)."
    )


def family(path: Path) -> list[Path]:
    """The archive and the files that SQLite and the lock keep beside it."""
    real = Path(os.path.realpath(path))
    return [real.with_name(real.name + end) for end in ("", "-wal", "-shm", "-journal", ".lock")]


def existing_folder(path: Path) -> Path:
    """The folder of a file, or the nearest above it that is there."""
    folder = Path(os.path.realpath(path)).parent
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    return folder


def check_room(path: Path, least: int = ROOM, purpose: str = "A crawl") -> None:
    """Make sure that there is room before anything is asked of a paper.

    Args:
        path: the archive, or where it will be.
        least: bytes that must be free.
        purpose: what the room is for, as the subject of a sentence.

    Raises:
        ArchiveNotWritable: there is less.
    """
    folder = existing_folder(path)
    free = shutil.disk_usage(folder).free
    if free < least:
        raise ArchiveNotWritable(
            f"{purpose} needs {megabytes(least)} of free space in {folder}; there are "
            f"{megabytes(free)}. Free some space and try again."
        )


def megabytes(size: int) -> str:
    """A size for people: ``1,234.5 MB``."""
    return f"{size / 1e6:,.1f} MB"


def _not_taken(path: Path, what: str, primary: int) -> str:
    """Why the disk does not take what is written."""
    folder = existing_folder(path)
    free = shutil.disk_usage(folder).free
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)[0]
    largest = max((p.stat().st_size for p in family(path) if p.exists()), default=0)
    if limit != resource.RLIM_INFINITY and largest + _NONE_LEFT > limit:
        return (
            f"{path} cannot grow: this process may write no file larger than {megabytes(limit)}. "
            "Raise that limit (ulimit -f, or LimitFSIZE= of systemd); the next crawl goes on."
        )
    if free < _NONE_LEFT:
        return (
            f"The disk is full: {path} cannot grow ({megabytes(free)} are free). Free some space; "
            "the next crawl goes on."
        )
    if mounts.read_only(folder):
        return not_permitted(path, what)
    if primary == sqlite3.SQLITE_FULL:
        return (
            f"{path} cannot grow ({what}), although {megabytes(free)} are free: a quota, a limit "
            "of its pages, or the folder of temporary files (SQLITE_TMPDIR) is full."
        )
    return (
        f"The disk does not take what is written to {path} ({what}), although {megabytes(free)} "
        "are free. Check the quota and the disk (dmesg); the next crawl goes on."
    )
