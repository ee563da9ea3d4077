"""One crawl as an operation: plain values in, a report with an exit code out."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from baolangson_crawler.exceptions import CrawlerError
from baolangson_crawler.sites.base import Site
from baolangson_crawler.storage.archive import Archive
from baolangson_crawler.storage.lock import ArchiveLock
from baolangson_crawler.storage.opening import make_folder

NOTHING_FETCHED = 2
LAYOUT_UNKNOWN = 6
INTERRUPTED = 11

# Reasons for holding a page that a change of design gives too, and so may a single odd page.
_DOUBTFUL = ("listing", "empty_body", "javascript", "template", "too_short")
_SOME = 3  # pages


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

    @property
    def exit_code(self) -> int:
        """What cron is told; see ``docs/running.md``."""
        if self.error:
            return self.error.exit_code
        if self.outcome == "interrupted":
            return INTERRUPTED
        codes = {site.exit_code for site in self.sites}
        return NOTHING_FETCHED if NOTHING_FETCHED in codes else max(codes, default=0)

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

    Returns:
        The report; an archive that failed on the way is its ``error``.

    Raises:
        ArchiveBusy: another crawl holds the archive.
        ArchiveNotWritable: it cannot be opened for writing.
        ArchiveCorrupt: it is damaged, another program's, or newer.
    """
    now = datetime.now(UTC)
    make_folder(archive)
    with ArchiveLock(archive, now):
        return _crawl(
            sites, companions, archive, command, settings or {}, progress, progress_seconds, now
        )


def _crawl(
    sites: Sequence[Site],
    companions: Sequence[Site],
    path: Path,
    command: str,
    overrides: dict[str, Any],
    progress: Progress | None,
    progress_seconds: float,
    now: datetime,
) -> CrawlReport:
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import Settings

    from baolangson_crawler.extensions import begin_archive
    from baolangson_crawler.spiders.newspaper import NewspaperSpider

    # What is imported by now stays to the end: the collector need not look at it again and again.
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    settings = Settings()
    settings.setmodule("baolangson_crawler.settings", priority="project")
    settings.setdict({"ARCHIVE_PATH": str(path), **overrides}, priority="cmdline")
    archive = begin_archive(settings, sites, companions, command, now)
    name = sites[0].key if len(sites) == 1 else "all"
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(NewspaperSpider.of(name, tuple(sites), tuple(companions)))
    if progress:
        _report_on(crawler, archive, progress, progress_seconds)
    task: Any = process.crawl(crawler, archive=archive)
    process.start()
    if task.done() and not task.cancelled() and (error := task.exception()):
        archive.close()
        raise error
    spider: Any = crawler.spider
    if spider.outcome is None:  # stopped before it began, or told twice to stop
        spider.outcome = "interrupted"
        archive.finish(spider.outcome, datetime.now(UTC))
        archive.close()
    return CrawlReport(
        outcome=spider.outcome,
        sites=tuple(result(site, archive) for site in sites),
        seconds=(datetime.now(UTC) - now).total_seconds(),
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


def result(site: Site, archive: Archive) -> SiteResult:
    """The numbers of one site, and what is wrong with them."""
    count = archive.counters[site.key] + archive.noted[site.key]
    code, warning = _judgement(site, count)
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
        warning=warning,
        exit_code=code,
    )


def _judgement(site: Site, count: Counter[str]) -> tuple[int, str | None]:
    """What is wrong with a site's numbers: exit code and one sentence."""
    host = site.domains[0]
    if not count["answered"]:
        return NOTHING_FETCHED, _unanswered(host, count)
    read = count["new"] + count["same"] + count["changed"]
    if not read and (unread := _unread(count)):
        return LAYOUT_UNKNOWN, (
            f"No page was recognised ({unread} held): the paper has changed its design. "
            "The pages are kept."
        )
    if read and count["generic"] >= read:
        return LAYOUT_UNKNOWN, (
            f"No layout of the paper reads its pages any more; the generic reader read {read}. "
            f"Look at one: baolangson sites check {site.key}"
        )
    if count["known"] or read:
        return 0, _remarks(count)
    if count["robots_disallowed"]:
        return NOTHING_FETCHED, (
            f"{host}/robots.txt closes its articles to crawlers: none was fetched "
            f"({count['skipped']} addresses were found). Ask the paper for permission."
        )
    if not count["found"]:
        return LAYOUT_UNKNOWN, "Its sources list no article: they have moved or changed."
    if count["held"]:
        return LAYOUT_UNKNOWN, (
            f"No page could be read as an article ({count['held']} held): the paper answers "
            "with something else. The pages are kept."
        )
    return NOTHING_FETCHED, (
        f"None of its articles could be fetched ({count['failed']} failed, "
        f"{count['skipped']} skipped). The reasons are in the table url."
    )


def _unread(count: Counter[str]) -> int:
    """Pages held as they are after a change of design; few of the doubtful reasons say nothing."""
    sure = count["layout_not_recognised"] + count["layout_error"]
    doubtful = sum(count[reason] for reason in _DOUBTFUL)
    return sure + doubtful if sure or doubtful >= _SOME else 0


def _unanswered(host: str, count: Counter[str]) -> str:
    if count["robots_disallowed"]:
        return (
            f"{host}/robots.txt closes it to crawlers: nothing was fetched. "
            "Ask the paper for permission."
        )
    if count["robots_unavailable"]:
        return (
            f"{host}/robots.txt could not be read (server error or no answer), "
            "which counts as closed. The next crawl tries again."
        )
    if count["failed_requests"]:
        return (
            f"{host} answered every request with an error. Its sources have moved, or it blocks "
            "this crawler."
        )
    return f"{host} gave no answer. The next crawl tries again."


def _remarks(count: Counter[str]) -> str | None:
    """What does not make a crawl fail and ought to be known."""
    remarks = (
        (count["robots_disallowed"], "not fetched, as robots.txt asks"),
        (count["broken_lists"], "list pages broken off: no page of the paper came"),
        (count["undated"], "stored without a date that could be read"),
        (count["generic"], "read by the generic reader, no layout"),
        (count["layout_error"], "not read because a layout fails (see the log)"),
        (count["held"] - count["layout_error"], "held, being no articles"),
        (count["failed"], "failed, to be tried again"),
    )
    said = [f"{number} {what}" for number, what in remarks if number]
    return "; ".join(said) + "." if said else None
