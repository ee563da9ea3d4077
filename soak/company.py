"""A crawl in company: rivals, readers, a slow export and a transaction that stays open."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from baolangson_crawler.demo import SITES
from baolangson_crawler.exceptions import ArchiveBusy, ArchiveError
from baolangson_crawler.storage.opening import open_reading
from soak.crawls import HOLDER, Plan, RunningCrawl, crawl
from soak.report import Part, Tell
from soak.served import ServedPapers
from soak.truth import differences, sized

_SOME = 20  # articles that are there before anybody joins
_RIVALS = 3
_AT_ONCE = 3.0  # seconds in which a rival gives up, beyond what its mere start takes
_QUESTIONS = (
    ("search", "lang son"),
    ("search", "Đồng Xanh"),
    ("show", "1"),
    ("status", "--json"),
)
_CHUNK = 16 * 1024  # bytes that the consumer of an export takes at a time
_THINKING = 0.5  # seconds between two questions of one person
_PAUSE = 0.05  # seconds between two of them, while the crawl runs


@dataclass(slots=True)
class _Company:
    """Everybody around one running crawl."""

    archive: Path
    proxy_url: str
    crawl: RunningCrawl
    asked: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    rival_seconds: list[tuple[float, float]] = field(default_factory=list)
    """How long each rival took, and how much longer than a crawl that does not even begin."""

    wal_mb: float = 0
    exported: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    def stay(self) -> None:
        """Be there until the crawl is over."""
        members: list[Callable[[], None]] = [self._hold_open, self._watch_log, self._export]
        members += [lambda asked=asked: self._ask(*asked) for asked in _QUESTIONS]  # type: ignore[misc]
        with ThreadPoolExecutor(len(members) + 1) as threads:
            running = [threads.submit(member) for member in members]
            running.append(threads.submit(self._rivals))
            while self.crawl.runs(0.2):
                pass
            self.over.set()
            for one in running:
                one.result()

    def _command(self, *arguments: str) -> list[str]:
        archive = ("--archive", str(self.archive))
        return [sys.executable, "-m", "baolangson_crawler", *arguments, *archive]

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "http_proxy": self.proxy_url}
        return subprocess.run(
            self._command(*arguments),
            capture_output=True,
            text=True,
            check=False,
            env=environment,
            timeout=120,
        )

    def _ask(self, *question: str) -> None:
        """Ask one thing again and again."""
        while not self.over.wait(_THINKING):
            done = self._run(*question)
            self.asked[question[0]] += 1
            if done.returncode or done.stderr:
                self.faults.append(f"{question[0]} ended with {done.returncode}: {done.stderr}")

    def _rivals(self) -> None:
        """Begin further crawls of the same archive."""
        for _ in range(_RIVALS):
            started = time.monotonic()
            self._run("crawl", "no-such-paper")  # what the start takes while others are at work
            began = time.monotonic()
            done = self._run("crawl", "dangkhoi", "--site", str(SITES), "--delay", "0")
            ended = time.monotonic()
            if self.over.is_set() or not self.crawl.runs():
                return  # it may have had no rival any more
            self.rival_seconds.append((ended - began, max(0, (ended - began) - (began - started))))
            told = HOLDER.search(done.stderr)
            if done.returncode != ArchiveBusy.exit_code:
                self.faults.append(f"A second crawl ended with {done.returncode}: {done.stderr}")
            elif told is None or int(told[1]) != self.crawl.pid:
                self.faults.append(f"The message names no holder {self.crawl.pid}: {done.stderr}")

    def _export(self) -> None:
        """Export to somebody who takes his time, and look at what came."""
        while not self.over.is_set():
            with subprocess.Popen(
                self._command("export", "csv", "--data"),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            ) as process:
                assert process.stdout is not None
                assert process.stderr is not None
                taken = io.BytesIO()
                while chunk := process.stdout.read(_CHUNK):
                    taken.write(chunk)
                    self.over.wait(_PAUSE)
                said = process.stderr.read().decode()
            rows = list(csv.DictReader(io.StringIO(taken.getvalue().decode(), newline="")))
            self.exported = max(self.exported, len(rows))
            self.asked["export"] += 1
            whole = len({row["key"] for row in rows}) == len(rows) and all(
                row["title"] and row["body"] and row["canonical_url"] for row in rows
            )
            if process.returncode or not whole or f"{len(rows):,} articles written" not in said:
                self.faults.append(f"An export ended with {process.returncode}: {said}")

    def _hold_open(self) -> None:
        """Begin to read and do not end: what was seen at first is seen at last."""
        db = open_reading(self.archive)
        try:
            db.conn.execute("BEGIN")
            count = "SELECT count(*), total(length(body)) FROM article_text"
            before = db.conn.execute(count).fetchone()
            self.over.wait()
            if db.conn.execute(count).fetchone() != before:
                self.faults.append("An open read transaction sees what was written after it began")
        finally:
            db.close()

    def _watch_log(self) -> None:
        log = self.archive.with_name(f"{self.archive.name}-wal")
        while not self.over.wait(0.1):
            if log.exists():
                self.wal_mb = max(self.wal_mb, log.stat().st_size / 1024**2)


def concurrency(articles: int, tell: Tell) -> Part:
    """Crawl in company; nobody may notice the other, but for rivals, who are sent away."""
    part = Part("in company")
    papers = sized(articles)
    with tempfile.TemporaryDirectory(prefix="soak-") as name, ServedPapers(papers) as served:
        archive = Path(name) / "articles.db"
        plan = Plan(archive=archive, proxy_url=served.proxy_url)
        running = RunningCrawl(plan)
        part.require(_begun(archive, running), "The crawl did not begin")
        tell("the crawl has begun, the others join")
        company = _Company(archive, served.proxy_url, running)
        company.stay()
        ending = running.end()
        log = archive.with_name(f"{archive.name}-wal")
        left = log.stat().st_size / 1024**2 if log.exists() else 0
        part.faults += company.faults
        part.require(ending.code == 0 and not ending.output, f"The crawl: {ending}")
        part.require(crawl(plan).code == 0, "The crawl after it failed")
        part.faults += differences(archive, papers)
        left_later = log.stat().st_size / 1024**2 if log.exists() else 0
    part.require(company.rival_seconds, "The crawl was too short for a rival")
    took, longer = (
        median(column) for column in zip(*(company.rival_seconds or [(0, 0)]), strict=True)
    )
    part.require(longer <= _AT_ONCE, f"A second crawl gave up {longer:.1f} s after its start only")
    part.figure("articles stored", f"{ending.new:,} in {ending.seconds:.0f} s")
    part.figure(
        "second crawls sent away",
        f"{len(company.rival_seconds)}, after {took:.1f} s, {longer:.1f} s more than a start",
    )
    part.figure(
        "asked meanwhile", ", ".join(f"{n} × {what}" for what, n in sorted(company.asked.items()))
    )
    part.figure("largest export", f"{company.exported:,} articles")
    part.figure(
        "write-ahead log beside a transaction that stays open",
        f"{company.wal_mb:.0f} MB, {left:.0f} MB afterwards, {left_later:.0f} MB after the next",
    )
    return part.done()


def _begun(archive: Path, running: RunningCrawl) -> bool:
    """Whether the crawl has stored some articles, after waiting for it."""
    while running.runs(0.05):
        if archive.exists() and _stored(archive) >= _SOME:
            return True
    return False


def _stored(archive: Path) -> int:
    try:
        db = open_reading(archive)
    except ArchiveError:
        return 0  # the schema is being made
    try:
        return int(db.execute("SELECT count(*) FROM article").fetchone()[0])
    finally:
        db.close()
