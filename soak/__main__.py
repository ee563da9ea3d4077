"""``python -m soak [PART …]``: run the parts and tell what held; all of them write docs/soak.md."""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from soak.backfilling import backfill_killed
from soak.company import concurrency
from soak.disk import disk
from soak.finding import finding
from soak.kills import kill_commits, kill_random
from soak.memory import memory
from soak.report import Part, Tell, table
from soak.walking import walking
from soak.week import week

PAGE = Path(__file__).parents[1] / "docs" / "soak.md"
_HEAD = """# Endurance

Made by `make soak` (`python -m soak`). Crawls of the demo papers, over HTTP on loopback, are
killed, crowded, starved of disk and made long. Then the archive is compared with what was served:
every article with every field, one version each; every address in a final state and leading to its
article, and no other address than without the accident; no row without the row it refers to; the
file and both search indexes whole; the daily counts recounted; every capture unpacked and its
sha256 computed.

*Killed at every commit*: a crawl with a commit for every page dies by SIGKILL right before and
right after its N-th commit, for every N; of the crawls that resume, every fourth is killed as well.
*Killed at random moments*: twenty disturbances to a series, one after the other on one archive.
Each archive then gets two clean runs. *In company*: beside one crawl there are second crawls,
people who search, show and ask for the status, an export to somebody slow, and a read transaction
that stays open. *Memory*: the most that the crawling process had resident (VmHWM).
*Finding*: a crawl of papers of 20,000 articles each, and the same again, with nothing new.
*Backfill killed*: a backfill of each of two papers dies by SIGKILL ten times. Then every article is
held, and the server was asked twice only for the page that was under way at each kill.
*Disk full*: SQLITE_FULL by `PRAGMA max_page_count`, EFBIG by `RLIMIT_FSIZE`, a small tmpfs; twice,
then with room.

Python {python}, Scrapy {scrapy}, SQLite {sqlite}, {cores} cores.

{table}"""


def main() -> int:
    """Run what was asked for; 1 where a promise is not held."""
    parts = _parts()
    parser = argparse.ArgumentParser(prog="python -m soak", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(parts)}")
    parser.add_argument("--quick", action="store_true", help="fewer and smaller: minutes")
    parser.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, help="crawls at a time, where it may be"
    )
    parser.add_argument("--stride", type=int, help="kill at one of so many commits")
    parser.add_argument(
        "--once", action="store_true", help="one kill for each commit, before and after it in turn"
    )
    parser.add_argument(
        "--tracemalloc", action="store_true", help="tell where memory grows (slow, and more of it)"
    )
    options = parser.parse_args()
    if unknown := set(options.parts) - set(parts):
        parser.error(f"no part is named {', '.join(sorted(unknown))}")
    done = []
    for name in options.parts or parts:
        print(f"{name} …", flush=True)
        done.append(parts[name](options, _telling(name)))
        print(table(done[-1:]), flush=True)
    if len(done) > 1:
        print(table(done))
    if not options.parts and not options.quick:
        PAGE.write_text(_page(done), encoding="utf-8")
        print(f"Written: {PAGE.relative_to(PAGE.parents[1])}")
    return int(any(part.faults for part in done))


def _parts() -> dict[str, Callable[[argparse.Namespace, Tell], Part]]:
    """Name of a part → how it is run with the options."""
    return {
        "kill-commits": lambda given, tell: kill_commits(
            60 if given.quick else 300,
            given.stride or (9 if given.quick else 1),
            given.jobs,
            tell,
            once=given.once,
        ),
        "kill-random": lambda given, tell: kill_random(
            600 if given.quick else 2000, 20 if given.quick else 200, given.jobs, tell
        ),
        "backfill": lambda given, tell: backfill_killed(
            300 if given.quick else 20_000, 3 if given.quick else 10, tell
        ),
        "concurrency": lambda given, tell: concurrency(600 if given.quick else 3000, tell),
        "memory": lambda given, tell: memory(
            (300, 1500) if given.quick else (1000, 5000, 20_000, 50_000),
            tell,
            trace=given.tracemalloc,
        ),
        "finding": lambda given, tell: finding(300 if given.quick else 20_000, tell),
        "week": lambda given, tell: week(1 if given.quick else 7, 12, 1, tell),
        "walking": lambda given, tell: walking(20 if given.quick else 100, tell),
        "disk": lambda given, tell: disk(60 if given.quick else 300, given.jobs, tell),
    }


def _telling(name: str) -> Tell:
    started = time.monotonic()

    def tell(line: str) -> None:
        print(f"  {time.monotonic() - started:5.0f} s  {name}: {line}", flush=True)

    return tell


def _page(parts: list[Part]) -> str:
    return _HEAD.format(
        python=platform.python_version(),
        scrapy=version("scrapy"),
        sqlite=sqlite3.sqlite_version,
        cores=os.cpu_count(),
        table=table(parts),
    )


if __name__ == "__main__":
    sys.exit(main())
