"""Archives with a past: articles of many days, written into the tables by SQL in one go."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from baolangson_crawler.storage.opening import open_writing

_ARTICLES = """
WITH RECURSIVE days(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM days WHERE n + 1 < :days),
     numbers(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM numbers WHERE k < :most)
INSERT INTO article (key, paper, site, title, published_at, language, url, canonical_url, layout,
    word_count, image_count, version_count, version_id, first_seen_at, last_seen_at)
SELECT :site || ':' || n || '-' || k, :site, :site, 'Bài ' || k,
    date(:first, n || ' days') || 'T08:' || printf('%02d', k % 60) || ':00+07:00', 'vi',
    'https://' || :site || '.example/' || n || '-' || k || '.html',
    'https://' || :site || '.example/' || n || '-' || k || '.html',
    'fck', 300, 1, 1, NULL, date(:first, n || ' days') || 'T02:00:00Z',
    date(:first, n || ' days') || 'T02:00:00Z'
FROM days JOIN numbers ON k <= CAST(:rate AS INTEGER)
    + (CAST((n + 1) * :part AS INTEGER) > CAST(n * :part AS INTEGER))
"""
_REST = """
INSERT INTO url (url, site, kind, key, state, article_id, discovered_at)
    SELECT url, site, 'article', key, 'fetched', id, first_seen_at FROM article;
INSERT INTO fetch (crawl_id, url_id, fetched_at, status)
    SELECT (SELECT min(id) FROM crawl), id, discovered_at, 200 FROM url;
INSERT INTO version (article_id, number, seen_at, fetch_id, content_sha256, layout, tool_version,
    title, lead, lead_in_body, body, subheads)
    SELECT article.id, 1, first_seen_at, article.id, key, layout, '0', title, 'Sapo', 0,
    'Nội dung.', '[]' FROM article;
UPDATE article SET version_id = id;
INSERT INTO daily_count (site, day, section, articles)
    SELECT site, substr(published_at, 1, 10), '', count(*) FROM article GROUP BY 1, 2;
"""


@dataclass(frozen=True)
class Past:
    """An archive of papers that printed evenly up to a day and were crawled daily."""

    path: Path
    last: date
    """The last day, on which every paper was crawled."""


def past(
    path: Path, rates: Mapping[str, float], *, days: int, last: date, name: str = "Báo {}"
) -> Past:
    """An archive of papers (by key: articles a day) over so many days."""
    first = last - timedelta(days - 1)
    db = open_writing(path)
    conn: sqlite3.Connection = db.conn
    conn.execute("BEGIN")
    conn.execute(
        "INSERT INTO crawl (command, sites, configuration, tool_version, started_at, outcome) "
        "VALUES ('test', '[]', '{}', '0', ?, 'done')",
        (f"{last}T01:00:00Z",),
    )
    for key, rate in rates.items():
        conn.execute(
            "INSERT INTO site (key, name, province, domains, family, verified, status) "
            "VALUES (?, ?, 'Thử', json_array(? || '.example'), 'fck', 'own', 'live')",
            (key, name.format(key), key),
        )
        values = {"site": key, "rate": rate, "part": rate % 1, "days": days, "first": str(first)}
        conn.execute(_ARTICLES, {**values, "most": int(rate) + 1})
        conn.executemany(
            "INSERT INTO site_day (site, day, crawls, last_crawl, answered_at) "
            "VALUES (?, ?, 1, 1, ?)",
            [(key, str(day), f"{day}T02:00:00Z") for day in _days(first, days)],
        )
    conn.execute("COMMIT")
    conn.executescript(_REST)
    db.close()
    return Past(path, last)


def _days(first: date, number: int) -> list[date]:
    return [first + timedelta(n) for n in range(number)]


def stop(conn: sqlite3.Connection, site: str, since: date) -> None:
    """Take from the archive what a paper printed since a day, as if it had printed nothing."""
    conn.execute("PRAGMA foreign_keys = OFF")
    conn.execute("DELETE FROM article WHERE site = ? AND published_at >= ?", (site, str(since)))
    conn.execute("DELETE FROM daily_count WHERE site = ? AND day >= ?", (site, str(since)))
