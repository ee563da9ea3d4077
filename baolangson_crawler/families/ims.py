"""The "ims" family (Hòa Bình, Yên Bái, both absorbed in 2025): ``/12/185364/Tieu-de-bai.htm``.

Its mark are pictures on a host of their own: ``ims.<paper>/NewsImg/8_2021/216211_ten-anh.jpg``.
"""

from __future__ import annotations

from baolangson_crawler.extraction.page import ArticlePage


class ImsPage(ArticlePage):
    """Layout of 2020: ``div.post.clearfix`` or ``div.singlepage``, standfirst ``.summary``.

    Body and standfirst are selectors of public code of 2020, which knew no element for the date:
    a page may print none. All other names are guesses.
    """

    layout = "ims"
    title_css = ".post h1, .singlepage h1, h1.title, h1.news-title"
    section_css = ".breadcrumb a"
    lead_css = ".post .summary, .singlepage .summary, p.summary, div.summary"
    date_css = ".post .date, .singlepage .date, .post-meta, .post-date"
    body_css = "div.post.clearfix, div.singlepage"
    noise_css = "h1, .breadcrumb, .date, .post-meta, .post-date, .share, .tags, .related"
    tags_css = ".tags a"
    related_css = ".related a"
