"""What a paper answers to an address. Knows no socket and no header of a request."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from types import ModuleType
from urllib.parse import parse_qs, urlsplit

from baolangson_crawler.demo import addresses
from baolangson_crawler.demo.markup import fck, feeds, portal, zce
from baolangson_crawler.demo.papers import DemoPaper
from baolangson_crawler.demo.pictures import picture
from baolangson_crawler.demo.stories import headline, story
from baolangson_crawler.demo.timetable import published

HTML = "text/html; charset=utf-8"
XML = "text/xml; charset=utf-8"
_MARKUP: dict[str, ModuleType] = {"portal": portal, "fck": fck, "zce": zce}
_PICTURES = re.compile(r"/(?:uploads|images?|static)/.+\.(?:jpg|png)")
_YEAR = re.compile(r"/luu-tru/(\d{4})/?")
_MONTH = re.compile(r"/sitemaps/news-(\d{4})-(1[0-2]|[1-9])\.xml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer before it meets the connection."""

    status: int = 200
    media_type: str = HTML
    body: bytes = b""
    location: str | None = None
    modified: datetime | None = None
    """Sent as ``Last-Modified``; a reply without it has no validators."""

    always_gzip: bool = False
    """Sent gzip-encoded whether the client asked for it or not."""


def answer(paper: DemoPaper, target: str) -> Reply:
    """The reply of a paper to a path with its query."""
    parts = urlsplit(target)
    path, query = parts.path or "/", parse_qs(parts.query)
    if path == "/robots.txt":
        return Reply(media_type="text/plain; charset=utf-8", body=_robots(paper).encode())
    if path == "/":
        return _listing(paper, _MARKUP[paper.family].home_page(paper))
    if _PICTURES.fullmatch(path):
        media_type, body = picture(path)
        return Reply(media_type=media_type, body=body)
    return (
        _article(paper, path)
        or _machine_list(paper, path)
        or _section(paper, path, query)
        or Reply(status=404, body=_MARKUP[paper.family].not_found_page(paper).encode())
    )


def _robots(paper: DemoPaper) -> str:
    lines = ["User-agent: *", "Allow: /", "Disallow: /tim-kiem/"]
    if paper.family == "zce":
        lines += ["", f"Sitemap: {paper.home}sitemap.xml"]
    return "\n".join(lines) + "\n"


def _article(paper: DemoPaper, path: str) -> Reply | None:
    found = addresses.parsed(paper, path)
    if not found:
        return None
    number, words, section = found
    head = headline(paper, number)
    if paper.family == "zce" and words != head.slug:
        return Reply(status=301, location=head.url)
    if paper.family == "portal" and (words != head.slug or not paper.section(section or "")):
        return None
    told = story(paper, number)
    page = _MARKUP[paper.family].article_page(paper, told)
    return Reply(body=page.encode(), modified=told.modified or told.published)


def _machine_list(paper: DemoPaper, path: str) -> Reply | None:
    """Feeds and sitemaps."""
    if paper.family == "fck" and (match := re.fullmatch(r"/rss/cate/([a-z0-9-]+)/?", path)):
        section = paper.section(match[1])
        return _listing(paper, feeds.section_feed(paper, section), XML) if section else None
    if paper.family != "zce":
        return None
    if path == "/rss/home.rss":
        return _listing(paper, feeds.home_feed(paper), XML)
    if path == "/sitemap.xml":
        return _listing(paper, feeds.sitemap_index(paper), XML)
    if match := _MONTH.fullmatch(path):
        page = feeds.month_sitemap(paper, int(match[1]), int(match[2]))
        return _listing(paper, page, XML, always_gzip=True) if page else None
    return None


def _section(paper: DemoPaper, path: str, query: dict[str, list[str]]) -> Reply | None:
    number = query.get("p" if paper.family == "fck" else "page", ["1"])[-1]
    if not number.isdecimal() or number == "0":
        return None
    if paper.family == "portal" and (year := _YEAR.fullmatch(path)):
        page = portal.year_page(paper, int(year[1]), int(number))
        return _listing(paper, page) if page else None
    section = paper.section(path.strip("/"))
    if section is None:
        return None
    page = _MARKUP[paper.family].section_page(paper, section, int(number))
    return _listing(paper, page) if page else None


def _listing(
    paper: DemoPaper, page: str, media_type: str = HTML, *, always_gzip: bool = False
) -> Reply:
    newest = published(paper, paper.articles)
    return Reply(
        media_type=media_type, body=page.encode(), modified=newest, always_gzip=always_gzip
    )
