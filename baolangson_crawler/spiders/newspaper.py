"""The only spider: it asks each site's sources, fetches what the archive lacks, and reads it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from baolangson_crawler.discovery import feed_links, sitemap_content
from baolangson_crawler.exceptions import CrawlerError
from baolangson_crawler.extensions import ArchiveKeeper
from baolangson_crawler.extraction.generic import GenericPage
from baolangson_crawler.failures import reason_of
from baolangson_crawler.items import Article, Link, Refusal, Visit, VisitKind, Walk
from baolangson_crawler.judging import LEADS_TO, Verdict
from baolangson_crawler.middlewares.refused import Postponed
from baolangson_crawler.scheduler import LedgerScheduler
from baolangson_crawler.sites import Register
from baolangson_crawler.sites.base import Feed, Listing, Site, Source
from baolangson_crawler.spiders.reading import read_page
from baolangson_crawler.spiders.requests import (
    NEXT_PAGE_PRIORITY,
    SOURCE_PRIORITY,
    request_for,
    second_try,
)
from baolangson_crawler.spiders.responses import (
    capture_of,
    failure_of,
    has_menu,
    listed,
    not_a_feed,
    wall_of,
)
from baolangson_crawler.spiders.sitemaps import Sitemaps
from baolangson_crawler.spiders.walks import Walks
from baolangson_crawler.storage.archive import Archive
from baolangson_crawler.urls import host_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

Output = Iterator[Request | Visit]


class NewspaperSpider(Spider):
    """Crawls one or several sites; ``of`` makes the class that Scrapy starts."""

    sites: tuple[Site, ...] = ()
    companions: tuple[Site, ...] = ()
    """Sites that are entered only where an address of ``sites`` redirects to them."""

    archive: Archive | None = None
    error: CrawlerError | None = None
    """What stopped the crawl, where something did."""

    outcome: str | None = None
    """How the crawl ended, once the archive is closed."""

    @classmethod
    def of(
        cls, name: str, sites: tuple[Site, ...], companions: tuple[Site, ...] = ()
    ) -> type[NewspaperSpider]:
        """The spider class of these sites."""
        body = {"name": name, "sites": sites, "companions": companions}
        return type("NewspaperSpider", (cls,), body)

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.verdicts: dict[str, Verdict] = {}
        """By site, what its numbers say, once the archive is closed."""
        self._register = Register((*self.sites, *self.companions))
        self._walks = Walks()
        self._sitemaps = Sitemaps()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Made by Scrapy."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider._walks.most_pages = crawler.settings.getint("LISTING_PAGES")
        spider._walks.since = crawler.settings["SINCE"]
        return spider

    def owns(self, url: str) -> bool:
        """Whether the address is on a host that this crawl may ask."""
        return self.site_of(url) is not None

    def site_of(self, url: str) -> Site | None:
        """The site or companion on whose hosts the address is."""
        return self._register.for_url(url)

    def _crawled(self, url: str) -> Site | None:
        """The site whose lists the address may belong to: no companion is crawled."""
        site = self.site_of(url)
        return site if site in self.sites else None

    async def start(self) -> AsyncIterator[Request]:
        """Every source of every site; articles come from the ledger, through the scheduler."""
        keeper = self.crawler.get_extension(ArchiveKeeper)
        assert keeper is not None
        self.archive = keeper.open(self)
        self._walks.complete = self.archive.ledger.complete_walks()
        for site in self.sites:
            for source in site.sources:
                yield self._source_request(source)

    def _source_request(self, source: Source) -> Request:
        if isinstance(source, Listing):
            return self._listing_request(source, source.first)
        if isinstance(source, Feed):
            return self._request(source.url, self.parse_feed, "feed")
        return self._request(source.url, self.parse_sitemap, "sitemap")

    def _listing_request(self, source: Listing, page: int) -> Request:
        url = source.page_url(page)
        priority = NEXT_PAGE_PRIORITY if page > source.first else SOURCE_PRIORITY
        return self._request(url, self.parse_listing, "listing", priority, source=source, page=page)

    def article_request(self, url: str) -> Request:
        """The request for an article's page."""
        return self._request(url, self.parse, "article", priority=0)

    def _request(
        self,
        url: str,
        callback: Any,
        kind: VisitKind,
        priority: int = SOURCE_PRIORITY,
        **cb_kwargs: Any,
    ) -> Request:
        return request_for(url, kind, priority, callback, self.failed, cb_kwargs)

    def parse(self, response: Response) -> Output:
        """An article page; needs nothing but the response, so ``scrapy parse URL`` works."""
        site = self.site_of(response.url)
        if site is None or (failure := failure_of(response)):
            yield self._visit(response, "article", failure=failure if site else "offsite")
            return
        charset, read = read_page(site, response)
        if isinstance(read, Refusal):
            self.logger.warning("%s: %s", read.reason, read.detail)
            yield self._visit(response, "article", charset=charset, refusal=read)
            return
        if read.layout == GenericPage.layout and GenericPage not in site.pages:
            self._count(site, "generic")
        crawled = self._crawled(response.url)
        links = tuple(link for link in read.related if crawled and crawled.is_article(link.url))
        yield self._visit(response, "article", charset=charset, article=read, links=links)

    def parse_feed(self, response: Response) -> Output:
        """An RSS or Atom feed."""
        yield from self._from_source(
            response, "feed", lambda: feed_links(response.body, response.url)
        )

    def parse_sitemap(self, response: Response, depth: int = 0) -> Output:
        """A sitemap, or an index whose files are asked in turn."""
        site = self._crawled(response.url)
        content = sitemap_content(b"" if failure_of(response) else response.body, response.url)
        yield from self._from_source(response, "sitemap", lambda: content.pages)
        if site:
            self._sitemaps.add(site.key, content.sitemaps, depth + 1, self.archive)
        yield from self._next_sitemap(response.meta.get("visit_url", response.url))

    def _next_sitemap(self, asked: str) -> Iterator[Request]:
        if (site := self._crawled(asked)) and (file := self._sitemaps.next(site.key)):
            url, depth, priority = file
            request = self._request(url, self.parse_sitemap, "sitemap", priority, depth=depth)
            yield request.replace(errback=self.failed_sitemap)

    def failed_sitemap(self, failure: Failure) -> Output:
        """As ``failed``; the next file of an index has its turn."""
        yield from self.failed(failure)
        yield from self._next_sitemap(failure.request.meta["visit_url"])  # type: ignore[attr-defined]

    def parse_listing(self, response: Response, source: Listing, page: int) -> Output:
        """One page of a section list, and the next one while it still shows something new."""
        site = self._crawled(response.url)
        later = page > source.first
        found = listed(response, source.links)
        wall = None if found else wall_of(response)
        if site is None or failure_of(response) or wall:
            ended = later and response.status in (404, 410) and self._is_end(response)
            failure = "end_of_list" if ended else failure_of(response) or wall or "offsite"
            walk: Walk | None = "complete" if site and ended else "cut" if later else None
            yield self._visit(response, "listing", failure=failure, source=source, walk=walk)
            yield from self._once_more(response.request, failure)
            return
        links = tuple(link for link in found if site.is_article(link.url))
        ledger = self.archive.ledger if self.archive else None
        step = self._walks.step(site, source, page, found, has_menu(response), ledger)
        if step == "broken":
            self.logger.warning("%s lists nothing and has no menu: no page of it", response.url)
            self._count(site, "broken_lists")
        walk = "complete" if step == "end" else "cut"
        yield self._visit(response, "listing", links=links, source=source, walk=walk)
        if step == "on":
            yield self._listing_request(source, page + 1)

    def _is_end(self, response: Response) -> bool:
        """Whether a missing page ends its list; one that was there lately is missed once more."""
        url = response.meta.get("visit_url", response.url)
        return self.archive is None or not self.archive.ledger.was_read(url)

    def _from_source(
        self, response: Response, kind: VisitKind, read: Callable[[], list[Link]]
    ) -> Output:
        site = self._crawled(response.url)
        found = read()
        failure = failure_of(response) or (None if found else not_a_feed(response))
        if site is None or failure:
            yield self._visit(response, kind, failure=failure or "offsite")
            yield from self._once_more(response.request, failure or "offsite")
            return
        links = tuple(link for link in found if site.is_article(link.url))
        yield self._visit(response, kind, links=links)

    def _once_more(self, request: Request | None, reason: str) -> Iterator[Request]:
        """A list that a passing fault kept from us is asked again behind all that waits."""
        if request is not None and (again := second_try(request, reason)):
            yield again

    def failed(self, failure: Failure) -> Output:
        """A request that was not sent or not answered: noted in the ledger with its reason."""
        request: Request = failure.request  # type: ignore[attr-defined]
        if isinstance(failure.value, Postponed):
            return  # it was not sent, and waits for the next crawl
        url = request.meta.get("visit_url", request.url)
        site = self.site_of(url)
        if site is None:
            return
        reason = reason_of(failure.value)
        if not reason.startswith("robots"):
            self.logger.warning("%s: %s (%s)", url, reason, failure.getErrorMessage())
        self._count(site, reason)
        if reason == "offsite" and request.meta.get("kind") != "article":
            self._count(site, LEADS_TO + host_of(request.url))
        source: Listing | None = request.cb_kwargs.get("source")
        yield Visit(
            url=url,
            site=site.key,
            kind=request.meta.get("kind", "article"),
            failure=reason,
            visited_at=datetime.now(UTC),
            source_url=source.first_url if source else None,
            robots_id=request.meta.get("robots_id"),
            walk="cut" if source and request.cb_kwargs["page"] > source.first else None,
        )
        yield from self._once_more(request, reason)

    def _visit(
        self,
        response: Response,
        kind: VisitKind,
        *,
        charset: str | None = None,
        article: Article | None = None,
        refusal: Refusal | None = None,
        failure: str | None = None,
        links: tuple[Link, ...] = (),
        source: Listing | None = None,
        walk: Walk | None = None,
    ) -> Visit:
        url = response.meta.get("visit_url", response.url)
        owner = self.site_of(url)  # who was asked, wherever the address led
        assert owner is not None
        self._count(owner, "failed_requests" if failure else "answered")
        reason = failure or (refusal.reason if refusal else None)
        if reason:
            self._count(owner, reason)
        self._judge(url, reason)
        now = datetime.now(UTC)
        return Visit(
            url=url,
            site=owner.key,
            kind=kind,
            capture=capture_of(response, charset, now),
            article=article,
            refusal=refusal,
            failure=failure,
            links=links,
            visited_at=now,
            source_url=source.first_url if source else None,
            robots_id=response.meta.get("robots_id"),
            walk=walk,
        )

    def _judge(self, url: str, reason: str | None) -> None:
        """Tell the scheduler what came: a paper that turns the crawler away is left in peace."""
        scheduler = self.crawler.engine.scheduler
        if isinstance(scheduler, LedgerScheduler):
            scheduler.judged(url, reason)

    def _count(self, site: Site, what: str) -> None:
        if self.archive is not None:
            self.archive.noted[site.key][what] += 1
