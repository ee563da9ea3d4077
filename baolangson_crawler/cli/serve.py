"""``baolangson serve``."""

from __future__ import annotations

import ipaddress
import signal
import socket
import sys
from importlib.util import find_spec
from pathlib import Path

import click

from baolangson_crawler.cli.options import archive_option
from baolangson_crawler.exceptions import CrawlerError


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    default=8001,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Port to listen on; 0 takes a free one.",
)
@archive_option
def command(host: str, port: int, archive: Path) -> None:
    """Open the archive in a web browser, with search and facets (Datasette).

    The archive is opened for reading only; a crawl may write to it meanwhile.

    Example:

        baolangson serve --port 8001
    """
    from baolangson_crawler.storage.opening import open_reading

    if find_spec("datasette") is None:
        raise CrawlerError(
            "Datasette is not installed. Install it with: pip install 'baolangson_crawler[serve]'"
        )
    open_reading(archive).close()
    serve(archive, host, port)


def serve(archive: Path, host: str, port: int) -> None:
    """Serve until Ctrl-C or SIGTERM, either of which is a good end.

    Raises:
        CrawlerError: the port is in use or may not be used.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _end)  # uvicorn finishes its answers, then hands the signal on
    with listening(host, port) as listener:
        import uvicorn

        from baolangson_crawler.datasette_plugin import make_datasette

        datasette = make_datasette(archive)
        config = uvicorn.Config(datasette.app(), log_level="warning", lifespan="on")
        _tell(host, listener.getsockname()[1])
        try:
            uvicorn.Server(config).run(sockets=[listener])
        finally:
            for database in datasette.databases.values():
                database.close()


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens already, so that the address is good once it is printed.

    Raises:
        CrawlerError: the port is in use or may not be used, or there is no such host.
    """
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise CrawlerError(
            f"Cannot listen on {host}:{port}: {error.strerror}. "
            "Stop the other program, or choose another port with --port."
        ) from error
    return listener


def _tell(host: str, port: int) -> None:
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"The archive is at http://{shown}:{port}/ (stop with Ctrl-C).")
    if not _is_loopback(host):
        click.echo("Whoever reaches this address can read the whole archive.", err=True)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _end(number: int, frame: object) -> None:
    sys.exit(0)
