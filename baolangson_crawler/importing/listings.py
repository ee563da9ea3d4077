"""Lists of captures: CDX files, CDXJ, what the Wayback CDX service answers, plain addresses.

They are read line by line, a JSON array element by element: ten million entries take no more room
than ten.
"""

from __future__ import annotations

import gzip
import json
import re
from codecs import getincrementaldecoder
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

from baolangson_crawler.dating import VIETNAM
from baolangson_crawler.importing.addresses import moment, original
from baolangson_crawler.importing.selection import Selection
from baolangson_crawler.importing.warc import Damage
from baolangson_crawler.storage.imports import Listed

_LONGEST = 64 * 1024  # bytes of a line, and of an element of an array
_GAP = re.compile(r"[\s,]*")
_BATCH = 2000  # entries in one transaction
_LETTERS = {"a": "url", "b": "timestamp", "s": "status"}
"""Letters of the header line of a CDX file that say what is needed here."""

_PLAIN = {"timestamp": 1, "url": 2, "status": 4}
"""The columns of a CDX line without a header, as the Wayback service gives them."""

_NAMES = {"original": "url", "statuscode": "status"}
"""How the Wayback service calls what CDXJ calls otherwise."""


class Entry(NamedTuple):
    """One capture in a list."""

    url: str
    timestamp: str = ""
    """As printed: ``20200101000000``."""

    status: str = ""


class Listing:
    """A list of captures; go through its ``batches`` once.

    Args:
        path: the file, which may be compressed with gzip.
        selection: the papers.
        status: HTTP status of the captures that count, where the list says it.
    """

    def __init__(self, path: Path, selection: Selection, status: frozenset[int]) -> None:
        self.path, self.name, self.selection = path, path.name, selection
        self.size, self.position = path.stat().st_size, 0
        self.damages: list[Damage] = []
        self._status = {str(code) for code in status} | {"", "-"}

    def batches(self) -> Iterator[tuple[list[Listed], Counter[str]]]:
        """The articles' addresses, one row an article and batch, and what was passed over."""
        found: dict[str, Listed] = {}
        passed_over: Counter[str] = Counter()
        seen, readable = 0, False
        with self.path.open("rb") as raw:
            for seen, entry in enumerate(self._entries(raw), 1):
                listed = self._listed(entry) if entry else "unreadable"
                readable = readable or listed != "unreadable"
                if isinstance(listed, str):
                    passed_over[listed] += 1
                elif earlier := found.get(listed.key):
                    passed_over["again"] += 1
                    if (listed.day or "9") < (earlier.day or "9"):
                        found[listed.key] = earlier._replace(day=listed.day)
                else:
                    found[listed.key] = listed
                if not seen % _BATCH:
                    self.position = raw.tell()
                    yield list(found.values()), passed_over
                    found, passed_over = {}, Counter()
        self.position = self.size
        if seen and not readable and not self.damages:
            self.damages.append(Damage(0, "no line of it names a capture"))
        yield list(found.values()), passed_over

    def _entries(self, raw: IO[bytes]) -> Iterator[Entry | None]:
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        file: IO[bytes] = gzip.GzipFile(fileobj=raw) if packed else raw  # type: ignore[assignment]
        try:
            yield from entries(file)
        except (EOFError, OSError, ValueError) as error:
            self.damages.append(Damage(raw.tell(), str(error)))

    def _listed(self, entry: Entry) -> Listed | str:
        if entry.status not in ("", "-") and not entry.status.isdecimal():
            return "unreadable"
        if entry.status not in self._status:
            return f"http_{entry.status[:3]}"
        found = original(entry.url)
        if found is None:
            return "no_address"
        site = self.selection.site(found.url)
        if isinstance(site, str):
            return site
        at = moment(entry.timestamp) if entry.timestamp else found.captured_at
        day = at.astimezone(VIETNAM).date().isoformat() if at else None
        return Listed(site.key, site.key_of(found.url) or "", found.url, day)


def entries(file: IO[bytes]) -> Iterator[Entry | None]:
    """The captures that a list names; None for a line that names none.

    Args:
        file: a CDX file with or without its header line, CDXJ, a JSON object a line, the JSON array
            of the Wayback CDX service, or an address a line.

    Raises:
        ValueError: a JSON array is cut or damaged: no element behind that place can be read.
    """
    start = file.read(1)
    while start.isspace():
        start = file.read(1)
    if start == b"[":
        yield from _of_array(_elements(file))
        return
    columns = _PLAIN
    lines = iter(lambda: file.readline(_LONGEST), b"")
    for number, line in enumerate(lines):
        text = ((start if not number else b"") + line).decode("utf-8", "replace").strip()
        if not text or text.startswith(("#", "!")):
            continue  # an empty line, or one of those that a CDXJ file may begin with
        if text.startswith("CDX ") and not number:
            letters = text.split()[1:]
            columns = {_LETTERS[name]: n for n, name in enumerate(letters) if name in _LETTERS}
            continue
        yield _of_line(text, columns)


def _of_line(text: str, columns: dict[str, int]) -> Entry | None:
    if text.startswith("{"):
        return _of_object(text, "")
    parts = text.split()
    if len(parts) == 1:
        return Entry(text)
    if len(parts) > 2 and parts[2].startswith("{"):
        return _of_object(text.split(None, 2)[2], parts[1])
    return _of_columns(parts, columns)


def _of_columns(parts: list[str], columns: dict[str, int]) -> Entry | None:
    given = {name: parts[n] for name, n in columns.items() if n < len(parts)}
    return Entry(**given) if given.get("url") else None


def _of_object(text: str, timestamp: str) -> Entry | None:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return _of_fields(told, timestamp) if isinstance(told, dict) else None


def _of_fields(told: dict[str, Any], timestamp: str = "") -> Entry | None:
    values = {_NAMES.get(name, name): value for name, value in told.items()}
    if not isinstance(url := values.get("url"), str):
        return None
    stated = values.get("timestamp")
    return Entry(
        url,
        stated if isinstance(stated, str) else timestamp,
        str(values.get("status") or ""),
    )


def _of_array(elements: Iterable[Any]) -> Iterator[Entry | None]:
    """The Wayback CDX service names the columns in the first element."""
    names: list[str] | None = None
    for element in elements:
        if isinstance(element, str):
            yield Entry(element)
        elif isinstance(element, dict):
            yield _of_fields(element)
        elif not isinstance(element, list):
            yield None
        elif names is None:
            names = [str(name) for name in element]
        else:
            yield _of_fields(dict(zip(names, element, strict=False)))


def _elements(file: IO[bytes]) -> Iterator[Any]:
    """The elements of a JSON array whose bracket is read already, one after the other."""
    letters, decoder = getincrementaldecoder("utf-8")("replace"), json.JSONDecoder()
    text, place, ended = "", 0, False
    while True:
        if len(text) - place < _LONGEST and not ended:
            more = file.read(_LONGEST)
            ended = not more
            text, place = text[place:] + letters.decode(more, ended), 0
            continue
        gap = _GAP.match(text, place)
        place = gap.end() if gap else place
        if text.startswith("]", place):
            return
        if place == len(text):
            raise ValueError("the JSON array is cut")
        element, place = decoder.raw_decode(text, place)
        yield element
