"""The address that a held article is known under, and how it moves to another."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

from baolangson_crawler.items import Article, Visit
from baolangson_crawler.storage import events, rows
from baolangson_crawler.storage.ledger import Ledger
from baolangson_crawler.storage.rows import instant
from baolangson_crawler.urls import bare_host, canonical


class Address(NamedTuple):
    """Where an article was found last."""

    url: str
    canonical_url: str


def address_of(conn: sqlite3.Connection, article_id: int) -> Address:
    """The address as the archive has it."""
    row = conn.execute("SELECT url, canonical_url FROM article WHERE id = ?", (article_id,))
    return Address(*row.fetchone())


def newer_address(conn: sqlite3.Connection, article_id: int, url_id: int) -> int | None:
    """An address of the same article that the paper has listed since it listed this one last."""
    row = conn.execute(
        "SELECT other.id FROM url AS other JOIN url AS this ON this.id = ? "
        "WHERE other.article_id = ? AND other.id != this.id AND other.kind = 'article' "
        "AND other.missing_at IS NULL AND other.listed_crawl > coalesce(this.listed_crawl, 0) "
        "ORDER BY other.listed_crawl DESC, other.id DESC LIMIT 1",
        (url_id, article_id),
    ).fetchone()
    return int(row[0]) if row else None


def follow(
    conn: sqlite3.Connection,
    ledger: Ledger,
    before: Address,
    asked: str,
    visit: Visit,
    fetch_id: int,
) -> int | None:
    """Note that an article has moved, where it has.

    Another scheme, ``www.`` or a tracking parameter is no other address (``urls.canonical``).

    Args:
        conn: inside a transaction.
        ledger: of the crawl.
        before: where it was, as `address_of` told before the visit was written.
        asked: the address that was asked.
        visit: with its article.
        fetch_id: the visit's row.

    Returns:
        The row of the address that it is known under from now on; None where it has not moved.
    """
    article = visit.article
    assert article is not None
    if article.canonical_url == before.canonical_url:
        return None
    seen_at = instant(visit.visited_at)
    url = _answering(article, asked)
    article_id = rows.move_article(conn, article.key, url, article.canonical_url)
    rows.add_alias(conn, before.url, article_id, "fetched", seen_at, fetch_id)
    rows.add_alias(conn, url, article_id, "fetched", seen_at, fetch_id)
    events.record(conn, article_id, "moved", seen_at, fetch_id, f"{before.url} → {url}")
    return ledger.place(url, visit.site, article.key, article_id, seen_at)


def _answering(article: Article, asked: str) -> str:
    """The new address in a form that answers: the canonical form drops ``http`` and ``www.``."""
    if canonical(article.url) == article.canonical_url:
        return article.url
    said, by = urlsplit(article.canonical_url), urlsplit(asked)
    if said.hostname and bare_host(by.hostname or "") == bare_host(said.hostname):
        return urlunsplit(said._replace(scheme=by.scheme, netloc=by.netloc))
    return article.canonical_url
