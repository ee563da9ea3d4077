"""``baolangson coverage``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from baolangson_crawler.cli.files import replacing
from baolangson_crawler.cli.options import (
    archive_option,
    json_option,
    print_json,
    site_files_option,
)
from baolangson_crawler.exceptions import QueryError

if TYPE_CHECKING:
    from baolangson_crawler.sites import Register
    from baolangson_crawler.storage.coverage import By, Coverage


def _file(option: str, text: str, *, dash: bool = False) -> click.Option:
    kind = click.Path(path_type=Path, dir_okay=False, allow_dash=dash)
    metavar = "FILE|-" if dash else "FILE"
    return click.Option([option], type=kind, metavar=metavar, help=text)


@click.command(
    "coverage",
    params=[
        _file("--csv", "Write the periods as CSV; - is standard output.", dash=True),
        _file("--svg", "Draw a calendar of every day held, as SVG."),
        _file("--png", "The same picture as PNG (needs the extra: picture)."),
    ],
)
@click.argument("key", metavar="[SITE]", required=False)
@click.option("--all", "every", is_flag=True, help="Every paper of the archive, one line each.")
@click.option(
    "--by",
    type=click.Choice(["year", "month", "day"]),
    default="year",
    show_default=True,
    help="Length of a period; days are for --csv and --json.",
)
@archive_option
@site_files_option
@json_option
def command(
    key: str | None,
    every: bool,
    by: By,
    archive: Path,
    site_files: tuple[Path, ...],
    as_json: bool,
    csv: Path | None,
    svg: Path | None,
    png: Path | None,
) -> None:
    """Show what of a paper is held, and what is missing.

    Articles discovered, held, waiting, failed, skipped and gone by year, the days and the numbers
    among which articles seem to be missing, and an estimate of how much there is.

    Examples:

        baolangson coverage baolangson

        baolangson coverage baolangson --by month --csv - | head

        baolangson coverage baolangson --png baolangson.png

        baolangson coverage --all
    """
    if every == bool(key):
        raise click.UsageError("Name one paper, as in: baolangson coverage baolangson; or --all.")
    if every and (svg or png):
        raise click.UsageError("A picture shows one paper: name it instead of --all.")
    if as_json and str(csv) == "-":
        raise click.UsageError("--json and --csv - would both write to standard output.")
    if by == "day" and not (as_json or csv):
        raise click.UsageError("--by day has a line for every day: write it with --csv or --json.")
    if png:
        from baolangson_crawler.cli.coverage.png import check

        check()
    found = _read(archive, key, by, site_files)
    _write_files(found, by, csv, svg, png)
    if as_json:
        from baolangson_crawler.cli.coverage.tables import plain

        print_json([plain(each) for each in found] if every else plain(found[0]))
    elif str(csv) != "-" and by != "day":
        from baolangson_crawler.cli.coverage import printing

        printing.tell_all(found, archive) if every else printing.tell(found[0], archive)


def _read(archive: Path, key: str | None, by: By, site_files: tuple[Path, ...]) -> list[Coverage]:
    """The coverage of one paper, or of every one of the archive."""
    from baolangson_crawler.sites import load_sites
    from baolangson_crawler.storage.coverage import address_dates_of, coverage
    from baolangson_crawler.storage.opening import explained, open_reading

    register = load_sites(site_files)
    db = open_reading(archive)
    with explained(archive):
        keys = [name for (name,) in db.conn.execute("SELECT key FROM site ORDER BY key")]
        if key is not None:
            keys = [_known(key, keys, register, archive)]
        found = [
            coverage(
                *(
                    db.conn,
                    each,
                    address_dates_of(register.get(each)) if each in register else None,
                ),
                by,
            )
            for each in keys
        ]
    db.close()
    return found


def _known(key: str, keys: list[str], register: Register, archive: Path) -> str:
    """The key, if the archive knows the paper.

    Raises:
        UnknownSite: there is no such paper.
        QueryError: there is, and the archive knows nothing of it.
    """
    if key in keys:
        return key
    register.get(key)
    raise QueryError(
        f"{archive} knows nothing of {key} yet. Crawl it first: baolangson crawl {key}. "
        f"It knows: {', '.join(keys) or 'no paper'}."
    )


def _write_files(
    found: list[Coverage], by: By, csv: Path | None, svg: Path | None, png: Path | None
) -> None:
    from baolangson_crawler.cli.coverage.sheet import sheet
    from baolangson_crawler.cli.coverage.tables import write_csv

    if csv and str(csv) == "-":
        write_csv(found, sys.stdout, by)
    elif csv:
        with replacing(csv, "--csv") as file:
            write_csv(found, file, by)
    if svg:
        with replacing(svg, "--svg") as file:
            file.write(sheet(found[0]))
    if png:
        from baolangson_crawler.cli.coverage.png import rendered

        picture = rendered(sheet(found[0]))
        with replacing(png, "--png") as file:
            file.buffer.write(picture)
    for path in (csv, svg, png):
        if path and str(path) != "-":
            click.echo(f"Written: {path}", err=True)
