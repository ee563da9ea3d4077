"""One import as an operation: files in, a report with an exit code out. It asks nobody."""

from __future__ import annotations

import gc
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from baolangson_crawler.exceptions import ArchiveError, CrawlerError
from baolangson_crawler.importing.captures import Received, Source, visit_of
from baolangson_crawler.importing.listings import Listing
from baolangson_crawler.importing.selection import Selection
from baolangson_crawler.importing.warc import Damage
from baolangson_crawler.interrupts import interruptible
from baolangson_crawler.storage.diagnosis import ROOM, check_room
from baolangson_crawler.storage.imports import ImportArchive
from baolangson_crawler.storage.lock import ArchiveLock
from baolangson_crawler.storage.opening import make_folder

DAMAGED = 2
"""Exit code where a part of a file could not be read; everything else of it was imported."""

_BATCH = 100  # captures in one transaction
_LOOK = 64  # records between two looks at the clock


@dataclass(frozen=True, slots=True)
class FileResult:
    """What one file or folder gave."""

    name: str
    records: int
    """Records, lines or pages in it."""

    imported: int
    """Those that were read, or noted: pages of articles, or addresses."""

    passed_over: dict[str, int]
    """The others, by reason."""

    damages: tuple[Damage, ...]


@dataclass(slots=True)
class ImportReport:
    """How an import ended."""

    archive: str
    outcome: str = "done"
    """``done``, ``damaged``, ``interrupted`` or ``error``."""

    files: list[FileResult] = field(default_factory=list)
    sites: dict[str, dict[str, int]] = field(default_factory=dict)
    """By paper, what was written: ``new``, ``same``, ``changed``, ``older``, ``held``,
    ``duplicate``; of a list ``found`` and ``known``."""

    seconds: float = 0.0
    error: CrawlerError | None = None

    @property
    def exit_code(self) -> int:
        """What a script is told; see ``docs/importing.md``."""
        if self.error:
            return self.error.exit_code
        return {"damaged": DAMAGED, "interrupted": 11}.get(self.outcome, 0)

    def add(self, sites: dict[str, Counter[str]]) -> None:
        """Add what was written of each paper."""
        for key, counter in sites.items():
            if total := +(Counter(self.sites.get(key, {})) + counter):
                self.sites[key] = dict(sorted(total.items()))


Progress = Callable[[str, int, int, Counter[str]], None]
"""Called with the name of the file, how much of it is read, its size, and what was written."""


def import_captures(
    paths: Sequence[Path],
    open_source: Callable[[ImportArchive, Path, datetime], Source],
    selection: Selection,
    archive: Path,
    *,
    command: str = "import",
    progress: Progress | None = None,
    progress_seconds: float = 1.0,
) -> ImportReport:
    """Read captures into the archive.

    Args:
        paths: files or folders.
        open_source: makes the source of one of them, with the moment of the import.
        selection: the papers.
        archive: path of the SQLite file; made if it is not there.
        command: what is noted as the command.
        progress: called every ``progress_seconds``.
        progress_seconds: seconds between two calls.

    Returns:
        The report; an archive that failed on the way is its ``error``.

    Raises:
        ArchiveError: the archive cannot be opened, or a crawl holds it.
    """
    gc.freeze()  # as a crawl does: what is imported by now stays to the end
    gc.set_threshold(20_000, 20, 20)

    def read(target: ImportArchive, path: Path, tell: Callable[[Any], None]) -> FileResult:
        source, counts = open_source(target, path, datetime.now(UTC)), Counter[str]()
        try:
            for found in source:
                if isinstance(found, Received):
                    counts[""] += 1
                    target.save(visit_of(found))
                else:
                    counts[found] += 1
                tell(source)
        finally:
            target.flush()
        return _result(source, counts)

    return _run(paths, read, selection, archive, command, progress, progress_seconds)


def import_listings(
    paths: Sequence[Path],
    selection: Selection,
    archive: Path,
    *,
    status: frozenset[int] = frozenset((200,)),
    command: str = "import",
    progress: Progress | None = None,
    progress_seconds: float = 1.0,
) -> ImportReport:
    """Enter the addresses of articles that others have captured, to be backfilled.

    The arguments are those of `import_captures`; ``status`` is the HTTP status of the captures that
    count, where a list says it.
    """

    def read(target: ImportArchive, path: Path, tell: Callable[[Any], None]) -> FileResult:
        listing, counts = Listing(path, selection, status), Counter[str]()
        for batch, passed_over in listing.batches():
            target.add(batch, datetime.now(UTC))
            counts.update(passed_over)
            counts[""] += len(batch)
            tell(listing)
        return _result(listing, counts)

    return _run(paths, read, selection, archive, command, progress, progress_seconds)


def _result(source: Any, counts: Counter[str]) -> FileResult:
    reasons = {reason: n for reason, n in sorted(counts.items()) if reason}
    records = sum(counts.values())
    return FileResult(source.name, records, counts[""], reasons, tuple(source.damages))


def _run(
    paths: Sequence[Path],
    read: Callable[[ImportArchive, Path, Callable[[Any], None]], FileResult],
    selection: Selection,
    path: Path,
    command: str,
    progress: Progress | None,
    progress_seconds: float,
) -> ImportReport:
    now, report = datetime.now(UTC), ImportReport(str(path))
    make_folder(path)
    check_room(path, ROOM, "An import")
    with interruptible(), ArchiveLock(path, now):
        try:
            for file in paths:
                with _begun(path, selection, command, file, report) as archive:
                    tell = _teller(archive, progress, progress_seconds)
                    report.files.append(read(archive, file, tell))
        except KeyboardInterrupt:
            report.outcome = "interrupted"
        except ArchiveError as error:
            report.outcome, report.error = "error", error
    if report.outcome == "done" and any(file.damages for file in report.files):
        report.outcome = "damaged"
    report.seconds = (datetime.now(UTC) - now).total_seconds()
    return report


@contextmanager
def _begun(
    path: Path, selection: Selection, command: str, file: Path, report: ImportReport
) -> Iterator[ImportArchive]:
    """The archive with a crawl of its own for each file: so an address tells where it is from."""
    with ImportArchive(
        path,
        selection.sites,
        companions=selection.register.companions(selection.sites),
        command=command,
        configuration={"file": file.name},
        now=datetime.now(UTC),
        batch=_BATCH,
    ) as opened:
        archive = cast("ImportArchive", opened)
        try:
            yield archive
        except KeyboardInterrupt:
            archive.finish("interrupted", datetime.now(UTC), 11)
            raise
        else:
            damaged = bool(report.files and report.files[-1].damages)
            outcome, code = ("damaged", DAMAGED) if damaged else ("done", 0)
            archive.finish(outcome, datetime.now(UTC), code)
        finally:
            report.add(archive.counters)


def _teller(
    archive: ImportArchive, progress: Progress | None, seconds: float
) -> Callable[[Any], None]:
    last, calls = time.monotonic(), 0

    def tell(source: Any) -> None:
        nonlocal last, calls
        calls += 1
        if progress is None or calls % _LOOK or time.monotonic() - last < seconds:
            return
        last = time.monotonic()
        written = sum(archive.counters.values(), Counter[str]())
        progress(source.name, source.position, source.size, written)

    return tell
