"""A visit as a row: what was asked, what came back, and why a page that came is held."""

from __future__ import annotations

import json
import sqlite3

from baolangson_crawler.items import Visit
from baolangson_crawler.storage import captures
from baolangson_crawler.storage.rows import instant

FORBIDDEN = ("robots_disallowed", "robots_unavailable")
"""Reasons for which nothing was sent: the decision of robots.txt is all there is to note."""


def write(conn: sqlite3.Connection, crawl_id: int, visit: Visit, url_id: int) -> int:
    """Write what came back from an address, its capture too; the row."""
    capture = visit.capture
    capture_id = captures.store(conn, capture) if capture and capture.body else None
    decided = visit.failure if visit.failure in FORBIDDEN else None
    cursor = conn.execute(
        "INSERT INTO fetch (crawl_id, url_id, fetched_at, status, failure, final_url, "
        "redirects, headers, elapsed, robots_rule, robots_id, capture_id) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            crawl_id,
            url_id,
            instant(visit.visited_at),
            capture.status if capture else None,
            visit.failure,
            capture.url if capture and capture.url != visit.url else None,
            json.dumps(capture.redirects) if capture and capture.redirects else None,
            json.dumps(capture.headers, ensure_ascii=False) if capture else None,
            capture.elapsed if capture else None,
            capture.robots_rule if capture else decided,
            visit.robots_id,
            capture_id,
        ),
    )
    return int(cursor.lastrowid or 0)


def has_answered(conn: sqlite3.Connection, crawl_id: int, site: str) -> bool:
    """Whether a site has given anything that was asked of it in a crawl."""
    row = conn.execute(
        "SELECT 1 FROM fetch JOIN url ON url.id = url_id "
        "WHERE crawl_id = ? AND site = ? AND failure IS NULL LIMIT 1",
        (crawl_id, site),
    ).fetchone()
    return row is not None


def hold(conn: sqlite3.Connection, visit: Visit, url_id: int, fetch_id: int) -> None:
    """Hold the page of a visit that is no article, with the reason."""
    assert visit.refusal is not None
    conn.execute(
        "INSERT INTO held (url_id, site, reason, detail, fetch_id, held_at) "
        "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT(url_id) DO UPDATE SET reason = excluded.reason, "
        "detail = excluded.detail, fetch_id = excluded.fetch_id, held_at = excluded.held_at",
        (
            *(url_id, visit.site, visit.refusal.reason, visit.refusal.detail),
            *(fetch_id, instant(visit.visited_at)),
        ),
    )


def headers_of(visit: Visit) -> dict[str, str]:
    """The header lines of an answer by their names in lower case."""
    capture = visit.capture
    return {name.lower(): value for name, value in capture.headers} if capture else {}
