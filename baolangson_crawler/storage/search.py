"""Search that knows Vietnamese marks.

A word typed with marks matches exactly; a word typed without matches every marking of it. The
first are looked up in an index of the exact text, the second in one where marks are folded and
đ is d; a query may mix both. Queries of any shape are safe: nothing of them is FTS syntax.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from baolangson_crawler.exceptions import QueryError
from baolangson_crawler.storage.filters import ANY, Filter
from baolangson_crawler.text import fold, has_marks, spellings

_WORD = re.compile(r"\w(?:.*\w)?")


@dataclass(frozen=True, slots=True)
class Hit:
    """One article found."""

    id: int
    site: str
    """Key of the site that publishes it."""

    paper: str
    """Key of the paper that wrote it."""

    title: str
    section: str | None
    published_at: str | None
    url: str
    snippet: str
    """Words around the hit, matches between ``[`` and ``]``."""


@dataclass(frozen=True, slots=True)
class Result:
    """The hits of a search and how many there are in all."""

    hits: tuple[Hit, ...]
    count: int


@dataclass(frozen=True, slots=True)
class _Query:
    folded: str
    """FTS5 query for the folded index; empty where every word has marks."""

    exact: str
    """FTS5 query for the exact index; empty where no word has marks."""


def parse(query: str) -> _Query:
    """Sort the words and "phrases" of a query to the index that answers them.

    A phrase with any marked word is looked up exactly for its marked words and as a folded
    phrase for their order.

    Raises:
        QueryError: there is no word in it.
    """
    folded: list[str] = []
    exact: list[str] = []
    for number, part in enumerate(unicodedata.normalize("NFC", query).split('"')):
        words = _words(part)
        if number % 2 and words:
            folded.append(_phrase([fold(word) for word in words]))
            exact.extend(_exactly(word) for word in words if has_marks(word))
        else:
            exact.extend(_exactly(word) for word in words if has_marks(word))
            folded.extend(_phrase([fold(word)]) for word in words if not has_marks(word))
    if not folded and not exact:
        raise QueryError(f"There is no word to look for in {query!r}.")
    return _Query(" AND ".join(folded), " AND ".join(exact))


def _words(text: str) -> list[str]:
    """The words of a text as the index's tokenizer cuts it: letters, digits and their marks."""
    cut = "".join(
        c if unicodedata.category(c)[0] in "LNM" or unicodedata.category(c) == "Co" else " "
        for c in text
    )
    return cut.split()


def _exactly(word: str) -> str:
    """A word with its marks, in both placements of the tone."""
    ways = [_phrase([way]) for way in spellings(word)]
    return f"({' OR '.join(ways)})" if len(ways) > 1 else ways[0]


def _phrase(words: list[str]) -> str:
    return '"' + " ".join(words) + '"'


def search(
    db: Database,
    query: str,
    *,
    where: Filter = ANY,
    newest_first: bool = False,
    limit: int = 20,
) -> Result:
    """The articles that hold every word of the query.

    Args:
        db: an open archive.
        query: words, and "phrases in quotes".
        where: which articles are searched.
        newest_first: by date instead of by relevance.
        limit: how many hits to return; all are counted.

    Raises:
        QueryError: there is no word in the query, or no such site.
    """
    where.check(db.conn)
    parsed = parse(query)
    main, match = (
        ("article_fts", parsed.folded) if parsed.folded else ("article_fts_exact", parsed.exact)
    )
    conditions = [f"{main} MATCH :match", *where.conditions()]
    if parsed.folded and parsed.exact:
        conditions.append(
            "article.id IN (SELECT rowid FROM article_fts_exact WHERE article_fts_exact "
            "MATCH :exact)"
        )
    values = {"match": match, "exact": parsed.exact, "limit": limit, **where.values()}
    tables = f"FROM {main} CROSS JOIN article ON article.id = {main}.rowid"
    condition = "WHERE " + " AND ".join(conditions)
    order = "published_at DESC, article.id DESC" if newest_first else f"bm25({main}, 8, 3, 1)"
    count = db.conn.execute(f"SELECT count(*) {tables} {condition}", values).fetchone()[0]
    found = db.conn.execute(
        f"SELECT article.id, article.site, article.paper, article.title, article.section, "
        f"article.published_at, article.url {tables} {condition} ORDER BY {order} LIMIT :limit",
        values,
    ).fetchall()
    terms = [fold(w) for w in _words(query)]
    return Result(tuple(_hit(db.conn, row, terms) for row in found), int(count))


def _hit(conn: sqlite3.Connection, row: tuple[Any, ...], terms: list[str]) -> Hit:
    number, site, paper, title, section, published_at, url = row
    lead, body = conn.execute(
        "SELECT lead, body FROM article_text WHERE id = ?", (number,)
    ).fetchone()
    return Hit(
        id=number,
        site=site,
        paper=paper,
        title=title,
        section=section,
        published_at=published_at,
        url=url,
        snippet=snippet(f"{lead or ''} {body}", terms),
    )


def snippet(text: str, terms: list[str], width: int = 24) -> str:
    """The words around the first match of folded terms, matches in square brackets.

    FTS5's own snippet shows d for đ, because that is what the folded index holds.
    """
    words = text.split()
    wanted = set(terms)
    matches = [bool(wanted.intersection(_words(fold(word)))) for word in words]
    first = matches.index(True) if True in matches else 0
    start = max(0, first - width // 4)
    shown = [
        _WORD.sub(r"[\g<0>]", word, count=1) if match else word
        for word, match in zip(words[start : start + width], matches[start:], strict=False)
    ]
    return ("… " if start else "") + " ".join(shown) + (" …" if start + width < len(words) else "")
