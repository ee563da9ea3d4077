"""Options that several commands share, and how they read them."""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, is_dataclass
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from rich.console import Console

F = TypeVar("F", bound=Callable[..., Any])
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
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
        click.option(
            "--until", callback=day_option, metavar="DAY", help="Latest day of publication."
        ),
        click.option(
            "--since",
            callback=day_option,
            metavar="DAY",
            help="Earliest day of publication, as 2020-07-21.",
        ),
        click.option(
            "--paper", metavar="KEY", help="Only what this paper wrote (keys: baolangson sites)."
        ),
    ):
        function = option(function)
    return function


def day_option(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """A day, month or year as given; None where it is left out."""
    if value is None or re.fullmatch(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", value):
        return value
    raise click.BadParameter(f"{value!r} is no day; write year-month-day, as 2020-07-21.")


class Seconds(click.FloatRange):
    """A number of seconds from 0 on; ``nan`` and ``inf``, which are floats too, are none."""

    def __init__(self) -> None:
        super().__init__(0)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Seconds."""
        seconds: float = super().convert(value, param, ctx)
        if not math.isfinite(seconds):
            self.fail(f"{value!r} is no number of seconds.", param, ctx)
        return seconds


def duration(ctx: click.Context, parameter: click.Parameter, value: str | None) -> float | None:
    """Seconds of ``90s``, ``50m``, ``6h`` or ``2d``; None where it is left out."""
    if value is None:
        return None
    match = re.fullmatch(r"(\d{1,9}(?:\.\d+)?)([smhd])", value)
    if not match or not float(match[1]):
        raise click.BadParameter(f"{value!r} is no length of time; write 90s, 50m, 6h or 2d.")
    return float(match[1]) * _SECONDS[match[2]]


def hours(
    ctx: click.Context, parameter: click.Parameter, value: str | None
) -> tuple[time, time] | None:
    """The two ends of ``07:00-09:00``; None where it is left out."""
    if value is None:
        return None
    with suppress(ValueError):
        start, end = (time.fromisoformat(moment.strip()) for moment in value.split("-"))
        if start != end:
            return start, end
    raise click.BadParameter(f"{value!r} are no hours; write from-to, as 07:00-09:00.")


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
