"""The forms that no pattern of ours reads, given to dateparser and checked against the line."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache
from typing import Protocol

from baolangson_crawler.dating.shapes import SCANNER

_NUMBERS = re.compile(r"\d+", re.ASCII)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)", re.ASCII)
_MONTH_WORD = re.compile(r"\b(?:thang|thg)(?![a-z])", re.ASCII)


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
    counts only if day, month and year are all that is printed, with the month in the middle.
    """
    if not _YEAR.search(plain):
        return None
    rest = SCANNER.sub(_unexplained, plain)
    numbers = [int(number) for number in _NUMBERS.findall(rest)]
    has_month_word = _MONTH_WORD.search(rest) is not None
    if len(numbers) != 3 and not (len(numbers) == 2 and has_month_word):
        return None
    found = _parser().get_date_data(rest).date_obj
    if found is None or not {found.year, found.day} <= set(numbers):
        return None
    if len(numbers) == 3 and not has_month_word and numbers[1] != found.month:
        return None
    return found.date() if found.month in numbers or has_month_word else None


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
