"""Sitemaps (sitemaps.org) and indexes of them, read as they are walked through."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from baolangson_crawler import urls
from baolangson_crawler.discovery.pieces import text_pieces
from baolangson_crawler.discovery.xml import MOST_ENTRIES, Entry, entries
from baolangson_crawler.items import Link
from baolangson_crawler.text import normalise

_CHANGED = re.compile(r"<lastmod>\s*(?:<!\[CDATA\[)?\s*([^<>\]]{8,40}?)\s*(?:\]\]>)?\s*</lastmod>")
_DAY = len("2022-01-27")
_NEARLY_ALL = 0.9
_IN_ONE_MOMENT = 20  # entries; nobody changes so many in one second
_IN_ONE_DAY = 300  # entries; no paper prints so many
_PAGE_NEWS, _NEWS = "news:news/news:", "news:"


@dataclass(slots=True)
class SitemapContent:
    """What a sitemap file lists."""

    pages: list[Link] = field(default_factory=list)
    """Pages, for a sitemap proper."""

    sitemaps: list[Link] = field(default_factory=list)
    """Further files, for an index."""


def sitemap_content(body: bytes, url: str) -> SitemapContent:
    """The entries of a sitemap or of an index of sitemaps, all at once.

    Args:
        body: the file as received, gzip or not.
        url: its address.
    """
    return SitemapContent(list(sitemap_pages(body, url)), list(sitemap_files(body, url)))


def sitemap_pages(body: bytes, url: str) -> Iterator[Link]:
    """The pages that a sitemap lists, one after the other; none for an index.

    Pages on another host than the file's are left out, as the protocol demands. A ``lastmod``
    that nearly all entries share is the day on which the paper moved, and says nothing.

    Args:
        body: the file as received, gzip or not, XML or plain text.
        url: its address.
    """
    if _is_plain_text(body):
        lines = (line for line in _lines(body) if line)
        yield from _on_host((Link(url=line) for line in islice(lines, MOST_ENTRIES)), url)
        return
    if _is_index(body):
        return
    shared = _shared_day(body)
    found = (_page(entry, shared) for entry in entries(body, "url"))
    yield from _on_host(found, url)


def sitemap_files(body: bytes, url: str) -> Iterator[Link]:
    """The files that an index lists, one after the other; none for a sitemap proper.

    Args:
        body: the file as received, gzip or not.
        url: its address.
    """
    if not _is_index(body):
        return
    found = (
        Link(url=entry.text("loc") or "", modified_raw=entry.text("lastmod"))
        for entry in entries(body, "sitemap")
    )
    yield from _on_host(found, url)


def _is_index(body: bytes) -> bool:
    first = next(entries(body, "url", "sitemap"), None)
    return first is not None and first.name == "sitemap"


def _page(entry: Entry, shared: str | None) -> Link:
    changed = entry.text("lastmod")
    if changed and shared and changed.startswith(shared):
        changed = None
    title = entry.text(f"{_PAGE_NEWS}title", f"{_NEWS}title")
    published = entry.text(f"{_PAGE_NEWS}publication_date", f"{_NEWS}publication_date")
    return Link(
        url=entry.text("loc") or "",
        title=normalise(title) or None if title else None,
        modified_raw=changed or published,
    )


def _on_host(links: Iterator[Link], url: str) -> Iterator[Link]:
    host = urls.host_of(url)
    for link in links:
        absolute = urls.absolute(url, link.url)
        if absolute and urls.host_of(absolute) == host:
            yield Link(url=absolute, title=link.title, modified_raw=link.modified_raw)


def _shared_day(body: bytes) -> str | None:
    """The day, or the very moment, that nearly all entries share; None where they share none."""
    moments: Counter[str] = Counter()
    for piece in text_pieces(body):
        moments.update(_CHANGED.findall(piece))
    if not moments:
        return None
    moment, times = moments.most_common(1)[0]
    if len(moment) > _DAY and times >= max(_IN_ONE_MOMENT, _NEARLY_ALL * moments.total()):
        return moment
    days: Counter[str] = Counter()
    for moment, times in moments.items():
        days[moment[:_DAY]] += times
    day, times = days.most_common(1)[0]
    return day if times >= max(_IN_ONE_DAY, _NEARLY_ALL * days.total()) else None


def _is_plain_text(body: bytes) -> bool:
    start = next(text_pieces(body), "").lstrip()
    return start.startswith(("http://", "https://"))


def _lines(body: bytes) -> Iterator[str]:
    rest = ""
    for piece in text_pieces(body):
        *whole, rest = (rest + piece).splitlines(keepends=True)
        yield from map(str.strip, whole)
        if len(rest) > urls.LONGEST:
            return
    yield rest.strip()
