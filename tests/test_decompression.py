"""Content codings: whole or refused, and never more in memory than the limit."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Callable

import brotli
import pytest
from backports import zstd
from hypothesis import given, settings
from hypothesis import strategies as st

from baolangson_crawler.decompression import (
    MOST_MEMBERS,
    Broken,
    CodingError,
    TooLarge,
    Truncated,
    codings_of,
    decompress,
)

TEXT = "Chợ phiên đầu tuần họp đông, bà con mang na, hồi và mật ong ra bán.\n".encode() * 3000
LIMIT = 1024 * 1024
MIB = 1024 * 1024


def raw_deflate(body: bytes) -> bytes:
    compressor = zlib.compressobj(wbits=-15)
    return compressor.compress(body) + compressor.flush()


CODERS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", gzip.compress),
    "x-gzip": ("x-gzip", gzip.compress),
    "deflate": ("deflate", zlib.compress),
    "raw deflate": ("deflate", raw_deflate),
    "br": ("br", brotli.compress),
    "zstd": ("zstd", zstd.compress),
}
each_coder = pytest.mark.parametrize(("name", "compress"), CODERS.values(), ids=list(CODERS))


@each_coder
def test_what_was_compressed_comes_back(name: str, compress: Callable[[bytes], bytes]) -> None:
    for body in (b"", b"x", TEXT, bytes(range(256)) * 900):
        assert decompress(compress(body), (name,), LIMIT) == body


@each_coder
@settings(deadline=None)
@given(body=st.binary(max_size=300_000), share=st.floats(0, 1, exclude_max=True))
def test_a_stream_that_is_cut_anywhere_is_truncated(
    name: str, compress: Callable[[bytes], bytes], body: bytes, share: float
) -> None:
    stream = compress(body)
    assert decompress(stream, (name,), LIMIT) == body
    cut = stream[: max(1, int(len(stream) * share))]
    if cut != stream:
        with pytest.raises(Truncated) as error:
            decompress(cut, (name,), LIMIT)
        assert error.value.reason == "incomplete"


def said_of(stream: bytes, name: str) -> str:
    try:
        decompress(stream, (name,), LIMIT)
    except CodingError as error:
        return error.reason
    return "whole"


@each_coder
@settings(deadline=None)
@given(noise=st.binary(min_size=1, max_size=3000))
def test_noise_gives_a_body_or_a_reason(
    name: str, compress: Callable[[bytes], bytes], noise: bytes
) -> None:
    for stream in (noise, compress(TEXT)[:40] + noise):
        assert said_of(stream, name) in ("whole", "incomplete", "broken_coding", "too_large")


@pytest.mark.parametrize("at", [3, 10, -6, -2])
def test_a_damaged_page_is_broken(at: int) -> None:
    damaged = bytearray(gzip.compress(TEXT))
    damaged[at] ^= 0x55
    with pytest.raises(Broken) as error:
        decompress(bytes(damaged), ("gzip",), LIMIT)
    assert error.value.reason == "broken_coding"


@each_coder
def test_the_limit_is_exact(name: str, compress: Callable[[bytes], bytes]) -> None:
    assert decompress(compress(TEXT), (name,), len(TEXT)) == TEXT
    with pytest.raises(TooLarge) as error:
        decompress(compress(TEXT), (name,), len(TEXT) - 1)
    assert error.value.reason == "too_large"


@each_coder
def test_a_bomb_is_stopped_at_the_limit(name: str, compress: Callable[[bytes], bytes]) -> None:
    bomb = compress(bytes(32 * MIB))
    tracemalloc.start()
    with pytest.raises(TooLarge):
        decompress(bomb, (name,), 2 * MIB)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 * MIB


def test_codings_are_undone_in_their_order() -> None:
    body = zstd.compress(brotli.compress(gzip.compress(TEXT)))
    assert decompress(body, ("gzip", "br", "zstd"), LIMIT) == TEXT
    with pytest.raises(Broken):
        decompress(body, ("zstd", "br", "gzip"), LIMIT)


def test_a_bomb_that_the_next_coding_swallows_is_stopped() -> None:
    empty_blocks = b"\x00\x00\x00\xff\xff" * (8 * MIB // 5)  # deflate that says nothing, at length
    body = gzip.compress(empty_blocks + b"\x03\x00")
    assert decompress(body, ("deflate", "gzip"), 16 * MIB) == b""
    with pytest.raises(TooLarge):
        decompress(body, ("deflate", "gzip"), 4 * MIB)


def test_the_outer_coding_must_be_whole_too() -> None:
    with pytest.raises(Truncated):
        decompress(gzip.compress(gzip.compress(TEXT))[:-4], ("gzip", "gzip"), LIMIT)


@pytest.mark.parametrize("tail", [b"", b"\x00" * 600, b"\r\n", b"padding"])
def test_members_in_a_row_and_padding_are_read(tail: bytes) -> None:
    assert decompress(gzip.compress(TEXT) * 2 + tail, ("gzip",), LIMIT) == TEXT * 2
    assert decompress(zstd.compress(TEXT) * 2 + tail, ("zstd",), LIMIT) == TEXT * 2
    assert decompress(zlib.compress(TEXT) + tail, ("deflate",), LIMIT) == TEXT


def test_a_second_member_that_is_cut_is_truncated() -> None:
    for compress, name in ((gzip.compress, "gzip"), (zstd.compress, "zstd")):
        with pytest.raises(Truncated):
            decompress(compress(TEXT) + compress(TEXT)[:-9], (name,), LIMIT)


@pytest.mark.parametrize(("name", "compress"), [("gzip", gzip.compress), ("zstd", zstd.compress)])
def test_a_flood_of_empty_members_is_refused(name: str, compress: Callable[[bytes], bytes]) -> None:
    assert decompress(compress(b"") * MOST_MEMBERS, (name,), LIMIT) == b""
    with pytest.raises(Broken, match="members"):
        decompress(compress(b"") * (MOST_MEMBERS + 1), (name,), LIMIT)


def test_a_window_above_eight_mebibytes_is_refused() -> None:
    options = {zstd.CompressionParameter.window_log: 27}
    compressor = zstd.ZstdCompressor(options=options)
    stream = compressor.compress(TEXT) + compressor.flush()
    with pytest.raises(Broken):
        decompress(stream, ("zstd",), LIMIT)


def test_an_unknown_coding_is_named() -> None:
    with pytest.raises(Broken, match="'lzma'"):
        decompress(b"x", ("lzma",), LIMIT)
    with pytest.raises(Broken, match="4 codings"):
        decompress(b"x", ("gzip",) * 4, LIMIT)


def test_an_empty_body_is_empty_in_every_coding() -> None:
    assert decompress(b"", ("gzip",), LIMIT) == b""


def test_codings_are_read_from_every_header_line() -> None:
    assert codings_of(["gzip", "Br , ZSTD"]) == ("gzip", "br", "zstd")
    assert codings_of(["identity", "", " , "]) == ()
