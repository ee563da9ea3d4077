"""Name resolution that never leads a crawl into a private network.

The address that is checked is the one that is connected to, so a name that changes its address
between check and use (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import socket
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.resolver import CachingThreadedResolver, dnscache
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred, succeed
from twisted.internet.error import DNSLookupError
from twisted.internet.threads import deferToThreadPool

from baolangson_crawler.addresses import is_public, literal


class PrivateAddress(DNSLookupError):
    """A name leads to an address that is not public; ``reason`` goes into the ledger."""

    reason = "address"


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's resolver, refusing every name that leads to an address that is not public."""

    def __init__(
        self, reactor: ReactorBase, cache_size: int, timeout: float, exempt: frozenset[str]
    ) -> None:
        super().__init__(reactor, cache_size, timeout)
        self.exempt = exempt
        self.refused: dict[str, str] = {}
        """Names whose last lookup was refused, and what they led to."""

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

        The deferred fails with ``PrivateAddress`` where one of the name's addresses is not
        public, with ``DNSLookupError`` where it has none or no answer came in time.
        """
        found: Deferred[Any]
        if name in dnscache:
            found = succeed(dnscache[name])
        else:
            pool = self.reactor.getThreadPool()
            found = deferToThreadPool(self.reactor, pool, addresses_of, name)  # type: ignore[arg-type]
            found.addTimeout(self.timeout, self.reactor)  # type: ignore[arg-type]
            found.addErrback(self._unanswered, name)
        return found.addCallback(self._first, name)

    def _unanswered(self, failure: Any, name: str) -> Any:
        self.refused.pop(name, None)
        raise DNSLookupError(f"no address of {name}: {failure.getErrorMessage()}")

    def _first(self, addresses: tuple[str, ...], name: str) -> str:
        """The address to connect to; of several, one that is private condemns all."""
        self.refused.pop(name, None)
        if name not in self.exempt:
            for address in addresses:
                parsed = literal(address)
                if parsed is None or not is_public(parsed):
                    dnscache.pop(name, None)
                    self.refused[name] = f"{name} leads to {address}, which is no public address"
                    raise PrivateAddress(self.refused[name])
        if dnscache.limit:
            dnscache[name] = addresses
        return addresses[0]


class PrivateAddressMiddleware:
    """Says why a name was refused, which on its way through Twisted becomes "not found"."""

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Let pass every failure but that of a name that the resolver refused.

        Raises:
            PrivateAddress: it was.
        """
        from twisted.internet import reactor

        if isinstance(exception, CannotResolveHostError):
            refused = getattr(getattr(reactor, "resolver", None), "refused", {})
            if detail := refused.get(urlsplit(request.url).hostname):
                raise PrivateAddress(detail) from exception


def addresses_of(name: str) -> tuple[str, ...]:
    """Every IPv4 address of a name; waits for the system's resolver."""
    return tuple(socket.gethostbyname_ex(name)[2])


def proxy_hosts() -> set[str]:
    """The hosts of the proxies in the operator's environment (``http_proxy``, ``https_proxy``)."""
    proxies = (proxy if "://" in proxy else f"//{proxy}" for proxy in getproxies().values())
    return {host for proxy in proxies if (host := urlsplit(proxy).hostname)}
