"""A source says that a held article has changed, or is back: a reason to look at it now."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from baolangson_crawler.dating.reading import read_date
from baolangson_crawler.revisiting import LISTED, pause_when_announced
from baolangson_crawler.storage import habits
from baolangson_crawler.storage.rows import instant, moment


def announced(
    conn: sqlite3.Connection, site: str, article_id: int, url_id: int, raw: str, seen_at: str
) -> None:
    """Bring the next look forward where the source states a later change than it ever has.

    What it stated first counts only if it is later than our last look: a source that states the
    same for ever, or states another moment than a second source does, causes no visit.

    Args:
        conn: inside a transaction.
        site: key of the site.
        article_id: the article.
        url_id: row of the address that is listed.
        raw: the moment of the change, as printed.
        seen_at: when it was listed.
    """
    stated = _read(raw)
    before, fetched_at = conn.execute(
        "SELECT listed_modified, fetched_at FROM url WHERE id = ?", (url_id,)
    ).fetchone()
    known = _read(before) if before else None
    if stated is None or (known is not None and stated <= known):
        return
    conn.execute("UPDATE url SET listed_modified = ? WHERE id = ?", (raw, url_id))
    place = conn.execute(
        "SELECT id, fetched_at FROM url WHERE article_id = ? AND state = 'done' "
        "AND kind = 'article' AND next_visit_at IS NOT NULL",
        (article_id,),
    ).fetchone()
    if place is None:
        return
    known_id, looked_at = place
    looked = moment(looked_at or fetched_at or seen_at)
    if known is None and stated <= looked:
        return
    wait = pause_when_announced(habits.load(conn, site, LISTED))
    due = max(looked + wait, moment(seen_at))
    conn.execute(
        "UPDATE url SET rank = 1, next_visit_at = ?1 WHERE id = ?2 AND "
        "(rank != 1 OR next_visit_at > ?1)",
        (instant(due), known_id),
    )


def relisted(
    conn: sqlite3.Connection, article_id: int, listed_crawl: int | None, seen_at: str
) -> None:
    """Bring the next look at an article that has gone forward, where a source lists it again.

    A source that never ceased to list it says nothing new: what it listed in the crawl of the last
    look, or since, causes no visit.

    Args:
        conn: inside a transaction.
        article_id: the article.
        listed_crawl: the crawl that met the address in a source before this one.
        seen_at: when it was listed.
    """
    conn.execute(
        "UPDATE url SET next_visit_at = ?1 WHERE article_id = ?2 AND state = 'done' "
        "AND kind = 'article' AND next_visit_at > ?1 AND missing_at IS NOT NULL "
        "AND failed_crawl > ?3 AND 'gone' = (SELECT kind FROM event "
        "WHERE article_id = ?2 AND kind != 'moved' ORDER BY id DESC LIMIT 1)",
        (seen_at, article_id, listed_crawl or 0),
    )


def _read(raw: str) -> datetime | None:
    reading = read_date(raw)
    return reading.at if reading else None
