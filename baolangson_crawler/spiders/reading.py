"""From an answer to an article, or to the reason why it is none."""

from __future__ import annotations

import logging

from scrapy.http import Response

from baolangson_crawler.exceptions import PageRefused
from baolangson_crawler.items import Article, Refusal
from baolangson_crawler.sites.base import Site
from baolangson_crawler.spiders.responses import decoded, is_html, media_type

logger = logging.getLogger(__name__)


def read_page(site: Site, response: Response) -> tuple[str | None, Article | Refusal]:
    """The encoding of a page and the article on it, or why there is none."""
    url = response.url
    if not site.is_article(url):
        detail = f"{response.meta.get('visit_url', url)} leads to {url}, no article."
        return None, Refusal(reason="moved", detail=detail)
    if not is_html(response):
        stated = media_type(response) or "no media type"
        return None, Refusal(reason="not_html", detail=f"{url} is {stated}.")
    text, charset = decoded(response)
    try:
        article = site.extract(text, url)
    except PageRefused as error:
        return charset, Refusal(reason=error.reason, detail=error.detail)
    except Exception as error:  # a site file is the operator's code: its fault costs one page
        logger.exception("%s: a layout fails", url)
        detail = f"{url}: {type(error).__name__}: {error}"
        return charset, Refusal(reason="layout_error", detail=detail)
    return charset, article
