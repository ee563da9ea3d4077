"""Small papers for the fault server: section lists, a feed, articles, robots.txt."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_hex

HTML = {"Content-Type": "text/html; charset=utf-8"}
TEXT = {"Content-Type": "text/plain; charset=utf-8"}
XML = {"Content-Type": "application/rss+xml; charset=utf-8"}

_SITE_FILE = """
from baolangson_crawler.families.portal import PortalPage
from baolangson_crawler.sites.base import Feed, Listing, Site

SITE = Site(key="{key}", name="Báo {key}", province="Thử", domains=({host!r},),
    former_domains={former!r}, sources=({sources}),
    article_url=r"-(?P<id>\\d+)\\.html$", pages=(PortalPage,), verified="own")
"""
_ARTICLE = """<html><body><div id="module-news-detail"><h1 class="news-title">Bài {n}</h1>
<div class="news-date">21-07-2020 08:54</div><div class="news-content"><p>Nội dung bài {n}. Sáng
21/7, chợ phiên đầu tuần họp đông, bà con mang na, hồi và mật ong ra bán từ lúc trời còn mờ sương.
</p></div></div></body></html>"""
_MENU = "".join(f'<a href="/muc-{n}/">Mục {n}</a>' for n in range(6))


@dataclass(frozen=True)
class Answer:
    """What a server says."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


Validators = Callable[[bytes], dict[str, str]]
"""The header lines by which a server lets a client ask whether a body has changed."""


def etag(body: bytes) -> dict[str, str]:
    return {"ETag": f'"{_digest(body)}"'}


def weak_etag(body: bytes) -> dict[str, str]:
    return {"ETag": f'W/"{_digest(body)}, a"'}


def bare_etag(body: bytes) -> dict[str, str]:
    """Not by the grammar, and yet sent by servers: without quotes."""
    return {"ETag": f"{_digest(body)}-gzip"}


def date(body: bytes) -> dict[str, str]:
    """Not by the grammar either: a zone of the paper's own, on a day that its text decides."""
    return {"Last-Modified": f"Tue, {int(_digest(body), 16) % 28 + 1:02} Jul 2020 08:54:00 +0700"}


def random_etag(body: bytes) -> dict[str, str]:
    return {"ETag": f'"{token_hex(8)}"'}


def _digest(body: bytes) -> str:
    return sha256(body).hexdigest()[:12]


@dataclass(frozen=True)
class Paper:
    """A paper of ``articles`` articles, the newest first, on lists of ``per_page``."""

    key: str = "paper"
    host: str = "paper.example"
    other_hosts: tuple[str, ...] = ()
    """Further names of the same server; those that are not ``www.`` or ``m.`` are former ones."""

    articles: int = 3
    per_page: int = 10
    feed: bool = False
    robots: bytes | Answer | None = None
    """Without one, robots.txt is not there (404)."""

    validators: Validators = lambda body: {}

    @property
    def hosts(self) -> tuple[str, ...]:
        return self.host, *self.other_hosts

    @property
    def lists(self) -> int:
        """How many list pages there are."""
        return max(1, -(-self.articles // self.per_page))

    def url(self, number: int) -> str:
        """The address of an article."""
        return f"http://{self.host}/bai-{number}.html"

    @property
    def urls(self) -> set[str]:
        """The addresses of all its articles."""
        return {self.url(number) for number in range(1, self.articles + 1)}

    @property
    def robots_url(self) -> str:
        return f"http://{self.host}/robots.txt"

    def list_url(self, page: int = 1) -> str:
        return f"http://{self.host}/list?page={page}"

    @property
    def feed_url(self) -> str:
        return f"http://{self.host}/feed.rss"

    @property
    def site_file(self) -> str:
        """The operator's site file for it."""
        sources = f'Listing("http://{self.host}/list?page={{page}}", links="h2 a"),'
        if self.feed:
            sources += f' Feed("{self.feed_url}"),'
        former = tuple(h for h in self.other_hosts if not h.startswith(("www.", "m.")))
        return _SITE_FILE.format(key=self.key, host=self.host, former=former, sources=sources)

    @staticmethod
    def number_of(path: str) -> int | None:
        """The article that a path names."""
        match = re.fullmatch(r"/bai-(\d+)\.html", path)
        return int(match[1]) if match else None

    def answer(self, path: str) -> Answer | None:
        """What the sound paper says; None where it has no such page."""
        if path == "/robots.txt":
            return (
                Answer(self.robots, headers=TEXT)
                if isinstance(self.robots, bytes)
                else (self.robots)
            )
        if path == "/feed.rss" and self.feed:
            return self._page(self._feed(), XML)
        if number := self.number_of(path):
            return self._page(_ARTICLE.format(n=number), HTML) if number <= self.articles else None
        if match := re.fullmatch(r"/list\?page=(\d+)", path):
            page = int(match[1])
            return self._page(self._list(page), HTML) if 1 <= page <= self.lists else None
        return None

    def article(self, number: int) -> Answer:
        """An article's page, for scripts."""
        return Answer(_ARTICLE.format(n=number).encode(), headers=HTML)

    def _page(self, text: str, headers: dict[str, str]) -> Answer:
        body = text.encode()
        return Answer(body, headers={**headers, **self.validators(body)})

    def _listed(self, page: int) -> range:
        newest = self.articles - (page - 1) * self.per_page
        return range(newest, max(0, newest - self.per_page), -1)

    def _list(self, page: int) -> str:
        items = "".join(
            f'<h2><a href="{self.url(number)}">Bài {number}</a></h2>'
            for number in self._listed(page)
        )
        return f"<html><body><nav>{_MENU}</nav>{items}</body></html>"

    def _feed(self) -> str:
        items = "".join(
            f"<item><title>Bài {number}</title><link>{self.url(number)}</link></item>"
            for number in self._listed(1)
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'
