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
_RELATED_PREFIX = re.compile(
    r"^(?:xem thêm|đọc thêm|tin liên quan|bài liên quan|>>|»|►|▶)", re.IGNORECASE
)
_SLUG = re.compile(r"/[^/?]+(?:-[^/?-]+){3,}\.html?$")  # the address of a headline
_LISTED = re.compile(r"^[-–—•+*“\"'‘\d]")  # how a quotation or an item of a list begins
_EDGE = 4  # lines at the end of a text that may be byline and credit
_LEAD = 200  # characters; the words under a picture are seldom more


@dataclass(slots=True)
class Parts:
    """What the body element holds, each kind apart."""

    lead: str | None = None
    blocks: list[Block] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    byline: Byline | None = None
    credit: Credit | None = None
    related: list[Link] = field(default_factory=list)


def separate(pieces: list[Piece], *, bold_lead: bool = False) -> Parts:
    """Sort the pieces of a body element into the fields of an article.

    Args:
        pieces: runs and pictures in the order of the page.
        bold_lead: whether a first paragraph that is bold throughout is the standfirst.
    """
    parts = Parts()
    pieces, parts.related = _without_related(pieces)
    pieces = _take_edge(pieces, parts)
    _take_body(pieces, parts, bold_lead=bold_lead)
    if parts.lead and not parts.blocks:  # a photo story: its one paragraph is its text
        parts.lead, parts.images = None, []
        _take_body(pieces, parts, bold_lead=False)
    return parts


def _without_related(pieces: list[Piece]) -> tuple[list[Piece], list[Link]]:
    """Drop boxes and lines that offer other articles; their links are kept."""
    kept: list[Piece] = []
    related: list[Link] = []
    under_heading = False
    for piece in pieces:
        if isinstance(piece, Run):
            only_links = piece.linked > 0.9
            if _RELATED_HEADING.match(piece.text) and not (under_heading and only_links):
                under_heading = True
                continue
            if _offers(piece, under_heading=under_heading):
                related.extend(piece.links)
                continue
            under_heading = False
        kept.append(piece)
    return kept, related


def _offers(run: Run, *, under_heading: bool) -> bool:
    """Whether a line is there to lead to another article."""
    if under_heading:
        return run.linked > 0.3 or run.in_list  # a date in brackets may follow the link
    if run.linked > 0.5 and _RELATED_PREFIX.match(run.text):
        return True
    if run.linked <= 0.9:
        return False
    headline = run.bold > 0.9 and all(_SLUG.search(link.url) for link in run.links)
    return headline or bool(_RELATED_CLASS.search(run.classes))


def _take_edge(pieces: list[Piece], parts: Parts) -> list[Piece]:
    """Take byline and credit from the end, where papers print them.

    The taking stops at the first line that is neither, so that no paragraph is skipped over.
    """
    kept = list(pieces)
    index = len(kept) - 1
    for _ in range(_EDGE):
        while index >= 0 and not isinstance(kept[index], Run):
            index -= 1
        if index < 0:
            break
        run = kept[index]
        assert isinstance(run, Run)
        if parts.credit is None and (tail := credits.credit_at_end(run.text)):
            run.text, parts.credit = tail
        if parts.credit is None and (found := credits.credit(run.text)):
            parts.credit = found
        elif byline := _byline(run, alone=index == 0):
            if parts.byline is None or parts.byline.of_pictures:
                parts.byline = byline
            elif not byline.of_pictures:
                break
        else:
            break
        del kept[index]
        index -= 1
    return kept


def _byline(run: Run, *, alone: bool) -> Byline | None:
    """The author that a line at the edge names; a text's only line is no signature."""
    set_apart = not alone and (
        run.align == "right"
        or bool(_SIGNATURE_CLASS.search(run.classes))
        or (run.bold > 0.9 and run.tag not in SUBHEADS and not run.text.isupper())
    )
    return credits.byline(run.text, set_apart=set_apart)


def _take_body(pieces: list[Piece], parts: Parts, *, bold_lead: bool) -> None:
    """Pictures with their captions, and what is left as paragraphs and subheads."""
    habit = _Habit.of(pieces)
    last = max((i for i, p in enumerate(pieces) if isinstance(p, Run)), default=-1)
    waiting: int | None = None  # the picture that may still receive a caption
    early: str | None = None  # a caption whose picture has not come yet
    for index, piece in enumerate(pieces):
        opens = not parts.blocks
        if isinstance(piece, Picture):
            following = pieces[index + 1] if index < len(pieces) - 1 else None
            own = isinstance(following, Run) and habit.is_caption(following, opens=opens)
            if own:
                _without_picture(parts, early)
                early = None
            parts.images.append(_image(piece.url, early, len(parts.blocks)))
            waiting = None if early is not None else len(parts.images) - 1
            early = None
        elif waiting is not None and _continues(parts.images[waiting], piece, habit, opens=opens):
            _set_caption(parts.images, waiting, piece.text)
        elif habit.is_stray_caption(piece, first=opens):
            waiting = None
            _without_picture(parts, early)
            early = piece.text
        else:
            waiting = None
            _without_picture(parts, early)
            early = None
            kind: BlockKind = "subhead" if index < last and _is_subhead(piece) else "paragraph"
            if bold_lead and opens and parts.lead is None and _is_standfirst(piece, kind):
                parts.lead = piece.text
                continue
            parts.blocks.append(Block(text=piece.text, kind=kind))
    _without_picture(parts, early)


def _continues(image: Image, run: Run, habit: _Habit, *, opens: bool) -> bool:
    """Whether a line is the caption of the picture before it, or a further line of it."""
    if image.caption is None:
        return habit.is_caption(run, opens=opens)
    in_figure = run.in_figure and not run.in_table  # a figure may hold a table of figures
    return in_figure or habit.centred_italic(run)


@dataclass(frozen=True, slots=True)
class _Habit:
    """How a page sets its paragraphs, so that what is set otherwise can be told."""

    centred: bool
    italic: bool
    indented: bool
    stray: Run | None
    """On a page that indents its paragraphs, the one line that is not indented."""

    @classmethod
    def of(cls, pieces: list[Piece]) -> _Habit:
        before = [None, *pieces]
        runs = [
            run
            for previous, run in zip(before, pieces, strict=False)
            if isinstance(run, Run)
            and run.tag != "figcaption"
            and not isinstance(previous, Picture)
        ]
        long = [run for run in runs if len(run.text) > 80]
        indented = [run for run in long if run.indented]
        habit = len(indented) > 1 and 3 * len(indented) > 2 * len(long)
        return cls(
            centred=2 * sum(run.align == "center" for run in long) > len(long),
            italic=2 * sum(run.italic > 0.8 for run in long) > len(long),
            indented=habit,
            stray=_only_plain(runs) if habit else None,
        )

    def centred_italic(self, run: Run) -> bool:
        """Whether a line is set as captions are and paragraphs of this page are not."""
        centred = run.align == "center" and not self.centred
        return centred and run.italic > 0.8 and not self.italic and run.bold < 0.9

    def is_caption(self, run: Run, *, opens: bool) -> bool:
        """Whether the first line after a picture is the words under it."""
        if run.in_figure or run.in_table or captions.names_picture(run.text):
            return True
        if opens and len(run.text) > _LEAD and run.text.endswith("."):
            return False  # a standfirst set in italics under the opening picture
        if self.indented and not run.indented and len(run.text) <= _LEAD:
            return run.bold < 0.9 and run.tag not in SUBHEADS
        return captions.set_as_caption(
            run.text,
            align="" if self.centred else run.align,
            italic=0.0 if self.italic else run.italic,
            classes=run.classes,
        )

    def is_stray_caption(self, run: Run, *, first: bool) -> bool:
        """Whether a line that follows no picture can only be the words of one."""
        if run.tag == "figcaption" or run is self.stray:
            return True
        if first or len(run.text) > captions.LONGEST:
            return False
        named = run.align == "center" and not self.centred and captions.names_picture(run.text)
        return self.centred_italic(run) or named


def _only_plain(runs: list[Run]) -> Run | None:
    """The one line between the first and the last that is not indented and looks like no other.

    The portals indent every paragraph and not the words under a picture. Two such lines or more
    are a poem, a list, a quotation.
    """
    plain = [run for run in runs if not run.indented]
    if len(plain) != 1 or plain[0] in (runs[0], runs[-1]):
        return None
    run = plain[0]
    ordinary = run.bold < 0.5 and not (run.in_list or run.in_table or _LISTED.match(run.text))
    return run if ordinary and run.tag not in SUBHEADS and 30 < len(run.text) <= _LEAD else None


def _without_picture(parts: Parts, caption: str | None) -> None:
    """Keep the words of a picture that the page does not show, where there are any."""
    if caption is not None:
        parts.images.append(_image(None, caption, len(parts.blocks)))


def _image(url: str | None, caption: str | None, position: int) -> Image:
    credit = captions.photographer(caption) if caption else None
    return Image(url=url, caption=caption, credit=credit, position=position)


def _set_caption(images: list[Image], index: int, text: str) -> None:
    image = images[index]
    words = f"{image.caption} {text}" if image.caption else text
    images[index] = _image(image.url, words, image.position or 0)


def _is_standfirst(run: Run, kind: BlockKind) -> bool:
    return kind == "paragraph" and run.bold > 0.9 and run.tag not in SUBHEADS


def _is_subhead(run: Run) -> bool:
    if len(run.text) > 200:
        return False
    if run.tag in SUBHEADS:
        return True
    return run.bold > 0.95 and len(run.text) <= 120 and run.text[-1] not in '.;,…!?”")'
