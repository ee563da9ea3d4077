"""Every site is a spider of its name to Scrapy, and ``all`` is the spider of all that answer."""

from __future__ import annotations

import builtins

from scrapy import Request, Spider
from scrapy.settings import BaseSettings

from baolangson_crawler.exceptions import UnknownSite
from baolangson_crawler.sites import Register, load_sites
from baolangson_crawler.spiders.newspaper import NewspaperSpider

ALL = "all"


class SiteSpiderLoader:
    """Scrapy's way to the register of sites: ``scrapy list``, ``crawl``, ``shell``, ``parse``."""

    def __init__(self, register: Register) -> None:
        self.register = register

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> SiteSpiderLoader:
        """Made by Scrapy; ``SITE_FILES`` names site files outside the package."""
        return cls(load_sites(settings.getlist("SITE_FILES")))

    def load(self, spider_name: str) -> type[Spider]:
        """The spider of a site.

        Raises:
            KeyError: there is no such site (Scrapy's convention).
        """
        try:
            named = spider_name != ALL
            sites = (self.register.get(spider_name),) if named else self.register.served()
        except UnknownSite as error:
            raise KeyError(str(error)) from None
        return NewspaperSpider.of(spider_name, sites, self.register.companions(sites))

    def list(self) -> list[str]:
        """The keys of all sites, and ``all``."""
        return [*(site.key for site in self.register), ALL]

    def find_by_request(self, request: Request) -> builtins.list[str]:
        """The one site on whose hosts the address is; ``all`` hides from this search."""
        site = self.register.for_url(request.url)
        return [site.key] if site else []
