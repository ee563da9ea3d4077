"""``baolangson crawl``."""

from __future__ import annotations

import logging
import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from baolangson_crawler.cli.options import (
    archive_option,
    json_option,
    print_json,
    site_files_option,
)
from baolangson_crawler.exceptions import CrawlerError

if TYPE_CHECKING:
    from baolangson_crawler.crawling import CrawlReport


@click.command("crawl")
@click.argument("sites", nargs=-1, metavar="SITE…")
@click.option(
    "--all",
    "all_sites",
    is_flag=True,
    help="Crawl every paper but those whose status is unknown.",
)
@click.option(
    "--max-pages", type=click.IntRange(1), help="Pages of one section list that are walked."
)
@click.option(
    "--delay",
    type=click.FloatRange(0),
    default=1.0,
    show_default=True,
    help="Seconds between two requests to one paper; less than 1 is not possible.",
)
@click.option("--log", type=click.Path(path_type=Path, dir_okay=False), help="Write a log file.")
@click.option("-v", "--verbose", is_flag=True, help="Tell every request.")
@site_files_option
@archive_option
@json_option
def command(
    sites: tuple[str, ...],
    all_sites: bool,
    max_pages: int | None,
    delay: float,
    log: Path | None,
    verbose: bool,
    site_files: tuple[Path, ...],
    archive: Path,
    as_json: bool,
) -> int:
    """Fetch what the papers have printed since the last crawl.

    robots.txt is obeyed, and each paper is asked once a second at most. Set BAOLANGSON_CONTACT to
    your mail address: papers see who is asking. An interrupted crawl goes on where it stopped.

    Exit codes: 0 done, 1 usage, 2 a paper could not be fetched, 3 disk full or not writable,
    4 archive corrupt or newer, 5 another crawl is running, 6 a paper changed, 11 interrupted.

    Examples:

        baolangson crawl baolangson

        baolangson crawl --all --archive /srv/press/articles.db --json

        baolangson crawl mypaper --site my-papers/mypaper.py
    """
    from baolangson_crawler.crawling import crawl
    from baolangson_crawler.sites import load_sites

    register = load_sites(site_files)
    if bool(sites) == all_sites:
        raise click.UsageError("Name the papers to crawl, or give --all (list: baolangson sites).")
    named = (register.get(key) for key in dict.fromkeys(sites))
    chosen = list(register.served() if all_sites else named)
    settings: dict[str, Any] = {"DOWNLOAD_DELAY": delay, "LOG_ENABLED": False}
    settings |= {"LISTING_PAGES": max_pages} if max_pages else {}
    _log(log, verbose)
    with Progress(chosen, quiet=as_json) as progress:
        report = crawl(
            chosen,
            archive,
            companions=register.companions(chosen),
            command=f"baolangson {shlex.join(sys.argv[1:])}",
            settings=settings,
            progress=progress.update,
            progress_seconds=progress.seconds,
        )
    tell(report, as_json=as_json)
    return report.exit_code


def _log(file: Path | None, verbose: bool) -> None:
    """Warnings to standard error; with a file, the whole log there."""
    handlers: list[logging.Handler] = [logging.StreamHandler()]
    level = logging.DEBUG if verbose else logging.INFO
    handlers[0].setLevel(logging.DEBUG if verbose else logging.ERROR)
    if file:
        try:
            handlers.append(logging.FileHandler(file, encoding="utf-8"))
        except OSError as error:
            raise CrawlerError(f"Cannot write the log {file}: {error.strerror}.") from error
        handlers[1].setLevel(level)  # Scrapy's own loggers pass on everything
    logging.basicConfig(
        level=level,
        handlers=handlers,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )


class Progress:
    """Bars on a terminal, a line a minute elsewhere, nothing when quiet."""

    def __init__(self, sites: list[Any], *, quiet: bool) -> None:
        self.sites = {site.key: site for site in sites}
        self.quiet = quiet
        self.terminal = sys.stderr.isatty() and not quiet and os.environ.get("TERM") != "dumb"
        self.seconds = 0.5 if self.terminal else 60.0
        self._bars: Any = None
        self._tasks: dict[str, Any] = {}

    def __enter__(self) -> Progress:
        if self.terminal:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
            from rich.progress import Progress as Bars

            self._bars = Bars(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[note]}"),
                TimeElapsedColumn(),
                console=Console(stderr=True),
            )
            for key, site in self.sites.items():
                self._tasks[key] = self._bars.add_task(site.name, total=None, note="")
            self._bars.start()
        return self

    def __exit__(self, *exc: object) -> None:
        if self._bars:
            self._bars.stop()

    def update(self, counters: dict[str, Any]) -> None:
        """Show the counters of each site."""
        if self.quiet:
            return
        if not self._bars:
            done = sum(c["new"] + c["changed"] for c in counters.values())
            found = sum(c["found"] for c in counters.values())
            failed = sum(c["failed"] for c in counters.values())
            click.echo(f"{found} found, {done} stored, {failed} failed", err=True)
            return
        for key, count in counters.items():
            done = count["new"] + count["changed"] + count["known"] + count["held"]
            failed = f", {count['failed']} failed" if count["failed"] else ""
            note = f"{count['new']} new{failed}"
            self._bars.update(
                self._tasks[key], completed=done, total=count["found"] or None, note=note
            )


def tell(report: CrawlReport, *, as_json: bool) -> None:
    """One line a site and one for the crawl, or the same as JSON."""
    if as_json:
        print_json(
            {
                "outcome": report.outcome,
                "exit_code": report.exit_code,
                "error": str(report.error) if report.error else None,
                "seconds": round(report.seconds, 1),
                "archive": report.archive,
                "sites": report.sites,
            }
        )
        return
    for site in report.sites:
        click.echo(
            f"{site.key}: {site.found} found, {site.new} stored, {site.changed} changed, "
            f"{site.known} known, {site.duplicates} duplicate addresses, {site.failed} failed, "
            f"{site.held} held, {site.skipped} skipped"
        )
        if site.warning:
            click.echo(f"{site.key}: {site.warning}", err=True)
    if report.error:
        click.echo(f"baolangson: {report.error}", err=True)
    what = f"{report.new} new articles" if report.new else "Nothing new"
    click.echo(f"{what} in {report.seconds:.0f} s; crawl {report.outcome}: {report.archive}")
