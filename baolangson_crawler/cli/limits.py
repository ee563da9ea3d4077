"""Where the operator ends a crawl or a backfill, and how fast it may be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from baolangson_crawler.cli.options import Seconds, duration, hours

F = TypeVar("F", bound=Callable[..., Any])
_OPTIONS = (
    click.option(
        "--max-pages",
        type=click.IntRange(1),
        metavar="N",
        help="Article pages of each paper at most.",
    ),
    click.option(
        "--max-time",
        callback=duration,
        metavar="TIME",
        help="End after this long, say 50m or 6h; the next crawl goes on.",
    ),
    click.option(
        "--delay",
        type=Seconds(),
        default=1.0,
        show_default=True,
        help="Seconds between an answer of a paper and the next request; "
        "less than 1 is not possible.",
    ),
    click.option(
        "--daily-requests",
        type=click.IntRange(1),
        default=20_000,
        show_default=True,
        metavar="N",
        help="Requests to one paper on one day at most.",
    ),
    click.option(
        "--quiet-hours",
        callback=hours,
        metavar="FROM-TO",
        help="Hours (Vietnam time) in which nothing is asked: 07:00-09:00.",
    ),
    click.option(
        "--patience",
        type=Seconds(),
        default=300.0,
        show_default=True,
        metavar="SECONDS",
        help="How long to wait for a paper that asks for a rest, before it is left to the next "
        "crawl.",
    ),
    click.option(
        "--log", type=click.Path(path_type=Path, dir_okay=False), help="Write a log file."
    ),
    click.option("-v", "--verbose", is_flag=True, help="Tell every request."),
)
_SETTINGS = {
    "max_pages": "MAX_PAGES",
    "max_time": "MAX_SECONDS",
    "since": "SINCE",
    "list_pages": "LISTING_PAGES",
    "delay": "DOWNLOAD_DELAY",
    "daily_requests": "DAILY_REQUESTS",
    "quiet_hours": "QUIET_HOURS",
    "patience": "PATIENCE_SECONDS",
    "ranks": "RANKS",
}
"""Option → Scrapy setting."""


def limit_options(function: F) -> F:
    """``--max-pages``, ``--max-time``, ``--delay``, … and the two of the log."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def settings_of(limits: dict[str, Any]) -> dict[str, Any]:
    """Scrapy settings of the options that were given."""
    return {_SETTINGS[name]: value for name, value in limits.items() if value is not None}
