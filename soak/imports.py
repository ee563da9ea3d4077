"""What a crawl imports, gathered so that one process can do it once for many crawls."""

import baolangson_crawler.middlewares
import baolangson_crawler.pipelines
import baolangson_crawler.resolver
import baolangson_crawler.settings
import baolangson_crawler.spiders.backfill
import baolangson_crawler.spiders.newspaper  # noqa: F401
from baolangson_crawler.cli.demo import DEMO_SETTINGS
from baolangson_crawler.crawling import backfill, crawl
from baolangson_crawler.demo import SITES
from baolangson_crawler.exceptions import CrawlerError
from baolangson_crawler.sites import load_sites

__all__ = ["DEMO_SETTINGS", "SITES", "CrawlerError", "backfill", "crawl", "load_sites"]
