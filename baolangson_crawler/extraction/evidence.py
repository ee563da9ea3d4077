"""Which selector or rule gave each field of a page: for people who check a site, not for crawls."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from lxml import etree

from baolangson_crawler.extraction import captions
from baolangson_crawler.extraction.body import Run, pieces
from baolangson_crawler.extraction.css import alternatives
from baolangson_crawler.extraction.document import text_of
from baolangson_crawler.extraction.page import ArticlePage
from baolangson_crawler.text import normalise


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """Where one field of a page was found, or looked for in vain."""

    field: str
    """Name of the field of the article; ``noise`` is what was left out of the body."""

    rule: str
    """The alternative of the CSS selector that matched, or a rule in words."""

    found: bool = True
    """Whether it gave anything."""

    confidence: float | None = None
    """From 0 to 1 where the reader states one, as the generic reader does."""


def evidence(page: ArticlePage) -> list[Evidence]:
    """How each field of a recognised page was found, in the order of the article.

    A reader that states its findings itself is believed.
    """
    if stated := page.findings():
        return [Evidence(field=f.field, rule=f.method, confidence=f.confidence) for f in stated]
    return [*_head(page), *_text(page), *_lists(page)]


def _head(page: ArticlePage) -> Iterator[Evidence]:
    yield _selected(page, "section", page.section_css, page.section(), every=True)
    yield _selected(page, "title", page.title_css, page.title())
    yield _selected(page, "printed_dates", page.date_css, page.visible_date(), "visible_date")
    yield _lead(page)


def _lead(page: ArticlePage) -> Evidence:
    lead = page.lead()
    if lead is None and page.parts.blocks:
        return Evidence(field="lead", rule="the first paragraph: no standfirst is printed apart")
    selected = _selected(page, "lead", page.lead_css, lead)
    return selected if selected.rule else replace(selected, rule="the first paragraph, all bold")


def _text(page: ArticlePage) -> Iterator[Evidence]:
    runs: list[Run] = []
    if page.body is None:  # a video page may have none
        yield Evidence(field="body", rule=page.body_css or "no selector", found=False)
    else:
        yield _selected(page, "body", page.body_css, page.body)
        for css in alternatives(page.noise_css):
            if number := len(page.document.all(css, page.body)):
                yield Evidence(field="noise", rule=_counted(css, number))
        found = pieces(page.body, page.document.base_url)
        runs = [piece for piece in found if isinstance(piece, Run)]
    yield from _images(page, runs)
    yield _byline(page)
    yield _credit(page, runs)


def _images(page: ArticlePage, runs: Iterable[Run]) -> Iterator[Evidence]:
    for image in page.images():
        if image.caption:
            yield Evidence(field="images", rule=_caption_rule(runs, image.caption))
    number = len(page.parts.images)
    place = _counted("pictures in the body", number) if number else "meta og:image"
    rule = " → ".join(filter(None, (place, _own_method(page, "images"))))
    yield Evidence(field="images", rule=rule, found=bool(page.images()))


def _lists(page: ArticlePage) -> Iterator[Evidence]:
    yield _selected(page, "tags", page.tags_css, page.tags(), every=True)
    if boxes := len(page.parts.related):
        yield Evidence(field="related", rule=_counted("boxes and lines in the body", boxes))
    if page.related_css or not boxes:
        yield _selected(page, "related", page.related_css, page.related(), every=True)


def _selected(
    page: ArticlePage,
    field: str,
    css: str,
    value: object,
    method: str | None = None,
    *,
    every: bool = False,
) -> Evidence:
    """The alternatives of a selector that gave a value, and the method that had a hand in it.

    Args:
        page: the page.
        field: name of the field.
        css: the selector.
        value: what came of it: text, links, an element; None or empty where nothing did.
        method: name of the page's method, where it is not the field's.
        every: whether all matches count, and not only the first that has words.
    """
    own = _own_method(page, method or field)
    if value is None or value == ():
        looked = " → ".join(filter(None, (css, own))) or "no selector"
        return Evidence(field=field, rule=looked, found=False)
    used = [e for e in page.document.all(css) if text_of(e)]
    if isinstance(value, etree._Element):
        used = [value]
    elif not every:
        told = [e for e in used if isinstance(value, str) and value in text_of(e)]
        used = (told or used)[:1]
    given = [
        _counted(part, number) if every else part
        for part in alternatives(css)
        if (number := len(set(used) & set(page.document.all(part))))
    ]
    selected = " + ".join(given if every else given[:1])
    return Evidence(field=field, rule=" → ".join(filter(None, (selected, own))))


def _byline(page: ArticlePage) -> Evidence:
    found = page.byline()
    if found is None:
        looked = ", ".join(filter(None, (page.byline_css, "lines at the end of the text")))
        return Evidence(field="byline", rule=looked, found=False)
    if page.document.text(page.byline_css):
        return _selected(page, "byline", page.byline_css, found.name)
    if own := _own_method(page, "byline"):
        return Evidence(field="byline", rule=own)
    labelled = found.raw != found.name and re.search(r"[:：]", found.raw)
    how = "with a label" if labelled else "set apart like a signature"
    return Evidence(field="byline", rule=f"a line at the end of the text, {how}")


def _credit(page: ArticlePage, runs: Iterable[Run]) -> Evidence:
    credit = page.parts.credit
    if credit is None:
        return Evidence(field="credit", rule="lines at the end of the text", found=False)
    alone = any(run.text == credit.raw for run in runs)
    rule = "a line of its own at the end of the text" if alone else "the end of the last line"
    return Evidence(field="credit", rule=rule)


def _caption_rule(runs: Iterable[Run], caption: str) -> str:
    """How the line is set that was taken for the words under a picture."""
    run = next((run for run in runs if caption.startswith(run.text)), None)
    if run is None:
        return "caption: not in the body"
    marks = (
        ("figcaption", run.tag == "figcaption"),
        ("in a figure", run.in_figure),
        ("in a table with the picture", run.in_table),
        ("names the photographer", captions.names_picture(run.text)),
        (f"class {normalise(run.classes)}", "caption" in run.classes.lower()),
        ("centred", run.align == "center"),
        ("italic", run.italic > 0.8),
    )
    seen = [mark for mark, is_so in marks if is_so]
    return f"caption: {', '.join(seen) or 'not indented as the paragraphs are'}"


def _own_method(page: ArticlePage, name: str) -> str:
    """``FckPage.section()`` where a page class reads the field by a method of its own."""
    owner = next((c for c in type(page).__mro__ if name in vars(c)), ArticlePage)
    return "" if owner is ArticlePage else f"{owner.__name__}.{name}()"


def _counted(rule: str, number: int) -> str:
    return f"{rule} ({number})"
