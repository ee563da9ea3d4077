"""Báo Ninh Thuận, the paper of the former Ninh Thuận province, merged into Báo Khánh Hòa."""

from baolangson_crawler.extraction.page import ArticlePage
from baolangson_crawler.sites.base import Listing, Site


class NinhThuanPage(ArticlePage):
    """``div.article``, with dates in the head and in JSON-LD (public code of 2026).

    All other names are guesses.
    """

    layout = "baoninhthuan"
    section_css = ".breadcrumb a"
    lead_css = ".article .sapo, .sapo"
    date_css = ".article .date, .article-date"
    body_css = "div.article"
    noise_css = "h1, .sapo, .date, .article-date, .breadcrumb, .article-tags, .article-related"
    tags_css = ".article-tags a"
    related_css = ".article-related a"


SITE = Site(
    key="baoninhthuan",
    name="Báo Ninh Thuận",
    province="Khánh Hòa",
    former_province="Ninh Thuận",
    domains=("baoninhthuan.com.vn",),
    sources=(
        Listing("https://www.baoninhthuan.com.vn/"),
        Listing("https://www.baoninhthuan.com.vn/diendan"),
    ),
    sections=("diendan",),
    article_url=r"^/[a-z0-9-]+/(?P<id>\d+)p\d+c\d+/[^/?]+\.htm$",
    # A crawler of 2026 expects this form; no address of it was found.
    legacy_article_urls=(r"^/(?!tag/)[^?]*(?:-[^/?-]+){4,}\.html$",),
    status="unknown",
    merged_into="baokhanhhoa",
    pages=(NinhThuanPage,),
    verified="code",
    notes=(
        "Whether anything is still served since the merger is not known. The paging ?page= that a "
        "crawler of 2026 uses was never seen to work."
    ),
)
