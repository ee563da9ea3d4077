"""What stands beside the list of a page: its furniture, and boxes of what others read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from lxml import etree

from baolangson_crawler.extraction.document import text_of
from baolangson_crawler.extraction.generic.tree import Tree
from baolangson_crawler.text import fold

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ROLES = frozenset("navigation banner contentinfo complementary search dialog menu menubar".split())
_SECTIONING = ("article", "aside", "nav", "section", "li")
_FURNITURE = re.compile(
    r"menu|nav(?:bar|igation|igator)?s?$|^nav-|breadcr?umb|footer|side-?bar|site-?map|paginat|"
    r"^pag(?:er|ing)$|^(?:hash)?tags?(?:-|$)|tag-?cloud|modal|popup|^banner|^adv?s?(?:-|$)|"
    r"advert|quang-?cao|sponsor|most-?(?:read|view)|(?:doc|xem)-?nhieu|^comments?$|^events?-|"
    r"^(?:site-|main-|page-|top-|w[ar]pper-?)?header(?:-|_|$)|wapperheader",
    re.IGNORECASE,
)
_NOT_ITSELF = re.compile(r"(?:has|have|with|no|not|is|show|hide)[-_]", re.IGNORECASE)
_OF_ITEMS = ("html", "body", "main", "article", "a", "form", *_HEADINGS)

_READ = re.compile(
    r"(?:tin |bai |bai viet )?(?:duoc )?(?:doc|xem|quan tam|binh luan) nhieu(?: .*)?"
    r"|most (?:read|viewed|popular|commented)|video(?: clip)?s?|podcasts?"
    r"|truyen hinh|lien ket(?: trang| website)?"
)
_CHOSEN = re.compile(r"tieu diem|tin tieu diem|tin moi|(?:tin )?moi nhat|tin nong|focus|latest")
_MORE = re.compile(r"xem (?:them|tat ca)|more|see all|tat ca")
_LABEL = 40  # characters of the name of a box
_MOST_LABELS = 50  # of one page; whoever has more of them has other plans
_HEADED = 3  # headlines that make a list of headlines
_COLUMN = re.compile(r"\bcol-(?:xs|sm|md|lg|xl)-(\d+)\b")
_NARROW, _WIDE = 4, 6  # twelfths of the page


def beside(tree: Tree, addresses: Mapping[etree._Element, str]) -> set[etree._Element]:
    """The elements that belong to no list of articles, with all below them.

    Args:
        tree: the page.
        addresses: the links that may be articles', with their addresses.
    """
    marked = {element for element in tree.order if _is_frame(element)}
    outside = tree.below(marked)
    inside = [anchor for anchor in addresses if anchor not in outside]
    headed = _headed(tree, inside)
    held = tree.sums(dict.fromkeys(headed or inside, 1.0))

    def is_most(element: etree._Element) -> bool:
        """Whether it holds more than half of the headlines: then it is named in vain."""
        return held[tree.index[element]] > held[0] / 2

    def is_plain(box: list[etree._Element]) -> bool:
        """Whether it has no headlines and stands beside a list that has some."""
        if headed and any(held[tree.index[element]] for element in box):
            return False
        return len(headed) >= _HEADED or _is_narrow(box[0])

    marked |= {e for e in _furniture(tree) if not is_most(e)}
    outside = tree.below(marked)
    counts = tree.sums(dict.fromkeys(addresses, 1.0))
    for label, read in islice(_labels(tree, outside), _MOST_LABELS):
        if label in marked or _has_tabs((box := _box(label, tree, counts))[0], read):
            continue
        if is_plain(box) or (read and not any(map(is_most, box))):
            marked.update(box)
    return tree.below(marked)


def _is_frame(element: etree._Element) -> bool:
    """Whether HTML itself says that it is no content: menu, frame of the page, side note."""
    if element.tag in ("nav", "aside", "template", "noscript"):
        return True
    if element.get("role") in _ROLES:
        return True
    # a header or footer belongs to the nearest article or section (HTML standard, 4.3.8)
    return (
        element.tag in ("header", "footer")
        and next(element.iterancestors(*_SECTIONING), None) is None
    )


def _furniture(tree: Tree) -> Iterator[etree._Element]:
    """Elements that are named like a menu, a footer or a side column."""
    found: dict[str, list[etree._Element]] = {}
    for element in tree.order:
        name = f"{element.get('id') or ''} {element.get('class') or ''}".strip()
        if name and element.tag not in _OF_ITEMS:
            found.setdefault(name, []).append(element)
    for name, elements in found.items():
        if any(map(_is_furniture, name.split())):
            yield from elements


def _is_furniture(word: str) -> bool:
    return bool(_FURNITURE.search(word)) and not _NOT_ITSELF.match(word)


def _headed(tree: Tree, anchors: list[etree._Element]) -> set[etree._Element]:
    """The links in a heading or around one."""
    headings = {element for element in tree.order if element.tag in _HEADINGS}
    below, around = tree.below(headings), tree.sums(dict.fromkeys(headings, 1.0))
    return {a for a in anchors if a in below or around[tree.index[a]]}


def _is_narrow(element: etree._Element) -> bool:
    """Whether it stands in a column of a grid of twelve that has a much wider one beside it."""
    for column in (element, *element.iterancestors()):
        if (width := _width(column)) and width <= _NARROW:
            beside = (*column.itersiblings(), *column.itersiblings(preceding=True))
            if any((_width(other) or 0) >= _WIDE for other in beside):
                return True
    return False


def _width(element: etree._Element) -> int | None:
    columns = _COLUMN.findall(element.get("class") or "")
    return int(columns[-1]) if columns else None


def _labels(tree: Tree, outside: set[etree._Element]) -> Iterator[tuple[etree._Element, bool]]:
    """The names of boxes; whether what they name is never a list of the newest articles."""
    for element in tree.order:
        words = (element.text or "").strip()
        if words and len(words) <= _LABEL and element not in outside:
            folded = _folded(words)
            if _READ.fullmatch(folded):
                yield element, True
            elif _CHOSEN.fullmatch(folded):
                yield element, False


def _has_tabs(head: etree._Element, read: bool) -> bool:
    """Whether a label is one of several in a row, which switch between lists."""
    return any(
        (words := _folded(text_of(anchor)))
        and not (_READ.fullmatch(words) or _MORE.fullmatch(words))
        and (read or not _CHOSEN.fullmatch(words))
        for anchor in head.iter("a")
    )


def _folded(words: str) -> str:
    return fold(words).strip(" :.»>")


def _box(label: etree._Element, tree: Tree, counts: list[float]) -> list[etree._Element]:
    """What a label is the name of: from it to the next of its kind, within one element.

    Args:
        label: the element with the words.
        tree: the page.
        counts: of each element of the page, the links below it.
    """
    branch = label
    while (parent := branch.getparent()) is not None:
        if counts[tree.index[parent]] > counts[tree.index[branch]]:
            break
        branch = parent
    box = [branch]
    for sibling in branch.itersiblings(etree.Element):
        if (sibling.tag, sibling.get("class")) == (branch.tag, branch.get("class")):
            break
        box.append(sibling)
    return box
