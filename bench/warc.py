"""Import a WARC file of demo articles, beside fastwarc merely iterating over the same file.

Run from the project's root:

    python -m bench.warc [--records N] [--share N]

Two files: one whose response records are all articles of one paper, and one in which only every
``share``-th record is, as in the files of Common Crawl. What counts is the ratio of CPU seconds.
"""

from __future__ import annotations

import argparse
import gzip
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecordType

from baolangson_crawler.importing.records import WarcCaptures
from baolangson_crawler.importing.running import import_captures
from baolangson_crawler.importing.selection import Selection
from baolangson_crawler.sites import Register
from baolangson_crawler.sites.baocantho import SITE

_FOLDER = Path(__file__).parents[1] / "tests" / "pages" / SITE.key
_AT = "2026-09-01T00:00:00Z"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--share", type=int, default=100)
    options = parser.parse_args(arguments)
    for line in report(options.records, options.share):
        print(line, flush=True)


def report(records: int = 10_000, share: int = 100) -> Iterator[str]:
    """A table in Markdown."""
    yield "| articles of ours | records | iterating, s | import, s | ratio | a second import, s |"
    yield "|---|---|---|---|---|---|"
    with tempfile.TemporaryDirectory() as folder:
        for every in (1, share):
            file = Path(folder) / f"every-{every}.warc.gz"
            write(file, records, every)
            iterating, _ = _timed(partial(_iterate, file))
            runs = [_timed(partial(_import, file, file.with_suffix(".db"))) for _ in range(2)]
            (first, stored), (again, more) = runs
            expected = len(range(0, records, every))
            assert (stored, more) == (expected, 0), f"{runs}: {expected} articles are in the file"
            yield (
                f"| {expected:,} | {records:,} | {iterating:.2f} | {first:.2f} | "
                f"{first / iterating:.1f} | {again:.2f} |"
            )


def write(file: Path, records: int, every: int) -> None:
    """A file as Common Crawl writes one: gzip members, the bodies decoded."""
    html = sorted(_FOLDER.glob("*.html"))[0].read_bytes()
    with file.open("wb") as out:
        for number in range(records):
            host = SITE.domains[0] if not number % every else "elsewhere.example"
            url = f"https://{host}/bai-a{number + 1000}.html"
            body = html.replace(b"</p>", b" (%d)</p>" % number)
            out.write(gzip.compress(_record(url, number, body), 6))


def _record(url: str, number: int, body: bytes) -> bytes:
    block = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
        b"X-Crawl-Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(body)
    ) + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: {_AT}\r\n"
        f"WARC-Record-ID: <urn:uuid:{number:032x}>\r\nWARC-Identified-Payload-Type: text/html\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def _iterate(file: Path) -> int:
    return sum(1 for _ in ArchiveIterator(str(file), record_types=WarcRecordType.any_type))


def _import(file: Path, archive: Path) -> int:
    selection = Selection(Register([SITE]))
    done = import_captures(
        (file,),
        lambda target, path, now: WarcCaptures(path, selection, target.has_record, now),
        selection,
        archive,
    )
    assert done.exit_code == 0, done
    return done.sites.get(SITE.key, {}).get("new", 0)


def _timed(run: Callable[[], int]) -> tuple[float, int]:
    """CPU seconds, and what came of it."""
    start = time.process_time()
    count = run()
    return time.process_time() - start, count


if __name__ == "__main__":
    main()
