"""Stored pages: a page as it was served, and beside it the article that must be read from it.

``tests/pages/<site key>/<name>.html`` holds the bytes, ``<name>.json`` the address, the time of
the fetch and the expected article, or the reason why the page is none. A key that is absent from
the article means that the page has no such thing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from baolangson_crawler import urls
from baolangson_crawler.exceptions import CrawlerError
from baolangson_crawler.items import Article, Block, Credit, Image, Link, Moment, Refusal

_PLAIN = (
    "paper article_id layout section title dateline lead lead_in_body byline byline_raw language"
).split()
_ORDER = (
    "paper article_id layout section title dateline lead lead_in_body body images byline "
    "byline_raw credit tags related published modified language repairs"
).split()
_SLUG = 60  # characters of a file's name that are taken from the address
_SHOWN = 110  # characters of a value in one line of a comparison


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
    try:
        answer = json.loads(answer_file.read_text(encoding="utf-8"))
        site = path.parent.name
        return StoredPage(
            path=path,
            site=site,
            url=answer["url"],
            fetched_at=_moment(answer["fetched_at"]),
            html=path.read_bytes(),
            expected=_expected(answer, site),
        )
    except FileNotFoundError as error:
        raise StoredPageError(f"{error.filename} is missing beside {path.name}.") from error
    except KeyError as error:
        raise StoredPageError(f"{answer_file}: {error} is missing.") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise StoredPageError(f"{answer_file}: {error}") from error


def save(
    folder: Path,
    *,
    site: str,
    url: str,
    fetched_at: datetime,
    html: bytes,
    expected: Article | Refusal,
) -> StoredPage:
    """Write a page and its answer below ``folder``, in the folder of the site.

    Raises:
        StoredPageError: the page is there already; nothing is overwritten.
    """
    path = folder / site / f"{_name(url, fetched_at, expected)}.html"
    answer_file = path.with_suffix(".json")
    for file in (path, answer_file):
        if file.exists():
            raise StoredPageError(f"{file} is there already; remove it first to store it anew.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(html)
    answer_file.write_text(answer_text(url, fetched_at, expected), encoding="utf-8")
    return load(path)


def answer_text(url: str, fetched_at: datetime, expected: Article | Refusal) -> str:
    """The text of an answer's file."""
    answer: dict[str, Any] = {"url": url, "fetched_at": fetched_at.isoformat(timespec="seconds")}
    if isinstance(expected, Refusal):
        answer["refusal"] = {"reason": expected.reason}
    else:
        answer["article"] = _stated(expected)
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"


def compare(expected: Article | Refusal, got: Article | Refusal) -> list[Difference]:
    """In what an article differs from the expected one; empty where it is as it must be.

    Fields that the format does not hold are not compared, nor is the order of related links.
    """
    if isinstance(expected, Refusal) or isinstance(got, Refusal):
        wanted, came = _outcome(expected), _outcome(got)
        return [] if wanted == came else [Difference(field="page", expected=wanted, got=came)]
    before, after = _stated(expected), _stated(got)
    differences: list[Difference] = []
    for field in _ORDER:
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


def _stated(article: Article) -> dict[str, Any]:
    """What an answer says of an article: the filled fields in the order of the format."""
    values: dict[str, Any] = {name: getattr(article, name) for name in _PLAIN}
    values["body"] = [
        block.text if block.kind == "paragraph" else {block.kind: block.text}
        for block in article.body
    ]
    values["images"] = [_filled(asdict(image)) for image in article.images]
    values["credit"] = _filled(asdict(article.credit)) if article.credit else None
    values["tags"] = list(article.tags)
    values["related"] = [{"url": link.url, **_title(link)} for link in article.related]
    values["repairs"] = list(article.repairs)
    for name in ("published", "modified"):
        moment: Moment | None = getattr(article, name)
        if moment and moment.at:
            values[name] = moment.at.isoformat(timespec="seconds")
    return _filled({name: values[name] for name in _ORDER if name in values})


def _title(link: Link) -> dict[str, str]:
    return {"title": link.title} if link.title else {}


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    """The entries that say something; the position 0 does."""
    return {
        name: value
        for name, value in values.items()
        if value not in (None, "", []) and value is not False
    }


def _expected(answer: Mapping[str, Any], site: str) -> Article | Refusal:
    if "refusal" in answer:
        return Refusal(**answer["refusal"])
    stated = dict(answer["article"])
    if unknown := sorted(stated.keys() - set(_ORDER)):
        raise ValueError(f"the article has {unknown}; an answer may have {_ORDER}")
    made: dict[str, Any] = {name: value for name, value in stated.items() if value is not None}
    for name, make in _PARTS.items():
        if name in made:
            made[name] = make(made[name])
    url = answer["url"]
    return Article(url=url, canonical_url=urls.canonical(url), site=site, **made)


def _block(value: str | Mapping[str, str]) -> Block:
    if isinstance(value, str):
        return Block(text=value)
    ((kind, text),) = value.items()
    if kind not in ("paragraph", "subhead"):
        raise ValueError(f"{kind!r} is no kind of block; write paragraph or subhead")
    return Block(text=text, kind=kind)  # type: ignore[arg-type]


def _moment(value: str) -> datetime:
    at = datetime.fromisoformat(value)
    if at.tzinfo is None:
        raise ValueError(f"{value!r} has no offset; write 2026-05-04T08:30:00+07:00")
    return at


def _expected_moment(value: str) -> Moment:
    return Moment(at=_moment(value), raw="", method="expected", confidence=1.0)


_PARTS: dict[str, Callable[[Any], Any]] = {
    "body": lambda values: tuple(_block(value) for value in values),
    "images": lambda values: tuple(Image(**{"url": None} | value) for value in values),
    "related": lambda values: tuple(Link(**value) for value in values),
    "credit": lambda value: Credit(**value),
    "tags": tuple,
    "repairs": tuple,
    "published": _expected_moment,
    "modified": _expected_moment,
}


def _name(url: str, fetched_at: datetime, expected: Article | Refusal) -> str:
    """The file's name: day of publication, else of the fetch, and the slug of the address."""
    at = fetched_at
    if isinstance(expected, Article) and expected.published and expected.published.at:
        at = expected.published.at
    segments = [part for part in urlsplit(url).path.split("/") if part]
    last = re.sub(r"\.\w{2,5}$", "", segments[-1]) if segments else "home"
    slug = re.sub(r"[^A-Za-z0-9_-]+", "-", last).strip("-")
    if len(slug) > _SLUG and isinstance(expected, Article) and expected.article_id:
        slug = expected.article_id
    return f"{at.date().isoformat()}-{slug[:_SLUG].strip('-') or 'page'}"
