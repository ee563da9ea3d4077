"""A broadcaster that is invented, as an operator would add one: pages of the VCCorp family."""

from baolangson_crawler.families.vccorp import ARTICLE_URL, VccorpPage
from baolangson_crawler.sites.base import Listing, Site

SITE = Site(
    key="truyenhinhmau",
    name="Truyền hình Vĩnh Thượng",
    province="Thanh Hóa",
    domains=("truyenhinhmau.vn",),
    sources=(Listing("https://truyenhinhmau.vn/doi-song.htm", links="a.box-category-link-title"),),
    sections=("doi-song.htm",),
    article_url=ARTICLE_URL,
    pages=(VccorpPage,),
    verified="own",
    notes="Invented: an example of a site file outside the package.",
)
