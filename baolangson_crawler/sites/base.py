"""What a site is: who publishes it, where its articles are listed, how its pages are read.

A site is data. It holds no connection, no clock and no politeness: those are the crawl's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from baolangson_crawler import repair, urls
from baolangson_crawler.exceptions import PageRefused
from baolangson_crawler.items import PrintedDate, article_key
from baolangson_crawler.sites.inherited import Inherited
from baolangson_crawler.sites.naming import without_name
from baolangson_crawler.sites.sources import (
    Asked,
    Calendar,
    ClientSide,
    Feed,
    JsonListing,
    Listing,
    Sitemap,
    Source,
)
from baolangson_crawler.text import fold

if TYPE_CHECKING:
    from baolangson_crawler.extraction.document import Document
    from baolangson_crawler.extraction.page import ArticlePage
    from baolangson_crawler.items import Article

__all__ = ["Calendar", "ClientSide", "Feed", "Inherited", "JsonListing", "Listing", "Site"]
__all__ += ["Sitemap", "Source"]

_TEXT = 100  # characters; a text that stands outside the place that the layout has for it
Verified = Literal["page", "code", "address", "own"]
Status = Literal["live", "archive", "unknown"]


def _repeats(article: Article, empty: Article) -> bool:
    """Whether a text has nothing that the frame without a text does not have around it.

    Of a page whose text only a script brings, the generic reader finds the standfirst.
    """
    around = fold(f"{empty.title} {empty.lead or ''}")
    return sum(len(block.text) for block in article.body if fold(block.text) not in around) < _TEXT


def _article_id(groups: Mapping[str, str | None]) -> str | None:
    """The id in an address, kept apart from the ids of other numberings of the same site."""
    if old := groups.get("old_id"):
        return f"old-{old}"
    number, month = groups.get("id"), groups.get("ym")
    return f"{month}-{number}" if number and month else number


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

    calendars: tuple[Calendar, ...] = ()
    """Pages of single years or months, which only a backfill asks for."""

    sections: tuple[str, ...] = ()
    """The sections that are known, as they stand in the addresses of their pages."""

    article_url: str
    """Regular expression searched in the path and query of an address; an address without a
    match is no article. Named groups: ``id`` is the site's own id; ``old_id`` an id of an
    older numbering, which says nothing about the present one; ``ym`` the year and month
    (``202607``), which are part of the identity where they stand beside an id; ``stamp`` a time
    (``20221223180348340`` or ``221223180348``), which may stand inside the id."""

    legacy_article_urls: tuple[str, ...] = ()
    """Older forms of the same, tried in order."""

    status: Status = "live"
    """``live``: prints today; ``archive``: prints no more, its pages are still served;
    ``unknown``: merged, and whether anything is still served is not known."""

    merged_into: str | None = None
    """Key of the site that the paper was merged into, on whose hosts its addresses may end."""

    inherited: tuple[Inherited, ...] = ()
    """Which of the articles here were written by papers that were merged into this one."""

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
    def asked(self) -> tuple[Asked, ...]:
        """The sources that can be asked."""
        return tuple(source for source in self.sources if not isinstance(source, ClientSide))

    @property
    def client_side(self) -> tuple[ClientSide, ...]:
        """The lists that only a browser shows."""
        return tuple(source for source in self.sources if isinstance(source, ClientSide))

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
        return _article_id(match.groupdict()) if match else None

    @cached_property
    def key_of(self) -> Callable[[str], str | None]:
        """Identity of the article that an address names; None if it is no article's address.

        Addresses of one article have one identity: where the form carries the site's own id,
        the slug and the host before it do not matter.
        """
        return lru_cache(maxsize=1000)(self._read_key)  # a page's links are asked for thrice

    def _read_key(self, url: str) -> str | None:
        if not self.owns(url) or (match := self._match(url)) is None or urls.is_growing(url):
            return None
        number = _article_id(match.groupdict())
        return article_key(self.key, number, "" if number else urls.canonical(url))

    def address_dates(self, url: str) -> Iterator[PrintedDate]:
        """What the address says of the day of publication: a month, or the time of creation."""
        groups = match.groupdict() if (match := self._match(url)) else {}
        for name in ("stamp", "ym"):
            if raw := groups.get(name):
                yield PrintedDate(raw=raw, source="url")

    def attributed(self, article: Article, asked: Site | None = None) -> Article:
        """The article with the paper that wrote it, where that is not this site's.

        Args:
            article: with its dates read.
            asked: the site whose address was asked for, where it led to this one.
        """
        if asked is not None and asked.key != self.key:
            return replace(article, paper=asked.key)
        paper = next((own.paper for own in self.inherited if own.holds(article)), None)
        return replace(article, paper=paper) if paper else article

    def _with_canonical(self, article: Article, declared: str | None) -> Article:
        """Believe a page's canonical link only where it names the same article by its id."""
        if declared and article.article_id and self.key_of(declared) == article.key:
            return replace(article, canonical_url=urls.canonical(declared))
        return article

    def extract(self, html: str, url: str) -> Article:
        """Read a page with the first layout that recognises it, else with the generic reader.

        Raises:
            PageRefused: the page is no article, or nobody can read it.
        """
        from baolangson_crawler.extraction import bounds
        from baolangson_crawler.extraction.document import Document
        from baolangson_crawler.extraction.refusals import refusal

        bounds.check(html)
        page = repair.page(html)
        document = Document(page.text, url)
        article = self._read(document)
        if refused := refusal(document, article):
            raise PageRefused(refused.reason, refused.detail)
        if article is None:
            tried = ", ".join(dict.fromkeys([*(page.layout for page in self.pages), "generic"]))
            raise PageRefused(
                "layout_not_recognised",
                f"{self.key}: nothing reads {url} (tried: {tried}). "
                "The page is kept; the paper may have changed its design.",
            )
        return replace(article, repairs=(*article.repairs, *page.repairs))

    def _read(self, document: Document) -> Article | None:
        """What the first reader finds that finds a text; without one, what the first finds."""
        from baolangson_crawler.extraction import bounds
        from baolangson_crawler.extraction.generic import GenericPage

        empty: Article | None = None
        for page_class in (*self.pages, GenericPage):
            if page_class is GenericPage:
                bounds.check(document.html, bounds.MOST_UNKNOWN_MARKUP)
            page = page_class(document)
            if page.recognises():
                article = page.to_article(site=self.key, article_id=self.article_id(document.url))
                if article.body and not (empty and _repeats(article, empty)):
                    return self._addressed(article, document)
                empty = empty or article
        return self._addressed(empty, document) if empty else None

    def _addressed(self, article: Article, document: Document) -> Article:
        """The article with what its address and the paper's own name say of it."""
        article = self._with_canonical(article, document.canonical_link)
        return replace(
            article,
            title=without_name(article.title, self.name, self.domains),
            printed_dates=(*article.printed_dates, *self.address_dates(document.url)),
        )
