"""Downloader middlewares: where a crawl may go, what robots.txt allows, and how fast."""

from __future__ import annotations

import logging
from asyncio import Future, get_running_loop
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK

from baolangson_crawler import urls
from baolangson_crawler.addresses import is_public, is_reserved_name, literal
from baolangson_crawler.exceptions import ArchiveError
from baolangson_crawler.extensions import stop_with

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

ROBOTS_NAME = "baolangson_crawler"  # RFC 9309, 2.2.1: the product token, nothing else of the agent
ROBOTS_BYTES = 500 * 1024  # RFC 9309, 2.5: at least this much of the file is read
SLOWEST = 300.0  # seconds; a Crawl-delay above it is taken as a way of saying "go away slowly"


class Refused(IgnoreRequest):
    """A request that is not sent; ``reason`` goes into the ledger."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


class SafetyMiddleware:
    """Only http and https, only the sites of this crawl, never a private address.

    Stands before all others, and sees every hop of a redirect, since a redirect is a new request.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> SafetyMiddleware:
        """Made by Scrapy."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Refuse what must not be sent.

        Raises:
            Refused: ``scheme``, ``address`` or ``offsite``.
        """
        parts = urlsplit(request.url)
        if parts.scheme not in ("http", "https"):
            raise Refused("scheme", f"Not http: {request.url}")
        address = literal(parts.hostname or "")
        if address is not None and not is_public(address):
            raise Refused("address", f"No public address: {request.url}")
        owns = getattr(self.crawler.spider, "owns", None)
        if owns is not None and not owns(request.url) and not request.meta.get("robots_txt"):
            raise Refused("offsite", f"Leaves the site: {request.url}")


@dataclass(frozen=True, slots=True)
class Robots:
    """What one host's robots.txt says to us."""

    outcome: str
    """``rules``; ``no-robots``, open because there is none (4xx); ``unavailable``, closed because
    the server failed (5xx, no answer)."""

    parser: Protego | None
    status: int | None

    def rule(self, url: str) -> tuple[bool, str]:
        """Whether an address is allowed, and the word for why."""
        if self.outcome == "unavailable":
            return False, "robots_unavailable"
        if self.parser is None:
            return True, self.outcome
        allowed = bool(self.parser.can_fetch(url, ROBOTS_NAME))
        return allowed, "allowed" if allowed else "robots_disallowed"


class RobotsMiddleware:
    """robots.txt by RFC 9309, asked once a crawl for each host and kept in the archive.

    A server that fails (5xx) or does not answer closes the whole host; 4xx opens it. Scrapy's own
    middleware crawls on in the first case, which the RFC forbids.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.known: dict[str, Future[Robots]] = {}

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
        allowed, rule = robots.rule(request.url)
        if not allowed:
            raise Refused(rule, f"robots.txt: {request.url}")
        request.meta["robots_rule"] = rule

    async def _robots(self, request: Request) -> Robots:
        parts = urlsplit(request.url)
        place = f"{parts.scheme}://{parts.netloc}"
        if place not in self.known:
            self.known[place] = get_running_loop().create_future()
            robots = Robots("unavailable", None, None)
            try:
                robots = await self._fetch(f"{place}/robots.txt")
                self._set_pace(request, robots)
            except ArchiveError as error:
                stop_with(self.crawler, error)
            finally:
                self.known[place].set_result(robots)
        return await self.known[place]

    async def _fetch(self, url: str) -> Robots:
        request = Request(
            url,
            callback=NO_CALLBACK,
            priority=1000,
            meta={"robots_txt": True, "handle_httpstatus_list": list(range(400, 600))},
        )
        try:
            response = await self.crawler.engine.download_async(request)
        except Exception as error:
            logger.warning("No answer from %s: %s", url, error)
            return self._note(url, Robots("unavailable", None, None), None)
        return self._note(url, _read(response), response)

    def _note(self, url: str, robots: Robots, response: Response | None) -> Robots:
        archive = getattr(self.crawler.spider, "archive", None)
        if archive is not None:
            text = response.body[:ROBOTS_BYTES].decode("utf-8", "replace") if response else None
            archive.note_robots(
                urlsplit(url).netloc,
                datetime.now(UTC),
                robots.status,
                robots.outcome,
                text.replace("\x00", "") if text is not None and robots.parser else None,
            )
        return robots

    def _set_pace(self, request: Request, robots: Robots) -> None:
        delay = robots.parser.crawl_delay(ROBOTS_NAME) if robots.parser else None
        if delay:
            set_pace(self.crawler, request.url, min(float(delay), SLOWEST))


def _read(response: Response) -> Robots:
    if response.status >= 500 or response.status == 429:
        return Robots("unavailable", None, response.status)
    if response.status >= 400:
        return Robots("no-robots", None, response.status)
    if response.status != 200:  # a redirect that led nowhere, within the limit of hops
        return Robots("no-robots", None, response.status)
    text = response.body[:ROBOTS_BYTES].decode("utf-8-sig", "ignore")
    return Robots("rules", Protego.parse(text), response.status)


class PaceMiddleware:
    """One request in flight for each host, and a pause between two; ``www.`` and ``m.`` are one.

    The pause is never shorter than ``POLITENESS_DELAY`` or the host's Crawl-delay. A shorter
    ``DOWNLOAD_DELAY`` is obeyed only for reserved names (``.example``), where no paper lives.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PaceMiddleware:
        """Made by Scrapy."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Assign the request to its host's queue."""
        slot = slot_name(request.url)
        request.meta["download_slot"] = slot
        if slot not in self.crawler.engine.downloader.per_slot_settings:
            set_pace(self.crawler, request.url, 0.0)


def slot_name(url: str) -> str:
    """Name of the queue of a host; the hosts of one server share it."""
    return urls.host_of(url)


def set_pace(crawler: Crawler, url: str, delay: float) -> None:
    """Lengthen a host's pause to ``delay`` seconds; it is never shortened below the floor."""
    settings = crawler.settings
    configured = settings.getfloat("DOWNLOAD_DELAY")
    floor = 0.0 if is_reserved_name(url) else settings.getfloat("POLITENESS_DELAY")
    downloader = crawler.engine.downloader
    name = slot_name(url)
    before = downloader.per_slot_settings.get(name, {}).get("delay", 0.0)
    pause = max(delay, configured, floor, before)
    downloader.per_slot_settings[name] = {"concurrency": 1, "delay": pause, "jitter": 0.0}
    if slot := downloader.slots.get(name):
        slot.delay = pause


class PlainRedirectMiddleware(RedirectMiddleware):
    """Scrapy's redirects; no server is told where a link to it was found."""

    def handle_referer(self, request: Request, response: Response) -> None:
        """Send no Referer."""
        request.headers.pop("Referer", None)


class WireMiddleware:
    """Keeps the header lines as received, before decompression takes Content-Encoding off them."""

    def process_response(self, request: Request, response: Response) -> Response:
        """Note the header lines on the request."""
        request.meta["received_headers"] = tuple(
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values
        )
        return response
