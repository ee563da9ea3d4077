"""Files that are told by their first bytes, whatever a server says that they are."""

from __future__ import annotations

_SIGNATURES = (  # WHATWG MIME Sniffing, 6.1-6.4 and 7.1
    b"%PDF-",
    b"%!PS-Adobe-",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b\x08",
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n",
    b"GIF87a",
    b"GIF89a",
    b"II*\x00",
    b"MM\x00*",
    b"RIFF",
    b"OggS\x00",
    b"ID3",
    b"\x1aE\xdf\xa3",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"{\\rtf",
    b"wOFF",
    b"wOF2",
)
_VIDEO = b"ftyp"  # behind four bytes of length


def is_file(body: bytes) -> bool:
    """Whether an answer is a document, picture, recording or archive, and so no page."""
    return body.startswith(_SIGNATURES) or body[4:8] == _VIDEO
