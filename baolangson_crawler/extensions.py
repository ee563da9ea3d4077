"""The archive's life in a crawl: opened at the start, flushed on time, closed at the end."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from scrapy import Request, signals
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from scrapy.utils.asyncio import create_looping_call

from baolangson_crawler import clock
from baolangson_crawler.exceptions import ArchiveError, CrawlerError
from baolangson_crawler.items import Visit
from baolangson_crawler.judging import Closing, Verdict, exit_code
from baolangson_crawler.sites.base import Site, Sitemap, Source
from baolangson_crawler.storage.archive import Archive
from baolangson_crawler.storage.diagnosis import check_room
from baolangson_crawler.storage.lock import ArchiveLock
from baolangson_crawler.storage.opening import make_folder
from baolangson_crawler.storage.sources import site_sources

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings

logger = logging.getLogger(__name__)


class ArchivingSpider(Protocol):
    """What the keeper needs of the spider."""

    name: str
    sites: tuple[Site, ...]
    companions: tuple[Site, ...]
    archive: Archive | None
    error: CrawlerError | None
    outcome: str | None
    verdicts: dict[str, Verdict]

    def site_of(self, url: str) -> Site | None:
        """The site or companion on whose hosts the address is."""

    watches: bool
    """Whether it asks all that the sites list, so that their days are counted."""

    def article_request(self, url: str, rank: int = 0) -> Request:
        """The request for an article's page."""

    def backfill_requests(self, site: Site, most: int) -> list[Request]:
        """The next requests of a backfill."""

    def verdict(self, site: Site, count: Counter[str], closing: Closing | None) -> Verdict:
        """What the numbers of a crawl say of a site."""


_OUTCOMES = {"finished": "done", "shutdown": "interrupted"}
# Settings that change what a crawl finds or keeps; they are kept with it.
_KEPT = (
    *("USER_AGENT", "POLITENESS_DELAY", "DOWNLOAD_DELAY", "DOWNLOAD_MAXSIZE", "LISTING_PAGES"),
    *(
        "MAX_PAGES",
        "MAX_SECONDS",
        "SINCE",
        "DAILY_REQUESTS",
        "REVISIT_SHARE",
        "PATIENCE_SECONDS",
        "BACKFILL",
    ),
)


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
        crawler.signals.connect(keeper.failed_inside, signals.spider_error)
        crawler.signals.connect(keeper.failed_inside, signals.item_error)
        return keeper

    def failed_inside(self, response: Response | None, spider: ArchivingSpider) -> None:
        """A fault of this program costs one page, and has its reason in the ledger."""
        request = response.request if response is not None else None
        if spider.archive is None or spider.error is not None or request is None:
            return
        url = request.meta.get("visit_url", request.url)
        if site := spider.site_of(url):
            spider.archive.save(
                Visit(
                    url=url,
                    site=site.key,
                    kind=request.meta.get("kind", "article"),
                    failure="internal_error",
                    visited_at=clock.now(),
                )
            )

    def open(self, spider: ArchivingSpider) -> Archive:
        """The crawl's archive, locked and ready.

        Raises:
            CloseSpider: there is none; why is logged in one line.
        """
        if spider.archive is None:
            try:
                spider.archive = self._begin(spider)
            except CrawlerError as error:
                spider.error = error
                logger.error("%s", error)
                raise CloseSpider("archive_error") from error
        self.archive = spider.archive
        self._loop = create_looping_call(self._flush)
        self._loop.start(self.crawler.settings.getfloat("ARCHIVE_FLUSH_SECONDS"), now=False)
        return self.archive

    def _begin(self, spider: ArchivingSpider) -> Archive:
        settings = self.crawler.settings
        path = Path(settings["ARCHIVE_PATH"])
        now = clock.now()
        make_folder(path)
        self.lock = ArchiveLock(path, now)
        self.lock.__enter__()
        command = f"scrapy crawl {spider.name}"
        return begin_archive(settings, spider.sites, spider.companions, command, now)

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
                self._finish(spider, self.archive)
        except ArchiveError as error:
            spider.error = error
        finally:
            self.archive.close()
            if self.lock is not None:
                self.lock.__exit__(None, None, None)

    def _finish(self, spider: ArchivingSpider, archive: Archive) -> None:
        archive.flush()
        closings: dict[str, Closing] = {}
        if scheduler := getattr(self.crawler.engine, "scheduler", None):
            closings = scheduler.closings()
        outcome = spider.outcome or "done"
        if outcome == "done" and any(closing.is_limit for closing in closings.values()):
            outcome = spider.outcome = "limited"
        for site in spider.sites:
            count = archive.counters[site.key] + archive.noted[site.key]
            spider.verdicts[site.key] = spider.verdict(site, count, closings.get(site.key))
        now = clock.now()
        is_rehearsal = self.crawler.settings["MAX_PAGES"] == 0  # reads no page to compare
        if outcome in ("done", "limited") and not is_rehearsal and spider.watches:
            whole = [
                site
                for site in spider.sites
                if _is_whole(
                    site_sources(archive.conn, site.key, site.asked),
                    closings.get(site.key),
                    archive.noted[site.key],
                )
            ]
            archive.seen(whole, now)
            for alarm in archive.alarms(now):
                verdict = spider.verdicts[alarm.site]
                spider.verdicts[alarm.site] = verdict.with_alarm(alarm.paragraph)
        verdicts = spider.verdicts
        archive.finish(
            outcome,
            now,
            exit_code(outcome, {verdict.exit_code for verdict in verdicts.values()}),
            {key: verdict.message for key, verdict in verdicts.items() if verdict.message},
        )


def _is_whole(sources: Iterable[Source], closing: Closing | None, noted: Mapping[str, int]) -> bool:
    """Whether the crawl came to see all that a site's sources list, so far as they answered.

    Behind a limit only articles are left, which wait in the ledger, or further files of a sitemap.
    """
    if noted["broken_lists"]:
        return False
    has_sitemap = any(isinstance(source, Sitemap) for source in sources)
    return closing is None or (closing.is_limit and not has_sitemap)


def begin_archive(
    settings: BaseSettings,
    sites: Iterable[Site],
    companions: Iterable[Site],
    command: str,
    now: datetime,
) -> Archive:
    """The archive that the settings name, with a crawl of the sites begun in it.

    Raises:
        ArchiveError: there is too little room for it, or it cannot be opened.
    """
    path = Path(settings["ARCHIVE_PATH"])
    check_room(path, settings.getint("ARCHIVE_ROOM"))
    return Archive(
        path,
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
