"""What earlier crawls know of the lists of a site."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from baolangson_crawler.walk_state import WalkState


class ListVisit(NamedTuple):
    """The last visit to a list."""

    at: str
    """When (ISO 8601, UTC)."""

    failed: bool
    """Whether it gave nothing."""

    again_at: str | None
    """When one that failed is to be asked for again; None where it is given up."""


def list_visits(conn: sqlite3.Connection, addresses: Iterable[str]) -> dict[str, ListVisit]:
    """The last visits to these addresses, of those that were ever visited."""
    found = {}
    for address in addresses:
        row = conn.execute(
            "SELECT fetched_at, state IN ('failed', 'skipped', 'gone'), next_visit_at FROM url "
            "WHERE url = ? AND fetched_at IS NOT NULL",
            (address,),
        ).fetchone()
        if row:
            found[address] = ListVisit(row[0], bool(row[1]), row[2])
    return found


def walk_state(conn: sqlite3.Connection, url: str) -> WalkState | None:
    """How far a list was walked, by the address of its first page; None where it never was."""
    row = conn.execute(
        "SELECT began_at, head, page, edge, asked, behind FROM walk WHERE url = ?", (url,)
    ).fetchone()
    if row:
        began_at, head, page, edge, asked, behind = row
        return WalkState(
            began_at=began_at,
            head=tuple(json.loads(head)),
            page=page,
            edge=tuple(json.loads(edge)),
            asked=asked,
            behind=behind,
        )
    # an archive of an earlier version knows of a list only that it was walked to its end
    row = conn.execute(
        "SELECT fetched_at FROM url WHERE url = ? AND walk = 'complete'", (url,)
    ).fetchone()
    return WalkState(began_at=row[0], head=()) if row and row[0] else None


def note_walk(conn: sqlite3.Connection, url: str, state: WalkState) -> None:
    """Keep how far a list is walked."""
    conn.execute(
        "INSERT OR REPLACE INTO walk (url, began_at, head, page, edge, asked, behind) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            *(url, state.began_at, json.dumps(state.head), state.page),
            *(json.dumps(state.edge), state.asked, state.behind),
        ),
    )
