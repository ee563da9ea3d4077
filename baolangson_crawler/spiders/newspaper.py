"""The only spider: it asks each site's sources, fetches what the archive lacks, and reads it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.http import Response, TextResponse
from twisted.python.failure import Failure

from baolangson_crawler.discovery import feed_links, listing_links, sitemap_content
from baolangson_crawler.exceptions import CrawlerError, LayoutNotRecognised
from baolangson_crawler.items import Article, Capture, Link, Refusal, Visit, VisitKind
from baolangson_crawler.sites.base import Feed, Listing, Site, Source
from baolangson_crawler.spiders.responses import (
    ERROR_STATUSES,
    REASONS,
    decoded,
    failure_of,
    is_html,
    media_type,
)
from baolangson_crawler.storage.archive import Archive

Output = Iterator[Request | Visit]
_SOURCE_PRIORITY = 10
_SITEMAP_DEPTH = 3
_PENDING_AT_ONCE = 200  # requests of the ledger's backlog that wait in memory


class NewspaperSpider(Spider):
    """Crawls one or several sites; ``of`` makes the class that Scrapy starts."""

    sites: tuple[Site, ...] = ()
    archive: Archive | None = None
    error: CrawlerError | None = None
    """What stopped the crawl, where something did."""

    @classmethod
    def of(cls, name: str, sites: tuple[Site, ...]) -> type[NewspaperSpider]:
        """The spider class of these sites."""
        # Two requests for each site: more would wait in the downloader, and an interrupted
        # crawl would have to wait for all of them at the sites' pace.
        settings = {"CONCURRENT_REQUESTS": 2 * max(1, len(sites))}
        body = {"name": name, "sites": sites, "custom_settings": settings}
        return type("NewspaperSpider", (cls,), body)

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._by_host = {host: site for site in self.sites for host in site.hosts}
        self._walked: dict[str, set[str]] = {}
        self._complete: set[str] = set()

    def owns(self, url: str) -> bool:
        """Whether the address is on a host of a site of this crawl."""
        return self.site_of(url) is not None

    def site_of(self, url: str) -> Site | None:
        """The site of this crawl on whose hosts the address is."""
        from baolangson_crawler.urls import host_of

        return self._by_host.get(host_of(url))

    # --- Where it begins -------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Request]:
        """First every source of every site, then what earlier crawls left behind."""
        from baolangson_crawler.extensions import ArchiveKeeper

        keeper = self.crawler.get_extension(ArchiveKeeper)
        assert keeper is not None
        self.archive = keeper.open(self)
        self._complete = self.archive.complete_sites()
        for site in self.sites:
            for source in site.sources:
                yield self._source_request(site, source)
        for site in self.sites:
            for number, (url, key) in enumerate(self.archive.ledger.pending(site.key), 1):
                if self.archive.ledger.offer(url, key) == "wanted":
                    self._count(site, "found")
                    yield self._article_request(url)
                if number % _PENDING_AT_ONCE == 0 and self.crawler.engine.needs_backout():
                    await self.crawler.signals.wait_for(signals.scheduler_empty)

    def _source_request(self, site: Site, source: Source) -> Request:
        if isinstance(source, Listing):
            return self._listing_request(site, source, source.first)
        callback = self.parse_feed if isinstance(source, Feed) else self.parse_sitemap
        return self._request(
            source.url, callback, "feed" if isinstance(source, Feed) else "sitemap"
        )

    def _listing_request(self, site: Site, source: Listing, page: int) -> Request:
        url = source.page_url(page)
        return self._request(url, self.parse_listing, "listing", source=source, page=page)

    def _article_request(self, url: str) -> Request:
        return self._request(url, self.parse, "article", priority=0)

    def _request(
        self,
        url: str,
        callback: Any,
        kind: VisitKind,
        priority: int = _SOURCE_PRIORITY,
        **cb_kwargs: Any,
    ) -> Request:
        return Request(
            url,
            callback=callback,
            errback=self.failed,
            priority=priority,
            cb_kwargs=cb_kwargs,
            meta={"visit_url": url, "kind": kind, "handle_httpstatus_list": ERROR_STATUSES},
        )

    # --- What comes back -------------------------------------------------------------------

    def parse(self, response: Response) -> Output:
        """An article page; needs nothing but the response, so ``scrapy parse URL`` works."""
        site = self.site_of(response.url)
        if site is None or (failure := failure_of(response)):
            yield self._visit(response, site, "article", failure=failure if site else "offsite")
            return
        if not is_html(response):
            refusal = Refusal(reason="not_html", detail=media_type(response) or "no media type")
            yield self._visit(response, site, "article", refusal=refusal)
            return
        text, charset = decoded(response)
        try:
            article = site.extract(text, response.url)
        except LayoutNotRecognised as error:
            self.logger.warning("%s", error)
            refusal = Refusal(reason="layout_not_recognised", detail=str(error))
            yield self._visit(response, site, "article", charset=charset, refusal=refusal)
            return
        if not article.body:
            refusal = Refusal(reason="empty_body", detail=f"Read as {article.layout}, no text.")
            yield self._visit(response, site, "article", charset=charset, refusal=refusal)
            return
        links = tuple(link for link in article.related if site.is_article(link.url))
        yield self._visit(response, site, "article", charset=charset, article=article, links=links)
        yield from self._follow(site, links)

    def parse_feed(self, response: Response) -> Output:
        """An RSS or Atom feed."""
        yield from self._from_source(
            response, "feed", lambda: feed_links(response.body, response.url)
        )

    def parse_sitemap(self, response: Response, depth: int = 0) -> Output:
        """A sitemap, or an index whose files are asked in turn."""
        site = self.site_of(response.url)
        content = sitemap_content(response.body, response.url)
        yield from self._from_source(response, "sitemap", lambda: content.pages)
        if site is None or depth >= _SITEMAP_DEPTH or failure_of(response):
            return
        for link in content.sitemaps:
            yield self._request(link.url, self.parse_sitemap, "sitemap", depth=depth + 1)

    def parse_listing(self, response: Response, source: Listing, page: int) -> Output:
        """One page of a section list, and the next one while it still shows something new."""
        site = self.site_of(response.url)
        if site is not None and page > source.first and response.status in (404, 410):
            yield self._visit(response, site, "listing", failure="end_of_list")
            return
        links = self._listed(response, source.links)
        yield from self._from_source(response, "listing", lambda: links)
        if site is None or not source.paginated or failure_of(response):
            return
        limit = self.settings.getint("LISTING_PAGES")
        if self._walk_on(site, source, links):
            if page - source.first + 1 < limit:
                yield self._listing_request(site, source, page + 1)
            else:
                self._count(site, "cut")

    def _listed(self, response: Response, css: str) -> list[Link]:
        if not isinstance(response, TextResponse):
            return []
        return listing_links(decoded(response)[0], response.url, css)

    def _walk_on(self, site: Site, source: Listing, links: list[Link]) -> bool:
        """Whether the next page may hold something: this one did, and was no repetition."""
        keys = {key for link in links if (key := site.key_of(link.url))}
        seen = self._walked.setdefault(source.url, set())
        fresh = keys - seen
        seen |= keys
        if not fresh or self.archive is None:
            return False
        # One known page proves that the rest is known only where all was walked once.
        return site.key not in self._complete or self.archive.lacks_any(fresh)

    def _from_source(self, response: Response, kind: VisitKind, read: Any) -> Output:
        site = self.site_of(response.url)
        failure = failure_of(response)
        if site is None or failure:
            yield self._visit(response, site, kind, failure=failure or "offsite")
            if site and failure not in ("http_404", "http_410"):
                self._count(site, "cut")
            return
        links = tuple(link for link in read() if site.is_article(link.url))
        yield self._visit(response, site, kind, links=links)
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
        reason = getattr(failure.value, "reason", None)
        if not isinstance(reason, str):
            reason = REASONS.get(type(failure.value).__name__, "no_answer")
        if not reason.startswith("robots"):
            self.logger.warning("%s: %s (%s)", url, reason, failure.getErrorMessage())
        self._count(site, reason)
        kind: VisitKind = request.meta.get("kind", "article")
        if kind != "article":
            self._count(site, "cut")
        yield Visit(url=url, site=site.key, kind=kind, failure=reason)

    def _visit(
        self,
        response: Response,
        site: Site | None,
        kind: VisitKind,
        *,
        charset: str | None = None,
        article: Article | None = None,
        refusal: Refusal | None = None,
        failure: str | None = None,
        links: tuple[Link, ...] = (),
    ) -> Visit:
        meta = response.meta
        url = meta.get("visit_url", response.url)
        owner = site or self.site_of(url)
        assert owner is not None
        self._count(owner, "failed_requests" if failure else "answered")
        if refusal:
            self._count(owner, refusal.reason)
        capture = Capture(
            url=response.url,
            status=response.status,
            headers=meta.get("received_headers", ()),
            body=response.body,
            fetched_at=datetime.now(UTC),
            elapsed=meta.get("download_latency"),
            redirects=tuple(meta.get("redirect_urls", ())),
            robots_rule=meta.get("robots_rule"),
            media_type=media_type(response),
            charset=charset,
        )
        return Visit(
            url=url,
            site=owner.key,
            kind=kind,
            capture=capture,
            article=article,
            refusal=refusal,
            failure=failure,
            links=links,
        )

    def _count(self, site: Site, what: str) -> None:
        if self.archive is not None:
            self.archive.noted[site.key][what] += 1
