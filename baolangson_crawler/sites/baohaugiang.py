"""Báo Hậu Giang, the paper of the former Hậu Giang province, merged into Báo Cần Thơ in 2025."""

from baolangson_crawler.extraction.page import ArticlePage
from baolangson_crawler.sites.base import Listing, Site

# Each is followed by a number in the address (/thoi-su-215.html); the other numbers are not known.
_SECTIONS = (
    "an-toan-giao-thong- ban-doc- bao-hiem-xa-hoi- bien-dao-viet-nam- chinh-tri- chuyen-thoi-su- "
    "cong-thuong- cung-phong-chong-toi-pham- doan-dai-bieu-quoc-hoi-tinh-hau-giang- "
    "doanh-nghiep-tu-gioi-thieu- doi-song- du-lich- dua-nghi-quyet-cua-dang-vao-cuoc-song- "
    "giao-duc- goc-suc-khoe- hoat-dong-doan-the- "
    "hoc-tap-va-lam-theo-tam-guong-dao-duc-ho-chi-minh- hoi-dong-nhan-dan-tinh-hau-giang- "
    "khoa-giao- khoa-hoc-cong-nghe- kinh-te- lao-dong-viec-lam- "
    "mat-tran-to-quoc-viet-nam-tinh-hau-giang- moi-truong- nong-nghiep-nong-thon- phap-luat- "
    "quoc-phong-an-ninh- quoc-te- tai-chinh- tam-long-vang- the-gioi-do-day- the-thao- "
    "the-thao-nuoc-ngoai- the-thao-trong-nuoc- thoi-su- thoi-su-trong-nuoc- thoi-su-trong-tinh- "
    "tim-hieu-phap-luat- tin-tuc- van-hoa- xa-hoi- xay-dung-dang-chinh-quyen- xay-dung-do-thi- "
    "y-te-"
).split()


class HauGiangPage(ArticlePage):
    """Layout of 2026: ``div.news-details-content`` with ``div.contentView`` (public code).

    Known are title, text and breadcrumb; all other names are guesses.
    """

    layout = "baohaugiang"
    title_css = "div.news-details-content h1"
    section_css = "div.box-breadcrumb a, div.box-breadcrumb h2"
    lead_css = "div.news-details-content .sapo"
    date_css = "div.news-details-content .date"
    body_css = "div.news-details-content div.contentView, div.contentView"
    noise_css = ".top-header, .box-tags, .box-related"
    tags_css = ".box-tags a"
    related_css = ".box-related a"


SITE = Site(
    key="baohaugiang",
    name="Báo Hậu Giang",
    province="Cần Thơ",
    former_province="Hậu Giang",
    domains=("baohaugiang.com.vn",),
    sources=(
        Listing("https://baohaugiang.com.vn/"),
        Listing("https://baohaugiang.com.vn/thoi-su-215.html"),
    ),
    sections=tuple(_SECTIONS),
    article_url=(
        r"^/(?!(?:bang-gia-quang-cao|lien-he|tim-kiem)/)[a-z0-9-]+/[^/?]+-(?P<id>\d+)\.html$"
    ),
    status="archive",
    merged_into="baocantho",
    pages=(HauGiangPage,),
    verified="code",
    notes=(
        "Was served in 2026; whether new stories appear there is not known. A section page "
        "differs from an article only by standing at the root: /thoi-su-215.html."
    ),
)
