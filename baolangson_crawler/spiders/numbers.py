"""The answer to a number: the article of that number, or something else in its place."""

from __future__ import annotations

from dataclasses import replace

from scrapy.http import Response, TextResponse

from baolangson_crawler.backfilling import NO_ARTICLE, BackfillVisit, is_by_number, miss
from baolangson_crawler.extraction.document import Document
from baolangson_crawler.items import Link, Visit
from baolangson_crawler.sites.base import Site
from baolangson_crawler.spiders.responses import decoded


def judged(site: Site, visit: Visit, response: Response | None) -> BackfillVisit:
    """The visit to an article; without it where the address was made of a number of no article."""
    if visit.kind != "article" or not is_by_number(site, visit.url):
        return BackfillVisit.of(visit)
    answered = response.url if response is not None else visit.url
    declared = None
    if visit.article and isinstance(response, TextResponse):
        declared = Document(decoded(response)[0], answered).canonical_link
    is_miss = miss(
        site,
        visit.url,
        answered,
        failure=visit.failure,
        refusal=visit.refusal,
        declared=declared,
    )
    if not is_miss:
        return BackfillVisit.of(visit, by_number=True)
    # that something came is kept, not thousands of 404 pages
    capture = replace(visit.capture, body=b"") if visit.capture else None
    missed = replace(visit, article=None, refusal=None, failure=NO_ARTICLE, kind="number")
    links = _others(site, visit.url, answered)
    return BackfillVisit.of(missed, by_number=True, links=links, capture=capture)


def _others(site: Site, asked: str, answered: str) -> tuple[Link, ...]:
    """Another article to which a number led: it is one, though not of this number."""
    key = site.key_of(answered)
    return (Link(url=answered),) if key and key != site.key_of(asked) else ()
