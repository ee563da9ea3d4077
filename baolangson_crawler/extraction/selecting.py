"""CSS selectors over the tree of one page, by a table of its classes and ids.

A layout asks a page a dozen questions, nearly all of them by class or id. One pass over the tree
answers them all; an expression that searches the tree anew costs as much for every question
(``docs/choices/0013-one-pass-selectors.md``). What the table cannot answer (``:not()``, ``+``,
``~``) is compiled to XPath by parsel's translator.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property

import cssselect
from cssselect.parser import Attrib, Class, CombinedSelector, Element, Hash, Tree
from lxml import etree
from parsel.csstranslator import HTMLTranslator

_TRANSLATOR = HTMLTranslator()
_OF_ID = etree.XPath("descendant-or-self::*[@id = $name]")
_COMMA = re.compile(r",(?![^(\[]*[)\]])")  # not one inside :is(a, b) or [title="a, b"]
_TESTS: dict[str, Callable[[str, str], bool]] = {
    "=": lambda has, value: has == value,
    "~=": lambda has, value: value in has.split(),
    "|=": lambda has, value: has == value or has.startswith(f"{value}-"),
    "^=": lambda has, value: bool(value) and has.startswith(value),
    "$=": lambda has, value: bool(value) and has.endswith(value),
    "*=": lambda has, value: bool(value) and value in has,
}


@dataclass(frozen=True, slots=True)
class _Compound:
    """What is asked of one element: ``div.detail[lang=vi]``."""

    child: bool
    """Whether the element must be a child of what stands before, not any descendant."""

    tag: str | None = None
    classes: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str, str], ...] = ()

    def fits(self, element: etree._Element) -> bool:
        """Whether the element is such a one."""
        if self.tag is not None and element.tag != self.tag:
            return False
        if any(element.get("id") != name for name in self.ids):
            return False
        if self.classes:
            has = (element.get("class") or "").split()
            if any(name not in has for name in self.classes):
                return False
        return all(_has(element, *attribute) for attribute in self.attributes)


def _has(element: etree._Element, name: str, operator: str, value: str) -> bool:
    has = element.get(name)
    return has is not None and (operator == "exists" or _TESTS[operator](has, value))


_Path = tuple[_Compound, ...]


class Index:
    """The elements of a page by class and id, and where each stands."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
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
            found = _OF_ID(self.root, name=name)
            self._by_id[name] = found if isinstance(found, list) else []
        return self._by_id[name]

    @cached_property
    def order(self) -> dict[etree._Element, int]:
        """The number of each element in the order of the page."""
        return {element: number for number, element in enumerate(self.root.iter(etree.Element))}

    def select(self, css: str, within: etree._Element | None = None) -> list[etree._Element]:
        """Every element below ``within``, or it itself, that a selector matches, in order."""
        paths = _paths(css)
        if paths is None:
            found = _xpath(css)(self.root if within is None else within)
            return found if isinstance(found, list) else []
        matches = [match for path in paths if (match := self._follow(path, within))]
        if len(matches) < 2:
            return matches[0] if matches else []
        every = dict.fromkeys(element for match in matches for element in match)
        return sorted(every, key=self.order.__getitem__)

    def _follow(self, path: _Path, within: etree._Element | None) -> list[etree._Element]:
        first = path[0]
        listed: Iterable[etree._Element] | None = self._listed(first)
        if listed is None:
            place = self.root if within is None else within
            listed = place.iter(first.tag or etree.Element)
        elif within is not None and listed:
            start, end = self.order[within], self._end(within)
            listed = (element for element in listed if start <= self.order[element] <= end)
        found = [element for element in listed if first.fits(element)]
        for compound in path[1:]:
            if not found:
                break
            found = self._inside(compound, found)
        return found

    def _listed(self, compound: _Compound) -> list[etree._Element] | None:
        """The fewest elements among which those of a compound are; None where none are listed."""
        if compound.ids:
            return self.by_id(compound.ids[0])
        if compound.classes:
            return min((self.by_class.get(name, []) for name in compound.classes), key=len)
        return None

    def _inside(self, compound: _Compound, outer: list[etree._Element]) -> list[etree._Element]:
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


@cache
def _paths(css: str) -> tuple[_Path, ...] | None:
    """The alternatives of a selector; None where the table cannot answer one of them."""
    found = [_path(selector.parsed_tree) for selector in cssselect.parse(css)]
    if any(path is None for path in found):
        return None
    return tuple(path for path in found if path is not None)


def _path(tree: Tree) -> _Path | None:
    """A selector as compounds from left to right."""
    compounds: list[_Compound] = []
    while isinstance(tree, CombinedSelector):
        if tree.combinator not in (" ", ">"):
            return None
        compound = _compound(tree.subselector, child=tree.combinator == ">")
        if compound is None:
            return None
        compounds.append(compound)
        tree = tree.selector
    first = _compound(tree, child=False)
    return (first, *reversed(compounds)) if first else None


def _compound(tree: Tree, *, child: bool) -> _Compound | None:
    classes: list[str] = []
    ids: list[str] = []
    attributes: list[tuple[str, str, str]] = []
    while not isinstance(tree, Element):
        if isinstance(tree, Class):
            classes.append(tree.class_name)
        elif isinstance(tree, Hash):
            ids.append(tree.id)
        elif isinstance(tree, Attrib) and (tree.operator in _TESTS or tree.operator == "exists"):
            value = tree.value.value if tree.value is not None else None
            attributes.append((tree.attrib.lower(), tree.operator, value or ""))
        else:
            return None
        tree = tree.selector
    return _Compound(
        child=child,
        tag=tree.element.lower() if tree.element else None,
        classes=tuple(classes),
        ids=tuple(ids),
        attributes=tuple(attributes),
    )


@cache
def _xpath(css: str) -> etree.XPath:
    xpath = _TRANSLATOR.css_to_xpath(css, prefix="descendant-or-self::")
    return etree.XPath(xpath, regexp=False, smart_strings=False)


def check(css: str) -> None:
    """Make sure that a selector can be understood.

    Raises:
        ValueError: it cannot (cssselect's ``SelectorError`` is none, so it is turned into one).
    """
    try:
        if _paths(css) is None:
            _xpath(css)
    except (cssselect.SelectorError, etree.XPathError) as error:
        raise ValueError(str(error)) from error


@cache
def alternatives(css: str) -> tuple[str, ...]:
    """The selectors that a comma joins: ``"h1.name, h1"`` → ``("h1.name", "h1")``."""
    return tuple(part for raw in _COMMA.split(css) if (part := raw.strip()))
