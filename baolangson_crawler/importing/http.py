"""An HTTP answer as a WARC record holds it: head and body, and the codings undone.

Whoever writes a WARC file may have undone a coding and left the header that names it. So a coding
is believed only where the body has it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from baolangson_crawler.decompression import CodingError, codings_of, decompress

HEADER_BYTES = 256 * 1024
"""Bytes of the head of an answer; more is no answer of a paper."""

_END = re.compile(rb"\r?\n\r?\n")
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})(?:[ \t]|$)")
_FOLD = re.compile(rb"\r?\n[ \t]+")  # RFC 9112, 5.2: a folded line is one line
_CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")  # RFC 9112, 7.1
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<[!?/A-Za-z]")


class Unusable(Exception):
    """A record that holds no whole answer; ``reason`` is its code in the report."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer."""

    status: int
    headers: tuple[tuple[str, str], ...]
    """Header lines in order, names as received."""

    body: bytes = field(repr=False)
    """As the record holds it."""

    def values(self, name: str) -> list[str]:
        """What the header lines of a name say; the name in lower case."""
        return [value for known, value in self.headers if known.lower() == name]


def parse(block: bytes) -> Answer:
    """The answer in a record's block.

    Raises:
        Unusable: ``no_http``: it does not begin as one, or its head does not end;
            ``headers_too_large``.
    """
    end = _END.search(block, 0, HEADER_BYTES + 4)
    if end is None:
        reason = "headers_too_large" if len(block) > HEADER_BYTES else "no_http"
        raise Unusable(reason, f"The head of the answer does not end within {HEADER_BYTES} bytes.")
    first, *lines = _FOLD.sub(b" ", block[: end.start()]).splitlines() or [b""]
    status = _STATUS.match(first)
    if status is None:
        raise Unusable("no_http", f"The answer begins with {first[:40]!r}.")
    headers = []
    for line in lines:
        name, colon, value = line.partition(b":")
        if colon:
            headers.append((name.strip().decode("latin-1"), value.strip().decode("latin-1")))
    return Answer(int(status[1]), tuple(headers), block[end.end() :])


def decoded(answer: Answer, limit: int) -> bytes:
    """The body with its transfer coding and its content codings undone, where it has them.

    Args:
        answer: as it was parsed.
        limit: bytes that come out at most.

    Raises:
        Unusable: ``incomplete``, ``broken_coding`` or ``too_large``.
    """
    body, whole = answer.body, False
    transfer = codings_of(answer.values("transfer-encoding"))
    if "chunked" in transfer and _CHUNK.match(body):
        body, whole = _joined(body), True
    codings = (
        *codings_of(answer.values("content-encoding")),
        *(name for name in transfer if name != "chunked"),
    )
    try:
        undone = decompress(body, codings, limit)
    except CodingError as error:
        # HTML under the name of a coding: whoever wrote the file has undone it
        if error.reason == "too_large" or not _MARKUP.match(body):
            raise Unusable(error.reason, str(error)) from error
        return body
    if not whole and not codings and len(body) < (_stated_length(answer) or 0):
        raise Unusable("incomplete", f"{len(body)} bytes of {_stated_length(answer)}.")
    if len(undone) > limit:
        raise Unusable("too_large", f"{len(undone)} bytes.")
    return undone


def _stated_length(answer: Answer) -> int | None:
    stated = {value for value in answer.values("content-length") if value.isdecimal()}
    return int(stated.pop()) if len(stated) == 1 else None


def _joined(body: bytes) -> bytes:
    """The chunks of a body, one behind the other (RFC 9112, 7.1).

    Raises:
        Unusable: ``incomplete``: the last chunk is missing; ``broken_coding``.
    """
    parts: list[bytes] = []
    place = 0
    while True:
        head = _CHUNK.match(body, place)
        if head is None:
            reason = "incomplete" if len(body) - place < 10 else "broken_coding"
            raise Unusable(reason, f"No chunk begins at byte {place} of the body.")
        size = int(head[1], 16)
        if not size:
            return b"".join(parts)
        start = head.end()
        if start + size > len(body):
            raise Unusable("incomplete", f"A chunk of {size} bytes ends with the record.")
        parts.append(body[start : start + size])
        place = start + size
        place += 2 if body.startswith(b"\r\n", place) else body.startswith(b"\n", place)
