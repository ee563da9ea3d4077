"""The end of a text: who wrote it, whom it was taken from, and the notes behind that."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from baolangson_crawler.extraction import captions, credits
from baolangson_crawler.extraction.body import SUBHEADS, Picture, Run
from baolangson_crawler.extraction.credits import Byline
from baolangson_crawler.extraction.illustrations import Illustration
from baolangson_crawler.extraction.offers import is_headline
from baolangson_crawler.items import Credit, Link

_CLASS = re.compile(r"author|tac-?gia|pseudonym|signature|byline|(?:^|\s)t1\b", re.IGNORECASE)
_NOTE = re.compile(
    r"^(?:\(?\*|[(\[].*[)\]]\.?$|\W+$|(?:bài|kỳ|phần)\s+(?:\d|cuối|kết|tiếp)|ghi chú\b|lưu ý\b)",
    re.IGNORECASE,
)
# "Việt Nam - Thái Lan", "Ông Trần Bình" as the last of a list
_NO_PLAIN_NAME = re.compile(r"\s[-–—]\s|^(?:Ông|Bà)\b")
_INITIALS = re.compile(r"^(?:PV|CTV|BBT|(?:\w\.\s?){1,3}\w?\.?)$")
_ENDS_SENTENCE = (".", "!", "?", "…", "”", '"', "»", ")")
_LINES = 12  # at the end of a text that may be byline, credit, notes and links
_NOTES = 4  # lines behind a signature
_NOTE_LENGTH = 200  # characters
_PLAIN = 40  # characters of a signature that nothing sets apart

_P = TypeVar("_P", Run | Picture, Run | Illustration)


@dataclass(slots=True)
class Edge:
    """What the end of a text says of it."""

    byline: Byline | None = None
    credit: Credit | None = None
    related: list[Link] = field(default_factory=list)
    """The articles that are offered behind the signature."""


def without_edge(pieces: list[_P], edge: Edge) -> list[_P]:
    """The pieces without byline and credit at their end, which are added to the edge.

    The taking stops at the first line that is neither, so that no paragraph is skipped over;
    a few notes may stand behind a signature, and stay in the text.
    """
    return _Taking(pieces, edge).take()


class _Taking(Generic[_P]):
    def __init__(self, pieces: list[_P], edge: Edge) -> None:
        self.kept: list[_P] = list(pieces)
        self.edge = edge
        self.passed: list[int] = []  # the lines passed over, last one first

    def take(self) -> list[_P]:
        index = self._before(len(self.kept))
        notes = 0
        for _ in range(_LINES):
            if index < 0:
                break
            run = self.kept[index]
            assert isinstance(run, Run)
            if self._says_who(run, index):
                del self.kept[index]
                self.passed = [number - 1 for number in self.passed]
            elif _is_offer(run) or (notes < _NOTES and _is_note(run)):
                self.passed.append(index)
                notes += not _is_offer(run)
            else:
                break
            index = self._before(index)
        return self.kept

    def _before(self, index: int) -> int:
        """The number of the line before a piece; -1 where there is none."""
        index -= 1
        while index >= 0 and not isinstance(self.kept[index], Run):
            index -= 1
        return index

    def _says_who(self, run: Run, index: int) -> bool:
        """Whether a line is credit, byline or says who took the pictures, and is to be taken."""
        edge, cut = self.edge, False
        if edge.credit is None and (tail := credits.credit_at_end(run.text)):
            run.text, edge.credit = tail
            cut = not run.text.endswith(_ENDS_SENTENCE)
        if edge.credit is None and (found := credits.credit(run.text)):
            edge.credit = found
            return True
        if byline := self._byline(run, index, cut=cut):
            if edge.byline is None or edge.byline.of_others:
                edge.byline = byline
                self._take_links()
                return True
            return byline.of_others
        under_picture = index > 0 and isinstance(self.kept[index - 1], Picture | Illustration)
        return captions.is_credit_line(run.text) and run.text[-1] != "." and not under_picture

    def _byline(self, run: Run, index: int, *, cut: bool) -> Byline | None:
        """The author that a line at the edge names; a text's only line is no signature."""
        if len(run.text) > credits.LONGEST:
            return None
        number = self._before(index)
        before = self.kept[number] if number >= 0 else None
        if not isinstance(before, Run):
            return credits.byline(run.text, set_apart=False)
        if _names_signature(run) and not _names_signature(before):
            return credits.signature(run.text)
        ends = before.text.endswith(_ENDS_SENTENCE)
        under_picture = isinstance(self.kept[index - 1], Picture | Illustration)
        bold = run.bold > 0.9 and run.tag not in SUBHEADS and not run.text.isupper()
        set_apart = (
            cut
            or run.align == "right"
            or bool(_CLASS.search(run.classes))
            or (bold and (ends or "," not in run.text))  # else the last line of a list of names
            or (
                ends
                and not self.passed
                and not under_picture
                and index == len(self.kept) - 1
                and _may_be_signed(self.kept[index - 1])
                and _may_be_plain_name(run)
            )
        )
        return credits.byline(run.text, set_apart=set_apart)

    def _take_links(self) -> None:
        """Take the links to articles that stand behind the signature."""
        for number in self.passed:  # from the last to the first, so that the numbers stay right
            run = self.kept[number]
            assert isinstance(run, Run)
            if _is_offer(run) or not any(map(str.isalnum, run.text)):
                self.edge.related[:0] = run.links
                del self.kept[number]
        self.passed = []


def _names_signature(run: Run) -> bool:
    """Whether the page calls an element a signature: that of the line or the one around it."""
    parent = run.element.getparent()
    names = (e.get("class") for e in (run.element, parent) if e is not None)
    return any(name and _CLASS.search(name) for name in names)


def _may_be_plain_name(run: Run) -> bool:
    """Whether a last line that nothing sets apart is short enough and no part of a list."""
    text = run.text
    if len(text) > _PLAIN or run.in_list or run.in_table or run.linked or run.tag in SUBHEADS:
        return False
    if captions.is_spoken(text):  # an item of a list
        return False
    if _INITIALS.match(text):
        return True
    ends = text.endswith((".", "!", "?", ":", "…"))
    return " " in text and not ends and not _NO_PLAIN_NAME.search(text)


def _may_be_signed(piece: object) -> bool:
    """Whether a line is a paragraph that a signature may follow, not a question or an item."""
    return isinstance(piece, Run) and len(piece.text) >= _PLAIN and not piece.text.endswith("?")


def _is_note(run: Run) -> bool:
    """Whether a line may stand behind a signature."""
    return len(run.text) <= _NOTE_LENGTH and bool(_NOTE.match(run.text))


def _is_offer(run: Run) -> bool:
    """Whether a line offers other articles, which behind a signature needs no heading."""
    return bool(run.links) and is_headline(run)
