"""The spider of a crawl: it asks each site's sources, fetches what the archive lacks, reads it."""

from __future__ import annotations

from collections.abc import AsyncIterator

from scrapy import Request
from scrapy.http import Response

from baolangson_crawler.extraction.generic import GenericPage
from baolangson_crawler.items import Refusal
from baolangson_crawler.spiders.archiving import Output
from baolangson_crawler.spiders.finding import FindingSpider
from baolangson_crawler.spiders.reading import read_page
from baolangson_crawler.spiders.responses import failure_of
from baolangson_crawler.storage.frontier import NEW

__all__ = ["NewspaperSpider", "Output"]


class NewspaperSpider(FindingSpider):
    """Crawls one or several sites."""

    async def start(self) -> AsyncIterator[Request]:
        """Every source of every site; articles come from the ledger, through the scheduler."""
        self.open_archive()
        for request in self.source_requests():
            yield request

    def article_request(self, url: str, rank: int = NEW) -> Request:
        """The request for an article's page, of a rank (``storage.frontier``)."""
        request = self._request(url, self.parse, "article", priority=0)
        request.meta["rank"] = rank
        return request

    def parse(self, response: Response) -> Output:
        """An article page; needs nothing but the response, so ``scrapy parse URL`` works."""
        site = self.site_of(response.url)
        if site and response.status == 304 and response.meta.get("not_modified"):
            yield self._visit(response, "article")
            return
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
