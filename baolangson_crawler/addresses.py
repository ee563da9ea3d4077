"""Which network addresses a crawl may speak to: those of the public internet, nothing else."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

RESERVED_DOMAINS = ("example", "test", "invalid", "localhost")
"""Top-level names under which no newspaper can live (RFC 2606, RFC 6761)."""


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether the address is one of the public internet.

    Loopback, private, link-local, carrier-grade NAT, multicast and every other special range
    of the IANA registries are not; an IPv4 address inside an IPv6 one is judged itself.
    """
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address in _NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast


def literal(host: str) -> IPv4Address | IPv6Address | None:
    """The address that a host is written as; None for a name."""
    try:
        return ip_address(host.strip("[]").split("%")[0])
    except ValueError:
        return None


def is_reserved_name(url: str) -> bool:
    """Whether the host is a name that can be no newspaper's."""
    return (urlsplit(url).hostname or "").rsplit(".", 1)[-1] in RESERVED_DOMAINS


class _Nat64:
    """The well-known prefix 64:ff9b::/96 (RFC 6052), behind which IPv4 addresses hide."""

    def __contains__(self, address: IPv6Address) -> bool:
        return int(address) >> 32 == 0x64FF9B << 64


_NAT64 = _Nat64()
