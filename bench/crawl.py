"""CPU of the whole job against bare Scrapy fetching the same pages, in one run.

The whole job discovers, fetches, reads, cleans, dates, stores, indexes for search and keeps the
page. Both fetch from the demo papers, served by a process of their own whose CPU is not counted.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TARGET = 2.0
"""CPU a page, in units of bare Scrapy's."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One run."""

    pages: int
    cpu: float
    """Seconds of user and system time of the process."""

    wall: float
    peak_mb: float

    @property
    def ms(self) -> float:
        """CPU milliseconds a page."""
        return 1000 * self.cpu / self.pages


@dataclass(frozen=True, slots=True)
class Comparison:
    """Pairs of runs, bare and whole in turn."""

    bare: tuple[Measured, ...]
    whole: tuple[Measured, ...]

    @property
    def ratio(self) -> float:
        """Median over the pairs of whole job to bare Scrapy, CPU a page."""
        pairs = zip(self.whole, self.bare, strict=True)
        return statistics.median(whole.ms / bare.ms for whole, bare in pairs)


def compare(articles: int, rounds: int) -> Comparison:
    """Measure ``rounds`` pairs on three papers of ``articles`` articles each."""
    with tempfile.TemporaryDirectory() as name, _papers(articles) as proxy:
        folder = Path(name)
        urls = folder / "urls.txt"
        warm = _whole(folder / "warm.db", proxy, articles)
        urls.write_text("\n".join(_addresses(folder / "warm.db")))
        _bare(urls, proxy, warm.pages)
        bare, whole = [], []
        for number in range(rounds):
            bare.append(_bare(urls, proxy, warm.pages))
            whole.append(_whole(folder / f"{number}.db", proxy, articles))
    return Comparison(tuple(bare), tuple(whole))


@contextmanager
def _papers(articles: int) -> Iterator[str]:
    """Serve the demo papers in another process; yields the address of the proxy."""
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "baolangson_crawler.demo",
            "--port",
            "0",
            "--articles",
            str(articles),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        for line in server.stdout:
            if match := re.search(r"http://127\.0\.0\.1:\d+", line):
                yield match[0]
                return
        raise RuntimeError("The demo papers did not start.")
    finally:
        server.terminate()
        server.wait()
        if server.stdout:
            server.stdout.close()


def _addresses(archive: Path) -> list[str]:
    import sqlite3

    db = sqlite3.connect(archive)
    found = [url for (url,) in db.execute("SELECT url FROM article ORDER BY id")]
    db.close()
    return found


def _whole(archive: Path, proxy: str, articles: int) -> Measured:
    sites = Path(__file__).parents[1] / "baolangson_crawler" / "demo" / "sites"
    code = (
        "from pathlib import Path; from baolangson_crawler.crawling import crawl; "
        "from baolangson_crawler.cli.demo import DEMO_SETTINGS; "
        "from baolangson_crawler.sites import load_sites; "
        f"report = crawl(list(load_sites([{str(sites)!r}], builtin=False, environment=False)), "
        f"Path({str(archive)!r}), settings=DEMO_SETTINGS); "
        "print(report.new)"
    )
    measured = _measure(["-c", code], proxy)
    assert measured.pages == 3 * articles, measured
    return measured


def _bare(urls: Path, proxy: str, pages: int) -> Measured:
    measured = _measure(["-m", "bench.bare", str(urls)], proxy)
    assert measured.pages == pages, measured
    return measured


def _measure(arguments: list[str], proxy: str) -> Measured:
    """Run Python and take what the system says of the finished process."""
    import time

    environment = {**os.environ, "http_proxy": proxy}
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, *arguments], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert process.stdout is not None
    output = process.stdout.read()
    process.stdout.close()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{arguments} ended with {process.returncode}: {output}")
    return Measured(
        pages=int(output.split()[-1]),
        cpu=usage.ru_utime + usage.ru_stime,
        wall=time.monotonic() - started,
        peak_mb=usage.ru_maxrss / 1024,
    )


def report(comparison: Comparison) -> str:
    """The comparison as a table in Markdown."""
    lines = [
        "| | pages | CPU ms a page (min / median / max) | peak MB |",
        "|---|---|---|---|",
    ]
    for name, runs in (("bare Scrapy", comparison.bare), ("whole job", comparison.whole)):
        ms = sorted(run.ms for run in runs)
        peak = max(run.peak_mb for run in runs)
        lines.append(
            f"| {name} | {runs[0].pages:,} | {ms[0]:.2f} / {statistics.median(ms):.2f} / "
            f"{ms[-1]:.2f} | {peak:.0f} |"
        )
    lines.append("")
    lines.append(
        f"Whole job : bare Scrapy = **{comparison.ratio:.2f}** (median of the pairs; "
        f"to reach: ≤ {TARGET})."
    )
    return "\n".join(lines)


if __name__ == "__main__":
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    print(report(compare(size, rounds=3)))
