"""Log files that may be written for years: they rotate, tell no secret, and never end a crawl."""

from __future__ import annotations

import errno
import fcntl
import logging
import os
import stat
import sys
import time
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from baolangson_crawler.masking import mask, one_line

LARGEST = 10 * 1024 * 1024
"""Bytes of a log file after which the next one is begun."""

KEPT = 5
"""Old log files that are kept beside it: ``crawl.log.1`` is the latest."""

_TOLD = ("baolangson_crawler.storage.opening", "baolangson_crawler.storage.upgrading")
# loggers whose warnings are for whoever keeps the archive: a network file system, a kept copy

_LONGEST = 20_000  # characters of one event


def configure(file: Path | None, *, verbose: bool = False) -> None:
    """Errors and the archive's warnings go to standard error; with a file, all from INFO on there.

    Args:
        file: the log; its folder is made. If it cannot be written, that is said once on standard
            error, and whoever logs goes on.
        verbose: DEBUG goes to both.
    """
    level = logging.DEBUG if verbose else logging.INFO
    screen = logging.StreamHandler()
    screen.setLevel(logging.DEBUG if verbose else logging.WARNING)
    if not verbose:
        screen.addFilter(lambda event: event.levelno >= logging.ERROR or event.name in _TOLD)
    handlers: list[logging.Handler] = [screen]
    if file:
        handlers.append(RotatingLog(file))
        handlers[1].setLevel(level)  # Scrapy's own loggers pass on everything
    for handler in handlers:
        handler.setFormatter(EventFormatter())
    logging.basicConfig(level=level, handlers=handlers, force=True)


class EventFormatter(logging.Formatter):
    """One line an event: time in UTC, level, logger, message; secrets masked, controls escaped."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Never raises: what does not fit its own format string is shown beside it."""
        try:
            text = super().format(record)
        except Exception as error:
            text = f"{self.formatTime(record)} {record.levelname} {record.name}: " + _unformatted(
                record, error
            )
        text = one_line(mask(text))
        if len(text) > _LONGEST:
            text = f"{text[:_LONGEST]}… [{len(text) - _LONGEST:,} more characters]"
        return text


def _unformatted(record: logging.LogRecord, error: Exception) -> str:
    try:
        return f"{record.msg!r} with {record.args!r}"
    except Exception:  # an object that cannot even be shown
        return f"an event that cannot be written ({type(error).__name__})"


class RotatingLog(logging.Handler):
    """A file that is begun anew at a size; several processes may write it.

    Every event is one ``write`` at the file's end. A file is renamed under its lock; the other
    processes see that the name leads to another file, and follow.
    """

    def __init__(self, file: Path, *, largest: int = LARGEST, kept: int = KEPT) -> None:
        super().__init__()
        self.file = file.absolute()
        self.largest = largest
        self.kept = kept
        self._descriptor: int | None = None
        self._cut = False  # the last event was written in part
        self._said = False
        try:
            self._open()
        except OSError as error:
            self._say(error)

    def emit(self, record: logging.LogRecord) -> None:
        """Append one line; a failure is said once, and tried again with the next event."""
        line = f"{self.format(record)}\n".encode()
        try:
            self._write(line)
        except OSError as error:
            self._say(error)

    def close(self) -> None:
        """Close the file."""
        self.acquire()
        try:
            self._close()
        finally:
            self.release()
        super().close()

    def _open(self) -> int:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        # no FIFO without a reader can hold us up
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NONBLOCK
        self._descriptor = os.open(self.file, flags, 0o644)
        return self._descriptor

    def _close(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _write(self, line: bytes) -> None:
        descriptor = self._current()
        status = os.fstat(descriptor)
        full = status.st_size and status.st_size + len(line) > self.largest
        if full and stat.S_ISREG(status.st_mode):
            try:
                self._rotate(descriptor)
            except OSError as error:  # better a large log than none
                self._say(error)
            descriptor = self._current()
        data = b"\n" + line if self._cut else line
        written = os.write(descriptor, data)
        self._cut = written < len(data)
        if self._cut:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def _current(self) -> int:
        """The descriptor of the file that has the name now; somebody may have renamed it."""
        if self._descriptor is None:
            return self._open()
        if self._has_the_name(self._descriptor):
            return self._descriptor
        self._close()
        return self._open()

    def _has_the_name(self, descriptor: int) -> bool:
        try:
            return os.path.samestat(self.file.stat(), os.fstat(descriptor))
        except FileNotFoundError:
            return False

    def _rotate(self, descriptor: int) -> None:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return  # another process is doing it
        try:
            if self._has_the_name(descriptor):  # nobody has done it before the lock was ours
                names = [self.file, *(Path(f"{self.file}.{n}") for n in range(1, self.kept + 1))]
                for newer, older in reversed(list(pairwise(names))):
                    with suppress(FileNotFoundError):
                        newer.replace(older)
        finally:
            fcntl.flock(descriptor, fcntl.LOCK_UN)

    def _say(self, error: OSError) -> None:
        if not self._said:
            self._said = True
            with suppress(OSError, ValueError):
                sys.stderr.write(
                    f"baolangson: the log {self.file} cannot be written "
                    f"({error.strerror or error}); the work goes on without it.\n"
                )
