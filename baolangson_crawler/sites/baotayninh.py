"""Báo Tây Ninh, the paper of Tây Ninh province, since July 2025 also of Long An."""

from baolangson_crawler.families.fck import FckPage
from baolangson_crawler.sites.base import Feed, Listing, Site

_SECTIONS = (
    "thoi-su-chinh-tri kinh-te xa-hoi phap-luat quoc-te van-hoa-giai-tri the-thao cong-nghe "
    "y-te-suc-khoe dia-phuong trong-tinh su-kien"
).split()

SITE = Site(
    key="baotayninh",
    name="Báo Tây Ninh",
    province="Tây Ninh",
    domains=("baotayninh.vn",),
    sources=(
        *(Feed(f"https://baotayninh.vn/rss/news/{section}.rss") for section in _SECTIONS),
        *(Listing(f"https://baotayninh.vn/{section}/", links="a.title") for section in _SECTIONS),
    ),
    sections=tuple(_SECTIONS),
    article_url=r"^/[^/?]*-a(?P<id>\d+)\.html$",
    legacy_article_urls=(r"^/[^/?]+-(?P<old_id>\d+)\.html$",),
    pages=(FckPage,),
    verified="code",
    notes=(
        "Its pages close <html> before <head>. Ids without the letter a were cited in 2026: it may "
        "be changing its system. Long An's articles are said to be served here now; which ids are "
        "theirs is not known, nor how its sections are paged."
    ),
)
