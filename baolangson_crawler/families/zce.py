"""The "zce" family of ePi (Lào Cai, Gia Lai, Hà Tĩnh, SGGP …): ``/slug-post404649.html``.

Paragraphs may be ``div`` instead of ``p``; the machine times are ISO with ``+0700``.
"""

from __future__ import annotations

from collections.abc import Iterator

from baolangson_crawler.extraction.page import ArticlePage
from baolangson_crawler.items import PrintedDate


class ZcePage(ArticlePage):
    """Layout seen from 2022 on: ``.article__body.zce-content-body``."""

    layout = "zce"
    title_css = "h1.article__title"
    section_css = "div.breadcrumbs .main a"
    lead_css = "div.article__sapo"
    date_css = "time.time"
    body_css = "div.article__body"
    noise_css = ".sda_middle, .rennab, .article-relate, .ads_middle, [id^='adsWeb_']"
    byline_css = ".article__author .name"
    tags_css = "div.article__tags .box-content a"
    related_css = ".related-news a, .article-relate a"

    def printed_dates(self) -> Iterator[PrintedDate]:
        """The usual statements, and the attribute of the visible ``time``."""
        yield from super().printed_dates()
        for element in self.document.all(self.date_css):
            if raw := element.get("datetime"):
                yield PrintedDate(raw=raw, source="time")
                return
