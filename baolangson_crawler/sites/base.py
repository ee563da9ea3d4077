"""What a site is: who publishes it, where its articles are listed, how its pages are read.

A site is data. It holds no connection, no clock and no politeness: those are the crawl's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from baolangson_crawler import urls
from baolangson_crawler.exceptions import LayoutNotRecognised
from baolangson_crawler.items import article_key
from baolangson_crawler.text import fold

if TYPE_CHECKING:
    from baolangson_crawler.extraction.page import ArticlePage
    from baolangson_crawler.items import Article

_ENDING = re.compile(r"(?<=\S)\s+[-–—|]\s+(?P<said>(?:(?!\s[-–—|]\s).){3,60})$")
_EPAPER = re.compile(r"\b(?:dien tu|online)\b")
Verified = Literal["page", "code", "address", "own"]


@dataclass(frozen=True, slots=True)
class Feed:
    """An RSS or Atom feed."""

    url: str
    """Absolute address."""


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A sitemap file or an index of such files."""

    url: str
    """Absolute address; ``.gz`` is understood."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A section page that lists articles, newest first, over numbered pages."""

    url: str
    """Absolute address with ``{page}`` where the number stands; without it, one page only."""

    links: str = "h1 a, h2 a, h3 a"
    """CSS selector of the links to articles: the list itself, never menu or footer."""

    first: int = 1
    """Number of the first page."""

    start_url: str | None = None
    """Address of the first page where it differs from the numbered ones."""

    def page_url(self, number: int) -> str:
        """The address of one page of the list."""
        if number == self.first and self.start_url:
            return self.start_url
        return self.url.replace("{page}", str(number))

    @property
    def first_url(self) -> str:
        """The address of the first page, by which the ledger knows the list."""
        return self.page_url(self.first)

    @property
    def paginated(self) -> bool:
        """Whether there are pages after the first."""
        return "{page}" in self.url


Source = Feed | Sitemap | Listing


@dataclass(frozen=True, kw_only=True)
class Site:
    """One newspaper's website."""

    key: str
    """Short name, lower-case letters and digits: the domain without its ending."""

    name: str
    """Name of the paper in Vietnamese."""

    province: str
    """Province since 1 July 2025."""

    former_province: str | None = None
    """Province before 1 July 2025, where it was another one."""

    domains: tuple[str, ...]
    """Hosts that serve the paper now, without ``www.``; the first is the main one."""

    former_domains: tuple[str, ...] = ()
    """Hosts under which the same articles were published before."""

    sources: tuple[Source, ...]
    """Where articles are listed, the cheapest and freshest first."""

    article_url: str
    """Regular expression searched in the path and query of an address; the named group ``id``
    is the site's own id. An address without a match is no article."""

    legacy_article_urls: tuple[str, ...] = ()
    """Older forms of the same, tried in order."""

    pages: Sequence[type[ArticlePage]]
    """Page classes that read the site's layouts, newest first."""

    verified: Verified = "address"
    """How far the site is known: ``page`` read on a real saved page, ``code`` selectors from
    public code of 2026, ``address`` only addresses known, ``own`` a demo paper of this project."""

    notes: str = ""
    """What an operator should know, in one or two sentences."""

    file: str = field(default="", compare=False)
    """Path of the site file, set when it is loaded."""

    def __post_init__(self) -> None:
        from baolangson_crawler.sites.checking import check

        check(self)

    @property
    def family(self) -> str:
        """Name of the newest layout's family."""
        return self.pages[0].layout

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(p) for p in (self.article_url, *self.legacy_article_urls))

    @cached_property
    def hosts(self) -> frozenset[str]:
        """The hosts of the site, present and former, without ``www.`` and ``m.``."""
        return frozenset(urls.bare_host(h) for h in (*self.domains, *self.former_domains))

    def owns(self, url: str) -> bool:
        """Whether the address is on one of the site's hosts."""
        return urls.host_of(url) in self.hosts

    def _match(self, url: str) -> re.Match[str] | None:
        parts = urlsplit(url)
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        for pattern in self._patterns:
            # a query that is no part of the pattern must not hide the end of the path
            if match := pattern.search(target) or pattern.search(parts.path):
                return match
        return None

    def is_article(self, url: str) -> bool:
        """Whether the address is on the site and has the form of an article's."""
        return self.key_of(url) is not None

    def article_id(self, url: str) -> str | None:
        """The site's own id in the address; None where its form carries none."""
        match = self._match(url)
        return match.groupdict().get("id") if match else None

    @cached_property
    def key_of(self) -> Callable[[str], str | None]:
        """Identity of the article that an address names; None if it is no article's address.

        Addresses of one article have one identity: where the form carries the site's own id,
        the slug and the host before it do not matter.
        """
        return lru_cache(maxsize=20_000)(self._read_key)  # a page's links are asked for thrice

    def _read_key(self, url: str) -> str | None:
        if not self.owns(url) or (match := self._match(url)) is None:
            return None
        number = match.groupdict().get("id")
        return article_key(self.key, number, "" if number else urls.canonical(url))

    def _own_title(self, title: str) -> str:
        """The headline without the name of this paper behind it, however it is joined."""
        while match := _ENDING.search(title):
            said = _EPAPER.sub(" ", fold(match["said"])).split()
            name = _EPAPER.sub(" ", fold(self.name)).split()
            if said != name and " ".join(said).removeprefix("www.") not in self.domains:
                break
            title = title[: match.start()]
        return title

    def _with_canonical(self, article: Article, declared: str | None) -> Article:
        """Believe a page's canonical link only where it names the same article by its id."""
        if declared and article.article_id and self.key_of(declared) == article.key:
            return replace(article, canonical_url=urls.canonical(declared))
        return article

    def extract(self, html: str, url: str) -> Article:
        """Read a page with the first layout that recognises it.

        Raises:
            LayoutNotRecognised: none of the site's layouts reads the page.
        """
        from baolangson_crawler.extraction.document import Document

        document = Document(html, url)
        for page_class in self.pages:
            page = page_class(document)
            if page.recognises():
                article = page.to_article(site=self.key, article_id=self.article_id(url))
                article = self._with_canonical(article, document.canonical_link)
                return replace(article, title=self._own_title(article.title))
        tried = ", ".join(page_class.layout for page_class in self.pages)
        raise LayoutNotRecognised(
            f"{self.key}: no layout reads {url} (tried: {tried}). "
            "The page is kept; the paper may have changed its design."
        )
