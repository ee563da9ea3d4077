"""The coverage as rows of CSV, and as what JSON shows of it."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, TextIO

from baolangson_crawler.storage.coverage import By, Coverage
from baolangson_crawler.storage.known import STATES

_COLUMNS = ("site", "period", "discovered", *STATES)
_ESTIMATED = ("expected_low", "expected", "expected_high")


def write_csv(found: Sequence[Coverage], file: TextIO, by: By) -> None:
    """Write every period of every site; of years with the estimate, where there is one."""
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow((*_COLUMNS, *_ESTIMATED) if by == "year" else _COLUMNS)
    for each in found:
        estimates = {str(estimate.year): estimate for estimate in each.estimates}
        for period in each.periods:
            row = [each.site, *(getattr(period, name) for name in _COLUMNS[1:])]
            if by == "year":
                estimate = estimates.pop(period.period, None)
                row += [getattr(estimate, name, "") for name in _ESTIMATED]
            writer.writerow(row)
        if by == "year":  # years of which nothing is known, between others
            for year, estimate in estimates.items():
                numbers = (getattr(estimate, name) for name in _ESTIMATED)
                writer.writerow((each.site, year, *(0 for _ in _COLUMNS[2:]), *numbers))


def plain(found: Coverage) -> dict[str, Any]:
    """The same as a document: all but the single days, which ``--by day`` gives."""
    return {
        "site": found.site,
        "name": found.name,
        "by": found.by,
        "total": asdict(found.total),
        "periods": [asdict(period) for period in found.periods],
        "placed_by": dict(found.placed),
        "estimates": [
            {**asdict(each), "share_held": round(each.share, 4)} for each in found.estimates
        ],
        "day_gaps": [{**asdict(gap), "expected": round(gap.expected, 1)} for gap in found.day_gaps],
        "number_gaps": [asdict(gap) for gap in found.number_gaps],
    }
