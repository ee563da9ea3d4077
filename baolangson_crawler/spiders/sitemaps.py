"""Which files of a sitemap index are asked for, and in which order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from heapq import heappop, nsmallest
from typing import NamedTuple

from baolangson_crawler import clock
from baolangson_crawler.dating import listed_day
from baolangson_crawler.items import Link
from baolangson_crawler.spiders.requests import LATER_PRIORITY, SOURCE_PRIORITY
from baolangson_crawler.storage.archive import Archive
from baolangson_crawler.storage.list_visits import ListVisit, list_visits
from baolangson_crawler.storage.rows import instant
from baolangson_crawler.urls import is_trap

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

    root: str
    """The source that it belongs to."""


_DEPTH = 3  # of indexes of indexes

_Rank = tuple[int, int, str, int]  # smaller is more urgent
_Waiting = tuple[_Rank, str, int, str]

_NEVER, _CHANGED, _OTHER = range(3)  # asked before
_COST = (1, 1, 8)
"""Of a turn of each kind: whichever has cost least by now is next, so none starves another, though
an index may say of every file that it has just changed."""


@dataclass(slots=True)
class Sitemaps:
    """The files of the indexes of one crawl; those it has no turn for are asked by the next.

    What was never asked and what has changed since take turns, the newest first; now and then, and
    where neither waits, it is what was asked longest ago, last what failed, and that not before its
    time. So a series of crawls reaches every file, however many there are.
    """

    _waiting: dict[str, tuple[list[_Waiting], ...]] = field(
        default_factory=lambda: defaultdict(lambda: ([], [], []))
    )
    """By site, a heap of each kind."""

    _turns: Counter[tuple[str, int]] = field(default_factory=Counter)
    """By site and kind."""

    _asked: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """By site, files that were asked for in this crawl."""

    _number: int = 0

    def add(
        self, site: str, links: Iterable[Link], depth: int, archive: Archive | None, root: str = ""
    ) -> None:
        """Let the files of an index wait; of many only so many as may be asked for.

        Args:
            site: key of the site.
            links: the files.
            depth: indexes that lead to them.
            archive: what remembers earlier visits.
            root: the source that leads to them.
        """
        if depth > _DEPTH:
            return
        now = instant(clock.now())
        waiting, asked = self._waiting[site], self._asked[site]
        known = asked.union(url for kind in waiting for _, url, *_ in kind)
        today = clock.now().date()
        fresh = {
            link.url: link
            for link in links
            if link.url not in known and not is_trap(link.url, today)
        }
        visits = list_visits(archive.conn, fresh) if archive else {}
        for url, link in fresh.items():
            visit = visits.get(url)
            if visit and visit.failed and (visit.again_at is None or visit.again_at > now):
                continue
            self._number += 1
            kind, rank = _rank(link, visit, self._number)
            waiting[kind].append((rank, url, depth, root))
        for heap in waiting:  # a sorted list is a heap
            heap[:] = nsmallest(MOST_FILES - len(asked), heap)

    def next(self, site: str) -> SitemapFile | None:
        """The file whose turn it is; None where none waits."""
        waiting = self._waiting[site]
        kinds = [kind for kind, heap in enumerate(waiting) if heap]
        if not kinds or len(self._asked[site]) >= MOST_FILES:
            return None
        kind = min(kinds, key=lambda kind: (self._turns[site, kind] + 1) * _COST[kind])
        self._turns[site, kind] += 1
        _, url, depth, root = heappop(waiting[kind])
        self._asked[site].add(url)
        early = len(self._asked[site]) <= _AT_ONCE
        return SitemapFile(url, depth, SOURCE_PRIORITY if early else LATER_PRIORITY, root)


def _rank(link: Link, visit: ListVisit | None, number: int) -> tuple[int, _Rank]:
    """The kind of a file, and its rank among those of its kind."""
    changed = listed_day(link.modified_raw)
    newest = -changed.toordinal() if changed else 0
    if visit is None:
        return _NEVER, (0, newest, "", number)
    if visit.failed:
        return _OTHER, (1, 0, visit.at, number)
    if changed and changed.isoformat() >= visit.at[:10]:
        return _CHANGED, (0, newest, visit.at, number)
    return _OTHER, (0, 0, visit.at, number)
