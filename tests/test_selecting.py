"""CSS selectors by the table of classes and ids: the same answers as XPath, in bounded time."""

from __future__ import annotations

import random

import pytest
from lxml import etree
from parsel.csstranslator import HTMLTranslator

from baolangson_crawler.extraction.css import alternatives, check
from baolangson_crawler.extraction.document import Document, parse
from baolangson_crawler.extraction.selecting import Index

PARTS = (
    "p", "div", "a", ".x", ".y", ".x.y", "#a", "#b", "div.x", "p.y", "a[href]", "[class^='x']",
    "[class*='y']", "[href$='.htm']", "[lang|='vi']", "[class~='y']", "*", "p:not(.x)", "[id='a']",
)  # fmt: skip
JOINS = (" ", " > ", " + ", " ~ ", ", ")


def page(rng: random.Random) -> etree._Element:
    """A tree with nested and repeated classes and ids."""
    root = etree.Element("html")
    places = [root]
    for _ in range(60):
        inside = rng.choice(places)
        element = etree.SubElement(inside, rng.choice(("p", "div", "a")))
        for name, values in (
            ("class", ("x", "y", "x y", "xy", " y  x ", "")),
            ("id", ("a", "b")),
            ("href", ("/m.htm", "/m")),
            ("lang", ("vi-VN", "vi", "v")),
        ):
            if rng.random() < 0.3:
                element.set(name, rng.choice(values))
        places.append(element)
    return root


def by_xpath(css: str, start: etree._Element) -> list[etree._Element]:
    xpath = HTMLTranslator().css_to_xpath(css, prefix="descendant-or-self::")
    found = start.xpath(xpath)
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("seed", range(40))
def test_the_table_answers_as_xpath_does(seed: int) -> None:
    rng = random.Random(seed)
    root = page(rng)
    index = Index(root)
    elements = list(root.iter())
    for _ in range(60):
        css = rng.choice(PARTS)
        for _ in range(rng.randrange(4)):
            css += rng.choice(JOINS) + rng.choice(PARTS)
        within = rng.choice([None, rng.choice(elements)])
        # below an element every part of the selector is looked for, as `within.xpath` does
        expected = by_xpath(css, root if within is None else within)
        assert index.select(css, within) == expected, css


def test_alternatives_are_parted_at_their_own_commas_only() -> None:
    css = "h1.name, :is(h2, h3) > a, [title='a, b'] ,p"
    assert alternatives(css) == ("h1.name", ":is(h2, h3) > a", "[title='a, b']", "p")
    assert alternatives("") == ()


@pytest.mark.parametrize("css", ["h1[", "p::", "a:nonsense", "..x", ""])
def test_what_is_no_selector_is_told(css: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        check(css)


def test_an_element_of_another_tree_is_searched_too() -> None:
    document = Document("<div class='x'><p>1</p></div>", "https://a.vn/")
    other = parse("<div class='x'><p class='y'>2</p></div>")
    assert [e.text for e in document.all(".x .y", other)] == ["2"]
    assert [e.text for e in document.all(".x p")] == ["1"]


@pytest.mark.parametrize(
    ("css", "found"),
    [
        (".x .x", 20_899),
        (".x p", 20_000),
        (".x > p", 20_000),
        ("div .x, p.x", 20_899),
        (".x .y", 0),
    ],
)
def test_nested_and_repeated_elements_are_each_found_once(css: str, found: int) -> None:
    html = "<div class='x'>" * 900 + "<p class='x'></p>" * 20_000
    document = Document(html, "https://a.vn/")
    assert len(document.all(css)) == found
    assert len(document.all(css, document.root)) == found
