"""A disk that ends, by three recipes; with room again, the crawl goes on to the truth."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from baolangson_crawler.exceptions import ArchiveNotWritable
from soak.accidents import Accident, FileLimit, PageLimit
from soak.report import Part, Tell
from soak.trial import Bench, Trial, bench
from soak.truth import damage, sized

_BATCHES = {"ARCHIVE_BATCH": 10, "ARCHIVE_ROOM": 1}  # no crawl is refused before it begins
_TOLD = ("disk", "space", "cannot grow")  # one of them stands in the message
_SHARES = (0.02, 0.1, 0.5, 0.9)
"""Parts of the archive's final size at which there is no more room; the first is in the schema."""
_MAKING = (300, 400, 500, 600, 700)  # KiB: there is room for a part of an empty archive
_PAGE = 4096  # bytes of a database page
_ROOM = "256m"


def disk(
    articles: int,
    jobs: int,
    tell: Tell,
    shares: tuple[float, ...] = _SHARES,
    making: tuple[int, ...] = _MAKING,
) -> Part:
    """Fill the disk at several moments; the crawl says so with exit code 3 and loses nothing.

    Args:
        articles: of all papers.
        jobs: trials at a time.
        tell: takes the progress.
        shares: parts of the archive's final size that there is room for.
        making: KiB of small disks besides.
    """
    part = Part("disk full")
    with bench(sized(articles), jobs, _BATCHES) as room:
        size = (room.folder / "undisturbed.db").stat().st_size
        part.figure("size of the archive", f"{size / 1024**2:.1f} MB, {room.first.new:,} articles")
        limits: list[tuple[str, Accident]] = []
        for share in shares:
            limits.append((f"page limit at {share:.0%}", PageLimit(int(share * size / _PAGE))))
            limits.append((f"file limit at {share:.0%}", FileLimit(int(share * size))))
        for name, faults in room.each(limits, lambda case: _limited(room, *case), tell):
            part.faults += [f"{name}: {fault}" for fault in faults]
        part.figure("PRAGMA max_page_count", f"at {len(shares)} sizes")
        part.figure("RLIMIT_FSIZE", f"at {len(shares)} sizes")
        if reason := _cannot_mount(room.folder):
            part.skipped.append(f"a small tmpfs: {reason}")
        else:
            sizes = [*(1024 * kib for kib in making), *(int(share * size) for share in shares)]
            for small in sizes:
                faults = _small_disk(room, small)
                part.faults += [f"tmpfs of {small:,} bytes: {fault}" for fault in faults]
                tell(f"tmpfs of {small:,} bytes")
            part.figure("tmpfs", f"of {len(sizes)} sizes")
    return part.done()


def _limited(room: Bench, name: str, limit: Accident) -> tuple[str, list[str]]:
    with room.trial(name.replace(" ", "-")) as trial:
        _starve(trial, limit)
        trial.recover()
    return name, trial.faults


def _small_disk(room: Bench, size: int) -> list[str]:
    folder = room.folder / "small"
    with _tmpfs(folder, size), room.trial("crawl", folder) as trial:
        _starve(trial)
        subprocess.run(
            ["mount", "-o", f"remount,size={_ROOM}", str(folder)], check=True, capture_output=True
        )
        trial.recover()
    return trial.faults


def _starve(trial: Trial, *accidents: Accident) -> None:
    """Crawl twice with too little room."""
    for _ in range(2):
        ending = trial.crawl(*accidents)
        if ending.code != ArchiveNotWritable.exit_code:
            trial.faults.append(f"The crawl ended with {ending.code}: {ending.output}")
        elif not any(words in ending.output for words in _TOLD):
            trial.faults.append(f"The crawl does not say what is wrong: {ending.output!r}")
        trial.faults += _damage(trial.archive)


def _damage(archive: Path) -> list[str]:
    """What is broken in a copy of the archive: on a full disk it cannot even be opened."""
    with tempfile.TemporaryDirectory(prefix="soak-") as name:
        for file in (archive, archive.with_name(f"{archive.name}-wal")):
            if file.exists():
                shutil.copy(file, name)
        copy = Path(name) / archive.name
        return damage(copy) if copy.exists() else []


@contextmanager
def _tmpfs(folder: Path, size: int) -> Iterator[None]:
    """A file system of so many bytes.

    Raises:
        OSError: it cannot be mounted.
    """
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={max(size, _PAGE)}", "tmpfs", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        if done.returncode:
            raise OSError(done.stderr.strip())
        yield
        subprocess.run(["umount", str(folder)], check=True, capture_output=True)
    except BaseException:
        subprocess.run(["umount", str(folder)], check=False, capture_output=True)
        raise
    finally:
        folder.rmdir()


def _cannot_mount(where: Path) -> str | None:
    """Why no file system can be mounted here; None where it can."""
    try:
        with _tmpfs(Path(tempfile.mkdtemp(dir=where)) / "try", 2 * 1024**2):
            return None
    except OSError as error:
        return str(error)
