"""``baolangson notify``."""

from __future__ import annotations

import os
import re
import shlex
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from baolangson_crawler.masking import WEBHOOK, mask

if TYPE_CHECKING:
    from baolangson_crawler.cli.notify.endings import Ending

_QUIET = (0, 5, 11)  # done; another crawl is running; interrupted, goes on next time


def webhook_address(
    ctx: click.Context, parameter: click.Parameter, value: str | None
) -> str | None:
    """An http or https address; what is wrong is said without showing the address."""
    if not value:
        return None
    try:
        parts = urlsplit(value)
        good = parts.scheme in ("http", "https") and parts.hostname
    except ValueError:
        good = None
    if not good or not value.isprintable() or " " in value:
        raise click.BadParameter("it is no http or https address.")
    return value


def mail_address(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """A mail address, or the name of a local user."""
    if value and not re.fullmatch(r"[\w.+][\w.+-]*(@[\w.-]+)?", value):
        raise click.BadParameter(f"{value!r} is no mail address.")
    return value or None


@click.command(
    "notify", context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False}
)
@click.option("--mail", callback=mail_address, metavar="ADDRESS", help="By the program sendmail.")
@click.option(
    "--webhook",
    callback=webhook_address,
    envvar=WEBHOOK,
    show_envvar=True,
    metavar="URL",
    help="Send JSON by POST. Better given in the environment: the process list shows options.",
)
@click.option(
    "--unit", metavar="NAME", help="Run nothing; tell how this unit of systemd has failed."
)
@click.option(
    "--again",
    type=click.FloatRange(0),
    default=20.0,
    show_default=True,
    metavar="HOURS",
    help="The same exit code is told again after this time at the earliest.",
)
@click.option(
    "--memory",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where it is noted when which code was told; without it, each time is told.",
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="[COMMAND…]")
def command(
    mail: str | None,
    webhook: str | None,
    unit: str | None,
    again: float,
    memory: Path | None,
    arguments: tuple[str, ...],
) -> int:
    """Run a command of this program, and tell somebody if it fails.

    The exit code is that of the command. Told are all codes but 0, 5 (another crawl is running)
    and 11 (interrupted), with what the command printed of papers in trouble, and its last
    lines. What is told is not printed; what cannot be told is, so that cron sends it.

    Examples:

        baolangson notify --mail archive@your-library.example crawl --all

        baolangson notify --unit baolangson-crawl.service --mail root
    """
    from baolangson_crawler.cli.notify.endings import ending_of_unit, run
    from baolangson_crawler.cli.notify.memory import note, told_lately

    if bool(unit) == bool(arguments):
        raise click.UsageError("Name the command to run, as crawl --all, or give --unit.")
    if webhook:
        os.environ[WEBHOOK] = webhook  # by which it is known as a secret, and masked
    ending = ending_of_unit(unit) if unit else run(arguments)
    code = 0 if unit else ending.code
    now = datetime.now(UTC)
    if not unit and ending.code in _QUIET:
        return code
    if memory and told_lately(memory, ending.key, now, timedelta(hours=again)):
        return code
    what = unit or f"baolangson {shlex.join(arguments)}"
    told = _tell(ending, mask(ending.text(what, now)), mail, webhook)
    if memory and told:
        note(memory, ending.key, now)
    return code


def _tell(ending: Ending, text: str, mail: str | None, webhook: str | None) -> bool:
    """Tell all who are to be told; print it where that is nobody, or where nobody was reached."""
    from baolangson_crawler.cli.notify.channels import post, send_mail

    title = mask(ending.title)
    failures = []
    if webhook:
        failures.append(post(webhook, f"{title}\n\n{text}", ending.code))
    if mail:
        failures.append(send_mail(mail, title, text))
    for failure in filter(None, failures):
        click.echo(mask(failure), err=True)
    reached = None in failures
    if not reached:
        click.echo(f"{title}\n\n{text}", err=True, nl=False)
    return reached or not failures
