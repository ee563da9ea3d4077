"""Where a site lists its articles: feeds, sitemaps, section pages, lists that are loaded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from baolangson_crawler.discovery.listing import (
    ListPage,
    PageRequest,
    json_links,
    links_and_next,
    listing_links,
    parsed_json,
    value_at,
)


@dataclass(frozen=True, slots=True)
class Feed:
    """An RSS or Atom feed."""

    url: str
    """Absolute address."""

    @property
    def first_url(self) -> str:
        """The address by which the ledger knows it."""
        return self.url


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A sitemap file or an index of such files."""

    url: str
    """Absolute address; ``.gz`` is understood."""

    @property
    def first_url(self) -> str:
        """The address by which the ledger knows it."""
        return self.url


@dataclass(frozen=True, slots=True)
class ClientSide:
    """A list that only a browser's script builds: told to the operator, never asked."""

    url: str
    """Absolute address of the page."""

    note: str = ""
    """What is known of it."""

    def __str__(self) -> str:
        return f"{self.url} is built in the browser and is not asked. {self.note}".strip()


@dataclass(frozen=True, slots=True)
class Listing:
    """A section page that lists articles, newest first, over numbered or linked pages."""

    url: str
    """Absolute address with ``{page}`` where the number stands; without it and without
    ``next_page``, one page only."""

    links: str = "h1 a, h2 a, h3 a"
    """CSS selector of the links to articles: the list itself, never menu or footer. Empty: the
    list that a reader sees is found without one (``discovery.main_list``)."""

    first: int = 1
    """Number of the first page."""

    start_url: str | None = None
    """Address of the first page where it differs from the numbered ones."""

    step: int = 1
    """What the number grows by from page to page: 12 where it counts entries, twelve a page."""

    next_page: str = ""
    """CSS selector of the link to the next page, where pages are linked: ``[rel=next]``."""

    fragment: bool = False
    """Whether a script loads the pages as pieces of HTML, without the paper's menu."""

    def page_url(self, number: int) -> str:
        """The address of one page of the list, by its place: ``first`` is the first one."""
        if number == self.first and self.start_url:
            return self.start_url
        return self.url.replace("{page}", str(_counted(self, number)))

    @property
    def first_url(self) -> str:
        """The address of the first page, by which the ledger knows the list."""
        return self.page_url(self.first)

    @property
    def paginated(self) -> bool:
        """Whether there are pages after the first."""
        return "{page}" in self.url or bool(self.next_page)

    @property
    def numbered(self) -> bool:
        """Whether every page can be asked for by its place."""
        return "{page}" in self.url

    def request(self, number: int) -> PageRequest:
        """How to ask for a numbered page, or for the first one."""
        return PageRequest(self.page_url(number))

    def read(self, html: str, url: str, number: int) -> ListPage:
        """What a page of the list shows.

        Args:
            html: the page.
            url: its address.
            number: its place, beginning with ``first``.
        """
        following = self.request(number + 1) if self.numbered else None
        if self.next_page:
            links, to = links_and_next(html, url, self.links, self.next_page)
            following = PageRequest(to) if to else None
        else:
            links = listing_links(html, url, self.links)
        return ListPage(links, following, is_list=self.fragment and not html.strip())


@dataclass(frozen=True, slots=True)
class JsonListing:
    """A list that comes as JSON, as a "load more" button asks for it, newest first."""

    url: str
    """Absolute address. ``{page}`` stands for the number of the page, ``{last}`` for what the
    last entry of the page before has in ``last``; in ``body``, too."""

    body: str = ""
    """What is sent with POST, a form or JSON; without it the request is a GET."""

    items: str = "data"
    """Path of the articles, ``data.items``: a list of objects, or a piece of HTML; empty for the
    whole answer."""

    link: str = "link"
    """Path of the address in each object."""

    title: str = "title"
    """Path of the headline in each object."""

    changed: str = ""
    """Path of the date of publication or change in each object."""

    links: str = "h1 a, h2 a, h3 a"
    """CSS selector of the links to articles, where the answer holds a piece of HTML."""

    first: int = 1
    """Number of the first page: 0 or 1."""

    step: int = 1
    """What the number grows by from page to page: 12 where it counts entries, twelve a page."""

    last: str = ""
    """Path of the id, in each object, by which the next page is asked for."""

    first_last: str = ""
    """What stands for ``{last}`` in the request for the first page."""

    @property
    def first_url(self) -> str:
        """The address of the first page, by which the ledger knows the list."""
        return ledger_url(self.request(self.first))

    @property
    def paginated(self) -> bool:
        """Whether there are pages after the first."""
        return any(sign in text for sign in ("{page}", "{last}") for text in (self.url, self.body))

    @property
    def numbered(self) -> bool:
        """Whether every page can be asked for by its place."""
        return "{page}" in self.url + self.body and not self.last

    def request(self, number: int, last: str | None = None) -> PageRequest:
        """How to ask for a page.

        Args:
            number: its place, beginning with ``first``.
            last: what the last entry of the page before has in ``last``.
        """
        page, end = str(_counted(self, number)), self.first_last if last is None else last
        url, body = (
            text.replace("{page}", page).replace("{last}", end) for text in (self.url, self.body)
        )
        return PageRequest(url, body)

    def read(self, text: str, url: str, number: int) -> ListPage:
        """What a page of the list shows; of an answer that is not such a list, nothing.

        Behind the first page an answer without the list, or an empty one, is an empty list.

        Args:
            text: the answer.
            url: its address.
            number: its place, beginning with ``first``.
        """
        try:
            found = value_at(parsed_json(text), self.items) if text.strip() else None
        except ValueError:
            return ListPage([])
        if isinstance(found, str):
            links = listing_links(found, url, self.links)
            return ListPage(links, self._next(number, None), is_list=True)
        if not isinstance(found, list):
            return ListPage([], is_list=found is None and number > self.first)
        links = json_links(found, url, self.link, self.title, self.changed)
        end = value_at(found[-1], self.last) if self.last and found else None
        return ListPage(links, self._next(number, end), is_list=True)

    def _next(self, number: int, last: str | int | None) -> PageRequest | None:
        if not self.paginated or (self.last and last is None):
            return None
        return self.request(number + 1, None if last is None else str(last))


def ledger_url(request: PageRequest) -> str:
    """The address by which the ledger knows a page: what is sent with POST tells pages apart."""
    return f"{request.url}#{request.body}" if request.body else request.url


def _counted(source: Listing | JsonListing, number: int) -> int:
    return source.first + (number - source.first) * source.step


@dataclass(frozen=True, kw_only=True, slots=True)
class Calendar:
    """Pages that list the articles of one year or month; only a backfill asks for them."""

    url: str
    """Absolute address with ``{year}`` and maybe ``{month}`` (``{month:02}`` for two digits) and
    ``{page}``, where the numbers stand."""

    first: date
    """The day from which there are articles."""

    last: date | None = None
    """The last such day; None for today."""

    links: str = "h1 a, h2 a, h3 a"
    """As of a ``Listing``."""

    first_page: int = 1

    @property
    def monthly(self) -> bool:
        """Whether there is a list for each month."""
        return "{month" in self.url

    def listing(self, year: int, month: int | None = None) -> Listing:
        """The list of a year or month."""
        url = self.url.replace("{year}", str(year))
        url = url.replace("{month:02}", f"{month:02}" if month else "")
        return Listing(url.replace("{month}", str(month)), links=self.links, first=self.first_page)


Walked = Listing | JsonListing
"""A source that is walked page by page."""

Asked = Feed | Sitemap | Walked
"""A source that can be asked."""

Source = Asked | ClientSide
