"""The name of a paper, which its pages print behind their headlines."""

from __future__ import annotations

import re
from collections.abc import Collection

from baolangson_crawler.repair.entities import decoded
from baolangson_crawler.text import fold

_NAMES = 3  # how often a page prints its name behind one headline at most
_NAME_LENGTH = 200  # characters in which such a name stands, entities and all
_BEFORE_NAME = re.compile(r"(?<=\S)\s+[-–—|]\s+")
_EPAPER = re.compile(r"\b(?:dien tu|online)\b")


def without_name(title: str, name: str, domains: Collection[str]) -> str:
    """A headline without the name of its paper behind it, however it is joined.

    Args:
        title: as printed.
        name: of the paper.
        domains: its hosts, which may stand for the name.
    """
    for _ in range(_NAMES):
        start = max(0, len(title) - _NAME_LENGTH)
        joints = _BEFORE_NAME.finditer(title, start)
        ends = (m for m in joints if _names(title[m.end() :], name, domains))
        if (ending := next(ends, None)) is None:
            break
        title = title[: ending.start()]
    return title


def _names(said: str, name: str, domains: Collection[str]) -> bool:
    # a page may show the letters of its own name as entities
    words = _words(decoded(said))
    return words == _words(name) or " ".join(words) in domains


def _words(name: str) -> list[str]:
    """What makes a paper's name, or its domain, whichever dash stands in it."""
    words = _EPAPER.sub(" ", fold(name)).split()
    return [word.removeprefix("www.") for word in words if any(map(str.isalnum, word))]
