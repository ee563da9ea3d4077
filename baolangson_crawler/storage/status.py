"""The archive at a glance, one row a paper, without a scan of its large tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from baolangson_crawler.monitoring import Alarm, expectation_on
from baolangson_crawler.storage.days import day_of, first_crawled
from baolangson_crawler.storage.rows import instant
from baolangson_crawler.storage.watch import alarms, history

WEEKS = 53
_WAITING = (
    (
        "host",
        "hold_until",
        "SELECT max(hold_until) FROM host WHERE hold_until > :now AND host IN "
        "(SELECT value FROM json_each((SELECT domains FROM site WHERE key = :site)))",
    ),
    (
        "url",
        "next_visit_at",
        "SELECT min(next_visit_at) FROM url WHERE site = :site AND state = 'failed' "
        "AND next_visit_at > :now",
    ),
)
"""Table, column, and how the moment is asked for until which a site waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteStatus:
    """One site at a glance."""

    key: str
    name: str

    articles: int
    """Those that it wrote, wherever they are published now."""

    newest: str | None
    """When its newest article was published."""

    last_success: str | None
    """When it last answered, in UTC."""

    today: int
    """Articles published today, as far as a crawl has seen them."""

    expected: float | None
    """Articles that it publishes on such a day as a rule; None before two weeks of history."""

    pending: int
    failed: int
    held: int

    next_visit: str | None
    """When it may be asked again, or a failed address is tried again, in UTC; None: at the next
    crawl."""

    alarms: tuple[Alarm, ...] = ()


@dataclass(frozen=True, slots=True)
class LastCrawl:
    """The crawl that began last."""

    started_at: str
    finished_at: str | None
    outcome: str
    tool_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The archive at a glance."""

    at: str
    """The moment of this view, ISO 8601."""

    sites: tuple[SiteStatus, ...]
    crawl: LastCrawl | None
    versions: int

    bytes: int
    """Size of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """A site's last 53 weeks."""

    first: date
    """A Monday."""

    last: date
    articles: Mapping[date, int]
    """Articles by day of publication; a day without any is left out."""

    idle: frozenset[date]
    """Days without a crawl that got an answer, since the first one that did."""


def status(conn: sqlite3.Connection, now: datetime) -> Status:
    """The archive at a glance, as of a moment."""
    sites = conn.execute("SELECT key, name, domains FROM site ORDER BY key").fetchall()
    raised = alarms(conn, [key for key, _, _ in sites], now)
    last = conn.execute(
        "SELECT started_at, finished_at, outcome, tool_version FROM crawl ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return Status(
        at=now.isoformat(timespec="seconds"),
        sites=tuple(
            _site(conn, key, name, now, tuple(a for a in raised if a.site == key))
            for key, name, _ in sites
        ),
        crawl=LastCrawl(*last) if last else None,
        versions=_one(conn, "SELECT coalesce(max(id), 0) FROM version"),
        bytes=_size(conn),
    )


def _one(conn: sqlite3.Connection, sql: str, *values: object) -> int:
    return int(conn.execute(sql, values).fetchone()[0])


def _size(conn: sqlite3.Connection) -> int:
    file = conn.execute("PRAGMA database_list").fetchone()[2]
    return Path(file).stat().st_size if file else 0


def _site(
    conn: sqlite3.Connection, key: str, name: str, now: datetime, raised: tuple[Alarm, ...]
) -> SiteStatus:
    today = day_of(now)
    days = history(conn, key, now)
    usual = expectation_on(days, first_crawled(conn, key)) if days else None
    in_state = "SELECT count(*) FROM url WHERE site = ? AND state = ?"
    return SiteStatus(
        key=key,
        name=name,
        articles=_one(conn, "SELECT count(*) FROM article WHERE paper = ?", key),
        newest=conn.execute(
            "SELECT max(published_at) FROM article WHERE paper = ?", (key,)
        ).fetchone()[0],
        last_success=conn.execute(
            "SELECT max(answered_at) FROM site_day WHERE site = ?", (key,)
        ).fetchone()[0],
        today=days[-1].articles if days and days[-1].day == today else 0,
        expected=round(usual.on(today), 1) if usual else None,
        pending=_one(conn, in_state, key, "pending"),
        failed=_one(conn, in_state, key, "failed"),
        held=_one(conn, "SELECT count(*) FROM held WHERE site = ?", key),
        next_visit=next_visit(conn, key, now),
        alarms=raised,
    )


def next_visit(conn: sqlite3.Connection, site: str, now: datetime) -> str | None:
    """When the site may be asked again, where it is told to wait or has failed addresses, in UTC.

    An archive whose schema does not know of waiting says nothing.
    """
    moments = [
        conn.execute(sql, {"site": site, "now": instant(now)}).fetchone()[0]
        for table, column, sql in _WAITING
        if conn.execute(
            "SELECT 1 FROM pragma_table_info(?) WHERE name = ?", (table, column)
        ).fetchone()
    ]
    return min((moment for moment in moments if moment), default=None)


def calendar(conn: sqlite3.Connection, site: str, now: datetime) -> Calendar:
    """The last 53 weeks of a site, this one included."""
    last = day_of(now)
    first = last - timedelta(last.weekday() + 7 * (WEEKS - 1))
    span = (site, first.isoformat(), last.isoformat())
    counts = conn.execute(
        "SELECT day, sum(articles) FROM daily_count WHERE site = ? AND day BETWEEN ? AND ? "
        "GROUP BY day HAVING sum(articles) > 0",
        span,
    )
    crawled = {
        date.fromisoformat(day)
        for (day,) in conn.execute(
            "SELECT day FROM site_day WHERE site = ? AND day BETWEEN ? AND ? "
            "AND answered_at IS NOT NULL",
            span,
        )
    }
    begun = conn.execute(
        "SELECT min(day) FROM site_day WHERE site = ? AND answered_at IS NOT NULL", (site,)
    ).fetchone()[0]
    watched = date.fromisoformat(begun) if begun else last
    length = (last - max(first, watched)).days + 1
    return Calendar(
        first=first,
        last=last,
        articles={date.fromisoformat(day): count for day, count in counts},
        idle=frozenset(day for n in range(length) if (day := last - timedelta(n)) not in crawled),
    )
