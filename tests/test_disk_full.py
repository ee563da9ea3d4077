"""A disk that fills up in the middle of a crawl or an export, by every way it can."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from conftest import clean_environment
from operating import EVERY_ARTICLE, apart, articles, crawl_code, finished, line
from proxy import Proxy

from baolangson_crawler.demo import PAPERS, DemoServer
from baolangson_crawler.storage.opening import open_reading

# The archive holds no more pages than this, whoever opens it.
PAGES = """
import sqlite3
_connect = sqlite3.connect
def connect(*arguments, **options):
    conn = _connect(*arguments, **options)
    conn.execute("PRAGMA max_page_count = 250")
    return conn
sqlite3.connect = connect
"""
# No file of this process grows beyond a megabyte; Python ignores SIGXFSZ.
FILE_SIZE = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))"


@pytest.fixture(scope="module")
def papers() -> Iterator[str]:
    """The proxy that serves the demo papers."""
    with DemoServer(PAPERS) as server:
        yield server.proxy_url


def goes_on_to_completeness(archive: Path, papers: str) -> None:
    """The archive is sound, lacks something, and the next crawl, with room, fetches just that."""
    held = articles(archive)
    assert held < EVERY_ARTICLE
    done = finished(crawl_code(archive), papers)
    assert done.returncode == 0, done.stderr
    assert articles(archive) == EVERY_ARTICLE


@pytest.mark.slow
@pytest.mark.parametrize(
    ("limit", "said"),
    [(PAGES, "a limit of its pages"), (FILE_SIZE, "no file larger than 1.0 MB")],
    ids=["pages", "file size"],
)
def test_an_archive_that_cannot_grow_ends_the_crawl_and_the_next_goes_on(
    tmp_path: Path, papers: str, limit: str, said: str
) -> None:
    archive = tmp_path / "articles.db"
    done = finished(crawl_code(archive, limit), papers)
    assert done.returncode == 3, done.stderr
    assert said in line(done.stderr)
    assert articles(archive)
    goes_on_to_completeness(archive, papers)


# A small disk; the program; what lies there; and the program again on a larger one.
SMALL_DISK = """
mount -t tmpfs -o size=1500k none "$1" || exit 9
"$3" -c "$4"; code=$?
cp -r "$1" "$2"
[ $code = 3 ] || exit 8
mount -o remount,size=64m "$1"
"$3" -c "$4"; code=$?
cp -r "$1" "$2/after"
exit $code
"""


@pytest.mark.slow
def test_a_full_disk_ends_the_crawl_and_the_next_goes_on(tmp_path: Path, papers: str) -> None:
    disk, saved = tmp_path / "disk", tmp_path / "saved"
    disk.mkdir()
    code = crawl_code(disk / "articles.db")
    command = apart(SMALL_DISK, str(disk), str(saved), sys.executable, code)
    if command is None:
        pytest.skip("mounts of one's own are not permitted here")
    done = subprocess.run(
        command,
        env={**clean_environment(), "http_proxy": papers},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, (done.returncode, done.stderr)
    assert "The disk is full" in line(done.stderr)
    assert articles(saved / "articles.db") < EVERY_ARTICLE
    assert articles(saved / "after" / "articles.db") == EVERY_ARTICLE


def test_too_little_room_ends_the_crawl_before_a_paper_is_asked(tmp_path: Path) -> None:
    archive = tmp_path / "new" / "articles.db"
    room = shutil.disk_usage(tmp_path).free * 2
    with Proxy(lambda url: None, tmp_path) as proxy:
        code = crawl_code(archive, room=room)
        done = finished(code, proxy.environment["http_proxy"])
    assert done.returncode == 3
    assert "A crawl needs" in line(done.stderr)
    assert proxy.urls() == []
    assert not archive.exists()


# Export to a small disk, then list what lies there.
EXPORT = """
mount -t tmpfs -o size=200k none "$1" || exit 9
cd "$1" && shift
{command}; code=$?
ls -A; exit $code
"""


@pytest.mark.parametrize("target", [["-o", "out.csv"], []], ids=["file", "standard output"])
@pytest.mark.parametrize("kind", [[], ["--data"]], ids=["spreadsheet", "data"])
def test_a_full_disk_leaves_no_half_export(
    demo_path: Path, tmp_path: Path, target: list[str], kind: list[str]
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    script = EXPORT.format(command='"$@"' if target else '"$@" > out.csv')
    export = [sys.executable, "-m", "baolangson_crawler", "export", "csv", *kind, *target]
    command = apart(script, str(disk), *export, "--archive", str(demo_path))
    if command is None:
        pytest.skip("mounts of one's own are not permitted here")
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**clean_environment(), "PYTHONPATH": str(Path(__file__).parents[1])},
    )
    assert done.returncode == 3, done.stderr
    assert "No space left on device" in line(done.stderr)
    assert done.stdout.split() == ([] if target else ["out.csv"])


def test_a_full_disk_keeps_the_export_that_was_there(demo_path: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    out = disk / "out.csv"
    script = (
        'mount -t tmpfs -o size=200k none "$1" && echo old > "$1/out.csv" && "$2" -m '
        'baolangson_crawler export csv -o "$1/out.csv" --archive "$3"; cat "$1/out.csv"'
    )
    command = apart(script, str(disk), sys.executable, str(demo_path))
    if command is None:
        pytest.skip("mounts of one's own are not permitted here")
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout == "old\n"
    assert str(out) in line(done.stderr)


def test_the_demo_archive_is_larger_than_the_limits(demo_path: Path) -> None:
    """Or nothing above would fill up."""
    assert demo_path.stat().st_size > 1_500_000
    with closing(open_reading(demo_path).conn) as conn:
        assert conn.execute("PRAGMA page_count").fetchone()[0] > 250
