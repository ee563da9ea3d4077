"""XML as it is met in the wild, read entry by entry: no tree, no entity, no network.

libxml2 drops a bare ``&`` from an address and loses every entry behind an unclosed ``<br>``. Here
an end tag closes what is open up to its start tag, and what fits nowhere is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from itertools import chain, islice
from typing import NamedTuple

from baolangson_crawler.discovery.pieces import text_pieces
from baolangson_crawler.extraction.refusal_shapes import is_feed

MOST_ENTRIES = 50_000
"""Entries that a file may have (sitemaps.org); more are not read."""

MOST_ELEMENTS = 1_500_000
"""Elements of one file that are looked at: 30 for each entry."""

_LARGEST_ENTRY = 10_000  # elements; an entry that is larger is none, and ends the file
_LONGEST_FIELD = 10_000  # characters; of a longer text, which is no title and no address, so many
_LONGEST_TOKEN = 2_000_000  # characters of a CDATA section or comment; a longer one ends the file
_START = 4000  # characters; what may stand before the first element is shorter

_TOKEN = re.compile(
    r"<!\[CDATA\[(?P<cdata>.*?)\]\]>"
    r"|<!--.*?-->|<\?.*?\?>|<![A-Z][^>]*>"
    r"|<(?P<end>/?)(?P<name>[A-Za-z_][\w:.-]*+)"
    r"""(?P<attributes>(?:[^<>"'/]++|/(?!>)|"[^"<]*+"|'[^'<]*+')*+)(?P<void>/?)>"""
    r"|(?P<open><[/!?A-Za-z_][^<]*\Z|<!\[CDATA\[|<!--|<\?|<\Z)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(\w{2,31}));")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")

# Prefixes are whatever a file declares them to be; these are the ones that the readers here use.
_PREFIXES = {
    "http://www.w3.org/2005/atom": "atom",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://www.google.com/schemas/sitemap-news/0.9": "news",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
}


class Field(NamedTuple):
    """An element of an entry."""

    text: str
    """What is written in it, entities resolved."""

    attributes: dict[str, str]


class Entry:
    """One entry of a list: its fields by their path below it.

    Names are in lower case. One of the entry's own vocabulary has no prefix, another has it:
    ``link``, ``dc:date``, ``news:news/news:title``.
    """

    __slots__ = ("attributes", "fields", "name")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.fields: dict[str, list[Field]] = {}

    def text(self, *paths: str) -> str | None:
        """The text of the first of these fields that has any."""
        return next((f.text for path in paths for f in self.fields.get(path, ()) if f.text), None)


def entries(body: bytes, *names: str) -> Iterator[Entry]:
    """The first elements of these local names; of a broken file as many as can be told apart.

    Memory does not grow with the file. What is too large to be a list is read as far as it is none.

    Args:
        body: the file; gzip, too, where no header announced it (``.xml.gz``).
        names: without prefix, in lower case.
    """
    return islice(_Reader(names).read(_tokens(text_pieces(body))), MOST_ENTRIES)


def is_list(body: bytes) -> bool:
    """Whether a file is a feed or a sitemap, compressed or not, by its first element."""
    start = next(text_pieces(body), "")[:_START]
    # a server may print a warning before the declaration
    return is_feed(start) or is_feed(start[max(start.find("<?xml"), 0) :])


def _tokens(pieces: Iterator[str]) -> Iterator[re.Match[str] | str]:
    """Tags and CDATA sections as matches, the text between them as it stands."""
    rest = ""
    for piece in chain(pieces, (None,)):
        text = rest if piece is None else rest + piece
        position = 0
        for token in _TOKEN.finditer(text):
            if position < token.start():
                yield text[position : token.start()]
            position = token.start()
            if token["open"]:
                break
            position = token.end()
            yield token
        else:
            if position < len(text):
                yield text[position:]
            position = len(text)
        rest = text[position:]
        if len(rest) > _LONGEST_TOKEN:
            return


class _Reader:
    """Gathers the fields of the entry that is open."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._names = names
        self._prefixes: dict[str, str] = {}
        self._entry: Entry | None = None
        self._tag = ""  # of the entry, as it stands
        self._prefix = ""
        self._open: list[tuple[str, str, dict[str, str]]] = []  # tag, path, attributes
        self._texts: list[str] = []  # of each of them
        self._size = 0

    def read(self, tokens: Iterator[re.Match[str] | str]) -> Iterator[Entry]:
        seen = 0
        for token in tokens:
            if isinstance(token, str):
                if self._open:
                    self._write(_resolved(token))
            elif token["name"] is None:
                if self._open and token["cdata"]:
                    self._write(_CONTROL.sub("", token["cdata"]))
            elif token["end"]:
                if self._entry and (closed := self._end(token["name"].lower())):
                    yield closed
            else:
                if (seen := seen + 1) > MOST_ELEMENTS or self._size > _LARGEST_ENTRY:
                    return
                yield from self._start(token)
        if self._entry:
            yield self._entry  # the file was cut; what it says to its end is whole

    def _start(self, token: re.Match[str]) -> Iterator[Entry]:
        tag, stated = token["name"].lower(), token["attributes"]
        attributes = _attributes(stated) if "=" in stated else {}
        if "xmlns:" in stated:
            self._declare(attributes)
        if self._entry is None or tag == self._tag:
            if self._entry:
                yield self._closed()  # no entry stands in another: its end was forgotten
            prefix, _, local = tag.rpartition(":")
            if local in self._names:
                self._entry, self._tag, self._prefix = Entry(local, attributes), tag, prefix
                self._size = 0
                if token["void"]:
                    yield self._closed()
            return
        self._size += 1
        parent = f"{self._open[-1][1]}/" if self._open else ""
        self._open.append((tag, parent + self._name(tag), attributes))
        self._texts.append("")
        if token["void"]:
            self._close()

    def _end(self, tag: str) -> Entry | None:
        if tag == self._tag and all(tag != other for other, *_ in self._open):
            return self._closed()
        if any(tag == other for other, *_ in self._open):
            while self._open[-1][0] != tag:
                self._close()
            self._close()
        return None

    def _closed(self) -> Entry:
        """The entry, with what is still open in it."""
        while self._open:
            self._close()
        entry, self._entry = self._entry, None
        assert entry is not None
        return entry

    def _close(self) -> None:
        _, path, attributes = self._open.pop()
        text = self._texts.pop()
        assert self._entry is not None
        self._entry.fields.setdefault(path, []).append(Field(text.strip(), attributes))
        if self._open:
            self._write(text)

    def _write(self, text: str) -> None:
        if len(self._texts[-1]) < _LONGEST_FIELD:
            self._texts[-1] += text[:_LONGEST_FIELD]

    def _declare(self, attributes: dict[str, str]) -> None:
        for name, space in attributes.items():
            if name.startswith("xmlns:") and (known := _PREFIXES.get(space.lower())):
                self._prefixes[name.removeprefix("xmlns:")] = known

    def _name(self, tag: str) -> str:
        prefix, colon, local = tag.rpartition(":")
        if not colon or prefix == self._prefix:
            return local
        return f"{self._prefixes.get(prefix, prefix)}:{local}"


def _attributes(stated: str) -> dict[str, str]:
    found = _ATTRIBUTE.findall(stated)
    return {name.lower(): _resolved(double or single) for name, double, single in found}


def _resolved(text: str) -> str:
    """Text with the characters that its references stand for; a bare ``&`` is what it is."""
    if "&" in text:
        text = _REFERENCE.sub(_character, text)
    return _CONTROL.sub("", text)


def _character(reference: re.Match[str]) -> str:
    number, hexadecimal, name = reference.groups()
    if name:
        return html5.get(f"{name};", reference[0])
    code = int(number) if number else int(hexadecimal, 16)
    is_character = code < 0xD800 or 0xDFFF < code <= 0x10FFFF
    return chr(code) if is_character else ""
