"""What the archive says of itself and of one article, for people and for machines."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from baolangson_crawler import urls
from baolangson_crawler.exceptions import QueryError


@dataclass(frozen=True, slots=True)
class SiteStatus:
    """One site at a glance."""

    key: str
    name: str
    articles: int
    """Those that it wrote, wherever they are published now."""

    versions: int
    pending: int
    failed: int
    held: int
    newest: str | None
    """When its newest article was published."""

    last_fetch: str | None
    """When it last answered."""


@dataclass(frozen=True, slots=True)
class LastCrawl:
    """The crawl that began last."""

    started_at: str
    finished_at: str | None
    outcome: str
    tool_version: str


@dataclass(frozen=True, slots=True)
class Status:
    """The archive at a glance."""

    sites: tuple[SiteStatus, ...]
    crawl: LastCrawl | None
    capture_bytes: int
    """Bytes of all captures as received."""

    stored_bytes: int
    """Bytes that they take."""


def status(db: Database) -> Status:
    """The archive at a glance."""
    conn = db.conn
    ledger = {
        key: (pending, failed)
        for key, pending, failed in conn.execute(
            "SELECT site, sum(state = 'pending'), sum(state = 'failed') FROM url GROUP BY site"
        )
    }
    held = dict(conn.execute("SELECT site, count(*) FROM held GROUP BY site"))
    answered = dict(
        conn.execute(
            "SELECT site, max(fetch.fetched_at) FROM fetch JOIN url ON url.id = url_id "
            "WHERE status = 200 GROUP BY site"
        )
    )
    found = conn.execute(
        "SELECT site.key, site.name, count(article.id), total(version_count), "
        "max(published_at) FROM site LEFT JOIN article ON article.paper = site.key "
        "GROUP BY site.key ORDER BY site.key"
    )
    sites = tuple(
        SiteStatus(
            key=key,
            name=name,
            articles=articles,
            versions=int(versions),
            pending=ledger.get(key, (0, 0))[0],
            failed=ledger.get(key, (0, 0))[1],
            held=held.get(key, 0),
            newest=newest,
            last_fetch=answered.get(key),
        )
        for key, name, articles, versions, newest in found
    )
    last = conn.execute(
        "SELECT started_at, finished_at, outcome, tool_version FROM crawl ORDER BY id DESC LIMIT 1"
    ).fetchone()
    sizes = conn.execute("SELECT total(length), total(stored_length) FROM capture").fetchone()
    return Status(
        sites=sites,
        crawl=LastCrawl(*last) if last else None,
        capture_bytes=int(sizes[0]),
        stored_bytes=int(sizes[1]),
    )


def find_article(db: Database, what: str) -> int:
    """The id of the article that a number, a key or any address of it names.

    Raises:
        QueryError: the archive has no such article.
    """
    if what.isdigit():
        sql, value = "SELECT id FROM article WHERE id = ?", what
    elif "://" in what:
        return _find_by_url(db, what)
    else:
        sql, value = "SELECT id FROM article WHERE key = ?", what
    row = db.conn.execute(sql, (value,)).fetchone()
    if row is None:
        raise QueryError(f"The archive has no article {what!r}. Find one with: baolangson search.")
    return int(row[0])


def _find_by_url(db: Database, url: str) -> int:
    questions = [
        ("SELECT article_id FROM alias WHERE url = ?", url),
        ("SELECT article_id FROM url WHERE url = ? AND article_id IS NOT NULL", url),
    ]
    try:
        questions.append(("SELECT id FROM article WHERE canonical_url = ?", urls.canonical(url)))
    except ValueError as error:
        raise QueryError(str(error)) from error
    for sql, value in questions:
        if row := db.conn.execute(sql, (value,)).fetchone():
            return int(row[0])
    raise QueryError(f"The archive has no article at {url}.")


_TAGS = (
    "SELECT name FROM article_tag JOIN tag ON tag.id = tag_id WHERE article_id = ? ORDER BY number"
)
_PARTS = {
    "images": (
        "SELECT url, caption, credit, position FROM image WHERE version_id = :version "
        "ORDER BY number"
    ),
    "related": "SELECT url, title FROM related WHERE article_id = :article ORDER BY number",
    "aliases": (
        "SELECT url, kind, seen_at FROM alias WHERE article_id = :article ORDER BY seen_at, url"
    ),
    "versions": (
        "SELECT number, seen_at, content_sha256, layout, tool_version FROM version "
        "WHERE article_id = :article ORDER BY number"
    ),
}
"""What belongs to an article in several rows → how it is asked for."""


def article_record(db: Database, article_id: int) -> dict[str, Any]:
    """Everything the archive holds of one article, ready for JSON."""
    row = next(
        iter(
            db.query(
                "SELECT article.*, site.name AS paper_name, version.dateline, version.lead, "
                "version.lead_in_body, version.body, version.subheads FROM article "
                "JOIN version ON version.id = article.version_id "
                "JOIN site ON site.key = article.paper WHERE article.id = ?",
                [article_id],
            )
        )
    )
    subheads = set(json.loads(row.pop("subheads")))
    row["body"] = [
        {"kind": "subhead" if number in subheads else "paragraph", "text": text}
        for number, text in enumerate(row["body"].split("\n\n"))
    ]
    row["lead_in_body"] = bool(row["lead_in_body"])
    row["tags"] = [tag["name"] for tag in db.query(_TAGS, [article_id])]
    for name, sql in _PARTS.items():
        row[name] = list(db.query(sql, {"article": article_id, "version": row["version_id"]}))
    return row
