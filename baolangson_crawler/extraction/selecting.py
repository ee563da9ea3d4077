"""CSS selectors over the tree of one page, by a table of its classes and ids.

A layout asks a page a dozen questions, nearly all of them by class or id. One pass over the tree
answers them all; an expression that searches the tree anew costs as much for every question
(``docs/choices/0013-one-pass-selectors.md``). What the table cannot answer (``:not()``, ``+``,
``~``) is compiled to XPath by parsel's translator.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property

from lxml import etree

from baolangson_crawler.extraction.css import Compound, Path, paths, xpath

_OF_ID = etree.XPath("descendant-or-self::*[@id = $name]")
_OF_ONE_ID = etree.XPath("id($name)")  # from libxml2's own table
_FEW = 8  # elements whose ancestors are looked at one by one; libxml2 nests 2,048 at most


class Index:
    """The elements of a page by class and id, and where each stands.

    Args:
        root: what is searched.
        html: the text it was parsed from, by which an id is known to stand once on the page.
    """

    def __init__(self, root: etree._Element, html: str = "") -> None:
        self.root = root
        self.html = html
        self._by_id: dict[str, list[etree._Element]] = {}
        self._ends: dict[etree._Element, int] = {}

    @cached_property
    def by_class(self) -> dict[str, list[etree._Element]]:
        """The elements that have a class, in the order of the page."""
        found: dict[str, list[etree._Element]] = {}
        for element in self.root.iter(etree.Element):
            if names := element.get("class"):
                for name in names.split():
                    if name in found:
                        found[name].append(element)
                    else:
                        found[name] = [element]
        return found

    def by_id(self, name: str) -> list[etree._Element]:
        """The elements that have an id; papers give one to several."""
        if name not in self._by_id:  # few ids are asked for, so that a table of all is no gain
            found = (_OF_ONE_ID if self._stands_once(name) else _OF_ID)(self.root, name=name)
            self._by_id[name] = found if isinstance(found, list) else []
        return self._by_id[name]

    def _stands_once(self, name: str) -> bool:
        """Whether an id is given to one element and is the name of no anchor, an id to libxml2."""
        html = self.html
        if html.count(f'"{name}"') == 1 and f'id="{name}"' in html:
            return f"'{name}'" not in html and f"={name}" not in html
        return False

    @cached_property
    def order(self) -> dict[etree._Element, int]:
        """The number of each element in the order of the page."""
        return {element: number for number, element in enumerate(self.root.iter(etree.Element))}

    def select(self, css: str, within: etree._Element | None = None) -> list[etree._Element]:
        """Every element below ``within``, or it itself, that a selector matches, in order."""
        alternatives = paths(css)
        if alternatives is None:
            found = xpath(css)(self.root if within is None else within)
            return found if isinstance(found, list) else []
        matches = [match for path in alternatives if (match := self._follow(path, within))]
        if len(matches) < 2:
            return matches[0] if matches else []
        every = dict.fromkeys(element for match in matches for element in match)
        return sorted(every, key=self.order.__getitem__)

    def _follow(self, path: Path, within: etree._Element | None) -> list[etree._Element]:
        first = path[0]
        found = [element for element in self._openers(first, within) if first.fits(element)]
        for compound in path[1:]:
            if not found:
                break
            found = self._inside(compound, found)
        return found

    def _openers(
        self, compound: Compound, within: etree._Element | None
    ) -> Iterable[etree._Element]:
        """Where the first part of a selector may stand."""
        listed = self._listed(compound)
        if listed is None:
            place = self.root if within is None else within
            return list(place.iter(compound.tag or etree.Element))
        if within is None:
            return listed
        if len(listed) <= _FEW:
            return [e for e in listed if e is within or within in e.iterancestors()]
        start, end = self.order[within], self._end(within)
        return [element for element in listed if start <= self.order[element] <= end]

    def _listed(self, compound: Compound) -> list[etree._Element] | None:
        """The fewest elements among which those of a compound are; None where none are listed."""
        if compound.ids:
            return self.by_id(compound.ids[0])
        if compound.classes:
            return min((self.by_class.get(name, []) for name in compound.classes), key=len)
        return None

    def _inside(self, compound: Compound, outer: list[etree._Element]) -> list[etree._Element]:
        if compound.child:
            children = (child for element in outer for child in element)
            found = [child for child in children if compound.fits(child)]
            return found if len(outer) == 1 else sorted(found, key=self.order.__getitem__)
        outer = self._outermost(outer)
        listed = self._listed(compound)
        if listed is None:
            tags = compound.tag or etree.Element
            inner = (e for element in outer for e in element.iterdescendants(tags))
            return [element for element in inner if compound.fits(element)]
        if len(listed) <= _FEW:
            above = set(outer)
            return [
                element
                for element in listed
                if compound.fits(element) and any(e in above for e in element.iterancestors())
            ]
        starts = [self.order[element] for element in outer]
        return [
            element
            for element in listed
            if compound.fits(element)
            and (place := bisect_left(starts, self.order[element])) > 0
            and self.order[element] <= self._end(outer[place - 1])
        ]

    def _outermost(self, elements: list[etree._Element]) -> list[etree._Element]:
        """Those of the elements, which are in order, that stand in no other of them."""
        if len(elements) == 1:
            return elements
        found: list[etree._Element] = []
        end = -1
        for element in elements:
            if self.order[element] > end:
                found.append(element)
                end = self._end(element)
        return found

    def _end(self, element: etree._Element) -> int:
        """The number of the last element inside an element; its own where there is none."""
        passed = []
        while element not in self._ends and len(element):
            passed.append(element)
            element = element[-1]
        end = self._ends.setdefault(element, self.order[element])
        for above in passed:
            self._ends[above] = end
        return end
