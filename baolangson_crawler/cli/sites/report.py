"""What is read from one page and how: everything that ``baolangson sites check`` tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from scrapy.http import Response

from baolangson_crawler import reading
from baolangson_crawler.dating import date
from baolangson_crawler.exceptions import PageRefused
from baolangson_crawler.extraction.document import Document
from baolangson_crawler.extraction.evidence import Evidence, evidence
from baolangson_crawler.extraction.page import ArticlePage
from baolangson_crawler.items import Article, Image, PrintedDate, Refusal
from baolangson_crawler.sites.base import Site
from baolangson_crawler.spiders.reading import fault, read_content, read_page
from baolangson_crawler.spiders.responses import decoded, is_html


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One field of the article."""

    name: str
    values: tuple[str, ...]
    """Its words; one entry for each paragraph, picture, tag or link."""

    found_by: str
    """The selectors or rules that gave it, or that were tried in vain."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """One page class of the site, tried on the page."""

    name: str
    page_class: str
    recognised: bool
    missing: str
    """What it lacks on the page, where it does not recognise it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """One statement of the page on its dates, read for itself."""

    role: str
    source: str
    raw: str
    read_as: str | None
    """The moment in ISO 8601; None where it could not be read."""

    rule: str
    confidence: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Opinion:
    """What the generic reader says of one field, beside what the layout read."""

    field: str
    layout: str
    generic: str

    @property
    def agrees(self) -> bool:
        """Whether both say the same."""
        return self.layout == self.generic


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """All that is known of one page."""

    site: Site
    url: str
    fetched_at: datetime
    charset: str | None
    read: Article | Refusal
    layouts: tuple[Layout, ...] = ()
    fields: tuple[Field, ...] = ()
    statements: tuple[Statement, ...] = ()
    opinions: tuple[Opinion, ...] | None = None
    """None where the generic reader refuses the page, or is the one that read it."""

    second_refusal: str | None = None
    """Why the generic reader refuses the page."""

    @property
    def recognised(self) -> bool:
        """Whether a layout of the site's own read the page."""
        return isinstance(self.read, Article) and self.read.layout in {
            page.layout for page in self.site.pages
        }


def report(
    site: Site, response: Response, fetched_at: datetime, asked: Site | None = None
) -> Report:
    """Read a page as a crawl does, and note how.

    Args:
        site: whose page it is.
        response: the page as it was answered, or built of a saved one.
        fetched_at: when it was received, with offset.
        asked: the site whose address was asked for, where it led to this one.
    """
    charset, read = read_page(site, response)
    shown = read
    if isinstance(read, Refusal) and read.reason == "no_article_address":
        charset, shown = read_content(site, response)  # what an article_url that fits would give
    if isinstance(shown, Article):
        shown = reading.finish(site, shown, fetched_at, asked)
    found = Report(
        site=site,
        url=response.url,
        fetched_at=fetched_at,
        charset=charset,
        read=shown if isinstance(read, Article) else read,
    )
    if not is_html(response):
        return found
    html = decoded(response)[0]
    document = Document(html, response.url)
    pages = [page_class(document) for page_class in site.pages]
    found = replace(found, layouts=tuple(_layout(page, site) for page in pages))
    if isinstance(shown, Article):
        by = {page.layout: page for page in pages}.get(shown.layout)
        found = replace(
            found,
            fields=tuple(_fields(shown, by or _generic()(document), site)),
            statements=tuple(_statement(shown, said, fetched_at) for said in shown.printed_dates),
        )
    return _with_second_reader(found, shown, html)


def _generic() -> type[ArticlePage]:
    from baolangson_crawler.extraction.generic import GenericPage

    return GenericPage


def _layout(page: ArticlePage, site: Site) -> Layout:
    try:
        recognised, missing = page.recognises(), ""
    except Exception as error:  # a site file is the operator's code
        recognised, missing = False, fault(error, site)
    if not recognised and not missing:
        missing = f"no title ({page.title_css})" if page.body is not None else "no body"
        missing += f" ({page.body_css})" if page.body is None and page.body_css else ""
    name = type(page).__name__
    return Layout(name=page.layout, page_class=name, recognised=recognised, missing=missing)


def _fields(article: Article, page: ArticlePage, site: Site) -> Iterator[Field]:
    rules: dict[str, list[str]] = {}
    for found in _evidence(page, site):
        sure = "" if found.confidence is None else f" [{found.confidence:.2f}]"
        rule = f"{found.rule}{sure}" if found.found else f"nothing: {found.rule}"
        rules.setdefault(found.field, []).append(rule)
    rules["key"] = ["the address"]
    for name, moment in (("published", article.published), ("modified", article.modified)):
        if moment and moment.at:
            rules[name] = [f"{moment.method} [{moment.confidence:.2f}]"]
    rules.setdefault("published", []).extend(rules.pop("printed_dates", ()))
    for name, values in _values(article):
        by = "; ".join(dict.fromkeys(rules.get(name, ())))
        yield Field(name=name, values=tuple(value for value in values if value), found_by=by)
    for name, heading in (("noise", "left out"), ("layout", "layout")):
        if said := rules.get(name):
            yield Field(name=heading, values=(), found_by="; ".join(said))


def _evidence(page: ArticlePage, site: Site) -> list[Evidence]:
    """What gave each field; a method that the article did without may fail here."""
    try:
        return evidence(page)
    except Exception as error:  # a site file is the operator's code
        return [Evidence(field="layout", rule=f"not known: {fault(error, site)}")]


def _values(article: Article) -> Iterator[tuple[str, tuple[str | None, ...]]]:
    """The fields in the order in which a reader of the page meets them."""
    credit = article.credit
    yield "key", (article.key,)
    yield "paper", (article.paper,)
    yield "section", (article.section,)
    yield "title", (article.title,)
    yield "dateline", (article.dateline,)
    yield "lead", (article.lead,)
    yield "body", tuple(f"{_MARKS[block.kind]}{block.text}" for block in article.body)
    yield "images", tuple(_picture(image) for image in article.images)
    yield "byline", (article.byline_raw or article.byline,)
    yield "credit", (f"{credit.raw} → {credit.source or 'not known'}" if credit else None,)
    yield "tags", article.tags
    yield "related", tuple(f"{link.title or '(no title)'} · {link.url}" for link in article.related)
    for name, moment in (("published", article.published), ("modified", article.modified)):
        yield name, (moment.at.isoformat() if moment and moment.at else None,)
    yield "language", (article.language,)
    yield "repairs", article.repairs


_MARKS = {"paragraph": "", "subhead": "## "}


def _picture(image: Image) -> str:
    place = "outside the body" if image.position is None else f"after block {image.position}"
    credit = f" · photographer: {image.credit}" if image.credit else ""
    return f"{image.caption or '(no caption)'}{credit} · {place} · {image.url or '(no picture)'}"


def _statement(article: Article, said: PrintedDate, fetched_at: datetime) -> Statement:
    """One printed date, dated as if the page said nothing else."""
    alone = date(replace(article, printed_dates=(said,)), fetched_at)
    moment = alone.published if said.role == "published" else alone.modified
    at = moment.at if moment else None
    return Statement(
        role=said.role,
        source=said.source,
        raw=said.raw,
        read_as=at.isoformat() if at else None,
        rule=moment.method if moment else "unread",
        confidence=moment.confidence if moment else 0.0,
    )


def _with_second_reader(found: Report, first: Article | Refusal, html: str) -> Report:
    """The report with what the generic reader says, which knows no layout of the site."""
    generic = replace(found.site, pages=(_generic(),))
    try:
        second = reading.read(generic, html, found.url, found.fetched_at)
    except PageRefused as error:
        return replace(found, second_refusal=f"{error.reason}: {error.detail}")
    if not isinstance(first, Article):
        return replace(found, opinions=tuple(_opinions(None, second)))
    if first.layout == second.layout:
        return found
    return replace(found, opinions=tuple(_opinions(first, second)))


def _opinions(first: Article | None, second: Article) -> Iterator[Opinion]:
    one = _points(first) if first else {}
    for field, other in _points(second).items():
        yield Opinion(field=field, layout=one.get(field, ""), generic=other)


def _points(article: Article) -> dict[str, str]:
    """Title, date, first and last paragraph: where wrong readings show."""
    published = article.published.at if article.published else None
    return {
        "title": article.title,
        "published": published.isoformat(timespec="minutes") if published else "",
        "first": article.lead or "",
        "last": article.body[-1].text if article.body else "",
    }
