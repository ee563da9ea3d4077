"""A hostile web costs single pages, each with a reason; never the crawl, its memory or its time."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import zlib
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from time import monotonic
from typing import Any

import brotli
import pytest
from backports import zstd
from conftest import clean_environment
from hostile import HTML, HostileServer, Speech, endlessly, head, page, says
from hostile_pages import PAGES
from proxy import Proxy
from test_engine import ARTICLE, SITE_FILE

from baolangson_crawler.exceptions import PageRefused
from baolangson_crawler.extraction.bounds import bounded, check
from baolangson_crawler.repair import decode
from baolangson_crawler.sites import load_sites
from baolangson_crawler.storage.opening import open_reading

HOME = "http://paper.example"
MIB = 1024 * 1024
UNPACKED = 200 * MIB
DEADLINE = 3  # seconds
GOOD = 30


def article(number: int) -> bytes:
    return ARTICLE.format(n=number).encode()


def bomb(compressor: Any) -> bytes:
    """200 MiB of blanks behind the beginning of an article."""
    parts = [compressor.compress(article(1))]
    parts += [compressor.compress(b" " * MIB) for _ in range(UNPACKED // MIB)]
    return b"".join((*parts, compressor.flush()))


class Brotli:
    def __init__(self) -> None:
        self.compress = brotli.Compressor(quality=1).process
        self._compressor = self.compress.__self__

    def flush(self) -> bytes:
        found: bytes = self._compressor.finish()
        return found


def coded(body: bytes, coding: str) -> Speech:
    return page(body, f"Content-Encoding: {coding}")


def wire() -> dict[str, tuple[Speech, str | None]]:
    """What a server may say, and the reason that the ledger gives; None for a page that is good."""
    whole = article(1)
    zipped = gzip.compress(whole)
    gzip_bomb = bomb(zlib.compressobj(9, wbits=31))
    length = f"Content-Length: {len(whole)}"
    chunked = head(HTML, "Transfer-Encoding: chunked")
    chunk = b"%x\r\n%s\r\n" % (len(whole), whole)
    ok = head(HTML)
    line = b"X-Flood: " + b"x" * 1000 + b"\r\n"
    interim = b"HTTP/1.1 103 Early Hints\r\n\r\n" * 99
    return {
        "bomb-gzip": (coded(gzip_bomb, "gzip"), "too_large"),
        "bomb-deflate": (coded(bomb(zlib.compressobj(9)), "deflate"), "too_large"),
        "bomb-raw-deflate": (coded(bomb(zlib.compressobj(9, wbits=-15)), "deflate"), "too_large"),
        "bomb-br": (coded(bomb(Brotli()), "br"), "too_large"),
        "bomb-zstd": (coded(bomb(zstd.ZstdCompressor()), "zstd"), "too_large"),
        "bomb-nested": (
            coded(gzip.compress(gzip.compress(gzip_bomb)), "gzip, gzip, gzip"),
            "too_large",
        ),
        "bomb-in-zstd": (coded(zstd.compress(gzip_bomb), "gzip, zstd"), "too_large"),
        "four-codings": (coded(zipped, "gzip, gzip, gzip, gzip"), "broken_coding"),
        "unknown-coding": (coded(zipped, "lzma"), "broken_coding"),
        "no-gzip": (coded(whole, "gzip"), "broken_coding"),
        "damaged-gzip": (coded(zipped[:60] + b"xx" + zipped[62:], "gzip"), "broken_coding"),
        "cut-gzip": (coded(zipped[:-30], "gzip"), "incomplete"),
        "cut-gzip-trailer": (coded(zipped[:-1], "gzip"), "incomplete"),
        "cut-br": (coded(brotli.compress(whole)[:-30], "br"), "incomplete"),
        "cut-zstd": (coded(zstd.compress(whole)[:-3], "zstd"), "incomplete"),
        "endless": (endlessly(ok, b"<p>x" * 16384), "too_large"),
        "endless-with-length": (
            endlessly(head(HTML, "Content-Length: 99999999999"), b"x" * 65536),
            "too_large",
        ),
        "endless-chunked": (endlessly(chunked, b"10000\r\n" + b"x" * 65536 + b"\r\n"), "too_large"),
        "endless-gzip": (
            endlessly(
                head(HTML, "Content-Encoding: gzip", "Transfer-Encoding: chunked"),
                b"%x\r\n%s\r\n" % (len(zipped), zipped),
                0.01,
            ),
            "timeout",
        ),
        "trickle": (endlessly(ok, b"x", 1), "timeout"),
        "trickle-with-length": (endlessly(head(HTML, length), b"x", 0.5), "timeout"),
        "slow-headers": (endlessly(b"HTTP/1.1 200 OK\r\n", b"X-Slow: 1\r\n", 0.5), "timeout"),
        "silence": (says(20.0), "timeout"),
        "short-body": (says(head(HTML, length), whole[:-40]), "incomplete"),
        "surplus": (says(head(HTML, f"Content-Length: {len(whole) - 8}") + whole, 20.0), None),
        "no-last-chunk": (says(chunked, chunk), "incomplete"),
        "reset": (says(head(HTML, length), whole[:200], 0.2, -1.0), "incomplete"),
        "reset-without-length": (says(ok, whole[:200], 0.2, -1.0), "incomplete"),
        "reset-in-the-headers": (says(b"HTTP/1.1 200 OK\r\n", line, 0.2, -1.0), "no_answer"),
        "bad-chunk": (says(chunked, b"ten\r\n", whole), "not_http"),
        "bad-length": (says(head(HTML, "Content-Length: -1"), whole), "not_http"),
        "two-lengths": (says(head(length, "Content-Length: 3"), whole), "not_http"),
        "bad-transfer-coding": (says(head(HTML, "Transfer-Encoding: x"), whole), "not_http"),
        "header-flood": (endlessly(b"HTTP/1.1 200 OK\r\n", line), "headers_too_large"),
        "header-line": (endlessly(b"HTTP/1.1 200 OK\r\nX: ", b"x" * 65536), "headers_too_large"),
        "header-fold": (
            endlessly(b"HTTP/1.1 200 OK\r\nX: x\r\n", b" x\r\n" * 999),
            "headers_too_large",
        ),
        "header-bare": (endlessly(b"HTTP/1.1 200 OK\r\n", b"x\n" * 999), "headers_too_large"),
        "interim-flood": (endlessly(b"", interim), "headers_too_large"),
        "status-flood": (endlessly(b"HTTP/1.1 200 ", b"x" * 65536), "headers_too_large"),
        "garbage": (endlessly(b"", bytes(range(256)) * 256), "not_http"),
        "http09": (says(whole), "not_http"),
        "ssh": (says(b"SSH-2.0-OpenSSH_9.6\r\n", 20.0), "not_http"),
        "redirect-to-itself": (
            says(head("Location: ?", "Content-Length: 0", status="302 Found")),
            "redirect_loop",
        ),
    }


@dataclass(frozen=True)
class Run:
    """What came of one crawl."""

    exit_code: int
    peak: int
    """Resident memory of the crawling process at its highest, in bytes."""

    url: dict[str, tuple[str, str | None]]
    titles: set[str]
    log: str


CRAWL = """
import json, sys
from pathlib import Path
from time import monotonic
from baolangson_crawler.crawling import crawl
from baolangson_crawler.sites import load_sites

sites = list(load_sites([sys.argv[1]], builtin=False, environment=False))
report = crawl(sites, Path(sys.argv[2]), settings=json.loads(sys.argv[3]))
status = Path("/proc/self/status").read_text()
peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
print(json.dumps([report.exit_code, int(peak.split()[1]) * 1024]))
"""


def crawl(
    tmp_path: Path, environment: dict[str, str], site_file: str = SITE_FILE, **settings: Any
) -> Run:
    site = tmp_path / "paper.py"
    site.write_text(site_file, encoding="utf-8")
    archive = tmp_path / "articles.db"
    given = {"DOWNLOAD_DELAY": 0, "DOWNLOAD_TIMEOUT": DEADLINE, "SECOND_TRIES": 0, **settings}
    done = subprocess.run(
        [sys.executable, "-c", CRAWL, str(site), str(archive), json.dumps(given)],
        env={**clean_environment(), **environment},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-5000:]
    exit_code, peak = json.loads(done.stdout)
    db = open_reading(archive)
    url = {
        found.removeprefix(HOME): (state, reason)
        for found, state, reason in db.execute("SELECT url, state, reason FROM url")
    }
    titles = {title for (title,) in db.execute("SELECT title FROM article")}
    db.close()
    return Run(exit_code, peak, url, titles, done.stderr)


def paper(pages: dict[str, Speech]) -> dict[str, Speech]:
    """The pages at their addresses, among thirty good articles, and a list of them all."""
    good: dict[str, Speech] = {f"/good-{100 + n}.html": page(article(n)) for n in range(GOOD)}
    paths = [path for pair in zip_longest(pages, good) for path in pair if path]
    links = "".join(f'<h2><a href="{path}">Bài</a></h2>' for path in paths)
    listing = page(f"<html><body>{links}</body></html>".encode())
    served = {"/list?page=1": listing, "/list?page=2": listing, **pages, **good}
    return {HOME + path: speech for path, speech in served.items()}


def all_good(run: Run) -> bool:
    return {f"Bài {n}" for n in range(GOOD)} <= run.titles


STORED = ("done", None)


Outcome = tuple[str, str | None]


def said(*reasons: str | None) -> tuple[dict[str, Speech], dict[str, Outcome]]:
    """What ends with these reasons, all if none is given: what is said, and what is noted."""
    found = {
        f"/{name}-9{n}.html": made
        for n, (name, made) in enumerate(wire().items())
        if not reasons or made[1] in reasons
    }
    speeches = {path: speech for path, (speech, _) in found.items()}
    return speeches, {p: ("failed", why) if why else STORED for p, (_, why) in found.items()}


@pytest.mark.slow
def test_whatever_a_server_says_costs_its_own_page(tmp_path: Path) -> None:
    speeches, expected = said()
    with HostileServer(paper(speeches)) as server:
        run = crawl(tmp_path, server.environment)
        spoke = server.heard_out([HOME + path for path in speeches])
    assert {path: run.url[path] for path in expected} == expected
    assert all_good(run)
    assert "Traceback" not in run.log
    assert max(spoke.values()) < DEADLINE + 2
    assert run.peak < 200 * MIB


@pytest.mark.slow
def test_a_hostile_site_costs_its_hostile_pages_and_little_memory(tmp_path: Path) -> None:
    # not what is noticed by the clock: where that is short, a page that is read slowly is late too
    speeches, expected = said("too_large", "broken_coding", "incomplete", "headers_too_large")
    pages = {f"/p-8{n}.html": made for n, made in enumerate(PAGES.values())}
    # each with a title of its own: one text under many addresses is no article
    speeches |= {
        path: page(made.body.replace("Bài 9".encode(), f"Bài {path[3:-5]}".encode()))
        for path, made in pages.items()
    }
    expected |= {p: ("skipped", made.held) if made.held else STORED for p, made in pages.items()}
    with HostileServer(paper(speeches)) as server:
        run = crawl(tmp_path, server.environment, DOWNLOAD_TIMEOUT=60)
    assert {path: run.url[path] for path in expected} == expected
    assert all_good(run)
    assert "Traceback" not in run.log
    assert run.peak < 300 * MIB
    db = open_reading(tmp_path / "articles.db")
    kept = db.execute(
        "SELECT reason, count(*), count(capture_id) FROM held JOIN fetch ON fetch.id = fetch_id "
        "GROUP BY 1"
    ).fetchall()
    whole = "SELECT count(*) FROM article_text WHERE body LIKE '%trời còn mờ sương.%'"
    stored = db.execute(whole).fetchone()[0]
    db.close()
    held = sum(made.held is not None for made in PAGES.values())
    assert kept == [("too_large", held, held)]
    assert stored == GOOD + len(PAGES) - held


@pytest.mark.parametrize("name", PAGES)
def test_a_hostile_page_is_read_or_refused_in_bounded_time(name: str, tmp_path: Path) -> None:
    file = tmp_path / "paper.py"
    file.write_text(SITE_FILE, encoding="utf-8")
    (site,) = load_sites([file], builtin=False, environment=False)
    began = monotonic()
    text = decode(PAGES[name].body).text
    url = f"{HOME}/a-9.html"
    if held := PAGES[name].held:
        with pytest.raises(PageRefused) as refused:
            site.extract(text, url)
        assert refused.value.reason == held
    else:
        article = site.extract(text, url)
        assert article.title == "Bài 9"
        assert article.body[-1].text.endswith("mờ sương.")
    assert monotonic() - began < 20


def test_no_page_of_a_paper_is_touched_by_the_bounds() -> None:
    files = [*Path(__file__).parent.glob("pages/*/*.html*")]
    assert len(files) > 100
    for file in files:
        body = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        text = decode(body).text
        check(text)
        assert bounded(text) == text


def test_a_large_page_of_many_plain_elements_is_untouched() -> None:
    rows = "<tr><td class='a' title='x > y'>Lúa<br>ngô</td></tr>" * 20_000
    page = f"<table>{rows}</table>" + "<img src='a.jpg'>" * 3000
    check(page)
    assert bounded(page) == page


TLS = """
import sys
from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings
from baolangson_crawler.failures import reason_of

class OneRequest(Spider):
    name = "one"

    async def start(self):
        yield Request(sys.argv[1], errback=self.failed, meta={"robots_txt": True})

    def parse(self, response):
        print(response.status)

    def failed(self, failure):
        print(reason_of(failure.value))

settings = Settings()
settings.setmodule("baolangson_crawler.settings", priority="project")
settings.setdict({"SECOND_TRIES": 0, "LOG_LEVEL": "ERROR", "EXTENSIONS": {}}, priority="cmdline")
process = AsyncCrawlerProcess(settings)
process.crawl(OneRequest)
process.start()
"""


@pytest.mark.parametrize(("trusted", "said"), [(True, "404"), (False, "tls")])
def test_a_certificate_that_nobody_vouches_for_has_its_reason(
    tmp_path: Path, trusted: bool, said: str
) -> None:
    with Proxy(lambda url: None, tmp_path) as proxy:
        trust = {} if trusted else {"SSL_CERT_FILE": os.devnull}
        done = subprocess.run(
            [sys.executable, "-c", TLS, "https://paper.example/a-1.html"],
            env={**clean_environment(), **proxy.environment, **trust},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.stdout.strip() == said, done.stderr
