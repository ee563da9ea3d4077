"""Hide parts of simulated papers, and see how much of them the estimate finds missing.

Run from the project's root:

    python -m bench.coverage [--articles N] [--papers N]
    python -m bench.coverage --speed [--articles N] [--addresses N]

The papers print for twelve years: fewer at weekends and at Tết, more from year to year, in bursts.
Numbers are given out to drafts and pictures too, so that only part of them are articles. What is
known of a paper is everything, less what a scenario hides; its last eight weeks were watched by
crawls. Every figure comes from fixed seeds.
"""

from __future__ import annotations

import argparse
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter

from baolangson_crawler.holdings import YearEstimate
from baolangson_crawler.monitoring.holidays import output_on
from baolangson_crawler.storage.coverage import coverage
from baolangson_crawler.storage.opening import open_reading, open_writing

FIRST, LAST = date(2014, 3, 1), date(2026, 2, 28)
WATCHED = LAST - timedelta(56)
SECTIONS = "thoi-su kinh-te xa-hoi van-hoa the-thao phap-luat du-lich quoc-te".split()
SITE = "giabao"


@dataclass(frozen=True, slots=True)
class Printed:
    """One article of the truth."""

    number: str
    """Its id."""

    day: date
    section: str


def paper(
    seed: int, articles: int = 20_000, *, share: float = 0.7, ids: str = "rising"
) -> list[Printed]:
    """A paper's articles in the order of printing.

    Args:
        seed: of chance.
        articles: how many, about.
        share: of the numbers that are articles.
        ids: ``rising``; ``leap``: the numbering leaps ahead once; ``hash``: they follow nothing.
    """
    random = Random(seed)
    days = [FIRST + timedelta(n) for n in range((LAST - FIRST).days + 1)]
    weights = [_weight(random, n / len(days), day) for n, day in enumerate(days)]
    scale = articles / sum(weights)
    printed, number = [], 1000
    for day, weight in zip(days, weights, strict=True):
        if ids == "leap" and day == date(2021, 7, 1):
            number += 400_000
        for _ in range(_poisson(random, weight * scale)):
            number += 1
            while random.random() >= share:
                number += 1
            shown = f"{day:%Y%m}-{random.randrange(16**7):07x}" if ids == "hash" else str(number)
            printed.append(Printed(shown, day, random.choice(SECTIONS)))
    return printed


def _weight(random: Random, passed: float, day: date) -> float:
    weekend = (1.0, 1.0, 1.0, 1.0, 1.0, 0.7, 0.5)[day.weekday()]
    return (0.5 + passed) * weekend * output_on(day) * random.gammavariate(8, 1 / 8)


def _poisson(random: Random, mean: float) -> int:
    """A Poisson number, by the pauses between events."""
    count, passed = 0, random.expovariate(1.0)
    while passed < mean:
        count += 1
        passed += random.expovariate(1.0)
    return count


# --- Scenarios ---------------------------------------------------------------------------

Hidden = Callable[[Printed, Random], bool]


def _before_watch(hidden: Hidden) -> Hidden:
    return lambda article, random: article.day < WATCHED and hidden(article, random)


SCENARIOS: dict[str, Hidden] = {
    "nothing": lambda article, random: False,
    "30 % by chance": _before_watch(lambda article, random: random.random() < 0.3),
    "70 % by chance": _before_watch(lambda article, random: random.random() < 0.7),
    "a whole year": lambda article, random: article.day.year == 2019,
    "six years": lambda article, random: 2015 <= article.day.year <= 2020,
    "a section, before the watch": _before_watch(lambda a, _: a.section == "kinh-te"),
    "a section, always": lambda article, random: article.section == "kinh-te",
}
"""Whether a scenario hides an article."""


def fill(
    conn: sqlite3.Connection,
    articles: Sequence[Printed],
    *,
    site: str = SITE,
    waiting: Sequence[Printed] = (),
    watched: date | None = WATCHED,
) -> None:
    """Write articles as held, and others as waiting, into an archive."""
    conn.execute(
        "INSERT INTO site (key, name, province, domains, family, verified) "
        "VALUES (?, ?, 'Lạng Sơn', '[]', 'zce', 'own')",
        (site, f"Báo {site}"),
    )
    now = "2026-03-01T00:00:00Z"
    conn.executemany(
        "INSERT INTO article (key, site, paper, site_article_id, title, published_at, "
        "published_precision, language, url, canonical_url, layout, word_count, image_count, "
        "version_count, first_seen_at, last_seen_at) "
        "VALUES (?1, ?2, ?2, ?3, 'Tin', ?4, 'minute', 'vi', ?5, ?5, 'zce', 100, 1, 1, ?6, ?6)",
        (
            (f"{site}:{a.number}", site, a.number, f"{a.day}T08:00:00+07:00", _url(site, a), now)
            for a in articles
        ),
    )
    conn.execute(
        "INSERT INTO url (url, site, kind, key, state, article_id, discovered_at) "
        "SELECT url, site, 'article', key, 'done', id, first_seen_at FROM article WHERE site = ?",
        (site,),
    )
    conn.executemany(
        "INSERT INTO url (url, site, kind, key, state, discovered_at) "
        "VALUES (?, ?, 'article', ?, 'pending', ?)",
        ((_url(site, a), site, f"{site}:{a.number}", now) for a in waiting),
    )
    if watched:
        conn.execute(
            "INSERT INTO site_day (site, day, crawls) VALUES (?, ?, 1)", (site, str(watched))
        )


def _url(site: str, article: Printed) -> str:
    return f"https://{site}.example/{article.section}/bai-viet-post{article.number}.html"


@dataclass(frozen=True, slots=True)
class Result:
    """How well one estimate meets the truth."""

    known: float
    """Share of the paper's articles that is known."""

    estimated: float
    """All articles estimated, by all that there are."""

    year_error: float
    """Mean error of a year, by the articles of a mean year."""

    inside: float
    """Share of the years whose truth lies between the bounds."""


def judged(truth: Sequence[Printed], found: Sequence[YearEstimate], known: int) -> Result:
    """An estimate beside the truth."""
    years = Counter(article.day.year for article in truth)
    by_year = {each.year: each for each in found}
    errors = [abs(by_year[year].expected - count) for year, count in years.items()]
    within = [
        by_year[year].expected_low <= count <= by_year[year].expected_high
        for year, count in years.items()
    ]
    return Result(
        known=known / len(truth),
        estimated=sum(each.expected for each in found) / len(truth),
        year_error=sum(errors) / len(truth),
        inside=sum(within) / len(within),
    )


def result(seed: int, articles: int, scenario: str, *, ids: str = "rising") -> Result:
    """One scenario on one paper."""
    truth = paper(seed, articles, ids=ids)
    random = Random(seed)
    kept = [article for article in truth if not SCENARIOS[scenario](article, random)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "articles.db"
        db = open_writing(path)
        with db.atomic():
            fill(db.conn, kept)
        found = coverage(db.conn, SITE).estimates
        db.close()
    return judged(truth, found, len(kept))


def report(papers: int, articles: int) -> list[str]:
    """The table of all scenarios."""
    lines = [
        "| Numbers | Hidden | Known | Estimated | Error of a year | Years inside the bounds |",
        "|---|---|---|---|---|---|",
    ]
    for ids in ("rising", "leap", "hash"):
        for scenario in SCENARIOS:
            results = [result(seed, articles, scenario, ids=ids) for seed in range(papers)]
            means = (
                sum(getattr(each, name) for each in results) / papers
                for name in ("known", "estimated", "year_error", "inside")
            )
            lines.append(f"| {ids} | {scenario} | {' | '.join(f'{m:.1%}' for m in means)} |")
    return lines


# --- Speed -------------------------------------------------------------------------------


def speed(path: Path, articles: int, addresses: int, sites: int) -> list[str]:
    """Build an archive of so many articles and addresses, and summarise it."""
    db = open_writing(path)
    with db.atomic():
        for number in range(sites):
            printed = paper(number, addresses // sites)
            held = len(printed) * articles // addresses
            fill(db.conn, printed[:held], site=f"bao{number}", waiting=printed[held:])
    db.close()
    db = open_reading(path)
    rows = [
        db.conn.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("article", "url")
    ]
    started = perf_counter()
    for number in range(sites):
        coverage(db.conn, f"bao{number}")
    seconds = perf_counter() - started
    db.close()
    return [f"{rows[0]:,} articles, {rows[1]:,} addresses, {sites} papers: {seconds:.1f} s"]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.coverage")
    parser.add_argument("--articles", type=int, default=20_000, help="of each paper")
    parser.add_argument("--papers", type=int, default=5)
    parser.add_argument("--speed", action="store_true", help="measure the speed instead")
    parser.add_argument("--addresses", type=int, default=30_000, help="with --speed, of each paper")
    options = parser.parse_args()
    if not options.speed:
        print("\n".join(report(options.papers, options.articles)))
        return
    with TemporaryDirectory() as folder:
        totals = (options.articles * options.papers, options.addresses * options.papers)
        print("\n".join(speed(Path(folder) / "articles.db", *totals, options.papers)))


if __name__ == "__main__":
    main()
