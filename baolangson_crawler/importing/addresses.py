"""Addresses of web archives, and the papers' own within them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import NamedTuple

from baolangson_crawler import urls

_ARCHIVED = re.compile(
    r"https?://(?:web\.archive\.org/web|wayback\.archive-it\.org/\w+)/"
    r"(\d{4,14})(?:[a-z]{2}_)?/(.+)",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"(https?):/{1,2}(?=[^/])", re.IGNORECASE)
_DEFAULT_PORT = re.compile(r"^(http://[^/?#]*):80(?=[/?#]|$)|^(https://[^/?#]*):443(?=[/?#]|$)")
_EARLIEST = "00000101000000"  # what a shortened time lacks


class Original(NamedTuple):
    """A paper's own address, and when a web archive captured it, where the address says so."""

    url: str
    captured_at: datetime | None


def original(address: str) -> Original | None:
    """The paper's own address in what a list or an index calls one; None where it is none.

    Args:
        address: ``http://paper.vn:80/a.html`` or
            ``https://web.archive.org/web/20200101000000id_/http://paper.vn/a.html``.
    """
    address, at = address.strip(), None
    while match := _ARCHIVED.match(address):  # an archive may have captured another one
        at, address = moment(match[1]), match[2]
        address = _SCHEME.sub(r"\1://", address, count=1)
        if not _SCHEME.match(address):
            address = f"http://{address}"
    url = urls.absolute("", address)
    if url is None:
        return None
    return Original(_DEFAULT_PORT.sub(lambda m: m[1] or m[2], url), at)


def moment(stamp: str) -> datetime | None:
    """The time of a capture as CDX files print it: ``20200101000000``, in UTC, or its beginning.

    None where it is no time.
    """
    if not (stamp.isascii() and stamp.isdecimal() and 4 <= len(stamp) <= 14):
        return None
    try:
        return datetime.strptime(stamp + _EARLIEST[len(stamp) :], "%Y%m%d%H%M%S").replace(
            tzinfo=UTC
        )
    except ValueError:
        return None
