"""Pictures with their captions, sorted out of a text."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from baolangson_crawler.extraction import captions
from baolangson_crawler.extraction.body import Picture, Piece, Run
from baolangson_crawler.extraction.habits import Habit

_LINES = 2  # of a caption; more lines that are set alike are verses


@dataclass(frozen=True, slots=True)
class Illustration:
    """A picture and the words that belong to it; either may be missing."""

    url: str | None
    caption: str | None = None


Shown = Run | Illustration


def sort_out(pieces: list[Piece]) -> list[Shown]:
    """The pieces with each caption taken from the text to its picture."""
    return _Sorting(pieces).sort()


class _Sorting:
    def __init__(self, pieces: list[Piece]) -> None:
        self.pieces = pieces
        self.habit = Habit.of(pieces)
        self.shown: list[Shown] = []
        self.early: str | None = None  # a caption whose picture has not come yet
        self.opens = True

    def sort(self) -> list[Shown]:
        index = 0
        while index < len(self.pieces):
            piece = self.pieces[index]
            if isinstance(piece, Picture):
                index += self._row(index) or self._single(index, piece)
            else:
                self._line(index, piece)
                index += 1
        self._without_picture()
        return self.shown

    def _row(self, index: int) -> int:
        """Pictures side by side with their captions in the next row; the number of pieces used."""
        before = self.pieces[index - 1] if index else None
        pictures = [] if isinstance(before, Picture) else self._side_by_side(index)
        if len(pictures) < 2:
            return 0
        lines = self._following(index + len(pictures))
        cells: dict[etree._Element, list[str]] = {}
        used = 0
        for run in lines:
            if not self.habit.in_frame(run, pictures[0]):
                break
            cells.setdefault(_cell(run), []).append(run.text)
            used += 1
        if len(cells) != len(pictures):
            return 0
        self._without_picture()
        for picture, words in zip(pictures, cells.values(), strict=True):
            self.shown.append(Illustration(picture.url, " ".join(words)))
        return len(pictures) + used

    def _side_by_side(self, index: int) -> list[Picture]:
        """The pictures from here on that stand in one table with no words between them."""
        found: list[Picture] = []
        for number in range(index, len(self.pieces)):
            piece = self.pieces[number]
            if not isinstance(piece, Picture) or not piece.in_table:
                break
            if found and piece.table is not found[0].table:
                break
            found.append(piece)
        return found

    def _single(self, index: int, picture: Picture) -> int:
        """A picture with its own caption, or the one before it; the number of pieces used."""
        lines = [] if self.habit.above else self._words_under(index + 1, picture)
        if lines:
            self._without_picture()
            caption: str | None = " ".join(run.text for run in lines)
        else:
            caption, self.early = self.early, None
        self.shown.append(Illustration(picture.url, caption))
        return 1 + len(lines)

    def _words_under(self, index: int, picture: Picture) -> list[Run]:
        """The lines of a picture's caption, which begins at an index."""
        following = self._following(index)
        if not following or not self.habit.is_caption(following[0], picture, opens=self.opens):
            return []
        lines = following[:1]
        for run in following[1:]:
            credited = captions.photographer(lines[-1].text)
            if self.habit.in_frame(run, picture) or (run.in_figure and not run.in_table):
                lines.append(run)
            elif credited or not self._continues(lines[0], run):
                break
            else:
                lines.append(run)
        whole = lines[0].in_figure or lines[0].in_table or captions.photographer(lines[-1].text)
        return lines if whole or len(lines) <= _LINES else []

    def _continues(self, first: Run, run: Run) -> bool:
        """Whether a line may be a further one of the caption that another one begins."""
        if captions.is_credit_line(run.text):
            return True
        alike = self.habit.is_centred(first) and self.habit.is_centred(run)
        subhead = run.bold > 0.9 or captions.is_spoken(run.text)
        return alike and not subhead and (run.italic > 0.8) >= (first.italic > 0.8)

    def _following(self, index: int) -> list[Run]:
        """The lines from here to the next picture."""
        found: list[Run] = []
        for number in range(index, len(self.pieces)):
            piece = self.pieces[number]
            if isinstance(piece, Picture):
                break
            found.append(piece)
        return found

    def _line(self, index: int, run: Run) -> None:
        """A line that is under no picture."""
        following = self.pieces[index + 1] if index + 1 < len(self.pieces) else None
        above = self.habit.above and isinstance(following, Picture)
        stray = above or self.habit.is_stray_caption(run, first=self.opens)
        self._without_picture()
        if stray:
            self.early = run.text
        else:
            self.shown.append(run)
            self.opens = False

    def _without_picture(self) -> None:
        """Keep the words of a picture that the page does not show, where there are any."""
        if self.early is not None:
            self.shown.append(Illustration(None, self.early))
            self.early = None


def _cell(run: Run) -> etree._Element:
    """The cell of a table that a line stands in."""
    around = (run.element, *run.element.iterancestors())
    return next((e for e in around if e.tag in ("td", "th")), run.element)
