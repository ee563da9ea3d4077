"""How much of a list stands in the order in which it stood before."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping, Sequence
from itertools import pairwise


def standing(keys: Sequence[str], places: Mapping[str, int]) -> list[str]:
    """Those with a place that stand in its order: the most of them that do, none brought up."""
    known = [key for key in keys if key in places]
    ends: list[tuple[int, int]] = []  # by length, the best chain: its last place and where
    before = [-1] * len(known)
    for at, key in enumerate(known):
        length = bisect(ends, (places[key], -1))
        before[at] = ends[length - 1][1] if length else -1
        ends[length : length + 1] = [(places[key], at)]
    chain, at = list[str](), ends[-1][1] if ends else -1
    while at >= 0:
        chain.append(known[at])
        at = before[at]
    return chain[::-1]


def longest_run(places: Sequence[int], start: int) -> int:
    """The most places that follow each other by one, where the first of them is before a place."""
    longest = run = 0
    begin = -1
    for before, place in pairwise((-1, *places)):
        follows = before >= 0 and place == before + 1
        begin, run = (begin, run + 1) if follows else (place, 1)
        if 0 <= begin < start:
            longest = max(longest, run)
    return longest
