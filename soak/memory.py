"""The most memory that a crawl takes, from a thousand pages to fifty thousand."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from soak.crawls import Ending, Plan, crawl
from soak.report import Part, Tell
from soak.served import ServedPapers
from soak.truth import sized

_FLAT = 0.10  # of the peak of the smallest crawl
_SAMPLES = 5  # of the memory that are shown of each crawl


def memory(sizes: Sequence[int], tell: Tell, *, trace: bool = False) -> Part:
    """Crawl papers of each size into a new archive; with ``trace``, tell where memory grows."""
    part = Part("memory")
    peaks = []
    for articles in sizes:
        ending = _crawled(articles, trace=trace)
        peaks.append(ending.peak_mb)
        rate = ending.new / ending.seconds
        growth = " → ".join(f"{mb:.0f}" for _, mb in _spread(ending.samples))
        figure = f"{ending.peak_mb:.0f} MB at most; {rate:.0f} pages/s; on the way {growth} MB"
        part.figure(f"{ending.new:,} pages", figure)
        tell(f"{ending.new:,} pages: {figure}")
        part.require(ending.code == 0, f"{articles:,} articles: {ending.code}, {ending.output}")
        expected = sum(paper.articles for paper in sized(articles))
        part.require(ending.new == expected, f"{ending.new:,} of {expected:,} articles are stored")
        if trace:
            tell(ending.output)
    off = max(abs(peak / peaks[0] - 1) for peak in peaks)
    part.figure("most that a peak differs from the first", f"{off:.0%}")
    part.require(
        off <= _FLAT,
        f"the peak of {sizes[-1]:,} pages is {peaks[-1]:.0f} MB, that of {sizes[0]:,} pages "
        f"{peaks[0]:.0f} MB",
    )
    return part.done()


def _crawled(articles: int, *, trace: bool) -> Ending:
    papers = sized(articles)
    with tempfile.TemporaryDirectory(prefix="soak-") as name, ServedPapers(papers) as served:
        return crawl(
            Plan(
                archive=Path(name) / "articles.db",
                proxy_url=served.proxy_url,
                sample_seconds=0.5,
                tracemalloc=trace,
            ),
            patience=3600,
        )


def _spread(samples: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    """Some of the samples, evenly spread."""
    last = len(samples) - 1
    return [samples[round(n * last / (_SAMPLES - 1))] for n in range(_SAMPLES)] if samples else []
