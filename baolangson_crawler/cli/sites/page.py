"""The page that a command is asked about: an address, a saved file, or a site's first article."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click
from scrapy import Request
from scrapy.http import HtmlResponse, Response

from baolangson_crawler import urls
from baolangson_crawler.cli.sites.fetching import fetch
from baolangson_crawler.dating import VIETNAM
from baolangson_crawler.exceptions import UnknownSite
from baolangson_crawler.extraction.document import Document
from baolangson_crawler.sites import Register, Site
from baolangson_crawler.spiders.responses import decoded
from baolangson_crawler.stored_pages import StoredPage, StoredPageError, load

_NOWHERE = "http://page.example/"


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A page and whose it is."""

    response: Response
    """As it was answered, or as a saved page would have been."""

    fetched_at: datetime
    """When it was received, to the second, +07:00."""

    site: Site
    """The site that publishes it."""

    asked: Site
    """The site whose address was asked for; another one where it led to ``site``."""

    asked_url: str
    """The address that was asked for."""

    stored: StoredPage | None = None
    """The answer, where the page is a stored one."""


def page_of(register: Register, target: str, url: str | None = None) -> Page:
    """The page of an address, a file or a site.

    Args:
        register: the sites.
        target: address, path of a saved page, or key of a site.
        url: the address of a saved page.

    Raises:
        UnknownSite: no site has the key or the host.
        NotFetched: no page came.
        StoredPageError: the answer beside a stored page is faulty.
    """
    is_key = url is None and target in register  # whatever file has its name
    if not is_key and Path(target).is_file():
        return _of_file(register, Path(target), url)
    if url:
        raise click.UsageError(f"--url tells the address of a saved page; {target} is no file.")
    address = _address(target) if re.match(r"[A-Za-z][\w+.-]*://", target) else None
    if address is None and ("/" in target or "." in target):
        raise click.UsageError(f"{target} is no file, no site and no address with http.")
    asked = _owner(register, address) if address else register.get(target)
    response = fetch(asked, address, register.companions((asked,)))
    return Page(
        response=response,
        fetched_at=_second(datetime.now(UTC)),
        site=_owner(register, response.url),
        asked=asked,
        asked_url=response.meta.get("redirect_urls", [response.url])[0],
    )


def _address(text: str) -> str:
    """An address that somebody gave, in a form that can be asked for."""
    if address := urls.absolute("", text):
        return address
    raise click.UsageError(f"{text!r} is no address; give it whole: https://paper.vn/…-123.html")


def _of_file(register: Register, file: Path, url: str | None) -> Page:
    """A saved page; a stored page brings its address, its time and its answer.

    With an address of its own it is read by itself, whatever lies beside it.
    """
    stored = _stored(file) if url is None else None
    response = saved_response(file, url or (stored.url if stored else None))
    site = _owner(register, response.url)
    asked_url = stored.asked_url if stored else response.url
    return Page(
        response=response,
        fetched_at=stored.fetched_at if stored else _changed(file),
        site=site,
        asked=_owner(register, asked_url),
        asked_url=asked_url,
        stored=stored,
    )


def _stored(file: Path) -> StoredPage | None:
    if not file.with_suffix(".json").is_file():
        return None
    try:
        return load(file)
    except StoredPageError as error:
        raise StoredPageError(f"{error} With --url ADDRESS the page is read by itself.") from error


def _changed(file: Path) -> datetime:
    return _second(datetime.fromtimestamp(file.stat().st_mtime, UTC))


def saved_response(file: Path, url: str | None) -> Response:
    """A saved page as if it had been answered; without an address, under the one it declares."""
    body = file.read_bytes()
    if url is None:
        document = Document(decoded(HtmlResponse(_NOWHERE, body=body))[0], _NOWHERE)
        url = document.canonical_link or document.meta_text("og:url")
        if not url:
            raise click.UsageError(f"{file} does not say its address; tell it with --url.")
    url = _address(url)
    return HtmlResponse(url, body=body, request=Request(url))


def _owner(register: Register, url: str) -> Site:
    if site := register.for_url(url):
        return site
    raise UnknownSite(
        f"No site has the host of {url}. Describe it first: "
        f"baolangson sites new KEY --domain {urls.host_of(url)} --from {url}"
    )


def _second(at: datetime) -> datetime:
    return at.astimezone(VIETNAM).replace(microsecond=0)
