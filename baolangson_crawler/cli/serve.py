"""``baolangson serve``."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import click

from baolangson_crawler.cli.options import archive_option
from baolangson_crawler.exceptions import CrawlerError


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8001, show_default=True, type=click.IntRange(0, 65535))
@archive_option
def command(host: str, port: int, archive: Path) -> None:
    """Open the archive in a web browser, with search and facets (Datasette).

    Example:

        baolangson serve --port 8001
    """
    from baolangson_crawler.storage.opening import open_reading

    try:
        import datasette  # noqa: F401
    except ImportError:
        raise CrawlerError(
            "Datasette is not installed. Install it with: pip install 'baolangson_crawler[serve]'"
        ) from None
    open_reading(archive).close()
    sys.exit(serve(archive, host, port))


def serve(archive: Path, host: str, port: int) -> int:
    """Serve until interrupted; the exit code.

    Raises:
        CrawlerError: the port is in use or may not be used.
    """
    port = _free(host, port)
    from baolangson_crawler.datasette_plugin import make_app

    app = make_app(archive)
    import uvicorn

    click.echo(f"The archive is at http://{host}:{port}/ (stop with Ctrl-C).")
    uvicorn.run(app, host=host, port=port, log_level="warning", lifespan="on")
    return 0


def _free(host: str, port: int) -> int:
    """The port, after making sure that it can be listened on."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CrawlerError(
                f"Cannot listen on {host}:{port}: {error.strerror}. "
                "Stop the other program, or choose another with --port."
            ) from error
        return int(probe.getsockname()[1])
