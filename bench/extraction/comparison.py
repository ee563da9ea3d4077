"""Every reader on every set: one table of quality and cost for each.

The sets are folders with ``truth.jsonl`` and ``pages/ID.html.gz``; they are third-party pages and
not part of this project. Peers are installed once into environments of their own under
``bench/extraction/.venvs``.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.extraction.readers import READERS
from bench.extraction.scoring import score, summary

HERE = Path(__file__).parent
CORPUS = HERE.parents[2] / "shared" / "corpus" / "bench"
VENVS = HERE / ".venvs"
PEERS = {
    "trafilatura": ("trafilatura==2.3.1", "lxml_html_clean==0.4.6"),
    "newspaper4k": ("newspaper4k==0.9.6", "lxml_html_clean==0.4.6"),
    "news-please": ("news-please==1.6.16", "lxml_html_clean==0.4.6"),
    "readability-lxml": ("readability-lxml==0.9", "lxml_html_clean==0.4.6"),
    "goose3": ("goose3==3.1.22", "lxml_html_clean==0.4.6"),
    "resiliparse": ("Resiliparse==2.0.1", "lxml"),
}
"""Peer → what its environment holds."""

SETS = {
    "zyte": ("",),
    "wcxb_dev": ("",),
    "vn_real_dev": ("", "nolang", "nfd"),
    "vn_hand_dev": ("", "nolang", "nfd"),
}
"""Set → the variants of its pages that are read: as served, without ``lang``, in NFD."""

COLUMNS = {
    "F1": ("F1", "precision", "recall", "exact"),
    "marks": (
        *("first 80", "last 80", "sapo kept", "caption leak", "related leak", "signature leak"),
        *("title", "date"),
    ),
}


@dataclass(frozen=True, slots=True)
class Result:
    """What one reader made of one set."""

    reader: str
    pages: int
    failed: int
    means: dict[str, float]
    seconds: float
    parse: float

    @property
    def pages_per_second(self) -> float:
        """Pages a CPU second."""
        return self.pages / self.seconds

    @property
    def in_parses(self) -> float:
        """The cost of reading in units of one ``lxml.html`` parse of the same pages."""
        return self.seconds / self.parse


def report(
    corpus: Path,
    sets: Sequence[str] = tuple(SETS),
    readers: Sequence[str] = tuple(READERS),
    limit: int | None = None,
    rounds: int = 1,
) -> Iterator[str]:
    """A table in Markdown for each set and variant."""
    for name in sets:
        truths = _truths(corpus / name, limit)
        for variant in SETS[name]:
            results = []
            with tempfile.TemporaryDirectory() as folder:
                _lay_out(corpus / name, truths, Path(folder))
                for reader in readers:
                    if _applies(reader, name):
                        results.append(_run(reader, truths, Path(folder), variant, rounds))
            yield _table(name, variant, results)


def _applies(reader: str, name: str) -> bool:
    """newspaper4k is told the language of the Vietnamese sets, and of no other."""
    return reader != "newspaper4k, vi" or name.startswith("vn_")


def _truths(folder: Path, limit: int | None) -> list[dict[str, Any]]:
    # no splitlines(): a text may hold U+2028
    lines = (folder / "truth.jsonl").read_text(encoding="utf-8").rstrip("\n").split("\n")
    return [json.loads(line) for line in lines[:limit]]


def _lay_out(source: Path, truths: list[dict[str, Any]], folder: Path) -> None:
    """The pages of a run as the readers expect them: ``pages.json`` and links to the files."""
    pages = []
    for truth in truths:
        name = f"{truth['id']}.html.gz"
        (folder / name).symlink_to((source / "pages" / name).resolve())
        pages.append((name, truth.get("url") or "https://paper.example/"))
    (folder / "pages.json").write_text(json.dumps(pages), encoding="utf-8")


def _run(
    reader: str, truths: list[dict[str, Any]], folder: Path, variant: str, rounds: int
) -> Result:
    python = _python(reader)
    script = str(HERE / "readers.py")
    command = [python, script, reader, str(folder), f"--rounds={rounds}", f"--variant={variant}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{reader} stopped: {done.stderr.strip().splitlines()[-1]}")
    found = [json.loads(line) for line in done.stdout.split("\n") if line.startswith("{")]
    return Result(
        reader=reader,
        pages=len(found),
        failed=sum("error" in page for page in found),
        means=summary(score(truth, page) for truth, page in zip(truths, found, strict=True)),
        seconds=sum(page["seconds"] for page in found),
        parse=sum(page["parse"] for page in found),
    )


def _python(reader: str) -> str:
    """The interpreter of a reader's environment, which is made on the first use."""
    peer = reader.split(",")[0]
    if peer not in PEERS:
        return sys.executable
    python = VENVS / peer / "bin" / "python"
    ready = VENVS / peer / ".ready"
    wanted = "\n".join(PEERS[peer])
    if not ready.is_file() or ready.read_text(encoding="utf-8") != wanted:
        print(f"Making the environment of {peer} …", file=sys.stderr, flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENVS / peer)], check=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, *PEERS[peer]], check=True)
        ready.write_text(wanted, encoding="utf-8")
    return str(python)


def _table(name: str, variant: str, results: Sequence[Result]) -> str:
    """One row a reader: the marks that the set allows, failures and cost."""
    has = {mark for result in results for mark in result.means}
    marks = [mark for group in COLUMNS.values() for mark in group if mark in has]
    pages = results[0].pages if results else 0
    what = {"": "", "nolang": ", `lang` removed", "nfd": ", turned to NFD"}[variant]
    head = ["reader", *marks, "failed", "pages a CPU s", "× parse"]
    lines = [
        f"### {name}{what}: {pages} pages\n",
        f"| {' | '.join(head)} |",
        "|---" * len(head) + "|",
    ]
    for result in results:
        cells = [f"{result.means[m]:.3f}" if m in result.means else "–" for m in marks]
        speed = [str(result.failed), f"{result.pages_per_second:,.0f}", f"{result.in_parses:.1f}"]
        lines.append(f"| {' | '.join([result.reader, *cells, *speed])} |")
    return "\n".join(lines) + "\n"
