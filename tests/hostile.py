"""A server that says exactly the bytes it is told to, when it is told to, and acts as the proxy.

It answers for every host itself, on loopback, and connects nowhere.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from time import monotonic, sleep

HTML = "Content-Type: text/html; charset=utf-8"
Speech = Callable[[], Iterator[bytes | float]]
"""What is said on one connection: bytes are sent, a number is a pause in seconds."""


def head(*lines: str, status: str = "200 OK") -> bytes:
    # what closes without saying so may do it while the next question is on its way
    return "\r\n".join((f"HTTP/1.1 {status}", "Connection: close", *lines, "", "")).encode()


def says(*parts: bytes | float) -> Speech:
    return lambda: iter(parts)


def page(body: bytes, *lines: str, status: str = "200 OK") -> Speech:
    """A proper answer."""
    return says(head(HTML, f"Content-Length: {len(body)}", *lines, status=status), body)


def endlessly(start: bytes, part: bytes, pause: float = 0.0) -> Speech:
    """Says ``part`` again and again until the other side has enough."""

    def speech() -> Iterator[bytes | float]:
        yield start
        while True:
            yield part
            if pause:
                yield pause

    return speech


class HostileServer:
    """Use as a context manager; ``environment`` is what the crawler's process is given.

    A connection is closed when its speech is over; a speech that ends with ``RESET`` is cut off.
    """

    RESET = -1.0

    def __init__(self, speeches: Mapping[str, Speech]) -> None:
        self.speeches = speeches
        self.asked: list[str] = []
        self.spoke: dict[str, float] = {}
        """Seconds until the last speech at each address was over, or was not listened to."""
        self._stopped = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.2)
        self._thread = threading.Thread(target=self._listen, daemon=True)

    @property
    def environment(self) -> dict[str, str]:
        return {"http_proxy": f"http://127.0.0.1:{self._listener.getsockname()[1]}"}

    def __enter__(self) -> HostileServer:
        self._thread.start()
        return self

    def heard_out(self, urls: Collection[str], seconds: float = 30.0) -> dict[str, float]:
        """What ``spoke`` says of these addresses, once their last speeches are over."""
        patience = monotonic() + seconds
        while not self.spoke.keys() >= set(urls) and monotonic() < patience:
            sleep(0.05)
        return {url: self.spoke[url] for url in urls}

    def __exit__(self, *exc: object) -> None:
        self._stopped.set()
        self._thread.join()
        self._listener.close()

    def _listen(self) -> None:
        while not self._stopped.is_set():
            with suppress(TimeoutError):
                connection, _ = self._listener.accept()
                threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        connection.settimeout(30)
        with connection, suppress(OSError):
            request = b""
            while b"\r\n\r\n" not in request:
                if not (received := connection.recv(65536)):
                    return
                request += received
            url = request.split(b" ")[1].decode()
            self.asked.append(url)
            speech = self.speeches.get(url, page(b"not here", status="404 Not Found"))
            began = monotonic()
            try:
                self._speak(connection, speech)
            finally:
                self.spoke[url] = monotonic() - began

    def _speak(self, connection: socket.socket, speech: Speech) -> None:
        for part in speech():
            if self._stopped.is_set():
                return
            if isinstance(part, bytes):
                connection.sendall(part)
            elif part == self.RESET:
                # closing with SO_LINGER at nought sends RST instead of FIN
                linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                return
            elif not _waited(connection, part):
                return
        connection.shutdown(socket.SHUT_WR)
        with suppress(OSError):
            connection.recv(65536)  # until the other side has closed, or nothing sent would arrive


def _waited(connection: socket.socket, seconds: float) -> bool:
    """A pause, which ends when the other side hangs up."""
    connection.settimeout(seconds)
    try:
        return connection.recv(1) != b""
    except TimeoutError:
        return True
    finally:
        connection.settimeout(30)
