"""A paper that lives by a timetable: what it shows of each article at any hour.

Every article is a number; what befalls it is decided by a seed before the first crawl.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import blake2b
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal, Self

from baolangson_crawler.dating import VIETNAM
from baolangson_crawler.families.portal import PortalPage
from baolangson_crawler.sites.base import Feed, Listing, Site

Fate = Literal["edited", "announced", "cosmetic", "gone", "back", "moved", "renamed"]
Weather = Literal["fair", "outage", "wall"]
HOST = "tuan.example"
HOME = f"http://{HOST}"
_HOUR = timedelta(hours=1)
_NEWEST = 30  # articles on the list and in the feed
_NEVER = datetime.max.replace(tzinfo=UTC)
_WALL = """<html><head><title>Just a moment...</title></head><body><h1>Checking your browser before
accessing the site.</h1><form id="challenge-form" action="/cdn-cgi/"></form></body></html>"""
_WORDS = """chợ phiên sáng nay họp đông bà con mang na hồi và mật ong ra bán từ lúc trời còn mờ
sương cửa khẩu thông quan xe hàng nông sản lớp học vùng cao bản làng
đường mới mùa xuân rừng thông suối
""".split()
SITE = Site(
    key="tuan",
    name="Báo Tuần",
    province="Thử",
    domains=(HOST,),
    sources=(
        Listing(f"{HOME}/list?page={{page}}", links="h2 a"),
        Feed(f"{HOME}/feed.rss"),
    ),
    article_url=r"-(?P<id>\d+)\.html$",
    pages=(PortalPage,),
    verified="own",
)


@dataclass(frozen=True)
class Story:
    """An article and what befalls it."""

    number: int
    published: datetime
    fate: Fate | None = None
    at: datetime = _NEVER
    """When it is edited, taken away or moved."""

    until: datetime = _NEVER
    """When it is back."""

    def slug(self, now: datetime) -> str:
        """Its words in the address."""
        has_moved = self.fate in ("moved", "renamed") and now >= self.at
        return f"{'tin' if has_moved else 'bai'}-{self.number}.html"

    def is_there(self, now: datetime) -> bool:
        """Whether the paper shows it."""
        away = self.fate in ("gone", "back") and self.at <= now < self.until
        return self.published <= now and not away

    def body(self, now: datetime) -> str:
        """Its text, the same until it is edited."""
        draw = random.Random(self.number)
        text = f"Bài số {self.number}: " + " ".join(draw.choices(_WORDS, k=60)) + "."
        is_edited = self.fate in ("edited", "announced") and now >= self.at
        return f"{text} Bổ sung lúc {self.at:%H:%M}." if is_edited else text

    def page(self, now: datetime) -> str:
        """Its page; the number of views is none of its text."""
        views = now.toordinal() * 24 + now.hour if self.fate == "cosmetic" else 7
        day = self.published.astimezone(VIETNAM)
        return (
            f'<html><body><div id="module-news-detail"><h1 class="news-title">Bài {self.number} '
            f'của báo Tuần</h1><div class="news-date">{day:%d-%m-%Y %H:%M}</div>'
            f'<div class="news-content"><p>{self.body(now)}</p></div></div>'
            f"<footer>{views} lượt xem</footer></body></html>"
        )


@dataclass
class WeekPaper:
    """The paper on loopback; use it as a context manager and set ``now`` before each crawl."""

    stories: dict[int, Story]
    now: datetime
    weather: Weather = "fair"
    asked: list[str] = field(default_factory=list)
    not_modified: int = 0

    def listed(self) -> Iterator[Story]:
        """The newest articles, the newest first; one that is moved stands in front again."""
        there = [story for story in self.stories.values() if story.is_there(self.now)]

        def order(story: Story) -> datetime:
            news = story.fate in ("renamed", "announced") and story.at <= self.now
            return max(story.published, story.at) if news else story.published

        yield from sorted(there, key=order, reverse=True)[:_NEWEST]

    def answer(self, path: str) -> tuple[int, str, dict[str, str]]:
        """Status, body and header lines for a path."""
        if self.weather == "outage":
            return 502, "Bad gateway", {}
        if path == "/robots.txt":
            return 200, "User-agent: *\nAllow: /\n", {"Content-Type": "text/plain"}
        if self.weather == "wall":
            return 200, _WALL, {}
        if path.startswith("/list"):
            items = "".join(
                f'<h2><a href="/{story.slug(self.now)}">Bài</a></h2>' for story in self.listed()
            )
            menu = "".join(f'<a href="/muc-{n}/">Mục</a>' for n in range(6))
            first = path.endswith("page=1")
            return (200, f"<html><nav>{menu}</nav>{items}</html>", {}) if first else (404, "", {})
        if path == "/feed.rss":
            return 200, self._feed(), {"Content-Type": "application/rss+xml"}
        return self._article(path)

    def _article(self, path: str) -> tuple[int, str, dict[str, str]]:
        number = path.rpartition("-")[2].removesuffix(".html")
        story = self.stories.get(int(number)) if number.isdecimal() else None
        if story is None or not story.is_there(self.now):
            return 404, "<html><h1>Không có trang này</h1></html>", {}
        if path[1:] == story.slug(self.now):
            return 200, story.page(self.now), {}
        if story.fate == "moved":
            return 301, "", {"Location": f"/{story.slug(self.now)}"}
        return 404, "", {}

    def _feed(self) -> str:
        items = ""
        for story in self.listed():
            news = story.fate == "announced" and story.at <= self.now
            at = format_datetime(story.at if news else story.published)
            link = f"{HOME}/{story.slug(self.now)}"
            items += f"<item><title>Bài</title><link>{link}</link><pubDate>{at}</pubDate></item>"
        return f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.proxy_url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler(paper: WeekPaper) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """One request to a connection: the crawls are short."""

        def do_GET(self) -> None:
            path = self.path.removeprefix(HOME)
            paper.asked.append(path)
            status, text, headers = paper.answer(path)
            body = text.encode()
            if status == 200:
                headers |= {"ETag": f'"{blake2b(body, digest_size=8).hexdigest()}"'}
                if self.headers.get("If-None-Match") == headers["ETag"]:
                    status, body = 304, b""
                    paper.not_modified += 1
            self.send_response(status)
            for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                self.send_header(name, value)
            if status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    return Handler


def timetable(seed: int, begin: datetime, days: int, a_day: int) -> dict[int, Story]:
    """The articles of a paper: some days before the first crawl, and those of the days after.

    Args:
        seed: of all chance.
        begin: of the first crawl.
        days: that are simulated.
        a_day: articles printed on one day.
    """
    draw = random.Random(seed)
    fates: tuple[Fate, ...] = (
        *("edited", "announced", "cosmetic", "gone", "back", "moved", "renamed"),
    )
    stories = {}
    for number in range(1, _NEWEST + days * a_day + 1):
        old = number <= _NEWEST
        hours = draw.uniform(-72, 0) if old else draw.uniform(1, days * 24 - 1)
        published = (begin + hours * _HOUR).replace(second=0, microsecond=0)
        fate = draw.choice(fates) if draw.random() < 0.6 else None
        # after the crawl that stores it, and mostly while it is young
        first = max(published, begin) + 1.5 * _HOUR
        at = first + draw.expovariate(1 / 12) * _HOUR
        until = at + draw.uniform(8, 40) * _HOUR if fate == "back" else _NEVER
        stories[number] = Story(number, published, fate, at.replace(microsecond=0), until)
    return stories
