"""Dates in addresses: a month, a day, or the time of creation inside an article's number."""

from __future__ import annotations

import re
from datetime import datetime

from baolangson_crawler.dating.clock import VIETNAM
from baolangson_crawler.dating.line import LAST_YEAR, Reading
from baolangson_crawler.items import Precision

_PATH = re.compile(r"(?:^|/)((?:19|20)\d\d)[/-](\d\d?)(?:[/-](\d\d?))?(?=/|$)", re.ASCII)
_FIRST_YEAR = 1990  # no paper was on the web before
_CONFIDENCE = 0.6

# Where the time stands in so many digits; VCCorp's are YYMMDDHHMMSSmmm with a site's number
# before or a digit behind, TTXVN's and Tuổi Trẻ's YYYYMMDDHHMMSSmmm.
_LAYOUTS: dict[int, tuple[tuple[int, str], ...]] = {
    6: ((0, "%Y%m"),),
    8: ((0, "%Y%m%d"),),
    12: ((0, "%y%m%d%H%M%S"), (0, "%Y%m%d%H%M")),
    14: ((0, "%Y%m%d%H%M%S"),),
    15: ((0, "%y%m%d%H%M%S"),),
    16: ((0, "%y%m%d%H%M%S"), (1, "%y%m%d%H%M%S"), (0, "%Y%m%d%H%M%S")),
    17: ((0, "%Y%m%d%H%M%S"), (2, "%y%m%d%H%M%S")),
    18: ((3, "%y%m%d%H%M%S"),),
}
_PRECISIONS: dict[str, Precision] = {
    "%Y%m": "month",
    "%Y%m%d": "day",
    "%Y%m%d%H%M": "minute",
    "%y%m%d%H%M%S": "second",
    "%Y%m%d%H%M%S": "second",
}


def read_address(raw: str) -> Reading | None:
    """The month, day or time that digits of an address state; None if they state none.

    ``202607``, ``20221223``, ``221223180348``, ``20221223180348340``, the 15 to 18 digits of a
    number that holds such a time, and ``2022/12/23`` in a path. Digits that can be read as two
    different times are read as none.
    """
    if raw.isascii() and raw.isdigit():
        found = {reading.at: reading for reading in _stamps(raw)}
        return next(iter(found.values())) if len(found) == 1 else None
    if match := _PATH.search(raw):
        year, month, day = match.groups()
        try:
            at = datetime(int(year), int(month), int(day or 1), tzinfo=VIETNAM)
        except ValueError:
            return None
        return _reading(at, "day" if day else "month", "path")
    return None


def _stamps(digits: str) -> list[Reading]:
    """Every time that the digits may state."""
    found = []
    for start, layout in _LAYOUTS.get(len(digits), ()):
        length = sum(4 if letter == "Y" else 2 for letter in layout[1::2])
        try:
            at = datetime.strptime(digits[start : start + length], layout)
        except ValueError:
            continue
        if _FIRST_YEAR <= at.year <= LAST_YEAR:
            found.append(_reading(at.replace(tzinfo=VIETNAM), _PRECISIONS[layout], "digits"))
    return found


def _reading(at: datetime, precision: Precision, rule: str) -> Reading:
    return Reading(at=at, precision=precision, rule=rule, confidence=_CONFIDENCE)
