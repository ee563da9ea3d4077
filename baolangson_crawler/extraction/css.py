"""CSS selectors taken apart: what is asked of each element, from the left to the right.

cssselect parses them; parsel's translator turns what cannot be taken apart into XPath.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import cssselect
from cssselect.parser import Attrib, Class, CombinedSelector, Element, Hash, Tree
from lxml import etree
from parsel.csstranslator import HTMLTranslator

_TRANSLATOR = HTMLTranslator()
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
class Compound:
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


Path = tuple[Compound, ...]


@cache
def paths(css: str) -> tuple[Path, ...] | None:
    """The alternatives of a selector; None where one of them cannot be taken apart."""
    found = [_path(selector.parsed_tree) for selector in cssselect.parse(css)]
    if any(path is None for path in found):
        return None
    return tuple(path for path in found if path is not None)


def _path(tree: Tree) -> Path | None:
    """A selector as compounds from left to right."""
    compounds: list[Compound] = []
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


def _compound(tree: Tree, *, child: bool) -> Compound | None:
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
    return Compound(
        child=child,
        tag=tree.element.lower() if tree.element else None,
        classes=tuple(classes),
        ids=tuple(ids),
        attributes=tuple(attributes),
    )


@cache
def xpath(css: str) -> etree.XPath:
    """The selector as a compiled expression that searches below a node."""
    expression = _TRANSLATOR.css_to_xpath(css, prefix="descendant-or-self::")
    return etree.XPath(expression, regexp=False, smart_strings=False)


def check(css: str) -> None:
    """Make sure that a selector can be understood.

    Raises:
        ValueError: it cannot (cssselect's ``SelectorError`` is none, so it is turned into one).
    """
    try:
        if paths(css) is None:
            xpath(css)
    except (cssselect.SelectorError, etree.XPathError) as error:
        raise ValueError(str(error)) from error


@cache
def alternatives(css: str) -> tuple[str, ...]:
    """The selectors that a comma joins: ``"h1.name, h1"`` → ``("h1.name", "h1")``."""
    return tuple(part for raw in _COMMA.split(css) if (part := raw.strip()))
