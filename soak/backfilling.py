"""A backfill that is killed again and again: the whole paper, and no page asked for twice."""

from __future__ import annotations

import signal
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

from baolangson_crawler.backfilling import Bounds
from baolangson_crawler.backfilling.steps import Order
from baolangson_crawler.demo import DONG_XANH, NUI_XANH, DemoPaper
from baolangson_crawler.demo.addresses import parsed
from soak.crawls import Ending, Plan, RunningCrawl, crawl
from soak.report import Part, Tell
from soak.served import ServedPapers
from soak.truth import differences

PAPERS = (NUI_XANH, DONG_XANH)
"""Sitemaps by month, with addresses that are redirected; section pages without a day."""

_POLL = 0.02  # seconds
_PATIENCE = 60.0  # seconds in which a killed crawl asked for nothing


@dataclass(slots=True)
class _Count:
    """What a paper was asked for, over all crawls of one archive."""

    paper: DemoPaper
    before: Counter[str] = field(default_factory=Counter)
    """Asked for by crawls that ended, by address."""

    now: Counter[str] = field(default_factory=Counter)
    again: list[set[object]] = field(default_factory=list)
    """By crawl, the pages that an earlier one, or it itself, had asked for."""

    def ask(self, served: ServedPapers) -> int:
        """Requests of the crawl that runs."""
        self.now += Counter(
            {target: n for (_, target), n in served.asked().items() if target != "/robots.txt"}
        )
        return self.now.total()

    def end(self) -> None:
        """The crawl is over."""
        twice = {
            target
            for target, times in self.now.items()
            # the end of a list is asked for twice, as its absence is doubted
            if target in self.before or (times > 1 and isinstance(self._page(target), int))
        }
        self.again.append({self._page(target) for target in twice})
        self.before += self.now
        self.now = Counter()

    def _page(self, target: str) -> object:
        """An article, whichever of its addresses is asked for; else the address of a list."""
        article = parsed(self.paper, urlsplit(target).path)
        return article[0] if article else target


def backfill_killed(
    articles: int,
    kills: int,
    tell: Tell,
    order: Order = "newest",
    papers: Sequence[DemoPaper] = PAPERS,
) -> Part:
    """Kill the backfill of each paper so often, at random moments, then let it come to its end."""
    part = Part(f"backfill killed {kills} times")
    for paper in papers:
        _kill(replace(paper, articles=articles), kills, order, part, tell)
    return part.done()


def _kill(paper: DemoPaper, kills: int, order: Order, part: Part, tell: Tell) -> None:
    random = Random(f"{paper.key} {paper.articles} {order}")
    moments = sorted(random.sample(range(1, paper.articles), kills))
    with tempfile.TemporaryDirectory(prefix="soak-") as name, ServedPapers((paper,)) as served:
        archive = Path(name) / "articles.db"
        plan = Plan(
            archive=archive,
            proxy_url=served.proxy_url,
            sites=(paper.key,),
            bounds=Bounds(order=order),
            settings={"DAILY_REQUESTS": None},  # a paper of 20,000 takes more than a day's budget
        )
        count = _Count(paper)
        for number, moment in enumerate(moments, 1):
            _run_until(plan, moment - count.before.total(), served, count, random)
            tell(f"{paper.key}: killed {number} times, {count.before.total()} requests")
        ending = _to_the_end(plan, served, count)
        part.require(ending.code == 0, f"{paper.key}: it ended with {ending.code}: {ending.output}")
        whole = count.before.total()
        again = _to_the_end(plan, served, count)
        part.require(again.code == 0, f"{paper.key}: a further one ended with {again.code}")
        part.require(
            count.before.total() == whole,
            f"{paper.key}: a further backfill asked for {count.before.total() - whole} pages",
        )
        for fault in differences(archive, (paper,)):
            part.faults.append(f"{paper.key}: {fault}")
        _tell(part, paper, kills, count)


def _run_until(
    plan: Plan, requests: int, served: ServedPapers, count: _Count, random: Random
) -> None:
    """Backfill until so many requests have come, and a moment longer; then SIGKILL."""
    running = RunningCrawl(plan)
    end = time.monotonic() + _PATIENCE
    while running.runs(_POLL) and count.ask(served) < requests and time.monotonic() < end:
        pass
    time.sleep(random.random() * _POLL)
    running.signal(signal.SIGKILL)
    running.end()
    count.ask(served)
    count.end()


def _to_the_end(plan: Plan, served: ServedPapers, count: _Count) -> Ending:
    ending = crawl(plan)
    count.ask(served)
    count.end()
    return ending


def _tell(part: Part, paper: DemoPaper, kills: int, count: _Count) -> None:
    again = [len(pages) for pages in count.again]
    part.figure(f"{paper.key}: articles", f"{paper.articles:,}")
    part.figure(f"{paper.key}: requests", f"{count.before.total():,}")
    part.figure(f"{paper.key}: pages asked for again", f"{sum(again)} after {kills} kills")
    # the one that was under way when it was killed, and one that had come and was not written yet
    part.require(
        max(again) <= 2,
        f"{paper.key}: a backfill asked again for {max(again)} pages: "
        f"{next(pages for pages in count.again if len(pages) == max(again))}",
    )
