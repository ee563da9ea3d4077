"""Bylines and reprint credits: who wrote an article and which paper it was taken from."""

from __future__ import annotations

import re
from dataclasses import dataclass

from baolangson_crawler.extraction.sources import kind_of, parts, source_key
from baolangson_crawler.items import Credit
from baolangson_crawler.text import fold

_BYLINE_LABEL = re.compile(
    r"^(?:(?:Tin|Bài|Ảnh|Clip|Video|Thơ|Infographic|Đồ họa|Thực hiện|Nhóm thực hiện|Tác giả|"
    r"Người viết|Biên soạn|Lược dịch|Tổng hợp|PV|Phóng viên)"
    r"(?:\s*(?:,|và|-|–|&|/|\+)\s*(?:tin|bài|ảnh|clip|video|đồ họa|infographic|thực hiện))*)"
    r"\s*[:：]\s*",
    re.IGNORECASE,
)
_BY_OTHERS = re.compile(r"^Theo\s+(?=\w)")  # the author of a text whose source stands below it
_PHOTO_ONLY = re.compile(r"^(?:Ảnh|Clip|Video|Đồ họa|Infographic)\s*[:：]", re.IGNORECASE)
_PHOTO_TAIL = re.compile(r"[\s,;.–-]*\(?\s*Ảnh\s*[:：][^)]*\)?$", re.IGNORECASE)
_NAME_WORD = re.compile(r"^\w[\w.'’]*$")
_LABEL = (
    r"(?:(?:Dẫn\s+|Theo\s+|Trích\s+)?Nguồn(?:\s+(?:tin|bài|bài viết|dẫn|tham khảo))?|Nguon|Source)"
)
_CITING = r"(?:(?:Tổng hợp|Lược dịch|Dịch|Trích|Sưu tầm)\s+(?:từ|theo)|Theo)"
_LABELLED = re.compile(
    rf"^[(\[]?\s*(?:{_LABEL}|{_CITING})\s*[:：]\s*(?P<source>.{{2,70}}?)\s*[)\]]?\s*\.?$",
    re.IGNORECASE,
)
# Without a colon these words may begin a sentence: "Theo kế hoạch, …", "Nguồn gốc của …"
_UNLABELLED = re.compile(
    rf"^[(\[]?\s*(?:(?P<noun>{_LABEL}(?:\s*[-–—])?)|{_CITING})\s*"
    r"(?<=[\s–—-])(?P<source>\S.{1,69}?)\s*[)\]]?\s*\.?$",
    re.IGNORECASE,
)
_BARE = re.compile(r"^(?P<open>[(\[]?)\s*(?P<source>[^()\[\]:：@]{2,40}?)\s*[)\]]?\.?$")
_IN_BRACKETS = re.compile(r"\s*(?P<credit>[(\[][^()\[\]]{2,70}[)\]]\.?)$")
# "Lan Anh/TTXVN", "Lan Anh - TTXVN": the author and whom he writes for
_BEHIND_NAME = re.compile(r"^(?P<name>[^()\[\]]{2,40}?)(?:\s*/\s*|\s+[-–—]\s+)(?P<credit>.{2,40})$")
_ENDS_SENTENCE = (".", "!", "?", "…", "”", '"', "»")
_CITED = re.compile(
    r"^(?:nghị|luật|thông tư|quyết|chỉ thị|công văn|điều|hiến pháp|pháp lệnh|kế hoạch)\b",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"^[A-ZĐ]{2,6}$")
_DIGIT = re.compile(r"\d")
_JOINING = frozenset(("và", "theo", "st"))
_LONGEST = 90  # characters of a line that may be a byline or a credit


@dataclass(frozen=True, slots=True)
class Byline:
    """An author line as printed and the name in it."""

    name: str
    raw: str

    @property
    def of_pictures(self) -> bool:
        """Whether it names who took the pictures only ("Ảnh: Minh Đức")."""
        return bool(_PHOTO_ONLY.match(self.raw))


def byline(text: str, *, set_apart: bool) -> Byline | None:
    """The author that a short line at the edge of the text names.

    Args:
        text: the whole line.
        set_apart: whether the page sets the line like a signature (to the right, bold, in a
            class of its own); without that, only a line with a label ("Bài và ảnh:") is one.
    """
    if len(text) > _LONGEST:
        return None
    label = _BYLINE_LABEL.match(text) or _BY_OTHERS.match(text)
    name = _PHOTO_TAIL.sub("", text[label.end() :] if label else text).strip(" -–.()*")
    if not name or not (label or set_apart):
        return None
    if not label and (text.endswith((".", "!", "?", ":", "…")) and len(name.split()) > 3):
        return None
    if not _reads_as_name(name):
        return None
    return Byline(name=name, raw=text)


def _reads_as_name(name: str) -> bool:
    """Every word begins with a capital, but for the joining words between two names."""
    words = re.split(r"[\s,&/–-]+", name)
    # isupper() and no character range: Unicode has Vietnamese capitals and small letters in turn
    capital = [
        bool(_NAME_WORD.match(word)) and word[0].isupper()
        for word in words
        if word and word not in _JOINING
    ]
    return 0 < len(capital) <= 10 and all(capital)


def credit(text: str) -> Credit | None:
    """The reprint line that a short text is; None where it is no such line."""
    if len(text) > _LONGEST:
        return None
    if match := _LABELLED.match(text):
        return Credit(raw=text, source=source_key(match["source"]))
    if match := _UNLABELLED.match(text):
        return _unlabelled(text, match["source"], noun=bool(match["noun"]))
    match = _BARE.match(text)
    return _bare(text, match["source"], bracketed=bool(match["open"])) if match else None


def _unlabelled(text: str, named: str, *, noun: bool) -> Credit | None:
    """A line that begins "Theo" or "Nguồn" without a colon, where names follow and no sentence."""
    listed = list(parts(named))
    keys = [source_key(part, typos=_says_paper(part)) for part in listed]
    if known := next(filter(None, keys), None):
        names = all(key or _may_be_name(part) for key, part in zip(keys, listed, strict=True))
        return Credit(raw=text, source=known) if names else None
    unknown = not noun and _may_be_name(named) and len(named.split()) <= 3 and "," not in named
    return Credit(raw=text) if unknown else None


def _says_paper(words: str) -> bool:
    """Whether a name says that it is a paper's, so that a typing error in it may be forgiven."""
    return fold(words).startswith("bao") or "." in words


def _may_be_name(words: str) -> bool:
    """Whether words may be the name of a person or of a source that is not known."""
    capital = words[:1].isupper() and not _CITED.match(words)
    return capital and len(words.split()) <= 4 and not _DIGIT.search(words)


def _bare(text: str, named: str, *, bracketed: bool) -> Credit | None:
    """Sources alone on a line, without a label, where they can be nothing else."""
    listed = list(parts(named))
    keys = [source_key(part, typos=False) for part in listed]
    if not keys or None in keys:
        return None
    says = _says_paper(listed[0])
    one_word = bool(_ACRONYM.match(listed[0])) or (named.isascii() and " " not in named)
    certain = {
        "agencies": True,
        # "(Tuổi trẻ)", "VnEconomy", "Báo Nhân Dân"; but "Lao động" may be a paragraph
        "papers": bracketed or says or one_word,
        # "baolangson.vn", "(Báo Lạng Sơn)"; but "(Lạng Sơn)" is where the author lives, and
        # "Báo Lạng Sơn" how the paper may sign itself
        "provincial": "." in named or (bracketed and (says or one_word)),
    }.get(kind_of(keys[0]) or "", False)
    return Credit(raw=text, source=keys[0]) if certain else None


def credit_at_end(text: str) -> tuple[str, Credit] | None:
    """A line whose end names its source, as the rest of the line and the credit.

    ``"… theo Bác. (Nguồn: Baolang son.vn)"``, ``"Lan Anh (Theo TTXVN)"``, ``"Lan Anh/TTXVN"``.
    """
    if match := _IN_BRACKETS.search(text):
        rest, found = text[: match.start()].strip(), credit(match["credit"])
        if not rest or found is None:
            return None
        if _LABELLED.match(found.raw) or _stands_apart(rest):
            return rest, found
        # "500 ca (theo Bộ Y tế)." cites, and so does "(theo Nghị định 100)"
        says = _UNLABELLED.match(found.raw) and found.raw.strip("([ ")[0].isupper()
        return (rest, found) if says and found.source else None
    match = None if credit(text) else _BEHIND_NAME.match(text)
    if match and _reads_as_name(match["name"]) and source_key(match["name"], typos=False) is None:
        found = _bare(match["credit"], match["credit"], bracketed=False)
        return (match["name"], found) if found else None
    return None


def _stands_apart(rest: str) -> bool:
    """Whether what stands before brackets is complete without them: sentences, or an author."""
    if len(rest) <= _LONGEST and source_key(rest, typos=False):
        return False  # "Thông tấn xã Việt Nam (TTXVN)" explains
    return rest.endswith(_ENDS_SENTENCE) or byline(rest, set_apart=True) is not None
