"""What robots.txt allows (RFC 9309)."""

from __future__ import annotations

import logging
from asyncio import Future, get_running_loop
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request, signals
from scrapy.exceptions import StopDownload
from scrapy.http.request import NO_CALLBACK

from baolangson_crawler import clock
from baolangson_crawler.exceptions import ArchiveError
from baolangson_crawler.extensions import stop_with
from baolangson_crawler.failures import UNREACHABLE, reason_of
from baolangson_crawler.middlewares.refused import Postponed, Refused
from baolangson_crawler.storage.crawls import RobotsFile

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from baolangson_crawler.storage.archive import Archive

logger = logging.getLogger(__name__)

ROBOTS_NAME = "baolangson_crawler"  # RFC 9309, 2.2.1: the product token, nothing else of the agent
ROBOTS_BYTES = 500 * 1024  # RFC 9309, 2.5: at least this much of the file is read
_TRIES = 2  # a kept connection may just have been closed by the server
KEPT = timedelta(hours=24)  # RFC 9309, 2.4: no longer than this


@dataclass(frozen=True, slots=True)
class Robots:
    """What one host's robots.txt says to us."""

    outcome: str
    """``rules``; ``no-robots``, open because there is none (4xx); ``unavailable``, closed because
    the server failed (5xx, 429, no answer, redirects that lead nowhere)."""

    parser: Protego | None
    read_at: datetime
    row: int | None = None
    """Row of the file in the archive."""

    def rule(self, url: str) -> tuple[bool, str]:
        """Whether an address is allowed, and the word for why."""
        if self.outcome == "unavailable":
            return False, "robots_unavailable"
        if self.parser is None:
            return True, self.outcome
        allowed = bool(self.parser.can_fetch(url, ROBOTS_NAME))
        return allowed, "allowed" if allowed else "robots_disallowed"


class RobotsMiddleware:
    """robots.txt by RFC 9309, asked once a day for each host and kept in the archive.

    A server that fails (5xx) or does not answer closes what it serves: one scheme, host and port
    (RFC 9309, 2.3), and no other name of the paper; 4xx opens it. Scrapy's own middleware crawls
    on in the first case, which the RFC forbids.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.known: dict[str, Future[Robots]] = {}
        crawler.signals.connect(self._enough, signals.bytes_received)
        self._received: dict[Request, int] = {}
        self._paced: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        """Made by Scrapy."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let pass what the host's robots.txt allows.

        Raises:
            Refused: ``robots_disallowed`` or ``robots_unavailable``.
        """
        if request.meta.get("robots_txt"):
            return
        robots = await self._robots(request)
        request.meta["robots_id"] = robots.row
        allowed, rule = robots.rule(request.url)
        if not allowed:
            if rule == "robots_unavailable":
                self._scheduler.refused(request)
            raise Refused(rule, f"robots.txt: {request.url}")
        request.meta["robots_rule"] = rule

    @property
    def _scheduler(self) -> Any:
        return self.crawler.engine.scheduler

    @property
    def _archive(self) -> Archive | None:
        return getattr(self.crawler.spider, "archive", None)

    async def _robots(self, request: Request) -> Robots:
        parts = urlsplit(request.url)
        place = f"{parts.scheme}://{parts.netloc}"
        known = self.known.get(place)
        if known is not None:
            robots = await known
            if clock.now() - robots.read_at < KEPT:
                return robots
            if self.known.get(place) is not known:  # another request has asked anew meanwhile
                return await self.known[place]
        self.known[place] = asked = get_running_loop().create_future()
        try:
            robots = self._kept(place) or await self._fetch(place)
        except BaseException as error:
            # whoever waits, or comes later, meets the same; what postpones lasts for the crawl
            asked.set_exception(error)
            asked.exception()  # nobody else may have waited for it
            if isinstance(error, ArchiveError):
                stop_with(self.crawler, error)
            raise
        asked.set_result(robots)
        self._set_pace(request, robots)
        return robots

    def _kept(self, place: str) -> Robots | None:
        """The file as an earlier crawl read it less than a day ago."""
        kept = self._archive and self._archive.robots(f"{place}/robots.txt", clock.now() - KEPT)
        if not kept:
            return None
        row, file = kept
        parser = Protego.parse(file.text) if file.text is not None else None
        return Robots(file.outcome, parser, file.fetched_at, row)

    async def _fetch(self, place: str) -> Robots:
        url = f"{place}/robots.txt"
        for _ in range(_TRIES):
            request = Request(
                url,
                callback=NO_CALLBACK,
                priority=1000,
                meta={"robots_txt": True, "handle_httpstatus_list": list(range(400, 600))},
            )
            try:
                response = await self.crawler.engine.download_async(request)
            except Postponed:
                raise
            except Exception as error:
                logger.warning("No answer from %s: %s", url, error)
                if reason_of(error) in UNREACHABLE:
                    break
            else:
                return self._read(url, response)
            finally:
                self._received.clear()
        return self._read(url, None)

    def _enough(self, data: bytes, request: Request) -> None:
        """A file that goes on behind what has to be read is cut there."""
        if not request.meta.get("robots_txt"):
            return
        self._received[request] = self._received.get(request, 0) + len(data)
        if self._received[request] > ROBOTS_BYTES:
            raise StopDownload(fail=False)

    def _read(self, url: str, response: Response | None) -> Robots:
        now = clock.now()
        outcome, text = _outcome(response)
        file = RobotsFile(url, now, response.status if response else None, outcome, text)
        parser = Protego.parse(text) if text is not None else None
        return Robots(outcome, parser, now, self._keep(file))

    def _keep(self, file: RobotsFile) -> int | None:
        archive = self._archive
        if archive is None:
            return None
        try:
            return archive.note_robots(file)
        except ArchiveError as error:
            stop_with(self.crawler, error)
            return None

    def _set_pace(self, request: Request, robots: Robots) -> None:
        """The Crawl-delay of the paper's names: the longest of them; what was kept is forgotten."""
        delay = robots.parser.crawl_delay(ROBOTS_NAME) if robots.parser else None
        lane = self._scheduler.lane(request.url)
        before = lane.pace.state.crawl_delay if lane.name in self._paced else 0.0
        self._paced.add(lane.name)
        lane.pace.state.crawl_delay = max(before, float(delay or 0.0))


def _outcome(response: Response | None) -> tuple[str, str | None]:
    """The word for an answer, and the rules that it holds."""
    if response is None or response.status >= 500 or response.status == 429:
        return "unavailable", None
    if response.status >= 400:
        return "no-robots", None
    if response.status != 200:  # a redirect that names no address, "not modified" unasked
        return "unavailable", None
    text = response.body[:ROBOTS_BYTES].decode("utf-8-sig", "ignore")
    return "rules", text.replace("\x00", "")
