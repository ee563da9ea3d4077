"""Lists that change while they are walked: what a walk misses, and what it asks for.

A list of a paper is played from a seed: articles are published, set back behind others, removed,
pinned and edited between any two answers. After a first walk it is walked again and again, as cron
would. The fewest possible requests are those of a walker who knows the list: the pages from the
top down to the last article that is new, at least one.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from baolangson_crawler.spiders.walks import OVERLAP, Walk
from baolangson_crawler.walk_state import WalkState
from soak.report import Part, Tell

_CRAWLS = 40  # of one list
_MOST = 1.1  # times the fewest possible requests
_SINCE_EPOCH = "2026-01-01T00:00:{:012.6f}Z"


@dataclass(kw_only=True)
class MovingList:
    """A list that changes with every question, by its own chance."""

    chance: random.Random
    per_page: int
    articles: list[str] = field(default_factory=list)
    pinned: list[str] = field(default_factory=list)
    removals: float = 0
    """How often an article is removed between two questions of one walk."""

    published: int = 0
    asked: int = 0

    def publish(self, number: int = 1) -> None:
        """Articles at the top, now and then one behind others that it is older than."""
        for _ in range(number):
            self.published += 1
            late = self.chance.random() < 0.03
            place = self.chance.randrange(min(OVERLAP, len(self.articles) + 1)) if late else 0
            self.articles.insert(place, f"paper:{self.published}")

    def remove(self) -> None:
        """One of the newer articles is gone."""
        if self.articles:
            self.articles.pop(self.chance.randrange(min(40, len(self.articles))))

    def edit(self) -> None:
        """One of the newer articles is brought to the top again."""
        if self.articles:
            place = self.chance.randrange(min(40, len(self.articles)))
            self.articles.insert(0, self.articles.pop(place))

    def pin(self) -> None:
        """Other articles stand above the list."""
        most = min(3, len(self.articles))
        self.pinned = self.chance.sample(self.articles, self.chance.randint(0, most))

    def page(self, number: int) -> list[str]:
        """What a page lists; nothing behind the end."""
        self.asked += 1
        start = (number - 1) * self.per_page
        shown = self.articles[start : start + self.per_page]
        return [*self.pinned, *shown] if number == 1 else shown

    def pass_by(self) -> None:
        """What happens between two questions of one walk."""
        roll = self.chance.random()
        if roll < 0.10:
            self.publish(self.chance.choice((1, 1, 1, 2, 5)))
        elif roll < 0.10 + self.removals:
            self.remove()
        elif roll < 0.12 + self.removals:
            self.edit()

    def last_of(self, lacking: set[str]) -> int:
        """Pages from the top to the last of these articles, at least one."""
        places = [place for place, key in enumerate(self.articles) if key in lacking]
        return max(places, default=0) // self.per_page + 1


@dataclass(kw_only=True)
class Played:
    """What came of one seed."""

    missed: int
    asked: int
    fewest: int


def play(seed: int, removals: float = 0) -> Played:
    """Walk one list through many crawls, the last ones after it has come to rest."""
    chance = random.Random(seed)
    paper = MovingList(chance=chance, per_page=chance.choice((10, 15, 20, 30)), removals=removals)
    paper.publish(chance.randint(0, 400))
    found: dict[str, str] = {}
    state = walked(paper, found, None, 0)
    needed = set(paper.articles)
    paper.asked = fewest = 0
    for crawl in range(1, _CRAWLS + 1):
        if crawl < _CRAWLS - 3:
            happens(paper)
        fewest += paper.last_of(set(paper.articles) - needed)
        needed.update(paper.articles)
        state = walked(paper, found, state, crawl, moves=crawl < _CRAWLS - 3)
    return Played(missed=len(set(paper.articles) - found.keys()), asked=paper.asked, fewest=fewest)


def happens(paper: MovingList) -> None:
    """What happens between two crawls: some hours, or some days."""
    paper.publish(paper.chance.choice((0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 4, 5, 6, 8, 12, 30)))
    if paper.chance.random() < 0.05:
        paper.remove()
    if paper.chance.random() < 0.2:
        paper.edit()
    if paper.chance.random() < 0.1:
        paper.pin()


def walked(
    paper: MovingList,
    found: dict[str, str],
    state: WalkState | None,
    crawl: int,
    *,
    moves: bool = True,
) -> WalkState | None:
    """Walk the list once; what is remembered of it."""

    def known(key: str, before: str | None) -> bool:
        return key in found and (before is None or found[key] < before)

    walk = Walk(state, _SINCE_EPOCH.format(crawl), known)
    page: int | None = 1
    while page is not None:
        listed = paper.page(page)
        for key in listed:
            found.setdefault(key, _SINCE_EPOCH.format(crawl + 0.5))
        step = walk.read(page, listed) if listed else walk.missing(page)
        state, page = step.state or state, step.page
        if moves:
            paper.pass_by()
    return state


def walking(runs: int, tell: Tell) -> Part:
    """Play seeds; nothing may be missed, and little asked in vain."""
    part = Part("walking")
    played = [play(seed) for seed in range(runs)]
    missed = sum(one.missed for one in played)
    asked, fewest = sum(one.asked for one in played), sum(one.fewest for one in played)
    tell(f"{asked} requests, {fewest} of them needed")
    part.figure("lists that change while they are walked", f"{runs}, {_CRAWLS} crawls each")
    part.figure("articles missed", str(missed))
    part.figure("requests, as a ratio to the fewest possible", f"{asked / fewest:.3f}")
    part.require(not missed, f"{missed} articles were missed")
    part.require(asked <= _MOST * fewest, f"{asked} requests, where {fewest} were enough")
    torn = sum(play(seed, removals=0.01).missed for seed in range(runs))
    part.figure("missed, where one question in a hundred meets a removal", str(torn))
    return part.done()
