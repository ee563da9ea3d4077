"""The archive's life in a crawl: opened at the start, flushed on time, closed at the end."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from scrapy import signals
from scrapy.utils.asyncio import create_looping_call

from baolangson_crawler.exceptions import ArchiveError, CrawlerError
from baolangson_crawler.sites.base import Site
from baolangson_crawler.storage.archive import Archive
from baolangson_crawler.storage.lock import ArchiveLock
from baolangson_crawler.storage.opening import make_folder

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings


class ArchivingSpider(Protocol):
    """What the keeper needs of the spider."""

    name: str
    sites: tuple[Site, ...]
    companions: tuple[Site, ...]
    archive: Archive | None
    error: CrawlerError | None
    outcome: str | None


_OUTCOMES = {"finished": "done", "shutdown": "interrupted"}
# Settings that change what a crawl finds or keeps; they are kept with it.
_KEPT = ("USER_AGENT", "POLITENESS_DELAY", "DOWNLOAD_DELAY", "DOWNLOAD_MAXSIZE", "LISTING_PAGES")


class ArchiveKeeper:
    """Opens the archive for the spider, unless ``baolangson crawl`` has opened it already."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.archive: Archive | None = None
        self.lock: ArchiveLock | None = None
        self._loop: Any = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ArchiveKeeper:
        """Made by Scrapy."""
        keeper = cls(crawler)
        crawler.signals.connect(keeper.spider_closed, signals.spider_closed)
        return keeper

    def open(self, spider: ArchivingSpider) -> Archive:
        """The crawl's archive, locked and ready."""
        if spider.archive is None:
            settings = self.crawler.settings
            path = Path(settings["ARCHIVE_PATH"])
            now = datetime.now(UTC)
            make_folder(path)
            self.lock = ArchiveLock(path, now)
            self.lock.__enter__()
            command = f"scrapy crawl {spider.name}"
            spider.archive = begin_archive(settings, spider.sites, spider.companions, command, now)
        self.archive = spider.archive
        self._loop = create_looping_call(self._flush)
        self._loop.start(self.crawler.settings.getfloat("ARCHIVE_FLUSH_SECONDS"), now=False)
        return self.archive

    def _flush(self) -> None:
        assert self.archive is not None
        try:
            self.archive.flush()
        except ArchiveError as error:
            stop_with(self.crawler, error)

    def spider_closed(self, spider: ArchivingSpider, reason: str) -> None:
        """Write the rest, note how the crawl ended, let go of the archive."""
        if self._loop is not None:
            self._loop.stop()
        if self.archive is None:
            return
        try:
            spider.outcome = _OUTCOMES.get(reason, reason)
            if spider.error is None:
                self.archive.finish(spider.outcome, datetime.now(UTC))
        except ArchiveError as error:
            spider.error = error
        finally:
            self.archive.close()
            if self.lock is not None:
                self.lock.__exit__(None, None, None)


def begin_archive(
    settings: BaseSettings,
    sites: Iterable[Site],
    companions: Iterable[Site],
    command: str,
    now: datetime,
) -> Archive:
    """The archive that the settings name, with a crawl of the sites begun in it."""
    return Archive(
        Path(settings["ARCHIVE_PATH"]),
        sites,
        companions=companions,
        command=command,
        configuration={name: settings.get(name) for name in _KEPT},
        now=now,
        batch=settings.getint("ARCHIVE_BATCH"),
    )


def stop_with(crawler: Crawler, error: CrawlerError) -> None:
    """End the crawl because of an error that every further page would meet too."""
    spider: Any = crawler.spider
    if spider.error is None:
        spider.error = error
        closing = crawler.engine.close_spider_async(reason="archive_error")
        spider.closing = asyncio.ensure_future(closing)  # kept, or the task may be collected
