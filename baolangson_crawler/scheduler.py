"""Which request is next: one at a time for each paper, from the ledger, while its pace allows."""

from __future__ import annotations

from collections import deque
from heapq import heappop, heappush
from itertools import count
from time import monotonic
from typing import TYPE_CHECKING, cast

from scrapy import Request
from scrapy.core.scheduler import BaseScheduler

from baolangson_crawler import clock, urls
from baolangson_crawler.addresses import is_reserved_name
from baolangson_crawler.exceptions import ArchiveError
from baolangson_crawler.extensions import ArchivingSpider, stop_with
from baolangson_crawler.judging import Closing
from baolangson_crawler.lanes import Lane, Limits, manners_for, revisits_for
from baolangson_crawler.pacing import HostState, Pace
from baolangson_crawler.sites.base import Site
from baolangson_crawler.storage.frontier import BACKFILL, NEW, REVISIT, UPDATED, Wanted

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from baolangson_crawler.storage.archive import Archive

_BUNCH = {NEW: 50, UPDATED: 10, REVISIT: 10, BACKFILL: 50}  # taken from the ledger at once
_MOST_IN_VAIN = 10  # requests in a row that led to where nothing may be asked
_URGENCY = {NEW: 0, UPDATED: -6, REVISIT: -7, BACKFILL: -8}
"""Rank of an article → priority beside those of lists (``spiders.requests``)."""

_HEARTBEAT = 5.0  # seconds after which the engine asks again, whatever happens


class LedgerScheduler(BaseScheduler):
    """Scrapy's scheduler over the URL ledger.

    What the spider yields (lists, redirects) waits in memory; articles wait in the archive, and are
    taken from it in small bunches, so that a crawl of any size takes the same memory.
    """

    def __init__(self, crawler: Crawler, limits: Limits) -> None:
        self.crawler = crawler
        self.limits = limits
        self.lanes: dict[str, Lane] = {}
        self._turns: deque[Lane] = deque()
        self._number = count()
        self._end = monotonic() + limits.seconds if limits.seconds else None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> LedgerScheduler:
        """Made by Scrapy."""
        settings = crawler.settings
        limits = Limits(
            pages=settings.getint("MAX_PAGES") if settings["MAX_PAGES"] is not None else None,
            seconds=settings.getfloat("MAX_SECONDS") or None,
            rounds=settings.getint("SECOND_TRIES"),
            since=settings["SINCE"],
            ranks=tuple(settings["RANKS"]),
            revisits=revisits_for(settings),
        )
        return cls(crawler, limits)

    @property
    def _archive(self) -> Archive | None:
        return getattr(self.crawler.spider, "archive", None)

    def lane(self, url: str) -> Lane:
        """The lane of an address."""
        name = self._lane_name(url)
        if name not in self.lanes:
            self.lanes[name] = lane = self._open(name, url)
            self._turns.append(lane)
        return self.lanes[name]

    def _lane_name(self, url: str) -> str:
        site_of = getattr(self.crawler.spider, "site_of", None)
        site = site_of(url) if site_of else None
        return urls.bare_host(site.domains[0]) if site else urls.host_of(url)

    def _open(self, name: str, url: str) -> Lane:
        archive = self._archive
        state = archive.host(name) if archive else HostState(name)
        manners = manners_for(self.crawler.settings, url)
        pace = Pace(state, manners)
        pace.begin(clock.seconds())
        sites = tuple(
            site
            for site in getattr(self.crawler.spider, "sites", ())
            if urls.bare_host(site.domains[0]) == name
        )
        is_free = manners.pause == 0 and is_reserved_name(url)
        return Lane(name, pace, sites, is_free)

    def remember(self, lane: Lane) -> None:
        """Keep the pace of a lane with the archive's next batch."""
        if archive := self._archive:
            archive.note_host(lane.pace.state)

    def refused(self, request: Request) -> None:
        """A request was not sent, as the robots.txt of its host cannot be had.

        The paper is left where its lists live there, or what is asked leads there time after time;
        not where the same may be had at another address.
        """
        if request.meta.get("alternative"):
            return
        lane = self.lane(request.meta.get("visit_url", request.url))
        is_list = request.meta.get("kind", "article") != "article"
        lists_wait = bool(lane.waiting and lane.waiting[0][0] < 0)
        lane.in_vain += bool(request.meta.get("redirect_times"))
        if (is_list and not lane.is_read and not lists_wait) or lane.in_vain >= _MOST_IN_VAIN:
            self._close(lane, "robots_unavailable")

    def _close(self, lane: Lane, reason: str) -> None:
        until = lane.pace.state.hold_until if reason == "held" else None
        lane.closed = Closing(reason, until)
        lane.waiting.clear()
        lane.due.clear()

    def judged(self, url: str, reason: str | None) -> None:
        """What an answer was found to be; see ``Pace.judged``."""
        (lane := self.lane(url)).pace.judged(reason)
        if reason is None:
            lane.is_read, lane.in_vain = True, 0

    def closings(self) -> dict[str, Closing]:
        """The sites of which something waits that was not asked for, and why."""
        rehearsal = Closing("rehearsal") if self.limits.pages == 0 else None
        return {
            site.key: closing
            for lane in self.lanes.values()
            if (closing := lane.closed or rehearsal)
            for site in lane.sites
        }

    def enqueue_request(self, request: Request) -> bool:
        """Let a request of the spider wait; whether it may."""
        lane = self.lane(request.url)
        if lane.closed:
            return False
        heappush(lane.waiting, (-request.priority, next(self._number), request))
        return True

    def next_request(self) -> Request | None:
        """The next request of the next lane that may be asked; None if all have to wait."""
        now = clock.seconds()
        for _ in range(len(self._turns)):
            lane = self._turns[0]
            self._turns.rotate(-1)
            if lane.busy is None and (request := self._from(lane, now)):
                lane.busy = request
                return request
        return None

    def has_pending_requests(self) -> bool:
        """Whether something waits that this crawl will ask for."""
        return any(lane.busy is None and self._has_more(lane) for lane in self.lanes.values())

    def release(self, request: Request) -> None:
        """A request of this scheduler is answered, or was not sent."""
        lane = self.lane(request.url)
        if lane.busy is request:
            lane.busy = None

    def _from(self, lane: Lane, now: float) -> Request | None:
        if lane.pace.held_for(now) > _HEARTBEAT and not lane.closing(now):
            return None
        if not self._has_more(lane):
            return None
        if lane.due and self._urgency(lane.due[0]) > lane.urgency():
            lane.asked += lane.due[0].meta["kind"] == "article"
            return lane.due.popleft()
        return heappop(lane.waiting)[2]

    @staticmethod
    def _urgency(request: Request) -> int:
        return _URGENCY[request.meta["rank"]]

    def _has_more(self, lane: Lane) -> bool:
        """Whether the lane has a request; takes the next bunch where it has none of articles."""
        if lane.closed is None and (reason := self.ended() or lane.closing(clock.seconds())):
            self._close(lane, reason)
        if lane.closed:
            return False
        if lane.urgency() >= 0:
            return True
        return bool(lane.due or self._take(lane) or lane.waiting or self._again(lane))

    def ended(self) -> str | None:
        """``max_time`` once the time that the operator gave is over."""
        return "max_time" if self._end is not None and monotonic() >= self._end else None

    def _take(self, lane: Lane) -> bool:
        """Take the next bunch from the ledger, where it is more urgent than what waits."""
        archive = self._archive
        if archive is None or self.limits.pages == 0:  # a rehearsal: only the lists
            return False
        offered = sum(archive.offered[site.key] for site in lane.sites)
        for rank in self.limits.ranks:
            if _URGENCY[rank] <= lane.urgency():
                return False
            if lane.offered.get(rank) == offered:
                continue
            if self.limits.pages is not None and lane.asked >= self.limits.pages:
                self._close(lane, "max_pages")
                return False
            for site in lane.sites:
                lane.due.extend(self._requests(site, rank, self._bunch(lane, rank)))
            if lane.due:
                return True
            lane.offered[rank] = offered
        return False

    def _bunch(self, lane: Lane, rank: int) -> int:
        """How many articles are taken at once."""
        pages = self.limits.pages
        return _BUNCH[rank] if pages is None else min(_BUNCH[rank], pages - lane.asked)

    def _requests(self, site: Site, rank: int, most: int) -> list[Request]:
        archive, spider = self._archive, cast("ArchivingSpider", self.crawler.spider)
        assert archive is not None
        try:
            if rank == BACKFILL:
                return spider.backfill_requests(site, most)
            limits = self.limits
            wanted = Wanted(site.key, rank, most, limits.since, limits.revisits)
            due = archive.take(wanted, clock.now())
        except ArchiveError as error:
            stop_with(self.crawler, error)
            return []
        return [spider.article_request(address.url, rank) for address in due]

    def _again(self, lane: Lane) -> bool:
        archive = self._archive
        if archive is None or lane.rounds >= self.limits.rounds:
            return False
        offered = sum(archive.offered[site.key] for site in lane.sites)
        if offered == lane.looked_again:
            return False  # nothing has come since that could have failed
        lane.looked_again = offered
        if not sum(archive.again(site.key) for site in lane.sites):
            return False
        lane.rounds += 1
        lane.offered.clear()
        return self._take(lane)
