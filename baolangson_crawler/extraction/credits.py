"""Bylines and reprint credits: who wrote an article and which paper it was taken from."""

from __future__ import annotations

import re
from dataclasses import dataclass

from baolangson_crawler.items import Credit
from baolangson_crawler.text import fold

_BYLINE_LABEL = re.compile(
    r"^(?:(?:Tin|Bài|Ảnh|Clip|Video|Thơ|Infographic|Đồ họa|Thực hiện|Nhóm thực hiện|Tác giả|"
    r"Người viết|Biên soạn|Lược dịch|Tổng hợp|PV|Phóng viên)"
    r"(?:\s*(?:,|và|-|–|&|/|\+)\s*(?:tin|bài|ảnh|clip|video|đồ họa|infographic|thực hiện))*)"
    r"\s*[:：]\s*",
    re.IGNORECASE,
)
_PHOTO_ONLY = re.compile(r"^(?:Ảnh|Clip|Video|Đồ họa|Infographic)\s*[:：]", re.IGNORECASE)
_PHOTO_TAIL = re.compile(r"[\s,;.–-]*\(?\s*Ảnh\s*[:：][^)]*\)?$", re.IGNORECASE)
_NAME_WORD = re.compile(r"^\w[\w.'’]*$")
_LABEL = r"(?:Nguồn(?:\s+tin)?|Nguon|Dẫn nguồn|Source)\s*[:：\-–—]"
_DASH_LABEL = re.compile(r"^[(\[]?\s*(?:Nguồn|Nguon)(?:\s+tin)?\s*[-–—]", re.IGNORECASE)
_CREDIT = re.compile(
    rf"^[(\[]?\s*(?:{_LABEL}|(?P<after>Theo)(?:\s*[:：]|(?=\s)))\s*"
    r"(?P<source>.{2,70}?)\s*[)\]]?\s*\.?$",
    re.IGNORECASE,
)
# The same in brackets at the end of a longer line: "… theo Bác. (Nguồn: Baolang son.vn)"
_CREDIT_TAIL = re.compile(
    rf"\s*(?P<credit>[(\[]\s*(?:{_LABEL}|Theo\s)[^()\[\]]{{2,60}}[)\]]\.?)$", re.IGNORECASE
)
_BARE_AGENCY = re.compile(r"^[(\[]\s*(?P<source>TTXVN|Vietnam\+|Bnews)[^)\]]{0,20}[)\]]\.?$")
_JOINING = frozenset(("và", "theo", "st"))
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_ONLINE = re.compile(
    r"(?:dientu|online|\bonl\b)$|^(?:bao|trang|website|tap?chi)(?=dientu|online)|^(?:https?|www)"
)


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
    if len(text) > 90:
        return None
    label = _BYLINE_LABEL.match(text)
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
    if len(text) > 90:
        return None
    match = _CREDIT.match(text) or _BARE_AGENCY.match(text)
    if not match:
        return None
    source = source_key(match["source"])
    if source is None and _DASH_LABEL.match(text):
        return None  # "Nguồn - gốc của bánh khảo …"
    if match.groupdict().get("after") and source is None and not _names_source(match["source"]):
        return None  # "Theo kế hoạch, …" is the beginning of a sentence
    return Credit(raw=text, source=source)


def _names_source(words: str) -> bool:
    """Whether the words after "Theo" are a name of a few words and no sentence."""
    return words[0].isupper() and len(words.split()) <= 3 and "," not in words


def credit_at_end(text: str) -> tuple[str, Credit] | None:
    """A line whose end names its source in brackets, as the rest of the line and the credit."""
    match = _CREDIT_TAIL.search(text)
    found = credit(match["credit"]) if match else None
    if found and found.source is None and ":" not in found.raw:
        return None  # "… 5 triệu đồng (theo Nghị định 100)." cites, it does not reprint
    if match is None or found is None or not (rest := text[: match.start()].strip()):
        return None
    return rest, found


def source_key(name: str) -> str | None:
    """The key of the paper or agency that a credit names, whatever its spelling.

    ``"Baolang son.vn"``, ``"Báo Lạng Sơn điện tử"`` and ``"baolangson.vn"`` are one paper.
    """
    for part in (name, *re.split(r"[(),;]|\s[-–]\s", name)):
        squeezed = _squeeze(part)
        for candidate in (squeezed, _ONLINE.sub("", squeezed), f"bao{squeezed}"):
            if key := _SOURCES.get(candidate):
                return key
    return None


def _squeeze(name: str) -> str:
    """A name without marks, spaces, punctuation and the ending of a domain."""
    folded = fold(name.strip(" .()[]\"'")).replace("+", "plus")
    folded = re.sub(r"^(?:https?://)?(?:www\.)?", "", folded).split("/")[0]
    folded = re.sub(r"\.(?:com|org|net|gov|info)?\.?\s*vn$|\.(?:com|net|org|vn)$", "", folded)
    return _NOT_LETTERS.sub("", folded)


def _table() -> dict[str, str]:
    """Squeezed spelling → key, for the agencies and papers that provincial papers reprint."""
    spellings = {
        "ttxvn": "ttxvn thongtanxavietnam thongtanxavn vietnamplus bnews baotintuc",
        "nhandan": "nhandan baonhandan nhandandientu baonhandandientu",
        "qdnd": "qdnd quandoinhandan baoquandoinhandan",
        "vov": "vov vovvn daitiengnoivietnam",
        "vtv": "vtv vtvvn vtvnews",
        "vnexpress": "vnexpress",
        "tuoitre": "tuoitre baotuoitre tuoitreonline",
        "thanhnien": "thanhnien baothanhnien",
        "dantri": "dantri baodantri",
        "vietnamnet": "vietnamnet baovietnamnet",
        "tienphong": "tienphong baotienphong",
        "laodong": "laodong baolaodong",
        "chinhphu": "chinhphu baochinhphu vgp vgpnews congttdtchinhphu",
        "sggp": "sggp saigongiaiphong",
        "hanoimoi": "hanoimoi baohanoimoi",
        "dangcongsan": "dangcongsan dangcongsanvietnam baodientudangcongsan dcsvn dangcongsanvn",
        "suckhoedoisong": "suckhoedoisong skds",
    }
    table = {form: key for key, forms in spellings.items() for form in forms.split()}
    for paper in _PROVINCIAL.split():
        table[paper] = paper
        table[f"{paper}dientu"] = paper
        table[f"{paper}online"] = paper
    return table


# The provincial papers by their name without marks; a site's key is the same word.
_PROVINCIAL = (
    "baoangiang baobacgiang baobackan baobaclieu baobacninh baobariavungtau baobinhdinh "
    "baobinhduong baobinhphuoc baobinhthuan baocamau baocantho baocaobang baodaklak baodaknong "
    "baodanang baodienbienphu baodongkhoi baodongnai baodongthap baogialai baohagiang baohaiduong "
    "baohaiphong baohanam baohatinh baohaugiang baohoabinh baohungyen baokhanhhoa baokiengiang "
    "baokontum baolaichau baolamdong baolangson baolaocai baolongan baonamdinh baonghean "
    "baoninhbinh baoninhthuan baophutho baophuyen baoquangbinh baoquangnam baoquangngai "
    "baoquangninh baoquangtri baosoctrang baosonla baotayninh baothaibinh baothainguyen "
    "baothanhhoa baotravinh baotuyenquang baovinhlong baovinhphuc baoyenbai"
)
_SOURCES = _table()
