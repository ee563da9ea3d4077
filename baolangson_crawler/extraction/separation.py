"""Each thing into its own field: runs and pictures become body, captions, byline, credit, links."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from baolangson_crawler.extraction import captions, credits
from baolangson_crawler.extraction.body import SUBHEADS, Picture, Piece, Run
from baolangson_crawler.extraction.credits import Byline
from baolangson_crawler.items import Block, BlockKind, Credit, Image, Link

_RELATED_HEADING = re.compile(
    r"^(?:(?:các\s+)?(?:tin|bài|bài viết|tin bài|tin tức)\s+(?:liên quan|khác|cùng chuyên mục|"
    r"cùng chủ đề|đã đưa|mới hơn|cũ hơn)|cùng chuyên mục|xem thêm|đọc thêm|có thể bạn quan tâm|"
    r"mời bạn đọc|tin nổi bật)\s*[:：.…»>]*$",
    re.IGNORECASE,
)
_RELATED_CLASS = re.compile(
    r"relat|lien-?quan|news-list|box-content-list|read-?more", re.IGNORECASE
)
_SIGNATURE_CLASS = re.compile(
    r"author|tac-?gia|pseudonym|signature|byline|(?:^|\s)t1\b", re.IGNORECASE
)
_EDGE = 4  # a byline or a credit stands among the last runs of a text


@dataclass(slots=True)
class Parts:
    """What the body element holds, each kind apart."""

    blocks: list[Block] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    byline: Byline | None = None
    credit: Credit | None = None
    related: list[Link] = field(default_factory=list)


def separate(pieces: list[Piece]) -> Parts:
    """Sort the pieces of a body element into the fields of an article."""
    parts = Parts()
    pieces, parts.related = _without_related(pieces)
    pieces = _take_edge(pieces, parts)
    _take_body(pieces, parts)
    return parts


def _without_related(pieces: list[Piece]) -> tuple[list[Piece], list[Link]]:
    """Drop boxes that offer other articles; their links are kept."""
    kept: list[Piece] = []
    related: list[Link] = []
    under_heading = False
    for piece in pieces:
        if isinstance(piece, Run):
            only_links = piece.linked > 0.9
            if _RELATED_HEADING.match(piece.text) and not (under_heading and only_links):
                under_heading = True
                continue
            marked = only_links and bool(_RELATED_CLASS.search(piece.classes))
            if marked or (under_heading and (only_links or piece.in_list)):
                related.extend(piece.links)
                continue
            under_heading = False
        kept.append(piece)
    return kept, related


def _take_edge(pieces: list[Piece], parts: Parts) -> list[Piece]:
    """Take byline and credit from the end, where papers print them."""
    kept = list(pieces)
    looked = 0
    index = len(kept) - 1
    while index >= 0 and looked < _EDGE:
        piece = kept[index]
        index -= 1
        if not isinstance(piece, Run):
            continue
        looked += 1
        if parts.credit is None and (found := credits.credit(piece.text)):
            parts.credit = found
        elif parts.byline is None and (byline := _byline(piece)):
            parts.byline = byline
        else:
            if len(piece.text) > 120:
                break
            continue
        del kept[index + 1]
    return kept


def _byline(run: Run) -> Byline | None:
    set_apart = (
        run.align == "right"
        or bool(_SIGNATURE_CLASS.search(run.classes))
        or (run.bold > 0.9 and run.tag not in SUBHEADS)
    )
    return credits.byline(run.text, set_apart=set_apart)


def _take_body(pieces: list[Piece], parts: Parts) -> None:
    """Pictures with their captions, and what is left as paragraphs and subheads."""
    last = max((i for i, p in enumerate(pieces) if isinstance(p, Run)), default=-1)
    waiting: int | None = None  # the picture that may still receive a caption
    for index, piece in enumerate(pieces):
        if isinstance(piece, Picture):
            parts.images.append(Image(url=piece.url, position=len(parts.blocks)))
            waiting = len(parts.images) - 1
        elif waiting is not None and _is_caption(piece):
            _set_caption(parts.images, waiting, piece.text)
            waiting = waiting if piece.in_figure and piece.tag == "figcaption" else None
        elif piece.tag == "figcaption" or (
            piece.italic > 0.8 and piece.align == "center" and captions.names_picture(piece.text)
        ):
            _caption_before_picture(parts, piece.text, pieces[index + 1 : index + 2])
        else:
            waiting = None
            kind: BlockKind = "subhead" if index < last and _is_subhead(piece) else "paragraph"
            parts.blocks.append(Block(text=piece.text, kind=kind))


def _is_caption(run: Run) -> bool:
    if run.in_figure or run.in_table or captions.names_picture(run.text):
        return True
    return captions.set_as_caption(
        run.text, align=run.align, italic=run.italic, classes=run.classes
    )


def _set_caption(images: list[Image], index: int, text: str) -> None:
    image = images[index]
    if image.caption:
        text = f"{image.caption} {text}"
    images[index] = Image(
        url=image.url,
        caption=text,
        credit=captions.photographer(text),
        position=image.position,
    )


def _caption_before_picture(parts: Parts, text: str, following: list[Piece]) -> None:
    """A caption whose picture stands after it, or is missing: never a paragraph."""
    if following and isinstance(following[0], Picture):
        return
    if parts.images and parts.images[-1].caption is None:
        _set_caption(parts.images, len(parts.images) - 1, text)


def _is_subhead(run: Run) -> bool:
    if len(run.text) > 200:
        return False
    if run.tag in SUBHEADS:
        return True
    return run.bold > 0.95 and len(run.text) <= 120 and run.text[-1] not in '.;,…!?”")'
