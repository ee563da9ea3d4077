"""Session numbers, calendars and growing paths: one article stays one, and a walk stays finite."""

from __future__ import annotations

from datetime import date

import pytest

from baolangson_crawler.urls import absolute, canonical, is_growing, is_trap, without_session

TODAY = date(2026, 7, 21)
ONE = "https://paper.vn/tin/bai-12.html"


@pytest.mark.parametrize(
    "url",
    [
        "https://paper.vn/tin/bai-12.html;jsessionid=0A1B2C3D4E5F.node1",
        "https://paper.vn/tin/bai-12.html?PHPSESSID=3vq0k2ng1u8m7d5c4b3a2f1e0d",
        "https://paper.vn/tin/bai-12.html?sid=9f86d081884c7d659a2feaa0c55ad015",
        "https://paper.vn/(S(lit3py55t21z5v55vlm25s55))/tin/bai-12.html",
        "https://paper.vn/(A(abc123)S(lit3py55t21z5v55vlm25s55))/tin/bai-12.html",
        "https://paper.vn/tin/bai-12.html?CFID=1234&CFTOKEN=5678",
        "https://paper.vn/tin/bai-12.html?ASPSESSIONIDQQRTABCD=KJHGFDSA",
    ],
)
def test_a_session_makes_no_second_address(url: str) -> None:
    assert without_session(url) == canonical(url) == ONE
    assert absolute("https://paper.vn/", url) == ONE


@pytest.mark.parametrize(
    "url",
    [
        "https://paper.vn/list?sid=7",
        "https://paper.vn/list?s=thoi-su",
        "https://paper.vn/list?id=12&sid=12345678901234567890",
        "https://paper.vn/tin/bai-(S)-12.html",
        "https://paper.vn/list?a=&b=1&&c=%2F",
        "https://paper.vn/tim?s=",
    ],
)
def test_what_is_no_session_stays(url: str) -> None:
    assert without_session(url) == url


@pytest.mark.parametrize(
    ("path", "grows"),
    [
        ("/a/b/a/b/a/b/", True),
        ("/tin/tin/tin/bai-1.html", True),
        ("/x/tin/tin/tin", True),
        ("/a/b/c/a/b/c/a/b/c/bai-1.html", True),
        ("/tin-tuc/tin-tuc/bai-1.html", False),
        ("/a/b/a/b/bai-1.html", False),
        ("/2026/07/07/bai-1.html", False),
        ("/a/b/a/c/a/d/", False),
        ("/", False),
    ],
)
def test_a_path_that_repeats_itself_grows(path: str, grows: bool) -> None:
    assert is_growing("https://paper.vn" + path) is grows
    assert is_trap("https://paper.vn" + path, TODAY) is grows


@pytest.mark.parametrize(
    ("query", "trap"),
    [
        ("date=2026-07-21", False),
        ("date=2026-07-22", True),
        ("date=20270101", True),
        ("month=2026-08", True),
        ("month=2026-07", False),
        ("ngay=1994-12-31", True),
        ("ngay=2005-01-31", False),
        ("date=newest", False),
        ("page=20270101", False),
    ],
)
def test_a_calendar_ends_with_today(query: str, trap: bool) -> None:
    assert is_trap(f"https://paper.vn/list?{query}", TODAY) is trap
