"""The "month-hex" family: ``/section/[sub/]202604/slug-3ac6d79/``, in 2026 seven present papers.

Thái Nguyên, Tuyên Quang, Quảng Trị, Khánh Hòa, Đắk Lắk, Đồng Nai, Vĩnh Long, and the archives of
Phú Yên, Hà Giang, Nam Định, Quảng Bình, Sóc Trăng, Bà Rịa - Vũng Tàu and Tiền Giang; Hưng Yên,
Quảng Ngãi, Lâm Đồng and Đà Nẵng used it before. The address holds the month of publication and
an id of seven hexadecimal digits, or of six or seven decimal ones in older articles.

The selectors are those of public crawler code of 2026 and, for the older look, of 2020; the hidden
ids and the tag box are named by scripts of the sites that others have copied, the pictures'
tables (``table.image`` with ``td.image_desc`` or ``td.desc``) by texts of 2017 and 2024. How the
pages print their date was not seen.

The same scripts list a section's articles as JSON: ``/service/api/article/list``, in 2026 on
Đắk Lắk ``/sc_service/api/article/list``, with ``scUnitMapId`` (the page's ``#site_id``),
``saArticleCateId`` (``#cate_id``), ``first`` and ``pageSize``.
"""

from __future__ import annotations

from lxml import etree

from baolangson_crawler.extraction.document import text_of
from baolangson_crawler.extraction.page import ArticlePage

ARTICLE_URL = r"^/(?:[^/]+/)+(?P<ym>(?:19|20)\d{4})/[^/]+-(?P<id>[0-9a-f]{7}|\d{6})/?$"
"""Articles of every generation, also ``/channel/5091/201703/slug-2517330/`` of about 2017."""

LINKS = "a.title1, a.title2, a.title3, a.title4, a.title5"
"""The headlines of a section page, from the largest to the smallest."""


class MonthHexPage(ArticlePage):
    """Look with ``.td-post-content`` inside ``#content.content-detail``, in 2026 the most frequent.

    Where the text stands in ``div.content-detail`` itself, that is the body.
    """

    layout = "month-hex"
    title_css = "h1.head_title, .detail-main-title h1, h1.title, h1"
    section_css = "a.title.color1, a.title.fleft, h3.block-title.title-upper a"
    lead_css = "div.desc, .sub_first_content strong, .sub_first_content b"
    bold_lead = True
    date_css = (  # .row10: the dates of lists
        "h1 ~ .date:not(.row10), .detail-main-title ~ .date:not(.row10), "
        ".content-detail > .date:not(.row10), #date"
    )
    body_css = ".td-post-content, div.content-detail"
    noise_css = "h1, .date, .social, .header_tool, .box_tag, .tags, .related, .bd02"
    tags_css = ".box_tag a, .tags a"
    related_css = ".related a"

    def recognises(self) -> bool:
        """Whether it is an article's page: on a section's the hidden ``#article_id`` is empty."""
        marker = self.document.first("#article_id")
        return super().recognises() and (marker is None or bool(text_of(marker)))

    def section_links(self) -> list[etree._Element]:
        """Those before the text: the boxes of the sidebar have headings of the same look.

        Where the page leaves its breadcrumb to a script, that copies it from the menu.
        """
        links = [link for link in super().section_links() if self.before_body(link)]
        return links or [*self._menu_links("#parent_id"), *self._menu_links("#cate_id")]

    def _menu_links(self, css: str) -> list[etree._Element]:
        """The menu's entry for the section whose id stands in a hidden element."""
        section = self.document.text(css)
        menu = self.document.all("li > a") if section else []
        return [a for a in menu if section in (a.getparent().get("class") or "").split()][:1]


class MediaHeadingPage(MonthHexPage):
    """Look with ``h1.media-heading`` and ``#content`` inside ``div.article_content``.

    Đắk Lắk, Tuyên Quang and Hà Giang: the standfirst is the first paragraph, in bold.
    """

    layout = "month-hex-media"
    title_css = "h1.media-heading, .article_content h1"
    section_css = "a.maincatetitle, .cate_title_1 h2 a"
    lead_css = ""
    date_css = ".article_content .date:not(.row10), .article_content time, #date"
    body_css = ".article_content #content, .article_content .content"


class PlainContentPage(MonthHexPage):
    """The plainest look: ``#content`` or ``div.content`` right under the headline.

    Quảng Trị in 2026, and the older generation in 2020 (pictures under ``/dataimages/``), whose
    date stood in ``#date`` or ``.date span``. ``#current-date``, which is sometimes named for it,
    is the clock in the page's head.
    """

    layout = "month-hex-plain"
    title_css = "h1"
    section_css = ".breadcrumb a, a.cate"
    date_css = "h1 ~ .date:not(.row10), h1 ~ time, #date, .date:not(.row10) > span"
    body_css = "#content, div.content"

    def recognises(self) -> bool:
        """Whether the container, whose name is anybody's, holds a text below a headline."""
        return super().recognises() and bool(self.parts.blocks)
