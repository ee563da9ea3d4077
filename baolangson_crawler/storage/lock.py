"""One crawl at a time: an advisory lock beside the archive that dies with its holder."""

from __future__ import annotations

import fcntl
import os
from datetime import datetime
from pathlib import Path
from types import TracebackType

from baolangson_crawler.exceptions import ArchiveBusy, ArchiveNotWritable


class ArchiveLock:
    """Held by the process that writes; the kernel releases it when the process ends.

    The lock file stays: removing it would let two processes hold two files of one name.
    """

    def __init__(self, archive: Path, now: datetime) -> None:
        target = Path(
            os.path.realpath(archive)
        )  # one file has one lock, by whatever link it is named
        self.path = target.with_name(target.name + ".lock")
        self.now = now
        self._descriptor: int | None = None

    def __enter__(self) -> ArchiveLock:
        """Take the lock.

        Raises:
            ArchiveBusy: another process holds it; the message names its pid and start.
            ArchiveNotWritable: the lock file cannot be written.
        """
        try:
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise ArchiveNotWritable(
                f"Cannot write {self.path}: {error.strerror}. "
                "Give this user write permission on the folder, or name another --archive."
            ) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.pread(descriptor, 200, 0).decode("utf-8", "replace").strip()
            os.close(descriptor)
            raise ArchiveBusy(
                f"Another crawl holds {self.path.with_suffix('')} ({holder or 'unknown holder'}). "
                "Wait for it to finish, or stop that process."
            ) from error
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"pid {os.getpid()}, since {self.now:%Y-%m-%dT%H:%M:%SZ}".encode(), 0)
        self._descriptor = descriptor
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
