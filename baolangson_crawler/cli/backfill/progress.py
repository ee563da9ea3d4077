"""The progress of a backfill: bars on a terminal, a line a minute elsewhere."""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from collections import Counter
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from baolangson_crawler.backfilling import Bounds
from baolangson_crawler.backfilling.forecast import days_left
from baolangson_crawler.cli.backfill.printing import told_days
from baolangson_crawler.dating import VIETNAM
from baolangson_crawler.exceptions import CrawlerError
from baolangson_crawler.sites.base import Site
from baolangson_crawler.storage.backfill_outlook import outlook
from baolangson_crawler.storage.opening import open_reading

_LOOK = 5.0  # seconds between two looks at the plan


class Progress:
    """Shows found, stored, rate and days left of each paper; nothing when quiet.

    Args:
        sites: that are crawled.
        archive: what they are written to, which is read for what is left.
        bounds: of the backfill.
        limits: the options of the command: ``daily_requests``, ``quiet_hours``.
        quiet: whether nothing is to be shown.
    """

    def __init__(
        self,
        sites: list[Site],
        archive: Path,
        bounds: Bounds,
        limits: dict[str, Any],
        *,
        quiet: bool,
    ) -> None:
        self.sites = {site.key: site for site in sites}
        self.archive, self.bounds, self.limits, self.quiet = archive, bounds, limits, quiet
        self.terminal = sys.stderr.isatty() and not quiet and os.environ.get("TERM") != "dumb"
        self.seconds = 0.5 if self.terminal else 60.0
        self._began = self._looked = time.monotonic()
        self._left: dict[str, float] = {}
        self._open: set[str] = set()
        self._conn: sqlite3.Connection | None = None
        self._bars: Any = None
        self._tasks: dict[str, Any] = {}

    def __enter__(self) -> Progress:
        if self.terminal:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
            from rich.progress import Progress as Bars

            self._bars = Bars(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[note]}"),
                console=Console(stderr=True),
            )
            for key, site in self.sites.items():
                self._tasks[key] = self._bars.add_task(site.name, total=None, note="")
            self._bars.start()
        return self

    def __exit__(self, *exc: object) -> None:
        if self._bars:
            self._bars.stop()
        if self._conn:
            self._conn.close()

    def update(self, counters: dict[str, Counter[str]]) -> None:
        """Show the counters of each site."""
        if self.quiet:
            return
        self._look()
        for key, count in counters.items():
            note = self._note(key, count)
            if not self._bars:
                click.echo(f"{key}: {note}", err=True)
                continue
            done = count["new"] + count["changed"] + count["same"] + count["held"]
            left = self._left.get(key)
            total = None if left is None else done + round(left)
            self._bars.update(self._tasks[key], completed=done, total=total, note=note)

    def _look(self) -> None:
        """See what is left, now and then."""
        now = time.monotonic()
        if self._left and now - self._looked < _LOOK:
            return
        self._looked = now
        with suppress(CrawlerError, sqlite3.Error):  # the figures wait; the crawl itself tells why
            if self._conn is None:
                self._conn = open_reading(self.archive).conn
            today = datetime.now(VIETNAM).date()
            for key, site in self.sites.items():
                ahead = outlook(self._conn, site, self.bounds, today)
                self._left[key] = ahead.requests
                (self._open.add if ahead.is_open else self._open.discard)(key)

    def _note(self, key: str, count: Counter[str]) -> str:
        seconds = max(time.monotonic() - self._began, 0.001)
        sent = count["answered"] + count["failed_requests"]
        told = f"{count['found']} found, {count['new']} stored"
        if count["failed"]:
            told += f", {count['failed']} failed"
        if not sent or key not in self._left:
            return told
        days = days_left(
            self._left[key],
            seconds / sent,
            self.limits["daily_requests"],
            self.limits["quiet_hours"],
        )
        least = "at least " if key in self._open else ""
        return f"{told}, {60 * sent / seconds:.0f} a minute, {least}{told_days(days)} left"
