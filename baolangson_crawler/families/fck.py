"""The "a-id" family (Cần Thơ, An Giang, Tây Ninh, Đồng Tháp …): ``/slug-a196670.html``.

The id alone selects the article. Marks: ``static/templates/version1``, pictures under
``/image/fckeditor/`` or ``/image/news/``, ``span.pubdate``. The first layout was read on a saved
page of 2026; the others and the alternatives come from public code of 2026.
"""

from __future__ import annotations

import json

from baolangson_crawler.extraction.document import text_of
from baolangson_crawler.extraction.page import ArticlePage
from baolangson_crawler.text import normalise


class FckPage(ArticlePage):
    """Layout of 2023: ``#newscontents .content-fck`` with a visible ``span.pubdate``.

    Two ``h1`` stand on a page, the first being the breadcrumb.
    """

    layout = "fck"
    id_path = "/x-a{id}.html"
    title_css = "h1.margintopbot10, h1.fw700, .detail-title h1, h1.title"
    section_css = "div.titlecate h1 a, h2.catename-h1 a"
    lead_css = "div.detail-desc, h4.sapo, p.sapo"
    bold_lead = True
    date_css = "span.pubdate, div.pubdate"
    body_css = "#newscontents .content-fck, .content-fck-font-size, .content-fck, #newscontents"
    noise_css = (
        "[class^='AMN_'], p.author.ignore, .news-relate, .box-relate, .detail-related, "
        ".sharemxh, .detail-fb-like-share"
    )
    byline_css = "p.author.ignore"
    tags_css = "a.tag_item"
    related_css = ".news-relate a, .box-relate a"

    def title(self) -> str | None:
        """The headline; where none has its class, the ``h1`` that is not the breadcrumb."""
        if title := super().title():
            return title
        breadcrumb = set(self.document.all("div.titlecate h1"))
        others = (text_of(h1) for h1 in self.document.all("h1") if h1 not in breadcrumb)
        return next((words for words in others if words), None)

    def section(self) -> str | None:
        """The breadcrumb; the first name is printed in capitals only by choice of the design."""
        names = (super().section() or "").split(" > ")
        return " > ".join(n.capitalize() if n.isupper() else n for n in names) or None


class FckSingularPage(FckPage):
    """The sibling of Bình Dương and Đồng Tháp: ``#contentNews``, one ``h1``, a plain breadcrumb."""

    layout = "fck-singular"
    title_css = "h1.title, h1"
    section_css = "div.breadcrumb-news-detail a"
    lead_css = ".singular-sapo, h2.sapo, p.sapo"
    date_css = "span.pubdate, .date-time, #cphContent_ucNewsDetails_lblPostedDate"
    body_css = "#contentNews .singular-content, #contentNews"


class FckPostPage(FckPage):
    """The sibling of Cà Mau: ``.post-content``; the section stands in a hidden input."""

    layout = "fck-post"
    title_css = "h1.post-title, h1"
    lead_css = ".post-sapo, p.sapo"
    date_css = ".date-time, span.pubdate"
    body_css = "div.post-content, section.post-content"
    comment_css = "input[name='dataPostComment']"

    def section(self) -> str | None:
        """Section and sub-section of the record that the comment form sends along."""
        element = self.document.first(self.comment_css)
        try:
            record = json.loads(element.get("value", "")) if element is not None else None
        except ValueError:
            return None
        if not isinstance(record, dict):
            return None
        names = [record.get(name) for name in ("newsCate", "newsSubcate")]
        return " > ".join(normalise(n) for n in names if isinstance(n, str) and n.strip()) or None
