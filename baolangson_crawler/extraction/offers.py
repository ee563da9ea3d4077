"""What stands in a text to lead to other articles: boxes, headings and lines of links."""

from __future__ import annotations

import re

from baolangson_crawler.extraction.body import Piece, Run
from baolangson_crawler.items import Link
from baolangson_crawler.urls import host_of

_HEADING = re.compile(
    r"^(?:(?:các\s+)?(?:tin|bài|bài viết|tin bài|tin tức)\s+(?:liên quan|khác|cùng chuyên mục|"
    r"cùng chủ đề|đã đưa|mới hơn|cũ hơn)|cùng chuyên mục|xem thêm|đọc thêm|có thể bạn quan tâm|"
    r"mời bạn đọc|tin nổi bật)\s*[:：.…»>]*$",
    re.IGNORECASE,
)
_CLASS = re.compile(r"relat|lien-?quan|news-list|box-content-list|read-?more", re.IGNORECASE)
_PREFIX = re.compile(r"^(?:xem thêm|đọc thêm|tin liên quan|bài liên quan|>>|»|►|▶)", re.IGNORECASE)
_ENDINGS = ("html", "htm", "bbg")
_HYPHENS = 3  # in the last part of the address of a headline
_WORDS = 4  # of a headline that stands as a link of its own


def without_offers(pieces: list[Piece], url: str = "") -> tuple[list[Piece], list[Link]]:
    """The pieces without what offers other articles, and the links of that.

    Args:
        pieces: the runs and pictures of a body.
        url: the address of the page. A line in the middle that is nothing but the headline of
            another article of that host is an offer too; of other hosts it may be a reference.
    """
    host = host_of(url)
    kept: list[Piece] = []
    related: list[Link] = []
    under_heading = False
    for number, piece in enumerate(pieces):
        if isinstance(piece, Run):
            only_links = piece.linked > 0.9
            if _HEADING.match(piece.text) and not (under_heading and only_links):
                under_heading = True
                continue
            middle = bool(kept) and number < len(pieces) - 1
            if _offers(piece, under_heading) or (middle and host and _is_alone(piece, host)):
                related.extend(piece.links)
                continue
            under_heading = False
        kept.append(piece)
    return kept, related


def _offers(run: Run, under_heading: bool) -> bool:
    """Whether a line is there to lead to another article."""
    if under_heading:  # a date in brackets may follow the link
        return run.linked > 0.3 or (run.in_list and run.linked > 0)
    if run.linked > 0.5 and _PREFIX.match(run.text):
        return True
    if not is_headline(run):
        return run.linked > 0.9 and bool(_CLASS.search(run.classes))
    return run.bold > 0.9 or bool(_CLASS.search(run.classes))


def _is_alone(run: Run, host: str) -> bool:
    """Whether a paragraph is one link, to an article of the same host."""
    if run.in_list or len(run.links) != 1 or len(run.text.split()) < _WORDS:
        return False
    return is_headline(run) and host_of(run.links[0].url) == host


def is_headline(run: Run) -> bool:
    """Whether a line is nothing but links to articles."""
    return run.linked > 0.9 and all(_is_article(link.url) for link in run.links)


def _is_article(url: str) -> bool:
    """Whether an address is made of a headline (``/tieu-de-cua-bai-123.html``)."""
    last = url.partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2]
    words, dot, ending = last.rpartition(".")
    return (words if dot else last).count("-") >= _HYPHENS and (not dot or ending in _ENDINGS)
