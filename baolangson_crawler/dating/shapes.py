"""The words and shapes that a printed date is made of; reads nothing itself.

All shapes are matched against the folded line (`fold`): lower case, no marks, so that one
pattern serves NFC, NFD, capitals and papers that leave the marks out.
"""

from __future__ import annotations

import re
import unicodedata

WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5}
"""Vietnamese counts weekdays from the second (*thứ hai*, Monday); Sunday has its own name."""

ENGLISH_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ENGLISH_MONTHS = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)

MONTHS = {
    "gieng": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8,
    "chin": 9, "muoi": 10, "muoi mot": 11, "muoi hai": 12, "chap": 12,
}  # fmt: skip
"""Month words; *giêng* and *chạp* belong to the lunar year but papers print them for 1 and 12."""

DIGIT_WORDS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7,
    "tam": 8, "chin": 9, "an": 1, "a": 1,
}  # fmt: skip
"""Counts written out in relative dates; *tư* and *lăm* stand behind *mươi* for 4 and 5."""

LABEL_WORDS = frozenset(
    "ngay thang nam gio phut giay luc vao hoi thu ra dang tai cap nhat xuat ban bai viet tin anh"
    " thoi chinh sua lan cuoi moi nhat viet nam hanoi indochina time tac gia nguon by on at of"
    " the posted published updated created last update date day luot xem doc view views nbsp t"
    " am pm sa ch ho chi minh bangkok asia trang chu bao dien online"
    " theo doi tren google news facebook zalo chia se boi nguoi"
    " admin da duoc gui tao ban bien tap phong vien".split()
)
"""Words of a date line (folded); all others are names or text."""


def _fold_table() -> dict[int, str | None]:
    """Every marked Latin letter to its base, dashes and spaces to one kind, marks to nothing."""
    table: dict[int, str | None] = dict.fromkeys(range(0x300, 0x370))
    for code in (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii():
            table[code] = base.lower()
    table.update({ord("đ"): "d", ord("Đ"): "d"})
    table.update(dict.fromkeys(map(ord, "\u00a0\u202f\u205f\u3000"), " "))
    table.update(dict.fromkeys(range(0x2000, 0x200B), " "))
    table.update(dict.fromkeys((0xAD, *range(0x200B, 0x2010), *range(0x2060, 0x2065), 0xFEFF)))
    table.update(dict.fromkeys((*range(0x2010, 0x2016), 0x2212), "-"))
    table.update(dict.fromkeys(map(ord, "’‘′´`"), "'"))
    table.update({0xFF01 + i: chr(0x21 + i).lower() for i in range(94)})  # full-width forms
    return table


_FOLD = _fold_table()


def fold(text: str) -> str:
    """The line in lower case without marks and double spaces: ``"Thứ  Ba"`` → ``"thu ba"``.

    One table in place of normalising first: a date is read in a few microseconds, and
    normalisation alone would cost as much again.
    """
    plain = text.lower() if text.isascii() else text.translate(_FOLD)
    return " ".join(plain.split()) if "  " in plain else plain


_END = r"(?![a-z])"
MONTH_WORD = r"(?:gieng|mot|hai|ba|tu|nam|sau|bay|tam|chin|muoi\s+mot|muoi\s+hai|muoi|chap)" + _END
_MONTH = rf"(?:\d{{1,2}}(?!\d)|{MONTH_WORD})"
_THANG = r"(?:thang|thg\.?|th\.?(?=\s?\d))\s*"
_ENGLISH_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)" + _END
)
_ORDINAL = r"(?:st|nd|rd|th)?"
_DIGIT_WORD = "(?:" + "|".join(DIGIT_WORDS) + ")"
_NUMBER_WORD = rf"(?:(?:{_DIGIT_WORD}\s)?muoi(?:\s{_DIGIT_WORD})?|{_DIGIT_WORD})"
_UNIT = (
    r"giay|phut|gio|tieng|ngay|tuan|thang|nam|ph|p|g|h"
    r"|(?:second|sec|minute|min|hour|day|week|month|year)s?"
)
_AGO = rf"(?:\s?truoc|\sago){_END}(?!\s(?:khi|ngay|tet|gio|thoi|luc)\b)"
_NOT_A_DATE = r"(?!\d|[-/.]\d)"
_TIME_OF_DAY = rf"(?:sang|trua|chieu|toi|dem){_END}"
_PART = (
    rf"(?:\s?(?:am|pm|a\.m\.?|p\.m\.?|sa(?!\s+(?:pa|dec|huynh)\b)|ch){_END}"
    rf"|(?:\s?|,\s?(?={_TIME_OF_DAY}\s(?:\d|ngay|thu)))"
    rf"{_TIME_OF_DAY}(?!\s*\d+\s*[:hg])(?!\s(?:hom\s)?(?:nay|qua|kia)\b))?"
)
_FOREIGN_ZONE = r"[ecmp][sd]?t|hst|bst|ces?t|ist|jst|sgt|hkt"
_EAST = rf"(?:z{_END}|\s?[(\[]?\+\d{{1,2}}(?::?\d\d)?(?!\d)|\s?(?:{_FOREIGN_ZONE}){_END})"
_COUNTED = (
    r"(?:luot|nguoi|views?|xem|doc|binh\sluan|comments?|chia\sse|shares?|likes?|thich"
    rf"|phut\sdoc){_END}"
)
_COUNT = r"\d{1,3}(?:[.,]\d{3})+|\d+(?:[.,]\d)?\s?k|\d+"


def _no_date_goes_on(gap: str) -> str:
    """Looks ahead that the digits before are no day: "8h 21/07/2020", "Thu 4 May 2026".

    ``gap`` names the group of the separator, once in the whole pattern.
    """
    return (
        rf"(?!\s*(?P<{gap}>[-/.])\s*\d{{1,2}}\s*(?P={gap})\s*(?:\d{{4}}|\d\d)(?!\d|[-/.]\d|:)"
        rf"|[\s,./-]*{_THANG}{_MONTH}[\s,./-]*(?:nam{_END})?[\s,.]*\d{{4}}"
        rf"|[\s,.-]*{_ENGLISH_MONTH}[\s,.-]*\d{{4}})"
    )


_DIGIT_SHAPES = {
    "numeric": (
        r"(?<!\d\.)(?P<d1>\d{1,2})\s*(?P<s1>[-/.])\s*(?P<m1>\d{1,2})\s*(?P=s1)\s*"
        r"(?P<y1>\d{4}|\d{2}(?![-/.]\d|:))(?!\d|[/.]\d(?!\d?[:hg]))"
    ),
    "year_first": (
        r"(?P<y2>\d{4})\s*(?P<s2>[-/.])\s*(?P<m2>\d{1,2})\s*(?P=s2)\s*(?P<d2>\d{1,2})(?!\d)"
        r"(?:t(?=\d))?"
    ),
    "day_thang": (
        rf"(?P<d3>\d{{1,2}})[\s,./-]*{_THANG}(?P<m3>{_MONTH})"
        rf"[\s,./-]*(?:nam{_END})?[\s,.]*(?P<y3>\d{{4}})(?!\d)"
    ),
    "day_english": (
        rf"(?P<d4>\d{{1,2}}){_ORDINAL}[\s,.-]*(?:of\s+)?(?P<m4>{_ENGLISH_MONTH})"
        r"[\s,.-]*(?P<y4>\d{4}|\d{2}(?!\s*[:h]|,?\s*\d{4}))(?!\d)"
    ),
    "ago": (
        rf"(?<!\d[.,-])(?P<count>\d{{1,3}})\s?(?P<unit>{_UNIT})(?:\s(?P<half>ruoi)"
        rf"|\s?(?P<more>\d{{1,2}})\s?(?P<more_unit>{_UNIT}|'))?{_AGO}"
    ),
    "east": r"(?<=[(\[]\+)(?P<hours_east>(?:0?\d|1[0-4])(?::?[0-5]\d)?)(?=[)\]])",
    "clock": (
        r"(?P<hour>\d{1,2})\s?:\s?(?P<minute>\d{1,2})(?::(?P<second>\d{1,2})(?:\.\d{1,9})?)?(?!\d)"
        r"(?:\s?(?:gio|h|')(?![a-z0-9]))?"
        # A minus is an offset only behind seconds or as four digits: "08:00-09:00" is a range.
        rf"(?P<tail>{_PART}(?:{_EAST}|(?(second)\s?-\d\d:?\d\d|\s-\d{{4}}){_NOT_A_DATE})?)"
    ),
    "clock_h": (
        r"(?P<hour_h>\d{1,2})\s?(?:gio|g(?=\s?\d)|h)(?![a-z])"
        rf"(?:\s?(?P<half_past>ruoi){_END}"
        rf"|\s?:?\s?(?P<minute_h>\d{{1,2}})(?!\d){_no_date_goes_on('gap')}\s?(?:phut|ph{_END}|p{_END}|')?"
        r"(?::?\s?(?P<second_h>\d{1,2})(?:\s?giay|(?<=:\d\d)))?)?"
        rf"(?P<tail_h>{_PART}{_EAST}?)"
    ),
    "counter": rf"(?:{_COUNT})[\s)\]]*{_COUNTED}",
    "clock_dot": (
        rf"(?P<hour_d>\d{{1,2}})\.(?P<minute_d>\d\d)(?P<tail_d>(?=\s?(?:[ap]\.?m|sa|ch){_END}){_PART}{_EAST}?)"
    ),
    "month_year": r"(?<!\d[-/.])(?P<m6>\d{1,2})\s?[-/.]\s?(?P<y6>\d{4})(?!\d|\s?[-/.])",
    "year_month": r"(?<!\d[-/.])(?P<y7>\d{4})[-/](?P<m7>\d{1,2})(?!\d|[-/.]\d)",
    "number": r"\d+",
}

_LETTER_SHAPES = {
    "weekday": (
        rf"(?:thu\s?(?=\d)|t\.?(?=[2-7]))(?P<nth>[1-8])(?!\d){_no_date_goes_on('gap_nth')}"
        rf"|thu\s?(?P<nth_word>hai|ba|tu|nam|sau|bay){_END}"
        rf"|(?P<sunday>chua?\s?nhat{_END}|c\.?n(?=[^a-z0-9]*(?:ngay|thang|{_ENGLISH_MONTH}|\d|$)))"
        r"|(?P<english>mon|tue|wed|thu|fri|sat|sun)(?:[a-z]*day|s|rs?)?"
        rf"(?=[\s,.]*(?:\d|ngay|thang|{_ENGLISH_MONTH}))"
    ),
    "thang_day": (
        rf"{_THANG}(?P<m8>{_MONTH})[\s,]+(?:ngay\s*)?(?P<d8>\d{{1,2}}){_ORDINAL}"
        r"[\s,]+(?:nam\s*)?(?P<y8>\d{4})(?!\d)"
    ),
    "thang_year": rf"{_THANG}(?P<m9>{_MONTH})[\s,./-]*(?:nam\s*)?(?P<y9>\d{{4}})(?!\d)",
    "english_day": (
        rf"(?P<m5>{_ENGLISH_MONTH})\.?\s*(?P<d5>\d{{1,2}}){_ORDINAL}[\s,]+(?P<y5>\d{{4}})(?!\d)"
    ),
    "zone": (
        rf"(?:gmt|utc|ict){_END}"
        rf"(?:\s?(?P<shift>\+\s?\d{{1,2}}(?::?\d\d)?(?!\d)|-\d{{1,2}}(?::?\d\d)?{_NOT_A_DATE}"
        r"|0?7(?::?00)?(?![\d:/h-]|\.\d)))?"  # a plus lost in an address: "GMT 7"
    ),
    "ago_word": (
        rf"(?P<word_count>{_NUMBER_WORD})\s(?P<word_unit>{_UNIT})(?P<word_half>\sruoi)?{_AGO}"
        rf"|(?P<half_hour>nua\s(?:gio|tieng){_AGO})"
        rf"|cach\sday\s(?:khoang\s)?(?P<since>\d{{1,3}}|{_NUMBER_WORD})\s?"
        rf"(?P<since_unit>{_UNIT}){_END}"
    ),
    "counted": (
        rf"luot(?:\s(?:xem|doc|truy\scap))?\s(?:{_COUNT})(?!\d|\s?[-/.:h]\s?\d)|"
        rf"{_COUNTED}(?:\s(?:xem|doc|truy\scap))?\s?[:(]\s?(?:{_COUNT})(?!\d|\s?[-/.:h]\s?\d)"
    ),
    "day_name": (
        r"(?P<name>hom\s(?:nay|qua|kia)"
        r"|(?:sang|trua|chieu|toi|dem)\s(?:hom\s)?(?:nay|qua)"
        r"|vua\sxong|vua\sdang|moi\sdang|vai\sgiay\struoc|a\sfew\sseconds\sago|just\snow|yesterday|today)"
        + _END
    ),
    "part": rf"(?:am|pm|sa(?!\s+(?:pa|dec|huynh)\b)|ch|sang|trua|chieu|toi|dem){_END}",
    "word": r"[a-z]+",
}


def _one_of(shapes: dict[str, str]) -> str:
    """The shapes as alternatives, each in a group of its name."""
    return "|".join(f"(?P<{name}>{pattern})" for name, pattern in shapes.items())


SCANNER = re.compile(
    rf"(?:(?=\d)(?:{_one_of(_DIGIT_SHAPES)})|{_one_of(_LETTER_SHAPES)})[^a-z0-9]*+", re.ASCII
)
"""Cuts a folded line into its parts; ``match.lastgroup`` names the shape."""

ISO = re.compile(
    r"\s*(\d{4})-(\d\d)-(\d\d)(?:(?:\s*t\s*|\s+)(\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?"
    r"\s*(z|utc|gmt|[+-]\d\d(?::?\d\d)?)?)?\s*",
    re.ASCII,
)
"""ISO 8601 and its look-alikes: what ``datetime``, Open Graph and JSON-LD hold."""

BASIC = re.compile(r"\s*(\d{8})t(\d{4}|\d{6})(z|[+-]\d{4})?\s*", re.ASCII)
"""ISO 8601 without its separators: ``20200721T085400+0700``."""

JAVA = re.compile(
    rf"\s*[a-z]{{3}}\s+({_ENGLISH_MONTH})\s+(\d\d?)\s+(\d\d:\d\d:\d\d)\s+(?:([a-z]{{3}}\S*)\s+)?(\d{{4}})\s*",
    re.ASCII,
)
"""The year last: ``Tue Jul 21 08:54:00 ICT 2020``, what ``Date.toString()`` prints."""

TAIL = re.compile(r"[a-z.]+|[+-][\d: ]+")
"""The words and the offset behind a clock time: ``ch``, ``+07:00``, ``z``."""

RANGE = re.compile(r"[\s)\]]*(?:-+>?|~|den|toi)[\s(]*(?:het\s*)?(?:ngay\s*)?")
"""What stands between the two ends of a range of days."""
