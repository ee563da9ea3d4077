"""Options that several commands share, and how they read them."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from rich.console import Console

F = TypeVar("F", bound=Callable[..., Any])
DEFAULT_ARCHIVE = Path("archive/articles.db")


def archive_option(function: F) -> F:
    """``--archive PATH``."""
    return click.option(
        "--archive",
        type=click.Path(path_type=Path, dir_okay=False),
        default=DEFAULT_ARCHIVE,
        envvar="BAOLANGSON_ARCHIVE",
        show_default=True,
        show_envvar=True,
        help="The SQLite file.",
    )(function)


def json_option(function: F) -> F:
    """``--json``."""
    option = click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
    return option(function)


def site_files_option(function: F) -> F:
    """``--site FILE``, repeatable."""
    return click.option(
        "--site",
        "site_files",
        multiple=True,
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="A site file of your own, or a folder of them; may be repeated. "
        "Folders in the environment variable BAOLANGSON_SITES are read too.",
    )(function)


def filter_options(function: F) -> F:
    """``--paper``, ``--since``, ``--until``."""
    for option in (
        click.option("--until", callback=_day, metavar="DAY", help="Latest day of publication."),
        click.option(
            "--since",
            callback=_day,
            metavar="DAY",
            help="Earliest day of publication, as 2020-07-21.",
        ),
        click.option(
            "--paper", metavar="KEY", help="Only what this paper wrote (keys: baolangson sites)."
        ),
    ):
        function = option(function)
    return function


def _day(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value is None or re.fullmatch(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", value):
        return value
    raise click.BadParameter(f"{value!r} is no day; write year-month-day, as 2020-07-21.")


def print_json(value: Any) -> None:
    """One JSON document on standard output, Vietnamese letters as they are."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=_plain)
    sys.stdout.write(text + "\n")


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return str(value)


def console(**options: Any) -> Console:
    """Standard output; in a pipe lines are not broken, since another program does that itself."""
    from rich.console import Console

    made = Console(**options)
    if not made.is_terminal:
        made.width = 10_000
    return made
