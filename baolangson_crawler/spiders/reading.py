"""From an answer to an article, or to the reason why it is none."""

from __future__ import annotations

import logging
from pathlib import Path
from traceback import extract_tb

from scrapy.http import Response

from baolangson_crawler.exceptions import PageRefused
from baolangson_crawler.items import Article, Refusal
from baolangson_crawler.sites.base import Site
from baolangson_crawler.spiders.responses import decoded, is_html, media_type

logger = logging.getLogger(__name__)
Reading = tuple[str | None, Article | Refusal]


def read_page(site: Site, response: Response) -> Reading:
    """The encoding of a page and the article on it, or why there is none."""
    if refusal := _refused_address(site, response):
        return None, refusal
    return read_content(site, response)


def read_content(site: Site, response: Response) -> Reading:
    """The same, whatever the form of the address."""
    url = response.url
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
        return charset, Refusal(reason="layout_error", detail=f"{url}: {fault(error, site)}")
    return charset, article


def _refused_address(site: Site, response: Response) -> Refusal | None:
    url = response.url
    if site.is_article(url):
        return None
    if response.meta.get("redirect_urls"):
        detail = f"{response.meta.get('visit_url', url)} leads to {url}, no article."
        return Refusal(reason="moved", detail=detail)
    detail = f"The address {url} does not match article_url of {site.key}: {site.article_url}"
    return Refusal(reason="no_article_address", detail=detail)


def fault(error: Exception, site: Site) -> str:
    """What a layout raised, and where: the line of the site's own file, where it has a part."""
    frames = extract_tb(error.__traceback__)
    where = [frame for frame in frames if frame.filename == site.file] or frames
    place = f" ({Path(where[-1].filename).name}, line {where[-1].lineno})" if where else ""
    return f"{type(error).__name__}: {error}{place}"
