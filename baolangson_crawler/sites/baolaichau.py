"""Báo Lai Châu, the paper of Lai Châu province."""

from baolangson_crawler.extraction.page import ArticlePage
from baolangson_crawler.sites.base import Listing, Site

# The last two are /xã-hội and /kinh-tế, with their marks.
_SECTIONS = "chinh-tri van-de-hom-nay x%C3%A3-h%E1%BB%99i kinh-t%E1%BA%BF".split()


class LaiChauPage(ArticlePage):
    """Layout of 2026: ``#post-content .post-detail .post-info`` (selectors of public code).

    Known are title, standfirst and text; all other names are guesses.
    """

    layout = "baolaichau"
    title_css = "#post-content .post-detail .post-info .title"
    section_css = "#post-content .breadcrumb a, .breadcrumb a"
    lead_css = "#post-content .post-detail .post-info .sapo"
    date_css = "#post-content .post-info .time, #post-content .post-info .date"
    body_css = "#post-content .post-detail .post-info .body"
    noise_css = ".post-related"
    byline_css = "#post-content .post-info .author"
    tags_css = "#post-content .tags a"
    related_css = "#post-content .post-related a"


SITE = Site(
    key="baolaichau",
    name="Báo Lai Châu",
    province="Lai Châu",
    domains=("baolaichau.vn",),
    sources=tuple(
        Listing(f"https://baolaichau.vn/{section}", links="a.blc-post__link")
        for section in ("", *_SECTIONS)
    ),
    sections=tuple(_SECTIONS),
    # A year at the end (…-nhiem-ky-2025-2030) is part of the headline.
    article_url=(
        r"^/(?!(?:tags|video|multimedia|quang-cao)/)[^/?.]+/[^/?.]+"
        r"-(?P<id>(?!(?:19|20)\d\d/?$)\d{3,7})/?$"
    ),
    # Many addresses carry no id, and some the marks of Vietnamese (/xã-hội/rừng-phòng-hộ-kêu-cứu);
    # a day at the end (…-19122020) is none. A headline has five words, a sub-section fewer.
    legacy_article_urls=(r"^/(?!(?:tags|video)/)[^/?.]+/[^/?.]*(?:-[^/?.-]+){4,}/?$",),
    pages=(LaiChauPage,),
    verified="code",
    notes=(
        "Addresses end without .html, many have no id. A clock in the page head shows the day of "
        "the fetch in the form of a date of publication. Only some section addresses are known."
    ),
)
