"""One archive that accidents befall, and what becomes of it afterwards."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TypeVar

from baolangson_crawler.demo import DemoPaper
from soak.accidents import Accident
from soak.crawls import FORKS, Ending, Plan, RunningCrawl, crawl
from soak.report import Tell
from soak.served import ServedPapers
from soak.truth import Addresses, addresses_of, differences

Case = TypeVar("Case")
Result = TypeVar("Result")


@dataclass(kw_only=True)
class Trial:
    """An archive, the papers that it is filled from, and what is noted of its crawls."""

    archive: Path
    served: ServedPapers
    settings: Mapping[str, Any]
    undisturbed: Addresses | None
    comparing: ProcessPoolExecutor
    faults: list[str] = field(default_factory=list)

    repeated: int = 0
    """Articles that a crawl asked for although an earlier one had asked for them."""

    late: int = 0
    """Articles that the second clean run still found."""

    _asked: set[tuple[str, int]] = field(default_factory=set)

    def plan(self, *accidents: Accident) -> Plan:
        """A crawl into the archive."""
        return Plan(
            archive=self.archive,
            proxy_url=self.served.proxy_url,
            accidents=accidents,
            settings=self.settings,
        )

    def crawl(self, *accidents: Accident) -> Ending:
        """Crawl, and note what was asked for."""
        return self.noted(crawl(self.plan(*accidents)))

    def start(self) -> RunningCrawl:
        """Begin a crawl that is to be disturbed from outside; note its end by ``noted``."""
        return RunningCrawl(self.plan())

    def noted(self, ending: Ending) -> Ending:
        """The ending of a crawl, after what it asked for was noted."""
        asked = self.served.articles_asked()
        self.repeated += len(asked & self._asked)
        self._asked |= asked
        if ending.complaint:
            self.faults.append(f"A crawl ended with a traceback: {ending.complaint}")
        return ending

    def recover(self) -> None:
        """Crawl twice undisturbed, then compare with the truth."""
        for which in ("first", "second"):
            ending = self.crawl()
            if ending.code:
                self.faults.append(f"The {which} clean run ended with {ending.code}")
                self.faults.append(ending.output[-300:])
        self.late = ending.new
        compared = self.comparing.submit(
            differences, self.archive, self.served.papers, self.undisturbed
        )
        self.faults += compared.result()


@dataclass(frozen=True)
class Bench:
    """Where trials are made: a folder, servers of the same papers, processes that compare."""

    folder: Path
    papers: tuple[DemoPaper, ...]
    settings: Mapping[str, Any]
    jobs: int
    comparing: ProcessPoolExecutor
    undisturbed: Addresses | None
    first: Ending
    """The crawl that nothing befell."""

    _servers: SimpleQueue[ServedPapers]

    @contextmanager
    def trial(self, name: str, folder: Path | None = None) -> Iterator[Trial]:
        """A trial in a folder of its own, that is removed afterwards."""
        where = (folder or self.folder) / name
        where.mkdir()
        served = self._servers.get()
        try:
            served.asked()
            yield Trial(
                archive=where / "articles.db",
                served=served,
                settings=self.settings,
                undisturbed=self.undisturbed,
                comparing=self.comparing,
            )
        finally:
            self._servers.put(served)
            shutil.rmtree(where)

    def each(
        self, cases: Sequence[Case], run: Callable[[Case], Result], tell: Tell
    ) -> Iterator[Result]:
        """The result of every case, as many at a time as there are jobs."""
        with ThreadPoolExecutor(self.jobs) as threads:
            running = [threads.submit(run, case) for case in cases]
            for number, done in enumerate(as_completed(running), 1):
                yield done.result()
                if number % max(1, len(cases) // 20) == 0 or number == len(cases):
                    tell(f"{number} of {len(cases)}")


@contextmanager
def bench(
    papers: tuple[DemoPaper, ...],
    jobs: int,
    settings: Mapping[str, Any],
    accidents: Sequence[Accident] = (),
) -> Iterator[Bench]:
    """Serve the papers, crawl them once undisturbed for comparison, and make room for trials.

    Raises:
        RuntimeError: not even the undisturbed crawl reaches the truth.
    """
    servers: SimpleQueue[ServedPapers] = SimpleQueue()
    everyone = [ServedPapers(papers) for _ in range(jobs)]
    for served in everyone:
        servers.put(served)
    try:
        with (
            tempfile.TemporaryDirectory(prefix="soak-") as name,
            ProcessPoolExecutor(jobs, mp_context=FORKS) as comparing,
        ):
            archive = Path(name) / "undisturbed.db"
            proxy = everyone[0].proxy_url
            plan = Plan(
                archive=archive, proxy_url=proxy, settings=settings, accidents=tuple(accidents)
            )
            first = crawl(plan)
            again = crawl(plan)
            faults = comparing.submit(differences, archive, papers).result()
            if first.code or again.code or faults:
                raise RuntimeError(f"An undisturbed crawl fails: {first} {again} {faults[:3]}")
            yield Bench(
                folder=Path(name),
                papers=papers,
                settings=settings,
                jobs=jobs,
                comparing=comparing,
                undisturbed=addresses_of(archive),
                first=first,
                _servers=servers,
            )
    finally:
        for served in everyone:
            served.close()
