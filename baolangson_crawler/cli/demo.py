"""``baolangson demo``."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from baolangson_crawler.cli.crawl import Progress
from baolangson_crawler.cli.options import json_option

if TYPE_CHECKING:
    from baolangson_crawler.crawling import CrawlReport

# No pause, which reserved names allow; and connections to the one proxy are kept open for all
# papers (each paper is still asked one thing at a time).
DEMO_SETTINGS = {"DOWNLOAD_DELAY": 0, "CONCURRENT_REQUESTS_PER_DOMAIN": 8, "LOG_ENABLED": False}
_ARCHIVE = Path("demo-archive/articles.db")


@click.command("demo")
@click.option(
    "--archive",
    type=click.Path(path_type=Path, dir_okay=False),
    default=_ARCHIVE,
    show_default=True,
    help="The SQLite file.",
)
@click.option(
    "--articles",
    type=click.IntRange(1),
    help="Articles of each paper; by default a few dozen to a hundred.",
)
@json_option
def command(archive: Path, articles: int | None, as_json: bool) -> int:
    """Crawl three small papers that this program serves itself, offline.

    The papers are fictional; they are served on this machine only, fetched over HTTP and stored as
    any other paper would be. Run it twice: the second time there is nothing new.

    Example:

        baolangson demo
    """
    from baolangson_crawler.crawling import crawl
    from baolangson_crawler.demo import PAPERS, SITES, DemoServer
    from baolangson_crawler.sites import load_sites

    sites = list(load_sites([SITES], builtin=False, environment=False))
    papers = [replace(paper, articles=articles) for paper in PAPERS] if articles else PAPERS
    with DemoServer(papers) as server, Progress(sites, quiet=as_json) as progress:
        # how the .example hosts are reached, whatever proxies this machine has
        os.environ["http_proxy"] = server.proxy_url
        for name in ("no_proxy", "NO_PROXY"):
            os.environ.pop(name, None)
        report = crawl(
            sites,
            archive,
            command="baolangson demo",
            settings=DEMO_SETTINGS,
            progress=progress.update,
            progress_seconds=progress.seconds,
        )
    if as_json:
        from baolangson_crawler.cli.crawl import tell

        tell(report, as_json=True)
    else:
        _tell(report, archive)
    return report.exit_code


def _tell(report: CrawlReport, archive: Path) -> None:
    """The table of what was stored, and the commands to go on with."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title="What the demo crawl stored, in articles")
    for heading in ("Paper", "Found", "Stored", "Known before", "Duplicates", "Failed", "Held"):
        table.add_column(heading, justify="left" if heading == "Paper" else "right")
    for site in report.sites:
        numbers = (site.found, site.new, site.known, site.duplicates, site.failed, site.held)
        table.add_row(site.name, *(f"{number:,}" for number in numbers))
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 100)
    console.print(table)
    for site in report.sites:
        if site.warning:
            console.print(f"{site.key}: {site.warning}")
    if report.error:
        console.print(f"baolangson: {report.error}", markup=False)
    if report.new:
        console.print(f"{report.new:,} new articles in {report.seconds:.0f} s.\n")
    elif not report.exit_code:
        console.print("Nothing new: every article was in the archive already.\n")
    where = f"--archive {shlex.quote(str(archive))}"
    us = _ourselves()
    for what, how in (
        ("Look at it", f"{us} status {where}"),
        ("Search it", f'{us} search "lang son" {where}'),
        ("Read one", f"{us} show dangkhoi:4105 {where}"),
        ("Export it", f"{us} export csv {where} -o articles.csv"),
        ("Browse it", f"{us} serve {where}"),
        ("A real paper", f"{us} crawl baocantho"),
    ):
        console.print(f"  {what:<13} {how}", markup=False, soft_wrap=True)


def _ourselves() -> str:
    """How this command is called: by its name where the shell finds it, else by its path."""
    if shutil.which("baolangson"):
        return "baolangson"
    called = Path(sys.argv[0])
    return str(called) if called.name == "baolangson" else "python -m baolangson_crawler"
