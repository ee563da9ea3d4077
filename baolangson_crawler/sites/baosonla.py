"""Báo Sơn La, the paper of Sơn La province."""

from baolangson_crawler.extraction.page import ArticlePage
from baolangson_crawler.sites.base import Listing, Site

_SECTIONS = (
    "thoi-su-chinh-tri xay-dung-dang bao-ve-nen-tang-tu-tuong-cua-dang phong-chong-tham-nhung "
    "kinh-te nong-nghiep cong-nghiep-ttcn thuong-mai-dich-vu van-hoa-xa-hoi xa-hoi khoa-giao "
    "suc-khoe an-toan-giao-thong the-thao ban-can-biet quoc-phong-an-ninh quoc-phong "
    "an-ninh-trat-tu doi-ngoai quoc-te du-lich nong-thon-moi dien-dan-cu-tri phong-su phap-luat "
    "cai-cach-hanh-chinh"
).split()


class SonLaPage(ArticlePage):
    """Layout of 2026: ``div.fulltext`` with ``#editor-detail`` (selectors of public code).

    The player that reads the text aloud stands inside the text; ``.text-end`` sets the byline,
    and higher up the buttons of the player. The names of date, tags and related links are guesses.
    """

    layout = "baosonla"
    section_css = "ul.breadcrumb a.active"
    lead_css = "div.fulltext > p.font-bold, #editor-detail > p.font-bold:first-child"
    date_css = ".post-date, .article-date, time"
    body_css = "#editor-detail, div.fulltext"
    noise_css = ".audio-article, .select-accent-wrap, .text-end:nth-last-child(n+3)"
    tags_css = ".article-tags a"
    related_css = ".article-related a"


SITE = Site(
    key="baosonla",
    name="Báo Sơn La",
    province="Sơn La",
    domains=("baosonla.vn",),
    former_domains=("baosonla.org.vn", "baodientusonla.com.vn"),
    sources=tuple(
        Listing(f"https://baosonla.vn/{section}.html", links="a.cms-link[href$='.html']")
        for section in _SECTIONS
    ),
    sections=tuple(f"{section}.html" for section in _SECTIONS),
    # A token of letters and digits; the last word of a slug has neither capital nor digit.
    article_url=r"^/[a-z0-9-]+/[^/?]+-(?P<id>(?=[a-z]*[A-Z\d])[A-Za-z\d]{6,12})\.html$",
    pages=(SonLaPage,),
    verified="code",
    notes=(
        "Ids are opaque tokens in which capitals count; they cannot be enumerated. How its "
        "sections are paged is not known."
    ),
)
