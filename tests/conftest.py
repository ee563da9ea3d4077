"""What several tests need: a command run as a user runs it, and the demo papers' archive."""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import pytest
from sqlite_utils import Database

from baolangson_crawler.storage.opening import open_reading

pytest_plugins = ["paper"]  # the fixture ``crawl``

SHARED = Path(__file__).parents[2] / "shared"
_STATE = Path(mkdtemp(prefix="baolangson-state-"))
atexit.register(rmtree, _STATE, ignore_errors=True)
# A shell that starts the tests in the background, or nohup, lets every child ignore these.
signal.signal(signal.SIGHUP, signal.SIG_DFL)
signal.signal(signal.SIGINT, signal.default_int_handler)
Run = Callable[..., subprocess.CompletedProcess[str]]


def run_command(
    *arguments: str, env: dict[str, str] | None = None, timeout: float = 120
) -> subprocess.CompletedProcess[str]:
    """Run ``baolangson`` in a process of its own, as a user does."""
    return subprocess.run(
        [sys.executable, "-m", "baolangson_crawler", *arguments],
        capture_output=True,
        text=True,
        timeout=timeout,
        env={**clean_environment(), **(env or {})},
        check=False,
    )


def clean_environment() -> dict[str, str]:
    """The environment without anybody's proxies and without our own variables.

    The pace of hosts is shared by the processes of one test run, not by those beside it.
    """
    dropped = ("proxy", "baolangson_")
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.lower().endswith(dropped[0]) and not name.lower().startswith(dropped[1])
    }
    return kept | {"BAOLANGSON_STATE": str(_STATE)}


@pytest.fixture(scope="session")
def demo_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the three demo papers, crawled once for all tests."""
    path = tmp_path_factory.mktemp("demo") / "articles.db"
    done = run_command("demo", "--archive", str(path), "--json")
    assert done.returncode == 0, done.stderr
    return path


@pytest.fixture
def demo_db(demo_path: Path) -> Iterator[Database]:
    """The demo archive, opened for reading."""
    db = open_reading(demo_path)
    yield db
    db.close()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of third-party pages; tests that read it are skipped where it is absent."""
    if not (SHARED / "corpus").is_dir():
        pytest.skip("third-party pages (../shared) are not here")
    return SHARED
