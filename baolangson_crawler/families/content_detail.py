"""The "content-detail" family (Lạng Sơn, Cao Bằng, Hưng Yên, Quảng Ninh): ``/slug-5071654.html``.

The standfirst stands inside the body container, and rests of a client-side template
(``{{…}}``) may stand there too.
"""

from __future__ import annotations

from baolangson_crawler.extraction.page import ArticlePage


class ContentDetailPage(ArticlePage):
    """Layout seen in 2026: ``h1.name``, ``div.date``, ``#content-detail``."""

    layout = "content-detail"
    title_css = "h1.name, .content-article h1, h1"
    section_css = ".breadcrumbs ol.breadcrumb li a, ol.breadcrumb li a"
    lead_css = "#content-detail > h2, #content-detail > .sapo"
    date_css = ".content-article div.date, div.date"
    body_css = "#content-detail"
    noise_css = ".relates, .topics, .social, .print_page, .pseudonym, .block-news-list"
    byline_css = "#content-detail .pseudonym"
    tags_css = ".tags a, .keywords a"
    related_css = ".relates a, .block-news-list a"

    def section(self) -> str | None:
        """The breadcrumb without the link to the home page."""
        names = (super().section() or "").split(" > ")
        return " > ".join(n for n in names if n and n.lower() != "trang chủ") or None

    def visible_date(self) -> str | None:
        """The date before the bracket that holds the number of views or the zone."""
        raw = super().visible_date()
        return raw.split("[")[0].strip() if raw else None
