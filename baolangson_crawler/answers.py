"""The answer beside a stored page: the article that must be read from it, as a JSON file.

A key that is absent from the article means that the page has no such thing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any, TypeVar

from baolangson_crawler import urls
from baolangson_crawler.items import Article, Block, Credit, Image, Link, Moment, Refusal

FIELDS = (
    "paper article_id layout section title dateline lead lead_in_body body images byline "
    "byline_raw credit tags related published modified language repairs"
).split()
"""The fields of an article that an answer may state, in its order."""

_PLAIN = (
    "paper article_id layout section title dateline lead lead_in_body byline byline_raw language"
).split()
_TYPES = {"position": (int, "a number"), "lead_in_body": (bool, "true or false")}  # else a text
_EXAMPLE = "2026-05-04T08:30:00+07:00"
Made = TypeVar("Made", Credit, Image, Link, Refusal)


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What the file says."""

    url: str
    """Address that answered."""

    asked_url: str
    """Address that was asked for: another one where it led to ``url``."""

    fetched_at: datetime
    """When the page was received, with offset."""

    expected: Article | Refusal
    """What must come out, with what the file states and nothing else."""


def written(answer: Answer) -> str:
    """The text of the file."""
    asked = {} if answer.asked_url == answer.url else {"asked_url": answer.asked_url}
    at = answer.fetched_at.isoformat(timespec="seconds")
    told: dict[str, Any] = {"url": answer.url, **asked, "fetched_at": at}
    if isinstance(answer.expected, Refusal):
        told["refusal"] = {"reason": answer.expected.reason}
    else:
        told["article"] = stated(answer.expected)
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def stated(article: Article) -> dict[str, Any]:
    """What an answer says of an article: the filled fields in the order of the format."""
    values: dict[str, Any] = {name: getattr(article, name) for name in _PLAIN}
    values["body"] = [
        block.text if block.kind == "paragraph" else {block.kind: block.text}
        for block in article.body
    ]
    values["images"] = [_filled(asdict(image)) for image in article.images]
    values["credit"] = _filled(asdict(article.credit)) if article.credit else None
    values["tags"] = list(article.tags)
    values["related"] = [
        _filled({"url": link.url, "title": link.title}) for link in article.related
    ]
    values["repairs"] = list(article.repairs)
    for name in ("published", "modified"):
        moment: Moment | None = getattr(article, name)
        if moment and moment.at:
            values[name] = moment.at.isoformat(timespec="seconds")
    return _filled({name: values[name] for name in FIELDS if name in values})


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    """The entries that say something; the position 0 does."""
    return {
        name: value
        for name, value in values.items()
        if value not in (None, "", []) and value is not False
    }


def parsed(raw: bytes, site: str) -> Answer:
    """The answer in a file.

    Args:
        raw: the file.
        site: key of the site whose page it is.

    Raises:
        ValueError: it is no answer; the message names the key and says what it may hold.
    """
    try:
        answer = _object(json.loads(raw.decode()), "the file")
    except UnicodeDecodeError as error:
        raise ValueError("the file is not UTF-8") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"the file is no JSON: {error}") from error
    url = _address(_required(answer, "url"), "url")
    return Answer(
        url=url,
        asked_url=_address(answer.get("asked_url", url), "asked_url"),
        fetched_at=_moment(_required(answer, "fetched_at"), "fetched_at"),
        expected=_expected(answer, url, site),
    )


def _required(answer: Mapping[str, Any], name: str) -> Any:
    if name not in answer:
        raise ValueError(f"{name!r} is missing")
    return answer[name]


def _expected(answer: Mapping[str, Any], url: str, site: str) -> Article | Refusal:
    if "refusal" in answer:
        return _made(Refusal, answer["refusal"], "refusal")
    given = _checked(_required(answer, "article"), "article", FIELDS, ("title", "layout"))
    made = {name: _field(name, value) for name, value in given.items()}
    return Article(url=url, canonical_url=urls.canonical(url), site=site, **made)


def _field(name: str, value: Any) -> Any:
    return _PARTS[name](value, name) if name in _PARTS else _plain(value, name)


def _made(kind: type[Made], value: Any, name: str) -> Made:
    known = fields(kind)
    needed = [f.name for f in known if f.default is MISSING and f.default_factory is MISSING]
    given = _checked(value, name, [f.name for f in known], needed)
    return kind(**{key: _plain(part, f"{name}.{key}") for key, part in given.items()})


def _checked(
    value: Any, name: str, known: Collection[str], needed: Collection[str]
) -> dict[str, Any]:
    """The entries of an object that say something, where all are known and none is missing."""
    given = {key: part for key, part in _object(value, name).items() if part is not None}
    if unknown := sorted(given.keys() - set(known)):
        raise ValueError(f"{name} has {', '.join(unknown)}; it may have {', '.join(known)}")
    if missing := [key for key in needed if key not in given]:
        raise ValueError(f"{name} lacks {', '.join(missing)}")
    return given


def _object(value: Any, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"{name} must be an object, and is {_shown(value)}")
    return value


def _list(value: Any, name: str) -> list[tuple[Any, str]]:
    """The elements of a list, each with its place in it."""
    if not isinstance(value, list):
        raise ValueError(f"{name} must be a list, and is {_shown(value)}")
    return [(part, f"{name}[{place}]") for place, part in enumerate(value)]


def _plain(value: Any, name: str) -> Any:
    kind, said = _TYPES.get(name.rsplit(".", 1)[-1], (str, "a text"))
    if not isinstance(value, kind):
        raise ValueError(f"{name} must be {said}, and is {_shown(value)}")
    return value


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}…"


def _address(value: Any, name: str) -> str:
    if not isinstance(value, str) or not urls.absolute("", value):
        raise ValueError(f"{name} must be an address with http, and is {_shown(value)}")
    return value


def _block(value: Any, name: str) -> Block:
    if isinstance(value, str):
        return Block(text=value)
    given = _checked(value, name, ("paragraph", "subhead"), ())
    if len(given) != 1:
        raise ValueError(f"{name} must be a text or one subhead, and is {_shown(value)}")
    ((kind, text),) = given.items()
    return Block(text=_plain(text, name), kind=kind)  # type: ignore[arg-type]


def _image(value: Any, name: str) -> Image:
    # a caption may stand where the picture is lost
    given = _object(value, name)
    made = _made(Image, {**given, "url": given.get("url") or ""}, name)
    return replace(made, url=made.url or None)


def _moment(value: Any, name: str) -> datetime:
    try:
        at = datetime.fromisoformat(value)
    except (ValueError, TypeError) as error:
        raise ValueError(f"{name} is no time: {_shown(value)}; write {_EXAMPLE}") from error
    if at.tzinfo is None:
        raise ValueError(f"{name} has no offset: {_shown(value)}; write {_EXAMPLE}")
    return at


def _expected_moment(value: Any, name: str) -> Moment:
    return Moment(at=_moment(value, name), raw="", method="expected", confidence=1.0)


def _texts(value: Any, name: str) -> tuple[str, ...]:
    return tuple(_plain(part, place) for part, place in _list(value, name))


_PARTS: dict[str, Callable[[Any, str], Any]] = {
    "body": lambda value, name: tuple(_block(*part) for part in _list(value, name)),
    "images": lambda value, name: tuple(_image(*part) for part in _list(value, name)),
    "related": lambda value, name: tuple(_made(Link, *part) for part in _list(value, name)),
    "credit": lambda value, name: _made(Credit, value, name),
    "tags": _texts,
    "repairs": _texts,
    "published": _expected_moment,
    "modified": _expected_moment,
}
