"""Text of the fonts before Unicode: TCVN3 (ABC) and VNI, shown as the characters of Latin-1.

Newspapers moved whole archives from such files into web pages without converting them: "ViÖt Nam"
(TCVN3) or "Vieät Nam" (VNI) instead of "Việt Nam". A reader with the font sees nothing wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from baolangson_crawler.repair.syllables import WORD

# TCVN 5712:1993, the set VN3 (the letters from A1 on are the same in VN1 and VN2). The fonts whose
# name ends in "H" (.VnTimeH) show capitals for the codes of small letters, which is no fact of the
# text: only the capitals with a hat, horn, breve or bar have codes of their own.
_TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
_TCVN3["\u2212"] = "ư"  # the minus sign that word processors show for the soft hyphen

# VNI-Windows: a base letter, and behind it one sign that says hat or breve and tone together.
_VNI_TONES = {"ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_HAT = {"â": "", "à": "\u0300", "á": "\u0301", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_VNI_BREVE = {"ê": "", "è": "\u0300", "é": "\u0301", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_PLAIN = re.compile(r"[A-Za-z]")
_SYMBOLS = frozenset("£§¥¢©®·×¨")  # alone they are what they are: no word is one of these letters


def _vni() -> dict[str, str]:
    """Every letter of VNI, small and capital, with what it stands for."""
    table = dict(_VNI_ALONE)
    for base, letter in (*zip("aeouy", "aeouy", strict=True), ("ô", "ơ"), ("ö", "ư")):
        table |= {base + sign: letter + tone for sign, tone in _VNI_TONES.items()}
    for base in "aeo":
        table |= {base + sign: base + "\u0302" + tone for sign, tone in _VNI_HAT.items()}
    table |= {"a" + sign: "a\u0306" + tone for sign, tone in _VNI_BREVE.items()}
    table = {form: unicodedata.normalize("NFC", letter) for form, letter in table.items()}
    return table | {form.upper(): letter.upper() for form, letter in table.items()}


@dataclass(frozen=True, slots=True)
class OldFont:
    """An encoding that lived in a font."""

    name: str
    """``tcvn3`` or ``vni``."""

    table: Mapping[str, str]
    """What the font shows as a letter → the letter."""

    form: re.Pattern[str]
    """Matches each key of the table, the longest first."""

    def converted(self, text: str) -> str:
        """The text in Unicode, each letter by the table."""
        return WORD.sub(self._word, text)

    def _word(self, match: re.Match[str]) -> str:
        typed = match[0]
        if typed.isascii() or typed in _SYMBOLS:
            return typed
        word = self.form.sub(lambda letter: self.table[letter[0]], typed)
        # a word whose plain letters are capitals ("NGHÞ") was one of capitals throughout
        plain = "".join(_PLAIN.findall(typed))
        return word.upper() if len(plain) > 1 and plain.isupper() else word


def _font(name: str, table: Mapping[str, str]) -> OldFont:
    longest_first = sorted(table, key=len, reverse=True)
    return OldFont(name, table, re.compile("|".join(map(re.escape, longest_first))))


OLD_FONTS = (_font("tcvn3", _TCVN3), _font("vni", _vni()))
