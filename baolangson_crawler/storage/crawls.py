"""The rows of a crawl as a whole: which sites, how configured, how it ended, what it was told."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime

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


def end(
    conn: sqlite3.Connection,
    crawl_id: int,
    outcome: str,
    counters: Mapping[str, Mapping[str, int]],
    now: datetime,
) -> None:
    """Note how a crawl ended and what it counted, by site."""
    conn.execute(
        "UPDATE crawl SET finished_at = ?, outcome = ?, counters = ? WHERE id = ?",
        (instant(now), outcome, json.dumps(counters, sort_keys=True), crawl_id),
    )


def note_robots(conn: sqlite3.Connection, values: tuple[object, ...]) -> None:
    """Keep a robots.txt: crawl, host, moment, status, outcome, text."""
    conn.execute(
        "INSERT INTO robots (crawl_id, host, fetched_at, status, outcome, text) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        values,
    )
