"""Where the records of a WARC file begin and end on the disk, whatever stands between them."""

from __future__ import annotations

import re
import zlib
from mmap import mmap

_GZIP = b"\x1f\x8b\x08"
_PACKED = (b"\x28\xb5\x2f\xfd", b"\x04\x22\x4d\x18")  # of zstd and lz4
_VERSION = b"WARC/"
_PIECE = 256 * 1024  # bytes
_HEAD = 64 * 1024  # bytes of a record's own header
_LENGTH = re.compile(rb"(?im)^content-length:[ \t]*(\d{1,15})[ \t]*\r?$")
_BEGINNING = re.compile(rb"WARC/[01]\.\d+\r?\n(?:WARC|Content)-[A-Za-z-]+:", re.IGNORECASE)
_BLANK = re.compile(rb"\r?\n\r?\n")


class Frame:
    """Compressed with zstd or lz4: nothing is known of its parts but what the reader says."""

    def __init__(self, held: mmap) -> None:
        self.held = held

    def knows(self, position: int) -> bool:
        """Whether it can be said of what begins at a position where it ends."""
        return False

    def end(self, position: int) -> int | None:
        """Where the record that begins at a position ends; None where that cannot be said."""
        return None

    def next(self, position: int) -> int | None:
        """Where, from a position on, a record begins."""
        return None


class PlainFrame(Frame):
    """A file that is not compressed."""

    def knows(self, position: int) -> bool:
        """Always."""
        return True

    def end(self, position: int) -> int | None:
        """Behind the two empty lines that end a record (ISO 28500, 4), or the end of the file."""
        head = self.held[position : position + _HEAD]
        blank = _BLANK.search(head)
        length = _LENGTH.search(head, 0, blank.start() + 2) if blank else None
        if blank is None or length is None:
            return None
        end = position + blank.end() + int(length[1])
        if end > len(self.held):
            return None
        behind = self.held[end : end + 4]
        return end + len(behind) if b"\r\n\r\n".startswith(behind) else None

    def next(self, position: int) -> int | None:
        """At the next version with a header line behind it."""
        found = _BEGINNING.search(self.held, position)
        return found.start() if found else None


class GzipFrame(Frame):
    """A file of gzip members, one for each record."""

    def knows(self, position: int) -> bool:
        """Where a member begins: some files have only one."""
        return self.held[position : position + len(_GZIP)] == _GZIP

    def end(self, position: int) -> int | None:
        """The end of a member that is whole and whose checksum is right."""
        if not self.knows(position):
            return None
        decoder, place = zlib.decompressobj(31), position
        waiting = b""
        try:
            while not decoder.eof:
                if not waiting:
                    waiting = self.held[place : place + _PIECE]
                    place += len(waiting)
                    if not waiting:
                        return None
                decoder.decompress(waiting, _PIECE)
                waiting = decoder.unconsumed_tail
        except zlib.error:
            return None
        return place - len(decoder.unused_data)

    def next(self, position: int) -> int | None:
        """At the next member that holds a record."""
        while (position := self.held.find(_GZIP, position)) >= 0:
            if self._begins(position):
                return position
            position += 1
        return None

    def _begins(self, position: int) -> bool:
        decoder = zlib.decompressobj(31)
        try:
            begin = decoder.decompress(self.held[position : position + 4096], len(_VERSION))
        except zlib.error:
            return False
        return begin == _VERSION


def frame_of(held: mmap) -> Frame:
    """The frame of a file, by its first bytes."""
    if held[: len(_GZIP)] == _GZIP:
        return GzipFrame(held)
    return Frame(held) if held[:4] in _PACKED else PlainFrame(held)
