"""Hànộimới, the paper of Hà Nội."""

from baolangson_crawler.families.one_cms import OneCmsHeadPage, OneCmsPage
from baolangson_crawler.sites.base import Feed, Listing, Site, Sitemap

_SECTIONS = (
    "chinh-tri kinh-te do-thi van-hoa xa-hoi giao-duc y-te the-gioi du-lich nong-nghiep-nong-thon "
    "khoa-hoc-cong-nghe doi-song"
).split()

SITE = Site(
    key="hanoimoi",
    name="Hànộimới",
    province="Hà Nội",
    domains=("hanoimoi.vn",),
    former_domains=("hanoimoi.com.vn",),
    sources=(
        *(Feed(f"https://hanoimoi.vn/rss/{section}") for section in _SECTIONS),
        Sitemap("https://hanoimoi.vn/sitemap.xml"),
        *(Listing(f"https://hanoimoi.vn/{section}", links="h3 a") for section in _SECTIONS),
    ),
    sections=tuple(_SECTIONS),
    # topic pages end in -event123.html, which has no "-" before the number
    article_url=r"^/[^/?]+-(?P<id>\d+)\.html$",
    pages=(OneCmsPage, OneCmsHeadPage),
    verified="code",
    notes=(
        "Its feeds answered 403 to a program in April 2026, pages to agents that name no browser. "
        "Sections load further articles by script; they have no numbered pages."
    ),
)
