"""Báo Điện Biên Phủ, the paper of Điện Biên province."""

from baolangson_crawler.extraction.page import ArticlePage
from baolangson_crawler.sites.base import ClientSide, Listing, Site


class DienBienPhuPage(ArticlePage):
    """Layout of 2026: ``#detail-news`` with ``div.editor-content`` (selectors of public code).

    Known are the text and the link to the section; all other names are guesses.
    """

    layout = "baodienbienphu"
    title_css = "#detail-news h1"
    section_css = "#detail-news a[href*='/tin-tuc/']"
    lead_css = "#detail-news .sapo, #detail-news h2"
    date_css = "#detail-news time, #detail-news .date"
    body_css = "#detail-news div.editor-content, div.editor-content"
    noise_css = ".detail-news__related"
    byline_css = "#detail-news .author"
    tags_css = "#detail-news .tags a"
    related_css = ".detail-news__related a"

    def title(self) -> str | None:
        """The headline; outside the block of the article where that has none."""
        return super().title() or self.document.text("h1")


SITE = Site(
    key="baodienbienphu",
    name="Báo Điện Biên Phủ",
    province="Điện Biên",
    domains=("baodienbienphu.vn",),
    former_domains=("baodienbienphu.com.vn", "baodienbienphu.info.vn"),
    sources=(
        Listing("https://baodienbienphu.vn/", links="a[href*='/tin-bai/']"),
        ClientSide("https://baodienbienphu.vn/tin-tuc/", "So are all its section pages."),
    ),
    article_url=r"^/tin-bai/[^/?]+/[^/?]+/?$",
    legacy_article_urls=(r"^/tin-tuc/[a-z0-9-]+/(?P<old_id>\d+)/[^/?]+/?$",),
    pages=(DienBienPhuPage,),
    verified="code",
    notes=(
        "Section pages (/tin-tuc/…) are built in the browser: only the home page lists articles, "
        "about twelve a section. Present addresses carry no id."
    ),
)
