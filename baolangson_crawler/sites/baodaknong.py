"""Báo Đắk Nông, the paper of the former Đắk Nông province, merged into Báo Lâm Đồng in 2025."""

from baolangson_crawler.families.newscontent import NewscontentPage
from baolangson_crawler.families.one_cms import OneCmsPage
from baolangson_crawler.sites.base import Feed, Listing, Site

SITE = Site(
    key="baodaknong",
    name="Báo Đắk Nông",
    province="Lâm Đồng",
    former_province="Đắk Nông",
    domains=("baodaknong.vn",),
    former_domains=("baodaknong.org.vn",),
    sources=(Feed("https://baodaknong.vn/rss/video"), Listing("https://baodaknong.vn/")),
    article_url=r"^/(?:[a-z0-9-]+/)?[^/?]+-(?P<id>\d+)\.html$",
    status="unknown",
    merged_into="baolamdong",
    pages=(OneCmsPage, NewscontentPage),
    notes=(
        "No address of its articles or sections was found; its stories stand on baolamdong.vn "
        "with new ids. Its pictures since 2020 lie on daknong.1cdn.vn, the mark of the OneCMS "
        "family; the feed is the one that an old reader used."
    ),
)
