"""Báo Quảng Nam, the paper of Quảng Nam province until June 2025."""

from baolangson_crawler.extraction.page import ArticlePage
from baolangson_crawler.families.one_cms import OneCmsHeadPage, OneCmsPage
from baolangson_crawler.sites.base import Listing, Site


class ChapeauPage(ArticlePage):
    """Layout of 2020, before the paper moved to OneCMS: ``div.chapeau``, ``div.body-content``."""

    layout = "chapeau"
    section_css = "ol.breadcrumb li a, .breadcrumb a"
    lead_css = "div.chapeau"
    date_css = ".date-time"
    body_css = "div.body-content"


SITE = Site(
    key="baoquangnam",
    name="Báo Quảng Nam",
    province="Đà Nẵng",
    former_province="Quảng Nam",
    domains=("baoquangnam.vn",),
    status="unknown",
    merged_into="baodanang",
    sources=(Listing("https://baoquangnam.vn/", links="h3.b-grid__title a, h3 a"),),
    # topic pages end in -event123.html, which has no "-" before the number
    article_url=r"^/(?:[a-z]{2}/)?[^/?]+-(?P<id>3\d{6})\.html$",
    legacy_article_urls=(r"^/(?:[a-z0-9-]+/)?[^/?]+-(?P<old_id>\d{1,6})\.html$",),
    pages=(OneCmsPage, OneCmsHeadPage, ChapeauPage),
    verified="address",
    notes=(
        "Whether the host still answers is not known; its articles are expected at baodanang.vn "
        "with the same ids. Those of before 2021 had ids of up to six digits. Its sections are not "
        "known."
    ),
)
