"""The command ``baolangson``.

A command's module is imported when the command runs, so that ``search`` and ``--help`` start
without Scrapy.
"""

from __future__ import annotations

import io
import sys
from importlib import import_module

import click

from baolangson_crawler import __version__
from baolangson_crawler.exceptions import CrawlerError

_COMMANDS = {
    "crawl": "Fetch what the papers have printed since the last crawl.",
    "demo": "Crawl three small papers that this program serves itself, offline.",
    "export": "Write articles to a file.",
    "search": "Find articles by their words.",
    "serve": "Open the archive in a web browser.",
    "show": "Print one article and what is known of it.",
    "sites": "List the papers, check one on a page, describe a new one.",
    "status": "Show what the archive holds, paper by paper.",
    "upgrade": "Bring an archive of an older version of this program up to date.",
}


class _Commands(click.Group):
    """A group that knows the names and one line of its commands, and imports the one that runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"{__name__}.{name}").command
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
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # a terminal that lacks a letter shows a question mark; files and pipes are UTF-8
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")
    try:
        code = cli.main(arguments, prog_name="baolangson", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("Interrupted.", err=True)
        sys.exit(11)
    except click.UsageError as error:
        error.show()
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except CrawlerError as error:
        click.echo(f"baolangson: {error}", err=True)
        sys.exit(error.exit_code)
    except OSError as error:
        click.echo(f"baolangson: {error.strerror or error}: {error.filename or ''}", err=True)
        sys.exit(3)
    sys.exit(code if isinstance(code, int) else 0)
