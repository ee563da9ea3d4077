"""One page of a paper, fetched as a crawl fetches it: same engine, same rules, nothing kept."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any

from scrapy import Request, signals
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.python.failure import Failure

from baolangson_crawler.crawling import LAYOUT_UNKNOWN, NOTHING_FETCHED
from baolangson_crawler.exceptions import CrawlerError
from baolangson_crawler.items import Link, Visit
from baolangson_crawler.sites.base import Listing, Site, Source
from baolangson_crawler.spiders.newspaper import NewspaperSpider, Output
from baolangson_crawler.spiders.responses import failure_of

_SOURCES = 3  # of a site, asked in turn until one lists an article

_WHY = {
    "robots_disallowed": "robots.txt closes it to crawlers. Ask the paper for permission.",
    "robots_unavailable": "robots.txt could not be read (server error or no answer), which counts "
    "as closed. Try again later.",
    "offsite": "It leads to another site.",
    "address": "Its host leads to no public address.",
    "dns": "The host has no address.",
    "timeout": "The server did not answer in time.",
    "connection_refused": "The server refuses the connection.",
    "too_large": "The answer is too large for a page.",
    "redirect_loop": "Its redirects lead nowhere.",
    "http_403": "The server refuses (403). It may block this crawler.",
    "http_404": "The server has no such page (404).",
    "http_410": "The server says that the page is gone (410).",
}


class NotFetched(CrawlerError):
    """No article page came; the message says why."""

    exit_code = NOTHING_FETCHED

    def __init__(self, visits: Sequence[Visit]) -> None:
        super().__init__(_why(visits))
        self.visits = tuple(visits)
        if visits and visits[-1].failure is None:  # the lists answered, and list nothing
            self.exit_code = LAYOUT_UNKNOWN


def _why(visits: Sequence[Visit]) -> str:
    if not visits:
        return "Nothing was fetched."
    last = visits[-1]
    if last.failure is None:
        asked = ", ".join(visit.url for visit in visits)
        return f"No article is listed by {asked}. The lists have moved or changed."
    return f"{last.url}: {_WHY.get(last.failure, f'It could not be fetched ({last.failure}).')}"


class PageSpider(NewspaperSpider):
    """Fetches one article page: ``address``, else the first that the site's sources list."""

    address: str | None = None
    response: Response | None = None
    _sources: Iterator[Source]

    async def start(self) -> AsyncIterator[Request]:
        """The address, or the first source."""
        self._sources = iter(self.sites[0].sources[:_SOURCES])
        if self.address:
            yield self._article_request(self.address)
        else:
            yield self._source_request(next(self._sources))

    def parse(self, response: Response) -> Output:
        """The article page, which is read by whoever asked for it."""
        self.response = response
        known = self.site_of(response.url) is not None
        failure = failure_of(response) if known else "offsite"
        yield self._visit(response, "article", failure=failure)

    def parse_feed(self, response: Response) -> Output:
        """A feed, for its first article."""
        yield from self._go_on(super().parse_feed(response))

    def parse_sitemap(self, response: Response, depth: int = 0) -> Output:
        """A sitemap, for its first article, or for its first file."""
        yield from self._go_on(super().parse_sitemap(response, depth))

    def parse_listing(self, response: Response, source: Listing, page: int) -> Output:
        """A section page, for its first article."""
        yield from self._go_on(super().parse_listing(response, source, page))

    def failed(self, failure: Failure) -> Output:
        """No answer: the next source, where it was one."""
        request: Request = failure.request  # type: ignore[attr-defined]
        outputs = super().failed(failure)
        yield from outputs if request.meta["kind"] == "article" else self._go_on(outputs)

    def _follow(self, site: Site, links: Sequence[Link]) -> Iterator[Request]:
        """The first article of a source; nothing that an article offers."""
        if links and self.response is None:
            yield self._article_request(links[0].url)

    def _go_on(self, outputs: Output) -> Output:
        """The visits, and one request: the first that came of the source, or the next source."""
        requests: list[Request] = []
        for output in outputs:
            if isinstance(output, Visit):
                yield output
            else:
                requests.append(output)
        if requests:
            yield requests[0]
        elif source := next(self._sources, None):
            yield self._source_request(source)


def fetch(site: Site, address: str | None, companions: Sequence[Site] = ()) -> Response:
    """One article page of a site, fetched politely.

    Args:
        site: whose page it is.
        address: of the page; None for the first article that the site's sources list.
        companions: sites that the address may lead to.

    Raises:
        NotFetched: no page came: robots.txt, the server, the network, or lists without articles.
    """
    settings = Settings()
    settings.setmodule("baolangson_crawler.settings", priority="project")
    # a paper's pause is POLITENESS_DELAY at least; only reserved names are asked without one
    settings.setdict({"LOG_ENABLED": False, "DOWNLOAD_DELAY": 0}, priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(PageSpider.of(site.key, (site,), tuple(companions)))
    visits: list[Visit] = []

    def note(item: Visit) -> None:
        visits.append(item)

    crawler.signals.connect(note, signals.item_scraped)
    task: Any = process.crawl(crawler, address=address)
    process.start()
    if task.done() and not task.cancelled() and (error := task.exception()):
        raise error
    spider: Any = crawler.spider
    response: Response | None = spider.response
    if response is None or visits[-1].failure:
        raise NotFetched(visits)
    return response
