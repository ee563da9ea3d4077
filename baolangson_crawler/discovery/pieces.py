"""The text of a feed or sitemap piece by piece: unpacked, in whatever encoding it came."""

from __future__ import annotations

from codecs import getincrementaldecoder
from collections.abc import Iterator
from itertools import chain

from baolangson_crawler.decompression import CodingError, pieces
from baolangson_crawler.repair import decode

LARGEST = 50 * 1024 * 1024
"""Bytes that a file may have uncompressed (sitemaps.org); of a longer one so many are read."""

_GZIP = b"\x1f\x8b"
_SAMPLE = 200_000  # bytes by which the encoding is judged


def text_pieces(body: bytes) -> Iterator[str]:
    """The text of a file as far as it is whole and no larger than it may be.

    The encoding is judged by its form before what the file declares; see ``repair.decode``.

    Args:
        body: the file; gzip, too, where no header announced it (``.xml.gz``).
    """
    stream = _bytes(body)
    sample = b""
    while len(sample) < _SAMPLE and (piece := next(stream, b"")):
        sample += piece
    decoder = getincrementaldecoder(decode(sample).charset)("replace")
    for piece in chain((sample,), stream):
        yield decoder.decode(piece).removeprefix("\ufeff")


def _bytes(body: bytes) -> Iterator[bytes]:
    stream = pieces(body, ("gzip",) if body.startswith(_GZIP) else (), LARGEST)
    left = LARGEST
    try:
        for piece in stream:
            yield piece[:left]
            if (left := left - len(piece)) <= 0:
                return
    except CodingError:
        return
