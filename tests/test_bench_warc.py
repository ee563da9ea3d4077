"""The measuring of imports: a small run imports every article once, and nothing the second time."""

from __future__ import annotations

from bench import warc


def test_a_small_file_is_measured() -> None:
    lines = list(warc.report(20, 5))
    assert [line.split(" | ")[:2] for line in lines[2:]] == [["| 20", "20"], ["| 4", "20"]]
