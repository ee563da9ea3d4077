"""Replay a year of simulated pages to the watch for drift, and count what it says.

Run from the project's root:

    python -m bench.drift [--papers N] [--days N]

Every paper has its own share of articles with a lead, a byline, a date, a section, a picture, which
goes up and down from day to day and over weeks, and texts of very different length. Then a field is
lost, the texts are cut, or the layout reads no more. Every figure comes from fixed seeds.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import exp, log
from random import Random
from statistics import median

from baolangson_crawler.monitoring import SiteDay, drifts
from baolangson_crawler.monitoring.drift import BEFORE, FIELDS, LATELY

FIRST = date(2025, 9, 1)
_LENGTH = 2200  # characters of a text, in the middle
_FOLLOWED = 21  # days after the change
_MONTH = 30.4
Change = Callable[[SiteDay], SiteDay]
CHANGES: dict[str, Change] = {
    "byline lost": lambda day: replace(day, with_byline=0),
    "date lost": lambda day: replace(day, with_date=0),
    "texts cut to a third": lambda day: replace(day, body_length=day.body_length // 3),
    "read by the generic reader": lambda day: replace(day, generic=day.fresh),
    "read by nothing": lambda day: SiteDay(
        day=day.day, crawls=1, discovered=day.fresh, held=day.fresh, unread=day.fresh
    ),
}


def paper(random: Random, rate: float, days: int) -> list[SiteDay]:
    """The days of one paper."""
    usual = {name: log(p / (1 - p)) for name in FIELDS for p in [random.uniform(0.6, 0.99)]}
    mood = dict.fromkeys((*FIELDS, "body"), 0.0)
    found = []
    for number in range(days):
        mood = {name: 0.93 * value + random.gauss(0, 0.15) for name, value in mood.items()}
        articles = round(random.gammavariate(6, rate / 6))
        has = {
            f"with_{name}": sum(
                random.random() < 1 / (1 + exp(-usual[name] - mood[name] - today))
                for _ in range(articles)
            )
            for name in FIELDS
            for today in [random.gauss(0, 0.5)]
        }
        length = _LENGTH * exp(mood["body"] / 4 + random.gauss(0, 0.1))
        body = sum(random.lognormvariate(log(length), 0.7) for _ in range(articles))
        found.append(
            SiteDay(
                day=FIRST + timedelta(number),
                articles=articles,
                crawls=1,
                fresh=articles,
                body_length=round(body),
                generic=sum(random.random() < 0.02 for _ in range(articles)),
                **has,
            )
        )
    return found


def false_alarms(papers: int, days: int, seed: int = 3) -> float:
    """Alarms a paper and month, where nothing has changed; one that lasts counts once."""
    alarms = 0
    for number in range(papers):
        history = paper(Random(f"{seed}-{number}"), _rate(number, papers), days)
        said = [bool(_judged(history, n)) for n in range(BEFORE, days)]
        alarms += sum(now and not before for before, now in zip([False, *said], said, strict=False))
    return alarms / (papers * (days - BEFORE) / _MONTH)


def found_after(papers: int, change: Change, least: float, seed: int = 4) -> list[int | None]:
    """Days until a change was said, in papers of at least so many articles a day; None: never."""
    found: list[int | None] = []
    for number in range(papers):
        if (rate := _rate(number, papers)) < least:
            continue
        history = paper(Random(f"{seed}-{number}"), rate, 60 + _FOLLOWED)
        history[60:] = map(change, history[60:])
        days = (n - 59 for n in range(60, len(history)) if _judged(history, n))
        found.append(next(days, None))
    return found


def _judged(history: Sequence[SiteDay], last: int) -> bool:
    return bool(drifts(history[max(0, last + 1 - LATELY - BEFORE) : last + 1]))


def _rate(number: int, papers: int) -> float:
    return exp(log(0.3) + (log(150) - log(0.3)) * number / max(1, papers - 1))


def report(papers: int = 63, days: int = 365) -> Iterator[str]:
    """A table in Markdown, and the false alarms."""
    yield "| change | papers from 3 articles a day | found | days, median | days, most |"
    yield "|---|---|---|---|---|"
    for name, change in CHANGES.items():
        all_of_them = found_after(papers, change, 3)
        said = [days for days in all_of_them if days is not None]
        share = len(said) / len(all_of_them)
        yield f"| {name} | {len(all_of_them)} | {share:.0%} | {median(said):.0f} | {max(said)} |"
    yield ""
    yield f"All papers: {false_alarms(papers, days):.3f} false alarms a paper and month."


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
