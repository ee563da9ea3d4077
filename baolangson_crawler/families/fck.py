"""The "a-id" family (Cần Thơ, An Giang, Tây Ninh, Đồng Tháp …): ``/slug-a196670.html``.

The id alone selects the article; two ``h1`` stand on a page, the first being the breadcrumb.
"""

from __future__ import annotations

from baolangson_crawler.extraction.page import ArticlePage


class FckPage(ArticlePage):
    """Layout of 2023: ``#newscontents .content-fck`` with a visible ``span.pubdate``."""

    layout = "fck"
    title_css = "h1.margintopbot10"
    section_css = "div.titlecate h1 a"
    lead_css = "div.detail-desc"
    date_css = "span.pubdate"
    body_css = "#newscontents .content-fck"
    noise_css = "[class^='AMN_']"
    tags_css = "a.tag_item"
    related_css = ".news-relate a"

    def section(self) -> str | None:
        """The breadcrumb; the first name is printed in capitals only by choice of the design."""
        names = (super().section() or "").split(" > ")
        return " > ".join(n.capitalize() if n.isupper() else n for n in names) or None
