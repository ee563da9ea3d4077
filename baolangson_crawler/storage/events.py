"""What happens to an article as a whole: it is gone, restored, or moved; each is written once."""

from __future__ import annotations

import sqlite3
from typing import Literal

Kind = Literal["gone", "restored", "moved"]


def record(
    conn: sqlite3.Connection, article_id: int, kind: Kind, at: str, fetch_id: int, detail: str
) -> None:
    """Write an event.

    Args:
        conn: inside a transaction.
        article_id: whose.
        kind: what happened; the caller sees to it that it is news.
        at: when it was first seen to be so (``rows.instant``).
        fetch_id: the request that confirmed it.
        detail: the answer, or the old and the new address.
    """
    conn.execute(
        "INSERT INTO event (article_id, kind, at, fetch_id, detail) VALUES (?, ?, ?, ?, ?)",
        (article_id, kind, at, fetch_id, detail),
    )


def last(conn: sqlite3.Connection, article_id: int) -> tuple[str, str] | None:
    """Whether the article was ``gone`` or ``restored`` last, and when; None for neither."""
    row: tuple[str, str] | None = conn.execute(
        "SELECT kind, at FROM event WHERE article_id = ? AND kind != 'moved' "
        "ORDER BY id DESC LIMIT 1",
        (article_id,),
    ).fetchone()
    return row
