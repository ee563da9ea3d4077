"""Saved pages of real papers, crawled under the papers' own addresses, against answers by eye."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from conftest import run_command
from proxy import Answer, Proxy
from sqlite_utils import Database

from baolangson_crawler.storage.captures import load
from baolangson_crawler.storage.opening import open_reading
from baolangson_crawler.storage.reports import article_record, find_article

pytestmark = [pytest.mark.shared, pytest.mark.slow]
HTML = {"Content-Type": "text/html; charset=utf-8"}
LAO_CAI_SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{url}</loc></url></urlset>"""
CAN_THO, LAO_CAI = "baocantho.com.vn/a196670.html", "baolaocai.vn/post404649.html"

# The main column of the saved section page, read by eye; 62 further articles stand in its menus.
MAIN_LIST = {196670, 196669, 196668, 196666, 196629, 196625, 196615, 196613, 196612, 196577}
MAIN_LIST |= {196573, 196563, 196559, 196541, 196525, 196520}


@dataclass(frozen=True)
class Crawled:
    archive: Path
    pages: Path
    addresses: dict[str, str]
    asked: list[str]
    report: dict[str, Any]

    def truth(self, file: str) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(
            (self.pages / file).with_suffix(".truth.json").read_text(encoding="utf-8")
        )
        return answer


@pytest.fixture(scope="module")
def crawled(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """Both papers, crawled by the command in one go with their built-in site files."""
    folder = tmp_path_factory.mktemp("real")
    pages = shared / "corpus" / "pages"
    with (pages / "INDEX.tsv").open(encoding="utf-8") as index:
        addresses = {row["file"]: row["url"] for row in csv.DictReader(index, delimiter="\t")}

    def read(file: str) -> bytes:
        return (pages / file).read_bytes()

    served = {
        addresses[CAN_THO]: Answer(read(CAN_THO), headers=HTML),
        addresses["baocantho.com.vn/category-thoi-su.html"]: Answer(
            read("baocantho.com.vn/category-thoi-su.html"), headers=HTML
        ),
        addresses[LAO_CAI]: Answer(
            read("baolaocai.vn/post404649.raw.html.gz"),
            headers={**HTML, "Content-Encoding": "gzip"},
        ),
        "https://baolaocai.vn/sitemap.xml": Answer(
            LAO_CAI_SITEMAP.format(url=addresses[LAO_CAI]).encode(),
            headers={"Content-Type": "application/xml"},
        ),
    }
    archive = folder / "articles.db"
    with Proxy(served.get, folder) as proxy:
        done = run_command(
            *("crawl", "baocantho", "baolaocai", "--max-pages", "1", "--json"),
            *("--archive", str(archive)),
            env=proxy.environment,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr
        return Crawled(archive, pages, addresses, proxy.urls(), json.loads(done.stdout))


def opened(crawled: Crawled) -> Database:
    return open_reading(crawled.archive)


@pytest.mark.parametrize("file", [CAN_THO, LAO_CAI])
def test_the_archive_holds_what_the_page_says(crawled: Crawled, file: str) -> None:
    truth = crawled.truth(file)
    db = opened(crawled)
    number = find_article(db, crawled.addresses[file])
    record = article_record(db, number)
    printed = db.execute(
        "SELECT lead, body FROM article_as_printed WHERE id = ?", [number]
    ).fetchone()
    db.close()

    assert record["title"] == truth["title"]
    assert record["published_at"][:16] == truth["published"][:16]
    assert record["published_at"].endswith("+07:00")
    assert record["section"] == truth["section"]
    assert printed[0] == truth["sapo"]
    assert record["lead_in_body"] is truth["sapo_in_body"]
    assert printed[1][:80] == truth["body_first80"].replace("\u00a0", " ")
    assert printed[1][-80:] == truth["body_last80"].replace("\u00a0", " ")
    assert len(record["body"]) == truth["body_paragraphs"]
    assert record["byline"] == truth["author"]
    assert record["tags"] == truth["tags"]
    assert record["credit"] == truth["source_credit"]
    assert record["images"][0]["url"] == truth["image"]["url"]
    assert record["images"][0]["caption"] == truth["image"]["caption"]


@pytest.mark.parametrize("file", [CAN_THO, LAO_CAI])
def test_the_body_holds_nothing_else(crawled: Crawled, file: str) -> None:
    truth = crawled.truth(file)
    db = opened(crawled)
    record = article_record(db, find_article(db, crawled.addresses[file]))
    headlines = [
        title
        for (title,) in db.execute("SELECT title FROM article WHERE title != ?", [truth["title"]])
    ]
    db.close()
    text = "\n".join(block["text"] for block in record["body"])
    assert truth["author"] not in [block["text"] for block in record["body"]]
    for forbidden in (truth["image"]["caption"], "Tin, ảnh", "\u00a0", "{{", "<", *headlines):
        assert forbidden is None or forbidden not in text


def test_the_page_sent_gzipped_is_kept_decoded(crawled: Crawled) -> None:
    db = opened(crawled)
    capture, headers = db.execute(
        "SELECT capture_id, headers FROM fetch JOIN url ON url.id = url_id WHERE url.url = ?",
        [crawled.addresses[LAO_CAI]],
    ).fetchone()
    assert load(db.conn, capture) == (crawled.pages / LAO_CAI).read_bytes()
    assert ["Content-Encoding", "gzip"] in json.loads(headers)
    db.close()


def test_the_section_page_gives_its_articles_and_no_menu(crawled: Crawled) -> None:
    db = opened(crawled)
    found = {
        url
        for (url,) in db.execute(
            "SELECT url FROM url WHERE site = 'baocantho' AND kind = 'article'"
        )
    }
    db.close()
    ids = {int(url.rsplit("-a", 1)[1].removesuffix(".html")) for url in found}
    assert ids == MAIN_LIST


def test_robots_came_first_and_no_page_twice(crawled: Crawled) -> None:
    for host in ("baocantho.com.vn", "baolaocai.vn"):
        asked = [url for url in crawled.asked if url.startswith(f"https://{host}/")]
        assert asked[0] == f"https://{host}/robots.txt"
        assert len(asked) == len(set(asked))
