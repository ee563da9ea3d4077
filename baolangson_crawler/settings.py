"""Scrapy settings: each one that is not the default says why.

``baolangson crawl`` and ``scrapy crawl`` use the same settings.
"""

import os

from baolangson_crawler import __version__

CONTACT = os.environ.get("BAOLANGSON_CONTACT", "contact not given")
"""Who runs this crawl: a mail address or a web page, told to every server."""

BOT_NAME = "baolangson_crawler"
SPIDER_LOADER_CLASS = "baolangson_crawler.spiderloader.SiteSpiderLoader"
USER_AGENT = f"baolangson_crawler/{__version__} (archive of Vietnam's provincial press; {CONTACT})"

# --- Our own -------------------------------------------------------------------------------
ARCHIVE_PATH = "archive/articles.db"
ARCHIVE_BATCH = 100  # visits in one transaction
ARCHIVE_FLUSH_SECONDS = 1.0  # … or what came in this time, whichever is first
POLITENESS_DELAY = 1.0  # seconds between two requests to one host; no site can shorten it
SITE_FILES: list[str] = []  # site files or folders beside those of the package
LISTING_PAGES = 5000  # pages of one section list that are walked at most

# --- Politeness ----------------------------------------------------------------------------
CONCURRENT_REQUESTS = 64  # the spider sets two for each of its papers
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0.0  # a jitter would make every second pause too short
ROBOTSTXT_OBEY = False  # our own middleware obeys, by RFC 9309

# --- Safety --------------------------------------------------------------------------------
TWISTED_DNS_RESOLVER = "baolangson_crawler.resolver.GuardedResolver"
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_HANDLERS = {"data": None, "file": None, "ftp": None, "s3": None}
DOWNLOAD_TIMEOUT = 60
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
    "baolangson_crawler.middlewares.PaceMiddleware": 150,
    "baolangson_crawler.middlewares.WireMiddleware": 800,
    "baolangson_crawler.middlewares.PlainRedirectMiddleware": 600,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
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
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"  # in the order of the list: newest first
RETRY_HTTP_CODES = [500, 502, 504, 522, 524, 408]  # 429 and 503 say "later": the next crawl
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "vi,en;q=0.5",
}

# --- Logs ----------------------------------------------------------------------------------
LOG_LEVEL = "INFO"
STATS_DUMP = False
DOWNLOADER_STATS = False  # what a crawl did is counted in the archive
WARN_ON_GENERATOR_RETURN_VALUE = False
