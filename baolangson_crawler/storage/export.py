"""Articles as CSV, streamed from one read transaction and equal byte for byte when repeated."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import TextIO

from sqlite_utils import Database

from baolangson_crawler.storage.filters import ANY, Filter

COLUMNS = {
    "key": "article.key",
    "site": "article.site",
    "paper": "article.paper",
    "paper_name": "site.name",
    "province": "site.province",
    "former_province": "site.former_province",
    "section": "article.section",
    "title": "article.title",
    "dateline": "version.dateline",
    "lead": "version.lead",
    "body": "version.body",
    "published_at": "article.published_at",
    "published_raw": "article.published_raw",
    "published_confidence": "article.published_confidence",
    "modified_at": "article.modified_at",
    "byline": "article.byline",
    "credit": "article.credit",
    "credit_source": "article.credit_source",
    "tags": (
        "(SELECT group_concat(name, '; ') FROM (SELECT tag.name AS name FROM article_tag "
        "JOIN tag ON tag.id = tag_id WHERE article_id = article.id ORDER BY number))"
    ),
    "word_count": "article.word_count",
    "image_count": "article.image_count",
    "language": "article.language",
    "version_count": "article.version_count",
    "first_seen_at": "article.first_seen_at",
    "url": "article.url",
    "canonical_url": "article.canonical_url",
}
"""Column of the export → the expression that gives it."""

CELL = 32_767
"""Characters that a cell of a spreadsheet holds; more would break the row."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def rows(db: Database, where: Filter = ANY) -> Iterator[tuple[object, ...]]:
    """The articles in order of site, date and key, one tuple for ``COLUMNS`` each.

    The rows are those of one moment, also while a crawl writes.

    Raises:
        QueryError: the archive has no such site.
    """
    where.check(db.conn)
    conditions = " AND ".join(["1", *where.conditions()])
    return iter(
        db.conn.execute(
            f"SELECT {', '.join(COLUMNS.values())} FROM article "
            "JOIN version ON version.id = article.version_id "
            "JOIN site ON site.key = article.paper "
            f"WHERE {conditions} ORDER BY article.site, article.published_at, article.key",
            where.values(),
        )
    )


def write_csv(found: Iterator[tuple[object, ...]], file: TextIO, *, spreadsheet: bool) -> int:
    """Write rows as CSV with a header; how many.

    Args:
        found: tuples for ``COLUMNS``.
        file: opened with ``newline=""`` and UTF-8.
        spreadsheet: for Excel and LibreOffice: a byte order mark, so that letters are read as
            UTF-8; an apostrophe before a cell that would run as a formula (OWASP, CSV injection);
            cells cut at 32,767 characters. Without it every value is exact.
    """
    if spreadsheet:
        file.write("\ufeff")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    written = 0
    for row in found:
        writer.writerow([_cell(value) for value in row] if spreadsheet else row)
        written += 1
    return written


def _cell(value: object) -> object:
    if not isinstance(value, str):
        return value
    guarded = f"'{value}" if value.startswith(_FORMULA) else value
    return guarded if len(guarded) <= CELL else guarded[: CELL - 1] + "…"
