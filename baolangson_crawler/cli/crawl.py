"""``baolangson crawl``."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from baolangson_crawler import logs
from baolangson_crawler.cli.limits import limit_options, settings_of
from baolangson_crawler.cli.options import (
    archive_option,
    day_option,
    json_option,
    print_json,
    site_files_option,
)
from baolangson_crawler.masking import mask, one_line

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
    "--since",
    callback=day_option,
    metavar="DAY",
    help="Leave out what was published before; lists are left where everything is older.",
)
@click.option("--no-revisits", is_flag=True, help="Leave alone the articles that are held.")
@click.option("--dry-run", is_flag=True, help="Ask only the lists, tell what would be fetched.")
@click.option(
    "--list-pages", type=click.IntRange(1), metavar="N", help="Pages of one section list at most."
)
@limit_options
@site_files_option
@archive_option
@json_option
def command(
    sites: tuple[str, ...],
    all_sites: bool,
    site_files: tuple[Path, ...],
    archive: Path,
    as_json: bool,
    log: Path | None,
    verbose: bool,
    dry_run: bool,
    no_revisits: bool,
    **limits: Any,
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
    from baolangson_crawler.crawling import crawl, rehearse
    from baolangson_crawler.sites import load_sites
    from baolangson_crawler.storage.frontier import NEW

    register = load_sites(site_files)
    if bool(sites) == all_sites:
        raise click.UsageError("Name the papers to crawl, or give --all (list: baolangson sites).")
    limits["ranks"] = (NEW,) if no_revisits else None
    named = (register.get(key) for key in dict.fromkeys(sites))
    chosen = list(register.served() if all_sites else named)
    logs.configure(log, verbose=verbose)
    for site in chosen:
        for source in site.client_side:
            click.echo(f"Note: {site.key}: {source}", err=True)
    with Progress(chosen, quiet=as_json) as progress:
        report = (rehearse if dry_run else crawl)(
            chosen,
            archive,
            companions=register.companions(chosen),
            command=f"baolangson {shlex.join(sys.argv[1:])}",
            settings={"LOG_ENABLED": False, **settings_of(limits)},
            progress=progress.update,
            progress_seconds=progress.seconds,
        )
    tell(report, as_json=as_json)
    return report.exit_code


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


def record(report: CrawlReport) -> dict[str, Any]:
    """The report as JSON shows it."""
    return {
        "outcome": report.outcome,
        "exit_code": report.exit_code,
        "error": mask(str(report.error)) if report.error else None,
        "seconds": round(report.seconds, 1),
        "archive": report.archive,
        "sites": report.sites,
        **({"would_fetch": report.would_fetch} if report.is_rehearsal else {}),
    }


def tell(report: CrawlReport, *, as_json: bool) -> None:
    """One line a site and one for the crawl, or the same as JSON."""
    if as_json:
        print_json(record(report))
        return
    for url in report.would_fetch:
        click.echo(one_line(url))
    for site in report.sites:
        click.echo(
            f"{site.key}: {site.found} found, {site.new} stored, {site.changed} changed, "
            f"{site.known} known, {site.duplicates} duplicate addresses, {site.failed} failed, "
            f"{site.held} held, {site.skipped} skipped"
        )
        if site.warning:
            click.echo(f"{site.key}: {site.warning}", err=True)
    if report.error:
        click.echo(f"baolangson: {mask(str(report.error))}", err=True)
    if report.is_rehearsal:
        click.echo(f"{len(report.would_fetch)} articles would be fetched; nothing was kept.")
        return
    what = f"{report.new} new articles" if report.new else "Nothing new"
    click.echo(f"{what} in {report.seconds:.0f} s; crawl {report.outcome}: {report.archive}")
