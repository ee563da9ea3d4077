"""Which part of an unknown page is the article, and which of its lines belong to it.

Every line of the page is weighed: prose counts for the element it stands in, links and what the
page itself names as something else (comments, share buttons, related articles) count against it.
trafilatura has a vote on every line. The article is the element with the greatest sum, and
within it stays what has a vote or stands between two lines that have one. What the figures are
with and without the vote is in ``docs/choices``.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from lxml import etree

from baolangson_crawler.extraction import credits
from baolangson_crawler.extraction.body import Run, pieces
from baolangson_crawler.extraction.document import Document
from baolangson_crawler.extraction.generic.naming import is_caption, named
from baolangson_crawler.extraction.generic.tree import Tree
from baolangson_crawler.extraction.generic.votes import squeeze, votes

_PROSE, _SENTENCE = 80, 40  # characters of a line without and with a full stop at its end
_STOPS = tuple(".!?…”\"'")
_LINKED = 0.6  # share of a line that is links, from which it leads elsewhere
_HEADLINE = 0.9  # the same for a line that trafilatura keeps
_AGAINST, _UNVOTED, _SHORT = -0.5, 0.3, -0.1  # what a character of such a line counts

_OFFER = re.compile(
    r"(?:read|also read|read more|more|related|see also|watch|don't miss|follow|click|sign up|"
    r"subscribe|download|listen|like this story|share|have a tip|get the latest|join|published|"
    r"updated|posted|xem thêm|đọc thêm|mời (?:bạn|quý)|theo dõi|tải về|nghe|chia sẻ)\b",
    re.IGNORECASE,
)
# What a page says to its reader among the lines of an article
_SERVICE = re.compile(
    r"(?:khu vực |nội dung )?quảng cáo(?: trong bài| giữa bài| cuối bài)?|advertisements?|"
    r"(?:nghe|đọc|bấm nghe) (?:đọc )?(?:bài|bài viết|bài báo|tin)|giọng đọc(?: (?:nam|nữ))?|"
    r"chia sẻ(?: bài| bài viết| tin)?|in bài(?: viết)?|gửi bài(?: viết)?|cỡ chữ|"
    r"từ khóa|từ khoá|tags?",
    re.IGNORECASE,
)
_KEYWORDS = re.compile(r"(?:từ khóa|từ khoá|tags?)\s*:", re.IGNORECASE)
_ITEM = re.compile(r"(?:[-–—+•*]|\d{1,2}[.)]|[a-zđ][.)])\s")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_DATE_LINE = 60  # characters
_HEADLINE_LENGTH, _TEASER = 25, 500  # characters
_LISTED = 0.66  # linked headlines for each paragraph
_MOSTLY = 0.8  # share of the text
_SAME_SETTING = 0.15  # share of the prose that a way of setting has, to be the article's
_LEAST = 100  # characters of an article, one notice of a commune
_VERSES = 4  # lines of an article that has no line of prose: a poem, a timetable


@dataclass(slots=True)
class Line:
    """A run of the page and what speaks for and against it."""

    run: Run
    voted: bool
    excluded: bool
    """Whether it stands in an element that the page names as something else."""

    @property
    def prose(self) -> bool:
        """Whether it reads like a paragraph."""
        text = self.run.text
        long = len(text) >= _PROSE or (len(text) > _SENTENCE and text.endswith(_STOPS))
        return long and self.run.linked < 0.5

    @property
    def weight(self) -> float:
        """What it counts for the elements around it, in characters."""
        length = len(self.run.text)
        if self.excluded or self.run.linked > _LINKED:
            return _AGAINST * length
        if self.voted:
            return length
        return (_UNVOTED if self.prose else _SHORT) * length


@dataclass(frozen=True, slots=True)
class Content:
    """The article within its page."""

    node: etree._Element
    """The element that holds it."""

    lines: list[Line]
    """Every line of the page in order."""

    kept: range
    """From the first line of the article to behind the last, as numbers of ``lines``."""

    texts: frozenset[tuple[etree._Element, str]]
    """Which lines of the node are the article's: the element and the words."""

    noise: frozenset[etree._Element]
    """Elements within the page that are no part of an article, without those of captions."""

    captions: frozenset[etree._Element]
    """Elements that the page names as captions."""

    entered: frozenset[etree._Element]
    """Elements that are read although their kind is usually left out."""

    by_vote: bool
    """Whether trafilatura found the article too."""


def find(document: Document, title: str | None) -> Content | None:
    """The article of a page; None where nothing on it reads like one."""
    page = document.root.find("body")
    tree = Tree(document.root if page is None else page)
    found = pieces(tree.order[0], "", entered=tree.entered)
    runs = [piece for piece in found if isinstance(piece, Run)]
    voted = votes(document.html if tree.is_ordinary else "")
    lines = [Line(run, run.text in voted, excluded=False) for run in runs]
    never, seldom = named(tree, _prose(lines))
    never_below, seldom_below = tree.below(never), tree.below(seldom)
    for line in lines:
        element = line.run.element
        line.excluded = element in never_below or (element in seldom_below and not line.voted)
    node = _heaviest(tree, lines)
    if node is None:
        return None
    own = tree.below({node})
    inside = [i for i, line in enumerate(lines) if line.run.element in own]
    kept = _not_listed([lines[i] for i in inside], squeeze(title or ""))
    if _length(kept) < _LEAST:
        return None
    members = {id(line) for line in kept}
    numbers = [i for i in inside if id(lines[i]) in members]
    before = lines[: numbers[0]]
    if not any(line.prose for line in kept) and not _is_set_in_lines(kept, before, title):
        return None
    captions = {element for element in never if is_caption(element)}
    voted_below = tree.sums(Counter(line.run.element for line in lines if line.voted))
    unvoted = {element for element in seldom if not voted_below[tree.index[element]]}
    return Content(
        node=node,
        lines=lines,
        kept=range(numbers[0], numbers[-1] + 1),
        texts=frozenset((line.run.element, line.run.text) for line in kept),
        noise=frozenset((never | unvoted) - captions),
        captions=frozenset(tree.below(captions)),
        entered=tree.entered,
        by_vote=any(line.voted for line in kept),
    )


def _is_set_in_lines(kept: list[Line], before: list[Line], title: str | None) -> bool:
    """Whether short lines are an article: trafilatura keeps all, below the printed headline."""
    wanted = squeeze(title or "")
    headed = any(squeeze(line.run.text) == wanted for line in before)
    return headed and len(kept) >= _VERSES and all(line.voted for line in kept)


def _prose(lines: list[Line]) -> Counter[etree._Element]:
    """Characters of prose by element: of what has a vote, if anything has."""
    any_voted = any(line.voted for line in lines)
    prose: Counter[etree._Element] = Counter()
    for line in lines:
        if line.prose and line.voted >= any_voted:
            prose[line.run.element] += len(line.run.text)
    return prose


def _heaviest(tree: Tree, lines: list[Line]) -> etree._Element | None:
    """The element with the greatest sum; of those that hold the same, the innermost."""
    own: dict[etree._Element, float] = {}
    for line in lines:
        own[line.run.element] = own.get(line.run.element, 0.0) + line.weight
    sums = tree.sums(own)
    best = max(range(len(sums)), key=lambda i: (sums[i], i))
    return tree.order[best] if sums[best] > 0 else None


def _length(lines: list[Line]) -> int:
    return sum(len(line.run.text) for line in lines)


def _not_listed(lines: list[Line], title: str) -> list[Line]:
    """The article's lines; none where the node is a list of teasers.

    A list has a linked headline for every teaser, and no text between two that is longer than
    one. An article with lists around it is mostly one such text; what is not is left out.
    """
    kept = _kept(lines, title)
    members = {id(line) for line in kept}
    stretches: list[list[Line]] = [[]]
    for line in lines:
        if id(line) in members:
            stretches[-1].append(line)
        elif line.run.linked > _HEADLINE and len(line.run.text) >= _HEADLINE_LENGTH:
            stretches.append([])
    headlines = len(stretches) - 1
    if headlines < 3 or headlines < _LISTED * sum(line.prose for line in kept):
        return kept
    longest = max(stretches, key=_length)
    if _length(longest) <= _TEASER:
        return []
    return longest if _length(longest) > _MOSTLY * _length(kept) else kept


def _kept(lines: list[Line], title: str) -> list[Line]:
    """The article's lines among those of its node."""
    voted = [line.voted and not line.excluded for line in lines]
    sure = voted if any(voted) else [line.prose and not line.excluded for line in lines]
    if not any(sure):
        return []
    first, last = sure.index(True), len(sure) - 1 - sure[::-1].index(True)
    usual = _usual_settings(lines, sure)
    kept: list[Line] = []
    for i, line in enumerate(lines):
        run = line.run
        if line.excluded or run.tag == "h1" or squeeze(run.text) == title:
            continue
        if line.voted:
            leads_on = run.linked > _HEADLINE
        else:
            inside = first < i < last and not _dates(lines[i - 1], run)
            within = inside or (line.prose and _setting(run) in usual)
            behind = i > last and (_closes(run) or _goes_on(lines[i - 1], run, kept))
            leads_on = run.linked > _LINKED or not (within or behind)
        if not leads_on and not _offers(run) and not _serves(run):
            kept.append(line)
    return _without_margin(kept)


def _setting(run: Run) -> tuple[str, ...]:
    """How a line is set: its element and the one around it, by kind and class."""
    parent = run.element.getparent()
    around = ("", "") if parent is None else (parent.tag, parent.get("class") or "")
    return (run.element.tag, run.element.get("class") or "", *around)


def _usual_settings(lines: list[Line], sure: list[bool]) -> set[tuple[str, ...]]:
    """The settings that carry the article: one column of several, say."""
    prose: Counter[tuple[str, ...]] = Counter()
    for line, is_sure in zip(lines, sure, strict=True):
        if is_sure and line.prose:
            prose[_setting(line.run)] += len(line.run.text)
    return {setting for setting, n in prose.items() if n > _SAME_SETTING * prose.total()}


def _closes(run: Run) -> bool:
    """Whether a line behind the last paragraph is a credit or a byline."""
    return bool(credits.credit(run.text) or credits.byline(run.text, set_apart=run.bold > 0.9))


def _goes_on(before: Line, run: Run, kept: list[Line]) -> bool:
    """Whether a line is the next item of a list that the article ends with."""
    if not kept or kept[-1] is not before or run.linked or not _is_item(run):
        return False
    return before.run.text.endswith(":") or _is_item(before.run)


def _dates(before: Line, run: Run) -> bool:
    """Whether a line is the date of the headline above it, which leads elsewhere."""
    return before.run.linked > _HEADLINE and _is_date_line(run.text)


def _is_item(run: Run) -> bool:
    return run.in_list or _ITEM.match(run.text) is not None


def _serves(run: Run) -> bool:
    """Whether a line is none of the article's: the place of an advertisement, a button's words."""
    text = run.text.strip(" .:…")
    return len(text) < _DATE_LINE and _SERVICE.fullmatch(text) is not None


def _offers(run: Run) -> bool:
    """Whether a line asks the reader to go on elsewhere."""
    if not _OFFER.match(run.text):
        return False
    return run.linked > 0.5 or (len(run.text) < 100 and (run.linked > 0.1 or run.text[-1] in "!:"))


def _without_margin(lines: list[Line]) -> list[Line]:
    """Drop dates and keywords that stand before the first paragraph or behind the last."""
    marginal = [_is_marginal(line.run.text) for line in lines]
    inside = [i for i, line in enumerate(lines) if line.prose and not marginal[i]]
    inside = inside or [i for i in range(len(lines)) if not marginal[i]]
    return [
        line
        for i, line in enumerate(lines)
        if not marginal[i] or (inside and inside[0] < i < inside[-1])
    ]


def _is_marginal(text: str) -> bool:
    return _is_date_line(text) or _KEYWORDS.match(text) is not None


def _is_date_line(text: str) -> bool:
    return len(text) < _DATE_LINE and not text.endswith(".") and _YEAR.search(text) is not None
