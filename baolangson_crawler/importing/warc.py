"""WARC files (ISO 28500), record by record; of a damaged file everything that is whole.

A record is handed on only when it is known to end where it says: the next one has begun, or what
encloses it checks. What is damaged is passed over, up to the next record that begins.
"""

from __future__ import annotations

import mmap
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from fastwarc.warc import ArchiveIterator, WarcRecordType

from baolangson_crawler.importing.frames import Frame, frame_of

_PADDING = b"\0\r\n "
_READ = 64 * 1024  # bytes behind the last record that may be padding


@dataclass(frozen=True, slots=True)
class Record:
    """One record."""

    kind: str
    """WARC-Type: ``response``, ``request``, ``revisit`` …"""

    url: str
    """WARC-Target-URI, without the brackets that some writers put around it."""

    id: str
    """WARC-Record-ID, without its brackets; else its place in the file."""

    at: datetime | None
    """WARC-Date, with offset; None where it is none."""

    is_truncated: bool
    """Whether its writer says that it holds a part only (WARC-Truncated)."""

    block: bytes | None = field(repr=False)
    """What it holds; None where nobody wanted it, or where it is larger than the limit."""


@dataclass(frozen=True, slots=True)
class Damage:
    """A place in a file that cannot be read."""

    position: int
    """Byte of the file, as it lies on the disk."""

    what: str


class WarcFile:
    """A WARC file, plain or compressed with gzip, zstd or lz4; iterate over it once.

    Args:
        path: the file.
        wanted: tells from the kind and the address of a record whether its block is asked for.
        limit: bytes of a block; a larger one is not read.

    ``position`` and ``size`` are bytes on the disk, ``damages`` what could not be read until then.
    """

    def __init__(self, path: Path, wanted: Callable[[str, str], bool], limit: int) -> None:
        self.path, self.wanted, self.limit = path, wanted, limit
        self.size = path.stat().st_size
        self.position = 0
        self.damages: list[Damage] = []

    def __iter__(self) -> Iterator[Record]:
        """The records that are whole.

        Raises:
            OSError: the file cannot be opened.
        """
        if not self.size:
            self.damages.append(Damage(0, "it is empty"))
            return
        with (
            self.path.open("rb") as file,
            mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as held,
        ):
            frame = frame_of(held)
            start: int | None = 0
            while start is not None:
                file.seek(start)
                start = yield from self._run(file, frame, start)
        self.position = self.size

    def _run(self, file: Any, frame: Frame, start: int) -> Generator[Record, None, int | None]:
        """The records from a place on, up to the first damage; where to go on behind it."""
        last: Record | None = None
        place, fault = start, ""
        try:
            for raw in ArchiveIterator(
                file, record_types=WarcRecordType.any_type, parse_http=False
            ):
                if last is not None:
                    yield last
                place = self.position = raw.stream_pos
                last = self._read(raw)
                if last is None:
                    fault = "a record is cut"
                    break
        except OSError as error:
            fault = str(error)
        if last is not None:
            end = frame.end(place)
            if end is None and not fault and not frame.knows(place):
                end = self.size
            if end is None:
                fault = fault or "a record is cut"
            else:
                yield last
                place = end
        if not fault and not frame.held[place : place + _READ].strip(_PADDING):
            return None
        self.damages.append(Damage(place, fault or "no record begins here"))
        return frame.next(place + 1)

    def _read(self, raw: Any) -> Record | None:
        """The record; None where it is cut."""
        headers = raw.headers
        length = headers.get("Content-Length", "")
        if not length.isdecimal():
            return None
        kind, url = str(raw.record_type), headers.get("WARC-Target-URI", "").strip("<>")
        block = None
        if self.wanted(kind, url) and int(length) <= self.limit:
            block = raw.reader.read()
            if len(block) != int(length):
                return None
        return Record(
            kind=kind,
            url=url,
            id=raw.record_id.strip("<>") or f"{self.path.name}@{raw.stream_pos}",
            at=raw.record_date,
            is_truncated="WARC-Truncated" in headers,
            block=block,
        )
