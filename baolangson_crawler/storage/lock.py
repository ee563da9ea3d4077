"""One crawl at a time: an advisory lock beside the archive that dies with its holder."""

from __future__ import annotations

import fcntl
import os
import shlex
import sys
from datetime import datetime
from pathlib import Path
from types import TracebackType

from baolangson_crawler.exceptions import ArchiveBusy, ArchiveError, ArchiveNotWritable
from baolangson_crawler.storage.diagnosis import not_permitted

_LONGEST = 500  # bytes of what is told of the holder


class ArchiveLock:
    """Held by the process that writes; the kernel releases it when the process ends.

    The lock file stays: removing it would let two processes hold two files of one name. What
    stands in it is only told to people; a file left by a dead process locks nothing.
    """

    def __init__(self, archive: Path, now: datetime) -> None:
        # one file has one lock, by whatever link it is named
        self.archive = Path(os.path.realpath(archive))
        self.path = self.archive.with_name(self.archive.name + ".lock")
        self.now = now
        self._descriptor: int | None = None

    def __enter__(self) -> ArchiveLock:
        """Take the lock.

        Raises:
            ArchiveBusy: another process holds it; the message names its pid, start and command.
            ArchiveNotWritable: the lock file cannot be written, or its disk knows no locks.
        """
        try:
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise self._refused(error) from error
        try:
            self._take(descriptor)
            self._sign(descriptor)
        except BaseException:
            os.close(descriptor)
            raise
        self._descriptor = descriptor
        return self

    def _take(self, descriptor: int) -> None:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.pread(descriptor, _LONGEST, 0).decode("utf-8", "replace").strip()
            raise ArchiveBusy(
                f"Another crawl holds {self.archive} ({holder or 'unknown holder'}). "
                "Wait for it to finish, or stop that process."
            ) from error
        except OSError as error:
            raise ArchiveNotWritable(
                f"Cannot lock {self.path}: {error.strerror}. Its file system knows no locks; "
                "keep the archive on a local disk."
            ) from error

    def _sign(self, descriptor: int) -> None:
        """Write down who holds the lock."""
        command = shlex.join([Path(sys.argv[0]).name, *sys.argv[1:]])
        holder = f"pid {os.getpid()}, since {self.now:%Y-%m-%dT%H:%M:%SZ}, command: {command}"
        try:
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, holder.encode("utf-8", "replace")[:_LONGEST], 0)
        except OSError as error:
            raise ArchiveNotWritable(
                f"Cannot write {self.path}: {error.strerror}. Free some space and try again."
            ) from error

    def _refused(self, error: OSError) -> ArchiveError:
        """Why the lock file cannot be opened: another user's crawl may be holding it."""
        if isinstance(error, PermissionError):
            try:
                descriptor = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC)
            except OSError:  # not even readable, or there is none: nothing is known of a holder
                return ArchiveNotWritable(not_permitted(self.archive, str(error.strerror)))
            try:
                self._take(descriptor)
            except ArchiveBusy as busy:
                return busy
            finally:
                os.close(descriptor)
        if isinstance(error, IsADirectoryError):
            return ArchiveNotWritable(f"{self.path} is a folder where the lock is kept. Remove it.")
        return ArchiveNotWritable(not_permitted(self.archive, str(error.strerror)))

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
