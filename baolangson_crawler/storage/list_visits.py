"""What earlier crawls know of the lists of a site."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple


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
