"""What a perfect crawler stores for each story, after cleaning and dating."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from baolangson_crawler import urls
from baolangson_crawler.demo.papers import DemoPaper
from baolangson_crawler.demo.stories import Story, headline, story
from baolangson_crawler.items import Article, Link, Moment


def expected_article(paper: DemoPaper, told: Story) -> Article:
    """The article that belongs to a story.

    ``printed_dates`` is left empty, and of a moment only ``at`` is meant.
    """
    heads = [headline(paper, number) for number in told.related]
    return Article(
        url=told.url,
        canonical_url=urls.canonical(told.url),
        site=paper.key,
        article_id=told.article_id,
        section=" > ".join(section.name for section in told.section_path),
        title=told.title,
        dateline=told.dateline,
        lead=told.lead,
        lead_in_body=told.lead_in_body,
        body=told.body,
        images=told.images,
        byline=told.byline,
        byline_raw=told.byline_raw,
        credit=told.credit,
        tags=told.tags,
        related=tuple(Link(url=head.url, title=head.title) for head in heads),
        published=_moment(told.published),
        modified=_moment(told.modified) if told.modified else None,
        layout=paper.family,
    )


def expected_articles(paper: DemoPaper) -> Iterator[Article]:
    """The articles of a whole paper, oldest first."""
    for number in range(1, paper.articles + 1):
        yield expected_article(paper, story(paper, number))


def _moment(at: datetime) -> Moment:
    return Moment(at=at, raw=at.isoformat(), method="expected", confidence=1.0)
