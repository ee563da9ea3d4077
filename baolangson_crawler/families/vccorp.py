"""The VCCorp family (mediacdn.vn; broadcasters, ministries, national papers): ``/slug-<id>.htm``.

An id of 15 to 18 digits ends with the time of creation, ``YYMMDDHHMMSSmmm``. Marks:
``.detail-content.afcbc-body``, ``[data-role=…]``; the selectors come from public code of 2026.
"""

from __future__ import annotations

from baolangson_crawler.extraction.page import ArticlePage

ARTICLE_URL = r"-(?P<id>\d{0,3}(?P<stamp>\d{12})\d{3})\.htm$"
"""The form of the family's addresses, for the site files."""


class VccorpPage(ArticlePage):
    """Layout of 2026: ``.detail-title``, ``.detail-sapo``, ``.detail-content``."""

    layout = "vccorp"
    title_css = "h1.detail-title, h1[data-role='title'], h1"
    section_css = "[data-role='cate-name'], .detail-cate a"
    lead_css = ".detail-sapo, [data-role='sapo']"
    date_css = "[data-role='publishdate'], .detail-time"
    body_css = ".detail-content.afcbc-body, .detail-content, [data-role='content']"
    noise_css = (
        "[type='RelatedOneNews'], [type='VideoStream'], .box-news-relate, .kbwscwl-relatedbox, "
        ".link-inline-content, .detail-author, .detail-tags, .detail-social, .admzone, .c-banner"
    )
    byline_css = ".detail-author .name, .detail-author-bot .name, [data-role='author']"
    tags_css = ".detail-tags a, .detail-tab a"
    related_css = "[type='RelatedOneNews'] a, .box-news-relate a, .link-inline-content a"
