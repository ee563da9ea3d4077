"""Whatever is wrong with what the operator gives: one line that says what, where and what to do."""

from __future__ import annotations

import socket
import sqlite3
from pathlib import Path

import pytest
from conftest import run_command

from baolangson_crawler.exceptions import ArchiveCorrupt, ArchiveError, ArchiveNotWritable
from baolangson_crawler.storage.opening import open_reading, open_writing


def one_line(text: str) -> str:
    lines = [line for line in text.strip().splitlines() if line]
    assert len(lines) == 1, text
    return lines[0]


def test_an_unknown_site_is_named_with_its_neighbours(tmp_path: Path) -> None:
    archive = tmp_path / "articles.db"
    done = run_command("crawl", "baolangso", "--archive", str(archive))
    assert done.returncode == 1
    assert "'baolangso'" in one_line(done.stderr)
    assert "baolangson" in done.stderr
    assert not archive.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("SITE = Site(", "line 1"),
        ("import nothing_of_this_name\n", "line 1: ModuleNotFoundError"),
        ("x = 1\n", "defines no SITE"),
        ("\n\nSITE = 1 / 0\n", "line 3: ZeroDivisionError"),
        (
            "from baolangson_crawler.sites.base import Site\n"
            "SITE = Site(key='Bad Key', name='n', province='p', domains=('a.example',), "
            "sources=(), article_url='x', pages=())",
            "lower-case letters and digits",
        ),
        (
            "from baolangson_crawler.sites.base import Site\n"
            "SITE = Site(key='bad', name='n', province='p', domains=('a.example',), "
            "sources=(), article_url='(', pages=())",
            "is no regex",
        ),
    ],
    ids=["syntax", "import", "no-site", "exception", "key", "pattern"],
)
def test_a_site_file_with_an_error_is_told_with_its_place(
    tmp_path: Path, content: str, said: str
) -> None:
    file = tmp_path / "paper.py"
    file.write_text(content, encoding="utf-8")
    done = run_command(
        "crawl", "bad", "--site", str(file), "--archive", str(tmp_path / "articles.db")
    )
    assert done.returncode == 1
    line = one_line(done.stderr)
    assert str(file) in line
    assert said in line
    assert not (tmp_path / "articles.db").exists()


def test_a_missing_site_file_and_a_doubled_key_are_told(tmp_path: Path) -> None:
    done = run_command("sites", "--site", str(tmp_path / "nowhere.py"))
    assert done.returncode == 1
    assert "no site file or folder" in one_line(done.stderr)

    copy = tmp_path / "copy.py"
    copy.write_text("from baolangson_crawler.sites.baocantho import SITE\n", encoding="utf-8")
    done = run_command("sites", "--site", str(copy))
    assert done.returncode == 1
    assert "Two files define the site 'baocantho'" in one_line(done.stderr)
    assert str(copy) in done.stderr


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE precious (thing TEXT)")
    other.commit()
    other.close()
    before = path.read_bytes()
    for arguments in (["crawl", "baocantho"], ["search", "x"], ["status"], ["export", "csv"]):
        done = run_command(*arguments, "--archive", str(path))
        assert done.returncode == 4, arguments
        assert "database of another program" in one_line(done.stderr)
    assert path.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) in (
        ["other.db"],
        ["other.db", "other.db.lock"],
    )


def test_a_newer_schema_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "articles.db"
    db = open_writing(path)
    db.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
        "VALUES ('baolangson_crawler', 'm999_the_future', '2031')"
    )
    db.close()
    before = path.read_bytes()
    for arguments in (["crawl", "baocantho"], ["search", "x"]):
        done = run_command(*arguments, "--archive", str(path))
        assert done.returncode == 4
        assert "m999_the_future" in one_line(done.stderr)
        assert "update this program" in done.stderr
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_and_a_damaged_one_are_told(tmp_path: Path) -> None:
    path = tmp_path / "articles.db"
    path.write_bytes(b"this is a text about Lang Son, not a database" * 100)
    done = run_command("crawl", "baocantho", "--archive", str(path))
    assert done.returncode == 4
    assert "damaged or no archive" in one_line(done.stderr)

    good = tmp_path / "good.db"
    open_writing(good).close()
    data = bytearray(good.read_bytes())
    data[100:3000] = b"\xff" * 2900
    good.write_bytes(data)
    with pytest.raises(ArchiveCorrupt, match="damaged"):
        open_writing(good)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    done = run_command("crawl", "baocantho", "--archive", str(blocked / "articles.db"))
    assert done.returncode == 3
    assert str(blocked) in one_line(done.stderr)
    with pytest.raises(ArchiveNotWritable):
        open_writing(Path("/proc/nowhere/articles.db"))


def test_a_missing_archive_is_told_with_the_way_to_make_one(tmp_path: Path) -> None:
    done = run_command("search", "x", "--archive", str(tmp_path / "none.db"))
    assert done.returncode == 1
    assert "baolangson crawl" in one_line(done.stderr)
    with pytest.raises(ArchiveError):
        open_reading(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()


def test_an_empty_database_is_no_archive(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    with pytest.raises(ArchiveCorrupt, match="holds no articles"):
        open_reading(path)


def test_a_port_in_use_is_told(demo_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run_command("serve", "--archive", str(demo_path), "--port", str(port))
    assert done.returncode == 1
    line = one_line(done.stderr)
    assert f"127.0.0.1:{port}" in line
    assert "--port" in line


@pytest.mark.parametrize(
    "arguments",
    [
        ["crawl"],
        ["crawl", "baocantho", "--all"],
        ["search"],
        ["search", "x", "--since", "yesterday"],
        ["search", "!!!"],
        ["nonsense"],
        ["show", "nothing:0"],
        ["show", "https://nowhere.example/x"],
        ["show", "ftp://x"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_1(demo_path: Path, arguments: list[str]) -> None:
    takes_archive = arguments[0] in ("search", "show")
    extra = ["--archive", str(demo_path)] if takes_archive else []
    done = run_command(*arguments, *extra)
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


def test_a_second_crawl_is_told_who_holds_the_archive(tmp_path: Path) -> None:
    from datetime import UTC, datetime

    from baolangson_crawler.storage.lock import ArchiveLock

    archive = tmp_path / "articles.db"
    with ArchiveLock(archive, datetime.now(UTC)):
        done = run_command("crawl", "baocantho", "--archive", str(archive))
    assert done.returncode == 5
    assert "pid " in one_line(done.stderr)
    assert not archive.exists()


def test_an_export_that_cannot_be_written_leaves_nothing(demo_path: Path, tmp_path: Path) -> None:
    target = tmp_path / "missing" / "out.csv"
    done = run_command("export", "csv", "--archive", str(demo_path), "-o", str(target))
    assert done.returncode == 3
    assert str(target) in one_line(done.stderr)
    assert not target.parent.exists()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("domains", "('x')", "domains must be a tuple"),
        ("domains", "('https://x.example/',)", "no host name"),
        ("domains", "()", "names no host"),
        ("sources", "Listing('http://x.example/a')", "sources must be a tuple"),
        ("sources", "(Listing('x.example/a'),)", "no absolute address"),
        ("sources", "(Listing('http://y.example/a'),)", "on none of the site's domains"),
        ("sources", "(Listing('http://x.example/a', links='div['),)", "no CSS selector"),
        ("pages", "PortalPage", "pages must be a tuple"),
        ("pages", "('portal',)", "no subclass of ArticlePage"),
        ("province", "None", "province must be a text"),
    ],
)
def test_a_wrong_field_of_a_site_is_named(
    tmp_path: Path, field: str, value: str, said: str
) -> None:
    fields = {
        "key": "'x'",
        "name": "'X'",
        "province": "'P'",
        "domains": "('x.example',)",
        "sources": "(Listing('http://x.example/a'),)",
        "article_url": "'a'",
        "pages": "(PortalPage,)",
    }
    arguments = ", ".join(f"{name}={text}" for name, text in {**fields, field: value}.items())
    file = tmp_path / "x.py"
    file.write_text(
        "from baolangson_crawler.families.portal import PortalPage\n"
        "from baolangson_crawler.sites.base import Listing, Site\n"
        f"SITE = Site({arguments})\n",
        encoding="utf-8",
    )
    done = run_command("crawl", "x", "--site", str(file), "--archive", str(tmp_path / "a.db"))
    assert done.returncode == 1
    assert said in one_line(done.stderr)
    assert not (tmp_path / "a.db").exists()


def test_two_sites_of_one_host_are_told(tmp_path: Path) -> None:
    file = tmp_path / "copy.py"
    file.write_text(
        "from dataclasses import replace\n"
        "from baolangson_crawler.sites.baocantho import SITE as OTHER\n"
        "SITE = replace(OTHER, key='copy')\n",
        encoding="utf-8",
    )
    done = run_command("sites", "--site", str(file))
    assert done.returncode == 1
    assert "Two sites have the host baocantho.com.vn" in one_line(done.stderr)


def test_one_archive_has_one_lock_by_whatever_name(tmp_path: Path) -> None:
    from datetime import UTC, datetime

    from baolangson_crawler.exceptions import ArchiveBusy
    from baolangson_crawler.storage.lock import ArchiveLock

    archive, link = tmp_path / "articles.db", tmp_path / "link.db"
    open_writing(archive).close()
    link.symlink_to(archive)
    now = datetime.now(UTC)
    with ArchiveLock(archive, now), pytest.raises(ArchiveBusy), ArchiveLock(link, now):
        pass


def test_any_locale_prints_vietnamese(demo_path: Path) -> None:
    for encoding in ("ascii", "latin-1"):
        done = run_command(
            "search", "lang son", "--archive", str(demo_path), env={"PYTHONIOENCODING": encoding}
        )
        assert done.returncode == 0, done.stderr
        assert "[Lạng] [Sơn]" in done.stdout
