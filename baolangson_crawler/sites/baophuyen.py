"""Báo Phú Yên, the paper of the former Phú Yên province, merged into Báo Đắk Lắk."""

from baolangson_crawler.families.month_hex import ARTICLE_URL, LINKS, MonthHexPage, PlainContentPage
from baolangson_crawler.sites.base import Listing, Site

SITE = Site(
    key="baophuyen",
    name="Báo Phú Yên",
    province="Đắk Lắk",
    former_province="Phú Yên",
    domains=("phuyen.baodaklak.vn",),
    former_domains=("baophuyen.vn", "baophuyen.com.vn"),
    status="archive",
    merged_into="baodaklak",
    sources=(Listing("https://phuyen.baodaklak.vn/", links=LINKS),),
    article_url=ARTICLE_URL,
    legacy_article_urls=(r"^/\d+/(?P<old_id>\d+)/[^/]+\.html$",),
    pages=(MonthHexPage, PlainContentPage),
    verified="code",
    notes=(
        "Two forms of addresses live side by side, with ids of their own. The page's title is the "
        "paper's name, not the headline. Its sections are not known."
    ),
)
