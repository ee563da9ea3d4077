"""The spider of a backfill: step by step through the plan, and the articles that it brings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from baolangson_crawler import clock
from baolangson_crawler.backfilling import (
    NO_ARTICLE,
    BackfillVisit,
    Bounds,
    Numbers,
    Period,
    Step,
    of_files,
    plan,
)
from baolangson_crawler.backfilling.steps import Order
from baolangson_crawler.dating import VIETNAM
from baolangson_crawler.discovery import sitemap_content
from baolangson_crawler.items import Link, Visit
from baolangson_crawler.judging import Closing, Verdict
from baolangson_crawler.scheduler import LedgerScheduler
from baolangson_crawler.sites.base import Site
from baolangson_crawler.sites.sources import Asked, Walked
from baolangson_crawler.spiders.archiving import Output
from baolangson_crawler.spiders.newspaper import NewspaperSpider
from baolangson_crawler.spiders.numbers import judged
from baolangson_crawler.spiders.responses import failure_of
from baolangson_crawler.storage.archive import Archive
from baolangson_crawler.storage.backfill import first, steps
from baolangson_crawler.storage.backfill import numbers as numbers_of
from baolangson_crawler.storage.frontier import BACKFILL, Wanted
from baolangson_crawler.storage.sources import site_sources

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_DEPTH = 3  # of indexes of indexes
_WORDS = ("answered", "failed_requests", "robots_unavailable", "robots_disallowed")


class BackfillSpider(NewspaperSpider):
    """Looks for the old articles of its sites, in the order that the bounds ask for.

    Where it is stands in the archive alone: each step is written together with what it gave.
    """

    watches = False

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._bounds = Bounds()
        self._today = datetime.now(VIETNAM).date()
        self._under_way: dict[str, set[str]] = defaultdict(set)
        """By site, the steps that were asked for and not answered."""
        self._sources: dict[str, list[Asked]] = {}
        """By site, those that are given, else those that a crawl has found."""
        self._numbers: dict[str, Numbers] = {}
        self._numbers_asked: dict[str, list[int]] = defaultdict(list)
        """By site, the numbers of the last bunch."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Made by Scrapy."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider._bounds = Bounds(**crawler.settings.getdict("BACKFILL"))
        spider._walks.since = spider._bounds.since
        spider._walks.afresh = True  # page after page is a step of the plan
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """The sitemaps that were not read yet; all else comes through the scheduler."""
        archive = self.open_archive()
        archive.frontier.bounds = self._bounds
        scheduler = self.crawler.engine.scheduler
        for site in self.sites:
            sources = site_sources(archive.conn, site.key, site.asked)
            self._sources[site.key] = sources
            archive.plans.begin(site.key, plan.steps(site, self._today, sources))
            if isinstance(scheduler, LedgerScheduler):
                scheduler.lane(f"https://{site.domains[0]}/")
            for step in steps(archive.conn, site.key):
                if step.kind == "sitemap" and step.position == 0 and step.state == "waiting":
                    yield self._step_request(site, step)

    # --- What is next ----------------------------------------------------------------------

    def backfill_requests(self, site: Site, most: int) -> list[Request]:
        """The step whose turn it is, or the next articles; none while a step is under way.

        Args:
            site: of this crawl.
            most: articles at once.
        """
        archive = self.archive
        if archive is None or self._under_way[site.key]:
            return []
        archive.flush()
        step = self._next_step(archive, site)
        waits = first(archive.conn, site.key, self._bounds)
        if step and step.kind != "numbers":
            if waits is None or self._bounds.step_first(step, waits.day):
                return [self._step_request(site, step)]
        elif step and waits is None:
            self._ask_numbers(archive, site, step)
        due = archive.take(Wanted(site.key, BACKFILL, most), clock.now())
        return [self.article_request(address.url, BACKFILL) for address in due]

    def _next_step(self, archive: Archive, site: Site) -> Step | None:
        sources = self._sources.get(site.key)
        lists = plan.lists(site, self._today, sources)
        uses_numbers = plan.uses_numbers(site, self._today, sources, wanted=self._bounds.ids)
        return self._bounds.next_step(
            step
            for step in steps(archive.conn, site.key)
            if (step.kind != "list" or step.address in lists)
            and (step.kind != "numbers" or self._is_wanted(step, uses_numbers))
        )

    def _is_wanted(self, step: Step, uses_numbers: bool) -> bool:
        # newest-first one walk goes through the gaps and beyond them
        return uses_numbers and not (
            step.address == plan.OLDEST_NUMBERS and self._bounds.order == "newest"
        )

    def _ask_numbers(self, archive: Archive, site: Site, step: Step) -> None:
        """Let the next numbers wait, until one does or the walk is over."""
        numbers = self._numbers.get(site.key)
        if numbers is None:
            numbers = self._numbers[site.key] = numbers_of(archive.conn, site)
        archive.plans.learn(site, numbers, self._numbers_asked.pop(site.key, ()))
        order: Order = "oldest" if step.address == plan.OLDEST_NUMBERS else "newest"
        position = step.position or numbers.start(order)
        if not position:
            return  # nothing is known to begin from
        asked, position = numbers.bunch(position, order)
        if not position:
            step = replace(step, state="done")
        step = replace(step, position=position, requests=step.requests + len(asked))
        archive.plans.ask(site, step, asked)
        self._numbers_asked[site.key] = asked

    def _step_request(self, site: Site, step: Step) -> Request:
        if step.kind == "sitemap":
            request = self._request(step.address, self.parse_sitemap, "sitemap")
        else:
            lists = plan.lists(site, self._today, self._sources.get(site.key))
            listing = lists[step.address].listing
            request = self._listing_request(listing, step.position)
        request.meta.update(step=step, rank=BACKFILL)
        self._under_way[site.key].add(step.address)
        return request

    def idle(self) -> None:
        """Nothing is searched for beside the plan."""

    # --- What came -------------------------------------------------------------------------

    def parse(self, response: Response) -> Output:
        """An article page; of one that was asked for by its number alone, whether it is that."""
        for output in super().parse(response):
            yield self._article(output, response) if isinstance(output, Visit) else output

    def parse_listing(self, response: Response, source: Walked, page: int) -> Output:
        """One page of a list; the next one is a step of its own, so that nothing is asked twice."""
        visit, further = _apart(super().parse_listing(response, source, page))
        step: Step = response.meta["step"]
        on = None
        if further and further[0].cb_kwargs["page"] == page:
            on = further  # its absence is doubted
        elif visit.failure == "end_of_list" or visit.walk == "complete":
            step = replace(step, state="done")
        elif visit.failure:
            on = further  # asked once more
        elif not visit.links and not further:
            step = replace(step, state="failed")  # broken off: it was no page of the paper
        else:
            step = replace(step, position=page + 1)
            if not further and page - source.first + 1 >= self._walks.most_pages:
                step = replace(step, state="done")
            elif not further:
                step = replace(step, left_at=self._bounds.since)
        yield from self._stepped(replace(visit, walk=None, walk_state=None), step, on)

    def parse_sitemap(self, response: Response, depth: int = 0, root: str = "") -> Output:
        """A sitemap file, or an index, whose files become steps."""
        content = sitemap_content(b"" if failure_of(response) else response.body, response.url)
        visit, further = _apart(self._from_source(response, "sitemap", lambda: content.pages))
        step: Step = response.meta["step"]
        if visit.failure is None:
            files = self._files(step, content.sitemaps) if step.position < _DEPTH else ()
            yield from self._stepped(visit, replace(step, state="done"), None, tuple(files))
            return
        yield from self._stepped(visit, step, further)

    def _files(self, index: Step, files: list[Link]) -> Iterator[Step]:
        for file, period in zip(files, of_files(files, self._today), strict=True):
            since, until = period if period.until else Period(index.since, index.until)
            yield Step(
                address=file.url,
                kind="sitemap",
                since=since,
                until=until,
                position=index.position + 1,
            )

    def failed(self, failure: Failure) -> Output:
        """As of every crawl; a step that is not asked once more has failed."""
        request: Request = failure.request  # type: ignore[attr-defined]
        step: Step | None = request.meta.get("step")
        outputs = list(super().failed(failure))
        for visit in outputs:
            if not isinstance(visit, Visit):
                continue
            if step is None:
                yield self._article(visit, None)
                continue
            further = [output for output in outputs if isinstance(output, Request)]
            yield from self._stepped(replace(visit, walk=None), step, further)

    def _stepped(
        self,
        visit: Visit,
        step: Step,
        again: list[Request] | None,
        files: tuple[Step, ...] = (),
    ) -> Output:
        """The visit of a step, with the step as it stands now.

        Args:
            visit: as the crawl notes it.
            step: where it goes on, unless it failed.
            again: of one that failed, the request for another try, if there is one.
            files: further steps.
        """
        step = replace(step, requests=step.requests + 1, found=step.found + len(visit.links))
        if again:
            request = again[0]
            request.meta["step"] = step
        else:
            self._under_way[visit.site].discard(step.address)
            if again is not None:
                step = replace(step, state="failed")
        yield BackfillVisit.of(visit, step=step, steps=files)
        yield from again or ()

    def _article(self, visit: Visit, response: Response | None) -> Visit:
        site = self.site_of(visit.url)
        noted = judged(site, visit, response) if site else BackfillVisit.of(visit)
        if site and noted.failure == NO_ARTICLE:
            self._count(site, NO_ARTICLE)
        return noted

    # --- What is said of it ----------------------------------------------------------------

    def verdict(self, site: Site, count: Counter[str], closing: Closing | None) -> Verdict:
        """What the numbers say of a site; that nothing was left to ask is no fault of a paper."""
        count = count.copy()
        count["answered"] += count[NO_ARTICLE]
        count["failed_requests"] -= count[NO_ARTICLE]
        told = super().verdict(site, count, closing)
        if closing and closing.reason == "rehearsal" and not told.exit_code:
            return Verdict()
        went_well = not any(count[word] for word in _WORDS[1:]) and not count["held"]
        if told.exit_code and went_well and not count["failed"]:
            return Verdict(0, None if count["answered"] else "Nothing was left to ask for.")
        return told


def _apart(outputs: Iterable[Request | Visit]) -> tuple[Visit, list[Request]]:
    """The visit among what a callback gives, and the requests that follow it."""
    visits, requests = list[Visit](), list[Request]()
    for output in outputs:
        if isinstance(output, Visit):
            visits.append(output)
        else:
            requests.append(output)
    (visit,) = visits
    return visit, requests
