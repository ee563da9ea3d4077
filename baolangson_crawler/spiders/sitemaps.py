"""Which files of a sitemap index are asked for, and in which order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from heapq import heappop, nsmallest
from typing import NamedTuple

from baolangson_crawler.dating import listed_day
from baolangson_crawler.items import Link
from baolangson_crawler.spiders.requests import LATER_PRIORITY, SOURCE_PRIORITY
from baolangson_crawler.storage.archive import Archive
from baolangson_crawler.storage.list_visits import ListVisit, list_visits
from baolangson_crawler.storage.rows import instant

MOST_FILES = 200
"""Files of the indexes of one site that a crawl asks for."""

_AT_ONCE = 20  # of them are asked before articles, the others behind


class SitemapFile(NamedTuple):
    """A file that an index lists."""

    url: str
    depth: int
    """Indexes that lead to it."""

    priority: int
    """Of its request."""


_DEPTH = 3  # of indexes of indexes

_Rank = tuple[int, int, str, int]  # smaller is more urgent
_Waiting = tuple[_Rank, str, int]


@dataclass(slots=True)
class Sitemaps:
    """The files of the indexes of one crawl; those it has no turn for are asked by the next.

    First comes what was never asked or has changed since, the newest first, then what was asked
    longest ago, last what failed, and that not before its time. So a series of crawls reaches
    every file, however many there are.
    """

    _waiting: dict[str, list[_Waiting]] = field(default_factory=lambda: defaultdict(list))
    """By site, a heap."""

    _asked: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """By site, files that were asked for in this crawl."""

    _number: int = 0

    def add(self, site: str, links: Iterable[Link], depth: int, archive: Archive | None) -> None:
        """Let the files of an index wait; of many only so many as may be asked for.

        Args:
            site: key of the site.
            links: the files.
            depth: indexes that lead to them.
            archive: what remembers earlier visits.
        """
        if depth > _DEPTH:
            return
        now = instant(datetime.now(UTC))
        known = {url for _, url, _ in self._waiting[site]} | self._asked[site]
        fresh = {link.url: link for link in links if link.url not in known}
        visits = list_visits(archive.conn, fresh) if archive else {}
        for url, link in fresh.items():
            visit = visits.get(url)
            if visit and visit.failed and (visit.again_at is None or visit.again_at > now):
                continue
            self._number += 1
            self._waiting[site].append((_rank(link, visit, self._number), url, depth))
        # a sorted list is a heap
        self._waiting[site] = nsmallest(MOST_FILES - len(self._asked[site]), self._waiting[site])

    def next(self, site: str) -> SitemapFile | None:
        """The file whose turn it is; None where none waits."""
        if not self._waiting[site]:
            return None
        _, url, depth = heappop(self._waiting[site])
        self._asked[site].add(url)
        early = len(self._asked[site]) <= _AT_ONCE
        return SitemapFile(url, depth, SOURCE_PRIORITY if early else LATER_PRIORITY)


def _rank(link: Link, visit: ListVisit | None, number: int) -> _Rank:
    if visit is None or not visit.failed:
        changed = listed_day(link.modified_raw)
        day = changed.isoformat() if changed else ""
        if visit is None or day >= visit.at[:10]:
            return (0, -changed.toordinal() if changed else 0, visit.at if visit else "", number)
        return (1, 0, visit.at, number)
    return (2, 0, visit.at, number)
