"""From the text of a page to an article ready for the archive: the stages in their order.

The crawl runs the same stages as pipelines; whoever has a page and no crawl calls `read`.
"""

from __future__ import annotations

from datetime import datetime

from baolangson_crawler.cleaning import clean
from baolangson_crawler.dating import date
from baolangson_crawler.items import Article
from baolangson_crawler.sites.base import Site


def read(
    site: Site, html: str, url: str, fetched_at: datetime, asked: Site | None = None
) -> Article:
    """The article on a page, cleaned, dated and attributed.

    Args:
        site: the paper whose page it is.
        html: the text of the page, decoded.
        url: its address.
        fetched_at: when it was received; a date after it is no date.
        asked: the paper whose address was asked for, where it led to this one.

    Raises:
        PageRefused: the page is no article; ``reason`` and ``detail`` of the error say why.
    """
    return finish(site, site.extract(html, url), fetched_at, asked)


def finish(
    site: Site, article: Article, fetched_at: datetime, asked: Site | None = None
) -> Article:
    """An article as it was extracted, cleaned, dated and attributed; arguments as of `read`."""
    return site.attributed(date(clean(article), fetched_at), asked)
