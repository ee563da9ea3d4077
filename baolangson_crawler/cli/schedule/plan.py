"""What is to be run by itself, before it is written for cron or systemd."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from baolangson_crawler.cli.schedule.timetable import Timetable
from baolangson_crawler.turns import STATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One crawl that comes again. All paths are absolute, and nothing of it holds a line break."""

    program: tuple[str, ...]
    """The words that start this program."""

    crawl: tuple[str, ...]
    """The command with its options: ``crawl --all --archive …``."""

    archive: Path
    log: Path
    timetable: Timetable
    environment: Mapping[str, str]
    """Contact, site files, folder of turns, proxies, webhook."""

    mail: str | None
    user: str | None

    def __post_init__(self) -> None:
        for text in (*self.program, *self.crawl, *self.environment.values(), self.user or ""):
            if not text.isprintable():
                raise click.UsageError(
                    f"{text!r} has a line break or a letter that cannot be written; "
                    "neither cron nor systemd takes it."
                )

    @property
    def folders(self) -> list[Path]:
        """Where the crawl writes, as far as the operator has said it."""
        named = self.environment.get(STATE)
        folders = [self.archive.parent, self.log.parent, *([Path(named)] if named else [])]
        return list(dict.fromkeys(folders))

    @property
    def notify(self) -> tuple[str, ...]:
        """``notify`` with where to tell and what to remember; the webhook is in the environment."""
        mail = ("--mail", self.mail) if self.mail else ()
        return ("notify", *mail, "--memory", f"{self.archive}.told")
