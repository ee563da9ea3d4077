"""The "zce" family of ePi (Lào Cai, Gia Lai, Hà Tĩnh, SGGP …): ``/slug-post404649.html``.

Marks: ``h1.article__title.cms-title``, ``.article__sapo.cms-desc``, ``.article__body.cms-body``,
assets from ``common.mcms.one``. Paragraphs may be ``div`` instead of ``p``; the machine times are
ISO with ``+0700``. The first layout was read on a saved page of 2025, the alternatives of both
come from public code of 2026.
"""

from __future__ import annotations

from collections.abc import Iterator

from baolangson_crawler.extraction.page import ArticlePage
from baolangson_crawler.items import PrintedDate


class ZcePage(ArticlePage):
    """Layout seen from 2022 on: ``.article__body.zce-content-body``."""

    layout = "zce"
    id_path = "/x-post{id}.html"
    title_css = "h1.article__title, h1.cms-title, h1"
    section_css = "div.breadcrumbs .main a"
    lead_css = ".article__sapo"
    date_css = "time.time, .article__meta time, .meta-info time"
    body_css = "div.article__body, div[data-field='body']"
    noise_css = (
        ".sda_middle, .rennab, .article-relate, .cms-relate, .related-news, .ads_middle, "
        "[id^='adsWeb_'], .article__author, .cms-author"
    )
    byline_css = ".article__author .name, .cms-author, .article__author"
    tags_css = "div.article__tags .box-content a"
    related_css = ".related-news a, .article-relate a, a.cms-relate"

    def printed_dates(self) -> Iterator[PrintedDate]:
        """The usual statements, and the attribute of the visible ``time``."""
        yield from super().printed_dates()
        for element in self.document.all(self.date_css):
            if raw := element.get("datetime"):
                yield PrintedDate(raw=raw, source="time")
                return


class ZceFeaturePage(ZcePage):
    """Longform, picture and video pages: only the ``cms-`` marks of the editor are the same.

    They print no breadcrumb and no box of keywords, so that section and tags are those of the
    ``meta`` elements; a video page has a player and may have no text but the standfirst.
    """

    layout = "zce-feature"
    title_css = "h1.cms-title, .cms-title"
    section_css = ".breadcrumbs a"
    lead_css = ".cms-desc"
    date_css = "time.time, time[datetime]"
    body_css = ".cms-body"
    player_css = ".cms-video, .video-player"

    def recognises(self) -> bool:
        """Whether the page has a text, or a player with a standfirst."""
        shown = self.body is not None or (
            self.document.first(self.player_css) is not None and self.lead() is not None
        )
        return shown and bool(self.title())

    def section(self) -> str | None:
        """The breadcrumb, else the section that the page states to machines."""
        return super().section() or self.document.meta_text("article:section")

    def tags(self) -> tuple[str, ...]:
        """The box of keywords, else the list in ``article:tag``, which ends with a comma."""
        stated = self.document.meta_text("article:tag") or ""
        return super().tags() or tuple(tag.strip() for tag in stated.split(",") if tag.strip())
