"""``python -m bench.extraction``: every reader on every set, quality and cost in one table."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from bench.extraction.comparison import CORPUS, SETS, report
from bench.extraction.readers import READERS


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.extraction", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="folder of the sets")
    parser.add_argument("--sets", nargs="+", default=list(SETS), choices=SETS)
    parser.add_argument("--readers", nargs="+", default=list(READERS), choices=READERS)
    parser.add_argument("--limit", type=int, help="pages of each set")
    parser.add_argument("--rounds", type=int, default=1, help="readings of each page")
    options = parser.parse_args(arguments)
    if not options.corpus.is_dir():
        parser.error(f"There is no folder {options.corpus}; name the sets with --corpus.")
    for table in report(
        options.corpus, options.sets, options.readers, options.limit, options.rounds
    ):
        print(table, flush=True)


if __name__ == "__main__":
    main()
