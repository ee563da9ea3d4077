"""Báo Bình Thuận, the paper of the former Bình Thuận province, merged into Báo Lâm Đồng in 2025."""

from baolangson_crawler.extraction.page import ArticlePage
from baolangson_crawler.sites.base import Listing, Site


class BinhThuanPage(ArticlePage):
    """Layout of 2020: ``#info_g``, date in ``#today`` (public code of 2020), the rest guessed."""

    layout = "baobinhthuan"
    section_css = ".breadcrumb a"
    lead_css = "#info_g .sapo, .sapo"
    date_css = "#today"
    body_css = "#info_g"
    noise_css = "h1, #today, .sapo, .box-tags, .box-related"
    tags_css = ".box-tags a"
    related_css = ".box-related a"


SITE = Site(
    key="baobinhthuan",
    name="Báo Bình Thuận",
    province="Lâm Đồng",
    former_province="Bình Thuận",
    domains=("baobinhthuan.com.vn",),
    sources=(
        Listing("https://baobinhthuan.com.vn/"),
        Listing("https://baobinhthuan.com.vn/tin-tuc-binh-thuan-moi-nhat"),
    ),
    sections=("tin-tuc-binh-thuan-moi-nhat",),
    article_url=r"^/[^/?]+-(?P<id>\d+)\.html$",
    status="unknown",
    merged_into="baolamdong",
    pages=(BinhThuanPage,),
    notes=(
        "Its stories stand on baolamdong.vn, under /bbt/ with their old ids or at the root with "
        "new ones; what the old host still serves is not known. The archive has English stories."
    ),
)
