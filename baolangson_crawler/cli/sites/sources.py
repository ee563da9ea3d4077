"""``baolangson sites sources``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from baolangson_crawler.cli.options import (
    archive_option,
    console,
    json_option,
    print_json,
    site_files_option,
)

if TYPE_CHECKING:
    from baolangson_crawler.storage.sources import RememberedSource


@click.command("sources")
@click.argument("key", metavar="SITE")
@archive_option
@site_files_option
@json_option
def command(key: str, archive: Path, site_files: tuple[Path, ...], as_json: bool) -> None:
    """Show where a paper lists its articles: what its file names and what the crawler found.

    Examples:

        baolangson sites sources baocantho

        baolangson sites sources mypaper --site mypaper.py --json
    """
    from baolangson_crawler.sites import load_sites
    from baolangson_crawler.storage.opening import explained, open_reading
    from baolangson_crawler.storage.sources import remembered, searched

    site = load_sites(site_files).get(key)
    found, search = [], None
    if archive.exists():
        db = open_reading(archive)
        with explained(archive):
            found, search = remembered(db.conn, site.key), searched(db.conn, site.key)
        db.close()
    given = [source.url for source in site.sources]
    if as_json:
        print_json({"site": site.key, "given": given, "found": found, "search": search})
        return
    if given:
        click.echo("\n".join([f"Named by {site.file}:", *(f"  {url}" for url in given)]))
    if found:
        console().print(_table(found))
    elif not given:
        click.echo("Its file names no source, and no crawl has found one.")
    if search:
        click.echo(
            f"Searched {search.searched_at}: {search.requests} requests, {search.found} sources "
            f"that list articles. Not again before {search.next_at}."
        )


def _table(found: list[RememberedSource]) -> object:
    from rich.table import Table
    from rich.text import Text

    table = Table(title="Found by the crawler", title_justify="left")
    for heading in ("Address", "Kind", "Found by", "Pages", "Last worked", "Listed", "Failed"):
        table.add_column(heading, overflow="fold")
    for source in found:
        cells = (source.url, source.kind, source.found_by, source.pages or "–", source.worked_at)
        numbers = (f"{source.listed} (most {source.listed_most})", f"{source.failures}×")
        table.add_row(*map(Text, (*cells, *numbers)))
    return table
