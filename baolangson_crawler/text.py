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
