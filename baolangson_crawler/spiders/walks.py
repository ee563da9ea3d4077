"""How far a section list is walked: to its end, or to what its last walk knew.

Knows no network: it is told what a page lists, and says which page is next. The rules and what they
cost stand in docs/choices/0017.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Literal, NamedTuple

from baolangson_crawler.items import Link
from baolangson_crawler.sites.base import Site
from baolangson_crawler.sites.sources import Walked
from baolangson_crawler.spiders.orders import longest_run, standing
from baolangson_crawler.storage.ledger import Ledger
from baolangson_crawler.storage.rows import instant
from baolangson_crawler.walk_state import WalkState

OVERLAP = 3
"""Articles in a row, as the last walk saw them, at which a list joins what is known."""

HEAD = 100
"""Articles at the top of a list that are remembered."""

LOOK = 40
"""Requests for a list after which one page behind its overlap is looked at."""

_REPEATS = 2  # pages in a row that show nothing but what the walk has seen end a list

Known = Callable[[str, str | None], bool]
"""Whether the archive knew an article before a moment; at any time where None is given."""


class Step(NamedTuple):
    """What a walk does after a page."""

    page: int | None
    """The next page; None where it ends."""

    why: Literal["on", "again", "end", "limit"]
    """``again``: the page is to be asked for once more, later, as its absence is doubted."""

    state: WalkState | None
    """How far the list is walked by now; None where that is as it was."""

    @property
    def is_complete(self) -> bool:
        """Whether the list is walked to its end, now or before."""
        return self.why == "end" or bool(self.state and self.state.page is None)


@dataclass(slots=True)
class Walk:
    """One list in one crawl: from the top to what is known, then on where a walk was cut."""

    state: WalkState | None
    """How far it was walked before; None for a list that nobody walked."""

    now: str
    """When this walk begins (ISO 8601, UTC)."""

    known: Known
    first: int = 1
    numbered: bool = True
    """Whether every page can be asked for; else each is reached from the one before."""

    most_pages: int = 5000
    asked: int = 0
    """Pages that this walk has read, without those that only lead to where one was cut."""

    _phase: Literal["top", "rest", "behind"] = "top"
    _places: dict[str, int] = field(default_factory=dict)
    _seen: set[int] = field(default_factory=set)  # hashes, which take less memory than the keys
    _top: list[str] = field(default_factory=list)  # what stands above the overlap, and in it
    _new: int = 0  # articles above the overlap that the last walk did not know
    _size: int = 1  # articles of a page
    _last: tuple[str, ...] = ()  # articles of the page before
    _deepest: int = 0
    _cut: int = -1  # where the page is by now at which a walk was cut
    _repeated: int = 0
    _doubted: int | None = None

    def __post_init__(self) -> None:
        if self.state is None:
            self._phase = "rest"
        else:
            self._places = {key: place for place, key in enumerate(self.state.head)}

    def read(self, page: int, listed: Sequence[str]) -> Step:
        """A page that lists these articles, in their order."""
        listed = list(dict.fromkeys(listed))
        fresh = [key for key in listed if hash(key) not in self._seen]
        self._seen.update(map(hash, fresh))
        self._doubted = None
        self.asked += 1
        self._size = max(self._size, len(listed))
        self._deepest = max(self._deepest, page)
        self._repeated = 0 if fresh else self._repeated + 1
        may_be_pushed = len(self._last) >= self._size  # down from the page before, which was full
        self._last = tuple(listed)
        if self._repeated >= (_REPEATS if may_be_pushed else 1):
            return self.end()
        if self._phase == "top":
            return self._read_top(page, listed, fresh)
        if self._phase == "rest":
            return self._read_rest(page, listed, fresh)
        return self._read_behind(page, listed)

    def missing(self, page: int) -> Step:
        """A page that is not there, or lists nothing: the list ended before it.

        Where the page before was full, or what is known is not reached, a fault of the paper looks
        the same: it is asked again.
        """
        self.asked += 1
        if self._phase == "rest" and self._is_torn and page > self.first:
            return self._on(page - 1)  # the list has grown shorter
        is_above = self._phase == "top" and bool(self._places)
        may_go_on = bool(self._last) and (is_above or len(self._last) >= self._size)
        if self._phase != "behind" and may_go_on and self._doubted != page:
            self._doubted = page
            return Step(page, "again", None)
        return self.end()

    # --- From the top to what is known ----------------------------------------------------

    def _read_top(self, page: int, listed: list[str], fresh: list[str]) -> Step:
        assert self.state is not None
        self._top += fresh
        self._new += sum(map(self._is_new, fresh))
        if not self._is_overlap(listed):
            return self._on(page + 1)
        if self.state.page is None:
            return self._complete(page)
        self._phase = "rest"
        self._cut = self.state.page + -(-self._new // self._size)
        if self.numbered and self._cut > page:
            return self._on(self._cut)
        self.state = replace(self.state, edge=())  # no page is passed over
        return self._on(page + 1)

    def _is_new(self, key: str) -> bool:
        """Whether the last walk of this list did not know an article, whatever other lists did."""
        assert self.state is not None
        return key not in self._places and not self.known(key, self.state.began_at)

    def _is_overlap(self, listed: list[str]) -> bool:
        """Whether a page reaches what stood at the top as the last walk began.

        It does where nothing on it is new, or where articles follow each other as they did then,
        behind all that is new. Old articles that are shown above the list or beside it do not
        follow each other so, or not from the top.
        """
        places = [
            self._places.get(key, -1) for key in listed if key in self._places or self._is_new(key)
        ]
        if -1 not in places:
            return True
        half, enough = -(-len(listed) // 2), min(OVERLAP, len(listed))
        behind = places[len(places) - places[::-1].index(-1) :]
        return longest_run(behind, half) >= enough or longest_run(places, half) >= max(enough, half)

    # --- On from where a walk was cut -----------------------------------------------------

    @property
    def _is_torn(self) -> bool:
        """Whether the page where the walk was cut is not found again yet."""
        return bool(self.state and self.state.page is not None and self.state.edge)

    def _read_rest(self, page: int, listed: list[str], fresh: list[str]) -> Step:
        if page <= self._cut:
            self.asked -= 1
            if not self.numbered:
                return self._on(page + 1)
        if self._is_torn and self.state:
            if set(listed) & set(self.state.edge):
                self.state = replace(self.state, edge=())
            elif page > self.first and not all(self.known(key, None) for key in listed):
                return self._on(page - 1)  # too deep: what was removed has pulled the list up
        if self.state is None and len(self._top) < HEAD:
            # what is pinned to the top is remembered where it stands again
            self._top = [key for key in self._top if key not in listed] + list(listed)
        return self._on(self._deepest + 1, self._state(page, edge=tuple(listed)))

    # --- Behind what is known -------------------------------------------------------------

    def _complete(self, page: int) -> Step:
        """The overlap is reached; now and then one page behind it is looked at."""
        assert self.state is not None
        asked, behind = self.state.asked + self.asked, self.state.behind + self._new
        state = replace(self._state(None), asked=asked, behind=behind)
        if asked < LOOK:
            return Step(None, "end", state)
        self._phase = "behind"
        look = max(page + 1, self.first + behind // self._size)
        return Step(look, "on", replace(state, asked=0))

    def _read_behind(self, page: int, listed: list[str]) -> Step:
        behind = (page - self.first + 1) * self._size
        state = replace(self._state(None), behind=behind)
        if all(not self._is_new(key) for key in listed):
            return Step(None, "end", state)
        return self._on(page + 1, state)

    # --- What is remembered ---------------------------------------------------------------

    def _on(self, page: int, state: WalkState | None = None) -> Step:
        if self.asked >= self.most_pages:
            return Step(None, "limit", state)
        return Step(page, "on", state)

    def end(self) -> Step:
        """The list has no further page.

        Above what was reached before it may be a fault, and the next crawl goes on there.
        """
        is_above, cut = self._phase == "top", self.state.page if self.state else None
        if cut is None:
            may_go_on = is_above and self._doubted is not None
        else:  # a list that is asked for from its top has to reach where it was cut
            may_go_on = cut > self._deepest and (is_above or not self.numbered)
        if is_above and not self._top:
            return Step(None, "limit" if may_go_on else "end", None)
        if may_go_on:
            return Step(None, "limit", self._state(self._deepest, edge=self._last))
        return Step(None, "end", self._state(None))

    def _state(self, page: int | None, edge: tuple[str, ...] = ()) -> WalkState:
        """The list as it is walked now: complete, or up to a page."""
        if self.state is None:
            head = tuple(self._top[:HEAD])
        else:
            order = standing(self._top, self._places)
            deepest = self._places[order[-1]] if order else -1
            above = set(order)
            new = (key for key in self._top if key in above or self._is_new(key))
            head = (*new, *self.state.head[deepest + 1 :])[:HEAD]
        return WalkState(began_at=self.now, head=head, page=page, edge=edge)


@dataclass(slots=True)
class Walks:
    """The lists of one crawl."""

    most_pages: int = 5000
    """Pages of one list that a crawl asks for at most."""

    since: str | None = None
    """Day before which nothing is wanted: a list is left where everything is older."""

    afresh: bool = False
    """Whether lists are walked whatever earlier walks knew of them."""

    _walks: dict[str, Walk] = field(default_factory=dict)
    """By list."""

    _before: dict[str, list[str]] = field(default_factory=dict)
    """By list, the articles on its last page."""

    def read(
        self, site: Site, source: Walked, page: int, links: list[Link], ledger: Ledger
    ) -> Step:
        """What is next behind a page with these links, articles or not."""
        keys = [site.key_of(link.url) for link in links]
        articles = [key for key in keys if key]
        step = self._walk(source, ledger).read(
            page, [key or link.url for key, link in zip(keys, links, strict=True)]
        )
        if step.why != "end" and self._is_older(source.first_url, articles, ledger):
            return step._replace(page=None, why="limit")
        return step

    def missing(self, source: Walked, page: int, ledger: Ledger) -> Step:
        """What is next behind a page that is not there, or lists nothing."""
        return self._walk(source, ledger).missing(page)

    def end(self, source: Walked, ledger: Ledger) -> Step:
        """A page says that there is none behind it."""
        return self._walk(source, ledger).end()

    def _walk(self, source: Walked, ledger: Ledger) -> Walk:
        if source.first_url not in self._walks:
            self._walks[source.first_url] = Walk(
                None if self.afresh else ledger.walk_state(source.first_url),
                instant(datetime.now(UTC)),
                ledger.knew,
                first=source.first,
                numbered=source.numbered,
                most_pages=self.most_pages,
            )
        return self._walks[source.first_url]

    def _is_older(self, walk: str, keys: list[str], ledger: Ledger) -> bool:
        """Whether what this page or the one before lists was all published before ``since``."""
        if self.since is None:
            return False
        before, self._before[walk] = self._before.get(walk, []), keys
        return any(ledger.all_older(page, self.since) for page in (keys, before))
