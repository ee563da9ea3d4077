"""``baolangson export``."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from baolangson_crawler.cli.files import replacing
from baolangson_crawler.cli.options import archive_option, filter_options
from baolangson_crawler.exceptions import ArchiveNotWritable


@click.group("export")
def command() -> None:
    """Write articles to a file.

    Example:

        baolangson export csv --paper baolangson --since 2020 -o lang-son.csv
    """


@command.command("csv")
@filter_options
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    default="-",
    help="File to write; without it, standard output.",
)
@click.option(
    "--data",
    is_flag=True,
    help="For programs: every value exact. Without it the file is for spreadsheets: marked as "
    "UTF-8, formulas disarmed, cells cut at 32,767 characters.",
)
@archive_option
def csv(
    paper: str | None,
    since: str | None,
    until: str | None,
    output: Path,
    data: bool,
    archive: Path,
) -> None:
    """Articles as CSV, one row each.

    Examples:

        baolangson export csv -o articles.csv

        baolangson export csv --data --paper baocantho | head
    """
    from baolangson_crawler.storage.export import rows
    from baolangson_crawler.storage.filters import Filter
    from baolangson_crawler.storage.opening import explained, open_reading

    db = open_reading(archive)
    with explained(archive):
        found = rows(db, Filter(paper=paper, since=since, until=until))
        if str(output) == "-":
            written = _write_stdout(found, spreadsheet=not data)
        else:
            written = _write_file(output, found, spreadsheet=not data)
    db.close()
    where = "" if str(output) == "-" else f" to {output}"
    click.echo(f"{written:,} articles written{where}.", err=True)


def _write_stdout(found: Iterator[tuple[object, ...]], *, spreadsheet: bool) -> int:
    from baolangson_crawler.storage.export import write_csv

    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")
    try:
        written = write_csv(found, out, spreadsheet=spreadsheet)
        out.flush()
        out.detach()
    except BrokenPipeError:  # the reader has enough, as `head` has
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        raise ArchiveNotWritable(f"Cannot write to standard output: {error.strerror}.") from error
    return written


def _write_file(path: Path, found: Iterator[tuple[object, ...]], *, spreadsheet: bool) -> int:
    """Write the file; a half-written export is never seen."""
    from baolangson_crawler.storage.export import write_csv

    with replacing(path, "-o") as file:
        return write_csv(found, file, spreadsheet=spreadsheet)
