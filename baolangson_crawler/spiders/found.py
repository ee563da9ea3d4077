"""Asking the sources that the archive remembers, and noting what each of them gave."""

from __future__ import annotations

from collections import Counter
from typing import Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from baolangson_crawler import clock
from baolangson_crawler.failures import REFUSALS, class_of
from baolangson_crawler.items import Visit
from baolangson_crawler.scheduler import LedgerScheduler
from baolangson_crawler.sites.base import Site
from baolangson_crawler.spiders.archiving import Output
from baolangson_crawler.spiders.lists import ListSpider
from baolangson_crawler.storage.sources import FoundSource


class FoundSpider(ListSpider):
    """Tells of every list what it gave, and of a source that was found, whether it still works."""

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._listed: Counter[str] = Counter()
        """By site, article addresses in its lists in this crawl."""

        self._faulty: set[str] = set()
        """Sites of which a list was kept from us by what may pass, or by robots.txt: no reason to
        search them."""

        self._asked: dict[tuple[str, str], int] = {}
        """By site and address of a found source, what it listed in this crawl."""

        self._kept: dict[tuple[str, str], str] = {}
        """By site and address of a found source, the passing fault or refusal that kept it."""

        self._blamed: set[tuple[str, str]] = set()
        self._found: dict[tuple[str, str], FoundSource] = {}

    def _found_request(self, site: Site, found: FoundSource) -> Request:
        request = self._source_request(found.source)
        request.meta["found"] = self._found[site.key, found.url] = found
        return request

    def _visit(self, response: Response, *args: Any, **kwargs: Any) -> Visit:
        visit = super()._visit(response, *args, **kwargs)
        if response.request is not None:
            self._observe(response.request, visit)
        return visit

    def failed(self, failure: Failure) -> Output:
        """As ``ArchiveSpider``."""
        for output in super().failed(failure):
            if isinstance(output, Visit):
                self._observe(failure.request, output)  # type: ignore[attr-defined]
            yield output

    def _observe(self, request: Request, visit: Visit) -> FoundSource | None:
        """Note what a list gave; the found source to which it is owed."""
        if visit.kind == "article" or self.archive is None:
            return None
        self._listed[visit.site] += len(visit.links)
        if visit.failure and class_of(visit.failure) in ("temporary", "blocked", "forbidden"):
            self._faulty.add(visit.site)
        root = (visit.site, request.cb_kwargs.get("root", ""))
        found: FoundSource | None = request.meta.get("found") or self._found.get(root)
        if found is None:
            return None
        place = (visit.site, found.url)
        self._asked[place] = self._asked.get(place, 0) + len(visit.links)
        if visit.failure and is_kept(visit.failure):
            self._kept[place] = visit.failure
        if visit.links:
            number, now = self._asked[place], clock.now()
            self.archive.sources.worked(visit.site, found, number, now)
        return found

    def _note_failures(self, site: Site) -> None:
        """Blame the sources that listed nothing, save what an outage or a cut kept from us."""
        assert self.archive is not None
        for place, number in list(self._asked.items()):
            if place[0] == site.key and not number:
                del self._asked[place]
                if place not in self._blamed and not self._is_excused(site, place):
                    self._blamed.add(place)  # once in a crawl, though a search asks it again
                    self.archive.sources.failed(*place, clock.now())

    def _is_excused(self, site: Site, place: tuple[str, str]) -> bool:
        is_closed, reason = self._is_closed(site), self._kept.pop(place, None)
        if reason:
            return is_closed or not self._listed[site.key] or class_of(reason) == "blocked"
        found = self._found.get(place)
        is_sitemap = found is not None and found.kind == "sitemap"
        return is_closed and is_sitemap  # files of it may still wait

    def _is_closed(self, site: Site) -> bool:
        """Whether this crawl asks nothing more of a site, though something may wait."""
        assert self.crawler.engine is not None
        scheduler = self.crawler.engine.scheduler
        if not isinstance(scheduler, LedgerScheduler):
            return False
        return any(lane.closed and site in lane.sites for lane in scheduler.lanes.values())


def is_kept(reason: str) -> bool:
    """Whether a failure of a list says nothing of the list: a passing fault, or a refusal."""
    return class_of(reason) in ("temporary", "blocked") or reason in REFUSALS
