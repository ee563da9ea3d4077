"""The addresses of a paper's articles and pictures, and the way back from an address."""

from __future__ import annotations

import re

from baolangson_crawler.demo.papers import DemoPaper, Section
from baolangson_crawler.demo.timetable import chance, published
from baolangson_crawler.text import fold

_FIRST_ID = {"portal": 4100, "fck": 180_000, "zce": 870_000}
_ARTICLE = {
    "portal": re.compile(r"/(?P<section>[a-z0-9-]+)/(?P<slug>[a-z0-9-]+)-(?P<id>\d+)\.html"),
    "fck": re.compile(r"/(?P<slug>[a-z0-9-]+)-a(?P<id>\d+)\.html"),
    "zce": re.compile(r"/(?P<slug>[a-z0-9-]+)-post(?P<id>\d+)\.html"),
}
_LONGEST_SLUG = 100


def slug(title: str) -> str:
    """The title as it stands in an address."""
    words = re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")
    return words[:_LONGEST_SLUG].rstrip("-")


def article_id(paper: DemoPaper, number: int) -> int:
    """The paper's own number for a story; ids rise with gaps."""
    return _FIRST_ID[paper.family] + 3 * number + chance(paper, number, "id") % 3


def number_of(paper: DemoPaper, identifier: int) -> int | None:
    """The story that has this id; None where none published has it."""
    number = (identifier - _FIRST_ID[paper.family]) // 3
    known = 1 <= number <= paper.articles and article_id(paper, number) == identifier
    return number if known else None


def article_path(paper: DemoPaper, section: Section, words: str, identifier: int) -> str:
    """The path of an article."""
    if paper.family == "portal":
        return f"/{section.slug}/{words}-{identifier}.html"
    return f"/{words}-{'a' if paper.family == 'fck' else 'post'}{identifier}.html"


def parsed(paper: DemoPaper, path: str) -> tuple[int, str, str | None] | None:
    """Number, slug and section slug that a path names; None where it is no article's."""
    match = _ARTICLE[paper.family].fullmatch(path)
    number = number_of(paper, int(match["id"])) if match else None
    if not match or number is None:
        return None
    return number, match["slug"], match.groupdict().get("section")


def aliases(paper: DemoPaper, section: Section, words: str, identifier: int) -> tuple[str, ...]:
    """Other addresses of an article; the first is the one that some lists print."""
    path = article_path(paper, section, words, identifier)
    host = f"http://{paper.host}"
    if paper.family == "portal":
        other = paper.sections[(paper.sections.index(section) + 1) % len(paper.sections)]
        first = article_path(paper, other, words, identifier)
        tracked = f"{path}?utm_source=zalo&utm_medium=social"
    else:
        old = "-".join(words.split("-")[:5])
        first = article_path(paper, section, old, identifier)
        fbclid = f"fbclid=IwAR{chance(paper, identifier, 'fbclid'):x}"
        tracked = f"{path}?{'utm_source=facebook' if paper.family == 'fck' else fbclid}"
    return host + first, host + tracked, f"http://www.{paper.host}{path}"


def picture(paper: DemoPaper, number: int, words: str, index: int) -> str:
    """The address of a picture of the body; index 0 is the thumbnail."""
    moment = published(paper, number)
    identifier = article_id(paper, number)
    ending = "png" if chance(paper, number, f"picture {index}") % 9 == 0 else "jpg"
    if paper.family == "portal":
        path = f"uploads/{moment:%Y/%m}/{identifier}-{index}.{ending}"
    elif paper.family == "zce":
        folder = f"{chance(paper, number, f'folder {index}'):012x}" * 5
        path = f"images/{folder}/{identifier}_{words[:24].strip('-')}-{index}.{ending}"
    elif index == 0:
        path = f"image/news/{moment:%Y/%Y%m%d}/thumbnail/470x300/{identifier}.{ending}"
    else:
        path = f"image/fckeditor/upload/{moment:%Y/%Y%m%d}/images/{identifier}-{index}.{ending}"
    return f"http://{paper.host}/{path}"
