"""The measuring of readers: its marks by example, and the whole run on stored pages of ours."""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from pathlib import Path

import pytest

from bench.extraction import comparison
from bench.extraction.readers import VARIANTS, decode
from bench.extraction.scoring import precision_recall, score, summary

PAGES = Path(__file__).parent / "pages"


@pytest.mark.parametrize(
    ("truth", "found", "precision", "recall"),
    [
        ("một hai ba bốn năm", "một hai ba bốn năm", 1, 1),
        ("một hai ba bốn năm", "một hai ba bốn", 1, 1 / 2),
        ("một hai ba bốn", "không một hai ba bốn", 1 / 2, 1),
        ("một hai", "một hai", 1, 1),
        ("một hai", "", None, 0),
        ("", "một hai", 0, None),
        ("một hai ba bốn", unicodedata.normalize("NFD", "một hai ba bốn"), 1, 1),
        ("a b c d a b c d", "a b c d", 1, 1 / 5),
    ],
)
def test_shingles_of_four_are_compared(
    truth: str, found: str, precision: float | None, recall: float | None
) -> None:
    assert precision_recall(truth, found) == (precision, recall)


def test_the_marks_of_a_page() -> None:
    truth = {
        "title": "Chợ phiên",
        "date": "2026-05-04",
        "sapo": "Chợ họp từ sáng sớm.",
        "body": "Bà con mang na ra chợ. " * 9,
        "captions": ["Một góc chợ.", "Na dai.", "ảnh"],
        "signature": ["Hoàng Vương"],
    }
    text = f"{truth['sapo']}\nMột góc chợ.\n{truth['body']}"
    marks = score(truth, {"title": "Chợ  phiên", "text": text, "date": "2026-05-05"})
    assert marks == {
        "first 80": 1,
        "last 80": 1,
        "sapo kept": 1,
        "caption leak": 1 / 2,  # the third caption is too short to be looked for
        "signature leak": 0,
        "title": 1,
        "date": 0,
    }
    assert "date" not in score(truth, {"text": text})  # the reader reads no dates
    assert score(truth, {"error": "ValueError: no"})["date"] == 0


def test_f1_is_that_of_the_means() -> None:
    means = summary([{"precision": 1.0, "recall": 0.5}, {"recall": 0.0}])
    assert means == {"precision": 1, "recall": 0.25, "F1": 0.4}


def test_a_page_is_decoded_and_varied() -> None:
    html = '<html xmlns="x" lang="vi-VN" class="a"><p>ạ</p>'
    assert decode(html.encode()) == decode(b"\xef\xbb\xbf" + html.encode()) == html
    assert decode(b'<meta charset="windows-1252"><p>\xe0</p>').endswith("<p>à</p>")
    assert VARIANTS["nolang"](html) == '<html xmlns="x" class="a"><p>ạ</p>'
    assert VARIANTS["nfd"](html) == unicodedata.normalize("NFD", html)


def corpus(folder: Path, keys: list[str]) -> Path:
    """A set of stored pages of ours, as the sets of third parties are laid out."""
    pages = folder / "vn_hand_dev" / "pages"
    pages.mkdir(parents=True)
    truths = []
    for key in keys:
        page = sorted((PAGES / key).glob("*.html"))[0]
        answer = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
        article = answer["article"]
        lines = [line if isinstance(line, str) else line["subhead"] for line in article["body"]]
        apart = [] if article.get("lead_in_body") else [article["lead"]]
        lines = [line for line in [*apart, *lines] if line]
        if mark := article.get("dateline"):
            lines[0] = f"{mark} - {lines[0]}"
        truth = {"id": key, "url": answer["url"], "title": article["title"]}
        truths.append({**truth, "text": "\n".join(lines), "date": article["published"][:10]})
        (pages / f"{key}.html.gz").write_bytes(gzip.compress(page.read_bytes()))
    text = "\n".join(json.dumps(truth, ensure_ascii=False) for truth in truths)
    (folder / "vn_hand_dev" / "truth.jsonl").write_text(text, encoding="utf-8")
    return folder


def test_our_layouts_read_the_stored_pages_of_ours(tmp_path: Path) -> None:
    keys = ["baoangiang", "baolangson", "baothainguyen", "hanoimoi", "baoquangngai"]
    tables = list(comparison.report(corpus(tmp_path, keys), ["vn_hand_dev"], ["ours"]))
    assert len(tables) == 3  # as served, without lang, in NFD
    for table in tables:
        assert ": 5 pages" in table
        row = re.search(r"^\| ours \| (.+) \|$", table, re.MULTILINE)
        assert row is not None
        marks = row[1].split(" | ")
        assert marks[:4] == ["1.000"] * 4, table  # F1, precision, recall, exact
        assert marks[4:6] == ["1.000", "1.000"], table  # title, date
        assert marks[6] == "0"  # failed
