"""The SQL functions of an archive: ``escape_fts``, ``exact_fts``, ``fold`` and ``excerpt``."""

from __future__ import annotations

import re
import sqlite3
import unicodedata

from baolangson_crawler import text
from baolangson_crawler.exceptions import QueryError
from baolangson_crawler.storage.search import parse, snippet

_NOTHING = '""'  # an FTS5 query that finds nothing; the empty string is a syntax error
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
_WORD = re.compile(r"[^\W_]+")


def register(conn: sqlite3.Connection) -> None:
    """Make the functions known to a connection, ``escape_fts`` in the place of Datasette's."""
    conn.create_function("escape_fts", 1, escape_fts, deterministic=True)
    conn.create_function("exact_fts", 1, exact_fts, deterministic=True)
    conn.create_function("fold", 1, fold, deterministic=True)
    conn.create_function("excerpt", 2, excerpt, deterministic=True)


def escape_fts(query: object) -> str:
    """An FTS5 query for ``article_fts``: every word and "phrase", marks folded and đ as d.

    Nothing of what a person types is FTS5 syntax, so no query is an error; one without a word
    finds nothing.
    """
    try:
        parsed = parse(text.fold(_plain(query).translate(_QUOTES)))
    except QueryError:
        return _NOTHING
    return " AND ".join(part for part in (parsed.folded, parsed.exact) if part)


def exact_fts(query: object) -> str:
    """An FTS5 query for ``article_fts_exact``: every word with the marks it was typed with."""
    words = _WORD.findall(unicodedata.normalize("NFC", _plain(query)))
    return " AND ".join(f'"{word}"' for word in words) or _NOTHING


def fold(value: object) -> str | None:
    """The text as somebody types it without marks; NULL stays NULL."""
    return None if value is None else text.fold(_plain(value))


def excerpt(body: object, query: object) -> str:
    """The words of a text around the first word of a query, matches in square brackets."""
    return snippet(_plain(body), _WORD.findall(text.fold(_plain(query))))


def _plain(value: object) -> str:
    return "" if value is None or isinstance(value, bytes) else str(value)
