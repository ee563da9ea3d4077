"""Pages marked up with schema.org's ``NewsArticle``, for papers of which nothing else is known.

The names are the standard's (https://schema.org/NewsArticle), not those of one system.
"""

from __future__ import annotations

from collections.abc import Iterator

from baolangson_crawler.extraction.page import ArticlePage
from baolangson_crawler.items import PrintedDate


class SchemaOrgPage(ArticlePage):
    """Microdata: the text is the element with ``itemprop="articleBody"``."""

    layout = "schema-org"
    title_css = "h1[itemprop='headline'], h1"
    section_css = ".breadcrumb a"
    lead_css = "[itemprop='description'], .sapo"
    date_css = "[itemprop='datePublished'], .date"
    body_css = "[itemprop='articleBody']"
    noise_css = "h1, .social, .share, .related, .box-related, .tags, .comment"
    byline_css = "[itemprop='author']"
    tags_css = "[itemprop='keywords'] a, .tags a"
    related_css = ".box-related a, .related a"

    def printed_dates(self) -> Iterator[PrintedDate]:
        """The usual statements, and the attribute of the element that shows the date."""
        yield from super().printed_dates()
        for element in self.document.all("[itemprop='datePublished']"):
            if raw := element.get("datetime"):
                yield PrintedDate(raw=raw, source="time")
                return
