"""Báo Nghệ An, the paper of Nghệ An province."""

from baolangson_crawler.families.one_cms import OneCmsHeadPage, OneCmsPage
from baolangson_crawler.families.zce import ZceFeaturePage, ZcePage
from baolangson_crawler.sites.base import Feed, Listing, Site

_SECTIONS = (
    "thoi-su kinh-te xa-hoi the-thao suc-khoe phap-luat quoc-te xay-dung-dang giao-duc giai-tri "
    "ket-noi-doanh-nghiep lao-dong"
).split()

SITE = Site(
    key="baonghean",
    name="Báo Nghệ An",
    province="Nghệ An",
    domains=("baonghean.vn",),
    sources=(
        *(Feed(f"https://baonghean.vn/rss/{section}") for section in _SECTIONS),
        *(
            Listing(f"https://baonghean.vn/{section}", links=".b-grid__title a, .b-grid__img a")
            for section in _SECTIONS
        ),
    ),
    sections=tuple(_SECTIONS),
    # topic pages end in -event123.html, which has no "-" before the number
    article_url=r"^/(?:[a-z]{2}/)?[^/?]+-(?P<id>\d+)\.html$",
    legacy_article_urls=(r"^/[^/?]+-post(?P<old_id>\d+)\.html$",),
    pages=(OneCmsPage, OneCmsHeadPage, ZcePage, ZceFeaturePage),
    verified="code",
    notes=(
        "Changed its system about 2023: -post261612.html before, ids of eight digits since. These "
        "look like the old ones plus ten million, which no page proves: they are kept apart. "
        "Also prints under /en/, /fr, /ru and /cn."
    ),
)
