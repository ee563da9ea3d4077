"""Text as the archive stores it, and the folded form that search compares."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f"  # control characters
    "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff"  # zero width, direction
    "\ud800-\udfff]"  # lone surrogates
)
_FOLD_D = str.maketrans({"đ": "d", "Đ": "D"})


def normalise(text: str) -> str:
    """One line of stored text: NFC, ordinary spaces folded to one, nothing invisible.

    NUL and lone surrogates are removed too, because SQLite hides what follows a NUL and
    cannot encode a surrogate.
    """
    # split() knows every white space of Unicode, the no-break ones too, and is five times faster
    # than a regular expression
    text = " ".join(text.split()) if text.isascii() else " ".join(_INVISIBLE.sub("", text).split())
    if text.isascii():
        return text if text.isprintable() else _INVISIBLE.sub("", text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """The text as somebody types it without marks: ``"Đảng ủy"`` → ``"dang uy"``."""
    decomposed = unicodedata.normalize("NFD", text.translate(_FOLD_D))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower()


def has_marks(word: str) -> bool:
    """Whether a word carries a Vietnamese mark (a tone, a hat, a horn or đ)."""
    return fold(word) != word.lower()


def word_count(text: str) -> int:
    """Number of syllables: a Vietnamese space separates syllables, not words."""
    return len(text.split())


def spellings(word: str) -> tuple[str, ...]:
    """The two placements of the tone in oa, oe and uy, where the word has one: hòa, hoà."""
    letters = unicodedata.normalize("NFC", word.lower())
    if len(letters) < 2:
        return (letters,)
    head, first, second = letters[:-2], letters[-2], letters[-1]
    pair, tone = _plain(first) + _plain(second), _tone(first) or _tone(second)
    if pair not in _MOVABLE or not tone or head.endswith("q"):
        return (letters,)
    older = unicodedata.normalize("NFC", pair[0] + tone + pair[1])
    newer = unicodedata.normalize("NFC", pair + tone)
    return (head + older, head + newer)


_MOVABLE = ("oa", "oe", "uy")
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def _tone(letter: str) -> str:
    return next((c for c in unicodedata.normalize("NFD", letter) if c in _TONES), "")


def _plain(letter: str) -> str:
    """The letter without its tone; hat, horn and bar stay."""
    decomposed = unicodedata.normalize("NFD", letter)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))
