"""``python -m bench``: run every measurement and rewrite ``docs/benchmarks.md``."""

from __future__ import annotations

import argparse
import io
import platform
import sqlite3
from contextlib import redirect_stdout
from importlib.metadata import version
from pathlib import Path

from bench import crawl, dating, drift, layouts, silence
from bench.extraction.comparison import CORPUS, report

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
_HEAD = """# Benchmarks

Made by `make bench` (`python -m bench`). Machines differ and are noisy, so what counts is the ratio
to a peer or a limit measured in the same run; the absolute figures only show the order of size.

Python {python}, Scrapy {scrapy}, lxml {lxml}, SQLite {sqlite}, dateparser {dateparser}.

## The whole job against bare Scrapy

`python -m bench.crawl {articles}`: the three demo papers with {articles:,} articles each, served
on loopback by another process. *Bare Scrapy* fetches the article pages with Scrapy's own settings
and reads nothing. The *whole job* finds the articles in feeds, a sitemap and section pages, fetches
them, reads every field, cleans, dates, stores them with versions and ledger, fills both search
indexes and keeps the page as received. Pages are articles; what else is fetched counts against the
whole job. CPU is user and system time of the whole process, start included.

{crawl}

## Reading pages

`python -m bench.extraction`: ours beside the libraries that others read pages with, each in an
environment of its own. *Ours* takes the layout where the address is one of our papers', else the
generic reader. `zyte` is the Scrapinghub benchmark of article extraction, `wcxb_dev` the articles
of the Web Content Extraction Benchmark, the sets `vn_` Vietnamese pages with answers read by hand.
F1 is that of shingles of four tokens. A leak is the share of captions, related headlines and
signatures that stand in the text: lower is better. × parse is the cost in units of one `lxml.html`
parse of the same pages in the same process.

{extraction}
`python -m bench.layouts`: the layouts alone, on the saved pages of papers that one reads; limit: 2
parses, and 15 times trafilatura's pages in a CPU second.

{layouts}

## Reading dates

`python -m bench.dating`: every printed form beside dateparser with `languages=["vi"]`, dateutil and
htmldate.

```
{dating}
```

## Noticing a paper that has fallen silent

`python -m bench.silence`: 63 simulated papers over a year, crawled once a day, with weekends, Tết,
bursts, late articles, backfills and days on which the crawl was down; then each of them falling
silent seven times, once on every day of the week, with the crawl running and not around Tết. Days
are silent days until the crawl that says so. Limits: less than 1 false alarm a paper and month;
within 2 days.

{silence}

## Noticing pages that have changed

`python -m bench.drift`: the pages of the same papers over a year, whose fields come and go from day
to day and over weeks; then one thing is lost for good. Days until it is said.

{drift}
"""


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--articles", type=int, default=1000, help="articles of each demo paper")
    parser.add_argument("--rounds", type=int, default=5, help="pairs of crawls")
    options = parser.parse_args()
    print(f"Crawling {options.rounds} times …", flush=True)
    compared = crawl.report(crawl.compare(options.articles, options.rounds))
    print(compared, flush=True)
    printed = io.StringIO()
    with redirect_stdout(printed):
        dating.main([])
    print(printed.getvalue())
    tables = (
        "\n".join(report(CORPUS)) if CORPUS.is_dir() else "Not measured: no sets of pages here.\n"
    )
    print(tables, flush=True)
    watched, changed = ("\n".join(each.report()) for each in (silence, drift))
    print(f"{watched}\n\n{changed}", flush=True)
    PAGE.write_text(
        _HEAD.format(
            python=platform.python_version(),
            scrapy=version("scrapy"),
            lxml=version("lxml"),
            sqlite=sqlite3.sqlite_version,
            dateparser=version("dateparser"),
            articles=options.articles,
            crawl=compared,
            extraction=tables,
            layouts="\n".join(layouts.report()),
            dating=printed.getvalue().rstrip(),
            silence=watched,
            drift=changed,
        ),
        encoding="utf-8",
    )
    print(f"Written: {PAGE.relative_to(PAGE.parents[1])}")


if __name__ == "__main__":
    main()
