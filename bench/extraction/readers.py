"""The readers that are compared, each run as a process of its own in its own environment.

    python readers.py READER FOLDER [--rounds N] [--variant nfd|nolang]

Reads every page of a folder of ``bench.extraction.corpora`` and prints one JSON line a page: what
was read, and the CPU seconds of reading it beside those of one ``lxml.html`` parse of it. Imports
nothing but the standard library, lxml and the reader, because a peer's environment has no more.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import re
import sys
import time
import unicodedata
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Read = Callable[[str, str], dict[str, Any]]
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_LANGUAGE = re.compile(
    r"(<html\b[^>]*?)\s+(?:xml:)?lang\s*=\s*(?:\"[^\"]*\"|'[^']*'|\S+?)(?=[\s>])"
)
_BLOCKS = frozenset(
    "p div li h1 h2 h3 h4 h5 h6 br tr td th blockquote pre figure figcaption section article ul ol "
    "table dd dt".split()
)


def ours() -> Read:
    """The site's layout where the address belongs to one of our papers, else the generic reader."""
    from baolangson_crawler.cleaning import clean
    from baolangson_crawler.exceptions import PageRefused
    from baolangson_crawler.sites import load_sites

    register, alone = load_sites(environment=False), generic()

    def read(html: str, url: str) -> dict[str, Any]:
        site = register.for_url(url)
        if site is None:
            return alone(html, url)
        try:
            return _of_article(clean(site.extract(html, url)))
        except PageRefused:
            return {}

    return read


def generic() -> Read:
    """The generic reader alone, whatever the address."""
    from baolangson_crawler import repair
    from baolangson_crawler.cleaning import clean
    from baolangson_crawler.extraction.document import Document
    from baolangson_crawler.extraction.generic import GenericPage

    def read(html: str, url: str) -> dict[str, Any]:
        page = GenericPage(Document(repair.page(html).text, url))
        if not page.recognises():
            return {}
        return _of_article(clean(page.to_article(site="bench", article_id=None)))

    return read


def _of_article(article: Any) -> dict[str, Any]:
    from datetime import UTC, datetime

    from baolangson_crawler.dating import date

    article = date(article, datetime.now(UTC))
    apart = [article.lead] if article.lead and not article.lead_in_body else []
    lines = [*apart, *(block.text for block in article.body)]
    if article.dateline and lines:  # which we keep apart, and the answers do not
        lines[0] = f"{article.dateline} - {lines[0]}"
    at = article.published.at if article.published else None
    return {
        "title": article.title,
        "date": at,
        "text": "\n".join(lines),
        "authors": [article.byline] if article.byline else [],
    }


def trafilatura(**options: Any) -> Read:
    """Trafilatura with metadata and without comments."""
    from trafilatura import bare_extraction

    def read(html: str, url: str) -> dict[str, Any]:
        found: Any = bare_extraction(
            html, url=url, with_metadata=True, include_comments=False, **options
        )
        record = found.as_dict() if found else {}
        authors = [name.strip() for name in (record.get("author") or "").split(";")]
        return {
            "title": record.get("title"),
            "date": record.get("date"),
            "text": record.get("text"),
            "authors": [name for name in authors if name],
        }

    return read


def newspaper4k(language: str | None = None) -> Read:
    """newspaper4k; ``language`` is its own setting, which it needs for Vietnamese."""
    import newspaper

    options = {"fetch_images": False, **({"language": language} if language else {})}

    def read(html: str, url: str) -> dict[str, Any]:
        article = newspaper.Article(url, **options)
        article.download(input_html=html)
        article.parse()
        return {
            "title": article.title,
            "date": article.publish_date,
            "text": article.text,
            "authors": article.authors,
        }

    return read


def news_please() -> Read:
    """news-please."""
    from newsplease import NewsPlease

    def read(html: str, url: str) -> dict[str, Any]:
        article = NewsPlease.from_html(html, url=url, fetch_images=False)
        return {
            "title": article.title,
            "date": article.date_publish,
            "text": article.maintext,
            "authors": article.authors,
        }

    return read


def readability() -> Read:
    """readability-lxml; its HTML is turned into text block by block."""
    from lxml import html as lxml_html
    from readability import Document

    def read(html: str, url: str) -> dict[str, Any]:
        document = Document(html, url=url)
        summary = document.summary(html_partial=True)
        text = _lines(lxml_html.fromstring(summary)) if summary.strip() else ""
        return {"title": document.short_title(), "text": text}

    return read


def goose3() -> Read:
    """goose3."""
    from goose3 import Goose

    goose = Goose({"enable_image_fetching": False})

    def read(html: str, url: str) -> dict[str, Any]:
        article = goose.extract(raw_html=html)
        return {
            "title": article.title,
            "date": article.publish_date,
            "text": article.cleaned_text,
            "authors": article.authors,
        }

    return read


def resiliparse() -> Read:
    """Resiliparse's main-content text."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    def read(html: str, url: str) -> dict[str, Any]:
        tree = HTMLTree.parse(html)
        return {
            "title": tree.title,
            "text": extract_plain_text(tree, main_content=True, alt_texts=False),
        }

    return read


READERS: dict[str, Callable[[], Read]] = {
    "ours": ours,
    "ours, generic alone": generic,
    "trafilatura": trafilatura,
    "trafilatura, precision": lambda: trafilatura(favor_precision=True),
    "newspaper4k": newspaper4k,
    "newspaper4k, vi": lambda: newspaper4k("vi"),
    "news-please": news_please,
    "readability-lxml": readability,
    "goose3": goose3,
    "resiliparse": resiliparse,
}
"""Name in the tables → what makes the reader."""


def _lines(element: Any) -> str:
    """The text of a tree, one line a block."""
    parts: list[str] = []
    for event, node in _walk(element):
        if event == "text":
            parts.append(node)
        elif node in _BLOCKS:
            parts.append("\n")
    text = re.sub(r"[ \t\xa0]+", " ", "".join(parts))
    return re.sub(r"\s*\n\s*", "\n", text).strip()


def _walk(element: Any) -> Iterator[tuple[str, Any]]:
    stack: list[tuple[str, Any]] = [("element", element)]
    while stack:
        event, node = stack.pop()
        if event != "element":
            yield event, node
            continue
        if not isinstance(node.tag, str) or node.tag in ("script", "style", "noscript"):
            continue
        yield "block", node.tag
        yield "text", node.text or ""
        stack.append(("block", node.tag))
        for child in reversed(node):
            stack.extend((("text", child.tail or ""), ("element", child)))


def decode(body: bytes) -> str:
    """The text of a page: UTF-8 where it is, else what the page declares."""
    for mark, name in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if body.startswith(mark):
            return body.decode(name, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        found = _CHARSET.search(body[:4096])
        name = found[1].decode() if found else "cp1252"
        try:
            return body.decode("cp1252" if name.lower() == "iso-8859-1" else name, "replace")
        except LookupError:
            return body.decode("utf-8", "replace")


VARIANTS: dict[str, Callable[[str], str]] = {
    "": lambda html: html,
    "nfd": lambda html: unicodedata.normalize("NFD", html),
    "nolang": lambda html: _LANGUAGE.sub(r"\1", html),
}
"""What is done to a page before it is read."""


def _day(value: Any) -> str | None:
    """A reader's date as ``YYYY-MM-DD``; None where it gave none."""
    text = value.strftime("%Y-%m-%d") if hasattr(value, "strftime") else str(value or "")
    match = re.match(r"(\d{4})[-/](\d\d?)[-/](\d\d?)", text)
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else None


def parse_seconds(html: str) -> float:
    """CPU seconds of one ``lxml.html`` parse of the page, the unit of cost."""
    from lxml import html as lxml_html

    started = time.process_time()
    try:
        lxml_html.fromstring(html)
    except ValueError:  # lxml takes no text with an encoding declaration
        lxml_html.fromstring(html.encode())
    return time.process_time() - started


def main() -> None:
    """Read and print."""
    parser = argparse.ArgumentParser(description="Read the pages of a folder with one reader.")
    parser.add_argument("reader", choices=READERS)
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--rounds", type=int, default=1, help="readings of each page; the best counts"
    )
    parser.add_argument("--variant", choices=VARIANTS, default="")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    sys.setrecursionlimit(5000)
    read = READERS[options.reader]()
    pages = json.loads((options.folder / "pages.json").read_text(encoding="utf-8"))
    for number, (name, url) in enumerate(pages):
        html = VARIANTS[options.variant](
            decode(gzip.decompress((options.folder / name).read_bytes()))
        )
        if number == 0:
            _read_once(read, html, url)  # imports and caches are not the page's cost
        best = parse = float("inf")
        for _ in range(options.rounds):
            parse = min(parse, parse_seconds(html))
            found, seconds = _read_once(read, html, url)
            best = min(best, seconds)
        if "date" in found:
            found["date"] = _day(found["date"])
        found |= {"seconds": best, "parse": parse}
        print(json.dumps({"page": name, **found}, ensure_ascii=False, default=str), flush=True)


def _read_once(read: Read, html: str, url: str) -> tuple[dict[str, Any], float]:
    started = time.process_time()
    try:
        found = read(html, url)
    except Exception as error:  # a peer that fails on a page has read nothing of it
        found = {"error": f"{type(error).__name__}: {error}"}
    return found, time.process_time() - started


if __name__ == "__main__":
    main()
