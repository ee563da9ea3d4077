"""Name resolution that never leads a crawl into a private network.

The address that is checked is the one that is connected to, so a name that changes its address
between check and use (DNS rebinding) gains nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy.crawler import Crawler
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from baolangson_crawler.addresses import is_public, literal


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's resolver, refusing every name that leads to an address that is not public."""

    def __init__(
        self, reactor: ReactorBase, cache_size: int, timeout: float, exempt: frozenset[str]
    ) -> None:
        super().__init__(reactor, cache_size, timeout)
        self.exempt = exempt

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> GuardedResolver:
        """The operator's own proxy is the only private host that may be reached."""
        settings = crawler.settings
        return cls(
            reactor,
            settings.getint("DNSCACHE_SIZE"),
            settings.getfloat("DNS_TIMEOUT"),
            frozenset(proxy_hosts()),
        )

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:
        """The address of a name.

        The deferred fails with ``DNSLookupError`` where the address is not public.
        """
        found = super().getHostByName(name, timeout)
        if name not in self.exempt:
            found.addCallback(_public, name)
        return found


def _public(address: Any, name: str) -> Any:
    parsed = literal(str(address))
    if parsed is None or not is_public(parsed):
        raise DNSLookupError(f"{name} leads to {address}, which is no public address")
    return address


def proxy_hosts() -> set[str]:
    """The hosts of the proxies in the operator's environment (``http_proxy``, ``https_proxy``)."""
    return {host for proxy in getproxies().values() if (host := urlsplit(proxy).hostname)}
