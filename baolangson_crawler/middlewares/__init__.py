"""Downloader middlewares: where a crawl may go, what robots.txt allows, how fast, what is new."""

from baolangson_crawler.middlewares.conditional import ConditionalMiddleware
from baolangson_crawler.middlewares.pace import PaceMiddleware
from baolangson_crawler.middlewares.received import PlainRedirectMiddleware, WireMiddleware
from baolangson_crawler.middlewares.refused import Refused
from baolangson_crawler.middlewares.robots import RobotsMiddleware
from baolangson_crawler.middlewares.safety import SafetyMiddleware

__all__ = [
    "ConditionalMiddleware",
    "PaceMiddleware",
    "PlainRedirectMiddleware",
    "Refused",
    "RobotsMiddleware",
    "SafetyMiddleware",
    "WireMiddleware",
]
