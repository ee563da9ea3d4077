"""A crawl of the demo papers in a process of its own, and what its archive holds afterwards."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from conftest import clean_environment

from baolangson_crawler.demo import PAPERS, SITES, expected_articles

_CRAWL = """
import sys
from pathlib import Path
{before}
from baolangson_crawler.crawling import crawl
from baolangson_crawler.exceptions import CrawlerError
from baolangson_crawler.sites import load_sites
sites = list(load_sites([{sites!r}], builtin=False, environment=False))
try:
    report = crawl(sites, Path({archive!r}), settings=dict(DOWNLOAD_DELAY=0, LOG_ENABLED=False,
        ARCHIVE_BATCH=5, ARCHIVE_ROOM={room}))
except KeyboardInterrupt:
    sys.exit(11)
except CrawlerError as error:
    print(error, file=sys.stderr)
    sys.exit(error.exit_code)
if report.error:
    print(report.error, file=sys.stderr)
sys.exit(report.exit_code)
"""

EVERY_ARTICLE = frozenset(a.key for paper in PAPERS for a in expected_articles(paper))


def crawl_code(archive: Path, before: str = "", room: int = 0) -> str:
    """A program that crawls the demo papers; ``before`` runs before anything is imported."""
    return _CRAWL.format(before=before, sites=str(SITES), archive=str(archive), room=room)


def start(code: str, proxy_url: str, **environment: str) -> subprocess.Popen[str]:
    """Run a program that reaches every host through the proxy."""
    return subprocess.Popen(
        [sys.executable, "-c", code],
        env={**clean_environment(), "http_proxy": proxy_url, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finished(code: str, proxy_url: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program to its end."""
    process = start(code, proxy_url, **environment)
    out, err = process.communicate(timeout=120)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def articles(archive: Path) -> set[str]:
    """The keys of the articles held; the archive is found sound and nothing held twice."""
    with closing(sqlite3.connect(archive)) as conn:
        assert conn.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
        for index in ("article_fts", "article_fts_exact"):
            conn.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
        conn.rollback()
        assert conn.execute("SELECT max(version_count) FROM article").fetchone()[0] in (1, None)
        return {key for (key,) in conn.execute("SELECT key FROM article")}


def line(text: str) -> str:
    """The one line that a text is."""
    lines = text.strip().splitlines()
    assert len(lines) == 1, text
    return lines[0]


def stranger() -> list[str]:
    """What runs a command as a user who owns nothing here; nothing for one who is no root."""
    return ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if _root() else []


def _root() -> bool:
    return os.geteuid() == 0


def apart(script: str, *arguments: str) -> list[str] | None:
    """A shell script with mounts of its own; None where that is not permitted."""
    try:
        subprocess.run(["unshare", "-rm", "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return ["unshare", "-rm", "sh", "-c", script, "sh", *arguments]
