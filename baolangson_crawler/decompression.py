"""Content codings undone piece by piece: a body is whole or refused, and stays within its limit.

Knows bytes and the names of codings (RFC 9110, 8.4.1), nothing of requests and pages.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import Protocol

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ACCEPTED = "gzip, deflate, br, zstd"
"""Value of Accept-Encoding: the codings that are undone."""

MOST_CODINGS = 3
MOST_MEMBERS = 10_000  # of one stream; bgzip makes one of 64 KiB, a flood of empty ones costs time
_READ = 16 * 1024  # bytes fed at once; what follows a member is copied, so they are few
_PIECE = 64 * 1024  # bytes that come out at once
_ZSTD_WINDOW = 23  # RFC 9659: as a content coding, zstd needs no window above 8 MiB


class CodingError(Exception):
    """A body that cannot be decoded; ``reason`` is its code in the ledger."""

    reason = "broken_coding"


class Broken(CodingError):
    """The bytes are not what the coding's name promises, or nobody knows the name."""


class Truncated(CodingError):
    """The stream ends before it is complete, however honest the length of the message was."""

    reason = "incomplete"


class TooLarge(CodingError):
    """More comes out than is read."""

    reason = "too_large"


def codings_of(values: Iterable[str]) -> tuple[str, ...]:
    """The codings that Content-Encoding fields name, in the order in which they were applied."""
    names = (name.strip().lower() for value in values for name in value.split(","))
    return tuple(name for name in names if name not in ("", "identity"))


def decompress(body: bytes, codings: tuple[str, ...], limit: int) -> bytes:
    """A body with its codings undone.

    Args:
        body: as received. An empty one is empty in every coding.
        codings: their names in the order in which they were applied.
        limit: bytes that each of the codings may give at most.

    Raises:
        Broken: damaged, an unknown coding, or more than three.
        Truncated: not complete.
        TooLarge: more than ``limit`` bytes; no more than them and one piece were ever held.
    """
    if not codings or not body:
        return body
    # The buffer is handed over without a copy; on an error it is let go of at once, since the
    # traceback keeps this frame.
    with BytesIO() as whole:
        for piece in pieces(body, codings, limit):
            whole.write(piece)
        return whole.getvalue()


def pieces(body: bytes, codings: tuple[str, ...], limit: int) -> Iterator[bytes]:
    """The same piece by piece; what is wrong with a stream is raised where it shows."""
    if len(codings) > MOST_CODINGS:
        raise Broken(f"{len(codings)} codings, one over another")
    stream = _slices(body)
    for name in reversed(codings):
        undo = _CODINGS.get(name)
        if undo is None:
            raise Broken(f"unknown coding {name[:40]!r}")
        stream = _limited(undo(stream), name, limit)
    return stream


def _slices(body: bytes) -> Iterator[bytes]:
    for start in range(0, len(body), _READ):
        yield body[start : start + _READ]


def _limited(stream: Iterator[bytes], name: str, limit: int) -> Iterator[bytes]:
    """Each stage is limited by itself: the last may swallow all that the one before gives."""
    total = 0
    try:
        for piece in stream:
            total += len(piece)
            if total > limit:
                raise TooLarge(f"{name}: more than {limit} bytes")
            if piece:
                yield piece
    except (zlib.error, brotli.error, zstd.ZstdError) as error:
        raise Broken(f"{name}: {error}") from error


class _Decoder(Protocol):
    """One member of a stream; the libraries differ in little else than names."""

    hungry: bool
    """Whether it has given all that came of what it was fed."""

    ended: bool
    """Whether the member is complete."""

    rest: bytes
    """What stands behind a complete member."""

    def feed(self, data: bytes) -> bytes:
        """The next piece; ``data`` is empty while it is not hungry."""
        ...


class _Zlib:
    def __init__(self, wbits: int) -> None:
        self._decoder = zlib.decompressobj(wbits)
        self._waiting = b""
        self.hungry, self.ended, self.rest = True, False, b""

    def feed(self, data: bytes) -> bytes:
        piece = self._decoder.decompress(self._waiting or data, _PIECE)
        self._waiting = self._decoder.unconsumed_tail
        # a piece that is full may have left some behind in zlib's window
        self.hungry = not self._waiting and len(piece) < _PIECE
        self.ended, self.rest = self._decoder.eof, self._decoder.unused_data
        return piece


class _Brotli:
    rest = b""  # a stream has one member; the library takes what stands behind it for damage

    def __init__(self) -> None:
        self._decoder = brotli.Decompressor()
        self.hungry, self.ended = True, False

    def feed(self, data: bytes) -> bytes:
        piece: bytes = self._decoder.process(data, output_buffer_limit=_PIECE)
        self.ended = self._decoder.is_finished()
        self.hungry = not piece  # the library tells only by an empty piece that it has no more
        return piece


class _Zstd:
    def __init__(self) -> None:
        options: dict[int, int] = {zstd.DecompressionParameter.window_log_max: _ZSTD_WINDOW}
        self._decoder = zstd.ZstdDecompressor(options=options)
        self.hungry, self.ended, self.rest = True, False, b""

    def feed(self, data: bytes) -> bytes:
        piece = self._decoder.decompress(data, _PIECE)
        self.ended = self._decoder.eof
        self.hungry = not self.ended and self._decoder.needs_input
        self.rest = self._decoder.unused_data if self.ended else b""
        return piece


def _undone(
    stream: Iterator[bytes], begin: Callable[[], _Decoder], opens: Callable[[bytes], bool]
) -> Iterator[bytes]:
    """The members of a stream, one behind the other; what opens no member is padding."""
    decoder: _Decoder | None = None
    members = 0
    for chunk in stream:
        while chunk:
            if decoder is None:
                if members and not (chunk := chunk.lstrip(b"\x00")):
                    break
                if members and not opens(chunk):
                    for _ in stream:  # the coding around this one must be whole too
                        pass
                    return
                if (members := members + 1) > MOST_MEMBERS:
                    raise Broken(f"more than {MOST_MEMBERS} members")
                decoder = begin()
            yield from _fed(decoder, chunk)
            chunk = decoder.rest
            if decoder.ended:
                decoder = None
    if decoder is not None:
        raise Truncated("the stream ends too early")


def _fed(decoder: _Decoder, chunk: bytes) -> Iterator[bytes]:
    """All that comes of a chunk."""
    yield decoder.feed(chunk)
    while not decoder.hungry and not decoder.ended:
        yield decoder.feed(b"")


def _gzip(stream: Iterator[bytes]) -> Iterator[bytes]:
    """RFC 1952: members in a row; padding behind them is common."""
    return _undone(stream, lambda: _Zlib(31), lambda rest: rest[0] == 0x1F)


def _deflate(stream: Iterator[bytes]) -> Iterator[bytes]:
    """RFC 1950, or RFC 1951 without its frame, which some servers send under the same name."""
    head = b""
    for chunk in stream:
        head += chunk
        if len(head) >= 2:
            break
    framed = len(head) >= 2 and head[0] & 15 == 8 and int.from_bytes(head[:2], "big") % 31 == 0

    def again() -> Iterator[bytes]:
        yield head
        yield from stream

    return _undone(again(), lambda: _Zlib(15 if framed else -15), lambda rest: False)


def _br(stream: Iterator[bytes]) -> Iterator[bytes]:
    """RFC 7932."""
    return _undone(stream, _Brotli, lambda rest: False)


def _zstd(stream: Iterator[bytes]) -> Iterator[bytes]:
    """RFC 8878: frames in a row, some of them to be skipped."""
    return _undone(stream, _Zstd, lambda rest: rest[0] == 0x28 or rest[0] >> 4 == 5)


_CODINGS: dict[str, Callable[[Iterator[bytes]], Iterator[bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,  # RFC 9110, 8.4.1.3
    "deflate": _deflate,
    "br": _br,
    "zstd": _zstd,
}
