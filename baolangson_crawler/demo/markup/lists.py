"""What stands in which list, and under which address. Knows no markup."""

from __future__ import annotations

from datetime import datetime

from baolangson_crawler.demo import addresses
from baolangson_crawler.demo.papers import DemoPaper, Section
from baolangson_crawler.demo.stories import Headline, headline, numbers_in
from baolangson_crawler.demo.timetable import VIETNAM, first_since

PAGE_SIZE = {"portal": 10, "fck": 16, "zce": 20}
_EVERY = 5


def has_alias_in_lists(number: int) -> bool:
    """Whether some list prints another address than the article's own."""
    return number % _EVERY == 0


def alias(paper: DemoPaper, head: Headline) -> str:
    """The other address that lists print."""
    words, identifier = head.slug, int(head.article_id)
    return addresses.aliases(paper, head.section, words, identifier)[0]


def either(paper: DemoPaper, head: Headline) -> str:
    """The address that a careless list prints: for one story in five not the right one."""
    return alias(paper, head) if has_alias_in_lists(head.number) else head.url


def latest(paper: DemoPaper, count: int) -> list[Headline]:
    """The newest stories."""
    numbers = range(paper.articles, max(0, paper.articles - count), -1)
    return [headline(paper, number) for number in numbers]


def latest_in(paper: DemoPaper, section: Section, count: int) -> list[Headline]:
    """The newest stories of a section."""
    return [headline(paper, n) for n in numbers_in(paper, section)[:count]]


def listed(paper: DemoPaper, section: Section) -> tuple[int, ...]:
    """The stories that a section's pages list, newest first.

    The portal lists one story in five in the next section too, under that section's address.
    """
    own = numbers_in(paper, section)
    if paper.family != "portal":
        return own
    previous = paper.sections[paper.sections.index(section) - 1]
    borrowed = [n for n in numbers_in(paper, previous) if has_alias_in_lists(n)]
    return tuple(sorted((*own, *borrowed), reverse=True))


def page_count(paper: DemoPaper, section: Section) -> int:
    """How many pages a section's list has."""
    return max(1, -(-len(listed(paper, section)) // PAGE_SIZE[paper.family]))


def page(paper: DemoPaper, section: Section, number: int) -> list[tuple[Headline, str]]:
    """The entries of one page of a section with the addresses that it prints."""
    size = PAGE_SIZE[paper.family]
    numbers = listed(paper, section)[(number - 1) * size : number * size]
    heads = [headline(paper, n) for n in numbers]
    return [(head, _printed(paper, section, head)) for head in heads]


def year_page(paper: DemoPaper, year: int, number: int) -> tuple[list[tuple[Headline, str]], int]:
    """The entries of one page of a year, newest first, and how many pages it has."""
    start, end = (first_since(paper, datetime(y, 1, 1, tzinfo=VIETNAM)) for y in (year, year + 1))
    numbers = range(end - 1, start - 1, -1)
    size = PAGE_SIZE[paper.family]
    heads = [headline(paper, n) for n in numbers[(number - 1) * size : number * size]]
    return [(head, head.url) for head in heads], -(-len(numbers) // size)


def _printed(paper: DemoPaper, section: Section, head: Headline) -> str:
    if paper.family == "portal":
        return head.url if head.section == section else alias(paper, head)
    return either(paper, head) if paper.family == "fck" else head.url


def thumbnail(paper: DemoPaper, head: Headline) -> str:
    """The small picture beside a headline."""
    return addresses.picture(paper, head.number, head.slug, 0)
