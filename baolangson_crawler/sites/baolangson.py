"""Báo Lạng Sơn, the paper of Lạng Sơn province, after which this project is named."""

from baolangson_crawler.families.content_detail import ContentDetailPage
from baolangson_crawler.sites.base import Listing, Site

_SECTIONS = (
    "chinh-tri kinh-te xa-hoi phap-luat giao-duc van-hoa the-thao du-lich quoc-te nong-nghiep "
    "cong-nghe khoa-hoc-tin-hoc tieu-diem giai-tri"
).split()

SITE = Site(
    key="baolangson",
    name="Báo Lạng Sơn",
    province="Lạng Sơn",
    domains=("baolangson.vn",),
    sources=tuple(
        Listing(
            f"https://baolangson.vn/{section}",
            links="article a, h2 a, h3 a, .card-title a",
        )
        for section in _SECTIONS
    ),
    article_url=r"-(?P<id>\d{5,8})\.html$",
    pages=(ContentDetailPage,),
    verified="code",
    notes=(
        "Its robots.txt is reported to close article addresses to crawlers. Ask the paper for "
        "permission before the first full crawl. How its sections are paged is not known."
    ),
)
