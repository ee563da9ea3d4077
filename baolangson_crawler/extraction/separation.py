"""Each thing into its own field: runs and pictures become body, captions, byline, credit, links."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from baolangson_crawler.extraction import captions, datelines
from baolangson_crawler.extraction.body import SUBHEADS, Piece, Run
from baolangson_crawler.extraction.credits import Byline
from baolangson_crawler.extraction.illustrations import Illustration, Shown, sort_out
from baolangson_crawler.extraction.offers import without_offers
from baolangson_crawler.extraction.service_lines import is_service_line
from baolangson_crawler.extraction.signatures import Edge, without_edge
from baolangson_crawler.items import Block, BlockKind, Credit, Image, Link
from baolangson_crawler.text import fold

_DATELINE = 40  # characters by which a standfirst printed twice may differ: the mark, a full stop
_ASKING = re.compile(r"^(?:phóng viên|pv|p\.v|hỏi|nhà báo)\s*[:：]", re.IGNORECASE)


@dataclass(slots=True)
class Parts:
    """What the body element holds, each kind apart."""

    lead: str | None = None
    blocks: list[Block] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    byline: Byline | None = None
    credit: Credit | None = None
    related: list[Link] = field(default_factory=list)


def separate(
    pieces: list[Piece], *, bold_lead: bool = False, lead: str | None = None, url: str = ""
) -> Parts:
    """Sort the pieces of a body element into the fields of an article.

    Args:
        pieces: runs and pictures in the order of the page.
        bold_lead: whether a first paragraph that is bold throughout is the standfirst.
        lead: the standfirst that the page prints elsewhere; a body may print it again.
        url: the address of the page, for links to other articles of its host.
    """
    text = [p for p in pieces if not (isinstance(p, Run) and is_service_line(p.text))]
    text, related = without_offers(text, url)
    edge = Edge()
    shown = sort_out(without_edge(text, edge))
    if edge.byline is None or edge.byline.of_others:  # it may stand before the last picture
        shown = without_edge(shown, edge)
    parts = Parts(byline=edge.byline, credit=edge.credit, related=[*related, *edge.related])
    _take_body(shown, parts, bold_lead=bold_lead, lead=lead)
    if parts.lead and not parts.blocks:  # a photo story: its one paragraph is its text
        parts.lead, parts.images = None, []
        _take_body(shown, parts, bold_lead=False, lead=lead)
    return parts


def _take_body(shown: list[Shown], parts: Parts, *, bold_lead: bool, lead: str | None) -> None:
    """Pictures in their places, and what is left as paragraphs and subheads."""
    last = max((i for i, piece in enumerate(shown) if isinstance(piece, Run)), default=-1)
    for index, piece in enumerate(shown):
        if isinstance(piece, Illustration):
            parts.images.append(_image(piece, len(parts.blocks)))
            continue
        kind: BlockKind = "subhead" if index < last and _is_subhead(piece) else "paragraph"
        if not parts.blocks and index < last:
            if _repeats(piece, parts.lead or lead):
                continue
            if bold_lead and parts.lead is None and _is_standfirst(piece, kind):
                parts.lead = piece.text
                continue
        parts.blocks.append(Block(text=piece.text, kind=kind))


def _image(shown: Illustration, position: int) -> Image:
    credit = captions.photographer(shown.caption) if shown.caption else None
    return Image(url=shown.url, caption=shown.caption, credit=credit, position=position)


def _repeats(run: Run, lead: str | None) -> bool:
    """Whether a line is the standfirst once more, however it is set."""
    if lead is None or abs(len(run.text) - len(lead)) > _DATELINE:
        return False
    return _plain(run.text) in (_plain(lead), _plain(datelines.split(lead)[1]))


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text)))


def _is_standfirst(run: Run, kind: BlockKind) -> bool:
    """Whether a first line is set as the standfirst and does not open an interview."""
    asks = run.text.endswith("?") or _ASKING.match(run.text)
    return kind == "paragraph" and run.bold > 0.9 and run.tag not in SUBHEADS and not asks


def _is_subhead(run: Run) -> bool:
    if len(run.text) > 200:
        return False
    if run.tag in SUBHEADS:
        return True
    return run.bold > 0.95 and len(run.text) <= 120 and run.text[-1] not in '.;,…!?”")'
