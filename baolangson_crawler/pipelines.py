"""The way of a visit after the page was read: clean, date, attribute, keep.

Each step calls one function.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from baolangson_crawler.cleaning import clean
from baolangson_crawler.dating import date
from baolangson_crawler.exceptions import ArchiveError
from baolangson_crawler.items import Visit

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class CleaningPipeline:
    """Repairs the text of the article."""

    def process_item(self, item: Visit) -> Visit:
        """The visit with its article cleaned."""
        return replace(item, article=clean(item.article)) if item.article else item


class DatingPipeline:
    """Reads the article's dates."""

    def process_item(self, item: Visit) -> Visit:
        """The visit with its article dated."""
        if item.article is None or item.capture is None:
            return item
        return replace(item, article=date(item.article, item.capture.fetched_at))


class AttributionPipeline:
    """Names the paper that wrote the article, where it was merged into the site's."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> AttributionPipeline:
        """Made by Scrapy."""
        return cls(crawler)

    def process_item(self, item: Visit) -> Visit:
        """The visit with its article attributed."""
        site_of = getattr(self.crawler.spider, "site_of", None)
        if item.article is None or site_of is None:
            return item
        publisher = site_of(item.article.url)
        return replace(item, article=publisher.attributed(item.article, site_of(item.url)))


class ArchivePipeline:
    """Hands the visit to the archive; an archive that refuses ends the crawl."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ArchivePipeline:
        """Made by Scrapy."""
        return cls(crawler)

    def process_item(self, item: Visit) -> Visit:
        """Save the visit, where the crawl has an archive (``scrapy parse`` has none)."""
        from baolangson_crawler.extensions import stop_with

        archive = getattr(self.crawler.spider, "archive", None)
        if archive is not None:
            try:
                archive.save(item)
            except ArchiveError as error:
                stop_with(self.crawler, error)
        return item
