"""SIGKILL at every commit and at random moments; two clean runs must then reach the truth."""

from __future__ import annotations

import signal
from collections import Counter
from dataclasses import dataclass, field
from random import Random

from soak.accidents import DeathAtCommit
from soak.report import Part, Tell
from soak.trial import Bench, Trial, bench
from soak.truth import sized

# A commit for every page, so that there are as many moments to die at as can be.
_EVERY_PAGE = {"ARCHIVE_BATCH": 1, "ARCHIVE_FLUSH_SECONDS": 0.05}
_BATCH = 20
_SMALL_BATCHES = {"ARCHIVE_BATCH": _BATCH}
_TERM_EVERY = 8  # of so many disturbances, one is SIGTERM
_AGAIN_SHARE = 1 / 4  # of the resuming crawls are killed too
_STOPPING = 30.0  # seconds that a crawl may take to end in order


@dataclass(slots=True)
class _Toll:
    """What several trials came to."""

    faults: list[str] = field(default_factory=list)
    kills: int = 0
    repeated: int = 0
    most_repeated: int = 0
    late: int = 0
    archives: int = 0
    codes: Counter[int] = field(default_factory=Counter)

    def add(self, other: _Toll) -> None:
        self.faults += other.faults
        self.kills += other.kills
        self.repeated += other.repeated
        self.most_repeated = max(self.most_repeated, other.most_repeated)
        self.late += other.late
        self.archives += other.archives
        self.codes += other.codes

    def close(self, trial: Trial, kills: int, limit: int, where: str) -> None:
        """Let the archive recover and add what was found."""
        before = trial.repeated
        trial.recover()
        repeated = trial.repeated
        if repeated > kills * limit:
            trial.faults.append(
                f"{repeated} pages were fetched again ({before} before the clean runs), "
                f"{limit} a kill can be explained"
            )
        self.faults += [f"{where}: {fault}" for fault in trial.faults]
        self.repeated += repeated
        self.most_repeated = max(self.most_repeated, repeated)
        self.late += trial.late
        self.archives += 1

    def onto(self, part: Part) -> Part:
        part.faults += self.faults
        part.figure("archives compared with the truth", f"{self.archives:,}")
        part.figure("kills", f"{self.kills:,}")
        part.figure(
            "pages fetched again",
            f"{self.repeated / max(1, self.kills):.2f} a kill, "
            f"at most {self.most_repeated} for one archive",
        )
        part.figure("articles that only the second clean run found", f"{self.late:,}")
        return part.done()


def _explained(batch: int, bench: Bench) -> int:
    """Pages that one kill may cost.

    Those of a batch, and of each paper one on its way and two that have arrived and are to be kept:
    at no delay, the next page is asked for while one is read.
    """
    return batch + 3 * len(bench.papers)


def kill_commits(articles: int, stride: int, jobs: int, tell: Tell, *, once: bool = False) -> Part:
    """Kill a crawl right before and right after its N-th commit, for every N by the stride.

    With ``once`` each commit has one kill, before it and after it in turn.
    """
    part = Part(f"killed at every {f'{stride}th ' if stride > 1 else ''}commit")
    with bench(sized(articles), jobs, _EVERY_PAGE, [DeathAtCommit()]) as room:
        commits = room.first.commits
        part.figure("articles", f"{room.first.new:,}")
        part.figure("commits of an undisturbed crawl", f"{commits:,}")
        # a little more: how many there are depends on what arrives together
        numbers = range(1, commits + commits // 20, stride)
        cases = [
            (number, before)
            for number in numbers
            for before in (True, False)
            if not once or before == (number // stride % 2 == 0)
        ]
        toll = _Toll()
        for one in room.each(cases, lambda case: _killed_at(room, *case), tell):
            toll.add(one)
    killed = f"{toll.codes[-signal.SIGKILL]:,} killed, {toll.codes[0]:,} ended before"
    part.figure("crawls", killed)
    part.require(toll.codes[-signal.SIGKILL] >= commits // stride, f"Too few kills: {killed}")
    return toll.onto(part)


def _killed_at(room: Bench, number: int, before: bool) -> _Toll:
    toll = _Toll()
    where = f"{'before' if before else 'after'} commit {number}"
    again = Random(f"{number} {before}")
    with room.trial(where.replace(" ", "-")) as trial:
        accidents = [DeathAtCommit(number, before)]
        if again.random() < _AGAIN_SHARE:
            further = again.randint(1, max(1, room.first.commits - number))
            accidents.append(DeathAtCommit(further, again.random() < 1 / 2))
            where += f", then at {further}"
        for accident in accidents:
            code = trial.crawl(accident).code
            toll.codes[code] += 1
            toll.kills += code == -signal.SIGKILL
            if code not in (0, -signal.SIGKILL):
                trial.faults.append(f"A crawl that was to be killed ended with {code}")
        toll.close(trial, max(1, toll.kills), _explained(1, room), where)
    return toll


def kill_random(articles: int, kills: int, jobs: int, tell: Tell) -> Part:
    """Kill crawls at random moments, one after the other on the same archive."""
    part = Part("killed at random moments")
    at_once = 20
    with bench(sized(articles), jobs, _SMALL_BATCHES) as room:
        part.figure("articles", f"{room.first.new:,}")
        part.figure("undisturbed crawl", f"{room.first.seconds:.1f} s")
        series = [(seed, min(at_once, kills - seed)) for seed in range(0, kills, at_once)]
        toll = _Toll()
        for one in room.each(series, lambda case: _killed_often(room, *case), tell):
            toll.add(one)
    part.figure(
        "endings",
        ", ".join(f"{count} × {_name(code)}" for code, count in sorted(toll.codes.items())),
    )
    part.require(toll.kills >= kills, f"Only {toll.kills} kills of {kills}")
    return toll.onto(part)


def _name(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit {code}"


def _killed_often(room: Bench, seed: int, kills: int) -> _Toll:
    """So many kills, on a new archive whenever a crawl came to its end before it was killed."""
    random = Random(seed)
    toll = _Toll()
    # the mean of the delays lets a crawl end in about so many pieces
    longest = 2 * (room.first.seconds / kills + 0.4)
    while toll.kills < kills:
        before = toll.kills
        with room.trial(f"seed-{seed}-{toll.archives}") as trial:
            while toll.kills < kills and _disturbed(trial, random, longest, toll):
                pass
            where = f"seed {seed}, archive {toll.archives + 1}"
            toll.close(trial, max(1, toll.kills - before), _explained(_BATCH, room), where)
    return toll


def _disturbed(trial: Trial, random: Random, longest: float, toll: _Toll) -> bool:
    """Crawl and disturb it after a while; whether there is something left to do."""
    gently = toll.codes.total() % _TERM_EVERY == _TERM_EVERY // 2
    how = signal.SIGTERM if gently else signal.SIGKILL
    running = trial.start()
    if running.runs(random.uniform(0.02, longest)):
        running.signal(how)
    late = how == signal.SIGTERM and running.runs(_STOPPING)
    code = trial.noted(running.end(patience=1 if late else _STOPPING)).code
    toll.codes[code] += 1
    toll.kills += code == -signal.SIGKILL and not late
    if late:
        trial.faults.append(f"A crawl did not end within {_STOPPING:.0f} s of SIGTERM")
    elif code not in (0, -how, *([11] if how == signal.SIGTERM else [])):
        trial.faults.append(f"A crawl that got {how.name} ended with {code}")
    return code != 0
