"""Hostile XML read element by element: no entity, no network, no tree of the whole file."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import islice

from lxml import etree

from baolangson_crawler.decompression import CodingError, pieces
from baolangson_crawler.extraction.refusal_shapes import is_feed

_GZIP = b"\x1f\x8b"
_START = 4000  # bytes; what may stand before the first element is shorter
LARGEST = 50 * 1024 * 1024
"""Bytes that a file may have uncompressed (sitemaps.org); of a longer one so many are read."""

MOST_ENTRIES = 50_000
"""Entries that a file may have (sitemaps.org); more are not read."""

MOST_ELEMENTS = 1_500_000
"""Elements of one file that are looked at: 30 for each entry."""

_LARGEST_ENTRY = 10_000  # elements; an entry that is larger is none, and ends the file


def elements(body: bytes, *names: str) -> Iterator[etree._Element]:
    """The first closed elements of these local names; broken XML gives what came before.

    Every element is emptied once it is closed, an entry after it was yielded, so memory does not
    grow with the file. What is too large to be a list is read as far as it is none.

    Args:
        body: the file; gzip, too, where no header announced it (``.xml.gz``).
        names: without namespaces.
    """
    return islice(_closed(body, names), MOST_ENTRIES)


def _closed(body: bytes, names: tuple[str, ...]) -> Iterator[etree._Element]:
    entry: etree._Element | None = None  # the one that is open
    size = 0
    try:
        for event, element in islice(_events(body), 2 * MOST_ELEMENTS):
            if event == "start":
                if entry is None and local(element) in names:
                    entry, size = element, 0
                elif (size := size + 1) > _LARGEST_ENTRY and entry is not None:
                    return
                continue
            if entry is not None and element is not entry:
                continue
            if element is entry:
                entry = None
                yield element
            element.clear(keep_tail=False)
            while element.getprevious() is not None:
                del element.getparent()[0]
    except (etree.XMLSyntaxError, CodingError):
        return


def _events(body: bytes) -> etree.iterparse:
    # libxml2's limits on depth and size of a text stay on: huge_tree is not set.
    return etree.iterparse(
        _Unzipped(body) if body.startswith(_GZIP) else BytesIO(body.lstrip()),
        events=("start", "end"),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )


def is_list(body: bytes) -> bool:
    """Whether a file is a feed or a sitemap, compressed or not, by its first element."""
    try:
        start = _Unzipped(body).read() if body.startswith(_GZIP) else body
    except CodingError:
        return False
    return is_feed(start[:_START].decode("utf-8", "replace"))


class _Unzipped:
    """A compressed file, to be read from its beginning; no more than a piece of it is in memory."""

    def __init__(self, body: bytes) -> None:
        self._pieces = _stripped(pieces(body, ("gzip",), LARGEST))

    def read(self, size: int = -1) -> bytes:
        """The next piece, however many bytes are asked for; empty at the end."""
        return next(self._pieces, b"")


def _stripped(stream: Iterator[bytes]) -> Iterator[bytes]:
    yield next(stream, b"").lstrip()
    yield from stream


def local(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def child_text(element: etree._Element, *names: str) -> str | None:
    """The text of the first child of these local names that has any."""
    for name in names:
        for child in element:
            if local(child) == name and (text := "".join(child.itertext()).strip()):
                return text
    return None
