"""Scrapy settings: each one that is not the default says why.

``baolangson crawl`` and ``scrapy crawl`` use the same settings.
"""

import os
from datetime import time

from baolangson_crawler import __version__

CONTACT = os.environ.get("BAOLANGSON_CONTACT", "contact not given")
"""Who runs this crawl: a mail address or a web page, told to every server."""

BOT_NAME = "baolangson_crawler"
SPIDER_LOADER_CLASS = "baolangson_crawler.spiderloader.SiteSpiderLoader"
USER_AGENT = f"baolangson_crawler/{__version__} (archive of Vietnam's provincial press; {CONTACT})"

# --- Our own -------------------------------------------------------------------------------
ARCHIVE_PATH = "archive/articles.db"
ARCHIVE_ROOM = 100_000_000  # bytes that must be free on its disk before a crawl begins
ARCHIVE_BATCH = 100  # visits in one transaction
ARCHIVE_FLUSH_SECONDS = 1.0  # … or what came in this time, whichever is first
POLITENESS_DELAY = 1.0  # seconds between two requests to one host; no site can shorten it
PATIENCE_SECONDS = 300.0  # a paper that asks for a longer rest is left to the next crawl
BACKOFF_SECONDS = 60.0  # first rest after 429 or 503 without Retry-After; doubled each time
SECOND_TRIES = 2  # rounds in which a crawl asks again for what a passing fault kept from it
DAILY_REQUESTS: int | None = 20_000  # to one paper on one day (+07:00)
REVISIT_SHARE = 0.25  # of the daily budget at most for looks at articles that are held
QUIET_HOURS: tuple[time, time] | None = None  # (+07:00) nothing is asked in them
MAX_PAGES: int | None = None  # article pages of each paper in one crawl
MAX_SECONDS: float | None = None  # of a crawl
SINCE: str | None = None  # day before which no article is asked for, where its day is known
RANKS = (0, 1, 2)  # articles that are asked for: new, updated, due for another look; no backfill
BACKFILL: dict[str, object] = {}  # days, order and numbers of a backfill (backfilling.Bounds)
SITE_FILES: list[str] = []  # site files or folders beside those of the package
LISTING_PAGES = 5000  # pages of one section list that are walked at most

# --- Politeness ----------------------------------------------------------------------------
SCHEDULER = "baolangson_crawler.scheduler.LedgerScheduler"  # one request for each paper at a time
CONCURRENT_REQUESTS = 0  # no limit: the scheduler hands out one for each paper
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0.0  # a jitter would make every second pause too short
ROBOTSTXT_OBEY = False  # our own middleware obeys, by RFC 9309

# --- Safety --------------------------------------------------------------------------------
TWISTED_DNS_RESOLVER = "baolangson_crawler.resolver.GuardedResolver"
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_HANDLERS = {
    "http": "baolangson_crawler.wire.BoundedHandler",
    "https": "baolangson_crawler.wire.BoundedHandler",
    **dict.fromkeys(("data", "file", "ftp", "s3")),
}
DOWNLOAD_TIMEOUT = 60  # seconds from the request to the last byte of the answer
DOWNLOAD_MAXSIZE = 16 * 1024 * 1024  # bytes, compressed and decompressed
DOWNLOAD_WARNSIZE = 0
REDIRECT_MAX_TIMES = 10
METAREFRESH_ENABLED = False  # pages reload themselves every half hour; that is no redirect
COOKIES_ENABLED = False
REFERER_ENABLED = False
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

# --- The way of a page ---------------------------------------------------------------------
DOWNLOADER_MIDDLEWARES = {
    "baolangson_crawler.middlewares.SafetyMiddleware": 50,
    "baolangson_crawler.middlewares.RobotsMiddleware": 100,
    "baolangson_crawler.middlewares.ConditionalMiddleware": 580,
    "baolangson_crawler.wire.DecompressionMiddleware": 590,
    "baolangson_crawler.middlewares.PlainRedirectMiddleware": 600,
    "baolangson_crawler.resolver.PrivateAddressMiddleware": 700,
    "baolangson_crawler.middlewares.WireMiddleware": 800,
    "baolangson_crawler.middlewares.PaceMiddleware": 950,  # next to the wire
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,  # the ledger tries again
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # SafetyMiddleware's work
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
}
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,  # the spider notes every status
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,  # urls.absolute refuses them
}
ITEM_PIPELINES = {
    "baolangson_crawler.pipelines.CleaningPipeline": 100,
    "baolangson_crawler.pipelines.DatingPipeline": 200,
    "baolangson_crawler.pipelines.AttributionPipeline": 300,
    "baolangson_crawler.pipelines.ArchivePipeline": 900,
}
EXTENSIONS = {
    "baolangson_crawler.extensions.ArchiveKeeper": 0,
    "scrapy.extensions.corestats.CoreStats": None,
    "scrapy.extensions.logstats.LogStats": None,
    "scrapy.extensions.memusage.MemoryUsage": None,
}
# The ledger knows which addresses were asked for; a second memory of them costs 17 µs a request.
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"
CONCURRENT_ITEMS = 1  # Scrapy starts this many tasks for every response, also for a single item
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "vi,en;q=0.5",
}

# --- Logs ----------------------------------------------------------------------------------
LOG_LEVEL = "INFO"
STATS_DUMP = False
DOWNLOADER_STATS = False  # what a crawl did is counted in the archive
WARN_ON_GENERATOR_RETURN_VALUE = False
