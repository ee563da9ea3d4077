"""Báo Lâm Đồng, the paper of Lâm Đồng, since July 2025 also of Bình Thuận and Đắk Nông."""

from datetime import date

from baolangson_crawler.extraction.page import ArticlePage
from baolangson_crawler.families.month_hex import ARTICLE_URL, MonthHexPage, PlainContentPage
from baolangson_crawler.sites.base import Feed, Inherited, Listing, Site

_SECTIONS = (
    "thoi-su chinh-tri kinh-te doi-song phap-luat quoc-phong-an-ninh van-hoa-giai-tri du-lich "
    "chinh-sach cong-nghe-chuyen-doi-so tin-tuc-24h"
).split()
_MERGER = date(2025, 7, 1)


class LamDongPage(ArticlePage):
    """Layout of 2026: ``.detail-title``, ``.detail-sapo``, ``.detail-content``.

    Names that a public crawler of 2026 guessed; articles with flat addresses were read with them.
    """

    layout = "baolamdong"
    title_css = "h1.detail-title, h1.title"
    section_css = ".breadcrumb a"
    lead_css = ".detail-sapo, .article__sapo, .sapo"
    date_css = ".detail-time, .detail-date, .article__date"
    body_css = ".detail-content, .detail-content-body, .article__body"
    noise_css = ".detail-sapo, .detail-related"
    byline_css = ".detail-author"
    tags_css = ".detail-tags a"
    related_css = ".detail-related a"


SITE = Site(
    key="baolamdong",
    name="Báo Lâm Đồng",
    province="Lâm Đồng",
    domains=("baolamdong.vn",),
    sources=(
        Feed("https://baolamdong.vn/rss/thoi-su"),
        *(Listing(f"https://baolamdong.vn/{section}") for section in _SECTIONS),
    ),
    sections=tuple(_SECTIONS),
    article_url=r"^/(?!bbt/)(?:[a-z0-9-]+/)*[^/?]+-(?P<id>\d+)\.html$",
    legacy_article_urls=(
        r"^/bbt/(?:[a-z0-9-]+/)*[^/?]+-(?P<old_id>\d+)\.html$",  # the ids of Báo Bình Thuận
        ARTICLE_URL,
    ),
    inherited=(
        Inherited(paper="baobinhthuan", url=r"^https?://[^/]+/bbt/", before=_MERGER),
        Inherited(paper="baobinhthuan", ids=(334_000, 354_999), before=_MERGER),
        Inherited(paper="baodaknong", ids=(80_000, 150_999), before=_MERGER),
    ),
    pages=(LamDongPage, MonthHexPage, PlainContentPage),
    verified="code",
    notes=(
        "Holds the archives of three papers. The ranges of ids by which two of them are told are "
        "rounded from a few addresses. Its sitemap is said to reach back to 2020, at "
        "an address that was not found."
    ),
)
