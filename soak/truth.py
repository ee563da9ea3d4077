"""What an archive of the demo papers must hold, to the last row, and how one falls short of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from baolangson_crawler.demo import PAPERS, DemoPaper, expected_articles
from baolangson_crawler.exceptions import ArchiveError
from baolangson_crawler.items import Article
from baolangson_crawler.storage import captures
from baolangson_crawler.storage.opening import open_reading
from baolangson_crawler.storage.reports import article_record

FIELDS = (
    "site_article_id title section dateline lead lead_in_body byline byline_raw credit "
    "credit_source language layout published_at modified_at canonical_url"
).split()
"""Columns that are compared as they stand."""

FINAL = ("fetched", "done", "skipped", "gone")
"""States of an address that nothing more is to be done for; a demo paper fails at nothing."""


def sized(articles: int) -> tuple[DemoPaper, ...]:
    """The demo papers with about so many articles in all, the same number each.

    With fewer than 60 in all, some sections have none and are not found.
    """
    return tuple(replace(paper, articles=articles // len(PAPERS)) for paper in PAPERS)


def stored(db: Database, article_id: int) -> dict[str, Any]:
    """What the archive holds of an article, in the form of ``wanted``."""
    record = article_record(db, article_id)
    return {name: record[name] for name in FIELDS} | {
        "body": [(block["kind"], block["text"]) for block in record["body"]],
        "images": record["images"],
        "tags": record["tags"],
        "related": {link["url"]: link["title"] for link in record["related"]},
    }


def wanted(article: Article) -> dict[str, Any]:
    """What the archive should hold of an article."""
    moments = {
        "published_at": article.published,
        "modified_at": article.modified,
    }
    return {
        name: getattr(article, name)
        for name in FIELDS
        if name not in ("site_article_id", "credit", "credit_source", *moments)
    } | {
        "site_article_id": article.article_id,
        "credit": article.credit.raw if article.credit else None,
        "credit_source": article.credit.source if article.credit else None,
        **{
            name: moment.at.isoformat(timespec="seconds") if moment and moment.at else None
            for name, moment in moments.items()
        },
        "body": [(block.kind, block.text) for block in article.body],
        "images": [asdict(image) for image in article.images],
        "tags": list(article.tags),
        "related": {link.url: link.title for link in article.related},
    }


@lru_cache(maxsize=8)
def _expected(paper: DemoPaper) -> dict[str, dict[str, Any]]:
    return {article.key: wanted(article) for article in expected_articles(paper)}


@dataclass(frozen=True, slots=True)
class Addresses:
    """Which addresses an archive knows and what they lead to; no crash may change them."""

    ledger: frozenset[tuple[str, str, str, str | None]]
    """Address, site, kind and key of the article that it names."""

    aliases: frozenset[tuple[str, str]]
    """Address and key of the article that it leads to."""


def addresses_of(archive: Path) -> Addresses:
    """The addresses of an archive."""
    db = open_reading(archive)
    try:
        return Addresses(
            frozenset(db.execute("SELECT url, site, kind, key FROM url")),
            frozenset(
                db.execute("SELECT alias.url, key FROM alias JOIN article ON id = article_id")
            ),
        )
    finally:
        db.close()


def differences(
    archive: Path, papers: Sequence[DemoPaper], undisturbed: Addresses | None = None
) -> list[str]:
    """How an archive differs from what a perfect crawl of the papers leaves; empty where not.

    Args:
        archive: the file, which nobody writes to meanwhile.
        papers: all that were crawled, in the state in which they were served.
        undisturbed: the addresses that a crawl without accidents came to know.
    """
    try:
        db = open_reading(archive)
    except ArchiveError as error:
        return [str(error)]
    try:
        found = [*_unequal_articles(db, papers), *_broken_rules(db), *_broken_captures(db)]
    finally:
        db.close()
    if undisturbed:
        found += _unequal_addresses(undisturbed, addresses_of(archive))
    return [*found, *_broken_indexes(archive)]


def _unequal_articles(db: Database, papers: Sequence[DemoPaper]) -> Iterator[str]:
    for paper in papers:
        rows = db.execute("SELECT key, id FROM article WHERE site = ?", [paper.key]).fetchall()
        ids, expected = dict(rows), _expected(paper)
        if len(rows) != len(ids):
            yield f"{paper.key}: {len(rows) - len(ids)} articles stand twice"
        for name, keys in (("missing", expected.keys() - ids), ("unknown", ids.keys() - expected)):
            if keys:
                yield f"{paper.key}: {len(keys)} {name}, as {min(keys)}"
        for key in sorted(expected.keys() & ids):
            held = stored(db, ids[key])
            yield from (
                f"{key}: {name} is {held[name]!r}, not {value!r}"
                for name, value in expected[key].items()
                if held[name] != value
            )


def _unequal_addresses(wanted: Addresses, held: Addresses) -> Iterator[str]:
    for what in ("ledger", "aliases"):
        one, other = getattr(wanted, what), getattr(held, what)
        for name, rows in (("lacks", one - other), ("has besides", other - one)):
            if rows:
                yield f"{what} {name} {len(rows)} rows, as {min(rows, key=str)}"


# Each selects what may not be there.
_RULES = {
    "an address in no final state": (
        f"SELECT url, state, reason FROM url WHERE state NOT IN {FINAL} "
        "OR (state = 'skipped' AND reason NOT IN ('alias', 'end_of_list'))"
    ),
    "an article with more than one version": (
        "SELECT key, version_count FROM article WHERE version_count != 1 OR "
        "(SELECT count(*) FROM version WHERE article_id = article.id) != 1"
    ),
    "a version that is not its article's": (
        "SELECT version.id FROM version LEFT JOIN article ON version_id = version.id "
        "WHERE article.id IS NOT version.article_id"
    ),
    "an article without the answer that it was read from": (
        "SELECT article.key, url.key, status FROM article "
        "JOIN version ON version.id = version_id LEFT JOIN fetch ON fetch.id = fetch_id "
        "LEFT JOIN url ON url.id = url_id "
        "WHERE capture_id IS NULL OR status != 200 OR url.key IS NOT article.key"
    ),
    "an article that no address of the ledger has": (
        "SELECT key FROM article WHERE id NOT IN "
        "(SELECT article_id FROM url WHERE article_id IS NOT NULL)"
    ),
    "an article without its own address among the aliases": (
        "SELECT key FROM article WHERE NOT EXISTS "
        "(SELECT 1 FROM alias WHERE alias.url = article.url AND article_id = article.id)"
    ),
    "an address that leads to another article than it names": (
        "SELECT url.url FROM url JOIN article ON article.id = article_id "
        "WHERE article.key != url.key"
    ),
    "a capture of no fetch": (
        "SELECT id FROM capture WHERE id NOT IN "
        "(SELECT capture_id FROM fetch WHERE capture_id IS NOT NULL)"
    ),
    "a tag of no article": "SELECT name FROM tag WHERE id NOT IN (SELECT tag_id FROM article_tag)",
    "a page that is held": "SELECT url_id, reason FROM held",
    "a crawl that runs": "SELECT id, outcome FROM crawl WHERE outcome = 'running'",
    "a day that is counted wrong": (
        "WITH recount AS (SELECT site, coalesce(substr(published_at, 1, 10), '') AS day, "
        "coalesce(section, '') AS section, count(*) AS articles FROM article GROUP BY 1, 2, 3) "
        "SELECT * FROM (SELECT * FROM recount EXCEPT SELECT site, day, section, articles "
        "FROM daily_count) UNION ALL SELECT * FROM (SELECT site, day, section, articles "
        "FROM daily_count WHERE articles != 0 EXCEPT SELECT * FROM recount)"
    ),
    "a row without the row that it refers to": "PRAGMA foreign_key_check",
}


def _broken_rules(db: Database) -> Iterator[str]:
    for what, select in _RULES.items():
        if rows := db.execute(select).fetchall():
            yield f"{what}: {len(rows)}, as {rows[0]}"


def _broken_captures(db: Database) -> Iterator[str]:
    for (capture_id,) in db.execute("SELECT id FROM capture").fetchall():
        try:
            captures.load(db.conn, capture_id)
        except ArchiveError as error:
            yield str(error)


def _broken_indexes(archive: Path) -> Iterator[str]:
    """The file itself, and both search indexes against the text that they are made of."""
    yield from damage(archive)
    conn = sqlite3.connect(archive, isolation_level=None)
    try:
        articles = conn.execute("SELECT count(*) FROM article").fetchone()
        for index in ("article_fts", "article_fts_exact"):
            entered = conn.execute(f"SELECT count(*) FROM {index}_docsize").fetchone()
            if entered != articles:
                yield f"{index} has {entered[0]} entries for {articles[0]} articles"
            try:  # rank 1: compare with the content, not only the index with itself (fts5.html, 6)
                conn.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
            except sqlite3.DatabaseError as error:
                yield f"{index}: {error}"
    finally:
        conn.close()


def damage(archive: Path) -> list[str]:
    """What SQLite finds broken in the file; empty where nothing is."""
    conn = sqlite3.connect(archive)
    try:
        rows = [str(row[0]) for row in conn.execute("PRAGMA integrity_check")]
    except sqlite3.DatabaseError as error:
        return [f"{archive.name}: {error}"]
    finally:
        conn.close()
    return [] if rows == ["ok"] else [f"integrity_check: {row}" for row in rows]
