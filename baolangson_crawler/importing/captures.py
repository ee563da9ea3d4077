"""From a capture that somebody else made to the visit that the archive keeps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from scrapy import Request
from scrapy.http import Headers
from scrapy.responsetypes import responsetypes

from baolangson_crawler.importing.warc import Damage
from baolangson_crawler.items import Refusal
from baolangson_crawler.reading import finish
from baolangson_crawler.sites.base import Site
from baolangson_crawler.spiders.reading import read_page
from baolangson_crawler.spiders.responses import capture_of
from baolangson_crawler.storage.imports import ImportedVisit

MOST = 16 * 1024 * 1024
"""Bytes of a body, coded and decoded: as many as a crawl takes (``DOWNLOAD_MAXSIZE``)."""

_UNDONE = frozenset(("content-encoding", "transfer-encoding"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Received:
    """A page of a paper as somebody else received it."""

    site: Site
    url: str
    at: datetime
    """When, with offset."""

    file: str
    """Name of the file that holds it."""

    record_id: str
    """Its identity in that file."""

    headers: tuple[tuple[str, str], ...] = ()
    """Header lines in order, as received."""

    body: bytes = field(repr=False)
    """Its codings undone."""


class Source(Protocol):
    """A file or a folder with captures."""

    name: str
    size: int
    """Bytes, or rows of an index."""

    @property
    def position(self) -> int:
        """How many of them are read."""
        ...

    @property
    def damages(self) -> list[Damage]:
        """What could not be read until now."""
        ...

    def __iter__(self) -> Iterator[Received | str]:
        """The pages that are wanted; of everything else the reason why it is passed over."""


def visit_of(received: Received) -> ImportedVisit:
    """The capture read as a crawl reads an answer; dates against the time of the capture."""
    headers = Headers()
    for name, value in received.headers:
        if name.lower() not in _UNDONE:
            headers.appendlist(name, value)
    kind = responsetypes.from_args(headers=headers, url=received.url, body=received.body)
    meta = {"received_headers": received.headers}
    response = kind(
        received.url,
        headers=headers,
        body=received.body,
        request=Request(received.url, meta=meta),
    )
    charset, read = read_page(received.site, response)
    visit = ImportedVisit(
        url=received.url,
        site=received.site.key,
        kind="article",
        capture=capture_of(response, charset, received.at),
        visited_at=received.at,
        imported_from=received.file,
        record_id=received.record_id,
    )
    if isinstance(read, Refusal):
        return replace(visit, refusal=read)
    return replace(visit, article=finish(received.site, read, received.at))
