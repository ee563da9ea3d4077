"""What others have captured: what is stored of it, what is passed over, what is never stored."""

from __future__ import annotations

import gzip
import json
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import brotli
import pytest
import zstandard
from captures import PAPER, Page, common_crawl, page, rows, site_file, written
from conftest import run_command

from baolangson_crawler.demo import SITES
from baolangson_crawler.importing.records import WarcCaptures
from baolangson_crawler.importing.running import ImportReport, import_captures
from baolangson_crawler.importing.selection import Selection
from baolangson_crawler.sites import load_sites
from baolangson_crawler.storage import captures
from baolangson_crawler.storage.opening import open_reading


class Importer:
    """Imports WARC files into an archive of the small paper."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.archive = folder, folder / "articles.db"
        register = load_sites([site_file(folder)], builtin=False, environment=False)
        self.selection = Selection(register)

    def __call__(self, data: bytes, name: str = "a.warc.gz") -> ImportReport:
        file = self.folder / name
        file.write_bytes(data)
        return import_captures(
            (file,),
            lambda target, path, now: WarcCaptures(path, self.selection, target.has_record, now),
            self.selection,
            self.archive,
        )

    def ids(self) -> list[str]:
        return [i for (i,) in rows(self.archive, "SELECT site_article_id FROM article ORDER BY 1")]

    def rows(self, sql: str) -> list[Any]:
        return rows(self.archive, sql)


@pytest.fixture
def imported(tmp_path: Path) -> Importer:
    return Importer(tmp_path)


@pytest.mark.parametrize("form", ["gzip", "plain", "one member", "zstd", "common crawl"])
def test_the_articles_of_a_file_are_stored(imported: Importer, form: str) -> None:
    pages = [page(n) for n in range(3)]
    plain, places = written(pages, packed=False)
    data = {
        "gzip": written(pages)[0],
        "plain": plain,
        "one member": gzip.compress(plain, mtime=0),
        "zstd": b"".join(
            zstandard.compress(plain[start:end])
            for start, end in zip(places, [*places[1:], len(plain)], strict=True)
        ),
        "common crawl": common_crawl(pages),
    }[form]
    report = imported(data)
    assert (report.outcome, report.exit_code) == ("done", 0)
    assert report.sites == {"paper": {"new": 3}}
    assert imported.ids() == ["0", "1", "2"]


def test_where_and_when_a_page_was_captured_is_kept(imported: Importer) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    imported(written([page(1, "2020-08-01T10:20:30Z")])[0], "CC-1.warc.gz")
    ((fetched, file, record, headers, started),) = imported.rows(
        "SELECT fetched_at, imported_from, record_id, headers, started_at "
        "FROM fetch JOIN crawl ON crawl.id = crawl_id"
    )
    assert (fetched, file) == ("2020-08-01T10:20:30Z", "CC-1.warc.gz")
    assert record.startswith("urn:uuid:")
    assert json.loads(headers) == [["Content-Type", "text/html; charset=utf-8"]]
    assert datetime.fromisoformat(started) >= before
    ((seen, published),) = imported.rows("SELECT first_seen_at, published_at FROM article")
    assert (seen, published) == ("2020-08-01T10:20:30Z", "2020-07-21T08:54:00+07:00")
    assert imported.rows("SELECT body FROM version")[0][0].startswith("Nội dung bài 1.")
    assert imported.rows("SELECT state, fetched_at FROM url") == [("done", "2020-08-01T10:20:30Z")]


def test_a_date_behind_the_capture_is_none_even_if_the_import_is_later(imported: Importer) -> None:
    imported(written([page(1, "2020-07-01T00:00:00Z")])[0])  # the page says 21 July
    assert imported.rows("SELECT published_at FROM article") == [(None,)]


def test_an_import_that_is_repeated_adds_nothing(imported: Importer) -> None:
    data = written([page(1), page(2)])[0]
    tables = ("article", "version", "fetch", "capture", "url", "alias")
    first = imported(data)
    counts = [imported.rows(f"SELECT count(*) FROM {table}") for table in tables]
    again = imported(data)
    assert first.files[0].imported == 2
    assert (again.files[0].imported, again.files[0].passed_over) == (0, {"known": 2})
    assert [imported.rows(f"SELECT count(*) FROM {table}") for table in tables] == counts


def test_a_record_that_stands_twice_in_a_file_is_imported_once(imported: Importer) -> None:
    data = written([page(1)])[0]
    report = imported(data + data)
    assert report.files[0].passed_over == {"known": 1}
    assert imported.rows("SELECT count(*) FROM fetch") == [(1,)]


def chunked(body: bytes, size: int = 100) -> bytes:
    parts = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x;a=b\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


HTML = page(1).body
GZIPPED = gzip.compress(HTML, mtime=0)
BODIES: dict[str, tuple[bytes, dict[str, str], str | None]] = {
    # what was done to the body, the header lines that say so, why it is passed over
    "chunked": (chunked(HTML), {"Transfer-Encoding": "chunked"}, None),
    "said to be chunked": (HTML, {"Transfer-Encoding": "chunked"}, None),
    "chunks cut": (chunked(HTML)[:250], {"Transfer-Encoding": "chunked"}, "incomplete"),
    "gzip": (GZIPPED, {"Content-Encoding": "gzip"}, None),
    "gzip in chunks": (
        chunked(GZIPPED),
        {"Transfer-Encoding": "chunked", "Content-Encoding": "gzip"},
        None,
    ),
    "gzip as transfer coding": (
        chunked(GZIPPED),
        {"Transfer-Encoding": "gzip, chunked"},
        None,
    ),
    "said to be gzip": (HTML, {"Content-Encoding": "gzip", "Content-Length": "99999"}, None),
    "gzip cut": (GZIPPED[:-60], {"Content-Encoding": "gzip"}, "incomplete"),
    "brotli": (brotli.compress(HTML), {"Content-Encoding": "br"}, None),
    "said to be brotli": (HTML, {"Content-Encoding": "br"}, None),
    "brotli cut": (brotli.compress(HTML)[:-40], {"Content-Encoding": "br"}, "incomplete"),
    "deflate": (zlib.compress(HTML), {"Content-Encoding": "deflate"}, None),
    "zstd": (zstandard.compress(HTML), {"Content-Encoding": "zstd"}, None),
    "an unknown coding": (b"\x01\x02\x03", {"Content-Encoding": "lzma"}, "broken_coding"),
    "a bomb": (
        gzip.compress(b"0" * 17_000_000, mtime=0),
        {"Content-Encoding": "gzip"},
        "too_large",
    ),
    "shorter than it says": (HTML, {"Content-Length": "99999"}, "incomplete"),
    "longer than it says": (HTML, {"Content-Length": "10"}, None),
    "a length that is none": (HTML, {"Content-Length": "many"}, None),
    "a head without end": (HTML, {"X-Long": "x" * 300_000}, "headers_too_large"),
}


@pytest.mark.parametrize("name", BODIES)
def test_a_body_is_whole_or_never_stored(imported: Importer, name: str) -> None:
    body, headers, reason = BODIES[name]
    one = Page(f"{PAPER}/b-1.html", body, headers=(("Content-Type", "text/html"), *headers.items()))
    report = imported(written([one])[0])
    if reason:
        assert report.files[0].passed_over == {reason: 1}
        assert imported.rows("SELECT count(*) FROM fetch") == [(0,)]
    else:
        assert imported.rows("SELECT title FROM article") == [("Bài 1",)]
        assert imported.rows("SELECT length FROM capture") == [(len(HTML),)]


OTHERS = {
    "foreign": Page("http://other.example/b-1.html", HTML),
    "no_article": Page(f"{PAPER}/muc/", HTML),
    "no_address": Page("dns:paper.example", b"", kind="response"),
    "http_404": page(1)._replace(status="404 Not Found"),
    "http_301": Page(f"{PAPER}/b-1.html", b"", "2020-08-01T00:00:00Z", "301 Moved"),
    "truncated": page(1)._replace(more={"WARC-Truncated": "length"}),
    "future": page(1, "2999-01-01T00:00:00Z"),
    "request": Page(f"{PAPER}/b-1.html", b"GET /b-1.html HTTP/1.1\r\n\r\n", kind="request"),
    "metadata": page(1)._replace(kind="metadata"),
    "resource": page(1)._replace(kind="resource"),
    "revisit": page(1)._replace(kind="revisit"),
}


@pytest.mark.parametrize("reason", OTHERS)
def test_what_is_no_page_of_an_article_is_counted_and_passed_over(
    imported: Importer, reason: str
) -> None:
    report = imported(written([OTHERS[reason], page(2)])[0])
    assert (report.exit_code, report.files[0].passed_over) == (0, {reason: 1})
    assert imported.ids() == ["2"]
    assert imported.rows("SELECT count(*) FROM url") == [(1,)]


def test_a_page_that_is_no_article_is_held_and_its_address_waits(imported: Importer) -> None:
    gone = b"<html><body><h1>404</h1><p>Trang khong ton tai</p></body></html>"
    report = imported(written([page(1)._replace(body=gone)])[0])
    assert report.sites == {"paper": {"held": 1}}
    assert imported.rows("SELECT state, rank FROM url") == [("pending", 3)]
    assert imported.rows("SELECT count(*) FROM held") == [(1,)]
    imported(written([page(1, "2020-09-01T00:00:00Z")])[0], "b.warc.gz")
    assert imported.rows("SELECT state FROM url") == [("done",)]
    assert imported.rows("SELECT count(*) FROM held") == [(0,)]


def damaged(data: bytes, places: list[int], how: str) -> tuple[bytes, list[str]]:
    """A file of six records, and the articles that are still whole in it."""
    third, fourth = places[2:4]
    middle = (third + fourth) // 2
    rest = ["0", "1", "3", "4", "5"]
    return {
        "cut in a record": (data[: places[5] + 200], ["0", "1", "2", "3", "4"]),
        "cut in a head": (data[: places[5] + 12], ["0", "1", "2", "3", "4"]),
        "overwritten": (data[:middle] + bytes(40) + data[middle + 40 :], rest),
        "overwritten head": (data[:third] + bytes(14) + data[third + 14 :], rest),
        "a piece is missing": (data[:middle] + data[fourth:], rest),
        "a piece of two is missing": (data[:middle] + data[fourth + 150 :], [*rest[:2], "4", "5"]),
    }[how]


DAMAGES = (
    "cut in a record, cut in a head, overwritten, overwritten head, a piece is missing, "
    "a piece of two is missing"
).split(", ")


@pytest.mark.parametrize("packed", [True, False], ids=["gzip", "plain"])
@pytest.mark.parametrize("how", DAMAGES)
def test_of_a_damaged_file_everything_whole_is_stored(
    imported: Importer, how: str, packed: bool
) -> None:
    data, places = written([page(n) for n in range(6)], packed=packed)
    broken, whole = damaged(data, places, how)
    report = imported(broken)
    if how == "overwritten" and not packed:  # nothing tells: a plain file has no checksum
        assert set(whole) <= set(imported.ids())
        return
    assert imported.ids() == whole
    assert (report.outcome, report.exit_code) == ("damaged", 2)
    assert report.files[0].damages[0].position >= places[1]
    assert imported.rows("SELECT outcome, exit_code FROM crawl") == [("damaged", 2)]


@pytest.mark.parametrize(
    "data", [b"", b"no WARC at all\n" * 99, gzip.compress(b"none\n" * 99, mtime=0)]
)
def test_what_is_no_warc_file_is_told(imported: Importer, data: bytes) -> None:
    report = imported(data)
    assert (report.exit_code, len(report.files[0].damages)) == (2, 1)


# what is held was seen on 1 August: (seen, words, versions then, text stays, first, last seen)
HELD, DAY = "2020-08-01T00:00:00Z", "2020-07-25T00:00:00Z"
LATER = "2020-08-09T00:00:00Z"
STATES = {
    "older, same": (DAY, "", 1, True, DAY, HELD),
    "older, different": (DAY, "lắm", 2, True, DAY, HELD),
    "same time, same": (HELD, "", 1, True, HELD, HELD),
    "newer, same": (LATER, "", 1, True, HELD, LATER),
    "newer, different": (LATER, "lắm", 2, False, HELD, LATER),
}


@pytest.mark.parametrize("name", STATES)
def test_an_older_capture_is_history_and_a_newer_one_the_present(
    imported: Importer, name: str
) -> None:
    seen, words, versions, stays, first, last = STATES[name]
    imported(written([page(1, HELD)])[0])
    imported(written([page(1, seen, words)])[0], "b.warc.gz")
    (row,) = imported.rows("SELECT version_count, first_seen_at, last_seen_at FROM article")
    assert row == (versions, first, last)
    ((text,),) = imported.rows("SELECT body FROM article_text")
    assert ("họp đông," in text) is stays
    found = imported.rows("SELECT rowid FROM article_fts_exact WHERE article_fts_exact MATCH 'lắm'")
    assert bool(found) is not stays
    times = imported.rows("SELECT seen_at FROM version ORDER BY seen_at")
    assert times == sorted({(HELD,), (seen,)} if versions == 2 else {(HELD,)})
    assert imported.rows("SELECT fetched_at FROM url") == [(last,)]


def test_captures_in_any_order_give_the_same_present(imported: Importer) -> None:
    days = {"2020-08-01": "a", "2020-08-02": "b", "2020-08-03": "a", "2020-08-04": "c"}
    for day in ("2020-08-03", "2020-08-01", "2020-08-04", "2020-08-02"):
        imported(written([page(1, f"{day}T00:00:00Z", days[day])])[0])
    (row,) = imported.rows("SELECT version_count, first_seen_at, last_seen_at FROM article")
    assert row[1:] == ("2020-08-01T00:00:00Z", "2020-08-04T00:00:00Z")
    assert "họp đông c" in imported.rows("SELECT body FROM article_text")[0][0]
    words = imported.rows("SELECT DISTINCT substr(body, instr(body, 'đông') + 5, 1) FROM version")
    assert sorted(words) == [("a",), ("b",), ("c",)]


def test_an_import_says_nothing_of_how_crawls_went(imported: Importer) -> None:
    imported(written([page(1), page(2)])[0])
    assert imported.rows("SELECT count(*) FROM site_day") == [(0,)]
    assert imported.rows("SELECT day, articles FROM daily_count") == [("2020-07-21", 2)]


def test_the_command_reads_a_file_and_tells_what_it_did(tmp_path: Path) -> None:
    site, file = site_file(tmp_path), tmp_path / "a.warc.gz"
    data, places = written([page(1), page(2), OTHERS["http_404"]])
    file.write_bytes(data[: places[2] + 100])
    archive = tmp_path / "articles.db"
    common = ("--site", str(site), "--archive", str(archive))
    nowhere = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
    done = run_command("import", "warc", str(file), *common, env=nowhere)
    assert done.returncode == 2, done.stderr
    assert "a.warc.gz: 2 of 2 imported" in done.stdout
    assert "paper: 2 new" in done.stdout
    assert f"a.warc.gz is damaged at {places[2]}" in done.stderr
    done = run_command("import", "warc", str(file), *common, "--paper", "hanoimoi", "--json")
    told = json.loads(done.stdout)
    assert (told["exit_code"], told["sites"]) == (2, [])
    assert told["files"][0]["passed_over"] == {"foreign": 2}
    done = run_command("import", "warc", str(tmp_path / "none.warc"), *common)
    assert (done.returncode, done.stdout) == (1, "")


def test_articles_of_a_crawl_come_back_the_same_from_its_captures(
    demo_path: Path, tmp_path: Path
) -> None:
    selection = Selection(load_sites([SITES], builtin=False, environment=False))
    file, archive = tmp_path / "demo.warc.gz", tmp_path / "articles.db"
    file.write_bytes(written(_answers(demo_path))[0])
    report = import_captures(
        (file,),
        lambda target, path, now: WarcCaptures(path, selection, target.has_record, now),
        selection,
        archive,
    )
    assert report.exit_code == 0
    came, crawled = (rows(path, _ARTICLES) for path in (archive, demo_path))
    assert came == crawled
    assert len(came) > 50


_ARTICLES = (
    "SELECT article.key, article.site, paper, article.title, section, published_at, "
    "published_method, modified_at, byline, credit, canonical_url, article.layout, word_count, "
    "image_count, last_seen_at, version.content_sha256, version.body, version.lead, "
    "(SELECT group_concat(caption) FROM image WHERE image.version_id = version.id), "
    "(SELECT group_concat(tag_id > 0) FROM article_tag WHERE article_id = article.id) "
    "FROM article JOIN version ON version.id = version_id ORDER BY article.key"
)


def _answers(archive: Path) -> list[Page]:
    """What a crawl received of articles, as others would have captured it."""
    db = open_reading(archive)
    found = db.execute(
        "SELECT coalesce(final_url, url.url), capture_id, fetch.fetched_at, headers FROM fetch "
        "JOIN url ON url.id = url_id WHERE kind = 'article' AND status = 200 ORDER BY fetch.id"
    ).fetchall()
    pages = [
        Page(url, captures.load(db.conn, number), at, headers=tuple(map(tuple, json.loads(said))))
        for url, number, at, said in found
    ]
    db.close()
    return pages
