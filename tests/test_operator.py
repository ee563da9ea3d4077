"""What the operator's machine does to an archive, and what the operator is told: one line."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import clean_environment, run_command
from operating import apart, line, stranger

from baolangson_crawler.exceptions import (
    ArchiveBusy,
    ArchiveCorrupt,
    ArchiveError,
    ArchiveNotWritable,
)
from baolangson_crawler.storage import diagnosis, mounts, opening, soundness
from baolangson_crawler.storage.lock import ArchiveLock
from baolangson_crawler.storage.opening import explained, open_reading, open_writing


@pytest.fixture
def archive(demo_path: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "articles.db"
    shutil.copy(demo_path, copy)
    return copy


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user of the machine can reach."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def upgrade(archive: Path, *prefix: str) -> subprocess.CompletedProcess[str]:
    """Lock the archive and open it for writing, as a crawl does, and ask no paper."""
    arguments = ("upgrade", "--archive", str(archive))
    return subprocess.run(
        [*prefix, *(sys.executable, "-B", "-m", "baolangson_crawler"), *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=clean_environment(),
    )


# --- What is no archive, or no sound one ---------------------------------------------------


def overwrite(path: Path, table: str) -> None:
    """Overwrite the header of the first page of a table, as a disk may."""
    with closing(sqlite3.connect(path)) as conn:
        query = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        root = conn.execute(query, [table]).fetchone()[0]
        size = conn.execute("PRAGMA page_size").fetchone()[0]
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * 100)


TABLES = ["url", "url_state", "article", "version", "capture", "fetch", "article_fts_data"]


@pytest.mark.parametrize("table", TABLES)
def test_a_damaged_page_is_found_before_the_crawl(archive: Path, table: str) -> None:
    overwrite(archive, table)
    before = archive.read_bytes()
    with pytest.raises(ArchiveCorrupt, match=r"damaged .*restore a copy"):
        open_writing(archive)
    assert archive.read_bytes() == before


@pytest.mark.parametrize("left", [0.99, 0.5, 0.001])
def test_a_truncated_archive_is_refused_untouched(archive: Path, left: float) -> None:
    os.truncate(archive, int(archive.stat().st_size * left))
    before = archive.read_bytes()
    done = upgrade(archive)
    assert done.returncode == 4
    assert f"{archive} is damaged" in line(done.stderr)
    assert archive.read_bytes() == before


def test_an_emptied_archive_is_not_taken_for_a_new_one(archive: Path) -> None:
    os.truncate(archive, 0)
    done = upgrade(archive)
    assert done.returncode == 4
    assert "is empty" in line(done.stderr)
    assert archive.stat().st_size == 0


def test_a_crawl_killed_while_it_made_the_archive_can_go_on(tmp_path: Path) -> None:
    path = tmp_path / "articles.db"
    path.with_name("articles.db.new").write_bytes(b"half a database")
    open_writing(path).close()
    assert [p.name for p in tmp_path.iterdir()] == ["articles.db"]
    open_reading(path).close()


def leave_log(path: Path, statement: str) -> None:
    """Write to an archive and die before the log is written into it."""
    code = f"""
import os, sqlite3
conn = sqlite3.connect({str(path)!r}, isolation_level=None)
conn.execute({statement!r})
os._exit(0)
"""
    subprocess.run([sys.executable, "-c", code], check=True)
    assert soundness.log_of(path).stat().st_size > 0


def test_the_log_of_a_crash_is_taken_over(archive: Path) -> None:
    leave_log(archive, "UPDATE site SET name = 'Báo Khác'")
    db = open_writing(archive)
    assert db.execute("SELECT DISTINCT name FROM site").fetchall() == [("Báo Khác",)]
    db.close()


def test_a_log_that_an_older_file_left_is_not_played_into_a_restored_copy(
    archive: Path, demo_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soundness, "_RESTORED", 0.05)
    leave_log(archive, "DELETE FROM alias")
    time.sleep(0.2)
    shutil.copy(demo_path, archive)
    for opened in (open_writing, open_reading):
        with pytest.raises(ArchiveCorrupt, match="was replaced after"):
            opened(archive)
    assert archive.read_bytes() == demo_path.read_bytes()
    soundness.log_of(archive).unlink()  # what the message advises
    db = open_writing(archive)
    assert db.execute("SELECT count(*) FROM alias").fetchone()[0] > 0
    db.close()


def test_a_log_beside_an_emptied_archive_is_kept(archive: Path) -> None:
    leave_log(archive, "DELETE FROM alias")
    log = soundness.log_of(archive)
    before = log.read_bytes()
    os.truncate(archive, 0)
    with pytest.raises(ArchiveCorrupt, match="half restored"):
        open_writing(archive)
    assert log.read_bytes() == before


def test_looking_at_pages_ends_in_time(archive: Path) -> None:
    with closing(sqlite3.connect(archive)) as conn:
        assert soundness.check_pages(conn, archive, None)
        assert soundness.check_pages(conn, archive, 30)
        assert not soundness.check_pages(conn, archive, 0)


def test_one_long_look_at_a_table_is_interrupted(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soundness, "_TABLES", "SELECT 'capture' FROM url, url LIMIT 100000")
    with closing(sqlite3.connect(archive)) as conn:
        begun = time.monotonic()
        assert not soundness.check_pages(conn, archive, 0.2)
        assert time.monotonic() - begun < 2


def seconds_looked(archive: Path, monkeypatch: pytest.MonkeyPatch) -> list[float | None]:
    looked: list[float | None] = []
    real = soundness.check_pages

    def look(conn: sqlite3.Connection, path: Path, seconds: float | None) -> bool:
        looked.append(seconds)
        return real(conn, path, seconds)

    monkeypatch.setattr(soundness, "check_pages", look)
    open_writing(archive).close()
    return looked


@pytest.mark.parametrize("how", ["log left", "noted as running"])
def test_after_a_crash_the_archive_is_looked_at_longer(
    archive: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    assert seconds_looked(archive, monkeypatch) == [soundness.SECONDS]
    statement = "UPDATE crawl SET outcome = 'running'"
    leave_log(archive, statement if how == "noted as running" else "DELETE FROM alias")
    if how == "noted as running":
        with closing(sqlite3.connect(archive)) as conn:
            conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert seconds_looked(archive, monkeypatch) == [soundness.SECONDS_AFTER_CRASH]


def test_a_changed_schema_is_told(archive: Path) -> None:
    with closing(sqlite3.connect(archive)) as conn:
        conn.execute("ALTER TABLE held RENAME TO kept")
    with pytest.raises(ArchiveCorrupt, match="not as this program made it"), explained(archive):
        sqlite3.connect(archive).execute("SELECT * FROM held")


def a_folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(
    ("make", "said"), [(a_folder, "is a folder. Name a file in it"), (os.mkfifo, "no ordinary")]
)
@pytest.mark.parametrize("opened", [open_writing, open_reading])
def test_what_is_no_file_is_told(
    tmp_path: Path, make: Callable[[Path], None], said: str, opened: Callable[[Path], object]
) -> None:
    path = tmp_path / "articles.db"
    make(path)
    with pytest.raises(ArchiveError, match=said) as raised:
        opened(path)
    assert raised.value.exit_code == 1


# --- Names ---------------------------------------------------------------------------------


def test_an_archive_with_two_names_is_refused(archive: Path) -> None:
    os.link(archive, archive.with_name("other.db"))
    done = upgrade(archive)
    assert done.returncode == 3
    assert "2 names (hard links)" in line(done.stderr)
    open_reading(archive).close()


def test_a_symbolic_link_is_the_archive_it_leads_to(archive: Path, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere" / "link.db"
    link.parent.mkdir()
    link.symlink_to(archive)
    assert upgrade(link).returncode == 0
    assert [p.name for p in link.parent.iterdir()] == ["link.db"]
    with ArchiveLock(archive, datetime.now(UTC)):
        done = upgrade(link)
    assert done.returncode == 5
    assert str(archive) in line(done.stderr)


def test_a_link_to_a_disk_that_is_gone_begins_no_new_archive(tmp_path: Path) -> None:
    link = tmp_path / "articles.db"
    link.symlink_to(tmp_path / "disk" / "articles.db")
    with pytest.raises(ArchiveNotWritable, match="Is its disk mounted"):
        open_writing(link)
    assert not (tmp_path / "disk").exists()


# --- Permission ----------------------------------------------------------------------------

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to be another user")


@needs_root
@pytest.mark.parametrize("which", ["", "-wal", ".lock"])
def test_a_file_that_root_left_is_named_with_its_owner(
    archive: Path, open_folder: Path, which: str
) -> None:
    """After one crawl with sudo."""
    here = Path(shutil.copy(archive, open_folder))
    for end in ("", "-wal", "-shm", ".lock"):
        file = here.with_name(here.name + end)
        file.touch()
        os.chown(file, 65534, 65534)
    suspect = here.with_name(here.name + which)
    os.chown(suspect, 0, 0)
    suspect.chmod(0o644)
    os.chown(open_folder, 65534, 65534)
    done = upgrade(here, *stranger())
    said = line(done.stderr)
    assert done.returncode == 3, said
    assert f"{suspect} belongs to root" in said
    assert f"sudo chown nobody {suspect}" in said


@pytest.mark.parametrize("exists", [True, False])
def test_a_folder_without_permission_is_named(
    archive: Path, open_folder: Path, exists: bool
) -> None:
    here = open_folder / "articles.db"
    if exists:
        shutil.copy(archive, here)
    open_folder.chmod(0o555)
    done = upgrade(here, *stranger()) if exists else opened_by_stranger(here)
    open_folder.chmod(0o755)
    assert done.returncode == 3
    assert f"the folder {open_folder} belongs to" in line(done.stderr)


def opened_by_stranger(path: Path) -> subprocess.CompletedProcess[str]:
    code = f"""
import sys; from pathlib import Path
from baolangson_crawler.exceptions import CrawlerError
from baolangson_crawler.storage.opening import open_writing
try:
    open_writing(Path({str(path)!r}))
except CrawlerError as error:
    print(error, file=sys.stderr); sys.exit(error.exit_code)
"""
    command = [*stranger(), sys.executable, "-B", "-c", code]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_a_file_of_ones_own_that_is_read_only_is_named(archive: Path, open_folder: Path) -> None:
    here = Path(shutil.copy(archive, open_folder))
    if os.geteuid() == 0:
        for path in (open_folder, here):
            os.chown(path, 65534, 65534)
    here.chmod(0o444)
    done = upgrade(here, *stranger())
    assert done.returncode == 3
    assert f"chmod u+rw {here}" in line(done.stderr)


def test_a_read_only_file_system_is_named_and_nothing_is_left_there(archive: Path) -> None:
    script = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && shift && exec "$@"'
    prefix = apart(script, str(archive.parent))
    if prefix is None:
        pytest.skip("mounts of one's own are not permitted here")
    before = sorted(archive.parent.iterdir())
    done = upgrade(archive, *prefix)
    said = line(done.stderr)
    assert done.returncode == 3
    assert f"mounted read-only ({archive.parent})" in said
    assert sorted(archive.parent.iterdir()) == before


def test_a_file_system_without_inodes_is_told(tmp_path: Path) -> None:
    script = 'mount -t tmpfs -o size=64m,nr_inodes=2 none "$1" && touch "$1/x" && shift && "$@"'
    prefix = apart(script, str(tmp_path))
    if prefix is None:
        pytest.skip("mounts of one's own are not permitted here")
    code = f"""
import sys; from pathlib import Path
from baolangson_crawler.storage.opening import open_writing
try:
    open_writing(Path({str(tmp_path / "articles.db")!r}))
except Exception as error:
    print(error, file=sys.stderr); sys.exit(error.exit_code)
"""
    command = [*prefix, sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 3, done.stderr
    assert "no inodes left" in line(done.stderr)


# --- Locks ---------------------------------------------------------------------------------


@pytest.fixture
def holder(archive: Path) -> Iterator[subprocess.Popen[str]]:
    """A process of its own that holds the archive's lock."""
    code = f"""
import sys; from datetime import UTC, datetime; from pathlib import Path
from baolangson_crawler.storage.lock import ArchiveLock
with ArchiveLock(Path({str(archive)!r}), datetime.now(UTC)):
    print("held", flush=True); sys.stdin.read()
"""
    with subprocess.Popen(
        [sys.executable, "-c", code, "crawl", "bao x"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_the_holder_is_named_at_once(archive: Path, holder: subprocess.Popen[str]) -> None:
    begun = time.monotonic()
    with pytest.raises(ArchiveBusy) as raised, ArchiveLock(archive, datetime.now(UTC)):
        pass
    assert time.monotonic() - begun < 0.5
    said = line(str(raised.value))
    assert f"{archive} (pid {holder.pid}, since {datetime.now(UTC):%Y-}" in said
    assert "command: -c crawl 'bao x'" in said
    open_reading(archive).close()  # readers need no lock
    assert run_command("status", "--archive", str(archive)).returncode == 0


def test_a_second_crawl_ends_within_two_seconds(
    archive: Path, holder: subprocess.Popen[str]
) -> None:
    run_command("--version")  # whatever is compiled and cached by the first start
    begun = time.monotonic()
    done = run_command("crawl", "baocantho", "--archive", str(archive))
    took = time.monotonic() - begun
    assert done.returncode == 5
    assert f"pid {holder.pid}" in line(done.stderr)
    assert took < 2


def test_scrapy_tells_of_a_busy_archive_in_one_line(
    archive: Path, holder: subprocess.Popen[str]
) -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "scrapy", "crawl", "baocantho"),
            *("-s", f"ARCHIVE_PATH={archive}", "-s", "LOG_LEVEL=ERROR"),
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**clean_environment(), "SCRAPY_SETTINGS_MODULE": "baolangson_crawler.settings"},
    )
    assert f"Another crawl holds {archive} (pid {holder.pid}" in line(done.stderr)


@needs_root
def test_the_lock_of_another_user_is_seen(open_folder: Path) -> None:
    archive = open_folder / "articles.db"
    with ArchiveLock(archive, datetime.now(UTC)):
        done = opened_lock(archive)
    assert done.returncode == 5
    assert f"pid {os.getpid()}" in line(done.stderr)
    done = opened_lock(archive)  # no longer held, and still root's
    assert done.returncode == 3
    assert f"the folder {open_folder} belongs to root" in line(done.stderr)


def opened_lock(archive: Path) -> subprocess.CompletedProcess[str]:
    code = f"""
import sys; from datetime import UTC, datetime; from pathlib import Path
from baolangson_crawler.exceptions import CrawlerError
from baolangson_crawler.storage.lock import ArchiveLock
try:
    ArchiveLock(Path({str(archive)!r}), datetime.now(UTC)).__enter__()
except CrawlerError as error:
    print(error, file=sys.stderr); sys.exit(error.exit_code)
"""
    command = [*stranger(), sys.executable, "-B", "-c", code]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_a_lock_that_nobody_holds_is_taken_over(archive: Path) -> None:
    lock = archive.with_name("articles.db.lock")
    lock.write_text("pid 1, since 2020-01-01T00:00:00Z, command: a much longer one, of the past")
    with ArchiveLock(archive, datetime(2026, 11, 23, tzinfo=UTC)):
        held = lock.read_text()
    assert held.startswith(f"pid {os.getpid()}, since 2026-11-23T00:00:00Z, command: ")
    assert "past" not in held


def test_a_killed_holder_locks_nothing(archive: Path, holder: subprocess.Popen[str]) -> None:
    holder.kill()
    holder.wait()
    with ArchiveLock(archive, datetime.now(UTC)):
        pass


def test_a_folder_where_the_lock_belongs_is_told(archive: Path) -> None:
    archive.with_name("articles.db.lock").mkdir()
    with pytest.raises(ArchiveNotWritable, match="is a folder"):
        ArchiveLock(archive, datetime.now(UTC)).__enter__()


def test_a_program_that_keeps_the_archive_locked_is_told(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(archive, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ArchiveBusy, match=r"Another program keeps .* locked") as raised:
            open_writing(archive)
    assert raised.value.exit_code == 5


# --- Where the archive lies ----------------------------------------------------------------

MOUNTS = """\
/dev/sda1 / ext4 rw,relatime 0 0
tmpfs /tmp tmpfs rw 0 0
library:/export/press /srv/press nfs4 rw,vers=4.2 0 0
//nas/b\\303\\241o /srv/a\\040folder cifs rw 0 0
lea@nas:/x /home/lea/nas fuse.sshfs rw 0 0
/dev/sdb1 /srv/press/local xfs rw 0 0
/dev/sdc1 /srv/twice nfs rw 0 0
/dev/sdc1 /srv/twice ext4 rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind", "network"),
    [
        ("/srv/press/articles.db", "nfs4", True),
        ("/srv/press/local/articles.db", "xfs", False),
        ("/srv/pressed/articles.db", "ext4", False),
        ("/srv/a folder/deep/articles.db", "cifs", True),
        ("/home/lea/nas/articles.db", "fuse.sshfs", True),
        ("/tmp/articles.db", "tmpfs", False),
        ("/srv/twice/articles.db", "ext4", False),
    ],
)
def test_a_network_file_system_is_known(path: str, kind: str, network: bool) -> None:
    found = mounts.mount_of(Path(path), MOUNTS)
    assert found is not None
    assert (found.kind, found.network) == (kind, network)


def test_an_archive_on_a_network_is_opened_with_one_warning(
    archive: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    table = f"nas:/press {archive.parent} nfs4 rw 0 0\n"
    real = mounts.mount_of
    monkeypatch.setattr(mounts, "mount_of", lambda path: real(path, table))
    open_writing(archive).close()
    assert len(caplog.messages) == 1
    assert "network file system (nfs4 from nas:/press)" in caplog.text


def test_too_little_room_is_told_before_the_crawl(tmp_path: Path) -> None:
    free = shutil.disk_usage(tmp_path).free
    diagnosis.check_room(tmp_path / "new" / "articles.db", free // 2)
    with pytest.raises(ArchiveNotWritable, match=r"A crawl needs [\d,.]+ MB of free space") as told:
        diagnosis.check_room(tmp_path / "new" / "articles.db", free * 2)
    assert told.value.exit_code == 3
    assert not (tmp_path / "new").exists()
