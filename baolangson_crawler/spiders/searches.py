"""The search of a site for its sources: what may be one, and how many of it are asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from baolangson_crawler import urls
from baolangson_crawler.discovery import finding
from baolangson_crawler.extraction.document import Document
from baolangson_crawler.items import Link
from baolangson_crawler.sites.base import Site, Source
from baolangson_crawler.sites.sources import Asked
from baolangson_crawler.storage.sources import FoundBy, FoundSource, Kind

MOST_SITEMAPS = 6
MOST_FEEDS = 12
MOST_FEED_PAGES = 2
MOST_SECTIONS = 32
"""With the addresses that a home page may have and the usual names fewer than 60 requests."""


@dataclass(slots=True)
class Search:
    """One search. It asks nothing itself: what it offers is asked by the spider."""

    site: Site
    home: FoundSource | None = None
    """The home page, once it has listed articles."""

    place: str = ""
    """Where a server answered that it has no home page."""

    tried_homes: set[str] = field(default_factory=set)
    requests: int = 0
    kept: int = 0
    """Answers that a passing fault or a refusal kept from us."""

    worked: set[str] = field(default_factory=set)
    """Addresses of the sources that listed articles."""

    open: set[str] = field(default_factory=set)
    """Addresses that were offered and not answered yet."""

    has_sitemap: bool = False
    """Whether one of the sitemaps asked for is there."""

    is_over: bool = False
    _seen: set[str] = field(default_factory=set)
    _asked: dict[Kind, int] = field(default_factory=dict)
    _lists: set[frozenset[str]] = field(default_factory=set)
    _sitemaps: set[str] = field(default_factory=set)

    def sitemaps(self, robots: str, home: str) -> list[FoundSource]:
        """The sitemaps that robots.txt names, and the one that most papers have."""
        named = finding.robots_sitemaps(robots, self.site.owns)[: MOST_SITEMAPS - 1]
        usual = urljoin(home, finding.USUAL_SITEMAP)
        found = [
            *self._new("sitemap", "robots", named, MOST_SITEMAPS),
            *self._new("sitemap", "usual", [usual], MOST_SITEMAPS),
        ]
        self._sitemaps.update(source.url for source in found)
        return found

    def usual_sitemaps(self, home: str) -> list[FoundSource]:
        """Further names, where every sitemap asked for is answered and none is there."""
        if self.has_sitemap or self._sitemaps & self.open or not self._sitemaps:
            return []
        places = [urljoin(home, place) for place in finding.USUAL_PLACES]
        return self._new("sitemap", "usual", places, MOST_SITEMAPS + len(places))

    def feeds(self, addresses: Iterable[str], found_by: FoundBy) -> list[FoundSource]:
        """Feeds among these addresses that were not offered before."""
        return self._new("feed", found_by, addresses, MOST_FEEDS)

    def feed_pages(self, document: Document, home: str, has_feeds: bool) -> list[str]:
        """Pages that may list feeds: those that the home page links to, else the usual one."""
        linked = finding.feed_pages(document, self.site.owns)
        if not linked and not has_feeds:
            linked = [urljoin(home, finding.USUAL_FEEDS)]
        return [url for url in linked if self._is_new(url)][:MOST_FEED_PAGES]

    def sections(self, document: Document) -> list[FoundSource]:
        """The sections of the home page's menu."""
        addresses = finding.sections(document, self.site.owns, self.site.is_article)
        return self._new("listing", "menu", addresses, MOST_SECTIONS)

    def last_resort(self) -> FoundSource | None:
        """The home page, once, where nothing else worked and it has further pages."""
        home, self.home = self.home, None
        return home if home and home.pages and self.worked == {home.url} else None

    def repeats(self, links: Iterable[Link]) -> bool:
        """Whether a page lists what another one listed: it is that page under another name."""
        keys = frozenset(self.site.key_of(link.url) or link.url for link in links)
        if keys in self._lists:
            return True
        self._lists.add(keys)
        return False

    def asked(self, sources: Iterable[Asked]) -> None:
        """What the site file names, and was asked for in this crawl before the search."""
        for source in sources:
            self._is_new(source.first_url)

    def known(self, sources: Iterable[FoundSource]) -> list[FoundSource]:
        """What is remembered, which is asked in any case and counts for no limit."""
        return [source for source in sources if self._is_new(source.url)]

    def _new(
        self, kind: Kind, found_by: FoundBy, addresses: Iterable[str], most: int
    ) -> list[FoundSource]:
        found = []
        for url in addresses:
            if self._asked.get(kind, 0) >= most:
                break
            if self._is_new(url):
                self._asked[kind] = self._asked.get(kind, 0) + 1
                found.append(FoundSource(url, kind, found_by))
        return found

    def _is_new(self, url: str) -> bool:
        form = urls.canonical(url).rstrip("/")
        is_new = form not in self._seen
        self._seen.add(form)
        return is_new


def homes(site: Site, sources: Iterable[Source]) -> Iterator[str]:
    """Where the home page of a site may be, the likeliest first.

    Args:
        site: whose.
        sources: its sources as far as they are known, which tell scheme and host.
    """
    found = [urlsplit(source.url) for source in sources]
    known = [f"{parts.scheme}://{parts.netloc}/" for parts in found[:1]]
    host = site.domains[0]
    usual = [f"https://{host}/", f"http://{host}/", f"https://www.{host}/"]
    yield from dict.fromkeys([*known, *usual])
