"""What can be wrong with a site's definition, told before anything is fetched."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, get_args
from urllib.parse import urlsplit

from baolangson_crawler.exceptions import SiteFileError
from baolangson_crawler.extraction.page import ArticlePage
from baolangson_crawler.sites.sources import Calendar

if TYPE_CHECKING:
    from baolangson_crawler.sites.base import Site, Source

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}")

_TUPLES = {
    "domains": '("paper.vn",)',
    "former_domains": '("old.vn",)',
    "sources": "(Sitemap(...),)",
    "calendars": '(Calendar(url="https://paper.vn/{year}", first=date(2005, 1, 1)),)',
    "sections": '("kinh-te",)',
    "legacy_article_urls": '(r"-p(?P<old_id>[0-9]+)$",)',
    "pages": "(PortalPage,)",
    "inherited": '(Inherited(paper="old", before=date(2025, 7, 1)),)',
}
"""Field that holds several things → how it is written."""


def check(site: Site) -> None:
    """Make sure that a definition can be crawled.

    Raises:
        SiteFileError: it cannot; the message says which field is wrong and what it should be.
    """
    if not isinstance(site.key, str) or not re.fullmatch(r"[a-z0-9]+", site.key):
        raise SiteFileError(f"Site key {site.key!r} must be lower-case letters and digits.")
    for look in (_names, _tuples, _hosts, _patterns, _pages, _sources, _calendars, _inherited):
        if fault := look(site):
            raise SiteFileError(f"Site {site.key}: {fault}")


def _names(site: Site) -> str | None:
    from baolangson_crawler.sites.base import Status, Verified

    for field in ("name", "province", "former_province", "merged_into", "notes"):
        value = getattr(site, field)
        optional = field in ("former_province", "merged_into") and value is None
        if not optional and (not isinstance(value, str) or not (value or field == "notes")):
            return f"{field} must be a text, not {value!r}."
    for field, words in (("status", get_args(Status)), ("verified", get_args(Verified))):
        if (value := getattr(site, field)) not in words:
            return f"{field} must be one of {', '.join(words)}, not {value!r}."
    return None


def _tuples(site: Site) -> str | None:
    for field, example in _TUPLES.items():
        if not isinstance(value := getattr(site, field), tuple):
            return f"{field} must be a tuple, as {example}, not {value!r}."
    return None


def _hosts(site: Site) -> str | None:
    for field in ("domains", "former_domains"):
        for host in getattr(site, field):
            if not isinstance(host, str) or not _HOST.fullmatch(host):
                return f"{field} has {host!r}, which is no host name, as paper.vn."
    return None if site.domains else "domains names no host."


def _patterns(site: Site) -> str | None:
    for pattern in (site.article_url, *site.legacy_article_urls):
        try:
            re.compile(pattern)
        except (re.error, TypeError) as error:
            return f"article pattern {pattern!r} is no regex: {error}."
    return None


def _pages(site: Site) -> str | None:
    if not site.pages:
        return "pages names no page class."
    pages: tuple[object, ...] = tuple(site.pages)  # a site file may hold anything
    for page in pages:
        if not isinstance(page, type) or not issubclass(page, ArticlePage):
            return f"pages has {page!r}, which is no subclass of ArticlePage."
    return None


def _sources(site: Site) -> str | None:
    from baolangson_crawler.sites.sources import JsonListing, Listing, Source

    sources: tuple[object, ...] = site.sources
    for source in sources:
        if not isinstance(source, Source):
            kinds = ", ".join(kind.__name__ for kind in get_args(Source))
            return f"sources has {source!r}, which is none of {kinds}."
        if isinstance(source, JsonListing) and ("{last}" in source.url + source.body) != bool(
            source.last
        ):
            return f"{source.url} needs both {{last}} and the path of what stands for it, or none."
        if isinstance(source, Listing | JsonListing) and source.step < 1:
            return f"the step of {source.url} is {source.step!r}, but a list goes on by 1 or more."
        if fault := _address(site, source):
            return fault
    return None


def _calendars(site: Site) -> str | None:
    calendars: tuple[object, ...] = site.calendars
    for calendar in calendars:
        if not isinstance(calendar, Calendar):
            return f"calendars has {calendar!r}, which is no Calendar(...)."
        if "{year}" not in calendar.url:
            return f"the calendar {calendar.url!r} has no {{year}} where the year stands."
        if fault := _address(site, calendar):
            return fault
    return None


def _inherited(site: Site) -> str | None:
    from baolangson_crawler.sites.base import Inherited

    inherited: tuple[object, ...] = site.inherited
    for own in inherited:
        if not isinstance(own, Inherited):
            return f"inherited has {own!r}, which is no Inherited(...)."
        before: object = own.before
        if not isinstance(before, date | None):
            return f"what it inherited is from before a date(…), not {before!r}."
        if own.ids is not None and [type(number) for number in own.ids] != [int, int]:
            return f"ids of what it inherited are the first and the last number, not {own.ids!r}."
        if not (own.url or own.ids or own.before):
            return f"what it inherited from {own.paper!r} has no condition: url, ids or before."
        try:
            re.compile(own.url)
        except re.error as error:
            return f"pattern {own.url!r} of what it inherited is no regex: {error}."
    return None


def _address(site: Site, source: Source | Calendar) -> str | None:
    parts = urlsplit(source.url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return f"the source {source.url!r} is no absolute address, as https://paper.vn/rss."
    if not site.owns(source.url):
        return f"the source {source.url} is on none of the site's domains."
    return None


def check_selectors(site: Site) -> None:
    """Make sure that every CSS selector of the site's lists and page classes can be understood.

    Raises:
        SiteFileError: one cannot.
    """
    from baolangson_crawler.extraction.css import check as check_selector

    lists = (*site.sources, *site.calendars)
    selectors = {getattr(source, name, "") for source in lists for name in ("links", "next_page")}
    for page in site.pages:
        selectors.update(getattr(page, name) for name in dir(page) if name.endswith("_css"))
    for css in sorted(selectors - {""}):
        try:
            check_selector(css)
        except ValueError as error:
            raise SiteFileError(f"Site {site.key}: {css!r} is no CSS selector: {error}.") from error
