"""Báo Ninh Bình, the paper of Ninh Bình province, since July 2025 also of Hà Nam and Nam Định."""

from baolangson_crawler.extraction.page import ArticlePage
from baolangson_crawler.sites.base import Listing, Site


class NinhBinhPage(ArticlePage):
    """Layout of 2026, set with Tailwind: ``#content_detail`` (selectors of public code).

    The names of author, tags and related links are guesses.
    """

    layout = "baoninhbinh"
    title_css = "h1.header-title"
    section_css = "li.inline-flex.items-center a"
    lead_css = ".content-detail > .font-bold, #content_detail > .font-bold:first-child"
    date_css = "#date"
    body_css = "#content_detail, #content-detail, .content-detail"
    noise_css = "h1.header-title, #date"
    byline_css = ".content-detail .author"
    tags_css = ".content-tags a"
    related_css = ".content-related a"


SITE = Site(
    key="baoninhbinh",
    name="Báo Ninh Bình",
    province="Ninh Bình",
    domains=("baoninhbinh.org.vn",),
    former_domains=("beta.baoninhbinh.org.vn",),
    sources=(Listing("https://baoninhbinh.org.vn/", links="a[href$='.html']"),),
    article_url=r"-(?P<id>\d{15})\.html$",
    legacy_article_urls=(
        # Both older numberings are the moment of creation, to the thousandth of a second.
        r"/d(?P<old_id>(?P<stamp>\d{14})\d{2,3})\.html?$",
        r"-(?P<old_id>(?P<stamp>\d{14})\d{2,3})p\d+c\d+\.html?$",
    ),
    pages=(NinhBinhPage,),
    verified="code",
    notes=(
        "No section address is known, so only the home page is asked; /s/{words}?page=N searches "
        "the archive. Whether the present 15-digit id holds the time is not proved."
    ),
)
