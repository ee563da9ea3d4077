"""What trafilatura keeps of a page, as a vote on each line of it."""

from __future__ import annotations

import logging
import re
import unicodedata

_NOT_LETTERS = re.compile(r"[\W_]+")
_SHORT = 25
"""Characters; a shorter line must be a whole line of trafilatura's too: "Chia sẻ" is also part of
many sentences."""

_LARGEST_PAGE = 2_000_000
"""Characters; trafilatura would take ten seconds and more. The page is then weighed without it."""


def squeeze(text: str) -> str:
    """Letters and digits alone, in lower case, so that two extractions of a line compare."""
    return _NOT_LETTERS.sub("", text).lower()


class Votes:
    """The text that trafilatura keeps; ``line in votes``."""

    def __init__(self, text: str) -> None:
        lines = [squeeze(line) for line in unicodedata.normalize("NFC", text).split("\n")]
        self._lines = frozenset(lines)
        self._text = "".join(lines)

    def __contains__(self, line: str) -> bool:
        squeezed = squeeze(line)
        if not squeezed:
            return False
        return squeezed in (self._lines if len(squeezed) <= _SHORT else self._text)


def votes(html: str) -> Votes:
    """Trafilatura's vote on the lines of a page; none at all on a page that is too large."""
    if len(html) > _LARGEST_PAGE:
        return Votes("")
    # Imported here: a crawl whose pages all have layouts never needs it, and it takes 0.3 s.
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = trafilatura.bare_extraction(html, include_comments=False, with_metadata=False)
    return Votes(getattr(found, "text", None) or "")
