"""The mark of the paper before the first sentence: "(CTO) -", "LSO-", "Baonghean.vn –"."""

from __future__ import annotations

import re
from functools import cache

from baolangson_crawler.extraction.sources import kind_of, provincial_names, source_key
from baolangson_crawler.text import fold

_DASH = r"\s*\.?\s*[-–—]"
_BRACKETED = re.compile(
    rf"^[(\[]\s*(?P<said>[^()\[\]:]{{2,32}}?)\s*[)\]](?P<dash>{_DASH})?(?:[\s:–—-]+|$)"
)
_BARE = re.compile(
    rf"^(?P<said>[A-ZĐ]{{2,6}}|[A-Za-z]{{4,20}}(?:\.[a-z]{{2,12}}){{1,3}}){_DASH}[\s–—-]*"
)
_ACRONYM = re.compile(r"^(?:[A-ZĐ]{2,6}|[A-ZĐ]\w{1,5} ?[Oo]nline)$")
# Initials of a paper that are those of something else (Bộ Công Thương, biên tập viên, …), and
# what else stands in brackets before a dash
_OTHERS = frozenset(
    "BCT BTV BKH LAO HĐND UBND MTTQ ASEAN APEC NATO OPEC WHO EU UN LHQ CPI GDP GRDP FDI ODA "
    "VAR".split()
)


def split(text: str) -> tuple[str | None, str]:
    """The mark that opens a text, brackets included, and what follows; None where none does.

    Agencies and central papers are left: "(TTXVN) -" says whose report it is.
    """
    if match := _BRACKETED.match(text):
        rest = text[match.end() :]
        if _is_mark(match["said"], dash=bool(match["dash"]) or not rest):
            return text[: match.end("said")] + text[match.end("said") :].lstrip()[0], rest
    elif (match := _BARE.match(text)) and _is_bare_mark(match["said"]):
        return match["said"], text[match.end() :]
    return None, text


def _is_bare_mark(said: str) -> bool:
    if "." in said:
        return kind_of(source_key(said, typos=False)) == "provincial"
    return said in _known_marks() - _OTHERS


def _is_mark(said: str, *, dash: bool) -> bool:
    """Whether the words in brackets are a provincial paper's mark.

    Without a dash behind the bracket only what can be nothing else is one.
    """
    if said in _known_marks():
        return dash or said not in _OTHERS
    key = source_key(said, typos=False)
    if "." in said and " " not in said:
        return kind_of(key) == "provincial"
    if not dash:
        return False
    return (
        kind_of(key) == "provincial" if key else bool(_ACRONYM.match(said)) and said not in _OTHERS
    )


@cache
def _known_marks() -> frozenset[str]:
    """The acronyms that the papers form of a name of theirs: BLC, LSO, QBĐT, TTH.

    The first letters of the name with B(áo) before or O(nline) or Đ(iện) T(ử) behind them; three
    letters or more also alone, but for those of a province, which say a place.
    """
    marks = {"CT"}
    for province, *others in provincial_names():
        for name in (province, *others):
            initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", name)).upper()
            for letters in {initials, fold(initials).upper()} if len(initials) > 1 else ():
                marks |= {f"B{letters}", f"{letters}O", f"{letters}ĐT"}
                if len(letters) > 2 and name is not province:
                    marks.add(letters)
    return frozenset(marks)
