"""Báo Bình Phước, the paper of the former Bình Phước province, merged into Báo Đồng Nai in 2025."""

from baolangson_crawler.extraction.page import ArticlePage
from baolangson_crawler.sites.base import Listing, Site


class BinhPhuocPage(ArticlePage):
    """Layout with ``.news_body``, ``.sapo``, ``.toppn .time`` (code of 2020), rest guessed."""

    layout = "baobinhphuoc"
    section_css = ".breadcrumb a, .toppn .cate a"
    lead_css = ".sapo"
    date_css = ".toppn .time, .time"
    body_css = ".news_body"
    noise_css = "h1, .sapo, .time, .news_tags, .news_relate"
    tags_css = ".news_tags a"
    related_css = ".news_relate a"


SITE = Site(
    key="baobinhphuoc",
    name="Báo Bình Phước",
    province="Đồng Nai",
    former_province="Bình Phước",
    domains=("baobinhphuoc.com.vn",),
    sources=(
        Listing(
            "https://baobinhphuoc.com.vn/",
            links=".row .col-md-12.sp-cate-sub-item a:first-child, h2 a, h3 a",
        ),
    ),
    article_url=r"^/news/\d+/(?P<id>\d+)/[^/?]+$",
    status="unknown",
    merged_into="baodongnai",
    pages=(BinhPhuocPage,),
    notes=(
        "Whether anything is still served since the merger is not known. Lists were "
        "/List/{section}?page=N; no name of a section is known."
    ),
)
