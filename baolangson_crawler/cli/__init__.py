"""The command ``baolangson``.

A command's module is imported when the command runs, so that ``search`` and ``--help`` start
without Scrapy.
"""

from __future__ import annotations

import io
import json
import sys
import traceback
from importlib import import_module
from types import TracebackType
from typing import NoReturn

import click

from baolangson_crawler import __version__
from baolangson_crawler.exceptions import CrawlerError
from baolangson_crawler.masking import mask

_COMMANDS = {
    "backfill": "Fetch what the papers printed in the years before.",
    "coverage": "Show what of a paper is held, and what is missing.",
    "crawl": "Fetch what the papers have printed since the last crawl.",
    "demo": "Crawl three small papers that this program serves itself, offline.",
    "export": "Write articles to a file.",
    "import": "Read what others have captured: WARC files, lists of captures, saved pages.",
    "notify": "Run a command, and tell somebody if it fails.",
    "schedule": "Print what cron or systemd needs to crawl by itself.",
    "search": "Find articles by their words.",
    "serve": "Open the archive in a web browser.",
    "show": "Print one article and what is known of it.",
    "sites": "List the papers, check one on a page, describe a new one.",
    "status": "Show what the archive holds, paper by paper.",
    "upgrade": "Bring an archive of an older version of this program up to date.",
}
_MODULES = {"import": "importing"}
"""Commands whose name no module can have."""


class _Commands(click.Group):
    """A group that knows the names and one line of its commands, and imports the one that runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"{__name__}.{_MODULES.get(name, name)}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="baolangson")
def cli() -> None:
    """Archive of Vietnam's provincial press.

    Begin with:  baolangson demo
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command and leave with its exit code; an error is one line on standard error."""
    sys.excepthook = _print_masked
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # a terminal that lacks a letter shows a question mark; files and pipes are UTF-8
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")
    try:
        code = cli.main(arguments, prog_name="baolangson", standalone_mode=False)
    except click.exceptions.Abort:
        _end("Interrupted.", 11, arguments)
    except click.ClickException as error:
        told = io.StringIO()
        error.show(told)
        code = 1 if isinstance(error, click.UsageError) else error.exit_code
        _end(told.getvalue().rstrip("\n"), code, arguments, error.format_message())
    except CrawlerError as error:
        _end(f"baolangson: {error}", error.exit_code, arguments, str(error))
    except OSError as error:
        what = f"{error.strerror or error}: {error.filename or ''}"
        _end(f"baolangson: {what}", 3, arguments, what)
    sys.exit(code if isinstance(code, int) else 0)


def _end(told: str, code: int, arguments: list[str] | None, error: str | None = None) -> NoReturn:
    """Tell a person why the command ends, and who reads its JSON too."""
    given = sys.argv[1:] if arguments is None else arguments
    if given[:1] == ["crawl"] and "--json" in given:
        report: dict[str, object] = {
            "outcome": "interrupted" if code == 11 else "error",
            "exit_code": code,
            "error": mask(error or told),
            "seconds": 0.0,
            "archive": None,
            "sites": [],
            **({"would_fetch": []} if "--dry-run" in given else {}),
        }
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
    click.echo(mask(told), err=True)
    sys.exit(code)


def _print_masked(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """What Python prints of an error that nobody expected, without its secrets."""
    sys.stderr.write(mask("".join(traceback.format_exception(kind, error, trace))))
