"""Sources that no site file names: what worked before is asked, else the site is searched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal, Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from baolangson_crawler import clock
from baolangson_crawler.discovery import finding
from baolangson_crawler.discovery.xml import is_list
from baolangson_crawler.extraction.document import Document
from baolangson_crawler.failures import REFUSALS, class_of
from baolangson_crawler.items import Visit
from baolangson_crawler.middlewares.robots import KEPT
from baolangson_crawler.sites.base import Listing, Site
from baolangson_crawler.spiders.archiving import Output
from baolangson_crawler.spiders.found import FoundSpider, is_kept
from baolangson_crawler.spiders.responses import decoded, failure_of, is_html, main_links
from baolangson_crawler.spiders.searches import Search, homes
from baolangson_crawler.storage.sources import FoundSource

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

Stage = Literal["given", "remembered", "search"]


class FindingSpider(FoundSpider):
    """Asks, of a site whose file names no source that works, what it has found itself.

    What a site file names comes first, then what the archive remembers, then a search; the next
    comes only where nothing before it listed an article.
    """

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._stages: dict[str, Stage] = {}
        self._searches: dict[str, Search] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Made by Scrapy."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.idle, signals.spider_idle)
        return spider

    def source_requests(self) -> Iterator[Request]:
        """What the site files name; for the others what is remembered, or the begin of a search."""
        yield from super().source_requests()
        for site in self.sites:
            self._stages[site.key] = "given"
            if not site.asked:
                yield from self._next_stage(site)

    def idle(self) -> None:
        """Nothing is left to ask: of a site whose lists gave nothing something else is asked.

        Raises:
            DontCloseSpider: there is something to ask.
        """
        if self.archive is None:
            return
        requests = [request for site in self.sites for request in self._more(site)]
        for request in requests:
            assert self.crawler.engine is not None
            self.crawler.engine.crawl(request)
        if requests:
            raise DontCloseSpider

    def _more(self, site: Site) -> Iterator[Request]:
        self._note_failures(site)
        search = self._searches.get(site.key)
        if search and search.requests and not search.is_over:
            self._end(search)
        if self._is_closed(site):
            return  # what was not asked is not silent
        if search and search.is_over and (home := search.last_resort()):
            yield self._found_request(site, home)  # page by page
            return
        assert self.archive is not None
        noted = self.archive.noted[site.key]
        is_silent = not self._listed[site.key] and site.key not in self._faulty
        if is_silent and (noted["answered"] or noted["failed_requests"]):
            yield from self._next_stage(site)

    def _next_stage(self, site: Site) -> Iterator[Request]:
        """What is asked where nothing before listed an article."""
        assert self.archive is not None
        sources, now = self.archive.sources, clock.now()
        stage, remembered = self._stages[site.key], sources.of(site.key)
        if stage == "given" and site.asked:
            self._count(site, "given_silent")
            self.logger.warning("%s: the sources of its site file list nothing", site.key)
        if stage == "search":
            return
        is_due = sources.is_search_due(site.key, now)
        if stage == "given" and remembered and (site.asked or not is_due):
            self._stages[site.key] = "remembered"
            for found in remembered:
                yield self._found_request(site, found)
            return
        self._stages[site.key] = "search"
        if is_due or sources.has_found(site.key):
            yield from self._begin(site, remembered)
        else:  # it was searched in vain lately: its home page alone is looked at
            search = self._searches[site.key] = Search(site, is_over=True)
            known = [*site.asked, *(found.source for found in remembered)]
            yield self._home_request(search, list(homes(site, known)))

    # --- The search ----------------------------------------------------------------------

    def _begin(self, site: Site, remembered: Iterable[FoundSource]) -> Iterator[Request]:
        search = self._searches[site.key] = Search(site)
        search.asked(site.asked)
        yield from (self._found_request(site, found) for found in search.known(remembered))
        known = [*site.asked, *(found.source for found in remembered)]
        yield self._home_request(search, list(homes(site, known)))

    def _home_request(self, search: Search, places: list[str]) -> Request:
        search.requests += 1
        search.open.add(places[0])
        search.tried_homes.add(places[0])
        request = self._request(places[0], self.parse_home, "listing", places=places[1:])
        request.meta["alternative"] = bool(places[1:])
        if search.is_over:
            request.meta["found"] = FoundSource(places[0], "listing", "home")
        return request.replace(errback=self.failed_home)

    def failed_home(self, failure: Failure) -> Output:
        """Nobody answers at that address: the home page may have another one."""
        request: Request = failure.request  # type: ignore[attr-defined]
        site, places = self.site_of(request.meta["visit_url"]), request.cb_kwargs["places"]
        for output in self.failed(failure):
            if isinstance(output, Visit) or not places:
                yield output
        if site and site.key in self._searches:
            yield from self._elsewhere(self._searches[site.key], places)

    def _elsewhere(self, search: Search, places: list[str]) -> Iterator[Request]:
        """The next address of the home page; behind the last, what needs no home page."""
        if places:
            self._faulty.discard(search.site.key)
            yield self._home_request(search, places)
        elif search.place and not search.is_over:
            yield from self._candidates(search, Document("", search.place))

    def parse_home(self, response: Response, places: list[str]) -> Output:
        """The home page: its list, and everything on it and in robots.txt that may be a source."""
        url = response.meta["visit_url"]
        home = Listing(url, links="")
        outputs = list(self.parse_listing(response, home, home.first))
        failure = next((output.failure for output in outputs if isinstance(output, Visit)), None)
        yield from (output for output in outputs if isinstance(output, Visit) or not places)
        site = self._crawled(response.url)
        search = self._searches[site.key] if site else None
        if search is None or failure in REFUSALS or (search.is_over and not failure):
            return
        if failure:
            search.place = search.place or (url if class_of(failure) == "hard" else "")
            yield from self._elsewhere(search, places)
            return
        document = Document(decoded(response)[0] if is_html(response) else "", response.url)
        if links := main_links(response, search.site.is_article):
            search.repeats(links)
            pages = finding.pages_template(document, search.site.owns)
            search.home = FoundSource(url, "listing", "home", pages)
        yield from self._candidates(search, document)

    def _candidates(self, search: Search, document: Document) -> Iterator[Request]:
        declared = finding.feeds(document, search.site.owns)
        feeds = search.feeds(declared, "declared")
        for found in (*search.sitemaps(self._robots(document.url), document.url), *feeds):
            yield self._trial(search, found)
        for url in search.feed_pages(document, document.url, bool(feeds)):
            search.requests += 1
            search.open.add(url)
            yield self._request(url, self.parse_feed_page, "listing")
        for found in search.sections(document):
            yield self._trial(search, found)
        search.open -= search.tried_homes
        self._conclude(search)

    def _robots(self, url: str) -> str:
        """The robots.txt by which an address was asked for, as the archive has it."""
        assert self.archive is not None
        parts = urlsplit(url)
        place = f"{parts.scheme}://{parts.netloc}/robots.txt"
        kept = self.archive.robots(place, clock.now() - KEPT)
        return (kept[1].text or "") if kept else ""

    def _trial(self, search: Search, found: FoundSource) -> Request:
        search.requests += 1
        search.open.add(found.url)
        if found.kind != "listing":
            return self._found_request(search.site, found)
        return self._request(found.url, self.parse_section, "listing", found=found)

    def parse_section(self, response: Response, found: FoundSource) -> Output:
        """A page of the menu: a section, where it lists articles that no other page lists."""
        site = self._crawled(response.url)
        links = [] if failure_of(response) or not site else main_links(response, site.is_article)
        search = self._searches[site.key] if site else None
        if search and links and search.repeats(links):
            yield self._visit(response, "listing")
            return
        if site and links and is_html(response):
            document = Document(decoded(response)[0], response.url)
            pages = finding.pages_template(document, site.owns)
            found = FoundSource(found.url, found.kind, found.found_by, pages)
            response.meta["found"] = found
        source = found.source
        assert isinstance(source, Listing)
        yield from self.parse_listing(response, source, source.first)

    def parse_feed_page(self, response: Response) -> Output:
        """A page that may list feeds, or be one."""
        site = self._crawled(response.url)
        if site is None or failure_of(response) or not (is_html(response) or response.body):
            yield self._visit(response, "listing", failure=failure_of(response) or "offsite")
            return
        if is_list(response.body):
            url = response.meta["visit_url"]
            response.meta["found"] = FoundSource(url, "feed", "linked")
            yield from self.parse_feed(response)
            return
        search = self._searches[site.key]
        document = Document(decoded(response)[0] if is_html(response) else "", response.url)
        addresses = finding.listed_feeds(document, site.owns)
        for found in search.feeds(addresses, "linked"):
            yield self._trial(search, found)
        yield self._visit(response, "listing")

    def parse_sitemap(self, response: Response, depth: int = 0, root: str = "") -> Output:
        """As ``FoundSpider``; where no sitemap is there, further names have their turn."""
        yield from super().parse_sitemap(response, depth, root)
        yield from self._usual_sitemaps(response.meta["visit_url"])

    def failed(self, failure: Failure) -> Output:
        """As ``FoundSpider``; where no sitemap is there, further names have their turn."""
        request: Request = failure.request  # type: ignore[attr-defined]
        yield from super().failed(failure)
        yield from self._usual_sitemaps(request.meta.get("visit_url", request.url))

    def _usual_sitemaps(self, asked: str) -> Iterator[Request]:
        site = self._crawled(asked)
        if site and (search := self._searches.get(site.key)):
            for found in search.usual_sitemaps(asked):
                yield self._trial(search, found)
            self._conclude(search)

    # --- What came of it -----------------------------------------------------------------

    def _observe(self, request: Request, visit: Visit) -> FoundSource | None:
        found = super()._observe(request, visit)
        search = self._searches.get(visit.site)
        if search and visit.kind != "article":
            if found and visit.links:
                search.worked.add(found.url)
            if not search.is_over:
                search.kept += bool(visit.failure and is_kept(visit.failure))
                search.has_sitemap |= visit.kind == "sitemap" and visit.failure is None
                search.open.discard(visit.url)
        return found

    def _conclude(self, search: Search) -> None:
        if not search.open and not search.is_over:
            self._end(search)

    def _end(self, search: Search) -> None:
        """Remember a search, and where it found nothing else, the home page."""
        assert self.archive is not None
        search.is_over, site, now = True, search.site, clock.now()
        if search.home and not search.worked:
            links = self._listed[site.key]
            self.archive.sources.worked(site.key, search.home, links, now)
            search.worked.add(search.home.url)
        number = len(search.worked)
        is_cut = bool(search.open) and self._is_closed(site)
        if not is_cut and search.kept * 2 < search.requests:  # else the next crawl searches
            self.archive.sources.searched(site.key, now, search.requests, number)
        self.archive.noted[site.key]["sources_found"] += number
        told = "%s was searched for sources: %d requests, %d sources that list articles"
        self.logger.info(told, site.domains[0], search.requests, number)
