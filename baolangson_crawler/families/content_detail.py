"""The "content-detail" family (Lạng Sơn, Cao Bằng, Hưng Yên, Quảng Ninh): ``/slug-5071654.html``.

The standfirst stands inside the body container, as a heading (Lạng Sơn) or as a first paragraph
in bold (Cao Bằng); so do the pen name, boxes of other articles, and rests of a client-side
template (``{{…}}``). The selectors are those of public crawler code of 2026.
"""

from __future__ import annotations

from baolangson_crawler.extraction.page import ArticlePage

ARTICLE_URL = r"^/[^/?]+-(?P<id>\d+)\.html$"
"""One level, whatever the section; the case of the slug is as the editor typed it."""

LINKS = "article a, h2 a, h3 a, .card-title a"
"""The headlines of a section page."""


class ContentDetailPage(ArticlePage):
    """Article and video page: ``h1.name``, ``div.date``, ``#content-detail``."""

    layout = "content-detail"
    title_css = "h1.name, .content-article h1, h1"
    section_css = ".breadcrumbs ol.breadcrumb li a, ol.breadcrumb li a"
    lead_css = "#content-detail > h2, #content-detail > div > h2, #content-detail > .sapo"
    bold_lead = True
    date_css = ".content-article div.date, div.date, p.post-date"  # the last one: 2020
    body_css = "#content-detail"
    noise_css = (
        "h1, div.date, .pseudonym, .relates, .topics, .social, .print_page, .block-news-list, "
        ".related-news, .news-related__list, .bottom-right-ads, .video-js, .tags, .keywords"
    )
    byline_css = ".content-article .pseudonym, #content-detail .pseudonym"
    tags_css = ".tags a, .keywords a"
    related_css = (
        ".relates a, .related-news a, .news-related__list a, "
        ".content-article .block-news-list a, #content-detail .block-news-list a"
    )

    def visible_date(self) -> str | None:
        """The date before the bracket that holds the number of views or the zone."""
        raw = super().visible_date()
        return raw.split("[")[0].strip() if raw else None


class ContentGalleryPage(ContentDetailPage):
    """Picture story: the same frame around ``div.detail.auto-gallery``."""

    layout = "content-gallery"
    lead_css = ".auto-gallery > h2, .content-article .detail > h2, .content-article > .sapo"
    body_css = "div.detail.auto-gallery, .content-article .detail"
