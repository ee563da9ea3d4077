"""One page of a paper, fetched as a crawl fetches it: same engine, same rules, nothing kept."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager, suppress
from signal import SIGINT, SIGTERM, signal
from types import FrameType
from typing import Any

from scrapy import Request, signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.internet.error import ReactorNotRunning
from twisted.python.failure import Failure

from baolangson_crawler.exceptions import CrawlerError
from baolangson_crawler.items import Visit
from baolangson_crawler.judging import LAYOUT_UNKNOWN, NOTHING_FETCHED
from baolangson_crawler.sites.base import Site
from baolangson_crawler.sites.sources import Listing, Walked
from baolangson_crawler.spiders.newspaper import NewspaperSpider, Output
from baolangson_crawler.spiders.responses import failure_of
from baolangson_crawler.spiders.searches import homes

_SOURCES = 3  # of a site, asked in turn until one lists an article
_FILES = 5  # of one sitemap index
_ARTICLES = 3  # that the sources list, asked in turn until one comes

_WHY = {
    "robots_disallowed": "robots.txt closes it to crawlers. Ask the paper for permission.",
    "robots_unavailable": "robots.txt could not be read (server error or no answer), which counts "
    "as closed. Try again later.",
    "offsite": "It leads to another site.",
    "address": "Its host leads to no public address.",
    "dns": "The host has no address.",
    "timeout": "The server did not answer in time.",
    "connection_refused": "The server refuses the connection.",
    "moved": "It leads to another page, which is no article.",
    "broken_coding": "The answer came damaged: its compression cannot be undone.",
    "incomplete": "The answer broke off before its end.",
    "too_large": "The answer is too large for a page.",
    "headers_too_large": "The headers of the answer do not end.",
    "not_http": "What answers is no web server.",
    "tls": "Nobody vouches for the server's certificate, or its encryption fails.",
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
        answered = any(visit.failure is None for visit in visits)
        if answered and not any(visit.kind == "article" for visit in visits):
            self.exit_code = LAYOUT_UNKNOWN  # the lists answered, and list nothing


def _why(visits: Sequence[Visit]) -> str:
    """What came of every address, those with one outcome together."""
    asked: dict[str, list[str]] = {}
    for visit in visits:
        asked.setdefault(_outcome(visit), []).append(visit.url)
    told = " ".join(f"{', '.join(urls)}: {outcome}" for outcome, urls in asked.items())
    if not told:
        return "Nothing was fetched."
    return told if len(visits) == 1 else f"No article came. {told}"


def _outcome(visit: Visit) -> str:
    if visit.failure:
        return _WHY.get(visit.failure, f"It could not be fetched ({visit.failure}).")
    if visit.links:
        return "It lists articles."
    return "No article is listed there: the list has moved or changed."


class PageSpider(NewspaperSpider):
    """Fetches one article page: ``address``, else the first that the site's sources list.

    Of the sources, the files of a sitemap and the articles a few are asked in turn, until an
    article comes.
    """

    address: str | None = None
    response: Response | None = None
    """The page, once it came."""

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        site = self.sites[0]
        pages = (Listing(home, links="") for home in homes(site, ()))  # where no source is given
        self._sources = iter((site.asked or tuple(pages))[:_SOURCES])
        self._files: list[Request] = []
        self._links: list[str] = []
        self._files_asked = 0
        self._tried: set[str] = set()

    async def start(self) -> AsyncIterator[Request]:
        """The address, or the first source."""
        for request in [self.article_request(self.address)] if self.address else self._next():
            yield request

    def parse(self, response: Response) -> Output:
        """The article page, which is read by whoever asked for it."""
        site = self.site_of(response.url)
        failure = failure_of(response) if site else "offsite"
        if site and failure is None and not self.address and not site.is_article(response.url):
            failure = "moved"  # a list names it, but it is gone
        yield self._visit(response, "article", failure=failure)
        if failure is None:
            self.response = response
        else:
            yield from self._next()

    def parse_feed(self, response: Response) -> Output:
        """A feed, for its first article."""
        yield from self._go_on(super().parse_feed(response))

    def parse_sitemap(self, response: Response, depth: int = 0, root: str = "") -> Output:
        """A sitemap, for its first article, or for its files."""
        yield from self._go_on(super().parse_sitemap(response, depth, root))

    def parse_listing(self, response: Response, source: Walked, page: int) -> Output:
        """A section page, for its first article."""
        yield from self._go_on(super().parse_listing(response, source, page))

    def failed(self, failure: Failure) -> Output:
        """No answer."""
        yield from self._go_on(super().failed(failure))

    def _once_more(self, request: Request | None, reason: str) -> Iterator[Request]:
        """A list that fails is not waited for: another one is asked."""
        return iter(())

    def _go_on(self, outputs: Output) -> Output:
        """The visits; the requests wait until it is their turn."""
        files: list[Request] = []
        for output in outputs:
            if isinstance(output, Visit):
                links = (link.url for link in output.links)
                self._links = [url for url in links if url not in self._tried]
                yield output
            else:
                files.append(output)
        self._files = [*files, *self._files]
        yield from self._next()

    def _next(self) -> Iterator[Request]:
        """The next request: an article that is listed, else a file of the sitemap, else a source.

        Nothing where an address was given, or as many articles as may be were asked for in vain.
        """
        if self.address or len(self._tried) == _ARTICLES:
            return
        if self._links:
            url = self._links.pop(0)
            self._tried.add(url)
            yield self.article_request(url)
        elif self._files and self._files_asked < _FILES:
            self._files_asked += 1
            yield self._files.pop(0)
        elif source := next(self._sources, None):
            self._files, self._files_asked = [], 0
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
    with _interruptible(crawler):
        process.start(install_signal_handlers=False)
    if task.done() and not task.cancelled() and (error := task.exception()):
        raise error
    spider: Any = crawler.spider
    response: Response | None = spider.response
    if response is None:
        raise NotFetched(visits)
    return response


@contextmanager
def _interruptible(crawler: Crawler) -> Iterator[None]:
    """Within it the first Ctrl-C ends the fetch, also while an answer is waited for.

    Raises:
        KeyboardInterrupt: it was interrupted.
    """
    from twisted.internet import reactor as running

    reactor: Any = running
    interrupted = False

    def stop() -> None:
        crawler.crawling = False  # nothing is archived, so the answer under way is given up
        with suppress(ReactorNotRunning):
            reactor.stop()

    def interrupt(number: int, frame: FrameType | None) -> None:
        nonlocal interrupted
        interrupted = True
        reactor.callFromThread(stop)

    former = {number: signal(number, interrupt) for number in (SIGINT, SIGTERM)}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal(number, handler)
    if interrupted:
        raise KeyboardInterrupt
