"""The archive in Datasette: search without marks, readable text, and a page that runs no script.

Datasette finds this module by its entry point as soon as the package is installed. Every hook acts
on archives of this program only; other databases in the same Datasette are left as they are.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pluggy import HookimplMarker

from baolangson_crawler.datasette_plugin import cells, functions, reading
from baolangson_crawler.datasette_plugin.archives import is_archive, leads_to_archive
from baolangson_crawler.datasette_plugin.metadata import metadata
from baolangson_crawler.datasette_plugin.protection import Application, Protection

if TYPE_CHECKING:
    from datasette.app import Datasette

hookimpl = HookimplMarker("datasette")
_SETTINGS = {
    "sql_time_limit_ms": 3000,
    "facet_time_limit_ms": 1000,  # 200 is too short for a facet over a million articles
    "suggest_facets": False,  # the facets worth having are named in the metadata
    "truncate_cells_html": 500,
}


def make_datasette(path: Path) -> Datasette:
    """A Datasette that shows one archive with its descriptions, facets and queries."""
    from datasette.app import Datasette

    return Datasette([str(path)], metadata=metadata(path.stem), settings=_SETTINGS)


@hookimpl(trylast=True)  # Datasette's own escape_fts is registered before ours and replaced by it
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Give an archive's connections our functions."""
    if leads_to_archive(conn):
        functions.register(conn)


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[Application], Application]:
    """Protect every page of a Datasette that shows an archive."""
    return lambda application: Protection(application, datasette)


@hookimpl
def extra_css_urls(
    database: str | None, datasette: Datasette
) -> Callable[[], Awaitable[list[str]]]:
    """Our style sheet, for the pages of an archive."""

    async def urls() -> list[str]:
        if database is None or not await is_archive(datasette.get_database(database)):
            return []
        return ["/-/static-plugins/baolangson_crawler/archive.css"]

    return urls


@hookimpl
def extra_template_vars(
    view_name: str, database: str | None, table: str | None, request: Any, datasette: Datasette
) -> Callable[[], Awaitable[dict[str, Any]]]:
    """The text of an article, for the page of its row (``templates/row.html``)."""

    async def variables() -> dict[str, Any]:
        if view_name != "row" or table != "article" or database is None:
            return {}
        db = datasette.get_database(database)
        if not await is_archive(db):
            return {}
        return {"article_blocks": await reading.blocks(db, request.url_vars["pks"])}

    return variables


@hookimpl
def render_cell(
    row: sqlite3.Row,
    value: object,
    column: str,
    table: str | None,
    database: str,
    datasette: Datasette,
) -> Callable[[], Awaitable[str | None]] | None:
    """Text with its paragraphs, titles that lead to their article; all else as Datasette does."""
    shown = cells.shown(row, value, column, table, datasette.urls.table(database, "article"))
    if shown is None:
        return None

    async def cell() -> str | None:
        return shown if await is_archive(datasette.get_database(database)) else None

    return cell
