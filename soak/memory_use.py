"""How much memory this process has, and where it grew."""

from __future__ import annotations

import re
import tracemalloc
from collections import Counter
from pathlib import Path

_STATUS = Path("/proc/self/status")
_LINES = 20


def _status_mb(name: str) -> float:
    found = re.search(rf"^{name}:\s+(\d+) kB$", _STATUS.read_text(), re.MULTILINE)
    if found is None:
        raise OSError(f"{_STATUS} has no {name}.")
    return int(found[1]) / 1024


def peak_mb() -> float:
    """The most that was resident at once (VmHWM)."""
    return _status_mb("VmHWM")


def resident_mb() -> float:
    """What is resident now (VmRSS)."""
    return _status_mb("VmRSS")


class Sampler:
    """Notes the memory whenever the crawl reports its progress."""

    def __init__(self, *, trace: bool = False) -> None:
        self.samples: list[tuple[int, float]] = []
        self._first: tracemalloc.Snapshot | None = None
        self._largest: tracemalloc.Snapshot | None = None
        self._most = 0
        if trace:
            tracemalloc.start(6)

    def __call__(self, counters: dict[str, Counter[str]]) -> None:
        """Called with the counters by site."""
        stored = sum(count["new"] for count in counters.values())
        self.samples.append((stored, resident_mb()))
        if tracemalloc.is_tracing():
            now = tracemalloc.get_traced_memory()[0]
            if self._first is None:
                self._first = tracemalloc.take_snapshot()
            elif now > 1.2 * self._most:  # a snapshot costs much: not at every step
                self._most = now
                self._largest = tracemalloc.take_snapshot()

    def growth(self) -> str:
        """Lines of code that held the most more at the height than at the start."""
        if self._first is None or self._largest is None:
            return "The crawl was too short to tell where memory grows.\n"
        found = self._largest.compare_to(self._first, "lineno")
        return "".join(f"{line}\n" for line in found[:_LINES])
