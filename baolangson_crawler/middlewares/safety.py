"""Where a crawl may go: public addresses of the crawl's own papers, at the ports of the web."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy import Request

from baolangson_crawler.addresses import is_public_url
from baolangson_crawler.middlewares.refused import Refused

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from baolangson_crawler.sites.base import Site

_PORTS = frozenset((None, 80, 443))  # None: that of the scheme


class SafetyMiddleware:
    """Only http and https, only the sites of this crawl, never a private address or another port.

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
            Refused: ``scheme``, ``address``, ``offsite`` or ``port``.
        """
        parts = urlsplit(request.url)
        if parts.scheme not in ("http", "https"):
            raise Refused("scheme", f"Not http: {request.url}")
        if not is_public_url(request.url):
            raise Refused("address", f"No public address: {request.url}")
        owns = getattr(self.crawler.spider, "owns", None)
        if owns is not None and not owns(request.url) and not request.meta.get("robots_txt"):
            raise Refused("offsite", f"Leaves the site: {request.url}")
        if not self._is_open(request.url):
            raise Refused("port", f"No port of the paper: {request.url}")

    def _is_open(self, url: str) -> bool:
        """Whether the port is one of the web, or one that the paper's own site file names.

        A page, or the redirect of a robots.txt, may name a mail server's.
        """
        port = _port(url)
        if port in _PORTS:
            return True
        site_of = getattr(self.crawler.spider, "site_of", None)
        site: Site | None = site_of(url) if site_of else None
        return site is not None and port in {_port(source.url) for source in site.sources}


def _port(url: str) -> int | None:
    """The port that an address names."""
    return urlsplit(url).port
