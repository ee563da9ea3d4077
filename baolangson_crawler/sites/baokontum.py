"""Báo Kon Tum, the paper of the former Kon Tum province, merged into Báo Quảng Ngãi in 2025."""

from baolangson_crawler.families.newscontent import NewscontentPage
from baolangson_crawler.sites.base import Listing, Site

_SECTIONS = ("xa-hoi-8", "toa-soan-ban-doc-24", "ghi-chep-phong-su-31")


class KonTumPage(NewscontentPage):
    """The family's look with names of its own: ``#content``, ``div.date-contentL``."""

    layout = "newscontent-kontum"
    date_css = "div.date-contentL"
    body_css = "#content div.newscontent, #content"


SITE = Site(
    key="baokontum",
    name="Báo Kon Tum",
    province="Quảng Ngãi",
    former_province="Kon Tum",
    domains=("baokontum.com.vn",),
    sources=(
        Listing("https://www.baokontum.com.vn/"),
        *(
            Listing(
                f"https://www.baokontum.com.vn/{section}.html?page={{page}}",
                start_url=f"https://www.baokontum.com.vn/{section}.html",
            )
            for section in _SECTIONS
        ),
    ),
    sections=tuple(f"{section}.html" for section in _SECTIONS),
    article_url=r"^/[a-z0-9-]+/[^/?]+-(?P<id>\d+)\.html$",
    status="unknown",
    merged_into="baoquangngai",
    pages=(KonTumPage, NewscontentPage),
    notes=(
        "Printed its last story on 30 June 2025; whether anything is still served is not known. "
        "Three section addresses and their paging are known from stored pages."
    ),
)
