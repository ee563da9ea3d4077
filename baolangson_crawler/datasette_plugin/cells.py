"""How single cells are shown; everything is escaped here, nothing of an article is markup."""

from __future__ import annotations

import sqlite3

from markupsafe import Markup

_ARTICLES = ("article", "article_text", "article_as_printed")
_TEXTS = {
    "version": ("lead", "body"),
    "article_text": ("lead", "body"),
    "article_as_printed": ("lead", "body"),
    "image": ("caption",),
    "robots": ("text",),
}


def shown(
    row: sqlite3.Row, value: object, column: str, table: str | None, articles: str
) -> str | None:
    """A cell as HTML; None leaves it to Datasette.

    Args:
        row: the row of the cell.
        value: what the cell holds.
        column: its column.
        table: its table or view; None in the result of a query.
        articles: address of the table ``article``.
    """
    if not isinstance(value, str) or not value:
        return None
    if table and column in _TEXTS.get(table, ()):
        return Markup('<div class="archive-text">{}</div>').format(value)
    number = _article(row, column, table)
    if number is None:
        return None
    return Markup('<a href="{}/{}">{}</a>').format(articles, number, value)


def _article(row: sqlite3.Row, column: str, table: str | None) -> int | None:
    """The article that a title belongs to.

    In the result of a query the column ``article_id`` tells it.
    """
    if column != "title":
        return None
    if table in _ARTICLES:
        name = "id"
    elif table is None:
        name = "article_id"
    else:
        return None
    number = row[name] if name in row.keys() else None  # noqa: SIM118  (a row is no mapping)
    return number if isinstance(number, int) else None
