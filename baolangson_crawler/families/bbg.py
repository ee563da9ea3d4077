"""The "bbg" family (Bắc Giang, whose system Bắc Ninh took over): ``/slug-postid413098.bbg``."""

from __future__ import annotations

import re

from baolangson_crawler.extraction.page import ArticlePage
from baolangson_crawler.text import normalise

_DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")


class BbgPage(ArticlePage):
    """Layout of 2026: ``.news-details__content.link_content`` (selectors of public code).

    The names of author and tags are guesses.
    """

    layout = "bbg"
    title_css = "h1"
    section_css = "a.post-meta"
    lead_css = "div.news_detail_sapo"
    date_css = ".news-detail__head"
    body_css = ".news-details__content.link_content"
    noise_css = ".news_detail_sapo, .news-related__list"
    byline_css = ".news-detail__author"
    tags_css = ".news-detail__tags a"
    related_css = ".news-related__list a"

    def visible_date(self) -> str | None:
        """The piece of the head that states a day; section and share buttons stand there too."""
        head = self.document.first(self.date_css)
        pieces = (normalise(text) for text in head.itertext()) if head is not None else ()
        return next((piece for piece in pieces if _DAY.search(piece)), None)


class ArticleContentPage(ArticlePage):
    """Layout of 2020 of Bắc Giang: ``div.ArticleContent`` with ``p.alead`` (public code of 2020).

    All other names are guesses.
    """

    layout = "bbg-2020"
    title_css = "h1"
    section_css = ".breadcrumb a"
    lead_css = "p.alead"
    date_css = ".ArticleDate, .date"
    body_css = "div.ArticleContent"
    noise_css = ".ArticleTags, .ArticleRelated"
    tags_css = ".ArticleTags a"
    related_css = ".ArticleRelated a"
