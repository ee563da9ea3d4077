"""Báo Vĩnh Phúc, the paper of the former Vĩnh Phúc province, merged into Báo Phú Thọ in 2025."""

from baolangson_crawler.extraction.page import ArticlePage
from baolangson_crawler.sites.base import Listing, Site


class VinhPhucPage(ArticlePage):
    """Layout of 2020: ``div.content-about-baiviet``, ``div.titleDdtail`` with the date.

    Both are selectors of public code of 2020; all other names are guesses.
    """

    layout = "baovinhphuc"
    section_css = ".breadcrumb a"
    lead_css = ".content-about-baiviet .sapo, .sapo"
    date_css = "div.titleDdtail .date, div.titleDdtail"
    body_css = "div.content-about-baiviet"
    noise_css = "h1, .sapo, .titleDdtail, .box-tags, .box-related"
    tags_css = ".box-tags a"
    related_css = ".box-related a"


SITE = Site(
    key="baovinhphuc",
    name="Báo Vĩnh Phúc",
    province="Phú Thọ",
    former_province="Vĩnh Phúc",
    domains=("baovinhphuc.com.vn",),
    sources=(Listing("https://baovinhphuc.com.vn/"),),
    article_url=r"^/(?:[^?]*/)?[^/?]+-(?P<id>(?!(?:19|20)\d\d\.)\d{4,})\.html?$",
    legacy_article_urls=(r"^/[^?]*/(?P<old_id>\d{4,})/[^/?]+\.html?$",),
    status="unknown",
    merged_into="baophutho",
    pages=(VinhPhucPage,),
    notes=(
        "Whether anything is still served since the merger is not known. No address of an article "
        "or a section was found: the two forms that most papers use are accepted."
    ),
)
