"""Hostile XML read element by element: no entity, no network, no tree of the whole file."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from lxml import etree

_GZIP = b"\x1f\x8b"
LARGEST = 64 * 1024 * 1024
"""Decompressed bytes that are read of one file; a sitemap may have 50 MB (sitemaps.org)."""


def elements(body: bytes, *names: str) -> Iterator[etree._Element]:
    """The closed elements of these local names in order; broken XML gives what came before.

    An element is emptied after it was yielded, so memory does not grow with the file.
    """
    # libxml2's limits on depth and size of a text stay on: huge_tree is not set.
    events = etree.iterparse(
        BytesIO(unzipped(body).lstrip()),
        events=("end",),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in events:
            if local(element) not in names:
                continue
            yield element
            element.clear(keep_tail=False)
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError:
        return


def unzipped(body: bytes) -> bytes:
    """The file itself, where it is a ``.gz`` that no header announced."""
    if not body.startswith(_GZIP):
        return body
    import zlib

    try:
        return zlib.decompressobj(wbits=31).decompress(body, LARGEST)
    except zlib.error:
        return b""


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
