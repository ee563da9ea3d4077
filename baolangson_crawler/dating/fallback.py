"""The forms that no pattern of ours reads, given to dateparser and checked against the line."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache
from typing import Protocol

_NUMBERS = re.compile(r"\d+", re.ASCII)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)", re.ASCII)
_MONTH_WORD = re.compile(r"\b(?:thang|thg|th)", re.ASCII)


class _Found(Protocol):
    """What dateparser answers."""

    date_obj: datetime | None


class _Parser(Protocol):
    """The one method of dateparser's that is used; dateparser has no types of its own."""

    def get_date_data(self, date_string: str) -> _Found: ...


def read_day(plain: str) -> date | None:
    """The day that dateparser finds, if every number of it stands on the line.

    dateparser takes *Năm* of *Thứ Năm* for May and fills what is missing from today, silently
    (`docs/choices`, dates): so a day, month or year that is not printed is refused.
    """
    if not _YEAR.search(plain):
        return None
    numbers = {int(number) for number in _NUMBERS.findall(plain)}
    if len(numbers) < 2:
        return None
    found = _parser().get_date_data(plain).date_obj
    if found is None or not {found.year, found.day} <= numbers:
        return None
    if found.month not in numbers and not _MONTH_WORD.search(plain):
        return None
    return found.date()


@cache
def _parser() -> _Parser:
    """Vietnamese only: without a language it swaps day and month in one date of five.

    Imported here because the import takes longer than reading ten thousand dates.
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
