"""What stands before a whole paper, where one of its lists was asked for.

A list may be empty, and say so; only what is certainly no page of the paper is a wall.
"""

from __future__ import annotations

from itertools import islice
from typing import Final

from baolangson_crawler.extraction import refusal_notices
from baolangson_crawler.extraction.document import Document, text_of
from baolangson_crawler.extraction.refusals import Reason, refusal

_ALWAYS: Final[frozenset[Reason]] = frozenset(
    ("challenge", "captive_portal", "maintenance", "error_page")
)


def wall(document: Document) -> Reason | None:
    """Why a page without links to articles is no list of the paper; None where it may be one.

    The box for a login that stands on every page of a paper is none: only a headline or a title
    that asks for one is.
    """
    told = refusal(document, None)
    if told is None:
        return None
    if told.reason in _ALWAYS:
        return told.reason
    headings = [text_of(heading) for heading in islice(document.root.iter("title", "h1"), 5)]
    if any(refusal_notices.titled(heading) == "login" for heading in headings):
        return "login"
    return None
