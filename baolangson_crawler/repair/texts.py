"""The texts of one article, judged together and converted one by one.

A title alone is too short to be judged, so the whole article says whether it was written in an
old font or misread, and each text of it is converted where that makes it better Vietnamese.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from baolangson_crawler.repair import entities, misreading
from baolangson_crawler.repair.fonts import OLD_FONTS, OldFont
from baolangson_crawler.repair.syllables import WORD, Verdict, is_syllable, judge
from baolangson_crawler.text import HIDDEN_BYTES

# Characters of which damaged text has at least one and other Vietnamese text seldom any; to look
# for each in turn costs a tenth of one regular expression.
_UNUSUAL = f"&®µ¸¹ª¬©«·ÖßñËÜîþöäøûïåëÑÄØÛ»ºÆ¡³€Å´¨£¢\ufffd{HIDDEN_BYTES}"
_WITHOUT_HIDDEN_BYTES = str.maketrans("", "", HIDDEN_BYTES)
_CERTAIN = 4  # different words that speak for an old font; foreign names make two or three
_SUSPECT = 2


class Repaired(NamedTuple):
    """The texts of an article after repair."""

    texts: list[str]
    """One for each that was given, in the same order."""

    repairs: tuple[str, ...]
    """What was converted (``entities``, ``mojibake``, ``tcvn3``, ``vni``) or is suspected and
    left (the same with a question mark)."""


def repaired(texts: Sequence[str], *, encoded_twice: bool = False) -> Repaired:
    """The texts of one article as they were meant.

    Args:
        texts: what a reader sees.
        encoded_twice: whether entities of the page were: then no tag that is shown is meant.
    """
    whole = "\n".join(texts)
    if not any(character in whole for character in _UNUSUAL):
        return Repaired(list(texts), ())
    done, repairs = list(texts), []
    for repair in (partial(_without_entities, tags=encoded_twice), reread, _in_unicode):
        done, name = repair(done)
        if name:
            repairs.append(name)
    return Repaired([text.translate(_WITHOUT_HIDDEN_BYTES) for text in done], tuple(repairs))


def _without_entities(texts: list[str], *, tags: bool) -> tuple[list[str], str]:
    if not any("&" in text for text in texts):
        return texts, ""
    tags = tags or entities.encoded_twice(texts)
    done = [entities.decoded(text, tags=tags) if "&" in text else text for text in texts]
    return done, "entities" if done != texts else ""


def reread(texts: list[str]) -> tuple[list[str], str]:
    """The texts without what was misread, and the name of the repair; none where nothing was."""
    if all(text.isascii() for text in texts):
        return texts, ""
    candidates = [text if text.isascii() else misreading.reread(text) for text in texts]
    pairs = list(zip(texts, candidates, strict=True))
    if not any(_is_better(*pair) for pair in pairs):
        return texts, "mojibake?" if any(map(misreading.looks_misread, texts)) else ""
    # "LÃ o Cai" alone proves nothing, "XÃ" in capitals is a word
    done = [
        new if _is_better(old, new) or (_is_as_good(old, new) and not old.isupper()) else old
        for old, new in pairs
    ]
    return done, "mojibake"


def _is_better(old: str, new: str) -> bool:
    """Whether a text reads more like Vietnamese than before."""
    return old != new and _is_as_good(old, new) and judge(new).invalid < judge(old).invalid


def _is_as_good(old: str, new: str) -> bool:
    before, after = judge(old), judge(new)
    return after.invalid <= before.invalid and after.valid >= before.valid


def _in_unicode(texts: list[str]) -> tuple[list[str], str]:
    """The texts without the old font that most of their words speak for."""
    before = [judge(text) for text in texts]
    if not any(verdict.invalid for verdict in before):
        return texts, ""
    tried = [_Tried(font, texts, before) for font in OLD_FONTS]
    best = max(tried, key=lambda font: font.words)
    if best.words >= _CERTAIN:
        return best.converted(), best.font.name
    return texts, f"{best.font.name}?" if best.words >= _SUSPECT else ""


class _Tried:
    """What an old font makes of the texts."""

    def __init__(self, font: OldFont, texts: list[str], before: list[Verdict]) -> None:
        self.font = font
        self.texts = texts
        self.before = before
        self.candidates = [
            font.converted(text) if verdict.invalid else text
            for text, verdict in zip(texts, before, strict=True)
        ]
        self.after = [judge(text) for text in self.candidates]
        self.words = len(self._words())

    def _words(self) -> set[str]:
        """The words that speak for the font: in Unicode they are Vietnamese, as typed not."""
        return {
            word
            for typed, text, verdict, after in zip(
                self.texts, self.candidates, self.before, self.after, strict=True
            )
            if after.is_vietnamese() and not verdict.is_vietnamese()
            for word in set(WORD.findall(text)).difference(WORD.findall(typed))
            if len(word) > 1 and is_syllable(word)
        }

    def converted(self) -> list[str]:
        """Each text as the font shows it, where that is better Vietnamese."""
        return [
            candidate if after.valid > verdict.valid else text
            for text, candidate, verdict, after in zip(
                self.texts, self.candidates, self.before, self.after, strict=True
            )
        ]
