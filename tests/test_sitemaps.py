"""Sitemaps of every kind: indexes, news and images, plain text, lying dates, and long files."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import pytest

from baolangson_crawler.discovery import sitemap_content, sitemap_pages
from baolangson_crawler.items import Link

URL = "https://a.vn/sitemap.xml"
SPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)
NEWS = """<url><image:image><image:loc>https://a.vn/x-9.jpg</image:loc><image:title>Ảnh</image:title>
</image:image><loc>https://a.vn/mot-1.html</loc><n:news><n:publication><n:name>Báo</n:name>
<n:language>vi</n:language></n:publication><n:publication_date>2026-01-08T18:21:00+07:00
</n:publication_date><n:title>Một &amp; hai</n:title></n:news></url>"""


def urlset(inner: str) -> bytes:
    return f'<?xml version="1.0"?><urlset {SPACES}>{inner}</urlset>'.encode()


def url(number: int, changed: str | None) -> str:
    lastmod = f"<lastmod>{changed}</lastmod>" if changed else ""
    return f"<url><loc>https://a.vn/x-{number}.html</loc>{lastmod}</url>"


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
@pytest.mark.parametrize("prefix", ["n", "news", "undeclared"])
def test_what_a_news_sitemap_says(prefix: str, pack: type[bytes]) -> None:
    body = urlset(NEWS.replace("n:", f"{prefix}:"))
    body = body.replace(b"xmlns:n=", f"xmlns:{prefix}=".encode())
    if prefix == "undeclared":
        body = body.replace(b"xmlns:undeclared=", b"x=").replace(b"undeclared:", b"news:")
    assert list(sitemap_pages(pack(body), URL)) == [
        Link(
            url="https://a.vn/mot-1.html",
            title="Một & hai",
            modified_raw="2026-01-08T18:21:00+07:00",
        )
    ]


def test_a_picture_is_never_a_page() -> None:
    body = urlset(
        "<url><image:image><image:loc>https://a.vn/x-9.html</image:loc></image:image></url>"
    )
    assert list(sitemap_pages(body, URL)) == []


def test_a_change_comes_before_the_publication() -> None:
    body = urlset(NEWS.replace("<n:news>", "<lastmod>2026-02-01</lastmod><n:news>"))
    assert [link.modified_raw for link in sitemap_pages(body, URL)] == ["2026-02-01"]


def test_a_sitemap_in_plain_text() -> None:
    text = "\ufeff\r\nhttps://a.vn/mot-1.html\r\n\nhttps://b.vn/x-2.html\nhttps://a.vn/hai-2.html?a=1&b=2"
    for body in (text.encode(), gzip.compress(text.encode()), text[1:].encode("utf-16")):
        assert [link.url for link in sitemap_pages(body, URL)] == [
            "https://a.vn/mot-1.html",
            "https://a.vn/hai-2.html?a=1&b=2",
        ]
    assert not list(sitemap_pages(("https://a.vn/" + "x" * 1_000_000).encode(), URL))


MOVED = "2022-01-27"
LYING = {
    "one moment": [f"{MOVED}T08:00:00+07:00"] * 30,
    "one day": [f"{MOVED}T08:{n % 60:02}:00+07:00" for n in range(400)],
    "a bare day": [MOVED] * 400,
}
TRUE = {
    "few": [f"{MOVED}T08:00:00+07:00"] * 19,
    "the issue of a day": [MOVED] * 200,
    "many days": [f"2022-01-{n % 28 + 1:02}" for n in range(400)],
}


@pytest.mark.parametrize("days", LYING.values(), ids=LYING)
def test_the_day_on_which_a_paper_moved_says_nothing(days: list[str]) -> None:
    body = urlset("".join(url(n, day) for n, day in enumerate([*days, "2026-01-08"])))
    said = [link.modified_raw for link in sitemap_pages(body, URL)]
    assert said == [None] * len(days) + ["2026-01-08"]


@pytest.mark.parametrize("days", TRUE.values(), ids=TRUE)
def test_a_day_that_may_be_true_is_kept(days: list[str]) -> None:
    body = urlset("".join(url(n, day) for n, day in enumerate(days)))
    assert [link.modified_raw for link in sitemap_pages(body, URL)] == days


def test_a_shared_moment_leaves_the_publication() -> None:
    pages = [
        NEWS.replace("mot-1", f"mot-{n}").replace(
            "<n:news>", f"<lastmod>{LYING['one moment'][0]}</lastmod><n:news>"
        )
        for n in range(30)
    ]
    said = {link.modified_raw for link in sitemap_pages(urlset("".join(pages)), URL)}
    assert said == {"2026-01-08T18:21:00+07:00"}


def test_an_index_and_a_file_are_told_apart() -> None:
    index = urlset("<sitemap><loc>/s.xml?x=1&y=2</loc><lastmod>2026-01-08</lastmod></sitemap>")
    content = sitemap_content(index.replace(b"urlset", b"sitemapindex"), URL)
    assert [link.url for link in content.sitemaps] == ["https://a.vn/s.xml?x=1&y=2"]
    assert content.pages == []


MEASURED = """
import resource, sys, tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from baolangson_crawler.dating import dated
from baolangson_crawler.discovery import sitemap_pages
body = Path(sys.argv[1]).read_bytes()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
if sys.argv[2] == "traced":
    tracemalloc.start()
links = dated(sitemap_pages(body, "https://a.vn/s.xml"), datetime(2026, 2, 1, tzinfo=UTC))
assert sum(link.modified is not None for link in links) == 50_000
resident = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
print(tracemalloc.get_traced_memory()[1] if sys.argv[2] == "traced" else resident)
"""


@pytest.mark.slow
@pytest.mark.parametrize("how", ["traced", "resident"])
def test_a_long_file_takes_little_memory(tmp_path: Path, how: str) -> None:
    """50,000 entries in 50 MB, in a process of its own, whose highest memory is its own too."""
    title = f"<n:news><n:title>{'Chợ phiên ' * 64}</n:title></n:news></url>"
    file = tmp_path / "sitemap.xml"
    with file.open("w", encoding="utf-8") as out:
        out.write(f"<urlset {SPACES}>")
        for n in range(50_000):
            day = f"2026-01-{n % 28 + 1:02}T10:00:{n % 60:02}+07:00"
            out.write(url(n, day).replace("</url>", title))
        out.write("</urlset>")
    assert 45_000_000 < file.stat().st_size < 50 * 1024 * 1024
    command = [sys.executable, "-c", MEASURED, str(file), how]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert int(done.stdout) < 30_000_000
