"""Days on which papers in Vietnam print less: Tết and the public holidays."""

from __future__ import annotations

from datetime import date, timedelta

TET = {
    day.year: day
    for day in map(
        date.fromisoformat,
        (
            "2020-01-25 2021-02-12 2022-02-01 2023-01-22 2024-02-10 2025-01-29 2026-02-17 "
            "2027-02-06 2028-01-26 2029-02-13 2030-02-02 2031-01-23 2032-02-11 2033-01-31 "
            "2034-02-19 2035-02-08 2036-01-28 2037-02-15 2038-02-04 2039-01-24 2040-02-12"
        ).split(),
    )
}
"""First day of the lunar year by the Vietnamese calendar (Hanoi time), by solar year."""

_BEFORE, _AFTER = 3, 7  # days around the first day of the year
_HEART = range(-1, 5)  # from the eve to the fourth day nearly nothing may be printed
_PUBLIC = {(1, 1), (4, 30), (5, 1), (9, 1), (9, 2)}


def output_on(day: date) -> float:
    """The share of its usual output that a paper can be relied on to print on a day.

    A lower bound, from 0 to 1: what a paper prints beyond it is no alarm.
    """
    if (new_year := TET.get(day.year)) is not None:
        distance = (day - new_year) // timedelta(days=1)
        if distance in _HEART:
            return 0.1
        if -_BEFORE <= distance <= _AFTER:
            return 0.4
    return 0.5 if (day.month, day.day) in _PUBLIC else 1.0
