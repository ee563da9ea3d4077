"""Replay years of simulated papers to the watch for silence, and count what it says.

Run from the project's root:

    python -m bench.silence [--papers N] [--days N]

The papers print from 0.3 to 150 articles a day, fewer at weekends, little at Tết, in bursts and
with slow ups and downs. Some articles appear days after their date, a few papers print no date at
all, old articles are added in bulk, and the crawl itself is down for days. Every figure comes from
fixed seeds.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from math import exp, log
from random import Random

from baolangson_crawler.monitoring import Silence, SiteDay, silence
from baolangson_crawler.monitoring.holidays import TET

FIRST = date(2025, 9, 1)
LOOKED_BACK = 140  # days handed to the watch: a pause, and the history before it
CLASSES = (0.0, 1.0, 3.0, 6.0, 10.0, 30.0, 1000.0)  # articles a day
_SILENT = 12  # days that a silence is followed
_MONTH = 30.4


@dataclass(frozen=True, kw_only=True)
class Paper:
    """How one paper prints, and how it is crawled."""

    rate: float
    """Articles on a usual working day."""

    weekend: tuple[float, float]
    """Share of that on Saturday and Sunday."""

    tet: float
    """Share of it in the days of Tết."""

    tet_days: int
    bursts: float
    """Coefficient of variation of a day's rate."""

    drift: float
    """Standard deviation of the logarithm of its ups and downs over weeks."""

    same_day: float
    """Share of a day's articles that a crawl of that day sees: crawled early or late."""

    late: float
    """Share of articles that appear one to three days after their date."""

    dated: bool


def paper(random: Random, number: int, of: int) -> Paper:
    """One of a row of papers, from the smallest to the largest."""
    low, high = log(0.3), log(150)
    return Paper(
        rate=exp(low + (high - low) * number / max(1, of - 1)),
        weekend=(random.uniform(0.5, 1), random.uniform(0.3, 1)),
        tet=random.uniform(0.05, 0.8),
        tet_days=random.randint(5, 10),
        bursts=random.uniform(0.1, 0.4),
        drift=random.uniform(0, 0.2),
        same_day=random.choice((0.05, 0.5, 0.95)),
        late=random.uniform(0, 0.08),
        dated=number % 20 != 7,
    )


@dataclass
class Replay:
    """A paper's articles, as crawl after crawl comes to see them."""

    paper: Paper
    random: Random
    days: int
    silent_from: int | None = None
    silent_share: float = 0.0
    """Share of its usual output that it goes on printing."""

    _visible: dict[int, Counter[int]] = field(default_factory=dict)
    """By the day on which they come to be listed: the days on which articles are counted."""

    def __post_init__(self) -> None:
        level = 0.0
        for number in range(self.days):
            level = 0.9 * level + self.random.gauss(0, self.paper.drift * 0.436)
            self._print(number, self._rate(number) * exp(level))
        for number in range(60, self.days, 120):  # old articles, added in bulk
            for _ in range(round(self.paper.rate * 10)):
                day = number - self.random.randint(5, 60)
                self._add(number, day if self.paper.dated else number)

    def _rate(self, number: int) -> float:
        day = FIRST + timedelta(number)
        rate = self.paper.rate
        if day.weekday() >= 5:
            rate *= self.paper.weekend[day.weekday() - 5]
        if -2 <= (day - TET[day.year]).days < self.paper.tet_days - 2:
            rate *= self.paper.tet
        if (day.month, day.day) in ((1, 1), (4, 30), (5, 1), (9, 2)):
            rate *= 0.6
        return rate * self.random.gammavariate(self.paper.bursts**-2, self.paper.bursts**2)

    def _print(self, number: int, rate: float) -> None:
        for _ in range(_poisson(self.random, rate)):
            if self._silent(number) and self.random.random() >= self.silent_share:
                continue
            seen = number + (self.random.random() >= self.paper.same_day)
            if self.random.random() < self.paper.late:
                seen = number + self.random.randint(1, 3)
            self._add(seen, number)

    def _silent(self, number: int) -> bool:
        return self.silent_from is not None and number >= self.silent_from

    def _add(self, seen: int, day: int) -> None:
        self._visible.setdefault(seen, Counter())[day] += 1

    def judged(self) -> Iterator[tuple[int, Silence | None]]:
        """What the watch says after the crawl of each day; days without a crawl are left out."""
        held: Counter[int] = Counter()
        crawled = {0}
        down = 0
        for number in range(self.days):
            down = down - 1 if down else _outage(self.random, number)
            if down and not self._silent(number):  # the crawl is up while a silence is to be found
                continue
            for seen in [seen for seen in self._visible if seen <= number]:
                for day, count in self._visible.pop(seen).items():
                    held[day if self.paper.dated else number] += count
            crawled.add(number)
            start = max(0, number - LOOKED_BACK)
            yield (
                number,
                silence(
                    [
                        SiteDay(
                            day=FIRST + timedelta(day),
                            articles=held[day],
                            crawls=int(day in crawled),
                        )
                        for day in range(start, number + 1)
                    ]
                ),
            )


def _outage(random: Random, number: int) -> int:
    """Days that the crawl is down from this one on; at most once in 50 days on the average."""
    return random.randint(1, 5) if number and random.random() < 0.02 else 0


def _poisson(random: Random, mean: float) -> int:
    if mean > 60:
        return max(0, round(random.gauss(mean, mean**0.5)))
    count, product, limit = 0, random.random(), exp(-mean)
    while product > limit:
        count += 1
        product *= random.random()
    return count


@dataclass(frozen=True)
class Quiet:
    """False alarms of one paper in a replay without any silence."""

    rate: float
    alarms: int
    """Alarms raised; one that lasts counts once."""

    months: float


@dataclass(frozen=True)
class Found:
    """When one silence was reported."""

    rate: float
    dated: bool
    days: int | None
    """Silent days until the crawl that reported it; None: not within the days it was followed."""


def false_alarms(papers: int, days: int, seed: int = 1) -> list[Quiet]:
    """Replay papers that never fall silent."""
    found = []
    for number in range(papers):
        random = Random(f"{seed}-{number}")
        one = paper(random, number, papers)
        said, alarms = False, 0
        for _, alarm in Replay(one, random, days).judged():
            alarms += bool(alarm) and not said
            said = bool(alarm)
        found.append(Quiet(_per_day(one), alarms, days / _MONTH))
    return found


def silences(papers: int, share: float, starts: int = 7, seed: int = 2) -> list[Found]:
    """Replay papers that fall silent, on every day of the week, after 10 to 30 weeks.

    Args:
        papers: how many, from the smallest to the largest.
        share: what they go on printing, of their usual output.
        starts: how many silences of each paper.
        seed: of the random numbers.
    """
    found = []
    for number in range(papers):
        for start in range(starts):
            random = Random(f"{seed}-{share}-{number}-{start}")
            one = paper(random, number, papers)
            begin = 70 + 7 * random.randint(0, 20) + start
            if abs((FIRST + timedelta(begin) - TET[2026]).days) < 14:
                begin += 28
            replay = Replay(one, random, begin + _SILENT, begin, share)
            found.append(Found(_per_day(one), one.dated, _reported(replay, begin)))
    return found


def _per_day(one: Paper) -> float:
    """Articles a day on the average of a week."""
    return one.rate * (5 + sum(one.weekend)) / 7


def _reported(replay: Replay, begin: int) -> int | None:
    said = [number for number, alarm in replay.judged() if alarm and number > begin]
    return said[0] - begin if said else None


def report(papers: int = 63, days: int = 365) -> Iterator[str]:
    """A table in Markdown, and what all papers come to together."""
    quiet = false_alarms(papers, days)
    fallen = [silences(papers, share) for share in (0.0, 0.2)]
    yield (
        "| articles a day | papers | false alarms a month | to zero: said within 2, 3, 7 days "
        "| to 20 %: within 2, 3, 7 days |"
    )
    yield "|---|---|---|---|---|"
    for low, high in pairwise(CLASSES):
        ours = [one for one in quiet if low <= one.rate < high]
        if ours:
            cells = [
                f"{low:g} to {high:g}" if high < CLASSES[-1] else f"{low:g} and more",
                str(len(ours)),
                f"{monthly(ours):.2f}",
                *(_shares([one for one in each if low <= one.rate < high]) for each in fallen),
            ]
            yield f"| {' | '.join(cells)} |"
    worst = max(quiet, key=lambda one: one.alarms)
    yield ""
    yield (
        f"All papers: {monthly(quiet):.2f} false alarms a paper and month over {days} days; the "
        f"worst one, with {worst.rate:.1f} articles a day, {monthly([worst]):.2f}. Of the papers "
        f"that print dates and at least 3 articles a day, {_shares(large(fallen[0], 3))} of the "
        f"silences were said within 2, 3, 7 days; of those with at least 10 a day, "
        f"{_shares(large(fallen[1], 10))} of the falls to 20 %."
    )


def large(found: Sequence[Found], least: float) -> list[Found]:
    """Those of papers that print dates and at least so many articles a day."""
    return [one for one in found if one.dated and one.rate >= least]


def _shares(found: Sequence[Found]) -> str:
    return ", ".join(f"{within(found, days):.0%}" for days in (2, 3, 7))


def monthly(quiet: Sequence[Quiet]) -> float:
    """False alarms a paper and month."""
    return sum(one.alarms for one in quiet) / sum(one.months for one in quiet)


def within(found: Sequence[Found], days: int) -> float:
    """The share of silences that were reported within so many silent days."""
    return sum(one.days is not None and one.days <= days for one in found) / max(1, len(found))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--papers", type=int, default=63)
    parser.add_argument("--days", type=int, default=365)
    options = parser.parse_args(arguments)
    for line in report(options.papers, options.days):
        print(line, flush=True)


if __name__ == "__main__":
    main()
