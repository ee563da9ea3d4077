"""The sentences of each theme, and the slots in them that a story fills.

A slot is ``{place}`` (a name the story knows), ``{30-90}`` (a number), ``{d:2-9}`` (a number with
a decimal) or ``{a|b|c}`` (one of these). In a title every slot is counted, so that titles can be
numbered and no two are the same.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from math import prod
from pathlib import Path
from random import Random
from typing import Any

from baolangson_crawler.demo.papers import THEMES

_SLOT = re.compile(r"\{([^{}]+)\}")
_NUMBER = re.compile(r"(d:)?(\d+)-(\d+)")
_TEXTS = Path(__file__).parent / "texts"


@dataclass(frozen=True, slots=True)
class Opening:
    """A title with the lead that belongs to it."""

    theme: str
    title: str
    lead: str

    def capacity(self, places: int) -> int:
        """How many titles this pattern has."""
        return prod(_size(slot, places) for slot in _SLOT.findall(self.title))


@dataclass(frozen=True, slots=True)
class Theme:
    """What can be said on one subject."""

    tags: tuple[str, ...]
    subheads: tuple[str, ...]
    captions: tuple[str, ...]
    facts: tuple[str, ...]
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Common:
    """What can be said on any subject."""

    facts: tuple[str, ...]
    closings: tuple[str, ...]
    attributions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seed:
    """The document that the first story of the portal prints word for word."""

    section: str
    title: str
    printed: str
    caption: str
    credit: str
    paragraphs: tuple[str, ...]


def _read(name: str) -> dict[str, Any]:
    with (_TEXTS / f"{name}.toml").open("rb") as file:
        content: dict[str, Any] = tomllib.load(file)
    return {k: tuple(v) if isinstance(v, list) else v for k, v in content.items()}


@cache
def theme(name: str) -> Theme:
    """The sentences of a theme."""
    content = _read(name)
    del content["stories"]
    return Theme(**content)


@lru_cache(maxsize=1)
def common() -> Common:
    """The sentences that fit every theme."""
    return Common(**_read("common"))


@lru_cache(maxsize=1)
def seed() -> Seed:
    """The seed document."""
    return Seed(**_read("seed"))


@lru_cache(maxsize=1)
def openings() -> tuple[Opening, ...]:
    """Every title pattern of every theme."""
    return tuple(
        Opening(name, story["title"], story["lead"])
        for name in THEMES
        for story in _read(name)["stories"]
    )


def _size(slot: str, places: int) -> int:
    if number := _NUMBER.fullmatch(slot):
        return int(number[3]) - int(number[2]) + 1
    return len(slot.split("|")) if "|" in slot else places


def numbered(opening: Opening, index: int, places: tuple[str, ...]) -> dict[str, str]:
    """The title with this index below the pattern's capacity, and what its slots hold.

    Returns:
        ``title``, ``place``, and where the title has them ``thing`` (the first choice) and
        ``count`` (the first number).
    """
    rest = index
    held: dict[str, str] = {}

    def fill(match: re.Match[str]) -> str:
        nonlocal rest
        slot: str = match[1]
        rest, digit = divmod(rest, _size(slot, len(places)))
        if number := _NUMBER.fullmatch(slot):
            value = grouped(int(number[2]) + digit)
            held.setdefault("count", value)
            return value
        if "|" in slot:
            word = slot.split("|")[digit]
            held.setdefault("thing", word)
            return word
        held["place"] = places[digit]
        return places[digit]

    title = _SLOT.sub(fill, opening.title)
    return {**held, "title": title}


def filled(pattern: str, rng: Random, names: Mapping[str, Callable[[], str] | str]) -> str:
    """A sentence with its slots filled by chance and by what the story knows."""

    def fill(match: re.Match[str]) -> str:
        slot: str = match[1]
        if number := _NUMBER.fullmatch(slot):
            return _random_number(rng, *number.groups())
        if "|" in slot:
            return rng.choice(slot.split("|"))
        value = names[slot]
        return value if isinstance(value, str) else str(value())

    return _SLOT.sub(fill, pattern)


def _random_number(rng: Random, decimal: str | None, low: str, high: str) -> str:
    whole = rng.randint(int(low), int(high))
    return f"{whole},{rng.randint(1, 9)}" if decimal else grouped(whole)


def grouped(number: int) -> str:
    """A number as Vietnamese papers print it: ``4.200``; a year stays as it is."""
    return f"{number:,}".replace(",", ".") if not 1990 <= number <= 2030 else str(number)
