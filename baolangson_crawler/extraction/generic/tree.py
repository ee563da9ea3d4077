"""The elements of a page as a tree that can be summed over, however large or deep it is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from lxml import etree

from baolangson_crawler.extraction.body import is_left_out

_MOST_ELEMENTS = 30_000
_DEEPEST = 512  # elements within each other; Chromium nests no more of them
_SILENT = ("script", "style", "noscript", "template")


class Tree:
    """The elements of a page in order, with sums over all that an element holds.

    All in time linear in the number of elements, whatever the depth.
    """

    def __init__(self, root: etree._Element) -> None:
        self.order: list[etree._Element] = list(root.iter(etree.Element))
        self.index = {element: i for i, element in enumerate(self.order)}
        self.parents = [self.index.get(e.getparent(), -1) for e in self.order]

    def sums(self, own: Mapping[etree._Element, float]) -> list[float]:
        """For each element what it and all below it have."""
        totals = [0.0] * len(self.order)
        for element, amount in own.items():
            totals[self.index[element]] += amount
        for i in range(len(totals) - 1, 0, -1):
            totals[self.parents[i]] += totals[i]
        return totals

    def below(self, marked: set[etree._Element]) -> set[etree._Element]:
        """The marked elements with all that stands below them."""
        found: set[etree._Element] = set()
        for element, parent in zip(self.order, self.parents, strict=True):
            if element in marked or (parent >= 0 and self.order[parent] in found):
                found.add(element)
        return found

    @property
    def is_ordinary(self) -> bool:
        """Whether there are no more elements, and none deeper, than people make."""
        if len(self.order) > _MOST_ELEMENTS:
            return False
        depths = [0] * len(self.order)
        for i, parent in enumerate(self.parents):
            depths[i] = depths[parent] + 1 if parent >= 0 else 0
        return max(depths) <= _DEEPEST

    @cached_property
    def entered(self) -> frozenset[etree._Element]:
        """Forms, menus and hidden elements around more than half of the page's words.

        Pages of ASP.NET stand in one form; others are hidden until a script has run.
        """
        own = {
            e: float(len((e.text or "").strip()) + sum(len((c.tail or "").strip()) for c in e))
            for e in self.order
            if e.tag not in _SILENT
        }
        length = self.sums(own)
        return frozenset(
            element
            for element, words in zip(self.order, length, strict=True)
            if words > length[0] / 2 and element.tag not in _SILENT and is_left_out(element)
        )
