"""The papers on loopback: a web server for their hosts, reached as a forward proxy."""

from __future__ import annotations

import gzip
import socket
import sys
import threading
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from email.utils import parsedate_to_datetime
from hashlib import blake2b
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import urlsplit

from baolangson_crawler.demo.papers import PAPERS, DemoPaper
from baolangson_crawler.demo.routes import Reply, answer
from baolangson_crawler.demo.timetable import http_date
from baolangson_crawler.urls import bare_host

_PLAIN = "text/plain; charset=utf-8"
_LOOPBACK = frozenset(("127.0.0.1", "localhost", ""))
_GZIP_LEVEL = 3


class DemoServer:
    """Serves papers until it is closed; use it as a context manager.

    ``with DemoServer() as server:`` and then ask ``server.proxy_url`` for the papers' addresses.
    """

    def __init__(self, papers: Iterable[DemoPaper] = PAPERS, port: int = 0) -> None:
        self.papers = {paper.host: paper for paper in papers}
        self.requests: Counter[tuple[str, str]] = Counter()
        """How often each (host, path with query) was asked for."""

        self._lock = threading.Lock()
        self._http = _Server(("127.0.0.1", port), _Handler)
        self._http.demo = self
        self._thread = threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self._http.server_address[1])

    @property
    def proxy_url(self) -> str:
        """What an HTTP client takes as its proxy to reach the papers."""
        return f"http://127.0.0.1:{self.port}"

    def replace(self, paper: DemoPaper) -> None:
        """Serve another state of a paper from now on, say with more articles."""
        self.papers = {**self.papers, paper.host: paper}

    def count(self, host: str, target: str) -> None:
        """Note that an address was asked for."""
        with self._lock:
            self.requests[host, target] += 1

    def start(self) -> Self:
        """Begin to serve in a thread of its own."""
        self._thread.start()
        return self

    def close(self) -> None:
        """Stop serving and wait until every connection is closed."""
        if self._thread.is_alive():
            self._http.shutdown()
            self._thread.join()
        self._http.close_connections()
        self._http.server_close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.close()


class _Server(ThreadingHTTPServer):
    """Keeps its connections in view, so that an idle one does not hold up the end."""

    daemon_threads = False
    block_on_close = True
    request_queue_size = 128
    demo: DemoServer

    def __init__(self, address: tuple[str, int], handler: type[_Handler]) -> None:
        super().__init__(address, handler)
        self._open: set[_Handler] = set()
        self._closing = False
        self._guard = threading.Lock()

    def opened(self, handler: _Handler) -> None:
        with self._guard:
            self._open.add(handler)
            if self._closing:
                handler.hang_up()

    def closed(self, handler: _Handler) -> None:
        with self._guard:
            self._open.discard(handler)

    def close_connections(self) -> None:
        with self._guard:
            self._closing = True
            for handler in self._open:
                handler.hang_up()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away in the middle of an answer is no error of ours."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    timeout = 30
    wbufsize = -1  # header and body leave together
    disable_nagle_algorithm = True
    server: _Server

    def setup(self) -> None:
        super().setup()
        self.server.opened(self)

    def finish(self) -> None:
        self.server.closed(self)
        super().finish()

    def hang_up(self) -> None:
        """End the connection from another thread."""
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RD)

    def version_string(self) -> str:
        return "demo"

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the counts of the server tell what was asked."""

    def do_GET(self) -> None:
        host, target = self._asked()
        self.server.demo.count(host, target)
        self._send(self._reply(host, target))

    do_HEAD = do_GET

    def do_CONNECT(self) -> None:
        self.close_connection = True
        self._send(_line(501, "The demo papers speak plain http; ask for http:// addresses."))

    def _asked(self) -> tuple[str, str]:
        """Host and path with query, from the absolute form or from the Host header."""
        if self.path.startswith("http://"):
            parts = urlsplit(self.path)
            target = parts.path or "/"
            return bare_host(parts.hostname or ""), (
                f"{target}?{parts.query}" if parts.query else target
            )
        host = self.headers.get("Host", "").rsplit(":", 1)[0]
        return bare_host(host), self.path

    def _reply(self, host: str, target: str) -> Reply:
        paper = self.server.demo.papers.get(host)
        if paper:
            return answer(paper, target)
        known = ", ".join(f"http://{name}/" for name in self.server.demo.papers)
        if host in _LOOPBACK:
            return _line(200, f"This is a proxy to demo papers. Through it you reach: {known}")
        return _line(502, f"No demo paper has the host {host!r}. Known are: {known}")

    def _send(self, reply: Reply) -> None:
        headers = {"Content-Type": reply.media_type, "Vary": "Accept-Encoding"}
        if reply.location:
            headers["Location"] = reply.location
        body = reply.body
        if reply.modified and reply.status == HTTPStatus.OK:
            tag = f'W/"{blake2b(body, digest_size=10).hexdigest()}"'
            headers |= {"ETag": tag, "Last-Modified": http_date(reply.modified)}
            if self._unchanged(tag, reply.modified):
                self._write(HTTPStatus.NOT_MODIFIED, headers, None)
                return
        wants_gzip = "gzip" in self.headers.get("Accept-Encoding", "")
        if reply.always_gzip or (wants_gzip and reply.media_type.startswith("text/")):
            headers["Content-Encoding"] = "gzip"
            body = gzip.compress(body, _GZIP_LEVEL, mtime=0)
        self._write(reply.status, headers, body)

    def _unchanged(self, tag: str, modified: datetime) -> bool:
        """Whether the client has this very state (RFC 9110, 13.2.2: the tag goes first)."""
        if tags := self.headers.get("If-None-Match"):
            return tag in (known.strip() for known in tags.split(",")) or tags.strip() == "*"
        since = self.headers.get("If-Modified-Since")
        if not since:
            return False
        try:
            return modified <= parsedate_to_datetime(since)
        except (TypeError, ValueError):
            return False

    def _write(self, status: int, headers: dict[str, str], body: bytes | None) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if body is not None:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if body is not None and self.command != "HEAD":
            self.wfile.write(body)
        self.wfile.flush()


def _line(status: int, words: str) -> Reply:
    return Reply(status=status, media_type=_PLAIN, body=f"{words}\n".encode())
