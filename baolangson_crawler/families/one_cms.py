"""The OneCMS family of 1CDN (Hà Nội, Hải Phòng, Đà Nẵng, Nghệ An …): ``/slug-554711.html``.

Marks: pictures from ``*.1cdn.vn``, ``.c-news-detail .b-maincontent .entry``, ``.block-sc-…``.
The text box repeats section, title and byline; the selectors come from public code of 2026.
"""

from __future__ import annotations

from baolangson_crawler.extraction.body import picture_url
from baolangson_crawler.extraction.credits import Byline
from baolangson_crawler.extraction.page import ArticlePage
from baolangson_crawler.items import Image


class OneCmsPage(ArticlePage):
    """Layout from 2023 on, news and longform alike: ``.sc-longform-header`` above the text."""

    layout = "onecms"
    title_css = (
        "h1.sc-longform-header-title, h1.block-sc-title, "
        ".c-news-detail h1:not(.c-detail-head__title)"
    )
    section_css = "ol.breadcrumb li a, .block-sc-cate-name"
    lead_css = ".sc-longform-header-sapo, .block-sc-sapo"
    date_css = ".block-sc-publish-time, .sc-longform-header-date"
    body_css = ".b-maincontent .entry, article.entry, .c-news-detail .entry, .b-maincontent"
    noise_css = (
        ".sc-longform-header, .sc-longform-header-meta, .block-sc-cate-name, .block-sc-title, "
        ".sc-empty-layer, .c-box, .c-tag, .c-widget-tags, .sc-related-articles, .c-news-related, "
        ".c-sticky-share, .c-sticky-mobile, .c-powered"
    )
    byline_css = ".block-sc-author, .sc-longform-header-author"
    tags_css = ".onecms__tags a"
    related_css = ".b-maincontent .c-box a, .sc-related-articles a, .c-news-related a"
    cover_css = ".sc-longform-header img"

    def section(self) -> str | None:
        """The breadcrumb, of which the text box repeats the last name."""
        names = (super().section() or "").split(" > ")
        return " > ".join(dict.fromkeys(names)) or None

    def byline(self) -> Byline | None:
        """The author, who stands in one line with the date: ``"AN BÌNH • 17/06/2026"``."""
        found = super().byline()
        if found is None:
            return None
        name, raw = (words.split("•")[0].strip() for words in (found.name, found.raw))
        return Byline(name=name, raw=raw) if name else None

    def images(self) -> tuple[Image, ...]:
        """The picture behind the title of a longform, then those of the text."""
        covers = (picture_url(e, self.document.base_url) for e in self.document.all(self.cover_css))
        behind = (Image(url=url) for url in dict.fromkeys(covers) if url)
        return (*behind, *self.parts.images) or super().images()


class OneCmsHeadPage(OneCmsPage):
    """Layout until 2024: ``.c-detail-head`` above the text, ``h2.desc`` as standfirst."""

    layout = "onecms-head"
    title_css = "h1.c-detail-head__title"
    section_css = "ol.breadcrumb li a, .c-detail-head__cat"
    lead_css = "h2.desc"
    bold_lead = True
    date_css = "span.c-detail-head__time"
    body_css = ".b-maincontent .entry, article.entry, .content-main-normal, .b-maincontent"
    byline_css = ".c-detail-head__author"
