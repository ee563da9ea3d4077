"""The pace of every host, kept from one crawl to the next."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import fields
from datetime import UTC, datetime

from baolangson_crawler.pacing import HostState

_NAMES = [field.name for field in fields(HostState)]
_MOMENTS = frozenset(("last_at", "slowed_at", "hold_until"))
_SAVE = (
    f"INSERT INTO host ({', '.join(_NAMES)}) VALUES ({', '.join('?' * len(_NAMES))}) "
    f"ON CONFLICT(host) DO UPDATE SET "
    f"{', '.join(f'{name} = excluded.{name}' for name in _NAMES[1:])}"
)


def load(conn: sqlite3.Connection, host: str) -> HostState:
    """What is remembered of a host; a new state for one that was never asked."""
    row = conn.execute(f"SELECT {', '.join(_NAMES)} FROM host WHERE host = ?", (host,)).fetchone()
    if row is None:
        return HostState(host)
    values = dict(zip(_NAMES, row, strict=True))
    return HostState(**values | {name: _seconds(values[name]) for name in _MOMENTS})


def save(conn: sqlite3.Connection, states: Iterable[HostState]) -> None:
    """Remember the states of hosts."""
    conn.executemany(_SAVE, [[_value(state, name) for name in _NAMES] for state in states])


def _value(state: HostState, name: str) -> object:
    value = getattr(state, name)
    if name not in _MOMENTS or value is None:
        return value
    # milliseconds: the pause between two crawls is measured by them
    moment = datetime.fromtimestamp(value, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z"


def _seconds(moment: str | None) -> float | None:
    return datetime.fromisoformat(moment).timestamp() if moment else None
