"""An article and its parts as rows; every statement that writes one stands here."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime

from baolangson_crawler import __version__, text
from baolangson_crawler.items import Article, Moment
from baolangson_crawler.storage.versions import content_sha256

_ARTICLE = (
    "site_article_id title section published_at published_raw published_method "
    "published_confidence published_precision modified_at modified_raw byline byline_raw credit "
    "credit_source language url canonical_url layout word_count image_count"
).split()
_INSERT_ARTICLE = (
    f"INSERT INTO article (key, site, paper, first_seen_at, last_seen_at, version_count, "
    f"{', '.join(_ARTICLE)}) VALUES (?, ?, ?, ?, ?, 0, {', '.join('?' * len(_ARTICLE))})"
)
_UPDATE_ARTICLE = f"UPDATE article SET {', '.join(f'{name} = ?' for name in _ARTICLE)} WHERE id = ?"
_ATTRIBUTE = "UPDATE article SET last_seen_at = ?, paper = coalesce(?, paper) WHERE id = ?"


def instant(moment: datetime) -> str:
    """An instant of ours: ISO 8601 in UTC with ``Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(stored: str) -> datetime:
    """A stored moment; one without an offset is taken as UTC."""
    at = datetime.fromisoformat(stored)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _at(moment: Moment | None) -> str | None:
    """A moment of the paper: ISO 8601 with the offset it was printed in."""
    return moment.at.isoformat(timespec="seconds") if moment and moment.at else None


def _values(article: Article) -> tuple[object, ...]:
    published, modified, credit = article.published, article.modified, article.credit
    words = sum(text.word_count(block.text) for block in article.body)
    if article.lead and not article.lead_in_body:
        words += text.word_count(article.lead)
    return (
        article.article_id,
        article.title,
        article.section,
        _at(published),
        published.raw if published else None,
        published.method if published else None,
        published.confidence if published else None,
        published.precision if published else None,
        _at(modified),
        modified.raw if modified else None,
        article.byline,
        article.byline_raw,
        credit.raw if credit else None,
        credit.source if credit else None,
        article.language,
        article.url,
        article.canonical_url,
        article.layout,
        words,
        len(article.images),
    )


def _json(values: Sequence[object]) -> str | None:
    """A list as JSON; NULL for an empty one."""
    return json.dumps(values, ensure_ascii=False) if values else None


def insert_article(conn: sqlite3.Connection, article: Article, seen_at: str) -> int:
    """A new article, without a version yet; its id."""
    paper = article.paper or article.site
    cursor = conn.execute(
        _INSERT_ARTICLE, (article.key, article.site, paper, seen_at, seen_at, *_values(article))
    )
    return int(cursor.lastrowid or 0)


def note_seen(conn: sqlite3.Connection, article_id: int, paper: str | None, seen_at: str) -> None:
    """That an article was seen again, and who wrote it: only one of its addresses may tell."""
    conn.execute(_ATTRIBUTE, (seen_at, paper, article_id))


def note_seen_before(conn: sqlite3.Connection, article_id: int, seen_at: str) -> None:
    """That an article was there already at a moment before the last visit."""
    conn.execute(
        "UPDATE article SET first_seen_at = min(first_seen_at, ?) WHERE id = ?",
        (seen_at, article_id),
    )


def update_article(conn: sqlite3.Connection, article_id: int, article: Article) -> None:
    """The columns of an article as its newest version states them."""
    conn.execute(_UPDATE_ARTICLE, (*_values(article), article_id))


def move_article(conn: sqlite3.Connection, key: str, url: str, canonical_url: str) -> int:
    """Note the new address of an article; its row."""
    row = conn.execute(
        "UPDATE article SET url = ?, canonical_url = ? WHERE key = ? RETURNING id",
        (url, canonical_url, key),
    ).fetchone()
    return int(row[0])


def insert_version(
    conn: sqlite3.Connection,
    article_id: int,
    article: Article,
    seen_at: str,
    fetch_id: int,
    *,
    is_current: bool = True,
) -> int:
    """A further version with its images; it becomes the article's current one, unless it is old."""
    subheads = [i for i, block in enumerate(article.body) if block.kind == "subhead"]
    published, modified = article.published, article.modified
    cursor = conn.execute(
        "INSERT INTO version (article_id, number, seen_at, fetch_id, content_sha256, layout, "
        "tool_version, title, dateline, lead, lead_in_body, body, subheads, published_raw, "
        "modified_raw, findings, repairs) VALUES "
        "(?, (SELECT version_count + 1 FROM article WHERE id = ?), ?, ?, ?, ?, ?, ?, "
        "?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            article_id,
            article_id,
            seen_at,
            fetch_id,
            content_sha256(article),
            article.layout,
            __version__,
            article.title,
            article.dateline,
            article.lead,
            int(article.lead_in_body),
            article.body_text,
            json.dumps(subheads),
            published.raw if published else None,
            modified.raw if modified else None,
            _json([asdict(finding) for finding in article.findings]),
            _json(article.repairs),
        ),
    )
    version_id = int(cursor.lastrowid or 0)
    conn.executemany(
        "INSERT INTO image (version_id, number, url, caption, credit, position) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        [
            (version_id, number, image.url, image.caption, image.credit, image.position)
            for number, image in enumerate(article.images, 1)
        ],
    )
    conn.execute(
        "UPDATE article SET version_id = iif(?, ?, version_id), version_count = version_count + 1 "
        "WHERE id = ?",
        (is_current, version_id, article_id),
    )
    return version_id


def replace_tags(conn: sqlite3.Connection, article_id: int, tags: tuple[str, ...]) -> None:
    """The article's keywords in the order of the page."""
    conn.execute("DELETE FROM article_tag WHERE article_id = ?", (article_id,))
    for number, name in enumerate(tags, 1):
        row = conn.execute("SELECT id FROM tag WHERE name = ?", (name,)).fetchone()
        if row is None:
            row = (conn.execute("INSERT INTO tag (name) VALUES (?)", (name,)).lastrowid,)
        conn.execute(
            "INSERT INTO article_tag (article_id, number, tag_id) VALUES (?, ?, ?)",
            (article_id, number, row[0]),
        )


def replace_related(conn: sqlite3.Connection, article_id: int, article: Article) -> None:
    """The articles that the page offers beside this one."""
    conn.execute("DELETE FROM related WHERE article_id = ?", (article_id,))
    conn.executemany(
        "INSERT INTO related (article_id, number, url, title) VALUES (?, ?, ?, ?)",
        [
            (article_id, number, link.url, link.title)
            for number, link in enumerate(article.related, 1)
        ],
    )


def add_alias(
    conn: sqlite3.Connection, url: str, article_id: int, kind: str, seen_at: str, fetch_id: int
) -> bool:
    """Note that an address leads to the article; whether that is new."""
    cursor = conn.execute(
        "INSERT INTO alias (url, article_id, kind, seen_at, fetch_id) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT(url) DO NOTHING",
        (url, article_id, kind, seen_at, fetch_id),
    )
    return cursor.rowcount > 0


def delete_article(conn: sqlite3.Connection, article_id: int) -> int:
    """Take an article out with its only version; its addresses wait again. How many they were."""
    unindex_article(conn, article_id)
    site, day, section, version_id = conn.execute(
        "SELECT site, coalesce(substr(published_at, 1, 10), ''), coalesce(section, ''), version_id "
        "FROM article WHERE id = ?",
        (article_id,),
    ).fetchone()
    count_day(conn, site, day, section, -1)
    conn.execute("DELETE FROM image WHERE version_id = ?", (version_id,))
    conn.execute("UPDATE article SET version_id = NULL WHERE id = ?", (article_id,))
    conn.execute("DELETE FROM version WHERE id = ?", (version_id,))
    tags = conn.execute("SELECT tag_id FROM article_tag WHERE article_id = ?", (article_id,))
    tag_ids = tags.fetchall()
    replace_tags(conn, article_id, ())
    conn.executemany(
        "DELETE FROM tag WHERE id = ?1 "
        "AND NOT EXISTS (SELECT 1 FROM article_tag WHERE tag_id = ?1)",
        tag_ids,
    )
    conn.execute("DELETE FROM related WHERE article_id = ?", (article_id,))
    aliases = conn.execute("DELETE FROM alias WHERE article_id = ?", (article_id,)).rowcount
    conn.execute(
        "UPDATE url SET article_id = NULL, state = 'pending', reason = NULL, rank = 0, "
        "next_visit_at = NULL, missing_at = NULL WHERE article_id = ?",
        (article_id,),
    )
    conn.execute("DELETE FROM article WHERE id = ?", (article_id,))
    return aliases


def index_article(conn: sqlite3.Connection, article_id: int) -> None:
    """Enter the current text of an article into both search indexes."""
    conn.execute(
        "INSERT INTO article_fts (rowid, title, lead, body) "
        "SELECT id, title, lead, body FROM article_folded WHERE id = ?",
        (article_id,),
    )
    conn.execute(
        "INSERT INTO article_fts_exact (rowid, title, lead, body) "
        "SELECT id, title, lead, body FROM article_text WHERE id = ?",
        (article_id,),
    )


def unindex_article(conn: sqlite3.Connection, article_id: int) -> None:
    """Take the current text out of both indexes, before another version becomes current."""
    conn.execute(
        "INSERT INTO article_fts (article_fts, rowid, title, lead, body) "
        "SELECT 'delete', id, title, lead, body FROM article_folded WHERE id = ?",
        (article_id,),
    )
    conn.execute(
        "INSERT INTO article_fts_exact (article_fts_exact, rowid, title, lead, body) "
        "SELECT 'delete', id, title, lead, body FROM article_text WHERE id = ?",
        (article_id,),
    )


def count_day(conn: sqlite3.Connection, site: str, day: str, section: str, by: int) -> None:
    """Keep the number of articles of a site, day and section, for timelines and facets."""
    conn.execute(
        "INSERT INTO daily_count (site, day, section, articles) VALUES (?, ?, ?, ?) "
        "ON CONFLICT(site, day, section) DO UPDATE SET articles = articles + excluded.articles",
        (site, day, section, by),
    )
