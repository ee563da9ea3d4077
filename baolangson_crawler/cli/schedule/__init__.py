"""``baolangson schedule``."""

from __future__ import annotations

import getpass
import os
import re
import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from baolangson_crawler.cli.notify import mail_address, webhook_address
from baolangson_crawler.cli.options import archive_option, site_files_option
from baolangson_crawler.cli.program import program
from baolangson_crawler.cli.schedule.plan import Plan
from baolangson_crawler.cli.schedule.timetable import INTERVALS, Timetable, timetable
from baolangson_crawler.masking import WEBHOOK
from baolangson_crawler.turns import STATE, state_folder

F = TypeVar("F", bound=Callable[..., Any])
_PROXIES = ("http_proxy", "https_proxy", "no_proxy")
_PASSED_ON = {"ignore_unknown_options": True}


def _user_name(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value and not re.fullmatch(r"[a-z_][\w.-]*\$?", value, re.ASCII | re.IGNORECASE):
        raise click.BadParameter(f"{value!r} is no name of a user.")
    return value or None


def _time(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value:
        try:
            timetable("daily", value, "", Path())
        except ValueError as error:
            raise click.BadParameter(str(error)) from None
    return value


def _unit_name(ctx: click.Context, parameter: click.Parameter, value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][\w.-]{0,200}", value, re.ASCII):
        raise click.BadParameter("it is made of letters, digits, - and _.")
    return value


def _options(function: F) -> F:
    """What both kinds of schedule are told."""
    for option in (
        click.option(
            "--user", callback=_user_name, help="Who crawls; by default you, but not root."
        ),
        click.option(
            "--webhook",
            callback=webhook_address,
            envvar=WEBHOOK,
            show_envvar=True,
            metavar="URL",
            help="Send JSON there when a crawl fails.",
        ),
        click.option(
            "--mail",
            callback=mail_address,
            metavar="ADDRESS",
            help="Send a mail there, by the program sendmail, when a crawl fails.",
        ),
        click.option(
            "--contact",
            envvar="BAOLANGSON_CONTACT",
            show_envvar=True,
            help="Your mail address or web page; every paper sees it.",
        ),
        click.option("--at", callback=_time, metavar="HH:MM", help="Otherwise a time is drawn."),
        click.option("--every", type=click.Choice(INTERVALS), default="daily", show_default=True),
        click.option(
            "--log",
            type=click.Path(path_type=Path, dir_okay=False),
            help="The log file; by default crawl.log beside the archive.",
        ),
        archive_option,
        site_files_option,
        click.argument("crawl", nargs=-1, type=click.UNPROCESSED, metavar="SITE… | --all"),
    ):
        function = option(function)
    return function


@click.group("schedule")
def command() -> None:
    """Print what cron or systemd needs to crawl by itself, for years.

    Every machine begins at a minute of its own. Two crawls never meet: the archive is locked.
    """


@command.command("cron", context_settings=_PASSED_ON)
@_options
def cron(**options: Any) -> None:
    """Print the lines for a crontab.

    Options that are not listed here are those of baolangson crawl, and are passed on to it.

    Examples:

        baolangson schedule cron --all --mail archive@your-library.example

        baolangson schedule cron baocantho baolaocai --every 6h --delay 3

        baolangson schedule cron --all --user press --archive /srv/press/articles.db
    """
    from baolangson_crawler.cli.schedule.cron import crontab

    click.echo(crontab(_plan(**options)), nl=False)


@command.command("systemd", context_settings=_PASSED_ON)
@_options
@click.option(
    "--name",
    default="baolangson-crawl",
    show_default=True,
    callback=_unit_name,
    help="Of the units; a second schedule on one machine needs another.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Write the files there instead of printing them.",
)
def systemd(name: str, output: Path | None, **options: Any) -> None:
    """Print a service, its timer, and a service that tells of a failure.

    Options that are not listed here are those of baolangson crawl, and are passed on to it.

    Examples:

        baolangson schedule systemd --all --user press --archive /srv/press/articles.db

        baolangson schedule systemd --all --at 04:17 --mail root --output units
    """
    from baolangson_crawler.cli.schedule.systemd import FOLDER, installation, unit_files

    plan = _plan(**options)
    if plan.user is None:
        if os.geteuid() == 0:
            raise click.UsageError("Name the user that crawls: --user. It need not be root.")
        plan = replace(plan, user=getpass.getuser())
    files = unit_files(plan, name)
    for folder in plan.folders:
        if not folder.is_dir():
            click.echo(f"Make the folder {folder} first: systemd does not begin without.", err=True)
    if output is None:
        for file in files:
            mode = "" if file.mode == 0o644 else f" (mode {file.mode:o}: it may hold passwords)"
            click.echo(f"# {FOLDER / file.name}{mode}\n{file.text}")
        click.echo(f"# {installation(None, name)}")
        return
    output.mkdir(parents=True, exist_ok=True)
    for file in files:
        path = output / file.name
        path.unlink(missing_ok=True)  # so that the mode is ours
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, file.mode), "w") as out:
            out.write(file.text)
        click.echo(path)
    click.echo(installation(output.absolute(), name))


def _plan(
    *,
    crawl: tuple[str, ...],
    site_files: tuple[Path, ...],
    archive: Path,
    log: Path | None,
    every: str,
    at: str | None,
    contact: str | None,
    mail: str | None,
    webhook: str | None,
    user: str | None,
) -> Plan:
    """Check what was asked for, and make its paths absolute."""
    if not contact:
        raise click.UsageError("Say who you are: --contact, or BAOLANGSON_CONTACT.")
    files = [file.absolute() for file in site_files]
    folders = os.environ.get("BAOLANGSON_SITES", "")
    archive = archive.absolute()
    log = (log or archive.with_name("crawl.log")).absolute()
    moments = timetable(every, at, socket.gethostname(), archive)
    _check(crawl, files, moments)
    sites = (word for file in files for word in ("--site", str(file)))
    environment = {
        "BAOLANGSON_CONTACT": contact,
        "BAOLANGSON_SITES": ":".join(str(Path(f).absolute()) for f in folders.split(":") if f),
        STATE: _state(user),
        **{name: _proxy(name) for name in _PROXIES},
        WEBHOOK: webhook or "",
    }
    return Plan(
        program=tuple(program()),
        crawl=("crawl", *crawl, *sites, "--archive", str(archive), "--log", str(log)),
        archive=archive,
        log=log,
        timetable=moments,
        environment={name: value for name, value in environment.items() if value},
        mail=mail,
        user=user,
    )


def _state(user: str | None) -> str:
    """The folder of turns that this environment names; nothing where it names none.

    ``XDG_STATE_HOME`` is where you keep your own, which another user may not write.
    """
    named = os.environ.get(STATE) or (user is None and os.environ.get("XDG_STATE_HOME"))
    return str(state_folder().absolute()) if named else ""


def _proxy(name: str) -> str:
    """A proxy of the environment: in capitals too, and not before small letters, as urllib does."""
    return os.environ.get(name, os.environ.get(name.upper(), ""))


def _check(crawl: tuple[str, ...], site_files: list[Path], moments: Timetable) -> None:
    """Refuse now what the crawl would refuse in the night, or what would never fetch anything.

    Raises:
        click.UsageError: a wrong option, or neither papers nor ``--all``.
        UnknownSite: there is no such paper.
    """
    from baolangson_crawler.cli.crawl import command as crawl_command
    from baolangson_crawler.sites import load_sites

    with crawl_command.make_context("baolangson crawl", list(crawl)) as context:
        options = context.params
    keys, all_sites = options["sites"], options["all_sites"]
    if bool(keys) == all_sites:
        raise click.UsageError("Name the papers to crawl, or give --all (list: baolangson sites).")
    if options["dry_run"]:
        raise click.UsageError("A schedule with --dry-run would never fetch an article.")
    if options["quiet_hours"] and moments.is_within(options["quiet_hours"]):
        raise click.UsageError(
            f"Every start ({moments}, this machine's time) falls into the --quiet-hours, which are "
            "those of Vietnam: nothing would ever be fetched. Choose another time: --at."
        )
    register = load_sites(site_files)
    for key in keys:
        register.get(key)
