"""How a command or a unit of systemd ended, and what it said last."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import FrameType
from typing import IO

from baolangson_crawler.cli.program import program
from baolangson_crawler.masking import WEBHOOK, one_line

LINES = 40
"""The last lines that are told, beside those that say what is wrong with a paper."""

WARNINGS = 100
"""More than there are papers."""

# "baocantho: It does not answer."; not the numbers of a paper, "baocantho: 3 found, 2 stored, ..."
_WARNING = re.compile(r"[a-z][a-z0-9_]*: (?!\d+ found\b)\S")

_WIDTH = 4000  # characters of a line
_SECONDS = 30  # a tool of systemd may take
_KILLED = 128  # a shell's way to say in an exit code which signal ended a process
_PROPERTIES = ("Result", "ExecMainCode", "ExecMainStatus", "InvocationID")
_BY_SIGNAL = ("2", "3")  # CLD_KILLED and CLD_DUMPED of waitid(2)
_MEANINGS = {
    1: "wrong usage or configuration",
    2: "nothing could be fetched from a paper",
    3: "the disk is full, or the archive cannot be written",
    4: "the archive is damaged or newer than this program",
    6: "a paper fell silent or has changed its design",
}


@dataclass(frozen=True, slots=True)
class Ending:
    """How something ended."""

    code: int
    """Exit code; 128 + number where a signal ended it, as in a shell."""

    lines: tuple[str, ...]
    """What it printed, to both its outputs: what is wrong with a paper, then the last lines."""

    result: str = ""
    """What systemd calls it: ``exit-code``, ``oom-kill``, ``timeout``."""

    @property
    def key(self) -> str:
        """Endings of one key are told once a day: ``2``, or ``137 oom-kill``."""
        return f"{self.code} {self.result}".strip()

    @property
    def title(self) -> str:
        """One line: where, which code, what it means."""
        meaning = _MEANINGS.get(self.code, "it ended in a way that it should not")
        if self.code > _KILLED:
            meaning = f"ended by signal {self.code - _KILLED}"
        if self.result not in ("", "exit-code"):
            meaning += f" ({self.result})"
        return f"baolangson on {socket.gethostname()}: exit code {self.code}, {meaning}"

    def text(self, what: str, now: datetime) -> str:
        """What was run, when it ended, the last lines."""
        said = "\n".join(self.lines) or "(nothing)"
        return f"{one_line(what)}\nended {now:%Y-%m-%d %H:%M} UTC. Its last lines:\n\n{said}\n"


def run(arguments: Sequence[str]) -> Ending:
    """Run a command of this program to its end; signals to us are for the command."""
    environment = {name: value for name, value in os.environ.items() if name != WEBHOOK}
    with _Forwarding() as forwarding:
        child = subprocess.Popen(
            [*program(), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment,
            process_group=0,  # a Ctrl-C reaches it once, through us
        )
        forwarding.to(child)
        assert child.stdout is not None
        with child.stdout:
            lines = _chosen(_lines(child.stdout))
        code = child.wait()
    return Ending(code if code >= 0 else _KILLED - code, lines)


def _chosen(lines: Iterable[str]) -> tuple[str, ...]:
    """The lines that are told, in bounded memory: one paper's ruin may be printed early."""
    warnings: deque[str] = deque(maxlen=WARNINGS)
    last: deque[str] = deque(maxlen=LINES)
    for line in lines:
        (warnings if _WARNING.match(line) else last).append(line)
    return (*warnings, *last)


def _lines(stream: IO[bytes]) -> Iterator[str]:
    """The lines, however long, in bounded memory."""
    while line := stream.readline(_WIDTH):
        if said := line.decode("utf-8", "replace").rstrip():
            yield one_line(said)


class _Forwarding:
    """While it lasts, signals that end a program are passed on to the child."""

    _SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._early: int | None = None

    def to(self, child: subprocess.Popen[bytes]) -> None:
        """From now on; a signal that came before is passed on now."""
        self._child = child
        if self._early is not None:
            child.send_signal(self._early)

    def _pass_on(self, number: int, frame: FrameType | None) -> None:
        if self._child is None:
            self._early = number
        else:
            self._child.send_signal(number)

    def __enter__(self) -> _Forwarding:
        self._before = {number: signal.signal(number, self._pass_on) for number in self._SIGNALS}
        return self

    def __exit__(self, *exc: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)


def ending_of_unit(unit: str) -> Ending:
    """How systemd says that the unit's last run ended, with its last lines of the journal."""
    shown = _said("systemctl", "show", f"--property={','.join(_PROPERTIES)}", "--", unit)
    values = dict(line.split("=", 1) for line in shown if "=" in line)
    status = values.get("ExecMainStatus", "")
    code = int(status) if status.isdigit() else 1
    if values.get("ExecMainCode") in _BY_SIGNAL:
        code += _KILLED
    run_id = values.get("InvocationID", "")
    lines = _said(
        *("journalctl", "--quiet", "--no-pager", "--output=cat", f"--lines={10 * LINES}"),
        *(f"_SYSTEMD_INVOCATION_ID={run_id}", "+", f"INVOCATION_ID={run_id}"),
    )
    return Ending(
        code, _chosen(lines) or (f"See: journalctl -u {unit}",), values.get("Result", "unknown")
    )


def _said(*words: str) -> tuple[str, ...]:
    """The lines that a program of systemd prints; none where it fails."""
    try:
        done = subprocess.run(words, capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ()
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    return tuple(one_line(line[:_WIDTH]) for line in lines if line.strip())
