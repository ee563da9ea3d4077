"""What an import tells while it runs and when it has ended."""

from __future__ import annotations

import os
import sys
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from baolangson_crawler.cli.options import print_json
from baolangson_crawler.masking import mask, one_line

if TYPE_CHECKING:
    from baolangson_crawler.importing.running import FileResult, ImportReport

_SHOWN = 5  # damaged places of one file
_WRITTEN = "new changed older same held found known duplicate".split()


class Progress:
    """A bar on a terminal, a line a minute elsewhere, nothing when quiet."""

    def __init__(self, *, quiet: bool) -> None:
        self.quiet = quiet
        self.terminal = sys.stderr.isatty() and not quiet and os.environ.get("TERM") != "dumb"
        self.seconds = 0.5 if self.terminal else 60.0
        self._bars: Any = None
        self._tasks: dict[str, Any] = {}

    def __enter__(self) -> Progress:
        if self.terminal:
            from rich.console import Console
            from rich.progress import Progress as Bars

            self._bars = Bars(*Bars.get_default_columns(), console=Console(stderr=True))
            self._bars.start()
        return self

    def __exit__(self, *exc: object) -> None:
        if self._bars:
            self._bars.stop()

    def update(self, name: str, done: int, size: int, written: Counter[str]) -> None:
        """Show how much of a file is read, and what it has given."""
        if self.quiet:
            return
        told = f"{one_line(name)}: {_counts(written)}"
        if not self._bars:
            click.echo(f"{told} ({done / max(size, 1):.0%})", err=True)
            return
        if name not in self._tasks:
            self._tasks[name] = self._bars.add_task(told)
        self._bars.update(self._tasks[name], completed=done, total=size, description=told)


def tell(report: ImportReport, *, as_json: bool) -> None:
    """A line for each file and each paper, and one for the whole; or the same as JSON."""
    if as_json:
        print_json(
            {
                "outcome": report.outcome,
                "exit_code": report.exit_code,
                "error": mask(str(report.error)) if report.error else None,
                "seconds": round(report.seconds, 1),
                "archive": report.archive,
                "files": [asdict(file) for file in report.files],
                "sites": [{"key": key, **counts} for key, counts in sorted(report.sites.items())],
            }
        )
        return
    for file in report.files:
        _tell_file(file)
    for key, counts in sorted(report.sites.items()):
        click.echo(f"{key}: {_counts(Counter(counts))}")
    if report.error:
        click.echo(f"baolangson: {mask(str(report.error))}", err=True)
    click.echo(f"Import {report.outcome} in {report.seconds:.0f} s: {report.archive}")


def _tell_file(file: FileResult) -> None:
    reasons = ", ".join(f"{count} {reason}" for reason, count in file.passed_over.items())
    passed_over = f"; passed over: {reasons}" if reasons else ""
    click.echo(f"{one_line(file.name)}: {file.imported} of {file.records} imported{passed_over}")
    for damage in file.damages[:_SHOWN]:
        told = f"{file.name} is damaged at {damage.position}: {damage.what}"
        click.echo(one_line(told), err=True)
    if (more := len(file.damages) - _SHOWN) > 0:
        click.echo(f"{one_line(file.name)}: {more} more damaged places", err=True)


def _counts(written: Counter[str]) -> str:
    return ", ".join(f"{written[name]} {name}" for name in _WRITTEN if written[name]) or "nothing"
