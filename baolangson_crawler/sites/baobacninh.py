"""Báo Bắc Ninh, the paper of Bắc Ninh province, since July 2025 also of Bắc Giang."""

from datetime import date

from baolangson_crawler.families.bbg import BbgPage
from baolangson_crawler.sites.base import Inherited, Listing, Site

_SECTIONS = (
    "moi-nhat chinh-tri xay-dung-dang chinh-tri-bao-ve-nen-tang-tu-tuong-cua-dang "
    "chinh-tri-nhan-su-moi kinh-te xa-hoi doi-song phap-luat an-toan-giao-thong suc-khoe giao-duc "
    "quoc-phong the-gioi the-thao the-thao-nhat-ky-sea-games-33 nhip-song-tre "
    "nhip-song-tre-guong-mat nhip-song-tre-thanh-nien-cong-nhan dat-va-nguoi-bac-ninh "
    "van-hoa-goc-cho-nguoi-yeu-tho van-hoa-tac-gia-tac-pham phong-tuc-tap-quan sukien mon-ngon "
    "bacgiang-van-hoa"
).split()

SITE = Site(
    key="baobacninh",
    name="Báo Bắc Ninh",
    province="Bắc Ninh",
    domains=("baobacninhtv.vn", "en.baobacninhtv.vn"),
    former_domains=("baobacninh.com.vn",),
    sources=tuple(
        Listing(f"https://baobacninhtv.vn/{section}", links="a.font-tin-doc")
        for section in _SECTIONS
    ),
    sections=tuple(_SECTIONS),
    article_url=r"-postid(?P<id>\d+)\.bbg$",
    # The English edition has no id in its addresses; a headline has more words than a topic.
    legacy_article_urls=(r"^/(?:[^/?-]+-){5,}[^/?-]+\.bbg$",),
    inherited=(
        Inherited(
            paper="baobacgiang", url=r"^https?://[^/]*baobacninhtv\.vn/", before=date(2025, 7, 1)
        ),
    ),
    pages=(BbgPage,),
    verified="code",
    notes=(
        "Runs on the system of Báo Bắc Giang and keeps its ids: what was published before the "
        "merger is Báo Bắc Giang's. Where the old articles of Bắc Ninh went is not known."
    ),
)
