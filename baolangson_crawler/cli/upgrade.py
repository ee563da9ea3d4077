"""``baolangson upgrade``."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path

import click

from baolangson_crawler.cli.options import archive_option
from baolangson_crawler.exceptions import ArchiveError


@click.command("upgrade")
@archive_option
def command(archive: Path) -> None:
    """Bring an archive of an older version of this program up to date.

    A crawl does the same before it begins. Nothing of the archive is lost: as it was, it is kept
    beside it.

    Example:

        baolangson upgrade --archive archive/articles.db
    """
    from baolangson_crawler.storage.lock import ArchiveLock
    from baolangson_crawler.storage.opening import open_writing

    if not archive.is_file():
        raise ArchiveError(f"There is no archive at {archive}.")
    logging.basicConfig(level=logging.WARNING, format="%(message)s")  # names the copy
    with ArchiveLock(archive, datetime.now(UTC)):
        open_writing(archive).close()
    click.echo(f"{archive} is up to date.")
