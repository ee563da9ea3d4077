"""What holds of every date line, whatever stands on it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random
from time import perf_counter

import pytest
from date_lines import (
    CLOCK_SPELLINGS,
    DAY_SPELLINGS,
    WEEKDAY_WORDS,
    DateLine,
    american_line,
    clean_line,
    contradicted_line,
    line_of_another_matter,
    line_of_two,
    line_with_part_apart,
    line_with_two_parts,
    machine_line,
    no_date,
    relative_line,
    sentence,
    short_year_line,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from baolangson_crawler.dating import VIETNAM, Reading, date, read_address, read_date
from baolangson_crawler.items import Article, PrintedDate

FETCHED = datetime(2026, 5, 28, 3, 30, 20, tzinfo=UTC)
BELIEVED = 0.5
"""A reading above this is one that a user may take without looking."""


def fault(line: DateLine, reading: Reading | None) -> str | None:
    """What a reading does wrong, if it does."""
    believed = reading is not None and reading.confidence > BELIEVED
    if line.demand == "silent":
        return "believed" if believed else None
    right = reading is not None and (reading.at, reading.precision) == (line.at, line.precision)
    if line.demand == "doubt":
        return "wrong" if believed and not right else None
    return None if believed and right else "unread" if reading is None else "wrong"


def relative_line_of_fetch(rng: Random) -> DateLine:
    return relative_line(rng, FETCHED)


KINDS: list[tuple[Callable[[Random], DateLine], int]] = [
    (clean_line, 40_000),
    (line_with_part_apart, 6_000),
    (line_with_two_parts, 2_000),
    (line_of_another_matter, 2_000),
    (machine_line, 10_000),
    (line_of_two, 5_000),
    (relative_line_of_fetch, 5_000),
    (contradicted_line, 6_000),
    (short_year_line, 6_000),
    (american_line, 6_000),
    (sentence, 6_000),
    (no_date, 6_000),
]
"""Each kind of line and how many are drawn: 100,000 together."""


@pytest.mark.slow
def test_none_of_a_hundred_thousand_lines_is_wrong_in_silence() -> None:
    rng = Random(20200721)
    faults: Counter[str] = Counter()
    examples = []
    for draw, count in KINDS:
        for _ in range(count):
            line = draw(rng)
            reading = read_date(line.raw, FETCHED)
            if found := fault(line, reading):
                faults[f"{draw.__name__}: {found}"] += 1
                examples.append((found, line, reading))
    assert not faults, (faults, examples[:20])


def first_of(month: int, weekday: int) -> datetime:
    """The first day of a month of 2026 on a weekday."""
    first = datetime(2026, month, 1, 8, 54, 7, tzinfo=VIETNAM)
    return first + timedelta(days=(weekday - first.weekday()) % 7)


@pytest.mark.parametrize("month", range(1, 13))
def test_every_form_in_every_month_and_on_every_weekday(month: int) -> None:
    wrong = []
    for weekday in range(7):
        at = first_of(month, weekday)
        for spell, clock in product(DAY_SPELLINGS, CLOCK_SPELLINGS):
            day = spell(at)
            lines = [f"{day} {clock(at)}", f"{clock(at)}, {day}", f"Cập nhật: {day} | {clock(at)}"]
            lines += [f"{word}, {day} - {clock(at)} (GMT+7)" for word in WEEKDAY_WORDS[weekday]]
            for raw in lines:
                reading = read_date(raw)
                seconds = 7 if clock(at).count(":") == 2 else 0
                stated = at.replace(second=seconds)
                if reading is None or (reading.at, reading.confidence) != (stated, 1.0):
                    wrong.append((raw, reading))
    assert wrong == []


def test_generator_draws_what_it_says() -> None:
    """Drawn again the lines are the same, and all demands occur among them."""
    assert sum(count for _, count in KINDS) >= 100_000
    for draw, _ in KINDS:
        one, again = (draw(Random(7)) for _ in range(2))
        assert one == again
    rng = Random(1)
    lines = [draw(rng) for draw, count in KINDS for _ in range(count // 50)]
    demands = Counter(line.demand for line in lines)
    assert min(demands[demand] for demand in ("read", "doubt", "silent")) > 20
    assert len({line.raw for line in lines}) > 0.9 * len(lines)


PIECES = [
    "21", "07", "2020", "1", "31", "99", "08:54", "8h", "giờ", "phút", "tháng", "năm", "ngày",
    "Bảy", "Mười", "Thứ", "CN", "GMT", "+7", "-0500", "-", "/", ".", ",", "trước", "hôm", "qua",
    "SA", "CH", "AM", "T", "Z", "&#x2B;", "Th7", "May", "\x00", "\ud800", "一", "rưỡi", "hai mươi",
    "(+", ")", "lượt xem", "Cập nhật", "999999999", "kìa", "ago",
]  # fmt: skip
anything = st.one_of(
    st.text(max_size=80),
    st.builds(
        lambda pieces, join: join.join(pieces),
        st.lists(st.sampled_from(PIECES), max_size=12),
        st.sampled_from(["", " "]),
    ),
)
moments = st.datetimes(datetime(1991, 1, 1), datetime(2050, 1, 1), timezones=st.just(UTC))
often = settings(max_examples=500, derandomize=True, database=None, deadline=None)


@often
@given(anything, moments)
def test_any_text_is_read_or_not_but_never_breaks(raw: str, fetched_at: datetime) -> None:
    for reading in (read_date(raw, fetched_at), read_date(raw), read_address(raw)):
        if reading is not None:
            assert reading.at.tzinfo is not None
            assert 0 < reading.confidence <= 1
            assert 1900 <= reading.at.year <= 2099


@often
@given(anything)
def test_spelling_of_the_characters_makes_no_difference(raw: str) -> None:
    composed = read_date(unicodedata.normalize("NFC", raw), FETCHED)
    assert read_date(unicodedata.normalize("NFD", raw), FETCHED) == composed


printed_dates = st.lists(
    st.builds(
        PrintedDate,
        raw=st.one_of(
            anything,
            st.builds(lambda seed: clean_line(Random(seed)).raw, st.integers(0, 10_000)),
            st.datetimes(datetime(1985, 1, 1), datetime(2055, 1, 1)).map(datetime.isoformat),
            st.dates().map(lambda day: day.strftime("%Y%m%d")),
        ),
        source=st.sampled_from(["visible", "time", "meta", "json-ld", "url"]),
        role=st.sampled_from(["published", "modified"]),
    ),
    max_size=5,
).map(tuple)


@often
@given(printed_dates, moments)
def test_a_moment_lies_between_the_first_paper_and_the_fetch(
    dates: tuple[PrintedDate, ...], fetched_at: datetime
) -> None:
    address = "https://baocantho.com.vn/x-a196670.html"
    article = Article(
        url=address, canonical_url=address, site="baocantho", title="x", layout="fck",
        printed_dates=dates,
    )  # fmt: skip
    dated = date(article, fetched_at)
    assert date(dated, fetched_at) == dated
    for moment in (dated.published, dated.modified):
        if moment and moment.at:
            assert datetime(1990, 1, 1, tzinfo=VIETNAM) <= moment.at
            assert moment.at <= fetched_at + timedelta(minutes=15)
            assert moment.at.utcoffset() == timedelta(hours=7)
            assert 0 < moment.confidence <= 1
            assert moment.raw in [printed.raw for printed in dates]
    if dated.published and dated.published.at and dated.modified and dated.modified.at:
        assert dated.modified.at > dated.published.at
    if not any(printed.role == "published" for printed in dates):
        assert dated.published is None


@pytest.mark.parametrize(
    "piece",
    [
        "21,",
        "1:",
        "8h ",
        "21 tháng ",
        "hai mươi ",
        "thứ 2 ",
        "1 giờ ",
        "- ",
        "chiều ",
        "1:10 CH, ",
        "Hạn ",
    ],
)
def test_no_repetition_is_slow(piece: str) -> None:
    line = (piece * 300)[:299]
    start = perf_counter()
    read_date(line)
    assert perf_counter() - start < 0.5  # a third of a millisecond; backtracking takes minutes
