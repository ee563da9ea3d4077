"""``baolangson import``."""

from __future__ import annotations

import logging
import shlex
import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from baolangson_crawler.cli.options import archive_option, json_option, site_files_option

if TYPE_CHECKING:
    from baolangson_crawler.importing.running import ImportReport
    from baolangson_crawler.importing.selection import Selection

F = TypeVar("F", bound=Callable[..., Any])
_FILES = click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE…",
    type=click.Path(path_type=Path, dir_okay=False),
)


def _common(function: F) -> F:
    papers = click.option(
        "--paper",
        "papers",
        multiple=True,
        metavar="KEY",
        help="Only the articles of this paper (keys: baolangson sites); may be repeated.",
    )
    made: F = papers(site_files_option(archive_option(json_option(function))))
    return made


@click.group("import")
def command() -> None:
    """Read what others have captured; no paper is asked for anything.

    Exit codes: 0 done, 1 usage, 2 a file is cut or damaged (what is whole was imported),
    3 disk full or not writable, 4 archive corrupt or newer, 5 a crawl is running, 11 interrupted.

    Examples:

        baolangson import warc CC-NEWS-20200721.warc.gz

        baolangson import cdx baolangson.cdx

        baolangson import pages saved --index saved/index.tsv --fetched-at 2020-07-21T08:30:00+07:00
    """


@command.command("warc")
@_FILES
@_common
def warc(files: tuple[Path, ...], archive: Path, as_json: bool, **chosen: Any) -> int:
    """Read the articles in WARC files, as Common Crawl and most archives write them.

    Compressed with gzip, zstd, lz4 or not at all. A record that was imported before is passed over,
    so an interrupted import goes on when it is called again.

    Example:

        baolangson import warc CC-NEWS-20200721.warc.gz --paper baolangson
    """
    from baolangson_crawler.importing.records import WarcCaptures
    from baolangson_crawler.importing.running import import_captures

    _there(*files)
    selection = _selection(**chosen)
    return _tell(
        import_captures,
        files,
        lambda target, path, now: WarcCaptures(path, selection, target.has_record, now),
        selection,
        archive,
        as_json=as_json,
    )


@command.command("cdx")
@_FILES
@click.option(
    "--status",
    multiple=True,
    type=click.IntRange(100, 599),
    default=(200,),
    show_default=True,
    metavar="CODE",
    help="HTTP status of the captures that count; may be repeated.",
)
@_common
def cdx(
    files: tuple[Path, ...], archive: Path, status: tuple[int, ...], as_json: bool, **chosen: Any
) -> int:
    """Note the addresses of articles in lists of captures, for a backfill to ask for.

    CDX and CDXJ files, what the Wayback CDX service answers, and plain lists of addresses; those of
    a web archive are taken for the paper's own.

    Example:

        baolangson import cdx baolangson.cdx.gz wayback.json
    """
    from baolangson_crawler.importing.running import import_listings

    _there(*files)
    operation = partial(import_listings, status=frozenset(status))
    return _tell(operation, files, _selection(**chosen), archive, as_json=as_json)


@command.command("pages")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--index",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Which file is which page: a .tsv, .csv or .jsonl file with file, url and fetched_at.",
)
@click.option(
    "--fetched-at",
    metavar="TIME",
    help="When the pages were received, where the index does not say it: with its offset, as "
    "2020-07-21T08:30:00+07:00.",
)
@_common
def pages(
    folder: Path,
    index: Path,
    fetched_at: str | None,
    archive: Path,
    as_json: bool,
    **chosen: Any,
) -> int:
    """Read the articles in a folder of saved pages.

    A page is HTML, as it was received or compressed with gzip.

    Example:

        baolangson import pages saved --index saved/index.tsv
    """
    from baolangson_crawler.importing.pages import SavedPages
    from baolangson_crawler.importing.running import import_captures

    _there(folder, index)
    selection, at = _selection(**chosen), _moment(fetched_at)
    return _tell(
        import_captures,
        (folder,),
        lambda target, path, now: SavedPages(path, index, at, selection, target.has_record, now),
        selection,
        archive,
        as_json=as_json,
    )


def _there(*paths: Path) -> None:
    """All is there before anything is written."""
    for path in paths:
        if not path.exists():
            raise click.UsageError(f"There is no {path}.")


def _selection(papers: tuple[str, ...], site_files: tuple[Path, ...]) -> Selection:
    from baolangson_crawler.importing.selection import Selection
    from baolangson_crawler.sites import load_sites

    register = load_sites(site_files)
    return Selection(register, [register.get(key) for key in dict.fromkeys(papers)])


def _moment(stated: str | None) -> datetime | None:
    from baolangson_crawler.importing.pages import moment

    try:
        return moment(stated) if stated else None
    except ValueError as error:
        raise click.UsageError(f"--fetched-at: {error}.") from error


def _tell(operation: Callable[..., ImportReport], *arguments: Any, as_json: bool) -> int:
    from baolangson_crawler.cli.importing.printing import Progress, tell

    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    with Progress(quiet=as_json) as progress:
        report = operation(
            *arguments,
            command=f"baolangson {shlex.join(sys.argv[1:])}",
            progress=progress.update,
            progress_seconds=progress.seconds,
        )
    tell(report, as_json=as_json)
    return report.exit_code
