"""A crawl of the demo papers in a process of its own, forked where everything is imported."""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from baolangson_crawler.backfilling import Bounds
from soak.accidents import Accident, DeathAtCommit

FORKS = multiprocessing.get_context("forkserver")
# The reactor is not among what these import: it belongs to the process that crawls.
FORKS.set_forkserver_preload(["soak.crawls", "soak.imports"])
_PATIENCE = 600.0  # seconds; a crawl that takes longer hangs


@dataclass(frozen=True, kw_only=True, slots=True)
class Ending:
    """How a crawl ended."""

    code: int
    """Exit code; negative where a signal ended it."""

    seconds: float
    output: str
    """What it wrote to standard output and standard error."""

    new: int = 0
    """Articles stored for the first time, where the crawl ended by itself."""

    commits: int = 0
    """Those that ``DeathAtCommit`` counted."""

    peak_mb: float = 0
    """Most memory that was resident at once, where the crawl ended by itself."""

    samples: tuple[tuple[int, float], ...] = ()
    """Articles stored and MB resident at one moment after the other."""

    @property
    def complaint(self) -> str | None:
        """A traceback in its output: no crawl may end with one."""
        return self.output[-600:] if "Traceback" in self.output else None


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is to be crawled, and what is to befall the crawl."""

    archive: Path
    proxy_url: str
    accidents: Sequence[Accident] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    """Scrapy settings over those of the demo."""

    sites: tuple[str, ...] = ()
    """Keys of the papers that are crawled; empty: all."""

    bounds: Bounds | None = None
    """Of a backfill, which is run instead of a crawl."""

    sample_seconds: float = 0
    """Seconds between two samples of the memory; 0: none."""

    tracemalloc: bool = False
    """Tell at the end where memory grew."""


class RunningCrawl:
    """A crawl on its way."""

    def __init__(self, plan: Plan) -> None:
        descriptor, output = tempfile.mkstemp(prefix="soak-output-")  # the archive's disk may end
        os.close(descriptor)
        self._output = Path(output)
        self._pipe, theirs = FORKS.Pipe(duplex=False)
        self._started = time.monotonic()
        self._process = FORKS.Process(target=_crawl, args=(plan, self._output, theirs))
        self._process.start()
        theirs.close()

    @property
    def pid(self) -> int:
        """Its process."""
        assert self._process.pid is not None
        return self._process.pid

    def runs(self, seconds: float = 0) -> bool:
        """Whether it is still running after a wait."""
        self._process.join(seconds)
        return self._process.exitcode is None

    def signal(self, how: signal.Signals) -> None:
        """Send a signal."""
        if self._process.exitcode is None:
            os.kill(self.pid, how)

    def end(self, patience: float = _PATIENCE) -> Ending:
        """Wait for its end; one that does not come is forced and has the code -9 all the same."""
        told = {}
        if self._pipe.poll(patience):
            try:
                told = self._pipe.recv()
            except EOFError:
                told = {}
        self._process.join(patience)
        if self._process.exitcode is None:
            self._process.kill()
            self._process.join()
        code = self._process.exitcode
        assert code is not None
        self._process.close()
        self._pipe.close()
        seconds = time.monotonic() - self._started
        output = self._output.read_text(encoding="utf-8")
        self._output.unlink()
        return Ending(code=code, seconds=seconds, output=output, **told)


def crawl(plan: Plan, patience: float = _PATIENCE) -> Ending:
    """Crawl and wait for the end."""
    return RunningCrawl(plan).end(patience)


def _crawl(plan: Plan, output: Path, pipe: Connection) -> None:
    """In the child: crawl as ``baolangson crawl`` does, and leave with its exit code."""
    from baolangson_crawler.judging import INTERRUPTED
    from soak.imports import DEMO_SETTINGS, SITES, CrawlerError, backfill, load_sites
    from soak.imports import crawl as crawl_papers
    from soak.memory_use import Sampler, peak_mb

    with output.open("wb", buffering=0) as file:
        os.dup2(file.fileno(), sys.stdout.fileno())
        os.dup2(file.fileno(), sys.stderr.fileno())
    for name in ("no_proxy", "NO_PROXY"):
        os.environ.pop(name, None)
    os.environ["http_proxy"] = plan.proxy_url
    os.environ["BAOLANGSON_STATE"] = str(plan.archive.with_name("state"))  # nobody else's pace
    known = load_sites([SITES], builtin=False, environment=False)
    sites = [site for site in known if not plan.sites or site.key in plan.sites]
    run = crawl_papers if plan.bounds is None else partial(backfill, bounds=plan.bounds)
    for accident in plan.accidents:
        accident.arrange()
    sampler = Sampler(trace=plan.tracemalloc) if plan.sample_seconds or plan.tracemalloc else None
    try:
        report = run(
            sites,
            plan.archive,
            command="soak",
            settings={**DEMO_SETTINGS, **plan.settings},
            progress=sampler,
            progress_seconds=plan.sample_seconds or 1.0,
        )
    except CrawlerError as error:  # as the command line tells it
        sys.stderr.write(f"baolangson: {error}\n")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)  # as the command does, where Scrapy does not listen yet
    if report.error:
        sys.stderr.write(f"baolangson: {report.error}\n")
    commits = [a.commits for a in plan.accidents if isinstance(a, DeathAtCommit)]
    pipe.send(
        {
            "new": report.new,
            "commits": sum(commits),
            "peak_mb": peak_mb(),
            "samples": tuple(sampler.samples) if sampler else (),
        }
    )
    if sampler and plan.tracemalloc:
        sys.stdout.write(sampler.growth())
    sys.exit(report.exit_code)


HOLDER = re.compile(r"pid (\d+), since (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)")
"""What the message of a busy archive says of the crawl that holds it."""
