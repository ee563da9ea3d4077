"""``baolangson status``."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from baolangson_crawler.cli.files import replacing
from baolangson_crawler.cli.options import archive_option, json_option, print_json


@click.command("status")
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write a page for the browser instead, with a calendar of every paper.",
)
@archive_option
@json_option
def command(archive: Path, page: Path | None, as_json: bool) -> None:
    """Show every paper at a glance: what came, what is usual, what is wrong.

    Examples:

        baolangson status --archive archive/articles.db

        baolangson status --html status.html
    """
    from baolangson_crawler.storage.opening import explained, open_reading
    from baolangson_crawler.storage.status import calendar, status

    now = datetime.now(UTC)
    db = open_reading(archive)
    with explained(archive):
        found = status(db.conn, now)
        calendars = {site.key: calendar(db.conn, site.key, now) for site in found.sites if page}
    db.close()
    if page:
        from baolangson_crawler.cli.status.page import html

        with replacing(page, "--html") as file:
            file.write(html(found, calendars))
        click.echo(f"Written: {page}", err=True)
    if as_json:
        print_json(found)
    elif not page:
        from baolangson_crawler.cli.status.printing import tell

        tell(found, archive)
