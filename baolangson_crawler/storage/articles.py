"""An article that was read, beside what the archive has of it: a first version, or another."""

from __future__ import annotations

import sqlite3
from collections import Counter

from baolangson_crawler.items import Article, Visit
from baolangson_crawler.storage import rows
from baolangson_crawler.storage.versions import Comparison, compare


def write(
    conn: sqlite3.Connection, visit: Visit, counter: Counter[str], seen_at: str, fetch_id: int
) -> tuple[int, Comparison]:
    """Write the article of a visit, a version where its content is new, and its addresses.

    Args:
        conn: inside a transaction.
        visit: with an article.
        counter: what was written is added to it: ``new``, ``same``, ``changed``, ``duplicate``,
            ``undated``.
        seen_at: when.
        fetch_id: row of the fetch.

    Returns:
        The article's row, and how it compares with what the archive had.
    """
    article = visit.article
    assert article is not None
    row = conn.execute(
        "SELECT article.id, content_sha256 FROM article "
        "JOIN version ON version.id = article.version_id WHERE article.key = ?",
        (article.key,),
    ).fetchone()
    comparison = compare(row[1] if row else None, article)
    if row is None:
        article_id = rows.insert_article(conn, article, seen_at)
        _write_version(conn, article_id, article, seen_at, fetch_id)
    else:
        article_id = int(row[0])
        rows.note_seen(conn, article_id, article, seen_at)
    if comparison == "changed":
        _replace_version(conn, article_id, article, seen_at, fetch_id)
    counter[comparison] += 1
    counter["undated"] += article.published is None or article.published.at is None
    for number, url in enumerate(dict.fromkeys((visit.url, article.url))):
        kind = "first" if row is None else "fetched"
        added = rows.add_alias(conn, url, article_id, kind, seen_at, fetch_id)
        counter["duplicate"] += added and (row is not None or number > 0)
    return article_id, comparison


def _write_version(
    conn: sqlite3.Connection, article_id: int, article: Article, seen_at: str, fetch_id: int
) -> None:
    rows.insert_version(conn, article_id, article, seen_at, fetch_id)
    rows.replace_tags(conn, article_id, article.tags)
    rows.replace_related(conn, article_id, article)
    rows.index_article(conn, article_id)
    published = article.published
    day = published.at.date().isoformat() if published and published.at else ""
    rows.count_day(conn, article.site, day, article.section or "", 1)


def _replace_version(
    conn: sqlite3.Connection, article_id: int, article: Article, seen_at: str, fetch_id: int
) -> None:
    day, section = conn.execute(
        "SELECT coalesce(substr(published_at, 1, 10), ''), coalesce(section, '') "
        "FROM article WHERE id = ?",
        (article_id,),
    ).fetchone()
    rows.unindex_article(conn, article_id)
    rows.count_day(conn, article.site, day, section, -1)
    rows.update_article(conn, article_id, article)
    _write_version(conn, article_id, article, seen_at, fetch_id)
