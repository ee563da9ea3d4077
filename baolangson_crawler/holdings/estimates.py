"""How many articles a paper printed in each year, from what is known of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from baolangson_crawler.holdings.densities import Bounds, Numbering, missing_by_numbers
from baolangson_crawler.holdings.rhythm import missing_by_rhythm


@dataclass(frozen=True, slots=True)
class YearEstimate:
    """What is held and known of a year, and how much a paper may have printed in it."""

    year: int
    held: int

    known: int
    """Articles held, waiting or failed; not those that are gone, nor what is no article."""

    expected_low: int
    expected: int
    """All articles of the year, known or not; never fewer than are known."""

    expected_high: int

    @property
    def share(self) -> float:
        """The share of the year's articles that is held, 0 to 1."""
        return self.held / self.expected if self.expected else 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """All that speaks of how much a paper printed."""

    held: Mapping[int, int]
    """Articles held, by month."""

    known: Mapping[int, int]
    """Articles held, waiting or failed, by month."""

    years: Mapping[int, tuple[int, int]]
    """Articles held and known of which only the year is known."""

    numberings: Sequence[Numbering]
    first: int
    """Day of the first article held."""

    last: int
    watched: int | None
    """Day since which crawls look at what the paper prints, so that all is known of it."""


def estimates(evidence: Evidence) -> tuple[YearEstimate, ...]:
    """The estimate of every year from the first article to the last, rising."""
    missing: dict[int, list[Bounds]] = defaultdict(list)
    covered: set[int] = set()
    for numbering in evidence.numberings:
        covered.update(numbering.line.months)
        for month, bounds in missing_by_numbers(numbering, evidence.watched):
            missing[month // 12].append(bounds)
    for month, bounds in missing_by_rhythm(evidence.known, evidence.first, evidence.last, covered):
        missing[month // 12].append(bounds)
    held, known = _by_year(evidence.held), _by_year(evidence.known)
    for year, (more_held, more_known) in evidence.years.items():
        held[year] += more_held
        known[year] += more_known
    years = known.keys() | missing.keys()
    return tuple(
        _estimate(year, held[year], known[year], missing[year])
        for year in range(min(years, default=0), max(years, default=-1) + 1)
    )


def _by_year(months: Mapping[int, int]) -> Counter[int]:
    years: Counter[int] = Counter()
    for month, count in months.items():
        years[month // 12] += count
    return years


def _estimate(year: int, held: int, known: int, missing: Sequence[Bounds]) -> YearEstimate:
    low, middle, high = (
        (max(0, round(sum(each))) for each in zip(*missing, strict=True))
        if (missing)
        else (0, 0, 0)
    )
    low, high = min(low, middle), max(middle, high)
    return YearEstimate(year, held, known, known + low, known + middle, known + high)
