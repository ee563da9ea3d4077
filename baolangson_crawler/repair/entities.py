"""HTML entities that were encoded twice, so that a reader sees them: ``&agrave;``, ``&#7889;``."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from html.entities import html5

_ENTITY = re.compile(
    r"(?P<tag>&lt;(?=[A-Za-z/!])(?:[^&<>]|&(?:quot|amp|#39);)*&gt;)"
    r"|&(?:#(?:\d{2,7}|[xX][0-9a-fA-F]{2,6})|(?P<name>[A-Za-z][A-Za-z0-9]{1,31}));"
)
_OPEN_SPACE = re.compile(r"&nbsp(?![A-Za-z0-9;])")
_MARKUP = frozenset(("lt", "gt", "amp", "quot", "apos", "LT", "GT", "AMP", "QUOT"))
_AMPERSAND = re.compile(r"&(?:amp;)+")
_LAYERS = 3  # "&amp;amp;agrave;" has been seen; more is nobody's accident


def encoded_twice(texts: Sequence[str]) -> bool:
    """Whether the texts show a letter or a space as an entity, and not only ``&lt;`` or ``&amp;``.

    Those five may be meant: an article on HTML prints "&lt;b&gt;".
    """
    found = (match for text in texts for match in _ENTITY.finditer(_AMPERSAND.sub("&", text)))
    return any(_is_entity(match) and match["name"] not in _MARKUP for match in found)


def decoded(text: str, *, tags: bool = False) -> str:
    """The text with its entities decoded, layer by layer.

    Only what ends in a semicolon and is in HTML's table is an entity: "AT&T" and "R&D;" stay.

    Args:
        text: what a reader sees.
        tags: whether an encoded tag is decoded too; otherwise "&lt;b&gt;" stays as it is printed.
    """

    def character(match: re.Match[str]) -> str:
        stays = not tags if match["tag"] else not _is_entity(match)
        return match[0] if stays else html.unescape(match[0])

    for _ in range(_LAYERS):
        text, before = _ENTITY.sub(character, _OPEN_SPACE.sub(" ", text)), text
        if text == before:
            break
    return text


def _is_entity(match: re.Match[str]) -> bool:
    return not match["tag"] and (match["name"] is None or f"{match['name']};" in html5)
