"""The only spider: it asks each site's sources, fetches what the archive lacks, and reads it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request, Spider, signals
from scrapy.http import Response
from twisted.python.failure import Failure

from baolangson_crawler.discovery import feed_links, sitemap_content
from baolangson_crawler.exceptions import CrawlerError
from baolangson_crawler.extensions import ArchiveKeeper
from baolangson_crawler.extraction.generic import GenericPage
from baolangson_crawler.items import Article, Link, Refusal, Visit, VisitKind, Walk
from baolangson_crawler.sites import Register
from baolangson_crawler.sites.base import Feed, Listing, Site, Source
from baolangson_crawler.spiders.reading import read_page
from baolangson_crawler.spiders.requests import SOURCE_PRIORITY, request_for
from baolangson_crawler.spiders.responses import (
    capture_of,
    failure_of,
    has_menu,
    listed,
    reason_of,
)
from baolangson_crawler.spiders.walks import Walks
from baolangson_crawler.storage.archive import Archive

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

Output = Iterator[Request | Visit]
_SITEMAP_DEPTH = 3
_PENDING_AT_ONCE = 200  # requests of the ledger's backlog that wait in memory


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
        # Two requests for each site: more would wait in the downloader, and an interrupted
        # crawl would have to wait for all of them at the sites' pace.
        settings = {"CONCURRENT_REQUESTS": 2 * max(1, len(sites))}
        body = {
            "name": name,
            "sites": sites,
            "companions": companions,
            "custom_settings": settings,
        }
        return type("NewspaperSpider", (cls,), body)

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._register = Register((*self.sites, *self.companions))
        self._walks = Walks()
        self._sitemaps: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Made by Scrapy."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider._walks.most_pages = crawler.settings.getint("LISTING_PAGES")
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
        """First every source of every site, then what earlier crawls left behind."""
        keeper = self.crawler.get_extension(ArchiveKeeper)
        assert keeper is not None
        self.archive = keeper.open(self)
        self._walks.complete = self.archive.ledger.complete_walks()
        for site in self.sites:
            for source in site.sources:
                yield self._source_request(source)
        for site in self.sites:
            for number, (url, key) in enumerate(self.archive.ledger.pending(site.key), 1):
                if self.archive.ledger.offer(url, key) == "wanted":
                    self._count(site, "found")
                    yield self._article_request(url)
                if number % _PENDING_AT_ONCE == 0 and self.crawler.engine.needs_backout():
                    await self.crawler.signals.wait_for(signals.scheduler_empty)

    def _source_request(self, source: Source) -> Request:
        if isinstance(source, Listing):
            return self._listing_request(source, source.first)
        if isinstance(source, Feed):
            return self._request(source.url, self.parse_feed, "feed")
        return self._request(source.url, self.parse_sitemap, "sitemap")

    def _listing_request(self, source: Listing, page: int) -> Request:
        url = source.page_url(page)
        return self._request(url, self.parse_listing, "listing", source=source, page=page)

    def _article_request(self, url: str) -> Request:
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
            yield from self._instead(response.meta.get("visit_url", response.url))
            return
        charset, read = read_page(site, response)
        if isinstance(read, Refusal):
            self.logger.warning("%s: %s", read.reason, read.detail)
            yield self._visit(response, "article", charset=charset, refusal=read)
            yield from self._instead(response.meta.get("visit_url", response.url))
            return
        if read.layout == GenericPage.layout and GenericPage not in site.pages:
            self._count(site, "generic")
        crawled = self._crawled(response.url)
        links = tuple(link for link in read.related if crawled and crawled.is_article(link.url))
        yield self._visit(response, "article", charset=charset, article=read, links=links)
        yield from self._follow(site, links)

    def parse_feed(self, response: Response) -> Output:
        """An RSS or Atom feed."""
        yield from self._from_source(
            response, "feed", lambda: feed_links(response.body, response.url)
        )

    def parse_sitemap(self, response: Response, depth: int = 0) -> Output:
        """A sitemap, or an index whose files are asked in turn."""
        site = self._crawled(response.url)
        failed = failure_of(response) is not None
        content = sitemap_content(b"" if failed else response.body, response.url)
        yield from self._from_source(response, "sitemap", lambda: content.pages)
        if site is None or depth >= _SITEMAP_DEPTH or failed:
            return
        for link in content.sitemaps:
            if link.url in self._sitemaps:
                continue
            self._sitemaps.add(link.url)
            yield self._request(link.url, self.parse_sitemap, "sitemap", depth=depth + 1)

    def parse_listing(self, response: Response, source: Listing, page: int) -> Output:
        """One page of a section list, and the next one while it still shows something new."""
        site = self._crawled(response.url)
        later = page > source.first
        if site is None or failure_of(response):
            ended = site is not None and later and response.status in (404, 410)
            failure = "end_of_list" if ended else failure_of(response) or "offsite"
            walk: Walk | None = "complete" if ended else "cut" if later else None
            yield self._visit(response, "listing", failure=failure, source=source, walk=walk)
            return
        found = listed(response, source.links)
        links = tuple(link for link in found if site.is_article(link.url))
        ledger = self.archive.ledger if self.archive else None
        step = self._walks.step(site, source, page, found, has_menu(response), ledger)
        if step == "broken":
            self.logger.warning("%s lists nothing and has no menu: no page of it", response.url)
            self._count(site, "broken_lists")
        walk = "complete" if step == "end" else "cut"
        yield self._visit(response, "listing", links=links, source=source, walk=walk)
        yield from self._follow(site, links)
        if step == "on":
            yield self._listing_request(source, page + 1)

    def _from_source(
        self, response: Response, kind: VisitKind, read: Callable[[], list[Link]]
    ) -> Output:
        site = self._crawled(response.url)
        failure = failure_of(response)
        if site is None or failure:
            yield self._visit(response, kind, failure=failure or "offsite")
            return
        links = tuple(link for link in read() if site.is_article(link.url))
        yield self._visit(response, kind, links=links)
        yield from self._follow(site, links)

    def _follow(self, site: Site, links: tuple[Link, ...]) -> Iterator[Request]:
        """Requests for the articles that the archive lacks and this crawl has not asked for."""
        if self.archive is None:
            return
        for link in links:
            key = site.key_of(link.url)
            if key is None:
                continue
            offer = self.archive.ledger.offer(link.url, key)
            if offer != "asked":
                self._count(site, "found")
            if offer == "wanted":
                yield self._article_request(link.url)
            elif offer == "held":
                self._count(site, "known")

    def failed(self, failure: Failure) -> Output:
        """A request that was not sent or not answered: noted in the ledger with its reason."""
        request: Request = failure.request  # type: ignore[attr-defined]
        url = request.meta.get("visit_url", request.url)
        site = self.site_of(url)
        if site is None:
            return
        reason = reason_of(failure.value)
        if not reason.startswith("robots"):
            self.logger.warning("%s: %s (%s)", url, reason, failure.getErrorMessage())
        self._count(site, reason)
        source: Listing | None = request.cb_kwargs.get("source")
        yield Visit(
            url=url,
            site=site.key,
            kind=request.meta.get("kind", "article"),
            failure=reason,
            visited_at=datetime.now(UTC),
            source_url=source.first_url if source else None,
            walk="cut" if source and request.cb_kwargs["page"] > source.first else None,
        )
        yield from self._instead(url)

    def _instead(self, url: str) -> Iterator[Request]:
        """Another address of the article whose address failed, where one was found."""
        site = self.site_of(url)
        key = site.key_of(url) if site else None
        if key is None or self.archive is None:
            return
        self.archive.flush()
        if other := self.archive.ledger.other_address(key, url):
            yield self._article_request(other)

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
        if refusal:
            self._count(owner, refusal.reason)
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
            walk=walk,
        )

    def _count(self, site: Site, what: str) -> None:
        if self.archive is not None:
            self.archive.noted[site.key][what] += 1
