"""The provincial Party portal: section, title, date, indented paragraphs, ``Nguồn: …`` at the end.

These portals mostly reprint; they state no machine-readable date, and indent with no-break spaces.
"""

from __future__ import annotations

from baolangson_crawler.extraction.page import ArticlePage


class PortalPage(ArticlePage):
    """Layout of 2020: ``#module-news-detail`` with ``.news-content``."""

    layout = "portal"
    title_css = "#module-news-detail h1.news-title"
    section_css = "#module-news-detail .breadcrumb a"
    lead_css = "#module-news-detail .news-lead"
    date_css = "#module-news-detail .news-date"
    body_css = "#module-news-detail .news-content"
    related_css = "#module-news-detail .news-related li a"
