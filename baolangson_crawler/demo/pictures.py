"""Small real pictures for the picture addresses: a PNG, or a JPEG of one colour."""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache

_SIZE = 16
_CATEGORIES = 9


def picture(path: str) -> tuple[str, bytes]:
    """Media type and bytes for an address; the colour follows from the address."""
    shade = zlib.crc32(path.encode()) % 200 + 28
    return ("image/png", _png(shade)) if path.endswith(".png") else ("image/jpeg", _jpeg(shade))


@lru_cache(maxsize=256)
def _png(shade: int) -> bytes:
    """An RGB picture that grows lighter downwards."""
    rows = b"".join(
        b"\0" + bytes((shade // 2 + 4 * y, shade, 255 - shade)) * _SIZE for y in range(_SIZE)
    )
    header = struct.pack(">IIBBBBB", _SIZE, _SIZE, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


@lru_cache(maxsize=256)
def _jpeg(shade: int) -> bytes:
    """A grey baseline JPEG: each block is its mean and nothing else (ITU-T T.81)."""
    quantisation = b"\xff\xdb" + struct.pack(">HB", 67, 0) + b"\x08" * 64
    frame = b"\xff\xc0" + struct.pack(">HBHHBBBB", 11, 8, _SIZE, _SIZE, 1, 1, 0x11, 0)
    # Nine codes of four bits for the size of a mean, one code of one bit for "no detail".
    means = _huffman(0x00, [0, 0, 0, _CATEGORIES], range(_CATEGORIES))
    detail = _huffman(0x10, [1], [0])
    scan = b"\xff\xda" + struct.pack(">HBBBBBB", 8, 1, 1, 0x00, 0, 63, 0)
    return b"\xff\xd8" + quantisation + frame + means + detail + scan + _means(shade) + b"\xff\xd9"


def _huffman(identifier: int, counts: list[int], values: range | list[int]) -> bytes:
    table = bytes((*counts, *(0,) * (16 - len(counts)))) + bytes(values)
    return b"\xff\xc4" + struct.pack(">HB", 3 + len(table), identifier) + table


def _means(shade: int) -> bytes:
    """The four blocks: the first states the shade, the others that nothing changes."""
    level = shade - 128
    size = abs(level).bit_length()
    value = level if level >= 0 else level + (1 << size) - 1
    bits = f"{size:04b}" + (f"{value:0{size}b}" if size else "") + "0" + "00000" * 3
    bits += "1" * (-len(bits) % 8)
    data = bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits), 8))
    return data.replace(b"\xff", b"\xff\x00")
