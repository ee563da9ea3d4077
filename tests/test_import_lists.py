"""Lists of captures as sources of addresses, and folders of saved pages."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from captures import PAPER, page, rows, site_file, written
from conftest import run_command

from baolangson_crawler.importing.addresses import original
from baolangson_crawler.importing.listings import Listing, entries
from baolangson_crawler.importing.pages import IndexFileError, SavedPages
from baolangson_crawler.importing.records import WarcCaptures
from baolangson_crawler.importing.running import ImportReport, import_captures, import_listings
from baolangson_crawler.importing.selection import Selection
from baolangson_crawler.sites import load_sites

WAYBACK = "https://web.archive.org/web"
HEADER = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]


def capture(number: int, stamp: str, status: str = "200") -> list[str]:
    url = f"http://paper.example:80/b-{number}.html"
    key = f"example,paper)/b-{number}.html"
    return [key, stamp, url, "text/html", status, "ABC", "99"]


CAPTURES = [
    capture(1, "20190101000000", "301"),
    capture(1, "20200101000000"),
    capture(1, "20180601200000"),
    capture(2, "20200202020202"),
    ["example,other)/", "2020", "http://other.example/b-1.html", "text/html", "200", "A", "9"],
]
FOUND = [(f"{PAPER}/b-1.html", "2018-06-02"), (f"{PAPER}/b-2.html", "2020-02-02")]
OBJECTS = [dict(zip(HEADER, row, strict=True)) for row in CAPTURES]
CDXJ = [
    f"{row[0]} {row[1]} " + json.dumps({"url": row[2], "status": row[4], "mime": row[3]})
    for row in CAPTURES
]
FORMS = {
    "cdx": "\n".join(" ".join(row) for row in CAPTURES),
    "cdx with header": " CDX N b a m s k S\n" + "\n".join(" ".join(row) for row in CAPTURES),
    "cdx in another order": " CDX s a b\n"
    + "\n".join(f"{row[4]} {row[2]} {row[1]}" for row in CAPTURES),
    "cdxj": "!meta {}\n" + "\n".join(CDXJ) + "\n",
    "json lines": "\n".join(map(json.dumps, OBJECTS)),
    "wayback": "[" + ",\n".join(map(json.dumps, [HEADER, *CAPTURES])) + "]",
    "wayback on one line": json.dumps([HEADER, *CAPTURES]),
    "addresses": "\n".join(
        f"{WAYBACK}/{row[1]}id_/{row[2]}" for row in CAPTURES if row[4] == "200"
    ),
}


def selection(folder: Path) -> Selection:
    return Selection(load_sites([site_file(folder)], builtin=False, environment=False))


def listed(folder: Path, data: bytes, name: str = "list") -> ImportReport:
    file = folder / name
    file.write_bytes(data)
    return import_listings((file,), selection(folder), folder / "articles.db")


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize("form", FORMS)
def test_articles_of_a_list_wait_for_a_backfill(tmp_path: Path, form: str, packed: bool) -> None:
    data = FORMS[form].encode()
    report = listed(tmp_path, gzip.compress(data, mtime=0) if packed else data)
    passed_over = {"again": 1, "foreign": 1}
    if form != "addresses":
        passed_over["http_301"] = 1
    assert report.files[0].passed_over == passed_over
    assert report.sites == {"paper": {"found": 2}}
    found = rows(tmp_path / "articles.db", "SELECT url, listed_at FROM url ORDER BY url")
    assert found == FOUND
    waiting = rows(tmp_path / "articles.db", "SELECT DISTINCT state, rank, kind FROM url")
    assert waiting == [("pending", 3, "article")]
    ((file,),) = rows(
        tmp_path / "articles.db",
        "SELECT DISTINCT configuration FROM crawl JOIN url ON discovered_crawl = crawl.id",
    )
    assert json.loads(file) == {"file": "list"}


def test_an_earlier_capture_moves_the_day_back_and_a_later_one_does_not(tmp_path: Path) -> None:
    for stamp, day in (("20200601", "2020-06-01"), ("2019", "2019-01-01"), ("2021", "2019-01-01")):
        listed(tmp_path, " ".join(capture(1, stamp)).encode())
        assert rows(tmp_path / "articles.db", "SELECT listed_at FROM url") == [(day,)]


def test_an_article_that_is_held_is_known(tmp_path: Path) -> None:
    file = tmp_path / "a.warc.gz"
    file.write_bytes(written([page(1)])[0])
    chosen = selection(tmp_path)
    import_captures(
        (file,),
        lambda target, path, now: WarcCaptures(path, chosen, target.has_record, now),
        chosen,
        tmp_path / "articles.db",
    )
    report = listed(tmp_path, b"http://www.paper.example/another-slug-1.html\n")
    assert report.sites == {"paper": {"known": 1}}
    assert rows(tmp_path / "articles.db", "SELECT state FROM url") == [("done",)]


@pytest.mark.parametrize(
    ("data", "damages", "unreadable"),
    [
        (b'[["original"],["http://paper.example/b-1.html"],["http://pa', 1, 0),
        (gzip.compress(b"http://paper.example/b-1.html\n" * 9, mtime=0)[:-12], 1, 0),
        (b'http://paper.example/b-1.html\n{"url": \nk 2020 {"a": 1}\n', 0, 2),
        (b"[]", 0, 0),
        (b"", 0, 0),
        (b"no list of \xff captures at all\n" * 3, 1, 3),
    ],
    ids=["array", "gzip", "lines", "none", "empty", "no list"],
)
def test_a_damaged_list_gives_what_it_has(
    tmp_path: Path, data: bytes, damages: int, unreadable: int
) -> None:
    report = listed(tmp_path, data)
    (file,) = report.files
    assert (len(file.damages), report.exit_code) == (damages, 2 * damages)
    assert file.passed_over.get("unreadable", 0) == unreadable


@pytest.mark.parametrize(
    ("address", "url", "day"),
    [
        ("http://a.vn:80/b?c=1#d", "http://a.vn/b?c=1", None),
        ("https://a.vn:443/b", "https://a.vn/b", None),
        ("https://a.vn:444/b", "https://a.vn:444/b", None),
        (f"{WAYBACK}/20200102030405id_/http://a.vn/b", "http://a.vn/b", "2020-01-02"),
        (f"{WAYBACK}/20200102030405/https:/a.vn/b", "https://a.vn/b", "2020-01-02"),
        (f"{WAYBACK}/2020if_/a.vn/b", "http://a.vn/b", "2020-01-01"),
        (f"{WAYBACK}/20209999/http://a.vn/b", "http://a.vn/b", None),
        ("https://wayback.archive-it.org/12/20200102/http://a.vn/", "http://a.vn/", "2020-01-02"),
        ("ftp://a.vn/b", None, None),
        ("dns:a.vn", None, None),
        ("http://[a.vn/", None, None),
    ],
)
def test_an_address_of_a_web_archive_is_the_papers_own(
    address: str, url: str | None, day: str | None
) -> None:
    found = original(address)
    assert (found.url if found else None) == url
    if found:
        assert (found.captured_at.date().isoformat() if found.captured_at else None) == day


class _Endless(io.RawIOBase):
    """Rows of an array, made as they are read."""

    def __init__(self, number: int) -> None:
        self.rows, self.rest = iter(range(number)), b'[["original"]'

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self.rest and (number := next(self.rows, None)) is not None:
            self.rest = b',["http://paper.example/b-%d.html"]' % number
        taken, self.rest = self.rest[: len(buffer)], self.rest[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)


def test_a_list_of_any_length_takes_little_memory() -> None:
    found = entries(io.BufferedReader(_Endless(30_000)))
    tracemalloc.start()
    try:
        for number in range(30_000):
            assert next(found) == (f"http://paper.example/b-{number}.html", "", "")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 2_000_000
    with pytest.raises(ValueError, match="cut"):
        next(found)


def test_the_rows_of_one_article_are_one_in_a_batch(tmp_path: Path) -> None:
    file = tmp_path / "list"
    file.write_text("\n".join([f"{PAPER}/b-1.html", f"{PAPER}/c-1.html?utm_source=a"] * 3000))
    batches = list(Listing(file, selection(tmp_path), frozenset((200,))).batches())
    assert [len(batch) for batch, _ in batches] == [1, 1, 1, 0]


# --- Saved pages -------------------------------------------------------------------------

AT = datetime(2020, 8, 1, tzinfo=UTC)
INDEXES = {
    "index.tsv": "file\turl\tnotes\na.html\t{u}-1.html\tx\nb.html.gz\t{u}-2.html\t\nc.html\t\t\n",
    "index.csv": 'file,url\na.html,"{u}-1.html"\nb.html.gz,{u}-2.html\nc.html,\n',
    "index.jsonl": '{{"file":"a.html","url":"{u}-1.html"}}\n\n'
    '{{"file":"b.html.gz","url":"{u}-2.html"}}\n{{"file":"c.html","url":""}}\n',
}


def saved(folder: Path, name: str, index: str, at: datetime | None) -> ImportReport:
    (folder / "a.html").write_bytes(page(1).body)
    (folder / "b.html.gz").write_bytes(gzip.compress(page(2).body, mtime=0))
    file = folder / name
    file.write_text(index.format(u=f"{PAPER}/b"), encoding="utf-8")
    chosen = selection(folder)
    return import_captures(
        (folder,),
        lambda target, path, now: SavedPages(path, file, at, chosen, target.has_record, now),
        chosen,
        folder / "articles.db",
    )


@pytest.mark.parametrize("name", INDEXES)
def test_a_folder_of_pages_is_read_by_its_index(tmp_path: Path, name: str) -> None:
    for passed_over in ({"no_address": 1}, {"known": 2, "no_address": 1}):
        report = saved(tmp_path, name, INDEXES[name], AT)
        assert (report.exit_code, report.files[0].passed_over) == (0, passed_over)
    found = rows(tmp_path / "articles.db", "SELECT imported_from, fetched_at FROM fetch")
    assert found == [("a.html", "2020-08-01T00:00:00Z"), ("b.html.gz", "2020-08-01T00:00:00Z")]
    assert rows(tmp_path / "articles.db", "SELECT count(*) FROM article") == [(2,)]


@pytest.mark.parametrize(
    ("row", "at", "fetched_at"),
    [
        ("{u}-1.html,2020-07-30T00:00:00+07:00", None, "2020-07-29T17:00:00Z"),
        ("{u}-1.html,2020-07-30T00:00:00Z", AT, "2020-07-30T00:00:00Z"),
        (f"{WAYBACK}/20200725000000/{{u}}-1.html,", AT, "2020-07-25T00:00:00Z"),
        ("{u}-1.html,", None, "--fetched-at"),
        ("{u}-1.html,2020-07-30T00:00:00", AT, "row 1: .* has no offset"),
        ("{u}-1.html,yesterday", AT, "row 1: 'yesterday' is no time"),
    ],
)
def test_when_a_page_was_received_is_said_and_never_guessed(
    tmp_path: Path, row: str, at: datetime | None, fetched_at: str
) -> None:
    index = f"file,url,fetched_at\na.html,{row}\n"
    if not fetched_at.startswith("2"):
        with pytest.raises(IndexFileError, match=fetched_at):
            saved(tmp_path, "index.csv", index, at)
        return
    saved(tmp_path, "index.csv", index, at)
    assert rows(tmp_path / "articles.db", "SELECT fetched_at FROM fetch") == [(fetched_at,)]


@pytest.mark.parametrize(
    ("file", "reason", "code"),
    [("none.html", "unreadable", 2), ("../secret.html", "outside", 0), ("bad.gz", "unreadable", 2)],
)
def test_a_file_that_is_missing_damaged_or_elsewhere_is_told(
    tmp_path: Path, file: str, reason: str, code: int
) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "bad.gz").write_bytes(gzip.compress(page(1).body, mtime=0)[:-30])
    (tmp_path / "secret.html").write_bytes(page(1).body)
    report = saved(folder, "index.csv", f"file,url\n{file},{{u}}-1.html\na.html,{{u}}-2.html\n", AT)
    assert (report.exit_code, report.files[0].passed_over) == (code, {reason: 1})
    assert report.files[0].imported == 1


def test_the_commands_tell_what_they_did(tmp_path: Path) -> None:
    site, archive = site_file(tmp_path), tmp_path / "articles.db"
    common = ("--site", str(site), "--archive", str(archive))
    (tmp_path / "list.cdx").write_text(FORMS["cdx"], encoding="utf-8")
    done = run_command("import", "cdx", str(tmp_path / "list.cdx"), *common)
    assert (done.returncode, "paper: 2 found" in done.stdout) == (0, True), done.stderr
    (tmp_path / "a.html").write_bytes(page(1).body)
    index = tmp_path / "index.csv"
    index.write_text(f"file,url\na.html,{PAPER}/b-1.html\n", encoding="utf-8")
    pages = ("import", "pages", str(tmp_path), "--index", str(index), *common, "--json")
    refused = run_command(*pages)
    assert (refused.returncode, "--fetched-at" in refused.stderr) == (1, True)
    done = run_command(*pages, "--fetched-at", "2020-08-01T00:00:00Z")
    assert json.loads(done.stdout)["sites"] == [{"key": "paper", "new": 1}]
    assert rows(archive, "SELECT state FROM url ORDER BY url") == [("done",), ("pending",)]


@pytest.mark.shared
def test_saved_pages_of_papers_are_read_in_place(shared: Path, tmp_path: Path) -> None:
    folder = shared / "corpus" / "pages"
    options = ("--archive", str(tmp_path / "articles.db"), "--json")
    index = ("--index", str(folder / "INDEX.tsv"), "--fetched-at", "2026-02-01T00:00:00+07:00")
    done = run_command("import", "pages", str(folder), *index, *options)
    assert done.returncode == 0, done.stderr
    new = {site["key"]: site.get("new") for site in json.loads(done.stdout)["sites"]}
    assert new == {"baocantho": 1, "baolaocai": 1}
