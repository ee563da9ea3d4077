"""Asking the lists of a site: feeds, sitemaps and section pages, as far as they say something."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from baolangson_crawler import clock
from baolangson_crawler.dating import dated
from baolangson_crawler.discovery import feed_links, sitemap_files, sitemap_pages
from baolangson_crawler.discovery.listing import ListPage, PageRequest
from baolangson_crawler.items import Link, VisitKind
from baolangson_crawler.sites.base import ClientSide, Feed, JsonListing, Listing, Site, Sitemap
from baolangson_crawler.sites.sources import Walked, ledger_url
from baolangson_crawler.spiders.archiving import ArchiveSpider, Output
from baolangson_crawler.spiders.requests import (
    LATER_PRIORITY,
    NEXT_PAGE_PRIORITY,
    PAST_END,
    SOURCE_PRIORITY,
)
from baolangson_crawler.spiders.responses import (
    failure_of,
    has_menu,
    listed,
    not_a_feed,
    not_a_list,
)
from baolangson_crawler.spiders.sitemaps import Sitemaps
from baolangson_crawler.spiders.walks import Step, Walks
from baolangson_crawler.walk_state import Walk

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


_CUT: Walk = "cut"


class ListSpider(ArchiveSpider):
    """Asks every source of its sites; what they list goes into the ledger."""

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._walks = Walks()
        self._sitemaps = Sitemaps()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Made by Scrapy."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider._walks.most_pages = crawler.settings.getint("LISTING_PAGES")
        spider._walks.since = crawler.settings["SINCE"]
        return spider

    def source_requests(self) -> Iterator[Request]:
        """Every source of every site, as its first request."""
        assert self.archive is not None
        for site in self.sites:
            for source in site.sources:
                if isinstance(source, ClientSide):
                    self.logger.info("%s: %s", site.key, source)
                else:
                    yield self._source_request(source)

    def _source_request(self, source: Feed | Sitemap | Walked) -> Request:
        if isinstance(source, Listing | JsonListing):
            return self._listing_request(source, source.first)
        if isinstance(source, Feed):
            return self._request(source.url, self.parse_feed, "feed")
        return self._request(source.url, self.parse_sitemap, "sitemap")

    def _listing_request(
        self, source: Walked, page: int, asked: PageRequest | None = None
    ) -> Request:
        asked = asked or source.request(page)
        priority = NEXT_PAGE_PRIORITY if page > source.first else SOURCE_PRIORITY
        request = self._request(
            ledger_url(asked), self.parse_listing, "listing", priority, source=source, page=page
        )
        if not asked.body:
            return request
        kind = "json" if asked.body.startswith(("{", "[")) else "x-www-form-urlencoded"
        headers = {"Content-Type": f"application/{kind}"}
        return request.replace(method="POST", body=asked.body, headers=headers)

    def parse_feed(self, response: Response) -> Output:
        """An RSS or Atom feed."""
        feed = partial(feed_links, response.body, response.url)
        yield from self._from_source(response, "feed", feed)

    def parse_sitemap(self, response: Response, depth: int = 0, root: str = "") -> Output:
        """A sitemap, or an index whose files are asked in turn."""
        site, asked = self._crawled(response.url), response.meta.get("visit_url", response.url)
        body = b"" if failure_of(response) else response.body
        pages = partial(sitemap_pages, body, response.url)
        yield from self._from_source(response, "sitemap", pages)
        if site:
            files = sitemap_files(body, response.url)
            self._sitemaps.add(site.key, files, depth + 1, self.archive, root or asked)
        yield from self._next_sitemap(asked)

    def _next_sitemap(self, asked: str) -> Iterator[Request]:
        if (site := self._crawled(asked)) and (file := self._sitemaps.next(site.key)):
            arguments = {"depth": file.depth, "root": file.root}
            request = self._request(
                file.url, self.parse_sitemap, "sitemap", file.priority, **arguments
            )
            yield request.replace(errback=self.failed_sitemap)

    def failed_sitemap(self, failure: Failure) -> Output:
        """As ``failed``; the next file of an index has its turn."""
        yield from self.failed(failure)
        yield from self._next_sitemap(failure.request.meta["visit_url"])  # type: ignore[attr-defined]

    def parse_listing(self, response: Response, source: Walked, page: int) -> Output:
        """One page of a list, and the next one while the walk goes on."""
        site = self._crawled(response.url)
        shown = listed(response, source, page, site.is_article if site else None)
        fault = failure_of(response) or not_a_list(response, source, shown)
        later = page > source.first
        ended = bool(fault) and later and site is not None and self._is_end(response)
        if site is None or (fault and not ended):
            failure, walk = fault or "offsite", _CUT if later else None
            yield self._visit(response, "listing", failure=failure, source=source, walk=walk)
            if later and failure in PAST_END and self._is_second_try(response):
                yield from self._probe(source, page + 1)
            else:
                yield from self._once_more(response.request, failure)
            return
        is_page = shown.links or ended or shown.is_list or has_menu(response)
        if source.paginated and not is_page:
            self.logger.warning("%s lists nothing and has no menu: no page of it", response.url)
            self._count(site, "broken_lists")
            yield self._visit(response, "listing", source=source, walk="cut")
            return
        if response.meta.get("probe") and not ended:
            step = Step(None, "limit", None)  # a page before it is missing
        else:
            step = self._step(site, source, page, shown)
        if not ended:
            self._count_unchanged(site, response, shown.links)
        links = dated(shown.links, clock.now())
        yield self._visit(
            response,
            "listing",
            failure="end_of_list" if ended else None,
            links=tuple(link for link in links if site.is_article(link.url)),
            source=source,
            walk="complete" if step.is_complete else "cut",
            walk_state=step.state,
        )
        if step.page is not None and response.request:
            yield from self._further(source, page, step, shown, response.request)

    def _step(self, site: Site, source: Walked, page: int, shown: ListPage) -> Step:
        """What is next behind a page of a list."""
        if self.archive is None or not source.paginated:
            return Step(None, "end", None)
        ledger = self.archive.ledger
        if not shown.links:
            return self._walks.missing(source, page, ledger)
        step = self._walks.read(site, source, page, shown.links, ledger)
        is_last = step.page is not None and not source.numbered and not self._following(shown)
        return self._walks.end(source, ledger) if is_last else step

    def _following(self, shown: ListPage) -> PageRequest | None:
        """The page behind, where it is on a host that this crawl may ask."""
        return shown.next if shown.next and self.owns(shown.next.url) else None

    def _further(
        self, source: Walked, page: int, step: Step, shown: ListPage, asked: Request
    ) -> Iterator[Request]:
        """The request that a step asks for; pages that are linked come one after the other."""
        assert step.page is not None
        if step.why == "again":
            yield asked.replace(url=asked.meta["visit_url"], priority=LATER_PRIORITY)
        elif source.numbered:
            yield self._listing_request(source, step.page)
        elif step.page > page:
            yield self._listing_request(source, page + 1, self._following(shown))

    def _count_unchanged(self, site: Site, response: Response, links: Iterable[Link]) -> None:
        """Count a list that says nothing new, whether its server knows that or not."""
        if self.archive is None:
            return
        keys = (key for link in links if (key := site.key_of(link.url)))
        if response.meta.get("not_modified") or not self.archive.ledger.lists_news(keys):
            self._count(site, "unchanged_lists")

    def _is_end(self, response: Response) -> bool:
        """Whether a missing page ends its list; one that was there lately is missed once more.

        A list may answer with a fault instead, to the page behind it as well.
        """
        url = response.meta.get("visit_url", response.url)
        if self.archive is None:
            return response.status in (404, 410)
        if self.archive.ledger.was_read(url):
            return False
        probed = response.meta.get("probe") and failure_of(response) in PAST_END
        return bool(probed) or response.status in (404, 410)

    def _is_second_try(self, response: Response) -> bool:
        return response.meta.get("tries") == 2 and not response.meta.get("probe")

    def _probe(self, source: Walked, page: int) -> Iterator[Request]:
        """The page behind one that answered with a fault twice: whether the list ends there."""
        if source.numbered:
            request = self._listing_request(source, page)
            request.meta["probe"] = True
            yield request

    def _from_source(
        self, response: Response, kind: VisitKind, read: Callable[[], Iterable[Link]]
    ) -> Output:
        site = self._crawled(response.url)
        is_empty = next(iter(read()), None) is None
        failure = failure_of(response) or (not_a_feed(response) if is_empty else None)
        if site is None or failure:
            yield self._visit(response, kind, failure=failure or "offsite")
            yield from self._once_more(response.request, failure or "offsite")
            return
        self._count_unchanged(site, response, read())
        yield self._visit(response, kind, links=_Listed(read, site, clock.now()))


@dataclass(frozen=True, slots=True)
class _Listed:
    """The articles that a feed or sitemap lists, read whenever they are gone through."""

    read: Callable[[], Iterable[Link]]
    site: Site
    received_at: datetime

    def __iter__(self) -> Iterator[Link]:
        links = dated(self.read(), self.received_at)
        return (link for link in links if self.site.is_article(link.url))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, link: object) -> bool:
        return any(link == each for each in self)

    def __bool__(self) -> bool:
        return any(True for _ in self)
