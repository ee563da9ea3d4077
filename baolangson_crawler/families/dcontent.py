"""The "dcontent" family (Thanh Hóa, Phú Thọ): ``/slug-259355.htm``.

Title and standfirst may stand inside the body container. Part of the articles arrive encrypted
and are decoded by the page's own script; nothing here decodes them.
"""

from __future__ import annotations

from baolangson_crawler.extraction.page import ArticlePage


class DcontentPage(ArticlePage):
    """Layout of 2026: ``h1.pTitle``, ``p.pHead``, ``#dcontent`` (selectors of public code).

    The classes of the date are those of code of 2020 and 2026; the names of breadcrumb, author
    and tags are guesses.
    """

    layout = "dcontent"
    title_css = "h1.pTitle"
    section_css = ".breadcrumb a, .pCate a"
    lead_css = "p.pHead, div.article__sapo"
    date_css = ".pDate, .pdate, .stime, .date-detail, .date_news, .pt-post-detail__time"
    body_css = "#dcontent"
    noise_css = "h1.pTitle, p.pHead, div.article__sapo, .box-content, .content-list"
    byline_css = ".pAuthor"
    tags_css = ".pTags a, .article__tags a"
    related_css = ".content-list a, .box-content a, .pRelated a"

    def title(self) -> str | None:
        """The headline; pages before the present look have it in an ``h1`` without a class."""
        return super().title() or self.document.text("h1")
