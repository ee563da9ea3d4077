"""Search with and without marks, and the export."""

from __future__ import annotations

import csv
import io
import os
import shlex
import shutil
import subprocess
import sys
import unicodedata
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import run_command
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from baolangson_crawler.exceptions import QueryError
from baolangson_crawler.items import Article, Block, Capture, Visit
from baolangson_crawler.sites import load_sites
from baolangson_crawler.storage.archive import Archive
from baolangson_crawler.storage.export import COLUMNS, rows, write_csv
from baolangson_crawler.storage.opening import open_reading
from baolangson_crawler.storage.search import search, snippet

DOCUMENTS = {
    1: "Đường Nguyễn Văn Đỗ",
    2: "duong nguyen van do",
    3: "Dương Thị đương nhiệm",
    4: "Đảng ủy Khối các cơ quan tỉnh Lạng Sơn",
    5: "Ông Lý Lạng, núi Sơn",
    6: "bệnh viện",
    7: "Bệnh viện tỉnh",
    8: unicodedata.normalize("NFD", "bệnh xá"),
}
NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)


def visit(number: int, title: str, body: str = "Nội dung.") -> Visit:
    url = f"https://baocantho.com.vn/x-a{number}.html"
    from baolangson_crawler.cleaning import clean

    article = clean(
        Article(
            url=url,
            canonical_url=url,
            site="baocantho",
            article_id=str(number),
            title=title,
            lead="Sapo.",
            body=(Block(text=body),),
            layout="fck",
        )
    )
    capture = Capture(url=url, status=200, body=body.encode(), fetched_at=NOW)
    return Visit(
        url=url, site="baocantho", kind="article", capture=capture, article=article, visited_at=NOW
    )


def archive_of(path: Path, visits: list[Visit]) -> Path:
    site = load_sites(environment=False).get("baocantho")
    with Archive(path, [site], command="test", configuration={}, now=NOW) as archive:
        for one in visits:
            archive.save(one)
        archive.finish("done", NOW)
    return path


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Database:
    path = archive_of(
        tmp_path_factory.mktemp("search") / "articles.db",
        [visit(number, title) for number, title in DOCUMENTS.items()],
    )
    return open_reading(path)


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("duong", {1, 2, 3}),
        ("đường", {1}),
        ("ĐƯỜNG", {1}),
        ("dương", {3}),
        ("do", {1, 2}),
        ("đỗ", {1}),
        ("bệnh", {6, 7, 8}),
        (unicodedata.normalize("NFD", "bệnh"), {6, 7, 8}),
        ("benh", {6, 7, 8}),
        ("dang uy", {4}),
        ("Đảng ủy", {4}),
        ("lang son", {4, 5}),
        ('"lang son"', {4}),
        ('"Lạng Sơn"', {4}),
        ("Lạng son", {4, 5}),
        ('"lạng son"', {4}),
        ("bệnh tinh", {7}),
        ("nothing here", set()),
        ("Nguyễn-Văn", {1}),
        ("x OR duong", set()),
    ],
)
def test_marks(db: Database, query: str, numbers: set[int]) -> None:
    result = search(db, query)
    assert {int(hit.url.rsplit("-a", 1)[1][:-5]) for hit in result.hits} == numbers
    assert result.count == len(numbers)


HOSTILE = [
    "AND", "OR NOT", "NEAR(a b)", "a*", "title:x", "^a", "{a b}", "a + b", "'; DROP TABLE article",
    '"unclosed', '""', "a\x00b", "(((", "🙂 son", "%", "-son", "son -lang", "\\", "c++",
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
def test_no_query_is_a_syntax_error(db: Database, query: str) -> None:
    with suppress(QueryError):
        assert search(db, query).count >= 0


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_a_safe_query(query: str) -> None:
    with_archive = Database(memory=True)
    from baolangson_crawler.storage.migrations import migrations

    migrations.apply(with_archive)
    try:
        search(with_archive, query)
    except QueryError:
        pass
    except UnicodeEncodeError:
        assert any("\ud800" <= c <= "\udfff" for c in query)
    finally:
        with_archive.close()


def test_the_snippet_shows_the_words_as_printed() -> None:
    text = "Hội nghị được tổ chức tại Đảng ủy Khối các cơ quan tỉnh Lạng Sơn."
    assert "[Đảng] [ủy]" in snippet(text, ["dang", "uy"])
    assert snippet(text, ["nothing"]).startswith("Hội nghị")


def test_the_command_finds_lang_son_without_marks(demo_path: Path) -> None:
    done = run_command("search", "lang son", "--archive", str(demo_path), "--limit", "5")
    assert done.returncode == 0, done.stderr
    assert "[Lạng] [Sơn]" in done.stdout
    newest = run_command("search", "lang", "--newest", "--json", "--archive", str(demo_path))
    assert '"count"' in newest.stdout


def test_what_the_search_suggests_reads_the_archive_that_was_searched(
    demo_path: Path, tmp_path: Path
) -> None:
    moved = tmp_path / "Báo [red] chí" / "a.db"
    moved.parent.mkdir()
    moved.write_bytes(demo_path.read_bytes())
    named = run_command("search", "lang son", "--archive", str(moved)).stdout
    words = shlex.split(named.rpartition("Read one with: ")[2])
    assert words[3:] == ["--archive", str(moved)]
    assert run_command(*words[1:]).returncode == 0
    environment = {"BAOLANGSON_ARCHIVE": str(moved)}
    unnamed = run_command("search", "lang son", env=environment).stdout
    assert shlex.split(unnamed.rpartition("Read one with: ")[2]) == words[:3]


def test_an_edit_is_found_by_its_new_words_only(tmp_path: Path) -> None:
    path = archive_of(
        tmp_path / "articles.db",
        [
            visit(1, "Cũ kỹ", "Một hai."),
            visit(1, "Mới mẻ", "Ba bốn."),
            visit(1, "Mới mẻ", "Ba bốn."),
        ],
    )
    db = open_reading(path)
    assert search(db, "cũ").count == search(db, "cu ky").count == 0
    assert search(db, "mới").count == search(db, "moi me").count == 1
    assert db.execute("SELECT version_count FROM article").fetchone()[0] == 2
    assert [r[0] for r in db.execute("SELECT title FROM version ORDER BY number")] == [
        "Cũ kỹ",
        "Mới mẻ",
    ]
    db.close()
    check = Database(path)
    for table in ("article_fts", "article_fts_exact"):
        check.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
    check.close()


def exported(path: Path, *, spreadsheet: bool) -> str:
    db = open_reading(path)
    out = io.StringIO(newline="")
    write_csv(rows(db), out, spreadsheet=spreadsheet)
    db.close()
    return out.getvalue()


NASTY = '=HYPERLINK("http://x","y"), "trích dẫn"\ndòng hai 🙂 đ'


def test_data_csv_gives_back_every_character(tmp_path: Path) -> None:
    path = archive_of(tmp_path / "articles.db", [visit(1, NASTY, "x" * 40_000)])
    header, row = csv.reader(io.StringIO(exported(path, spreadsheet=False), newline=""))
    assert header == list(COLUMNS)
    record = dict(zip(header, row, strict=True))
    assert record["title"] == " ".join(NASTY.split())
    assert len(record["body"]) == 40_000


def test_spreadsheet_csv_is_marked_guarded_and_cut(tmp_path: Path) -> None:
    path = archive_of(tmp_path / "articles.db", [visit(1, NASTY, "x" * 40_000)])
    text = exported(path, spreadsheet=True)
    assert text.startswith("\ufeff")
    header, row = csv.reader(io.StringIO(text[1:], newline=""))
    record = dict(zip(header, row, strict=True))
    assert record["title"].startswith("'=HYPERLINK")
    assert len(record["body"]) == 32_767


def test_the_same_export_twice_is_the_same_file(demo_path: Path, tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        done = run_command(
            *("export", "csv", "--archive", str(demo_path), "-o", str(tmp_path / name))
        )
        assert done.returncode == 0, done.stderr
        assert "300 articles" in done.stderr
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.csv", "b.csv"]


@pytest.mark.office
@pytest.mark.slow
def test_a_spreadsheet_program_reads_the_letters_right(demo_path: Path, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice is absent: the spreadsheet test cannot run.")
        pytest.skip("LibreOffice is not installed")
    done = run_command(
        "export", "csv", "--archive", str(demo_path), "-o", str(tmp_path / "articles.csv")
    )
    assert done.returncode == 0, done.stderr
    # A person's import dialog proposes UTF-8 for a file with a byte order mark; without a window
    # the program asks nobody and takes the system's encoding, so the proposal is named here.
    subprocess.run(
        [
            office,
            "--headless",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--infilter=CSV:44,34,UTF8,1",
            "--convert-to",
            "ods",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "articles.csv"),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    import zipfile

    content = zipfile.ZipFile(tmp_path / "articles.ods").read("content.xml").decode("utf-8")
    for expected in (
        "Thực hiện Chỉ thị 05 tại Đảng ủy Khối",
        "Báo Đồng Xanh",
        "Nguồn: Baolang son.vn",
    ):
        assert expected in content
    assert "<text:p>key</text:p>" in content  # the mark itself is no part of the first heading
    assert content.count("<table:table-row") >= 301


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("hòa", {1, 2}),
        ("hoà", {1, 2}),
        ("hoa", {1, 2, 3}),
        ("thủy", {4, 5}),
        ("thuỷ", {4, 5}),
        ("khoẻ", {6}),
        ("quỳ", {7}),
        ('"hoà bình"', {1, 2}),
    ],
)
def test_both_placements_of_the_tone_are_one_word(
    tmp_path: Path, query: str, found: set[int]
) -> None:
    titles = ("hòa bình", "hoà bình", "hoa", "thủy", "thuỷ", "khỏe", "quỳ")
    path = archive_of(tmp_path / "articles.db", [visit(n, t) for n, t in enumerate(titles, 1)])
    db = open_reading(path)
    numbers = {int(hit.url.rsplit("-a", 1)[1][:-5]) for hit in search(db, query).hits}
    db.close()
    assert numbers == found


def test_an_edit_keeps_the_daily_count_right(tmp_path: Path) -> None:
    path = archive_of(tmp_path / "articles.db", [visit(1, "Cũ"), visit(1, "Mới"), visit(2, "Hai")])
    db = open_reading(path)
    assert db.execute("SELECT sum(articles) FROM daily_count").fetchone()[0] == 2
    db.close()


def test_a_failed_batch_is_kept_and_counted_once(tmp_path: Path) -> None:
    from baolangson_crawler.exceptions import ArchiveNotWritable

    site = load_sites(environment=False).get("baocantho")
    path = tmp_path / "articles.db"
    with Archive(path, [site], command="test", configuration={}, now=NOW) as archive:
        archive.conn.execute("PRAGMA max_page_count = 1")
        archive.save(visit(1, "Một", "x" * 50_000))
        with pytest.raises(ArchiveNotWritable, match="full"):
            archive.flush()
        assert archive.counters["baocantho"]["new"] == 0
        archive.conn.execute("PRAGMA max_page_count = 1000000")
        archive.finish("done", NOW)
        assert archive.counters["baocantho"]["new"] == 1
    db = open_reading(path)
    assert db.execute("SELECT count(*) FROM article").fetchone()[0] == 1
    db.close()


def test_an_export_follows_a_link_and_leaves_a_pipe_a_pipe(demo_path: Path, tmp_path: Path) -> None:
    real, link, pipe = tmp_path / "real.csv", tmp_path / "link.csv", tmp_path / "pipe"
    real.write_text("old")
    link.symlink_to(real)
    done = run_command("export", "csv", "--archive", str(demo_path), "-o", str(link))
    assert done.returncode == 0, done.stderr
    assert link.is_symlink()
    assert real.stat().st_size > 10_000
    os.mkfifo(pipe)
    out = tmp_path / "out.csv"
    with out.open("wb") as file, subprocess.Popen(["cat", str(pipe)], stdout=file) as reader:
        done = run_command("export", "csv", "--archive", str(demo_path), "-o", str(pipe))
        assert done.returncode == 0, done.stderr
        reader.wait(timeout=30)
    assert out.read_bytes() == real.read_bytes()
    assert pipe.is_fifo()


def test_a_reader_who_has_enough_is_no_error(demo_path: Path) -> None:
    command = f"{sys.executable} -m baolangson_crawler export csv --archive '{demo_path}' | head -1"
    done = subprocess.run(
        ["bash", "-c", f"{command}; echo ${{PIPESTATUS[0]}}"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.splitlines()[-1] == "0", done.stderr


def test_a_closed_archive_is_read_in_a_folder_that_may_not_be_written(
    demo_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "articles.db"
    shutil.copy(demo_path, copy)
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    db = open_reading(copy)
    assert db.execute("SELECT count(*) FROM article").fetchone()[0] == 300
    db.close()
    assert [path.name for path in tmp_path.iterdir()] == ["articles.db"]
