"""The rows of a crawl as a whole: which sites, how configured, how it ended, what it was told."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from baolangson_crawler import __version__
from baolangson_crawler.sites.base import Site
from baolangson_crawler.storage.rows import instant


def note_sites(conn: sqlite3.Connection, sites: Iterable[Site]) -> None:
    """Keep what is known of the sites as of this crawl."""
    conn.executemany(
        "INSERT INTO site (key, name, province, former_province, domains, family, verified, "
        "status, merged_into) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT(key) DO UPDATE SET name = excluded.name, "
        "province = excluded.province, former_province = excluded.former_province, "
        "domains = excluded.domains, family = excluded.family, verified = excluded.verified, "
        "status = excluded.status, merged_into = excluded.merged_into",
        [
            (
                site.key,
                site.name,
                site.province,
                site.former_province,
                json.dumps([*site.domains, *site.former_domains], ensure_ascii=False),
                site.family,
                site.verified,
                site.status,
                site.merged_into,
            )
            for site in sites
        ],
    )


def begin(
    conn: sqlite3.Connection,
    command: str,
    sites: list[str],
    configuration: Mapping[str, object],
    now: datetime,
) -> int:
    """A new crawl; its id. One that is still noted as running was killed: the lock proves it."""
    conn.execute("UPDATE crawl SET outcome = 'killed' WHERE outcome = 'running'")
    cursor = conn.execute(
        "INSERT INTO crawl (command, sites, configuration, tool_version, started_at, outcome) "
        "VALUES (?, ?, ?, ?, ?, 'running')",
        (
            command,
            json.dumps(sites),
            json.dumps(dict(configuration), ensure_ascii=False, sort_keys=True),
            __version__,
            instant(now),
        ),
    )
    return int(cursor.lastrowid or 0)


@dataclass(frozen=True, slots=True)
class Ending:
    """How a crawl ended."""

    outcome: str
    exit_code: int
    counters: Mapping[str, Mapping[str, int]]
    """By site, what it counted."""

    messages: Mapping[str, str]
    """By site, what is wrong or worth knowing."""

    at: datetime


def end(conn: sqlite3.Connection, crawl_id: int, ending: Ending) -> None:
    """Note how a crawl ended."""
    conn.execute(
        "UPDATE crawl SET finished_at = ?, outcome = ?, exit_code = ?, counters = ?, messages = ? "
        "WHERE id = ?",
        (
            instant(ending.at),
            ending.outcome,
            ending.exit_code,
            json.dumps(ending.counters, sort_keys=True),
            json.dumps(ending.messages, ensure_ascii=False, sort_keys=True),
            crawl_id,
        ),
    )


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """A robots.txt as it was received."""

    url: str
    fetched_at: datetime
    status: int | None
    outcome: str
    """``rules``, ``no-robots`` (4xx: open) or ``unavailable`` (closed)."""

    text: str | None = None
    """For ``rules``."""


def note_robots(conn: sqlite3.Connection, crawl_id: int, file: RobotsFile) -> int:
    """Keep a robots.txt; its row."""
    cursor = conn.execute(
        "INSERT INTO robots (crawl_id, url, host, fetched_at, status, outcome, text) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            crawl_id,
            file.url,
            urlsplit(file.url).netloc,
            instant(file.fetched_at),
            file.status,
            file.outcome,
            file.text,
        ),
    )
    return int(cursor.lastrowid or 0)


def known_robots(
    conn: sqlite3.Connection, url: str, not_before: datetime
) -> tuple[int, RobotsFile] | None:
    """The last robots.txt of an address and its row; None where it is older, or was no answer."""
    row = conn.execute(
        "SELECT id, fetched_at, status, outcome, text FROM robots WHERE host = ? AND url = ? "
        "AND fetched_at >= ? ORDER BY fetched_at DESC, id DESC LIMIT 1",
        (urlsplit(url).netloc, url, instant(not_before)),
    ).fetchone()
    if row is None or row[3] == "unavailable":
        return None
    return row[0], RobotsFile(url, datetime.fromisoformat(row[1]), *row[2:])
