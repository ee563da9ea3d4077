"""The pieces of an article found on an unknown page, as separation expects them of a body."""

from __future__ import annotations

from dataclasses import replace

from baolangson_crawler.extraction import credits
from baolangson_crawler.extraction.body import SUBHEADS, Picture, Piece, Run, pieces
from baolangson_crawler.extraction.generic.content import Content

_NAME = 40  # characters of a signature
_LONG = 80  # characters of a paragraph


def article_pieces(content: Content, base_url: str, lead: Run | None) -> list[Piece]:
    """The runs and pictures of the article alone.

    Args:
        content: where the article stands.
        base_url: what relative addresses are relative to.
        lead: the standfirst, which is left out.
    """
    kept: list[Piece] = []
    waiting: list[Piece] = []  # pictures of which it is not known yet what they belong to
    last = content.lines[content.kept.stop - 1].run
    complete = False
    for piece in pieces(content.node, base_url, content.noise, entered=content.entered):
        if isinstance(piece, Picture):
            waiting.append(piece)
            continue
        if piece.element in content.captions or _is_under_picture(piece):
            piece = replace(piece, tag="figcaption", in_figure=True)
        elif (piece.element, piece.text) not in content.texts:
            if piece.linked > 0.5 or complete:
                waiting.clear()  # the picture of a headline
            continue
        complete = complete or (piece.element, piece.text) == (last.element, last.text)
        kept += waiting
        waiting.clear()
        if lead is None or (piece.element, piece.text) != (lead.element, lead.text):
            kept.append(piece)
    return _out_of_layout_table(_signed(kept + waiting))


def _is_under_picture(run: Run) -> bool:
    """Whether a line stands in a ``figure`` around a picture."""
    if not run.in_figure:
        return False
    figure = next(e for e in (run.element, *run.element.iterancestors()) if e.tag == "figure")
    return figure.find(".//img") is not None


def _signed(kept: list[Piece]) -> list[Piece]:
    """The pieces, a name alone behind the last paragraph set like the signature that it is."""
    runs = [i for i, piece in enumerate(kept) if isinstance(piece, Run)]
    if len(runs) < 3:
        return kept
    before, last = kept[runs[-2]], kept[runs[-1]]
    assert isinstance(before, Run)
    assert isinstance(last, Run)
    elsewhere = last.in_list or last.in_table or last.linked or last.tag in SUBHEADS
    alone = len(last.text) <= _NAME and before.text.endswith((".", "”", '"'))
    if alone and not elsewhere and credits.byline(last.text, set_apart=True):
        kept[runs[-1]] = replace(last, align="right")
    return kept


def _out_of_layout_table(kept: list[Piece]) -> list[Piece]:
    """The pieces; where a table sets the whole article, its cells are no captions."""
    long = [piece for piece in kept if isinstance(piece, Run) and len(piece.text) > _LONG]
    if 2 * sum(run.in_table for run in long) <= len(long):
        return kept
    return [replace(piece, in_table=False) for piece in kept]
