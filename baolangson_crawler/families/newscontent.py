"""The "newscontent" family (Bạc Liêu, Kiên Giang, Kon Tum, Đắk Nông): ``/xa-hoi/slug-48330.html``.

Four papers absorbed in 2025; pictures lie under ``/uploads/image/2023/05/07/``.
"""

from __future__ import annotations

from baolangson_crawler.extraction.page import ArticlePage


class NewscontentPage(ArticlePage):
    """Layout of 2020: ``.newscontent`` with ``p.text-intro`` (selectors of public code of 2020).

    Read from top to bottom a page is: section, title, ``30/06/2025 08:54``, standfirst, text. The
    names of breadcrumb, author, tags and related links are guesses.
    """

    layout = "newscontent"
    title_css = "h1"
    section_css = ".breadcrumb a, .cate-title a"
    lead_css = "p.text-intro, .text-intro"
    date_css = "div.date, .date-contentL, .date"
    body_css = "div.newscontent"
    noise_css = "h1, .date, .breadcrumb, .share, .box-tags, .box-related"
    byline_css = ".newsauthor"
    tags_css = ".box-tags a"
    related_css = ".box-related a"
