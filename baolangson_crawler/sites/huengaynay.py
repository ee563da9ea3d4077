"""Huế Ngày Nay, the paper of Huế city, earlier Báo Thừa Thiên Huế."""

from baolangson_crawler.families.fck import FckPage
from baolangson_crawler.families.schema_org import SchemaOrgPage
from baolangson_crawler.sites.base import Listing, Site


class HueNgayNayPage(SchemaOrgPage):
    """The marks that a public crawler of 2026 guessed without having seen the paper."""

    layout = "huengaynay"
    lead_css = ".article__sapo, [itemprop='description']"
    date_css = ".article__date, [itemprop='datePublished']"
    body_css = "[itemprop='articleBody'], #ContentDetail"
    byline_css = ".article__author, [itemprop='author']"


SITE = Site(
    key="huengaynay",
    name="Huế Ngày Nay",
    province="Huế",
    former_province="Thừa Thiên Huế",
    domains=("huengaynay.vn",),
    former_domains=("baothuathienhue.vn",),
    sources=(
        Listing("https://huengaynay.vn/"),
        Listing("https://huengaynay.vn/du-lich"),
    ),
    sections=("du-lich",),
    article_url=r"^/(?:[a-z0-9-]+/)+[^/?]+-(?P<id>\d+)\.html$",
    legacy_article_urls=(r"-a(?P<old_id>\d+)\.html$",),
    pages=(HueNgayNayPage, FckPage),
    notes=(
        "Nothing reliable is known of its present design. Baothuathienhue.vn had the addresses "
        "and the look of the a-id family."
    ),
)
