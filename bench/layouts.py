"""Time the layouts on saved pages of papers, beside one ``lxml.html`` parse and trafilatura.

Run from the project's root:

    python -m bench.layouts [--rounds N]

The three are timed in turn on the same page in the same process, because a shared machine changes
its pace from one second to the next; what counts is the median of the ratios.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median

from lxml import html as lxml_html

from baolangson_crawler.sites import load_sites

PAGES = Path(__file__).parents[2] / "shared" / "corpus" / "pages"
SAVED = {
    "baocantho.com.vn/a196670.html": "https://baocantho.com.vn/tap-trung-a196670.html",
    "baolaocai.vn/post404649.html": "https://baolaocai.vn/song-dep-post404649.html",
}
"""The saved pages that a layout reads → an address of each."""

_SELDOM = 10  # rounds between two readings by trafilatura, which takes twenty times as long


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a line for each page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=200)
    rounds = parser.parse_args(arguments).rounds
    for line in report(rounds):
        print(line, flush=True)


def report(rounds: int = 200) -> Iterator[str]:
    """A table in Markdown."""
    if not PAGES.is_dir():
        yield "Not measured: no saved pages here."
        return
    yield "| page | kB | layout ms | × `lxml.html` parse | trafilatura : layout |"
    yield "|---|---|---|---|---|"
    for name, url in SAVED.items():
        text = (PAGES / name).read_text(encoding="utf-8")
        layout, parses, times = _compare(text, url, rounds)
        size = len(text.encode()) / 1000
        yield f"| {name} | {size:.0f} | {layout * 1000:.2f} | {parses:.2f} | {times:.1f} |"


def _compare(text: str, url: str, rounds: int) -> tuple[float, float, float]:
    """Median seconds of the layout, in parses of the page, and how often trafilatura's time."""
    from trafilatura import bare_extraction

    site = load_sites(environment=False).for_url(url)
    assert site is not None
    parse, layout, peer = [], [], []
    for number in range(rounds):
        parse.append(_seconds(lambda: lxml_html.fromstring(text)))
        layout.append(_seconds(lambda: site.extract(text, url)))
        if number % _SELDOM == 0:
            peer.append(_seconds(lambda: bare_extraction(text, url=url, with_metadata=True)))
    ratios = (ours / unit for ours, unit in zip(layout, parse, strict=True))
    return median(layout), median(ratios), median(peer) / median(layout)


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    main()
