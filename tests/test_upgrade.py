"""An archive of every older schema is brought up to date, or stays as it was."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from conftest import run_command
from operating import line
from sqlite_utils import Database

from baolangson_crawler.exceptions import ArchiveError, ArchiveNotWritable
from baolangson_crawler.storage import diagnosis, upgrading
from baolangson_crawler.storage.migrations import migrations
from baolangson_crawler.storage.opening import APPLICATION_ID, open_reading, open_writing

STEPS = [migration.name for migration in migrations.pending(Database(memory=True))]
OLDER = range(1, len(STEPS))

# What the first release could hold, a row in every table that others refer to.
ROWS = """
INSERT INTO site (key, name, province, domains, family, verified)
    VALUES ('paper', 'Báo Thử', 'Thử', '["paper.example"]', 'portal', 'own');
INSERT INTO crawl (command, sites, configuration, tool_version, started_at, outcome)
    VALUES ('crawl', '["paper"]', '{}', '0.1.0', '2026-01-01T00:00:00Z', 'done');
INSERT INTO url (url, site, kind, key, state, reason, discovered_at, attempts) VALUES
    ('http://paper.example/bai-1.html', 'paper', 'article', 'paper:1', 'fetched', NULL,
     '2026-01-01T00:00:00Z', 0),
    ('http://paper.example/bai-2.html', 'paper', 'article', 'paper:2', 'pending', NULL,
     '2026-01-01T00:00:00Z', 0),
    ('http://paper.example/bai-3.html', 'paper', 'article', 'paper:3', 'failed', 'http_500',
     '2026-01-01T00:00:00Z', 2),
    ('http://paper.example/bai-4.html', 'paper', 'article', 'paper:4', 'skipped',
     'robots_disallowed', '2026-01-01T00:00:00Z', 0);
INSERT INTO fetch (crawl_id, url_id, fetched_at, status) VALUES (1, 1, '2026-01-01T00:00:01Z', 200);
INSERT INTO article (key, site, title, published_at, url, canonical_url, layout, word_count,
    language, image_count, version_count, first_seen_at, last_seen_at) VALUES ('paper:1', 'paper',
    'Chợ phiên Đồng Đăng', '2020-07-21T08:54:00+07:00', 'http://paper.example/bai-1.html',
    'http://paper.example/bai-1.html', 'portal', 4, 'vi', 0, 1, '2026-01-01T00:00:01Z',
    '2026-01-01T00:00:01Z');
INSERT INTO version (article_id, number, seen_at, fetch_id, content_sha256, layout, tool_version,
    title, lead_in_body, body, subheads) VALUES (1, 1, '2026-01-01T00:00:01Z', 1, 'a', 'portal',
    '0.1.0', 'Chợ phiên Đồng Đăng', 0, 'Sáng 21/7, chợ phiên đông.', '[]');
UPDATE article SET version_id = 1;
UPDATE url SET article_id = 1 WHERE id = 1;
"""


def make(path: Path, steps: int) -> Path:
    """An archive as a release with so many steps left it, with an article in it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("PRAGMA journal_mode = WAL")
        conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        stop = STEPS[steps] if steps < len(STEPS) else None
        # the rows are those of the first release: the later steps treat them as any other's
        migrations.apply(Database(conn), stop_before=STEPS[1])
        conn.executescript(ROWS)
        migrations.apply(Database(conn), stop_before=stop)
    return path


def schema(path: Path) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(path)) as conn:
        query = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%'"
        return sorted((kind, name, sql or "") for kind, name, sql in conn.execute(query))


def steps_of(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as conn:
        query = "SELECT name FROM _sqlite_migrations ORDER BY id"
        return [name for (name,) in conn.execute(query)]


def content(path: Path) -> list[object]:
    """What no step may lose, of any schema."""
    with closing(sqlite3.connect(path)) as conn:
        assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
        return [
            conn.execute("SELECT key, title, published_at, version_id FROM article").fetchall(),
            conn.execute("SELECT number, title, body FROM version").fetchall(),
            conn.execute("SELECT url, key, article_id, attempts FROM url ORDER BY id").fetchall(),
        ]


@pytest.mark.parametrize("steps", OLDER)
def test_an_older_archive_is_brought_up_to_date_and_kept_as_it_was(
    tmp_path: Path, steps: int
) -> None:
    path = make(tmp_path / "articles.db", steps)
    before = content(path)
    done = run_command("upgrade", "--archive", str(path))
    copy = tmp_path / f"articles.db.before-m{steps + 1:03}"
    assert done.returncode == 0
    assert line(done.stderr).endswith(f"it is kept as {copy}.")
    assert schema(path) == schema(make(tmp_path / "new.db", len(STEPS)))
    assert (steps_of(path), steps_of(copy)) == (STEPS, STEPS[:steps])
    assert content(path) == content(copy) == before
    assert sorted(p.name for p in tmp_path.glob("articles.db*")) == [
        *("articles.db", copy.name, "articles.db.lock")
    ]
    open_reading(path).close()


@pytest.mark.parametrize("steps", OLDER)
def test_readers_send_an_older_archive_to_the_upgrade(tmp_path: Path, steps: int) -> None:
    path = make(tmp_path / "articles.db", steps)
    with pytest.raises(ArchiveError, match=f"lacks {STEPS[steps]}.*baolangson upgrade"):
        open_reading(path)


def test_an_archive_of_this_version_is_not_copied(tmp_path: Path) -> None:
    path = make(tmp_path / "articles.db", len(STEPS))
    open_writing(path).close()
    assert [p.name for p in tmp_path.iterdir()] == ["articles.db"]


def test_a_copy_holds_what_the_log_held(tmp_path: Path) -> None:
    """Which a copy of the file alone would lack."""
    path = make(tmp_path / "articles.db", len(STEPS) - 1)
    code = f"""
import os, sqlite3
conn = sqlite3.connect({str(path)!r}, isolation_level=None)
conn.execute("UPDATE article SET title = 'Tít mới'")
os._exit(0)
"""
    subprocess.run([sys.executable, "-c", code], check=True)
    open_writing(path).close()
    (copy,) = tmp_path.glob("*.before-*")
    with closing(sqlite3.connect(copy)) as conn:
        assert conn.execute("SELECT title FROM article").fetchall() == [("Tít mới",)]


def test_without_room_for_the_copy_nothing_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make(tmp_path / "articles.db", len(STEPS) - 1)
    free = shutil.disk_usage(tmp_path).free
    monkeypatch.setattr(upgrading, "ROOM", free)
    with pytest.raises(ArchiveNotWritable, match="with a copy of it as it is, needs"):
        open_writing(path)
    assert steps_of(path) == STEPS[:-1]
    assert list(tmp_path.glob("*.before-*")) == []
    assert free > diagnosis.ROOM


def test_a_step_that_fails_leaves_the_archive_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make(tmp_path / "articles.db", len(STEPS))
    before, held = schema(path), content(path)
    later = migrations.__class__(migrations.name)

    @later()
    def m999_broken(db: Database) -> None:
        db.executescript("ALTER TABLE article ADD COLUMN x TEXT; UPDATE article SET title = 'y';")
        db.execute("SELECT nothing FROM nowhere")

    for migration in [*migrations._migrations]:
        later(name=migration.name)(migration.fn)
    for module in ("upgrading", "opening"):
        monkeypatch.setattr(f"baolangson_crawler.storage.{module}.migrations", later)
    with pytest.raises(ArchiveError):
        open_writing(path)
    assert (schema(path), content(path)) == (before, held)


# Die at the Nth statement of the upgrade; end with 0 when there are fewer.
DIE = """
import os, signal, sqlite3, sys
from pathlib import Path
from baolangson_crawler.storage import opening, upgrading
path, last = Path(sys.argv[1]), int(sys.argv[2])
seen = 0
def count(statement):
    global seen
    seen += 1
    if seen == last:
        os.kill(os.getpid(), signal.SIGKILL)
real, connect = upgrading.bring_up_to_date, sqlite3.connect
def watched(*arguments, **options):
    conn = connect(*arguments, **options)
    conn.set_trace_callback(count)
    return conn
def bring_up_to_date(conn, path):
    conn.set_trace_callback(count)
    sqlite3.connect = watched
    copy = upgrading._copy
    def dying_copy(*arguments):
        count("before the copy")
        copy(*arguments)
        count("after the copy")
    upgrading._copy = dying_copy
    return real(conn, path)
opening.bring_up_to_date = bring_up_to_date
opening.open_writing(path).close()
"""


def died(path: Path, at: int) -> bool:
    command = [sys.executable, "-W", "ignore", "-c", DIE, str(path), str(at)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode != 0


@pytest.mark.slow
@pytest.mark.parametrize("steps", OLDER)
def test_an_upgrade_killed_at_any_statement_leaves_an_archive(tmp_path: Path, steps: int) -> None:
    """One that the older or the newer program opens, and that the newer one brings up to date."""
    original = make(tmp_path / "original.db", steps)
    held, newest = content(original), schema(make(tmp_path / "new.db", len(STEPS)))
    at, killed, step = 0, 0, 1
    while True:
        at += step
        step = 1 + at // 12  # every statement at first, then ever fewer: three hundred are many
        folder = tmp_path / str(at)
        folder.mkdir()
        path = Path(shutil.copy(original, folder / "articles.db"))
        if not died(path, at):
            break
        killed += 1
        found = steps_of(path)
        assert found == STEPS[: len(found)]
        assert schema(path) == schema(make(folder / "same.db", len(found)))
        assert content(path) == held
        for copy in folder.glob("*.before-m???"):
            assert (steps_of(copy), content(copy)) == (STEPS[:steps], held)
        open_writing(path).close()
        assert (schema(path), content(path)) == (newest, held)
        assert list(folder.glob("*.part*")) == []
    assert killed > 10


def size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:  # not yet, or no longer
        return -1


@pytest.mark.slow
def test_an_upgrade_killed_while_it_copies_leaves_no_half_copy(tmp_path: Path) -> None:
    """At several moments of the copying itself, of which SQLite tells nobody."""
    path = make(tmp_path / "articles.db", len(STEPS) - 1)
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("CREATE TABLE bulk (body BLOB)")
        conn.execute(
            "WITH n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 400) "
            "INSERT INTO bulk SELECT randomblob(100000) FROM n"
        )
    held, size = content(path), path.stat().st_size
    part = tmp_path / f"articles.db.before-{STEPS[-1].split('_')[0]}.part"
    copy = part.with_suffix("")
    code = "import sys; from pathlib import Path; "
    code += "from baolangson_crawler.storage.opening import open_writing; "
    code += "open_writing(Path(sys.argv[1])).close()"
    for share in (0.0, 0.3, 0.6):
        with subprocess.Popen([sys.executable, "-c", code, str(path)]) as process:
            while process.poll() is None:
                if size_of(part) >= share * size:
                    os.kill(process.pid, signal.SIGKILL)
                    break
        if copy.exists():
            assert content(copy) == held
            copy.unlink()
        if steps_of(path) == STEPS:
            pytest.skip("this machine copies too fast to be caught at it")
        assert steps_of(path) == STEPS[:-1]
    open_writing(path).close()
    assert (content(path), content(copy)) == (held, held)
    assert not part.exists()
