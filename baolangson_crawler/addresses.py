"""Which hosts a crawl may speak to: those of the public internet, nothing else."""

from __future__ import annotations

import re
import socket
import unicodedata
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import unquote, urlsplit

RESERVED_DOMAINS = ("example", "test", "invalid", "localhost")
"""Top-level names under which no newspaper can live (RFC 2606, RFC 6761)."""

_INSIDE = (
    *("localhost", "local", "internal", "intranet", "private", "corp", "home", "lan"),
    *("localdomain", "localdomain6", "localnet", "workgroup"),
    *("svc", "cluster", "consul", "docker", "box"),
)
"""Top-level names of private networks (RFC 6761, RFC 6762 with its appendix G, ICANN's
``internal``, under which clouds keep their metadata; those that systems, clusters and routers
give to themselves)."""

_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
_GLOBAL_UNICAST = IPv6Network("2000::/3")  # RFC 4291, 2.4; nothing else is routed
_SPECIAL = tuple(
    map(
        ip_network,
        (
            # ranges of the same registries that Python before 3.11.10 takes for global
            *("192.0.0.0/24", "2001::/23", "3fff::/20"),
            "192.88.99.0/24",  # anycast of relays to 6to4, deprecated by RFC 7526
            "168.63.129.16/32",  # Azure: the host beneath a virtual machine, and its metadata
        ),
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: IPv4 addresses hide behind it


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
        if address not in _GLOBAL_UNICAST:
            return False
    if any(address in network for network in _SPECIAL):
        return False
    return address.is_global and not address.is_multicast


def literal(host: str) -> IPv4Address | IPv6Address | None:
    """The address that a host is written as; None for a name.

    Every spelling counts that a system takes for an address: one to four numbers, decimal,
    octal or hexadecimal (``inet_aton``), full-width digits, percent-encoding, a last dot.
    """
    plain = _plain(host)
    try:
        return ip_address(plain.strip("[]").split("%")[0])
    except ValueError:
        pass
    try:
        return IPv4Address(socket.inet_aton(plain))
    except (OSError, ValueError):
        return None


def is_public_host(host: str) -> bool:
    """Whether a host may be asked, as far as its writing shows.

    A public address may, and a name of the public DNS; where the name leads is for the resolver
    to judge. A name without a dot is looked up in the network around, and so are the names that
    end as those of private networks do. A last label that is a number is no name's.
    """
    address = literal(host)
    if address is not None:
        return is_public(address)
    labels = _plain(host).split(".")
    inside = labels[-1] in _INSIDE or labels[-2:] == ["home", "arpa"]  # RFC 8375
    return len(labels) > 1 and all(labels) and not inside and not _NUMBER.fullmatch(labels[-1])


def is_public_url(url: str) -> bool:
    """Whether an address may be asked, as far as its writing shows.

    One with a user name may not (RFC 9110, 4.2.4): programs differ in which part of
    ``http://127.0.0.1:x@paper.vn/`` they take for the host.
    """
    parts = urlsplit(url)
    return "@" not in parts.netloc and is_public_host(parts.hostname or "")


def _plain(host: str) -> str:
    """A host as the system's resolver gets to see it."""
    # IDNA (RFC 3490, 3.1) takes the ideographic full stop for a dot as well
    text = unicodedata.normalize("NFKC", unquote(host)).replace("\u3002", ".")
    return text.strip().lower().removesuffix(".")


def is_reserved_name(url: str) -> bool:
    """Whether the host is a name that can be no newspaper's."""
    return (urlsplit(url).hostname or "").rsplit(".", 1)[-1] in RESERVED_DOMAINS
