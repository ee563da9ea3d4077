"""Text as the archive stores it, and the folded form that search compares."""

from __future__ import annotations

import re
import unicodedata

# Unicode's controls (Cc) and format characters (Cf) but for the visible signs of Arabic, Syriac,
# Kaithi and the hieroglyphs; lone surrogates (Cs) and noncharacters.
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001b\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff0-\ufffb\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
HIDDEN_BYTES = "\u0081\u008d\u008f\u0090\u009d\u00ad"
"""Characters without a glyph that are nevertheless letters, or parts of them, in text that was
decoded wrongly: what windows-1252 leaves undefined, and the soft hyphen (ư in TCVN3)."""

# Symbols of Latin-1, its letters that Vietnamese has not, and what begins two bytes of UTF-8
_DECODED_WRONGLY = re.compile("[\u00a1-\u00ac\u00ae-\u00beÂÃÄÅÆÇËÎÏÑÖ×ØÜÞßäåæçëîïñö÷øûüþ]")
# HTML's table of numeric references: "&#147;" is a quotation mark, whatever Unicode has there
_WINDOWS_1252 = {
    control: bytes((ord(control),)).decode("windows-1252")
    for control in map(chr, range(0x80, 0xA0))
    if control not in HIDDEN_BYTES
}
_FOLD_D = str.maketrans({"đ": "d", "Đ": "D"})


def normalise(text: str) -> str:
    """One line of stored text: NFC, ordinary spaces folded to one, nothing invisible.

    NUL and lone surrogates are removed too, because SQLite hides what follows a NUL and
    cannot encode a surrogate. `HIDDEN_BYTES` stay in text that may have been decoded wrongly,
    until ``repair`` has looked at it.
    """
    if not text.isprintable():  # an ordinary space is the only white space that is printable
        text = _INVISIBLE.sub(_shown, text)
        text = " ".join(text.split())  # knows every white space of Unicode
    elif "  " in text or text[:1] == " " or text[-1:] == " ":
        text = " ".join(text.split())
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _shown(invisible: re.Match[str]) -> str:
    """What stands for an invisible character: mostly nothing."""
    character = invisible[0]
    if character in HIDDEN_BYTES and _DECODED_WRONGLY.search(invisible.string):
        return character
    return _WINDOWS_1252.get(character, "")


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
