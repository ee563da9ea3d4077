"""Two processes that ask one host wait for each other, whatever becomes of either."""

from __future__ import annotations

import errno
import fcntl
import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import clean_environment

from baolangson_crawler import logs
from baolangson_crawler.pacing import LONGEST_HOLD, SLOWEST, HostState, Pace
from baolangson_crawler.turns import Turn, Turns, state_folder

HOST = "bao.example"
DAY = 86_400.0

# asks the host as a crawl does, and notes the monotonic moments at which a request left and ended
ASKS = """
import sys, time
from pathlib import Path
from baolangson_crawler.pacing import HostState, Manners, Pace
from baolangson_crawler.turns import Turns

turns, pace = Turns(Path(sys.argv[1])), Pace(HostState("bao.example"), Manners(pause=0.1))
print("ready", flush=True)
sys.stdin.readline()
for _ in range(4):
    while True:
        if turn := turns.take("bao.example"):
            pace.learn(turn.state, time.time())
            if not pace.wait(time.time()):
                break
            turn.release()
        time.sleep(0.002)
    began = time.monotonic()
    pace.sent(time.time())
    turn.write(pace.state)
    time.sleep(0.03)
    ended = time.monotonic()
    pace.answered(200, None, time.time())
    turn.write(pace.state)
    print(began, ended, flush=True)
    turn.release()
"""

HOLDS = """
import sys, time
from pathlib import Path
from baolangson_crawler.turns import Turns

turn = Turns(Path(sys.argv[1])).take("bao.example")
print("ready", flush=True)
time.sleep(60)
"""


def started(code: str, folder: Path) -> subprocess.Popen[str]:
    """A process of its own that has said that it is ready."""
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(folder)],
        env=clean_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def taken(turns: Turns) -> Turn:
    turn = turns.take(HOST)
    assert turn is not None
    return turn


def left(turns: Turns, state: HostState) -> None:
    """A process asked the host, and has ended."""
    turn = taken(turns)
    turn.write(state)
    turn.release()


def found(turns: Turns) -> HostState | None:
    """What the next process is told."""
    turn = taken(turns)
    state = turn.state
    turn.release()
    return state


def test_two_processes_share_one_pace_and_have_one_request_in_flight(tmp_path: Path) -> None:
    both = [started(ASKS, tmp_path / "state") for _ in range(2)]
    for process in both:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    outputs = [process.communicate(timeout=60)[0].split() for process in both]
    requests = sorted(
        (float(began), float(ended))
        for words in outputs
        for began, ended in zip(words[::2], words[1::2], strict=True)
    )
    assert len(requests) == 8
    pauses = [after[0] - before[1] for before, after in pairwise(requests)]
    assert min(pauses) > 0.095  # what was waited for by one clock is measured by another


def test_a_host_is_asked_by_one_process_at_a_time_and_others_are_free(tmp_path: Path) -> None:
    turn = taken(Turns(tmp_path))
    other = Turns(tmp_path)
    assert other.take(HOST) is None
    assert other.take("anderes.example") is not None
    turn.release()
    assert other.take(HOST) is not None


def test_a_process_that_dies_frees_its_turn(tmp_path: Path) -> None:
    process = started(HOLDS, tmp_path)
    turns = Turns(tmp_path)
    assert turns.take(HOST) is None
    process.kill()
    process.communicate(timeout=60)
    assert turns.take(HOST) is not None


def test_the_next_process_knows_what_the_last_one_left(tmp_path: Path) -> None:
    now = time.time()
    state = HostState(HOST, now, 8.0, now, now + 900, "http_429", "2026-11-01", 12)
    left(Turns(tmp_path), state)
    assert found(Turns(tmp_path)) == state


def test_a_shorter_state_leaves_nothing_of_a_longer_one(tmp_path: Path) -> None:
    turns, now = Turns(tmp_path), time.time()
    left(turns, HostState(HOST, now, hold_until=now + 60, hold_reason="x" * 900))
    left(turns, HostState(HOST, now))
    assert found(turns) == HostState(HOST, now)


def test_a_pause_that_refusals_made_does_not_outlive_days_of_calm(tmp_path: Path) -> None:
    now = time.time()
    left(Turns(tmp_path), HostState(HOST, now - 9 * DAY, pause=64.0, slowed_at=now - 9 * DAY))
    pace = Pace(HostState(HOST))
    pace.learn(found(Turns(tmp_path)), now)
    assert pace.delay == 1.0


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\0" * 200,
        b"\xff\xfe{}",
        b"[" * 4096,
        b'{"host": "bao.example", "last_at": 17',
        b"null",
        b"[1, 2]",
        b'{"host": "bao.example", "shoe_size": 44}',
        *(
            json.dumps(asdict(HostState(HOST)) | wrong).encode()
            for wrong in (
                {"last_at": "yesterday"},
                {"pause": float("nan")},
                {"hold_until": float("inf")},
                {"slowed_at": -1.0},
                {"requests": None},
                {"requests": [3]},
                {"day": 20261101},
            )
        ),
    ],
)
def test_a_damaged_state_file_is_taken_for_none_and_mended(said: bytes, tmp_path: Path) -> None:
    turns = Turns(tmp_path)
    (tmp_path / f"{HOST}.json").write_bytes(said)
    assert found(turns) is None
    left(turns, HostState(HOST, 5.0))
    assert found(turns) == HostState(HOST, 5.0)


def test_a_clock_that_was_wrong_closes_no_paper_for_ever(tmp_path: Path) -> None:
    now = time.time()
    left(Turns(tmp_path), HostState(HOST, pause=1e9, slowed_at=now, hold_until=now + 900 * DAY))
    pace = Pace(HostState(HOST))
    pace.learn(found(Turns(tmp_path)), now)
    assert (pace.held_for(now), pace.delay) == (0.0, SLOWEST)
    left(Turns(tmp_path), HostState(HOST, hold_until=now + LONGEST_HOLD))
    assert found(Turns(tmp_path)) == HostState(HOST, hold_until=now + LONGEST_HOLD)


def no_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write_text("a file has the name")


def no_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / f"{HOST}.json").mkdir(parents=True)


def no_locks(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refuse)


@pytest.mark.parametrize("broken", [no_folder, no_file, no_locks])
def test_a_folder_that_cannot_be_used_is_said_once_and_without_a_log(
    broken: Callable[[Path, pytest.MonkeyPatch], None],
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    folder, root = tmp_path / "state", logging.getLogger()
    kept = root.level, root.handlers[:]
    monkeypatch.setattr(root, "handlers", [])
    try:
        logs.configure(None)
        broken(folder, monkeypatch)
        turns = Turns(folder)
        for host in (HOST, HOST, "anderes.example"):
            turn = turns.take(host)
            assert turn is not None
            turn.write(HostState(host))
            assert turn.state is None
            turn.release()
    finally:
        root.setLevel(kept[0])
        root.handlers[:] = kept[1]
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 1
    assert f"{folder} cannot be written" in told[0]
    assert "BAOLANGSON_STATE" in told[0]


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"BAOLANGSON_STATE": "/srv/turns", "XDG_STATE_HOME": "/x"}, "/srv/turns"),
        ({"XDG_STATE_HOME": "/x"}, "/x/baolangson_crawler"),
        ({"HOME": "/home/press"}, "/home/press/.local/state/baolangson_crawler"),
    ],
)
def test_the_folder_is_named_by_the_environment(
    environment: dict[str, str], folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("BAOLANGSON_STATE", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert state_folder() == Path(folder)
