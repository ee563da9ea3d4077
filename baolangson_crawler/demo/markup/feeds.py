"""Feeds and sitemaps: the lists that are made for machines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from baolangson_crawler.demo.markup import lists
from baolangson_crawler.demo.markup.parts import text
from baolangson_crawler.demo.papers import DemoPaper, Section
from baolangson_crawler.demo.stories import Headline, headline, story
from baolangson_crawler.demo.timetable import VIETNAM, first_since, modified, published, rfc_822

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
_SITEMAPS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def section_feed(paper: DemoPaper, section: Section) -> str:
    """The latest twenty of a section; the zone of its dates is written as ``GMT+7``."""
    title = f"{section.name} - {paper.name}"
    return _rss(paper, title, lists.latest_in(paper, section, 20), "GMT+7")


def home_feed(paper: DemoPaper) -> str:
    """The latest thirty of the paper."""
    return _rss(paper, paper.name, lists.latest(paper, 30), "+0700")


def _rss(paper: DemoPaper, title: str, heads: Iterable[Headline], zone: str) -> str:
    entries = "\n".join(
        f"<item><title>{text(head.title)}</title><link>{head.url}</link>"
        f"<description>{text(story(paper, head.number).lead)}</description>"
        f"<pubDate>{rfc_822(head.published, zone)}</pubDate>"
        f'<guid isPermaLink="true">{head.url}</guid></item>'
        for head in heads
    )
    return f"""{_DECLARATION}
<rss version="2.0">
<channel>
<title>{text(title)}</title>
<link>{paper.home}</link>
<description>{text(title)}</description>
<language>vi</language>
{entries}
</channel>
</rss>
"""


def _months(paper: DemoPaper) -> list[tuple[int, int]]:
    """Every month from the newest story back to the oldest."""
    newest, oldest = published(paper, paper.articles), published(paper, 1)
    last, first = (m.year * 12 + m.month - 1 for m in (newest, oldest))
    return [(n // 12, n % 12 + 1) for n in range(last, first - 1, -1)]


def month_numbers(paper: DemoPaper, year: int, month: int) -> range:
    """The stories of a month, oldest first."""
    start = datetime(year, month, 1, tzinfo=VIETNAM)
    end = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=VIETNAM)
    return range(first_since(paper, start), first_since(paper, end))


def _changed(paper: DemoPaper, number: int) -> datetime:
    return modified(paper, number) or published(paper, number)


def sitemap_index(paper: DemoPaper) -> str:
    """The list of the monthly sitemaps."""
    entries = []
    for year, month in _months(paper):
        if numbers := month_numbers(paper, year, month):
            changed = max(_changed(paper, n) for n in numbers[-12:])
            entries.append(
                f"<sitemap><loc>{paper.home}sitemaps/news-{year}-{month}.xml</loc>"
                f"<lastmod>{changed.isoformat()}</lastmod></sitemap>"
            )
    rows = "\n".join(entries)
    return f"{_DECLARATION}\n<sitemapindex {_SITEMAPS}>\n{rows}\n</sitemapindex>\n"


def month_sitemap(paper: DemoPaper, year: int, month: int) -> str | None:
    """The stories of one month; one in five under the address that it had before."""
    numbers = month_numbers(paper, year, month)
    if not numbers:
        return None
    rows = "\n".join(
        f"<url><loc>{lists.either(paper, headline(paper, n))}</loc>"
        f"<lastmod>{_changed(paper, n).isoformat()}</lastmod>"
        "<changefreq>daily</changefreq><priority>0.8</priority></url>"
        for n in reversed(numbers)
    )
    return f"{_DECLARATION}\n<urlset {_SITEMAPS}>\n{rows}\n</urlset>\n"
