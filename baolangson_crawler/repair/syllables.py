"""Whether a word is a Vietnamese syllable: the judge of every guess about an encoding.

A syllable is an onset, a rhyme and one of six tones; the rules below are those of the spelling
taught in schools. They know no dictionary, so names from other languages fail, which is what a
judge of encodings needs: text in the wrong encoding fails too, and almost every word of it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_ONSETS = (
    *("ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr"),
    *("b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", ""),
)
_RHYMES = frozenset(
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec "
    "em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng "
    "iêp iêt iêu o oc oi om on ong ooc oong op ot oa oac oach oai oam oan oang oanh oao oap oat "
    "oay oăc oăm oăn oăng oăt oe oen oeo oet ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc "
    "ui um un ung up ut uân uâng uât uây uê uêch uênh uêt uôc uôi uôm uôn uông uôt uơ uy uya "
    "uych uyn uynh uyên uyêt uyt uyu ư ưa ưc ưi ưm ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu "
    "y yêm yên yêng yêt yêu".split()
)
_BEFORE_FRONT = frozenset(("ngh", "gh", "k"))  # written before e, ê, i, y only
_NEVER_BEFORE_FRONT = frozenset(("ng", "g", "c"))  # and these never, but for "gì", "gìn"
_STOPS = ("p", "t", "c", "ch")  # take the acute tone and the dot only
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_ACUTE_OR_DOT = ("\u0301", "\u0323")
WORD = re.compile("[^\\s!-@\\[-`{-~\u2010-\u205e]+")
"""A word: no white space, no sign of ASCII, no quotation mark or dash. The symbols of Latin-1
belong to words, because in the wrong encoding they are letters."""


class Verdict(NamedTuple):
    """How the words of a text that are not plain ASCII read as Vietnamese."""

    valid: int
    """Words that are Vietnamese syllables."""

    invalid: int
    """Words that are not."""

    def is_vietnamese(self) -> bool:
        """Whether nearly all are syllables; names from abroad are allowed for."""
        return self.valid > 0 and self.valid >= 4 * self.invalid


def judge(text: str) -> Verdict:
    """Read every word of the text that is not plain ASCII."""
    found = WORD.findall(text)
    marked = [w for w in found if not w.isascii() and any(map(str.isalpha, w))]
    valid = sum(is_syllable(word) for word in marked)
    return Verdict(valid, len(marked) - valid)


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether a word, in any case and normalisation, is spelt as a Vietnamese syllable."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = [c for c in decomposed if c in _TONES]
    if len(tones) > 1:
        return False
    plain = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))
    if plain.endswith(_STOPS) and not (tones and tones[0] in _ACUTE_OR_DOT):
        return False
    return any(plain.startswith(onset) and _fits(onset, plain[len(onset) :]) for onset in _ONSETS)


def _fits(onset: str, rhyme: str) -> bool:
    """Whether the rhyme exists and the onset is written as it is before that rhyme."""
    if onset == "qu" and rhyme.startswith("y"):
        return f"u{rhyme}" in _RHYMES
    front = rhyme.startswith(("e", "ê", "i", "y"))
    if (onset in _BEFORE_FRONT and not front) or (
        onset in _NEVER_BEFORE_FRONT and front and not (onset == "g" and rhyme[0] == "i")
    ):
        return False
    return rhyme in _RHYMES
