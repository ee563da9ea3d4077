"""``baolangson search``."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from baolangson_crawler.cli.options import (
    archive_option,
    console,
    filter_options,
    json_option,
    print_json,
)

if TYPE_CHECKING:
    from baolangson_crawler.storage.search import Result


@click.command("search")
@click.argument("query", nargs=-1, required=True)
@filter_options
@click.option("--newest", is_flag=True, help="Newest first instead of best first.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000))
@archive_option
@json_option
def command(
    query: tuple[str, ...],
    paper: str | None,
    since: str | None,
    until: str | None,
    newest: bool,
    limit: int,
    archive: Path,
    as_json: bool,
) -> None:
    """Find articles by their words.

    A word typed without marks finds every marking of it; a word typed with marks finds only
    itself. Words in double quotes must stand together.

    Examples:

        baolangson search lang son

        baolangson search '"Đảng ủy" chi thi' --since 2020 --newest
    """
    from rich.text import Text

    from baolangson_crawler.storage.filters import Filter
    from baolangson_crawler.storage.opening import explained, open_reading
    from baolangson_crawler.storage.search import search

    db = open_reading(archive)
    with explained(archive):
        result = search(
            db,
            " ".join(query),
            where=Filter(paper=paper, since=since, until=until),
            newest_first=newest,
            limit=limit,
        )
    db.close()
    if as_json:
        print_json(result)
        return
    _print(result)
    if result.hits:
        words = ["baolangson", "show", str(result.hits[0].id), *_archive_named(archive)]
        line = Text(f"Read one with: {shlex.join(words)}", style="dim")
        console(highlight=False).print(line, soft_wrap=True)  # to be copied whole


def _archive_named(archive: Path) -> list[str]:
    """The option that another command needs to read this archive too."""
    source = click.get_current_context().get_parameter_source("archive")
    return ["--archive", str(archive)] if source is ParameterSource.COMMANDLINE else []


def _print(result: Result) -> None:
    from rich.text import Text

    out = console(highlight=False)
    for hit in result.hits:
        day = (hit.published_at or "no date")[:10]
        out.print(Text(f"{hit.id:>7}  {day}  {hit.paper}", style="dim"))
        out.print(Text(f"         {hit.title}", style="bold"))
        out.print(Text(f"         {hit.snippet}\n"))
    shown = f", {len(result.hits)} shown" if result.count > len(result.hits) else ""
    out.print(f"{result.count:,} article{'' if result.count == 1 else 's'}{shown}.")
