"""Bare Scrapy: fetches the addresses of a file and reads nothing. The measure for our own crawl."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response


class BareSpider(Spider):
    """Asks for every address and counts the answers."""

    name = "bare"
    file: str
    answers = 0

    async def start(self) -> AsyncIterator[Request]:
        """One request for each line of the file."""
        for url in Path(self.file).read_text().split():
            yield Request(url)

    def parse(self, response: Response, **kwargs: Any) -> None:
        """Count."""
        type(self).answers += 1


if __name__ == "__main__":
    process = AsyncCrawlerProcess({"LOG_ENABLED": False})
    process.crawl(BareSpider, file=sys.argv[1])
    process.start()
    print(BareSpider.answers)
