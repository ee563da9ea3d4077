"""Bylines and reprint credits: who wrote an article and which paper it was taken from."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from baolangson_crawler.extraction.sources import kind_of, parts, provinces, source_key
from baolangson_crawler.items import Credit
from baolangson_crawler.text import fold

_WORK = (
    r"(?:Tin|Bài|Ảnh|Clip|Video|Thơ|Infographic|Đồ họa|Nội dung|Thiết kế|Trình bày|Kỹ thuật|"
    r"Minh họa|Thực hiện|Nhóm thực hiện|Tác giả|Người viết|Biên soạn|Lược dịch|Tổng hợp|PV|"
    r"Phóng viên|Text|Story|Photos?)"
)
_OTHER_WORK = r"(?:Ảnh|Clip|Video|Đồ họa|Infographic|Thiết kế|Trình bày|Kỹ thuật|Minh họa|Photos?)"
_AND = r"\s*(?:,|và|-|–|&|/|\+)\s*"
_BYLINE_LABEL = re.compile(rf"^{_WORK}(?:{_AND}{_WORK})*\s*[:：]\s*", re.IGNORECASE)
# "Theo": the author of a text whose source stands below it
_BY = re.compile(r"^(?:Theo|(?:Written |Reported |Story |Translated |Photos? )?[Bb]y)\s+(?=\w)")
_ILLUSTRATED = re.compile(
    rf"^(?:{_OTHER_WORK}(?:{_AND}{_OTHER_WORK})*\s*[:：]|(?:Translated|Photos?) by\b)",
    re.IGNORECASE,
)
_TRANSLATED_TAIL = re.compile(r"\s*[-–,|]\s*(?:Translated|Photos?) by\b.*$", re.IGNORECASE)
# What the author did, behind the name: "Minh Anh (tổng hợp)", "MINH ANH thực hiện"
_DONE = (
    r"(?:thực hiện|tổng hợp|t\s?/\s?h|th|lược dịch|lược ghi|biên dịch|dịch|biên soạn|sưu tầm|st|"
    r"ghi chép|ghi|giới thiệu)"
)
_ROLE = re.compile(
    rf"\s*\(\s*{_DONE}\s*\)$|\s(?:thực hiện|tổng hợp|lược dịch|lược ghi|biên soạn|(?-i:ghi|dịch))$",
    re.IGNORECASE,
)
_OFFICE = re.compile(r"(?<=\w)\s*\([^()]{2,60}\)$")  # "Minh Anh (Trung tâm Văn hóa huyện)"
_TITLE = re.compile(
    r"^(?:Bác sĩ|Dược sĩ|Tiến sĩ|Thạc sĩ|Giáo sư|Phó Giáo sư|Kỹ sư|Luật sư|Nhà báo|Nhà thơ|Nhà văn|"
    r"Nhạc sĩ|Họa sĩ|Cộng tác viên|Phóng viên)\s+(?=\w)",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"^(?:nhóm\s+)?(?:phóng viên|pv|p\.v|ctv|pv\s*[-–,]\s*ctv)$|^nhóm tác giả$"
    r"|^ban biên tập$|^tòa soạn$|^toà soạn$",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"^(?:kính|trân trọng|xin|chúc mừng|thân ái|thân mến|cảm ơn|mời|hết|còn nữa|bạn đọc|quý)\b",
    re.IGNORECASE,
)
_COUNTRIES = frozenset(
    ("viet nam", "trung quoc", "campuchia", "thai lan", "chau a", "chau au", "chau phi", "chau my")
)
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
_LONG_ADDRESS = re.compile(r"https?://(?P<host>[\w.-]+)/[^\s)\]]{20,}")
_REPORTER = re.compile(r"^(?:PV|P\.V|phóng viên)(?:\s+|\s*/\s*)(?=\S)", re.IGNORECASE)
_BARE = re.compile(r"^(?P<open>[(\[]?)\s*(?P<source>[^()\[\]:：@]{2,40}?)\s*[)\]]?\.?$")
_BRACKETS = (")", "]", ").", "].")
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
LONGEST = 90
"""Characters; a longer line is no byline and no credit."""
_SIGNATURE = 60  # characters of a line that is a signature because the page says so


@dataclass(frozen=True, slots=True)
class Byline:
    """An author line as printed and the name in it."""

    name: str
    raw: str

    @property
    def of_others(self) -> bool:
        """Whether it names those only who illustrated or translated ("Ảnh: Minh Đức")."""
        return bool(_ILLUSTRATED.match(self.raw))


def byline(text: str, *, set_apart: bool) -> Byline | None:
    """The author that a short line at the edge of the text names.

    Args:
        text: the whole line.
        set_apart: whether the page sets the line like a signature (to the right, bold, in a
            class of its own); without that, only a line that says what somebody did is one
            ("Bài và ảnh: Minh Anh", "Minh Anh (tổng hợp)").
    """
    if len(text) > LONGEST:
        return None
    label = _BYLINE_LABEL.match(text) or _BY.match(text)
    said = text[label.end() :] if label else text
    name = _name(said, office=set_apart)
    if not name or not (label or set_apart or _ends_with_role(said)):
        return None
    if not label:
        if text.endswith((".", "!", "?", ":", "…")) and len(name.split()) > 3:
            return None
        if _GREETING.match(name) or _is_place(name):
            return None
    return Byline(name=name, raw=text) if _reads_as_name(name) else None


def signature(text: str) -> Byline | None:
    """The author on a short line that the page itself marks as the signature."""
    if found := byline(text, set_apart=True):
        return found
    short = len(text) <= _SIGNATURE and not text.endswith(_ENDS_SENTENCE) and ":" not in text
    name = _name(text, office=False)
    return Byline(name=name, raw=text) if short and name and not _DIGIT.search(text) else None


def _name(said: str, *, office: bool) -> str:
    """What is left of a line without roles, photographers and offices behind the name."""
    name = _PHOTO_TAIL.sub("", _TRANSLATED_TAIL.sub("", said))
    if role := _ROLE.search(name):
        name = name[: role.start()]
    elif office:
        name = _OFFICE.sub("", name)
    return name.strip(" -–.()*")


def _ends_with_role(said: str) -> bool:
    return said.endswith(")") and _ROLE.search(said) is not None


@cache
def _places() -> frozenset[str]:
    return _COUNTRIES | {fold(name).removeprefix("tp. ") for name in provinces().values()}


def _is_place(name: str) -> bool:
    """Whether words name provinces and countries only, as an address does at its end."""
    named = [fold(part).strip().removeprefix("tp. ") for part in name.split(",")]
    return all(part in _places() for part in named if part)


def _reads_as_name(name: str) -> bool:
    """Every word begins with a capital, but for the joining words between two names."""
    if _GROUP.match(name):
        return True
    name = _TITLE.sub("", name)
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
    whole, text = text, _LONG_ADDRESS.sub(r"\g<host>", text)
    if len(text) > LONGEST:
        return None
    found = _of_line(text)
    return replace(found, raw=whole) if found else None


def _of_line(text: str) -> Credit | None:
    if match := _LABELLED.match(text):
        return Credit(raw=text, source=source_key(match["source"]))
    if match := _UNLABELLED.match(text):
        return _unlabelled(text, match["source"], noun=bool(match["noun"]))
    match = _BARE.match(text)
    return _bare(text, match["source"], bracketed=bool(match["open"])) if match else None


def _unlabelled(text: str, named: str, *, noun: bool) -> Credit | None:
    """A line that begins "Theo" or "Nguồn" without a colon, where names follow and no sentence."""
    listed = list(parts(_REPORTER.sub("", named)))
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
    brackets = text.endswith(_BRACKETS)  # asked first, for a paragraph is long to search
    if brackets and (match := _IN_BRACKETS.search(text)):
        rest, found = text[: match.start()].strip(), credit(match["credit"])
        if not rest or found is None:
            return None
        if _LABELLED.match(found.raw) or _stands_apart(rest):
            return rest, found
        # "500 ca (theo Bộ Y tế)." cites, and so does "(theo Nghị định 100)"
        says = _UNLABELLED.match(found.raw) and found.raw.strip("([ ")[0].isupper()
        return (rest, found) if says and found.source else None
    match = _BEHIND_NAME.match(text)
    if match is None or credit(text):
        return None
    if _reads_as_name(match["name"]) and source_key(match["name"], typos=False) is None:
        found = _bare(match["credit"], match["credit"], bracketed=False)
        return (match["name"], found) if found else None
    return None


def _stands_apart(rest: str) -> bool:
    """Whether what stands before brackets is complete without them: sentences, or an author."""
    if len(rest) <= LONGEST and source_key(rest, typos=False):
        return False  # "Thông tấn xã Việt Nam (TTXVN)" explains
    return rest.endswith(_ENDS_SENTENCE) or byline(rest, set_apart=True) is not None
