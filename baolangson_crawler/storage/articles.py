"""An article that was read, beside what the archive has of it: a first version, or another."""

from __future__ import annotations

import sqlite3
from collections import Counter

from baolangson_crawler.items import Article, Visit
from baolangson_crawler.storage import rows
from baolangson_crawler.storage.versions import Comparison, compare, content_sha256

_NEIGHBOURS = (
    "SELECT content_sha256 FROM (SELECT content_sha256 FROM version WHERE article_id = ?1 "
    "AND seen_at <= ?2 ORDER BY seen_at DESC, number DESC LIMIT 1) UNION ALL "
    "SELECT content_sha256 FROM (SELECT content_sha256 FROM version WHERE article_id = ?1 "
    "AND seen_at > ?2 ORDER BY seen_at, number LIMIT 1)"
)


def write(
    conn: sqlite3.Connection,
    visit: Visit,
    counter: Counter[str],
    seen_at: str,
    fetch_id: int,
    *,
    may_be_history: bool = False,
) -> tuple[int, Comparison]:
    """Write the article of a visit, a version where its content is new, and its addresses.

    Args:
        conn: inside a transaction.
        visit: with an article.
        counter: what was written is added to it: ``new``, ``same``, ``changed``, ``older``,
            ``duplicate``, ``undated``.
        seen_at: when.
        fetch_id: row of the fetch.
        may_be_history: whether a page seen before the last visit is an older state of the article,
            which takes the place of nothing. What a crawl reads is the present, whatever the
            clock said before.

    Returns:
        The article's row, and how it compares with what the archive had.
    """
    article = visit.article
    assert article is not None
    row = conn.execute(
        "SELECT article.id, content_sha256, last_seen_at FROM article "
        "JOIN version ON version.id = article.version_id WHERE article.key = ?",
        (article.key,),
    ).fetchone()
    comparison = compare(row[1] if row else None, article)
    if row and may_be_history and seen_at < row[2]:
        article_id = int(row[0])
        comparison = _write_older(conn, article_id, article, seen_at, fetch_id)
    elif row is None:
        article_id = rows.insert_article(conn, article, seen_at)
        _write_version(conn, article_id, article, seen_at, fetch_id)
    else:
        article_id = int(row[0])
        rows.note_seen(conn, article_id, article.paper, seen_at)
    if comparison == "changed":
        _replace_version(conn, article_id, article, seen_at, fetch_id)
    counter[comparison] += 1
    if comparison != "older":
        counter["undated"] += article.published is None or article.published.at is None
    for number, url in enumerate(dict.fromkeys((visit.url, article.url))):
        kind = "first" if row is None else "fetched"
        added = rows.add_alias(conn, url, article_id, kind, seen_at, fetch_id)
        counter["duplicate"] += added and (row is not None or number > 0)
    return article_id, comparison


def _write_older(
    conn: sqlite3.Connection, article_id: int, article: Article, seen_at: str, fetch_id: int
) -> Comparison:
    """Write a state of the past as a version, where neither the one before nor the one after is it.

    Text, title, dates and search index of the article stay.
    """
    rows.note_seen_before(conn, article_id, seen_at)
    neighbours = conn.execute(_NEIGHBOURS, (article_id, seen_at)).fetchall()
    if (content_sha256(article),) in neighbours:
        return "same"
    rows.insert_version(conn, article_id, article, seen_at, fetch_id, is_current=False)
    return "older"


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
