"""What the archive holds of one article, for people and for machines."""

from __future__ import annotations

import json
from typing import Any

from sqlite_utils import Database

from baolangson_crawler import urls
from baolangson_crawler.exceptions import QueryError


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
        "WHERE article_id = :article ORDER BY seen_at, number"
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
