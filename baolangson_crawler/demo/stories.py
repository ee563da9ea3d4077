"""The stories of a paper, each computed from its number alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from baolangson_crawler.demo import addresses, themes
from baolangson_crawler.demo.papers import DemoPaper, Section
from baolangson_crawler.demo.telling import Teller
from baolangson_crawler.demo.timetable import chance, modified, published
from baolangson_crawler.demo.vocabulary import places, respelt, sentence_case
from baolangson_crawler.items import Block, Credit, Image

# Steps without a common factor with the number of patterns and of their titles: following
# numbers then fall on distant patterns, and no title comes twice.
_PATTERN_STEP = 37
_BLOCK_STEP = 17
_TITLE_STEP = 7919


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """What a list says of a story, and what its text starts from."""

    number: int
    article_id: str
    opening: themes.Opening
    held: Mapping[str, str]
    """What the slots of the title hold."""

    style: int
    """Which spellings the author uses."""

    section: Section
    subsection: Section | None
    title: str
    slug: str
    url: str
    published: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Everything that is true of an article."""

    number: int
    article_id: str
    slug: str
    url: str
    section: Section
    subsection: Section | None
    title: str
    dateline: str | None
    """The mark before the first sentence, in its brackets."""

    lead: str
    lead_in_body: bool
    body: tuple[Block, ...]
    images: tuple[Image, ...]
    thumbnail: str | None
    """What the head declares as ``og:image``; None on the portal."""

    byline: str | None
    byline_raw: str | None
    credit: Credit | None
    tags: tuple[str, ...]
    published: datetime
    modified: datetime | None
    related: tuple[int, ...]
    """Numbers of older stories."""

    alias_urls: tuple[str, ...]
    """Other addresses of the same article; the first is the one that some lists print."""

    @property
    def section_path(self) -> tuple[Section, ...]:
        """Section and subsection."""
        return (self.section, self.subsection) if self.subsection else (self.section,)


def is_seed(paper: DemoPaper, number: int) -> bool:
    """Whether the story is the document that the project began from."""
    return paper.family == "portal" and number == 1


def pattern_of(paper: DemoPaper, number: int) -> tuple[themes.Opening, int]:
    """The title pattern of a story and the index of its title among the pattern's."""
    patterns = themes.openings()
    block, rest = divmod(number, len(patterns))
    opening = patterns[(rest * _PATTERN_STEP + block * _BLOCK_STEP) % len(patterns)]
    if is_seed(paper, number):
        opening = next(o for o in patterns if o.theme == "party")
    start = chance(paper, 0, opening.title)
    capacity = opening.capacity(len(places(paper.family)))
    return opening, (start + block * _TITLE_STEP) % capacity


def section_of(paper: DemoPaper, number: int) -> Section:
    """The main section of a story, without reading the story."""
    return paper.themes[pattern_of(paper, number)[0].theme][0]


@lru_cache(maxsize=64)
def numbers_in(paper: DemoPaper, section: Section) -> tuple[int, ...]:
    """The published stories of a section, newest first."""
    numbers = range(paper.articles, 0, -1)
    return tuple(n for n in numbers if section_of(paper, n) == section)


@lru_cache(maxsize=4096)
def headline(paper: DemoPaper, number: int) -> Headline:
    """What a list says of a story.

    Raises:
        LookupError: the paper has not published a story with this number.
    """
    if not 1 <= number <= paper.articles:
        raise LookupError(f"{paper.key} has stories 1 to {paper.articles}, not {number}.")
    opening, index = pattern_of(paper, number)
    held = themes.numbered(opening, index, places(paper.family))
    style = chance(paper, number, "style") % 4
    title = sentence_case(respelt(held["title"], style))
    if is_seed(paper, number):
        title = themes.seed().title
    section, subsection = paper.themes[opening.theme]
    words = addresses.slug(title)
    identifier = addresses.article_id(paper, number)
    path = addresses.article_path(paper, section, words, identifier)
    return Headline(
        number=number,
        article_id=str(identifier),
        opening=opening,
        held=held,
        style=style,
        section=section,
        subsection=subsection,
        title=title,
        slug=words,
        url=f"http://{paper.host}{path}",
        published=published(paper, number),
    )


@lru_cache(maxsize=512)
def story(paper: DemoPaper, number: int) -> Story:
    """Everything that is true of one article."""
    head = headline(paper, number)
    if is_seed(paper, number):
        return _seed_story(paper, head)
    teller = Teller(paper, number, head.opening, head.held, head.style)
    lead, lead_in_body, body = teller.text()
    images = teller.images(head.slug, body)
    credit = teller.credit()
    byline, byline_raw = teller.byline(credit)
    return _story(
        paper,
        head,
        dateline=teller.dateline(credit),
        lead=lead,
        lead_in_body=lead_in_body,
        body=body,
        images=images,
        byline=byline,
        byline_raw=byline_raw,
        credit=credit,
        tags=teller.tags(),
        related=teller.related(_older(paper, number)),
    )


def _story(paper: DemoPaper, head: Headline, **told: object) -> Story:
    identifier = int(head.article_id)
    thumbnail = addresses.picture(paper, head.number, head.slug, 0)
    return Story(
        number=head.number,
        article_id=head.article_id,
        slug=head.slug,
        url=head.url,
        section=head.section,
        subsection=head.subsection,
        title=head.title,
        thumbnail=None if paper.family == "portal" else thumbnail,
        published=head.published,
        modified=modified(paper, head.number),
        alias_urls=addresses.aliases(paper, head.section, head.slug, identifier),
        **told,  # type: ignore[arg-type]
    )


def _older(paper: DemoPaper, number: int) -> list[int]:
    """Stories of the same section that were published not long before."""
    section = section_of(paper, number)
    recent = range(max(1, number - 60), number)
    return [n for n in recent if section_of(paper, n) == section]


def _seed_story(paper: DemoPaper, head: Headline) -> Story:
    seed = themes.seed()
    picture = Image(
        url=addresses.picture(paper, head.number, head.slug, 1),
        caption=seed.caption,
        position=1,
    )
    return _story(
        paper,
        head,
        dateline=None,
        lead=seed.paragraphs[0],
        lead_in_body=True,
        body=tuple(Block(text=text) for text in seed.paragraphs),
        images=(picture,),
        byline=None,
        byline_raw=None,
        credit=Credit(raw=seed.credit, source="baolangson"),
        tags=(),
        related=(),
    )
