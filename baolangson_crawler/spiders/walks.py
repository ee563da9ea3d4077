"""How far a section list is walked: to its end, or to what is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from baolangson_crawler.items import Link
from baolangson_crawler.sites.base import Listing, Site
from baolangson_crawler.storage.ledger import Ledger

Step = Literal["on", "end", "broken", "limit"]


@dataclass(slots=True)
class Walks:
    """The lists of one crawl."""

    complete: set[str] = field(default_factory=set)
    """First pages of the lists that an earlier crawl walked to their end."""

    most_pages: int = 5000
    """Pages of one list that a crawl asks for at most."""

    since: str | None = None
    """Day before which nothing is wanted: a list is left where everything is older."""

    _seen: dict[str, set[int]] = field(default_factory=dict)
    """By list, the hashes of what it showed, which take less memory than the keys."""

    _last: dict[str, list[str]] = field(default_factory=dict)
    """By list, the keys of the articles on its last page."""

    def step(
        self,
        site: Site,
        source: Listing,
        page: int,
        links: list[Link],
        has_menu: bool,
        ledger: Ledger | None,
    ) -> Step:
        """Whether a list goes on behind the page with these links, articles or not.

        It ends with a page that repeats what the walk has seen, or lists nothing. A page without
        a menu is no page of the paper (maintenance, a wall): it breaks the walk off and ends
        nothing. Where the whole list was walked before, it also ends with a page on which
        everything is known.
        """
        if not source.paginated:
            return "end"
        if not links and not has_menu:
            return "broken"
        keys = {link.url: site.key_of(link.url) for link in links}
        seen = self._seen.setdefault(source.url, set())
        fresh = {url: key for url, key in keys.items() if hash(key or url) not in seen}
        seen.update(hash(key or url) for url, key in keys.items())
        if not fresh or ledger is None:
            return "end"
        if self._is_older(source.url, [key for key in keys.values() if key], ledger):
            return "limit"
        articles = [(url, key) for url, key in fresh.items() if key]
        known = bool(articles) and not ledger.lacks_any(articles)
        if known and source.first_url in self.complete:
            return "end"
        return "on" if page - source.first + 1 < self.most_pages else "limit"

    def _is_older(self, walk: str, keys: list[str], ledger: Ledger) -> bool:
        """Whether what this page or the one before lists was all published before ``since``."""
        if self.since is None:
            return False
        before, self._last[walk] = self._last.get(walk, []), keys
        return any(ledger.all_older(page, self.since) for page in (keys, before))
