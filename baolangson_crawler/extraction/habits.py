"""How a page sets its paragraphs, so that the words under its pictures can be told."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from baolangson_crawler.extraction import captions
from baolangson_crawler.extraction.body import SUBHEADS, Picture, Piece, Run

_LISTED = tuple("-–—•+*“\"'‘0123456789")  # how a quotation or an item of a list begins
SHORT = 200
"""Characters; the words under a picture are seldom more."""


@dataclass(frozen=True, slots=True)
class Habit:
    """What is usual on a page."""

    centred: bool
    italic: bool
    indented: bool
    stray: Run | None
    """On a page that indents its paragraphs, the one line that is not indented."""
    above: bool
    """Whether the captions stand above their pictures."""
    framed: frozenset[etree._Element]
    """The tables that hold pictures with their captions and nothing else."""

    @classmethod
    def of(cls, pieces: list[Piece]) -> Habit:
        """The habits of a page."""
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
        centred = 2 * sum(run.align == "center" for run in long) > len(long)
        italic = 2 * sum(run.italic > 0.8 for run in long) > len(long)
        return cls(
            centred=centred,
            italic=italic,
            indented=habit,
            stray=_only_plain(runs) if habit else None,
            above=not (centred or italic) and _stand_above(pieces),
            framed=_framed(pieces),
        )

    def is_centred(self, run: Run) -> bool:
        """Whether a line is centred and paragraphs of this page are not."""
        return run.align == "center" and not self.centred

    def is_caption(self, run: Run, picture: Picture, *, opens: bool) -> bool:
        """Whether the first line after a picture is the words under it."""
        if run.tag == "figcaption" or self.in_frame(run, picture):
            return True
        if _in_other_table(run, picture):
            return False
        if run.in_figure:
            return True
        if run.tag in SUBHEADS:
            return False
        if captions.speaks_of_picture(run.text):
            return True
        if opens and len(run.text) > SHORT and run.text.endswith("."):
            return False  # a standfirst set in italics under the opening picture
        if run.bold > 0.9 and "caption" not in run.classes.lower():
            return False  # a subhead
        if captions.is_spoken(run.text) and run.align != "center":
            return False
        if self.indented and not run.indented and len(run.text) <= SHORT:
            return True
        return captions.set_as_caption(
            run.text,
            align="" if self.centred else run.align,
            italic=0.0 if self.italic else run.italic,
            classes=run.classes,
        )

    def in_frame(self, run: Run, picture: Picture) -> bool:
        """Whether a line and a picture stand in one table of pictures with their captions."""
        return picture.in_table and run.table is picture.table and run.table in self.framed

    def is_stray_caption(self, run: Run, *, first: bool) -> bool:
        """Whether a line that follows no picture can only be the words of one."""
        if run.tag == "figcaption" or run is self.stray:
            return True
        if first or run.tag in SUBHEADS:
            return False
        return self.is_centred(run) and captions.names_picture(run.text)


def _is_centred_italic(run: Run) -> bool:
    return run.align == "center" and run.italic > 0.8 and run.bold < 0.9 and run.tag not in SUBHEADS


def _only_plain(runs: list[Run]) -> Run | None:
    """The one line between the first and the last that is not indented and looks like no other.

    The portals indent every paragraph and not the words under a picture. Two such lines or more
    are a poem, a list, a quotation.
    """
    plain = [run for run in runs if not run.indented]
    if len(plain) != 1 or plain[0] in (runs[0], runs[-1]):
        return None
    run = plain[0]
    ordinary = run.bold < 0.5 and not (run.in_list or run.in_table or run.text.startswith(_LISTED))
    return run if ordinary and run.tag not in SUBHEADS and 30 < len(run.text) <= SHORT else None


def _stand_above(pieces: list[Piece]) -> bool:
    """Whether each of several pictures follows a line set like a caption, and the last has none."""
    if sum(isinstance(piece, Picture) for piece in pieces) < 2:
        return False
    for before, piece in pairwise([None, *pieces]):
        if isinstance(piece, Picture) and not (
            isinstance(before, Run) and _is_centred_italic(before)
        ):
            return False
    last = max(n for n, piece in enumerate(pieces) if isinstance(piece, Picture))
    behind = pieces[last + 1] if last < len(pieces) - 1 else None
    return not (isinstance(behind, Run) and _is_centred_italic(behind))


def _framed(pieces: list[Piece]) -> frozenset[etree._Element]:
    """The tables with no more lines than their pictures need, the others setting paragraphs."""
    pictures: dict[etree._Element, int] = {}
    lines: dict[etree._Element, list[int]] = {}
    for piece in pieces:
        if not piece.in_table or piece.table is None:
            continue
        if isinstance(piece, Picture):
            pictures[piece.table] = pictures.get(piece.table, 0) + 1
        else:
            lines.setdefault(piece.table, []).append(len(piece.text))
    return frozenset(
        table for table, number in pictures.items() if _fit(lines.get(table, []), number)
    )


def _fit(lengths: list[int], pictures: int) -> bool:
    """Whether lines of these lengths may be the captions of so many pictures."""
    if any(length > captions.LONGEST for length in lengths):
        return False
    # One picture may have a second line, which names the photographer.
    return len(lengths) <= pictures or (
        pictures == 1 and len(lengths) == 2 and sum(lengths) <= SHORT
    )


def _in_other_table(run: Run, picture: Picture) -> bool:
    """Whether a line stands in a table that is not around the picture."""
    if not run.in_table or run.table is None or run.table is picture.table:
        return False
    return picture.table is None or run.table not in picture.table.iterancestors("table")
