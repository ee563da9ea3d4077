"""``baolangson status``."""

from __future__ import annotations

from pathlib import Path

import click

from baolangson_crawler.cli.options import archive_option, console, json_option, print_json


@click.command("status")
@archive_option
@json_option
def command(archive: Path, as_json: bool) -> None:
    """Show what the archive holds, paper by paper.

    Example:

        baolangson status --archive archive/articles.db
    """
    from baolangson_crawler.storage.opening import explained, open_reading
    from baolangson_crawler.storage.reports import status

    db = open_reading(archive)
    with explained(archive):
        found = status(db)
    db.close()
    if as_json:
        print_json(found)
        return
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(str(archive)))  # no markup: names may hold brackets
    numbers = ("Articles", "Versions", "To fetch", "Failed", "Held")
    for heading in ("Paper", *numbers[:2], "Newest", "Last answer", *numbers[2:]):
        table.add_column(heading, justify="right" if heading in numbers else "left")
    for site in found.sites:
        table.add_row(
            Text(site.name),
            f"{site.articles:,}",
            f"{site.versions:,}",
            (site.newest or "–")[:16].replace("T", " "),
            (site.last_fetch or "–").replace("T", " "),
            f"{site.pending:,}",
            f"{site.failed:,}",
            f"{site.held:,}",
        )
    out = console()
    out.print(table)
    if found.crawl:
        out.print(f"Last crawl: {found.crawl.started_at}, {found.crawl.outcome}.")
    if found.capture_bytes:
        share = found.stored_bytes / found.capture_bytes
        size = found.capture_bytes / 1e6
        out.print(f"Pages kept: {size:,.1f} MB in {share:.0%} of the room.")
