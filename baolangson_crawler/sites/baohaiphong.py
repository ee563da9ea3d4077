"""Báo Hải Phòng, the paper of Hải Phòng, since July 2025 also of Hải Dương."""

from datetime import date

from baolangson_crawler.families.one_cms import OneCmsHeadPage, OneCmsPage
from baolangson_crawler.sites.base import Inherited, Listing, Site

_SECTIONS = (
    "chinh-tri kinh-te xa-hoi goc-nhin khoa-hoc-giao-duc phap-luat bat-dong-san van-hoa-giai-tri "
    "van-nghe quoc-te the-thao doi-song dat-va-nguoi-xu-dong ban-doc du-lich su-kien-qua-anh xe"
).split()

SITE = Site(
    key="baohaiphong",
    name="Báo Hải Phòng",
    province="Hải Phòng",
    domains=("baohaiphong.vn",),
    former_domains=("baohaiphong.com.vn",),
    sources=tuple(
        Listing(f"https://baohaiphong.vn/{section}", links="h3 a") for section in _SECTIONS
    ),
    sections=tuple(_SECTIONS),
    # topic pages end in -event123.html, which has no "-" before the number
    article_url=r"^/(?:[a-z]{2}/)?[^/?]+-(?P<id>\d+)\.html$",
    legacy_article_urls=(r"^/baohp/vn/home/InfoDetail\.jsp",),
    # It runs on Hải Dương's system and goes on with its ids, which stood at 394829 in October
    # 2024 and grew by 2,400 a month; what has a higher id and is older may be Hải Phòng's own.
    inherited=(Inherited(paper="baohaiduong", ids=(1, 420_000), before=date(2025, 7, 1)),),
    pages=(OneCmsPage, OneCmsHeadPage),
    verified="code",
    notes=(
        "Its robots.txt is reported to ask for a long delay. Feeds and sitemap are not known; "
        "sections load further articles by script."
    ),
)
