"""The forms that no pattern of ours reads, given to dateparser and checked against the line."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache
from typing import Protocol

from baolangson_crawler.dating.shapes import MONTH_WORD, MONTHS, SCANNER

_NUMBERS = re.compile(r"\d+", re.ASCII)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)", re.ASCII)
_MONTH_WORD = re.compile(rf"\bthang\s+({MONTH_WORD})", re.ASCII)
_MONTH_NUMBER = re.compile(r"\bthang\s*(\d+)", re.ASCII)


class _Found(Protocol):
    """What dateparser answers."""

    date_obj: datetime | None


class _Parser(Protocol):
    """The one method of dateparser's that is used; dateparser has no types of its own."""

    def get_date_data(self, date_string: str) -> _Found: ...


def read_day(plain: str) -> date | None:
    """The day that dateparser finds, if the line itself bears it out.

    dateparser takes the *Năm* of *Thứ Năm* for May and makes "28/05/2009" behind it the 8th,
    silently. So it is shown only the words and numbers that no shape explains, and its answer
    counts only if day, month and year are all that is printed, the month behind *tháng* or in
    the middle.
    """
    if not _YEAR.search(plain):
        return None
    rest = SCANNER.sub(_unexplained, plain)
    numbers = [int(number) for number in _NUMBERS.findall(rest)]
    word = _MONTH_WORD.search(rest)
    if len(numbers) + (word is not None) != 3:
        return None
    found = _parser().get_date_data(rest).date_obj
    if found is None or not {found.year, found.day} <= set(numbers):
        return None
    month = MONTHS[" ".join(word[1].split())] if word else _month_in(numbers, rest)
    return found.date() if month == found.month else None


def _month_in(numbers: list[int], rest: str) -> int:
    """The number behind *tháng*, else the one in the middle."""
    named = _MONTH_NUMBER.search(rest)
    return int(named[1]) if named else numbers[1]


def _unexplained(match: re.Match[str]) -> str:
    return match[0] if match.lastgroup in ("word", "number") else " "


@cache
def _parser() -> _Parser:
    """Vietnamese only: without a language it swaps day and month in one date of five.

    Imported here because the import takes as long as reading ten thousand dates.
    """
    from dateparser.date import DateDataParser  # type: ignore[import-untyped]

    parser: _Parser = DateDataParser(
        languages=["vi"],
        settings={
            "DATE_ORDER": "DMY",
            "TIMEZONE": "+0700",
            "PARSERS": ["absolute-time"],  # a ten-digit article id is no timestamp
            "REQUIRE_PARTS": ["day", "month", "year"],
            "RELATIVE_BASE": datetime(2000, 1, 1),  # never today
        },
    )
    return parser
