"""Whose turn it is to ask a host, among all processes of this user on this machine.

A small file for each host says when it was asked last and how long it is not to be asked. Whoever
sends a request locks it until the answer is there. The kernel releases the lock of a process that
dies. Two archives, or a crawl and a check of a site, so share one pace.
"""

from __future__ import annotations

import fcntl
import json
import logging
import math
import os
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import quote

from baolangson_crawler import clock
from baolangson_crawler.pacing import LONGEST_HOLD, SLOWEST, HostState, Pace

logger = logging.getLogger(__name__)
STATE = "BAOLANGSON_STATE"
_SIZE = 4096  # bytes of a state file
_MOMENTS = ("last_at", "slowed_at", "hold_until")


def state_folder() -> Path:
    """``BAOLANGSON_STATE``, else a folder in the user's state directory (XDG)."""
    if named := os.environ.get(STATE):
        return Path(named)
    home = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(home) / "baolangson_crawler"


class Turn:
    """The right to send one request to a host; to be released when the answer is there."""

    def __init__(self, host: str, descriptor: int | None) -> None:
        self.host = host
        self._descriptor = descriptor

    @property
    def state(self) -> HostState | None:
        """What the last process left; None for a host that nobody has asked, or a damaged file."""
        if self._descriptor is None:
            return None
        with suppress(OSError, ValueError, TypeError, RecursionError):
            return _state(json.loads(os.pread(self._descriptor, _SIZE, 0)), clock.seconds())
        return None

    def write(self, state: HostState) -> None:
        """Leave the state for the next process."""
        if self._descriptor is not None:
            # one write of one size: a process killed here leaves no remainder of a longer text
            said = json.dumps(asdict(state)).encode().ljust(_SIZE)
            with suppress(OSError):  # a full disk costs the memory of other processes, no page
                os.pwrite(self._descriptor, said, 0)

    def release(self) -> None:
        """Let the next process ask."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


class Turns:
    """The state files of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._is_usable = True

    def take(self, host: str) -> Turn | None:
        """The turn of a host; None while another process has it.

        Where the folder cannot be written, that is said once, and every process is on its own.
        """
        if not self._is_usable:
            return Turn(host, None)
        try:
            return self._locked(host)
        except BlockingIOError:
            return None
        except OSError as error:
            # an error, because nothing less reaches standard error
            logger.error(
                "%s cannot be written (%s): other processes that ask the same papers are not "
                "waited for. Name another folder in %s.",
                self.folder,
                error.strerror or error,
                STATE,
            )
            self._is_usable = False
            return Turn(host, None)

    def _locked(self, host: str) -> Turn:
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.folder / f"{quote(host, safe='')}.json"
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BaseException:
            os.close(descriptor)
            raise
        return Turn(host, descriptor)


def _state(said: dict[str, Any], now: float) -> HostState:
    """What a file says, as it is to be taken now.

    Raises:
        TypeError, ValueError: no process of ours has written it.
    """
    state = HostState(**said)
    numbers = [state.pause, state.requests]
    numbers += [moment for name in _MOMENTS if (moment := getattr(state, name)) is not None]
    if not all(math.isfinite(number) and number >= 0 for number in numbers):
        raise ValueError(said)
    if not isinstance(state.day, str | None):
        raise TypeError(state.day)
    state.pause = min(state.pause, SLOWEST)
    if (state.hold_until or 0.0) > now + LONGEST_HOLD:  # written by a clock that was wrong
        state.hold_until = state.hold_reason = None
    Pace(state).begin(now)  # days of calm that have passed since it was written
    return state
