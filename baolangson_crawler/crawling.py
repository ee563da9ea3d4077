"""One crawl as an operation: plain values in, a report with an exit code out."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from baolangson_crawler import clock
from baolangson_crawler.backfilling import Bounds
from baolangson_crawler.exceptions import CrawlerError
from baolangson_crawler.interrupts import interruptible
from baolangson_crawler.judging import Verdict, exit_code, judge
from baolangson_crawler.sites.base import Site
from baolangson_crawler.storage.archive import Archive
from baolangson_crawler.storage.frontier import BACKFILL, NEW, UPDATED
from baolangson_crawler.storage.lock import ArchiveLock
from baolangson_crawler.storage.opening import make_folder


@dataclass(frozen=True, slots=True)
class SiteResult:
    """What one site gave in one crawl, in numbers of articles."""

    key: str
    name: str
    found: int
    """Different articles that the sources list or that were still to be fetched."""

    new: int
    changed: int
    known: int
    """Found, and held since an earlier crawl."""

    duplicates: int
    """Further addresses of articles that are held."""

    held: int
    """Pages fetched that are no article, or that no layout reads."""

    failed: int
    skipped: int
    """Not fetched: closed by robots.txt, or off the site."""

    warning: str | None = None
    """One sentence where something is wrong."""

    exit_code: int = 0


@dataclass(frozen=True, slots=True)
class CrawlReport:
    """How a crawl ended."""

    outcome: str
    sites: tuple[SiteResult, ...]
    seconds: float
    archive: str
    error: CrawlerError | None = None
    is_rehearsal: bool = False
    would_fetch: tuple[str, ...] = ()
    """Of a rehearsal: the articles that a crawl would ask for now, the newest finds first."""

    @property
    def exit_code(self) -> int:
        """What cron is told; see ``docs/running.md``."""
        if self.error:
            return self.error.exit_code
        return exit_code(self.outcome, {site.exit_code for site in self.sites})

    @property
    def new(self) -> int:
        """Articles stored for the first time."""
        return sum(site.new for site in self.sites)


Progress = Callable[[dict[str, Counter[str]]], None]


def crawl(
    sites: Sequence[Site],
    archive: Path,
    *,
    companions: Sequence[Site] = (),
    command: str = "crawl",
    settings: dict[str, Any] | None = None,
    progress: Progress | None = None,
    progress_seconds: float = 1.0,
    spider: str = "newspaper.NewspaperSpider",
) -> CrawlReport:
    """Crawl the sites into the archive and wait for the end.

    Args:
        sites: what to crawl; all in one process, each at its own pace.
        archive: path of the SQLite file; made if it is not there.
        companions: sites that their addresses may lead to, and papers whose articles they hold.
        command: what is noted as the crawl's command.
        settings: Scrapy settings over those of the project.
        progress: called every ``progress_seconds`` with the counters by site.
        progress_seconds: seconds between two calls.
        spider: its class, as a name below ``baolangson_crawler.spiders``.

    Returns:
        The report; an archive that failed on the way is its ``error``.

    Raises:
        ArchiveBusy: another crawl holds the archive.
        ArchiveNotWritable: it cannot be opened for writing.
        ArchiveCorrupt: it is damaged, another program's, or newer.
    """
    now = clock.now()
    make_folder(archive)
    with interruptible(), ArchiveLock(archive, now):
        return _crawl(
            sites,
            companions,
            archive,
            command,
            settings or {},
            progress,
            progress_seconds,
            now,
            spider,
        )


def backfill(
    sites: Sequence[Site],
    archive: Path,
    bounds: Bounds,
    *,
    settings: dict[str, Any] | None = None,
    **options: Any,
) -> CrawlReport:
    """Look for old articles of the sites, from where the last backfill came to.

    Every page is written before the next is asked for, so that no page is asked for twice, whatever
    ends the crawl.

    Args:
        sites: as of `crawl`.
        archive: as of `crawl`.
        bounds: which days, and from which end.
        settings: as of `crawl`.
        options: the other arguments of `crawl`.
    """
    settings = {**_ONE_BY_ONE, **(settings or {}), "BACKFILL": asdict(bounds)}
    return crawl(sites, archive, settings=settings, spider="backfill.BackfillSpider", **options)


_ONE_BY_ONE = {
    "RANKS": (NEW, UPDATED, BACKFILL),
    "ARCHIVE_BATCH": 1,
    "SCRAPER_SLOT_MAX_ACTIVE_SIZE": 1,  # bytes: nothing is sent while an answer is read
}


def rehearse(
    sites: Sequence[Site],
    archive: Path,
    *,
    settings: dict[str, Any] | None = None,
    **options: Any,
) -> CrawlReport:
    """Ask the lists of the sites, and find out what `crawl` would fetch; the archive is only read.

    The arguments are those of `crawl`.
    """
    from baolangson_crawler.storage.rehearsal import copy_of, would_fetch

    settings = {**(settings or {}), "MAX_PAGES": 0}
    with TemporaryDirectory(prefix="baolangson-") as folder:
        copy = Path(folder) / "rehearsal.db"
        copy_of(archive, copy, [site.key for site in sites])
        report = crawl(sites, copy, settings=settings, **options)
        found = tuple(would_fetch(copy, settings.get("SINCE"), clock.now()))
    return replace(report, archive=str(archive), is_rehearsal=True, would_fetch=found)


def _crawl(
    sites: Sequence[Site],
    companions: Sequence[Site],
    path: Path,
    command: str,
    overrides: dict[str, Any],
    progress: Progress | None,
    progress_seconds: float,
    now: datetime,
    spider_name: str,
) -> CrawlReport:
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import Settings
    from scrapy.utils.misc import load_object

    from baolangson_crawler.extensions import begin_archive

    # What is imported by now stays to the end: the collector need not look at it again and again.
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    settings = Settings()
    settings.setmodule("baolangson_crawler.settings", priority="project")
    settings.setdict({"ARCHIVE_PATH": str(path), **overrides}, priority="cmdline")
    archive = begin_archive(settings, sites, companions, command, now)
    try:
        name = sites[0].key if len(sites) == 1 else "all"
        process = AsyncCrawlerProcess(settings)
        spider_class = load_object(f"baolangson_crawler.spiders.{spider_name}")
        crawler = process.create_crawler(spider_class.of(name, tuple(sites), tuple(companions)))
        if progress:
            _report_on(crawler, archive, progress, progress_seconds)
        task: Any = process.crawl(crawler, archive=archive)
        process.start()
    except KeyboardInterrupt:  # before Scrapy listens to signals, or after
        archive.finish("interrupted", clock.now())
        archive.close()
        raise
    if task.done() and not task.cancelled() and (error := task.exception()):
        archive.close()
        raise error
    spider: Any = crawler.spider
    if spider.outcome is None:  # stopped before it began, or told twice to stop
        spider.outcome = "interrupted"
        archive.finish(spider.outcome, clock.now())
        archive.close()
    return CrawlReport(
        outcome=spider.outcome,
        sites=tuple(_result(site, archive, spider.verdicts.get(site.key)) for site in sites),
        seconds=(clock.now() - now).total_seconds(),
        archive=str(path),
        error=spider.error,
    )


def _report_on(crawler: Any, archive: Archive, progress: Progress, seconds: float) -> None:
    from scrapy import signals
    from scrapy.utils.asyncio import create_looping_call

    def tell() -> None:
        progress({key: archive.counters[key] + archive.noted[key] for key in archive.sites})

    loop = create_looping_call(tell)

    def started() -> None:
        loop.start(seconds, now=False)

    def stopped() -> None:
        loop.stop()
        tell()

    crawler.signals.connect(started, signals.engine_started, weak=False)
    crawler.signals.connect(stopped, signals.engine_stopped, weak=False)


def _result(site: Site, archive: Archive, verdict: Verdict | None) -> SiteResult:
    count = archive.counters[site.key] + archive.noted[site.key]
    verdict = verdict or judge(site, count)
    return SiteResult(
        key=site.key,
        name=site.name,
        found=count["found"],
        new=count["new"],
        changed=count["changed"],
        known=count["known"],
        duplicates=count["duplicate"],
        held=count["held"],
        failed=count["failed"],
        skipped=count["skipped"],
        warning=verdict.message,
        exit_code=verdict.exit_code,
    )
