"""A small paper that a test makes up, and the crawl of it as an operator starts it.

Every host is answered by the tests' own proxy on loopback; nothing else is ever connected to.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import run_command
from proxy import Answer, Proxy

from baolangson_crawler.storage.opening import open_reading

HTML = {"Content-Type": "text/html; charset=utf-8"}
HOME = "http://paper.example"
SITE_FILE = """
from baolangson_crawler.families.portal import PortalPage
from baolangson_crawler.sites.base import Listing, Site

SITE = Site(key="paper", name="Báo Thử", province="Thử", domains=("paper.example",),
    sources=(Listing("http://paper.example/list?page={page}", links="h2 a"),),
    article_url=r"-(?P<id>\\d+)\\.html$", pages=(PortalPage,), verified="own")
"""
ARTICLE = """<html><body><div id="module-news-detail"><h1 class="news-title">Bài {n}</h1>
<div class="news-date">21-07-2020 08:54</div><div class="news-content"><p>Nội dung bài {n}. Sáng
21/7, chợ phiên đầu tuần họp đông, bà con mang na, hồi và mật ong ra bán từ lúc trời còn mờ sương.
</p></div></div></body></html>"""


def article(number: int) -> Answer:
    return Answer(ARTICLE.format(n=number).encode(), headers=HTML)


def new_design(number: int) -> Answer:
    text = "<p>Bà con mang na, hồi và mật ong ra chợ phiên từ lúc trời còn mờ sương.</p>" * 9
    html = f"<html><body><main><h1>Chợ phiên thứ {number}</h1>{text}</main></body></html>"
    return Answer(html.encode(), headers=HTML)


def listing(*hrefs: str) -> Answer:
    items = "".join(f'<h2><a href="{href}">Bài</a></h2>' for href in hrefs)
    return Answer(f"<html><body>{items}</body></html>".encode(), headers=HTML)


def robots(text: str, status: int = 200) -> Answer:
    return Answer(text.encode(), status, {"Content-Type": "text/plain"})


MENU = "".join(f'<a href="/muc-{n}/">Mục</a>' for n in range(6)).encode()
Pages = dict[str, Answer]
Crawl = Callable[..., tuple[int, dict[str, Any], Proxy, str]]


def let_time_pass(tmp_path: Path) -> None:
    """Whatever is to be tried again later is due now."""
    change(tmp_path, "UPDATE url SET next_visit_at = '2020-01-01T00:00:00Z' WHERE next_visit_at")


def forget_robots(tmp_path: Path) -> None:
    """Every robots.txt was read more than a day ago."""
    change(tmp_path, "UPDATE robots SET fetched_at = '2020-01-01T00:00:00Z'")


def change(tmp_path: Path, sql: str) -> None:
    with closing(sqlite3.connect(tmp_path / "articles.db", isolation_level=None)) as conn:
        conn.execute(sql)


@pytest.fixture
def crawl(tmp_path: Path) -> Crawl:
    """Crawl ``paper.example``, whose pages are given, with a site file outside the package."""
    file = tmp_path / "paper.py"

    def run(
        pages: Pages, *extra: str, site: str = SITE_FILE
    ) -> tuple[int, dict[str, Any], Proxy, str]:
        file.write_text(site, encoding="utf-8")
        served = {url if "://" in url else HOME + url: answer for url, answer in pages.items()}
        with Proxy(served.get, tmp_path) as proxy:
            done = run_command(
                *("crawl", "paper", "--site", str(file), "--delay", "0", "--json", *extra),
                *("--archive", str(tmp_path / "articles.db")),
                env=proxy.environment,
            )
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, json.loads(done.stdout)["sites"][0], proxy, done.stderr

    return run


def states(tmp_path: Path) -> dict[str, tuple[str, str | None]]:
    db = open_reading(tmp_path / "articles.db")
    found = {
        url.removeprefix(HOME): (state, reason)
        for url, state, reason in db.execute("SELECT url, state, reason FROM url")
    }
    db.close()
    return found
