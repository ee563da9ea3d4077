"""Báo Thái Bình, the paper of the former Thái Bình province, merged into Báo Hưng Yên in 2025."""

from baolangson_crawler.extraction.page import ArticlePage
from baolangson_crawler.sites.base import Listing, Site


class ThaiBinhPage(ArticlePage):
    """Layout of 2020: ``.news_content`` and ``.date`` (public code of 2020), the rest guessed."""

    layout = "baothaibinh"
    section_css = ".breadcrumb a"
    lead_css = ".news_sapo"
    date_css = ".date"
    body_css = ".news_content"
    noise_css = "h1, .news_sapo, .date, .news_relate, .news_tags"
    tags_css = ".news_tags a"
    related_css = ".news_relate a"


SITE = Site(
    key="baothaibinh",
    name="Báo Thái Bình",
    province="Hưng Yên",
    former_province="Thái Bình",
    domains=("baothaibinh.com.vn",),
    former_domains=("mysql.baothaibinh.com.vn",),
    sources=(Listing("https://baothaibinh.com.vn/"),),
    article_url=r"^/tin-tuc/\d+/(?P<id>\d+)/[^/?]+$",
    status="unknown",
    merged_into="baohungyen",
    pages=(ThaiBinhPage,),
    notes=(
        "Whether anything is still served since the merger is not known. Sections are numbers in "
        "the addresses of the articles; mysql.baothaibinh.com.vn served the same articles."
    ),
)
