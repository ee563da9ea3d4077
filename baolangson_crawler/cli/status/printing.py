"""The status as a table for the terminal: every paper on one line of 80 columns."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from rich.table import Table
from rich.text import Text

from baolangson_crawler.cli.options import console
from baolangson_crawler.dating import VIETNAM
from baolangson_crawler.storage.status import SiteStatus, Status

_HEADINGS = ("Articles", "Last", "Seen", "Today", "To get", "Fail", "Held", "Next")
_LEAST_NAME = 12  # letters of a name
_LEGEND = (
    "Last: since the newest article was published. Seen: since the paper last answered. "
    "Today: articles of today / expected. Next: until it may be asked again."
)


def tell(found: Status, archive: Path) -> None:
    """Print the table, the totals and every alarm."""
    at = datetime.fromisoformat(found.at)
    table = Table(title=Text(str(archive)), box=None, padding=(0, 1, 0, 0), header_style="bold")
    out = console()
    rows = [_row(site, at) for site in found.sites]
    # numbers are shown whole: where room is short, only the names are cut
    widths = [
        max(len(heading), *(len(row[number]) for row in rows)) if rows else len(heading)
        for number, heading in enumerate(_HEADINGS, 2)
    ]
    table.add_column("", width=1)
    room = out.width - sum(width + 1 for width in (1, *widths)) - 1
    table.add_column("Paper", no_wrap=True, max_width=max(_LEAST_NAME, room))
    for heading, width in zip(_HEADINGS, widths, strict=True):
        table.add_column(heading, justify="right", no_wrap=True, width=width)
    for row in rows:
        table.add_row(*row)
    out.print(table)
    out.print(Text(_totals(found)))
    if found.crawl:
        started = datetime.fromisoformat(found.crawl.started_at).astimezone(VIETNAM)
        out.print(Text(f"Last crawl: {started:%Y-%m-%d %H:%M} (+07:00), {found.crawl.outcome}."))
    out.print(Text(_LEGEND, style="dim"))
    for site in found.sites:
        for alarm in site.alarms:
            out.print(Text(f"\n! {alarm.paragraph}"))


def _row(site: SiteStatus, at: datetime) -> tuple[Text | str, ...]:
    return (
        Text("!", style="bold red") if site.alarms else "",
        Text(site.name),  # no markup: names may hold brackets
        f"{site.articles:,}",
        _between(site.newest, at),
        _between(site.last_success, at),
        f"{site.today} / {usual(site.expected)}",
        f"{site.pending:,}",
        f"{site.failed:,}",
        f"{site.held:,}",
        _between(at.isoformat(), datetime.fromisoformat(site.next_visit))
        if site.next_visit
        else "",
    )


def usual(expected: float | None) -> str:
    """The expected number of a day; the tenths only where they are all there is."""
    if expected is None:
        return "–"
    return f"{expected:.0f}" if expected >= 1 else f"{expected:.1f}"


def _between(moment: str | None, at: datetime) -> str:
    """The time from a moment to another in its largest unit: ``12 m``, ``5 h``, ``3 d``."""
    if moment is None:
        return "–"
    minutes = max(0, int((at - datetime.fromisoformat(moment)).total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} m"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // 1440:,} d"


def _totals(found: Status) -> str:
    sites = found.sites
    alarmed = sum(bool(site.alarms) for site in sites)
    return (
        f"{len(sites)} papers, {sum(site.articles for site in sites):,} articles in "
        f"{found.versions:,} versions, {found.bytes / 1e6:,.1f} MB; "
        f"{sum(site.today for site in sites):,} of today, "
        f"{sum(site.pending for site in sites):,} to get, "
        f"{sum(site.failed for site in sites):,} failed, "
        f"{sum(site.held for site in sites):,} held; {alarmed} with an alarm."
    )
