"""What a part of the endurance run found, and all of them as a page in Markdown."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

Tell = Callable[[str], None]
"""Takes one line of progress."""


@dataclass(slots=True)
class Part:
    """One part; filled while it runs."""

    name: str
    figures: list[tuple[str, str]] = field(default_factory=list)
    """What was measured and how much it is."""

    faults: list[str] = field(default_factory=list)
    """What is not as promised, one sentence each."""

    skipped: list[str] = field(default_factory=list)
    """What could not be done here, and why."""

    started: float = field(default_factory=time.monotonic)
    seconds: float = 0

    def figure(self, what: str, how_much: str) -> None:
        """Note a measurement."""
        self.figures.append((what, how_much))

    def require(self, held: object, fault: str) -> None:
        """Note a fault unless a promise is held."""
        if not held:
            self.faults.append(fault)

    def done(self) -> Part:
        """The part, with the time that it took."""
        self.seconds = time.monotonic() - self.started
        return self


def table(parts: Sequence[Part]) -> str:
    """The parts as a table in Markdown, with their faults below it."""
    lines = ["| part | measured | | seconds |", "|---|---|---|---:|"]
    for part in parts:
        verdict = f"{len(part.faults)} faults" if part.faults else "as promised"
        lines.append(f"| **{part.name}** | **{verdict}** | | {part.seconds:,.0f} |")
        lines += [f"| | {what} | {how_much} | |" for what, how_much in part.figures]
        lines += [f"| | not done here | {reason} | |" for reason in part.skipped]
    faults = [f"- {part.name}: {fault}" for part in parts for fault in part.faults]
    return "\n".join([*lines, "", *faults]).rstrip() + "\n"
