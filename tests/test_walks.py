"""How far a list is walked: what is asked for, and that nothing is missed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from baolangson_crawler.spiders.walks import LOOK, OVERLAP, Step, Walk
from baolangson_crawler.walk_state import WalkState
from soak.walking import play

BEFORE, NOW = "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"
PAGE = 10


def keys(start: int, end: int) -> list[str]:
    """Articles, the newest (the highest number) first."""
    return [f"paper:{number}" for number in range(start, end, -1)]


def complete(newest: int) -> WalkState:
    return WalkState(began_at=BEFORE, head=tuple(keys(newest, 0)))


def nothing(key: str, before: str | None) -> bool:
    return False


def walk(
    state: WalkState | None,
    page_of: Callable[[int], list[str]],
    known: Callable[[str, str | None], bool] = nothing,
    most: int = 50,
) -> tuple[list[int], Step]:
    """The pages that a walk asks for, and its last step."""
    walking = Walk(state, NOW, known)
    asked: list[int] = []
    step = Step(1, "on", None)
    while step.page is not None:
        asked.append(step.page)
        assert len(asked) < most, "the walk does not end"
        listed = page_of(step.page)
        step = walking.read(step.page, listed) if listed else walking.missing(step.page)
    return asked, step


def paged(articles: list[str]) -> Callable[[int], list[str]]:
    return lambda page: articles[(page - 1) * PAGE : page * PAGE]


@pytest.mark.parametrize(
    ("new", "pages"),
    [(0, 1), (1, 1), (PAGE - OVERLAP, 1), (PAGE - OVERLAP + 1, 2), (25, 3)],
)
def test_a_walk_ends_where_it_overlaps_what_the_last_one_knew(new: int, pages: int) -> None:
    asked, step = walk(complete(60), paged(keys(60 + new, 0)))
    assert (len(asked), step.why) == (pages, "end")


def test_old_articles_pinned_to_the_top_end_no_walk() -> None:
    articles = [*keys(20, 14), *keys(90, 60), *keys(60, 0)]
    assert walk(complete(60), paged(articles))[0] == [1, 2, 3, 4]


def test_old_articles_in_a_box_on_every_page_end_no_walk() -> None:
    box = keys(40, 36)
    asked, _ = walk(complete(60), lambda page: [*paged(keys(90, 0))(page), *box])
    assert asked == [1, 2, 3, 4]


def test_articles_that_another_list_found_end_no_walk() -> None:
    """The archive has all of page 1, from a feed, and yet not what stands behind."""
    asked, _ = walk(
        complete(60),
        paged(keys(75, 0)),
        lambda key, before: before is None or before > NOW,
    )
    assert asked == [1, 2]


def test_one_page_behind_the_overlap_is_looked_at_now_and_then() -> None:
    state: WalkState | None = complete(60)
    asked = []
    for _ in range(3 * LOOK):
        pages, step = walk(state, paged(keys(60, 0)))
        state = step.state
        asked += pages
    behind = [page for page in asked if page > 1]
    assert behind == [2, 3, 4]
    assert len(asked) <= 1.1 * 3 * LOOK


@pytest.mark.parametrize("pushed", [0, 1, 5, PAGE, 25])
def test_a_walk_that_was_cut_goes_on_where_it_was(pushed: int) -> None:
    first = Walk(None, BEFORE, nothing)
    before = paged(keys(200, 0))
    for page in range(1, 9):
        step = first.read(page, before(page))
    found = set(keys(200, 120))
    articles = keys(200 + pushed, 0)
    asked, step = walk(
        step.state,
        paged(articles),
        lambda key, at: key in found and (at is None or at > BEFORE),
    )
    read = {key for page in asked for key in paged(articles)(page)}
    assert step.why == "end"
    assert found | read == set(articles)
    assert len(asked) <= 12 + 2 + 2 * (pushed // PAGE + 1)  # not the 20 of the whole list, and top


def test_what_was_removed_before_the_cut_hides_nothing() -> None:
    first = Walk(None, BEFORE, nothing)
    for page in range(1, 9):
        step = first.read(page, paged(keys(200, 0))(page))
    articles = [*keys(200, 190), *keys(170, 0)]  # twenty are gone
    found = set(keys(200, 120))
    asked, _ = walk(
        step.state, paged(articles), lambda key, at: key in found and (at is None or at > BEFORE)
    )
    read = {key for page in asked for key in paged(articles)(page)}
    assert set(articles) <= found | read


@pytest.mark.parametrize(
    ("pages", "asked"),
    [(keys(25, 0), [1, 2, 3, 4]), (keys(30, 0), [1, 2, 3, 4, 4])],
    ids=["last page short", "last page full"],
)
def test_the_end_is_doubted_behind_a_full_page(pages: list[str], asked: list[int]) -> None:
    assert walk(None, paged(pages))[0] == asked


@pytest.mark.parametrize(
    "page_of",
    [
        lambda page: paged(keys(30, 0))(min(page, 3)),
        lambda page: paged(keys(30, 0))((page - 1) % 3 + 1),
        lambda page: [*paged(keys(30, 0))(min(page, 3)), *keys(5, 1)],
    ],
    ids=["the last page for ever", "from the first again", "with a box"],
)
def test_repeating_pages_end_a_walk(page_of: Callable[[int], list[str]]) -> None:
    assert len(walk(None, page_of)[0]) <= 6


def test_a_page_that_only_repeats_what_was_pushed_down_ends_no_walk() -> None:
    pages = {1: keys(30, 20), 2: keys(30, 20), 3: keys(20, 10), 4: keys(10, 0)}
    assert walk(None, lambda page: pages.get(page, []))[0][:4] == [1, 2, 3, 4]


@pytest.mark.parametrize("per_page", [PAGE, 1])
def test_an_end_above_what_is_known_is_doubted_and_left_for_the_next_crawl(per_page: int) -> None:
    def shown(page: int) -> list[str]:
        return keys(90, 90 - per_page) if page == 1 else []

    asked, step = walk(complete(60), shown)
    assert (asked, step.why, step.is_complete) == ([1, 2, 2], "limit", False)
    asked, again = walk(step.state, shown)
    assert (asked[0], again.is_complete) == (1, True), "the list is that short by now"
    asked, _ = walk(step.state, paged(keys(90, 0)))
    assert asked[:9] == [1, 2, 3, 4, 5, 6, 7, 8, 9]


def test_an_end_above_where_a_walk_was_cut_does_not_end_it() -> None:
    cut = replace(complete(60), page=5, edge=tuple(keys(20, 10)))
    walking = Walk(cut, NOW, nothing)
    walking.read(1, keys(90, 80))
    state = walking.end().state
    assert state is not None
    assert state.page == 1


@pytest.mark.parametrize("numbered", [True, False], ids=["numbered", "linked"])
@pytest.mark.parametrize("most", [2, 3])
def test_a_list_cut_by_its_most_pages_is_read_on_by_each_crawl(numbered: bool, most: int) -> None:
    state, page_of = None, paged(keys(65, 0))
    found = set[str]()
    for _ in range(7):
        walking = Walk(state, NOW, nothing, numbered=numbered, most_pages=most)
        page: int | None = 1
        asked = []
        while page is not None:
            asked.append(page)
            step = walking.read(page, page_of(page)) if page_of(page) else walking.missing(page)
            found.update(page_of(page))
            state, page = step.state or state, step.page
        assert len(set(asked)) == len(asked)
    assert found == set(keys(65, 0))
    assert step.is_complete


def test_a_linked_walk_that_is_stopped_early_keeps_the_place_of_its_cut() -> None:
    cut = replace(complete(60), page=5, edge=("paper:gone",))
    walking = Walk(cut, NOW, nothing, numbered=False)
    steps = [walking.read(page, paged(keys(60, 0))(page)) for page in range(1, 7)]
    assert [step.page for step in steps] == [2, 3, 4, 5, 6, 7]
    assert [step.state and step.state.page for step in steps] == [None] * 5 + [6]


def test_a_list_that_never_ends_is_left_at_the_limit() -> None:
    walking = Walk(None, NOW, nothing, most_pages=7)
    steps = [walking.read(page, keys(page * 10, page * 10 - 10)) for page in range(1, 8)]
    assert [step.page for step in steps] == [2, 3, 4, 5, 6, 7, None]
    state = steps[-1].state
    assert state is not None
    assert state.page == 7  # the next crawl goes on there


def test_what_moves_while_it_is_walked_is_not_missed() -> None:
    played = [play(seed) for seed in range(12)]
    assert [one.missed for one in played] == [0] * 12
    assert sum(one.asked for one in played) <= 1.1 * sum(one.fewest for one in played)
