"""How a paper edits: what the looks at its articles have found, by the articles' age."""

from __future__ import annotations

import sqlite3

from baolangson_crawler.revisiting import Habit


def load(conn: sqlite3.Connection, site: str, band: str) -> Habit:
    """The habit of a site in a band of age, or in heeding its own statements (``LISTED``)."""
    row = conn.execute(
        "SELECT visits, changes, pauses FROM habit WHERE site = ? AND band = ?", (site, band)
    ).fetchone()
    return Habit(*row) if row else Habit()


def note(
    conn: sqlite3.Connection, site: str, band: str, *, changed: bool, pauses: float = 0.0
) -> None:
    """Add one look.

    Args:
        conn: inside a transaction.
        site: key of the site.
        band: name of the band.
        changed: whether the look found a change.
        pauses: time since the look before, in usual pauses of the band.
    """
    conn.execute(
        "INSERT INTO habit (site, band, visits, changes, pauses) VALUES (?, ?, 1, ?, ?) "
        "ON CONFLICT (site, band) DO UPDATE SET visits = visits + 1, "
        "changes = changes + excluded.changes, pauses = pauses + excluded.pauses",
        (site, band, int(changed), pauses),
    )
