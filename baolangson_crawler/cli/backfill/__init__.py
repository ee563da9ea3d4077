"""``baolangson backfill``."""

from __future__ import annotations

import calendar
import shlex
import sys
from contextlib import closing
from datetime import date, datetime
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

if TYPE_CHECKING:
    from baolangson_crawler.backfilling import Bounds
    from baolangson_crawler.backfilling.steps import Order
    from baolangson_crawler.cli.backfill.printing import Standing
    from baolangson_crawler.crawling import CrawlReport
    from baolangson_crawler.sites.base import Site


@click.command("backfill")
@click.argument("sites", nargs=-1, required=True, metavar="SITE…")
@click.option("--from", "since", callback=day_option, metavar="DAY", help="First day, as 2005.")
@click.option("--to", "until", callback=day_option, metavar="DAY", help="Last day, as 2020-06.")
@click.option(
    "--newest-first/--oldest-first", default=True, show_default=True, help="From which end."
)
@click.option(
    "--ids",
    is_flag=True,
    help="Try article numbers too, where the number alone selects the article.",
)
@click.option("--plan", "only_plan", is_flag=True, help="Tell what is to be asked; no article.")
@click.option("--status", "only_status", is_flag=True, help="Tell what is held; ask nothing.")
@limit_options
@site_files_option
@archive_option
@json_option
def command(
    sites: tuple[str, ...],
    since: str | None,
    until: str | None,
    newest_first: bool,
    ids: bool,
    only_plan: bool,
    only_status: bool,
    site_files: tuple[Path, ...],
    archive: Path,
    as_json: bool,
    log: Path | None,
    verbose: bool,
    **limits: Any,
) -> int:
    """Fetch what the papers printed in the years before.

    From sitemaps, section pages, pages of single years, and, where nothing else lists them,
    article numbers. It goes on exactly where it stopped, whatever stopped it; the daily crawl may
    run in turn with it. Robots.txt, pace, daily budget, quiet hours and exit codes are those of
    a crawl.

    Examples:

        baolangson backfill baocantho --plan

        baolangson backfill baocantho --from 2005 --to 2020 --oldest-first --max-time 6h

        baolangson backfill baocantho --status
    """
    from baolangson_crawler.backfilling import Bounds
    from baolangson_crawler.cli.backfill.progress import Progress
    from baolangson_crawler.crawling import backfill
    from baolangson_crawler.sites import load_sites

    register = load_sites(site_files)
    chosen = [register.get(key) for key in dict.fromkeys(sites)]
    order: Order = "newest" if newest_first else "oldest"
    bounds = Bounds(since=_first(since), until=_last(until), order=order, ids=ids)
    if bounds.since and bounds.until and bounds.since > bounds.until:
        raise click.UsageError(f"--from {since} is later than --to {until}.")
    if only_status:
        _tell(_standings(archive, chosen, bounds, limits), as_json=as_json)
        return 0
    logs.configure(log, verbose=verbose)
    settings = {"LOG_ENABLED": False, **settings_of(limits)}
    if only_plan:
        settings["MAX_PAGES"] = 0
    with Progress(chosen, archive, bounds, limits, quiet=as_json or only_plan) as progress:
        report = backfill(
            chosen,
            archive,
            bounds,
            companions=register.companions(chosen),
            command=f"baolangson {shlex.join(sys.argv[1:])}",
            settings=settings,
            progress=progress.update,
            progress_seconds=progress.seconds,
        )
    standings = _standings(archive, chosen, bounds, limits) if not report.error else []
    _report(report, standings, as_json=as_json, only_plan=only_plan)
    return report.exit_code


def _report(
    report: CrawlReport, standings: list[Standing], *, as_json: bool, only_plan: bool
) -> None:
    """How it went, and what is left."""
    from baolangson_crawler.cli.crawl import record, tell

    if as_json:
        print_json({**record(report), "backfill": standings})
        return
    if only_plan:
        for site in report.sites:
            if site.warning:
                click.echo(f"{site.key}: {site.warning}", err=True)
    else:
        tell(report, as_json=False)
    _tell(standings, as_json=False, only_plan=only_plan, with_years=False)


def _first(day: str | None) -> str | None:
    """The first day of a year, month or day."""
    return _day(day).isoformat() if day else None


def _last(day: str | None) -> str | None:
    """The last day of a year, month or day."""
    if day is None:
        return None
    at = _day(day)
    month = at.month if len(day) > 4 else 12
    last = calendar.monthrange(at.year, month)[1]
    return at.isoformat() if len(day) > 7 else date(at.year, month, last).isoformat()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError as error:
        wanted = "write 2005, 2005-07 or 2005-07-21"
        raise click.BadParameter(f"{text!r} is no day; {wanted}.") from error


def _standings(
    archive: Path, sites: list[Site], bounds: Bounds, limits: dict[str, Any]
) -> list[Standing]:
    from baolangson_crawler.cli.backfill.printing import standing
    from baolangson_crawler.dating import VIETNAM
    from baolangson_crawler.storage.opening import explained, open_reading

    with closing(open_reading(archive)) as db, explained(archive):
        today = datetime.now(VIETNAM).date()
        return [standing(db.conn, site, bounds, limits, today) for site in sites]


def _tell(
    standings: list[Standing],
    *,
    as_json: bool,
    only_plan: bool = False,
    with_years: bool = True,
) -> None:
    from baolangson_crawler.cli.backfill.printing import lines, table

    if as_json:
        print_json(standings)
        return
    for standing in standings:
        if with_years:
            table(standing)
        for line in lines(standing, in_detail=only_plan):
            click.echo(line)
