"""What every spider of the archive has: its sites, its archive, and a note of every answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from baolangson_crawler import clock
from baolangson_crawler.exceptions import CrawlerError
from baolangson_crawler.extensions import ArchiveKeeper
from baolangson_crawler.failures import reason_of
from baolangson_crawler.items import Article, Link, Refusal, Visit, VisitKind
from baolangson_crawler.judging import LEADS_TO, Closing, Verdict, judge
from baolangson_crawler.middlewares.refused import Postponed
from baolangson_crawler.scheduler import LedgerScheduler
from baolangson_crawler.sites import Register
from baolangson_crawler.sites.base import Site
from baolangson_crawler.sites.sources import Walked
from baolangson_crawler.spiders.requests import SOURCE_PRIORITY, request_for, second_try
from baolangson_crawler.spiders.responses import capture_of
from baolangson_crawler.storage.archive import Archive
from baolangson_crawler.storage.frontier import NEW
from baolangson_crawler.urls import host_of
from baolangson_crawler.walk_state import Walk, WalkState

if TYPE_CHECKING:
    pass

Output = Iterator[Request | Visit]


class ArchiveSpider(Spider):
    """Asks one or several sites and notes what came; ``of`` makes the class that Scrapy starts."""

    sites: tuple[Site, ...] = ()
    companions: tuple[Site, ...] = ()
    """Sites that are entered only where an address of ``sites`` redirects to them."""

    watches = True
    """Whether it asks all that the sites list, so that their days are counted."""

    archive: Archive | None = None
    error: CrawlerError | None = None
    """What stopped the crawl, where something did."""

    outcome: str | None = None
    """How the crawl ended, once the archive is closed."""

    @classmethod
    def of(
        cls, name: str, sites: tuple[Site, ...], companions: tuple[Site, ...] = ()
    ) -> type[Self]:
        """The spider class of these sites."""
        body = {"name": name, "sites": sites, "companions": companions}
        return type(cls.__name__, (cls,), body)

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.verdicts: dict[str, Verdict] = {}
        """By site, what its numbers say, once the archive is closed."""
        self._register = Register((*self.sites, *self.companions))

    def owns(self, url: str) -> bool:
        """Whether the address is on a host that this crawl may ask."""
        return self.site_of(url) is not None

    def site_of(self, url: str) -> Site | None:
        """The site or companion on whose hosts the address is."""
        return self._register.for_url(url)

    def _crawled(self, url: str) -> Site | None:
        """The site whose lists the address may belong to: no companion is crawled."""
        site = self.site_of(url)
        return site if site in self.sites else None

    def open_archive(self) -> Archive:
        """The archive of this crawl, opened."""
        keeper = self.crawler.get_extension(ArchiveKeeper)
        assert keeper is not None
        self.archive = keeper.open(self)
        return self.archive

    def verdict(self, site: Site, count: Counter[str], closing: Closing | None) -> Verdict:
        """What the numbers of this crawl say of a site."""
        return judge(site, count, closing)

    def backfill_requests(self, site: Site, most: int) -> list[Request]:
        """The next requests of a backfill; only its own spider has any."""
        raise NotImplementedError

    def article_request(self, url: str, rank: int = NEW) -> Request:
        """The request for an article's page, of a rank (``storage.frontier``)."""
        raise NotImplementedError

    def _request(
        self,
        url: str,
        callback: Any,
        kind: VisitKind,
        priority: int = SOURCE_PRIORITY,
        **cb_kwargs: Any,
    ) -> Request:
        return request_for(url, kind, priority, callback, self.failed, cb_kwargs)

    def failed(self, failure: Failure) -> Output:
        """A request that was not sent or not answered: noted in the ledger with its reason."""
        request: Request = failure.request  # type: ignore[attr-defined]
        if isinstance(failure.value, Postponed):
            return  # it was not sent, and waits for the next crawl
        url = request.meta.get("visit_url", request.url)
        site = self.site_of(url)
        if site is None:
            return
        reason = reason_of(failure.value)
        if not reason.startswith("robots"):
            self.logger.warning("%s: %s (%s)", url, reason, failure.getErrorMessage())
        self._count(site, reason)
        if reason == "offsite" and request.meta.get("kind") != "article":
            self._count(site, LEADS_TO + host_of(request.url))
        source: Walked | None = request.cb_kwargs.get("source")
        yield Visit(
            url=url,
            site=site.key,
            kind=request.meta.get("kind", "article"),
            failure=reason,
            visited_at=clock.now(),
            source_url=source.first_url if source else None,
            robots_id=request.meta.get("robots_id"),
            walk="cut" if source and request.cb_kwargs["page"] > source.first else None,
        )
        yield from self._once_more(request, reason)

    def _once_more(self, request: Request | None, reason: str) -> Iterator[Request]:
        """A list that a passing fault kept from us is asked again behind all that waits."""
        if request is not None and (again := second_try(request, reason)):
            yield again

    def _visit(
        self,
        response: Response,
        kind: VisitKind,
        *,
        charset: str | None = None,
        article: Article | None = None,
        refusal: Refusal | None = None,
        failure: str | None = None,
        links: Collection[Link] = (),
        source: Walked | None = None,
        walk: Walk | None = None,
        walk_state: WalkState | None = None,
    ) -> Visit:
        url = response.meta.get("visit_url", response.url)
        owner = self.site_of(url)  # who was asked, wherever the address led
        assert owner is not None
        self._count(owner, "failed_requests" if failure else "answered")
        reason = failure or (refusal.reason if refusal else None)
        if reason:
            self._count(owner, reason)
        self._judge(url, reason)
        now = clock.now()
        return Visit(
            url=url,
            site=owner.key,
            kind=kind,
            capture=capture_of(response, charset, now),
            article=article,
            refusal=refusal,
            failure=failure,
            links=links,
            visited_at=now,
            source_url=source.first_url if source else None,
            robots_id=response.meta.get("robots_id"),
            walk=walk,
            walk_state=walk_state,
        )

    def _judge(self, url: str, reason: str | None) -> None:
        """Tell the scheduler what came: a paper that turns the crawler away is left in peace."""
        scheduler = self.crawler.engine.scheduler
        if isinstance(scheduler, LedgerScheduler):
            scheduler.judged(url, reason)

    def _count(self, site: Site, what: str) -> None:
        if self.archive is not None:
            self.archive.noted[site.key][what] += 1
