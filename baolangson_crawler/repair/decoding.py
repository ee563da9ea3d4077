"""From the bytes of a page to its text, whatever the page and its server say of them.

The order is that of the WHATWG Encoding and HTML standards (byte order mark, header, ``meta``),
with one difference: what is declared is a claim. UTF-8 is recognised by its form, and between the
one-byte encodings Vietnamese spelling decides.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from w3lib.encoding import html_body_declared_encoding, resolve_encoding

from baolangson_crawler.repair.syllables import judge

_BOMS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
# Python has codecs that are no encodings of pages: "undefined", "base64", "unicode_escape", "idna"
_STANDARD = re.compile(
    r"utf[-_]?(?:8|16(?:[-_]?[lb]e)?)|ascii|cp(?:125[0-8]|866|874|932|949)|iso8859[-_]\d{1,2}|"
    r"koi8[-_][ru]|mac[-_](?:roman|cyrillic)|gb18030|gbk|big5(?:hkscs)?|euc_(?:jp|kr)|shift_jis|"
    r"iso2022_jp"
)
_BROKEN = "\ufffd"
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f\ufffd]")
_MOST_BROKEN = 0.02  # of the characters beyond ASCII; a page with more is in another encoding
_ZEROS = 0.3  # of the bytes; UTF-16 of a page, whose markup is ASCII, has more
_FEW_ZEROS = 0.1  # of the other bytes of its letters; where both have many, NULs were poured in
_TAG = re.compile(r"<[^<>]*>")
_SAMPLE = 200_000  # characters that are enough to judge by
_MARKED_WORDS = 5  # fewer decide nothing: "café" is the same in windows-1252 and -1258


class Decoded(NamedTuple):
    """The text of a page."""

    text: str
    charset: str
    """The encoding that it was read with, as Python names it: ``utf-8``, ``cp1258``."""

    misdeclared: str | None = None
    """The encoding that the header, else the page, states wrongly; None where it is right."""


def decode(body: bytes, declared: str | None = None) -> Decoded:
    """The text of a page; never fails, and what is broken is U+FFFD.

    Args:
        body: the bytes, after any content coding.
        declared: the ``charset`` of the Content-Type header, where it has one.
    """
    claims = [c for c in (declared, html_body_declared_encoding(body)) if c]
    text, charset = _read(body, list(_codecs(claims)))
    stated = next(_codecs(claims), charset)
    # UTF-16 is stated without the order of its bytes
    right = stated == charset or charset.startswith(stated)
    return Decoded(text, charset, None if right else claims[0])


def _codecs(claims: list[str]) -> Iterator[str]:
    """Python's codec for each label that the standard knows."""
    for claim in claims:
        name = resolve_encoding(claim)
        if name and _STANDARD.fullmatch(name):
            yield name


def _read(body: bytes, claimed: list[str]) -> tuple[str, str]:
    for mark, charset in _BOMS.items():
        if body.startswith(mark):
            return body[len(mark) :].decode(charset, "replace"), charset
    if body.count(0) > _ZEROS * len(body):
        even, odd = body[::2].count(0), body[1::2].count(0)
        if min(even, odd) <= _FEW_ZEROS * max(even, odd):
            charset = "utf-16-le" if odd > even else "utf-16-be"
            return body.decode(charset, "replace"), charset
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text = body.decode("utf-8", "replace")
    if _is_nearly_utf8(text):
        return text, "utf-8"
    return _by_plausibility(body, claimed)


def _is_nearly_utf8(text: str) -> bool:
    """Whether only a few bytes are not UTF-8: a page that was cut, or a fragment pasted in."""
    broken = text.count(_BROKEN) - text.endswith(_BROKEN)
    return broken == 0 or len(_BEYOND_ASCII.findall(text)) > 2 * broken


def _by_plausibility(body: bytes, claimed: list[str]) -> tuple[str, str]:
    """The first encoding whose text is Vietnamese, else the first that can read the page."""
    readings: list[tuple[str, str]] = []
    for charset in dict.fromkeys((*claimed, "cp1258", "cp1252")):
        if charset == "utf-8":
            continue
        text = _decoded(body, charset)
        broken = text.count(_BROKEN)
        if broken and broken > _MOST_BROKEN * len(_BEYOND_ASCII.findall(text)):
            continue
        verdict = judge(_TAG.sub(" ", text[:_SAMPLE]))
        if verdict.valid >= _MARKED_WORDS and verdict.is_vietnamese():
            return text, charset
        if charset != "cp1258":  # of which only its Vietnamese says anything
            readings.append((text, charset))
    return readings[0]


def _decoded(body: bytes, charset: str) -> str:
    if charset in ("cp1252", "cp1258"):
        # WHATWG reads what windows-125x leaves undefined as control characters
        text = body.decode(charset, "controls")
        # windows-1258 has tones as characters of their own
        return unicodedata.normalize("NFC", text) if charset == "cp1258" else text
    return body.decode(charset, "replace")


def _as_controls(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("controls", _as_controls)
