"""Stored pages: a page as it was served, and beside it the article that must be read from it.

``tests/pages/<site key>/<name>.html`` holds the bytes, ``<name>.json`` the address, the time of
the fetch and the expected article, or the reason why the page is none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from pathlib import Path
from urllib.parse import urlsplit

from baolangson_crawler.answers import FIELDS, Answer, parsed, stated, written
from baolangson_crawler.exceptions import CrawlerError
from baolangson_crawler.items import Article, Refusal

_SLUG = 60  # characters of a file's name that are taken from the address
_SHOWN = 110  # characters of a value in one line of a comparison


_NO_TEST = {
    "moved": "the address led away from every article",
    "no_article_address": "the address is not that of an article",
    "not_html": "the answer is no page",
    "layout_error": "a layout fails on it: mend that first",
}
"""Reasons of a refusal that the bytes of a page cannot be tested for."""


class StoredPageError(CrawlerError):
    """A stored page cannot be read, or would be overwritten."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredPage:
    """A page and what must be read from it."""

    path: Path
    """The ``.html`` file; the answer has its name with ``.json``."""

    site: str
    """Key of the site, which is the name of the folder."""

    url: str
    """Address that answered."""

    asked_url: str
    """Address that was asked for: that of a merged paper, where it led to ``url``."""

    fetched_at: datetime
    """When it was received, with offset."""

    html: bytes
    """The page as served, its content coding undone."""

    expected: Article | Refusal
    """What must come out. Of an article only the fields of the file are filled, and of its
    moments only ``at``; of a refusal only ``reason``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """One field in which an article is not the one that was expected."""

    field: str
    """Name of the field; for a list with the place of the first element: ``body[3]``."""

    expected: str
    got: str

    def __str__(self) -> str:
        return f"{self.field}: expected {_short(self.expected)}, got {_short(self.got)}"


def load(path: Path) -> StoredPage:
    """The stored page of an ``.html`` file.

    Raises:
        StoredPageError: the answer beside it is missing, is no JSON, or has a key that is not of
            the format.
        OSError: the page cannot be read.
    """
    answer_file = path.with_suffix(".json")
    site = path.parent.name
    try:
        answer = parsed(answer_file.read_bytes(), site)
    except FileNotFoundError as error:
        raise StoredPageError(f"{error.filename} is missing beside {path.name}.") from error
    except ValueError as error:
        raise StoredPageError(f"{answer_file}: {error}.") from error
    return StoredPage(
        path=path,
        site=site,
        url=answer.url,
        asked_url=answer.asked_url,
        fetched_at=answer.fetched_at,
        html=path.read_bytes(),
        expected=answer.expected,
    )


def save(folder: Path, *, site: str, answer: Answer, html: bytes) -> StoredPage:
    """Write a page and its answer below ``folder``, in the folder of the site.

    Raises:
        StoredPageError: the page is there already, and nothing is overwritten; or its refusal
            does not come from the page itself, so that no test of the page can show it.
    """
    expected = answer.expected
    if isinstance(expected, Refusal) and (why := _NO_TEST.get(expected.reason)):
        raise StoredPageError(
            f"Not stored ({expected.reason}): {why}, so this can be no test. {expected.detail}"
        )
    path = folder / site / f"{_name(answer)}.html"
    answer_file = path.with_suffix(".json")
    for file in (path, answer_file):
        if file.exists():
            raise StoredPageError(f"{file} is there already; remove it first to store it anew.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(html)
    answer_file.write_text(written(answer), encoding="utf-8")
    return load(path)


def compare(expected: Article | Refusal, got: Article | Refusal) -> list[Difference]:
    """In what an article differs from the expected one; empty where it is as it must be.

    Fields that the format does not hold are not compared, nor is the order of related links.
    """
    if isinstance(expected, Refusal) or isinstance(got, Refusal):
        wanted, came = _outcome(expected), _outcome(got)
        return [] if wanted == came else [Difference(field="page", expected=wanted, got=came)]
    before, after = stated(expected), stated(got)
    differences: list[Difference] = []
    for field in FIELDS:
        one, other = before.get(field), after.get(field)
        if one == other:
            continue
        if field == "related":
            one, other = (sorted(links or [], key=str) for links in (one, other))
        if isinstance(one or other, list):
            differences.extend(_list_differences(field, one or [], other or []))
        else:
            differences.append(Difference(field=field, expected=_plain(one), got=_plain(other)))
    return differences


def _list_differences(
    field: str, expected: Sequence[object], got: Sequence[object]
) -> Iterator[Difference]:
    before, after = [_plain(value) for value in expected], [_plain(value) for value in got]
    steps = SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes()
    for step, start, end, other_start, other_end in steps:
        if step != "equal":
            yield Difference(
                field=f"{field}[{start}]",
                expected=" / ".join(before[start:end]) or "nothing",
                got=" / ".join(after[other_start:other_end]) or "nothing",
            )


def _outcome(read: Article | Refusal) -> str:
    return f"refusal {read.reason}" if isinstance(read, Refusal) else f"article {read.title!r}"


def _plain(value: object) -> str:
    if value is None:
        return "nothing"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 30]} … {text[-27:]}"


def _name(answer: Answer) -> str:
    """The file's name: day of publication, else of the fetch, and the slug of the address."""
    at, expected = answer.fetched_at, answer.expected
    if isinstance(expected, Article) and expected.published and expected.published.at:
        at = expected.published.at
    segments = [part for part in urlsplit(answer.url).path.split("/") if part]
    last = re.sub(r"\.\w{2,5}$", "", segments[-1]) if segments else "home"
    slug = re.sub(r"[^A-Za-z0-9_-]+", "-", last).strip("-")
    if len(slug) > _SLUG and isinstance(expected, Article) and expected.article_id:
        slug = expected.article_id
    return f"{at.date().isoformat()}-{slug[:_SLUG].strip('-') or 'page'}"
