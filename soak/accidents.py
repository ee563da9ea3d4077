"""What befalls a crawl from inside its process: death at a commit, a disk that ends."""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

_WRITING = frozenset("CREATE ALTER DROP INSERT UPDATE DELETE REPLACE".split())


class Accident(Protocol):
    """Something to arrange in the process that is going to crawl."""

    def arrange(self) -> None:
        """Called once, before the crawl begins."""


@dataclass(slots=True)
class DeathAtCommit:
    """SIGKILL next to one of the archive's commits; without a number, commits are only counted."""

    number: int | None = None
    before: bool = False
    """Right before the commit, so that the transaction is lost; else right after it."""

    commits: int = field(default=0, init=False)

    def arrange(self) -> None:
        """Let every connection that is made from now on tell of its commits."""
        _connect_as(type("Mortal", (_Mortal,), {"death": self}))

    def come(self, *, before: bool) -> None:
        """A commit is about to happen, or has happened."""
        self.commits += before
        if self.commits == self.number and before == self.before:
            os.kill(os.getpid(), signal.SIGKILL)


class _Mortal(sqlite3.Connection):
    """Tells of every statement that commits, by name or by being alone."""

    death: DeathAtCommit

    def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
        words = sql.split(None, 1)
        word = words[0].upper().rstrip(";") if words else ""
        commits = word == "COMMIT" or (word in _WRITING and not self.in_transaction)
        if commits:
            self.death.come(before=True)
        cursor = super().execute(sql, *parameters)
        if commits:
            self.death.come(before=False)
        return cursor


@dataclass(frozen=True, slots=True)
class PageLimit:
    """The archive may have so many pages: SQLITE_FULL, as from a full disk."""

    pages: int

    def arrange(self) -> None:
        """Limit every connection that is made from now on."""
        _connect_as(type("Limited", (_Limited,), {"pages": self.pages}))


class _Limited(sqlite3.Connection):
    pages: int

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.execute(f"PRAGMA max_page_count = {self.pages}")


@dataclass(frozen=True, slots=True)
class FileLimit:
    """No file may grow beyond so many bytes: a write fails with EFBIG, as from a quota."""

    size: int

    def arrange(self) -> None:
        """Limit this process."""
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # its default is to end the process
        resource.setrlimit(resource.RLIMIT_FSIZE, (self.size, self.size))


def _connect_as(factory: type[sqlite3.Connection]) -> None:
    sqlite3.connect = partial(sqlite3.connect, factory=factory)  # type: ignore[assignment]
