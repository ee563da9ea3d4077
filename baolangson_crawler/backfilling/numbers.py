"""Trying article numbers where the number alone selects the article, and knowing when to stop."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from urllib.parse import urlsplit

from baolangson_crawler.backfilling.steps import Order
from baolangson_crawler.sites.base import Site

_NEIGHBOURS = 100  # known numbers near by from which the density is learned
_SURE = 1e-4  # chance that a range ends too early where articles are as dense as near by
_FEWEST, _MOST = 20, 2000  # misses in a row that end a range
BUNCH = 10
"""Numbers that are asked for before the answers are looked at."""


@lru_cache(maxsize=64)
def _template(site: Site) -> str | None:
    path = site.pages[0].id_path
    if not path:
        return None
    scheme = urlsplit(site.sources[0].url).scheme if site.sources else "https"
    return f"{scheme}://{site.domains[0]}{path}"


def id_address(site: Site, number: int) -> str | None:
    """The address of the article with a number, whatever its slug; None where there is no such.

    The template is the newest layout's (``ArticlePage.id_path``).
    """
    template = _template(site)
    return template.replace("{id}", str(number)) if template else None


def is_by_number(site: Site, url: str) -> bool:
    """Whether an address was made of a number, and no list has shown it."""
    number = site.article_id(url) or ""
    return number.isdecimal() and url == id_address(site, int(number))


@dataclass(slots=True)
class Numbers:
    """The numbers of one site: known articles, and those that were asked for in vain."""

    known: list[int] = field(default_factory=list)
    """Ascending."""

    missed: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, known: Iterable[int], missed: Iterable[int]) -> Numbers:
        """From what the archive knows, in any order."""
        hits = sorted(set(known))
        return cls(hits, set(missed).difference(hits))

    def hit(self, number: int) -> None:
        """A number is an article's."""
        if not self._is_known(number):
            insort(self.known, number)
        self.missed.discard(number)

    def miss(self, number: int) -> None:
        """A number is no article's."""
        if not self._is_known(number):
            self.missed.add(number)

    def _is_known(self, number: int) -> bool:
        at = bisect_left(self.known, number)
        return at < len(self.known) and self.known[at] == number

    def density(self, number: int) -> float:
        """Share of the numbers near by that are articles."""
        at = bisect_left(self.known, number)
        near = self.known[max(0, at - _NEIGHBOURS // 2) : at + _NEIGHBOURS // 2]
        if len(near) < 2:
            return 1 / _MOST
        # the longest steps are left out: a jump of the numbering is no hole in it
        steps = sorted(b - a for a, b in pairwise(near))
        steps = steps[: max(1, len(steps) * 9 // 10)]
        return len(steps) / sum(steps)

    def patience(self, number: int) -> int:
        """Misses in a row after which nothing more is expected before the next known number."""
        density = min(self.density(number), 0.999)
        return min(max(_FEWEST, math.ceil(math.log(_SURE) / math.log1p(-density))), _MOST)

    def start(self, order: Order) -> int:
        """Where a walk begins: at the newest or the oldest known number; 0 where none is known."""
        if not self.known:
            return 0
        return self.known[-1] if order == "newest" else self.known[0]

    def bunch(self, position: int, order: Order, most: int = BUNCH) -> tuple[list[int], int]:
        """The next numbers to ask for, and the position behind them; 0 once the walk is over.

        Newest-first goes down, through the gaps between known numbers and below the oldest;
        oldest-first goes up through the gaps. A gap is left for the next known number after as
        many misses in a row as would be a wonder if it had articles as dense as near by.
        """
        step = -1 if order == "newest" else 1
        wanted: list[int] = []
        while position > 0 and len(wanted) < most:
            if order == "oldest" and (not self.known or position >= self.known[-1]):
                return wanted, 0
            if self._is_known(position):
                position += step
                continue
            behind, ahead = self._edges(position, step)
            in_vain = abs(position - behind) - 1 if behind else 0
            if not wanted and in_vain >= self.patience(position):
                position = ahead
                continue
            if position not in self.missed:
                wanted.append(position)
            position += step
        return wanted, max(position, 0)

    def _edges(self, position: int, step: int) -> tuple[int, int]:
        """The known numbers on both sides: where the walk comes from, and where it goes; else 0."""
        at = bisect_right(self.known, position)
        below = self.known[at - 1] if at else 0
        above = self.known[at] if at < len(self.known) else 0
        return (above, below) if step < 0 else (below, above)

    def unknown(self) -> int:
        """Numbers between the oldest and the newest known that nothing is known of."""
        if not self.known:
            return 0
        inside = sum(self.known[0] < number < self.known[-1] for number in self.missed)
        return self.known[-1] - self.known[0] + 1 - len(self.known) - inside
