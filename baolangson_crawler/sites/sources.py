"""Where a site lists its articles: feeds, sitemaps, section pages."""

from __future__ import annotations

from dataclasses import dataclass


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
