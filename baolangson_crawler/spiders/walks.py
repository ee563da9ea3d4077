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

    _seen: dict[str, set[str]] = field(default_factory=dict)

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
        fresh = {url: key for url, key in keys.items() if (key or url) not in seen}
        seen.update(key or url for url, key in keys.items())
        if not fresh or ledger is None:
            return "end"
        articles = [(url, key) for url, key in fresh.items() if key]
        known = bool(articles) and not ledger.lacks_any(articles)
        if known and source.first_url in self.complete:
            return "end"
        return "on" if page - source.first + 1 < self.most_pages else "limit"
