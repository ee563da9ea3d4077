"""A plan as lines of a crontab (crontab(5) of cron and cronie)."""

from __future__ import annotations

import shlex

import click

from baolangson_crawler.cli.schedule.plan import Plan

# Debian's cron takes no longer command (MAX_COMMAND in cron.h) and no longer assignment
_LONGEST = 998


def crontab(plan: Plan) -> str:
    """The lines for ``crontab -e``; with a user, a file for ``/etc/cron.d``.

    Raises:
        click.UsageError: a crontab cannot hold it.
    """
    where = f"/etc/cron.d/baolangson, for the user {plan.user}" if plan.user else "crontab -e"
    command = command_line(plan)
    if len(command.encode()) > _LONGEST:
        raise click.UsageError(
            "The line is longer than cron allows; name fewer papers, or use --all or systemd."
        )
    user = f"{plan.user} " if plan.user else ""
    lines = [
        f"# baolangson: crawl {plan.timetable}, and up to {plan.timetable.spread // 60} minutes",
        f"# later at random. For {where}. The assignments hold for all lines below them.",
        *(_assignment(name, value) for name, value in plan.environment.items()),
        f"{plan.timetable.cron} {user}{command}",
    ]
    return "\n".join(lines) + "\n"


def command_line(plan: Plan) -> str:
    """The command as a crontab writes it: cron takes a bare ``%`` for the end of the line."""
    words = shlex.join([*plan.program, *plan.notify, *plan.crawl])
    # two random bytes: $RANDOM is no part of POSIX, and a clock is the same on many machines
    random = "$(od -An -N2 -tu2 /dev/urandom)"
    line = f"sleep $(({random} % {plan.timetable.spread})); exec {words}"
    if "\\" in line:  # some versions of cron make one of two
        raise click.UsageError("A crontab cannot hold a path with a backslash.")
    return line.replace("%", r"\%")


def _assignment(name: str, value: str) -> str:
    quote = next((quote for quote in "\"'" if quote not in value), None)
    line = f"{name}={quote}{value}{quote}"
    if quote is None or len(line.encode()) > _LONGEST:
        raise click.UsageError(
            f"{name} cannot be written in a crontab: it is too long or has both kinds of quotes."
        )
    return line
