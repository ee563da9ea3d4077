"""A web server of the tests' own, on loopback: it misbehaves as told and remembers every request.

It answers for every host as their forward proxy and connects nowhere. When a request came and when
its answer was finished is noted on one clock, so that a crawl's manners are measured where they
are felt.
"""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from itertools import cycle
from typing import Literal
from urllib.parse import urlsplit

from fault_papers import HTML, Answer, Paper
from fault_record import Asked, Record

Fault = Literal["reset", "hang", "cut", "slow"]
_LARGEST_HEAD = 64 * 1024


@dataclass(frozen=True)
class Trouble:
    """An answer that does not come as it should."""

    how: Fault
    """``reset``: the connection breaks; ``hang``: nothing comes until the client leaves;
    ``cut``: half of the promised bytes; ``slow``: one byte in ``seconds``."""

    answer: Answer = field(default_factory=lambda: Answer(b"x" * 100, headers=HTML))
    seconds: float = 0.1


Reply = Answer | Trouble
Scripted = Reply | Callable[[Asked], Reply | None] | None
"""None: what the paper itself would say."""


class FaultServer(Record):
    """Serves papers until the end of the ``with``; what it says can be changed meanwhile."""

    def __init__(self, *papers: Paper) -> None:
        super().__init__()
        self.papers = {host: paper for paper in papers for host in paper.hosts}
        self._scripts: dict[str, list[Scripted]] = {}
        self._flaky: tuple[int, Iterator[Reply]] | None = None
        self._articles_asked = 0
        self._errors: list[Exception] = []
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    # --- what it is told ------------------------------------------------------------------

    def script(self, url: str, *replies: Scripted) -> None:
        """What the first, second, … request for an address gets; the last reply stays."""
        self._scripts[url] = list(replies)

    def flaky(self, every: int, replies: Iterable[Reply]) -> None:
        """Spoil each ``every``-th request for an article, with one reply after the other."""
        self._flaky = every, cycle(replies)

    def sound(self) -> None:
        """Answer everything as it should be from now on."""
        self._scripts.clear()
        self._flaky = None

    def publish(self, paper: Paper) -> None:
        """Serve another state of a paper."""
        self.papers |= dict.fromkeys(paper.hosts, paper)

    @property
    def environment(self) -> dict[str, str]:
        """What the crawler's process is given."""
        return {"http_proxy": f"http://127.0.0.1:{self.port}"}

    # --- the server -----------------------------------------------------------------------

    def __enter__(self) -> FaultServer:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *exc: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)
        if self._errors:  # a script of the test's own fails
            raise self._errors[0]

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        self._open: set[asyncio.Task[None]] = set()
        server = await asyncio.start_server(
            self._connected, "127.0.0.1", 0, limit=_LARGEST_HEAD, backlog=128
        )
        self.port: int = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)
        await server.wait_closed()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                while await self._exchange(reader, writer):
                    pass
        except asyncio.CancelledError:
            pass  # the server is closing
        except Exception as error:
            self._errors.append(error)
        finally:
            self._open.discard(task)
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One request and its answer; whether the connection may be used again."""
        asked = _read(await reader.readuntil(b"\r\n\r\n"))
        self.asked.append(asked)
        try:
            reply = self._reply(asked)
            if isinstance(reply, Answer):
                asked.status, answer = reply.status, _bytes(reply)
                asked.ended = time.monotonic()
                writer.write(answer)
                return True
            await self._trouble(reply, asked, reader, writer)
            return False
        finally:
            asked.ended = asked.ended or time.monotonic()

    def _reply(self, asked: Asked) -> Reply:
        paper = self.papers.get(asked.host)
        script = self._scripts.get(asked.url)
        scripted = (script.pop(0) if len(script) > 1 else script[0]) if script else None
        if callable(scripted):
            scripted = scripted(asked)
        if scripted is not None:
            return scripted
        if paper and paper.number_of(asked.path) and self._flaky:
            self._articles_asked += 1
            every, replies = self._flaky
            if self._articles_asked % every == 0:
                return next(replies)
        answer = paper.answer(asked.path) if paper else None
        answer = answer or Answer(b"not here", 404, {"Content-Type": "text/plain"})
        return _if_changed(answer, asked)

    async def _trouble(
        self,
        trouble: Trouble,
        asked: Asked,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        if trouble.how == "hang":
            await reader.read()  # to the end: the client has gone
            return
        if trouble.how == "reset":
            asked.ended = time.monotonic()
            linger = struct.pack("ii", 1, 0)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            writer.transport.abort()
            return
        asked.status = trouble.answer.status
        whole = _bytes(trouble.answer)
        body = len(trouble.answer.body)
        if trouble.how == "cut":
            asked.ended = time.monotonic()
            writer.write(whole[: len(whole) - body // 2])
            await writer.drain()
            return
        writer.write(whole[: len(whole) - body])
        gone = asyncio.ensure_future(reader.read())
        for number, byte in enumerate(trouble.answer.body, 1):
            await asyncio.wait([gone], timeout=trouble.seconds)
            if gone.done():
                return
            if number == body:
                asked.ended = time.monotonic()
            writer.write(bytes([byte]))
        gone.cancel()


def _read(head: bytes) -> Asked:
    """A request as a client writes it to a proxy: with the whole address."""
    first, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
    parts = urlsplit(first.split(" ")[1])
    path = parts.path or "/"
    fields = (line.split(":", 1) for line in lines)
    return Asked(
        host=parts.netloc,
        path=f"{path}?{parts.query}" if parts.query else path,
        headers={name.lower(): value.strip() for name, value in fields},
        at=time.monotonic(),
    )


def _if_changed(answer: Answer, asked: Asked) -> Answer:
    """304 where the client names the state it has (RFC 9110, 13.2.2: the tag goes first)."""
    if answer.status != HTTPStatus.OK:
        return answer
    tag = asked.headers.get("if-none-match")
    if tag is not None:
        same = tag == answer.headers.get("ETag")
    else:
        since = asked.headers.get("if-modified-since")
        same = since is not None and since == answer.headers.get("Last-Modified")
    return replace(answer, status=HTTPStatus.NOT_MODIFIED, body=b"") if same else answer


def _bytes(answer: Answer) -> bytes:
    lines = [f"HTTP/1.1 {int(answer.status)} "]  # RFC 9112, 4: the phrase may be empty
    lines += [f"{name}: {value}" for name, value in answer.headers.items()]
    if answer.status != HTTPStatus.NOT_MODIFIED:
        lines.append(f"Content-Length: {len(answer.body)}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + answer.body
