"""A site file from what is known of a paper: its text, and what one page tells."""

from __future__ import annotations

import json
import pkgutil
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from urllib.parse import urlsplit

from baolangson_crawler import families, urls
from baolangson_crawler.discovery.finding import feeds
from baolangson_crawler.extraction.document import Document
from baolangson_crawler.extraction.evidence import evidence
from baolangson_crawler.extraction.page import ArticlePage
from baolangson_crawler.sites.base import Feed, Listing, Site, Source

_WIDTH = 100
_NUMBER = r"(?!(?:19|20)\d\d\b)\d{3,}"  # an id, and not the year in a headline
# Forms of addresses that more than one paper uses, the particular before the general.
_SHAPES = (
    (r"/(?:19|20)\d{4}/[^/]+-[0-9a-f]{7}/?$", r"/(?P<ym>\d{6})/[^/]+-(?P<id>[0-9a-f]{7})/?$"),
    (r"-\d{15,18}(?P<end>\.\w+)$", r"-(?P<id>\d*(?P<stamp>\d{12})\d{3}){end}$"),
    (
        r"(?P<mark>[-_/][A-Za-z]*)(?!(?:19|20)\d\d\b)\d{3,}(?P<end>(?:\.\w+)?/?)$",
        r"{mark}(?P<id>\d+){end}$",
    ),
    (r"/\d{3,}/[^/]+(?P<end>\.\w+)$", r"/(?P<id>\d+)/[^/]+{end}$"),
    (r"[?&](?P<mark>\w+)=\d{3,}$", r"[?&]{mark}=(?P<id>\d+)$"),
    (r"/[^/?]+(?:-[^/?-]+){3,}(?P<end>\.\w+)$", r"/[^/?]+(?:-[^/?-]+){{3,}}{end}$"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Score:
    """How far one page class of a family reads a page."""

    page_class: type[ArticlePage]
    recognised: bool
    fields: tuple[str, ...]
    """Names of the fields that it finds."""

    paragraphs: int


def family_pages() -> list[type[ArticlePage]]:
    """Every page class of every family."""
    found: list[type[ArticlePage]] = []
    for info in pkgutil.iter_modules(families.__path__, f"{families.__name__}."):
        for value in vars(import_module(info.name)).values():
            if isinstance(value, type) and value.__module__ == info.name:
                found += [value] if issubclass(value, ArticlePage) else []
    return found


def scores(document: Document) -> list[Score]:
    """How far each page class reads a page, the best first; those that find nothing left out."""
    found = (_score(page_class(document)) for page_class in family_pages())
    ranked = sorted(found, key=lambda s: (s.recognised, len(s.fields), s.paragraphs), reverse=True)
    return [score for score in ranked if score.fields]


def _score(page: ArticlePage) -> Score:
    fields = dict.fromkeys(e.field for e in evidence(page) if e.found and e.field != "noise")
    return Score(
        page_class=type(page),
        recognised=page.recognises(),
        fields=tuple(fields),
        paragraphs=len(page.parts.blocks),
    )


def pages_with(page_class: type[ArticlePage], sites: Iterable[Site]) -> Sequence[type[ArticlePage]]:
    """The page class with its company: the layouts that most sites have beside it."""
    shared = set(family_pages())
    common = Counter(
        tuple(site.pages)
        for site in sites
        if page_class in site.pages and shared.issuperset(site.pages)
    )
    return common.most_common(1)[0][0] if common else (page_class,)


def article_pattern(
    url: str | None, page_class: type[ArticlePage], sites: Iterable[Site]
) -> str | None:
    """The form of a paper's addresses: that of its family where it fits, else a guess.

    None where the address has no form that could be guessed, or there is none.
    """
    family = Counter(site.article_url for site in sites if page_class in site.pages)
    for pattern, _ in family.most_common():
        if url is None or re.search(pattern, urlsplit(url).path):
            return pattern
    return guess_pattern(url) if url else None


def guess_pattern(url: str) -> str | None:
    """A regular expression for addresses like this one, its id named."""
    parts = urlsplit(url)
    for target in (f"{parts.path}?{parts.query}" if parts.query else "", parts.path):
        for shape, pattern in _SHAPES:
            if target and (match := re.search(shape, target)):
                return _filled(pattern, match.groupdict())
    return None


def _filled(pattern: str, groups: dict[str, str]) -> str:
    for name, text in groups.items():
        pattern = pattern.replace(f"{{{name}}}", text.replace(".", r"\."))
    return pattern.replace("{{", "{").replace("}}", "}")


def sources(home: str, site: Site, document: Document | None) -> Iterator[Source]:
    """Where articles are listed, as far as a page says: its feeds, its section, the home page."""
    found: dict[str, Source] = {}
    if document is not None:
        found.update((url, Feed(url)) for url in feeds(document, site.owns))
        for element in document.all(site.pages[0].section_css):
            url = urls.absolute(document.base_url, element.get("href") or "")
            if url and site.owns(url) and not site.is_article(url):
                found[url] = Listing(url)
    yield from {**found, home: Listing(home)}.values()


def site_text(site: Site) -> str:
    """The text of a site's file, formatted as the project's own files are."""
    kinds = sorted({type(source).__name__ for source in site.sources} | {"Site"})
    imports = {"baolangson_crawler.sites.base": kinds}
    for page in site.pages:
        imports.setdefault(page.__module__, []).append(page.__name__)
    facts = [f"key={_quoted(site.key)}", f"name={_quoted(site.name)}"]
    facts.append(f"province={_quoted(site.province)}")
    if site.former_province:
        facts.append(f"former_province={_quoted(site.former_province)}")
    facts += [
        f"domains=({_quoted(site.domains[0])},)",
        _tuple("sources=", [_call(source) for source in site.sources]),
        f"article_url={_pattern(site.article_url)}",
        _tuple("pages=", [page.__name__ for page in site.pages]),
        f"verified={_quoted(site.verified)}",
    ]
    said = "".join(c for c in site.name if c.isprintable() and c not in "\\\"'").strip()
    lines = [f'"""{said}."""', ""]
    lines += [_tuple(f"from {name} import ", sorted(imports[name])) for name in sorted(imports)]
    return "\n".join([*lines, "", "SITE = Site(", *(f"    {fact}," for fact in facts), ")", ""])


def _call(source: Source) -> str:
    return f"{type(source).__name__}({_quoted(source.url)})"


def _tuple(before: str, names: Sequence[str]) -> str:
    """Names in one line where they fit: of an import without brackets, else as a tuple."""
    joined = ", ".join(names)
    if before.endswith("import "):
        fits = len(before) + len(joined) <= _WIDTH
        return f"{before}{joined}" if fits else _exploded(before, names, indent="")
    joined = f"{joined}," if len(names) == 1 else joined
    fits = len(before) + len(joined) + 7 <= _WIDTH  # indent, brackets and a comma
    return f"{before}({joined})" if fits else _exploded(before, names)


def _exploded(before: str, lines: Iterable[str], indent: str = "    ") -> str:
    inner = "".join(f"{indent}    {line},\n" for line in lines)
    return f"{before}(\n{inner}{indent})"


def _quoted(text: str) -> str:
    """A literal; what no editor shows stands in it escaped."""
    if not text.isprintable():
        return ascii(text)
    quoted = json.dumps(text, ensure_ascii=False)
    return f"'{text}'" if '"' in text and not set("'\\") & set(text) else quoted


def _pattern(pattern: str) -> str:
    quote = "'" if '"' in pattern else '"'
    raw = quote not in pattern and pattern.isprintable()
    return f"r{quote}{pattern}{quote}" if raw else _quoted(pattern)
