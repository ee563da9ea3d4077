from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import FrozenInstanceError
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baolangson_crawler.dating import VIETNAM, Reading, date, read_date
from baolangson_crawler.items import Article, Moment, PrintedDate

FETCHED = datetime(2026, 5, 28, 3, 30, 20, tzinfo=UTC)  # a Thursday, 10:30:20 in Vietnam


def read(raw: str, fetched_at: datetime | None = None) -> Reading:
    reading = read_date(raw, fetched_at)
    assert reading is not None, raw
    return reading


# --- Forms that pages print: 21 July 2020, 08:54, a Tuesday ---

MINUTE_FORMS = [
    "21-07-2020 08:54",
    "21/07/2020 - 08:54",
    "21/07/2020 – 08:54",
    "21/7/2020 8:54",
    "21.07.2020 08:54",
    "21 / 07 / 2020 08:54",
    "21-07-2020-08:54",
    "08:54-21-07-2020",
    "08:54 | 21/07/2020",
    "08:54, 21/07/2020",
    "08:54 21/07/2020",
    "Thứ Ba, 21/07/2020, 08:54 (GMT+7)",
    "Thứ Ba, 21/07/2020, 08:54 [GMT+7]",
    "Thứ Ba,21/07/2020,08:54(GMT+7)",
    "Thứ Ba 21/07/2020 08:54",
    "Thứ 3, 21/07/2020 | 08:54",
    "Thứ Ba, 21/7/2020, 08:54 (GMT +7)",
    "Thứ Ba, 21/7/2020, 08:54 (GMT+07:00)",
    "Thứ Ba, 21/7/2020, 08:54 (UTC+7)",
    "GMT+7 08:54 21/07/2020",
    "08:54 GMT+7-21/07/2020",
    "Ngày 21 tháng 07 năm 2020, 08:54",
    "21 Tháng Bảy, 2020 08:54",
    "Cập nhật lúc: 08:54 21/07/2020",
    "Đăng lúc 8 giờ 54 phút, ngày 21/07/2020",
    "Đăng lúc 8 giờ 54, ngày 21 tháng 7 năm 2020",
    "08h54 ngày 21/7/2020",
    "08h54-21-07-2020",
    "8h54' 21/07/2020",
    "8h54’ 21/07/2020",
    "08g54 ngày 21.7.2020",
    "08:54' 21/07/2020",
    "21/07/2020 8:54 AM",
    "21/07/2020 8:54 a.m.",
    "21/07/2020 8:54 SA",
    "8h54 sáng 21/7/2020",
    "2020/07/21 08:54",
    "2020-07-21 08:54",
    "2020-07-21T08:54+07:00",
    "Tuesday, 21/07/2020, 08:54 GMT+7",
    "Tue, 21 Jul 2020 08:54 +0700",
    "July 21, 2020 8:54 am",
    "202007210854",
    "Thứ Ba, 21/07/2020, 08:54 (giờ Việt Nam)",
    "Ngày đăng: 21/07/2020 08:54 - Tác giả: Hoàng Phong",
    "  •  21/07/2020  •  08:54  ",
]
SECOND_FORMS = [
    "21/07/2020 8:54:00 SA",
    "21/07/2020 08:54:00",
    "08:54:00 21/07/2020",
    "08:54:00,21/07/2020",
    "8 giờ 54 phút 00 giây ngày 21/07/2020",
    "Thứ 3, 21/07/2020 08:54:00 GMT+7",
    "Tue, 21 Jul 2020 08:54:00 GMT+7",
    "Tue, 21 Jul 2020 08:54:00 +0700",
    "Tue, 21 Jul 2020 01:54:00 GMT",
    "Tuesday, 21-Jul-20 01:54:00 GMT",
    "Tue Jul 21 2020 08:54:00 GMT+0700 (Indochina Time)",
    "21.Jul.2020 08:54:00",
    "2020-07-21T08:54:00+0700",
    "2020-07-21T08:54:00+07:00",
    "2020-07-21T08:54:00+07",
    "2020-07-21T08:54:00&#x2B;07:00",
    "2020-07-21T08:54:00.123+07:00",
    "2020-07-21T08:54:00.1234567",
    "2020-07-21T08:54:00",
    "2020-07-21T01:54:00Z",
    "2020-07-21T09:54:00+08:00",
    "2020-07-20T20:54:00-05:00",
    "2020-07-21 08:54:00",
    "2020-07-21 08:54:00 +0700",
    "2020-07-21 01:54:00 UTC",
    "20200721T085400+0700",
    "20200721T015400Z",
    "20200721085400",
    "20200721085400123",
    "188200721085400123",
]
DAY_FORMS = [
    "21/07/2020",
    "• 21/07/2020",
    "T3, 21/07/2020",
    "Thứ ba, ngày 21 tháng 7 năm 2020",
    "Lạng Sơn, ngày 21 tháng 7 năm 2020",
    "21 tháng 7, 2020",
    "21tháng7năm2020",
    "Ngày 21, tháng 7, năm 2020",
    "tháng 7 ngày 21 năm 2020",
    "21 Tháng Bảy, 2020",
    "Tháng Bảy 21, 2020",
    "21 Th7, 2020",
    "21 thg 7, 2020",
    "Ngày đăng: 21/07/2020",
    "ngay 21 thang 7 nam 2020",
    "2020-07-21",
    "2020/7/21",
    "20200721",
    "21st July 2020",
    "Jul 21, 2020",
    "https://baodanang.vn/2020/07/21/",
    "２１/０７/２０２０",
]
AT = datetime(2020, 7, 21, 8, 54, tzinfo=VIETNAM)


@pytest.mark.parametrize("raw", MINUTE_FORMS)
def test_forms_with_a_minute(raw: str) -> None:
    reading = read(raw)
    assert (reading.at, reading.precision) == (AT, "minute")


@pytest.mark.parametrize("raw", SECOND_FORMS)
def test_forms_with_a_second(raw: str) -> None:
    reading = read(raw)
    assert (reading.at, reading.precision) == (AT, "second")


@pytest.mark.parametrize("raw", DAY_FORMS)
def test_forms_with_a_day(raw: str) -> None:
    reading = read(raw)
    assert (reading.at, reading.precision) == (AT.replace(hour=0, minute=0), "day")


@pytest.mark.parametrize("raw", MINUTE_FORMS + SECOND_FORMS + DAY_FORMS)
def test_spelling_makes_no_difference(raw: str) -> None:
    expected = read_date(raw)
    for variant in (
        unicodedata.normalize("NFD", raw),
        raw.upper() if "&" not in raw else raw,
        raw.lower(),
        raw.replace(" ", "\u00a0"),
        f"\u200b\n\t{raw}\n",
    ):
        assert read_date(variant) == expected, repr(variant)


@pytest.mark.parametrize(
    "raw", ["Mon, 04 May 2026 12:05:08 GMT+7", "Thứ 2, 04/05/2026 12:05:08 GMT+7"]
)
def test_gmt_plus_seven_is_east(raw: str) -> None:
    reading = read(raw)
    assert reading.at == datetime(2026, 5, 4, 5, 5, 8, tzinfo=UTC)
    assert reading.at.utcoffset() == timedelta(hours=7)


def test_stated_offset_is_kept() -> None:
    assert read("2020-07-21T01:54:00Z").at.utcoffset() == timedelta(0)
    assert read("2020-07-21T09:54:00+08:00").at.utcoffset() == timedelta(hours=8)
    assert read("21/07/2020 08:54").at.tzinfo is VIETNAM


def test_reading_is_a_frozen_record() -> None:
    reading = read("21/07/2020 08:54")
    assert reading == Reading(at=AT, precision="minute", rule="day-month-year", confidence=1.0)
    with pytest.raises(FrozenInstanceError):
        reading.rule = "x"  # type: ignore[misc]


# --- Every day, month and weekday ---

MONTH_WORDS = [
    ("Một", "Giêng"), ("Hai",), ("Ba",), ("Tư",), ("Năm",), ("Sáu",), ("Bảy", "Bẩy"), ("Tám",),
    ("Chín",), ("Mười",), ("Mười Một",), ("Mười Hai", "Chạp"),
]  # fmt: skip
ENGLISH_MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
]  # fmt: skip
WEEKDAY_WORDS = [
    ("Thứ Hai", "Thứ 2", "T2", "Monday", "Mon"),
    ("Thứ Ba", "Thứ 3", "T3", "Tuesday", "Tue"),
    ("Thứ Tư", "Thứ 4", "T4", "Wednesday", "Wed"),
    ("Thứ Năm", "Thứ 5", "T5", "Thursday", "Thu"),
    ("Thứ Sáu", "Thứ 6", "T6", "Friday", "Fri"),
    ("Thứ Bảy", "Thứ 7", "T7", "Saturday", "Sat", "Thứ Bẩy"),
    ("Chủ Nhật", "Chúa nhật", "CN", "Sunday", "Sun", "C.N"),
]


def days_of_2020() -> Iterator[datetime]:
    for number in range(366):
        yield datetime(2020, 1, 1, tzinfo=VIETNAM) + timedelta(days=number)


def test_every_day_of_a_leap_year_in_every_form() -> None:
    for day in days_of_2020():
        d, m, y = day.day, day.month, day.year
        english = ENGLISH_MONTHS[m - 1]
        forms = [f"{d}{sep}{m}{sep}{y}" for sep in "/-."]
        forms += [f"{d:02}{sep}{m:02}{sep}{y}" for sep in "/-."]
        forms += [f"{y}-{m:02}-{d:02}", f"ngày {d} tháng {m} năm {y}", f"{d} Th{m}, {y}"]
        forms += [f"{d} {english} {y}", f"{english} {d}, {y}", f"{d} {english[:3]} {y}"]
        for word in MONTH_WORDS[m - 1]:
            forms += [f"{d} Tháng {word}, {y}", f"Tháng {word} {d}, {y}"]
            forms += [f"Ngày {d} tháng {word.lower()} năm {y}", f"{d} tháng {word} {y}"]
        for raw in forms:
            reading = read(raw)
            assert (reading.at, reading.precision, reading.confidence) == (day, "day", 1.0), raw


@pytest.mark.parametrize("number", range(7))
def test_every_spelling_of_a_weekday(number: int) -> None:
    right = datetime(2020, 7, 20, tzinfo=VIETNAM) + timedelta(days=number)
    wrong = right + timedelta(days=1)
    for word in WEEKDAY_WORDS[number]:
        for form in ("{word}, {day:%d/%m/%Y}", "{word} {day:%d/%m/%Y}", "{word}, {day:%d %b %Y}"):
            agreed = read(form.format(word=word, day=right))
            assert (agreed.at, agreed.confidence) == (right, 1.0)
            contradicted = read(form.format(word=word, day=wrong))
            assert (contradicted.at, contradicted.confidence) == (wrong, 0.5)


def test_thursday_the_fourth_in_english() -> None:
    reading = read("Thu 4 Jun 2026")
    assert (reading.at, reading.confidence) == (datetime(2026, 6, 4, tzinfo=VIETNAM), 1.0)


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("Thứ Năm 28/05/2009 07:31", (2009, 5, 28)),  # dateparser: 8 May
        ("6 Tháng Sáu, 2012", (2012, 6, 6)),
        ("Tháng Năm 26, 2004", (2004, 5, 26)),
        ("21 tháng năm năm 2020", (2020, 5, 21)),
        ("8 giờ 21 tháng 7 năm 2020", (2020, 7, 21)),
        ("8h 21/07/2020", (2020, 7, 21)),
        ("10/11/2012", (2012, 11, 10)),
        ("21/07/95", (1995, 7, 21)),
        ("21/07/26", (2026, 7, 21)),
        ("05/06/07", (2007, 6, 5)),
    ],
)
def test_days_that_invite_a_wrong_reading(raw: str, day: tuple[int, int, int]) -> None:
    at = read(raw).at
    assert (at.year, at.month, at.day) == day


@pytest.mark.parametrize(
    ("clock", "hour"),
    [
        ("8:30 SA", 8), ("8:30 CH", 20), ("8:30 AM", 8), ("8:30 PM", 20), ("8:30 p.m.", 20),
        ("12:30 SA", 0), ("12:30 AM", 0), ("12:30 CH", 12), ("12:30 PM", 12), ("20:30 CH", 20),
        ("0:30 SA", 0), ("8h30 sáng", 8), ("11h30 trưa", 11), ("1h30 trưa", 13),
        ("3h30 chiều", 15), ("8h30 tối", 20), ("11h30 đêm", 23), ("2h30 đêm", 2),
    ],
)  # fmt: skip
def test_parts_of_the_day(clock: str, hour: int) -> None:
    for raw in (f"{clock} 21/07/2020", f"21/07/2020 {clock}", f"21/07/2020 - {clock.upper()}"):
        reading = read(raw)
        assert (reading.at.hour, reading.at.minute, reading.confidence) == (hour, 30, 1.0), raw


@pytest.mark.parametrize("raw", ["20:30 SA 21/07/2020", "0:30 CH 21/07/2020", "12h đêm 21/07/2020"])
def test_contradictory_parts_of_the_day_cost_confidence(raw: str) -> None:
    assert read(raw).confidence == 0.5


# --- What is not read, or read with doubt ---


@pytest.mark.parametrize(
    "raw",
    [
        "31/02/2020", "29/02/2019", "31/04/2020", "32/01/2020", "00/07/2020", "21/00/2020",
        "21/13/2020", "13/13/2020", "31 tháng 2 năm 2020", "21 tháng 13 năm 2020",
        "Tháng Hai 30, 2020", "30 Feb 2020", "2020-02-30", "2020-13-21", "2020-02-30T08:54:00Z",
        "21/07/2020 25:00", "21/07/2020 24:00", "25h00 21/07/2020", "21/07/2020 08:60",
        "21/07/2020 08:54:60", "2020-07-21T24:00:00", "2020-07-21T08:54:00+25:00",
        "21/07/2020 08:54 GMT+19", "202013", "20200230", "20200721256100", "13/2020",
        "01/01/0001 00:00:00", "21/07/1820", "31/02/2020 | 21/07/2020",
    ],
)  # fmt: skip
def test_impossible_dates_are_not_rolled_over(raw: str) -> None:
    assert read_date(raw, FETCHED) is None


@pytest.mark.parametrize(
    "raw",
    [
        "", " ", "Lạng Sơn", "08:54", "Thứ Ba", "21/07", "21 tháng 7", "2020", "năm 2020",
        "1574231937", "Số 15/2020/NĐ-CP", "7.500.000", "0205.3812.345", "121/07/2020",
        "{publish}", "1.000 lượt xem",
        "17 phút đọc", "2 giờ trước", "Hôm qua, 08:54", "12 năm 2019 (GMT+7)", "x" * 301,
        "21/07/2020" + " " * 300,
    ],
)  # fmt: skip
def test_no_date(raw: str) -> None:
    assert read_date(raw) is None


@pytest.mark.parametrize(
    ("raw", "day", "confidence"),
    [
        ("7/26/2026", (2026, 7, 26), 0.4),  # month first: nothing else is possible
        ("7/12/2026", (2026, 12, 7), 1.0),
        ("21/07/20", (2020, 7, 21), 0.8),
        ("Đăng: 21/07/2020 08:54 | Cập nhật: 22/07/2020 10:00", (2020, 7, 21), 0.5),
        ("01/07/2020 - 05/07/2020", (2020, 7, 1), 0.3),
        ("Từ 01/07/2020 đến ngày 05/07/2020. Đăng 28/06/2020", (2020, 6, 28), 0.5),
        ("21/07/2020 08:54 - 09:30", (2020, 7, 21), 0.5),
        ("21/07/2020 | 1234 lượt xem", (2020, 7, 21), 0.6),
        ("21/07/2020 08:54 EST", (2020, 7, 21), 0.5),
        ("21/07/2020 - 21/07/2020", (2020, 7, 21), 1.0),
    ],
)
def test_doubt_lowers_confidence(raw: str, day: tuple[int, int, int], confidence: float) -> None:
    reading = read(raw)
    assert (reading.at.year, reading.at.month, reading.at.day) == day
    assert reading.confidence == confidence


def test_time_goes_with_its_own_day() -> None:
    assert read("21/07/2020 08:54 | 22/07/2020 10:00").at == AT
    assert read("08:54 21/07/2020 | 10:00 22/07/2020").at == AT
    assert read("21/07/2020 | 22/07/2020 10:00").precision == "day"
    assert read("21/07/2020 (21/07/2020 08:54)").at == AT


def test_months_are_months() -> None:
    for raw in ("07/2020", "tháng 7/2020", "Tháng Bảy năm 2020", "2020-07", "202007", "/2020/07/"):
        reading = read(raw)
        assert (reading.at, reading.precision) == (datetime(2020, 7, 1, tzinfo=VIETNAM), "month")
        assert reading.confidence <= 0.7


# --- Relative dates ---


def vietnam(*parts: int) -> datetime:
    year, month, day, *clock = parts
    return datetime(year, month, day, *clock, tzinfo=VIETNAM)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("raw", "at", "precision"),
    [
        ("15 phút trước", vietnam(2026, 5, 28, 10, 15), "minute"),
        ("30 giây trước", vietnam(2026, 5, 28, 10, 29), "minute"),
        ("2 giờ trước", vietnam(2026, 5, 28, 8), "day"),
        ("2 tiếng trước", vietnam(2026, 5, 28, 8), "day"),
        ("một giờ trước", vietnam(2026, 5, 28, 9), "day"),
        ("nửa giờ trước", vietnam(2026, 5, 28, 10), "minute"),
        ("2 giờ 15 phút trước", vietnam(2026, 5, 28, 8, 15), "minute"),
        ("Cách đây 2 giờ", vietnam(2026, 5, 28, 8), "day"),
        ("3 ngày trước", vietnam(2026, 5, 25), "day"),
        ("1 tuần trước", vietnam(2026, 5, 21), "month"),
        ("6 tháng trước", vietnam(2025, 11, 1), "month"),
        ("2 năm trước", vietnam(2024, 1, 1), "year"),
        ("Hôm qua, 08:54", vietnam(2026, 5, 27, 8, 54), "minute"),
        ("08:54 hôm qua", vietnam(2026, 5, 27, 8, 54), "minute"),
        ("Hôm nay 08:54", vietnam(2026, 5, 28, 8, 54), "minute"),
        ("Hôm nay", vietnam(2026, 5, 28), "day"),
        ("Hôm kia", vietnam(2026, 5, 26), "day"),
        ("Hôm kìa", vietnam(2026, 5, 25), "day"),
        ("Sáng nay, 8:54", vietnam(2026, 5, 28, 8, 54), "minute"),
        ("Tối qua 8h54", vietnam(2026, 5, 27, 20, 54), "minute"),
        ("Vừa xong", vietnam(2026, 5, 28, 10, 30), "minute"),
    ],
)
def test_relative_dates(raw: str, at: datetime, precision: str) -> None:
    for variant in (raw, raw.upper(), unicodedata.normalize("NFD", raw)):
        reading = read(variant, FETCHED)
        assert (reading.at, reading.precision) == (at, precision), variant
        assert reading.confidence <= 0.8
        assert read_date(variant) is None, "without the moment of the fetch"


@pytest.mark.parametrize(
    "raw",
    ["1.5 giờ trước", "30-60 phút trước", "hai mươi ba phút trước", "2 ngày 3 giờ trước",
     "Hôm qua, 25:00", "vài giờ trước"],
)  # fmt: skip
def test_relative_dates_that_are_refused(raw: str) -> None:
    assert read_date(raw, FETCHED) is None


def test_relative_day_is_the_day_in_vietnam() -> None:
    late = datetime(2026, 5, 27, 18, 0, tzinfo=UTC)  # 01:00 on the 28th
    assert read("Hôm qua, 08:54", late).at == vietnam(2026, 5, 27, 8, 54)


def test_fetch_without_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="no offset"):
        read_date("Hôm qua", datetime(2026, 5, 28))


# --- The way out to dateparser ---


@pytest.mark.parametrize(
    "raw",
    [
        "năm 2020, ngày 21 tháng 7",
        "21 07 2020",
        "2020, 21 tháng Bảy",
        "2020 • 07 • 21",
        "năm 2020, ngày 21 tháng Bảy",
    ],
)
def test_rare_forms_are_read_by_dateparser(raw: str) -> None:
    reading = read(raw)
    assert (reading.at, reading.rule) == (vietnam(2020, 7, 21), "dateparser")
    assert reading.confidence == 0.5


@pytest.mark.parametrize(
    "raw",
    [
        "07 21 2020",
        "Thứ Năm 28 2009",
        "21 2020",
        "2020, 31 tháng 2",
        "năm 2020 ngày 21 và 22 tháng Bảy",
    ],
)
def test_dateparser_may_not_guess(raw: str) -> None:
    assert read_date(raw) is None


def test_dateparser_is_imported_only_when_needed() -> None:
    script = (
        "import sys; from baolangson_crawler.dating import read_date\n"
        "assert read_date('Thứ Ba, 21/07/2020, 08:54') and read_date('31/02/2020') is None\n"
        "assert 'dateparser' not in sys.modules\n"
        "assert read_date('21 07 2020') and 'dateparser' in sys.modules\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", script], check=True, env=environment)


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Ho_Chi_Minh", "Etc/GMT+7"])
def test_the_machine_s_time_zone_makes_no_difference(
    zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    strings = [*MINUTE_FORMS, *DAY_FORMS, "21 07 2020 08:54", "Hôm qua, 08:54", "2 giờ trước"]
    expected = [read_date(raw, FETCHED) for raw in strings]
    with monkeypatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()
        try:
            assert [read_date(raw, FETCHED) for raw in strings] == expected
        finally:
            patch.undo()
            time.tzset()


# --- Many strings, none wrong in silence ---

DAY_SPELLINGS: list[Callable[[datetime], str]] = [
    lambda at: f"{at:%d/%m/%Y}",
    lambda at: f"{at:%d-%m-%Y}",
    lambda at: f"{at:%d.%m.%Y}",
    lambda at: f"{at.day}/{at.month}/{at.year}",
    lambda at: f"{at.day}-{at.month}-{at.year}",
    lambda at: f"{at:%Y-%m-%d}",
    lambda at: f"{at:%Y/%m/%d}",
    lambda at: f"ngày {at:%d/%m/%Y}",
    lambda at: f"ngày {at.day} tháng {at.month} năm {at.year}",
    lambda at: f"{at:%d} tháng {at:%m}, {at.year}",
    lambda at: f"{at.day} Tháng {MONTH_WORDS[at.month - 1][-1]}, {at.year}",
    lambda at: f"Tháng {MONTH_WORDS[at.month - 1][0]} {at.day}, {at.year}",
    lambda at: f"{at.day} Th{at.month}, {at.year}",
    lambda at: f"{at.day} {ENGLISH_MONTHS[at.month - 1][:3]} {at.year}",
    lambda at: f"{ENGLISH_MONTHS[at.month - 1]} {at.day}, {at.year}",
]
CLOCK_SPELLINGS: list[Callable[[datetime], str]] = [
    lambda at: f"{at:%H:%M}",
    lambda at: f"{at.hour}:{at:%M}",
    lambda at: f"{at:%H:%M:%S}",
    lambda at: f"{at:%H}h{at:%M}",
    lambda at: f"{at.hour}h{at:%M}'",
    lambda at: f"{at:%H}g{at:%M}",
    lambda at: f"{at.hour} giờ {at.minute} phút",
    lambda at: f"{at.hour % 12 or 12}:{at:%M} {'SA' if at.hour < 12 else 'CH'}",
    lambda at: f"{at.hour % 12 or 12}:{at:%M:%S} {'AM' if at.hour < 12 else 'PM'}",
]
JOINS = [" ", ", ", " - ", " | ", " – ", "  ", " • ", "\n", ",\u00a0", " \u200b"]
ZONES = {
    "": 7, " (GMT+7)": 7, " [GMT+7]": 7, " GMT+7": 7, " (GMT +7)": 7, " GMT+07:00": 7,
    " (UTC+7)": 7, " GMT+0700": 7, " GMT": 0, " GMT+8": 8, " (GMT-5)": -5,
}  # fmt: skip
LABELS = [
    "", "Ngày đăng: ", "Cập nhật lúc: ", "Đăng lúc ", "Cập nhật: ", "Thời gian: ", "Lạng Sơn, ",
    "Xuất bản: ", "Báo Cần Thơ - ", "Tin, ảnh: P.Y | ", "Posted on ", "(LSO) ", "Sa Pa, ",
]  # fmt: skip


def draw(rng: random.Random) -> tuple[str, datetime, str]:
    """A random spelling of a random moment, the moment, and its precision."""
    seconds = rng.randrange(32 * 365 * 86_400)
    at = datetime(1995, 1, 1, tzinfo=VIETNAM) + timedelta(seconds=seconds)
    day = rng.choice(DAY_SPELLINGS)(at)
    if rng.random() < 0.5:
        day = rng.choice(WEEKDAY_WORDS[at.weekday()]) + rng.choice([", ", " - ", " "]) + day
    clock = rng.choice(CLOCK_SPELLINGS)(at) if rng.random() < 0.8 else ""
    zone = rng.choice(list(ZONES)) if clock else ""
    parts = [day, clock] if rng.random() < 0.6 else [clock, day]
    raw = rng.choice(LABELS) + rng.choice(JOINS).join(filter(None, parts)) + zone
    at = at.replace(tzinfo=timezone(timedelta(hours=ZONES[zone])))
    if not clock:
        return disturb(raw, rng), at.replace(hour=0, minute=0, second=0), "day"
    if clock.count(":") == 2:
        return disturb(raw, rng), at, "second"
    return disturb(raw, rng), at.replace(second=0), "minute"


def disturb(raw: str, rng: random.Random) -> str:
    """The same line as another page would print it."""
    noises: list[Callable[[str], str]] = [
        str,
        str.upper,
        str.lower,
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace(" ", "  "),
        lambda text: re.sub(r"(?<=[,|()]) | (?=[,|(])", "", text),
        lambda text: f" {text}\t\n",
        lambda text: text.replace("-", "–"),
    ]
    return rng.choice(noises)(rng.choice(noises)(raw))


def test_twenty_five_thousand_random_dates() -> None:
    rng = random.Random(20200721)
    wrong = []
    for _ in range(25_000):
        raw, at, precision = draw(rng)
        reading = read_date(raw)
        if (
            reading is None
            or reading.at != at
            or reading.precision != precision
            or reading.confidence != 1.0
        ):
            wrong.append((raw, at, reading))
    assert wrong == []


@settings(max_examples=400, derandomize=True, database=None, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["21", "07", "2020", "1", "31", "99", "08:54", "8h", "giờ", "phút", "tháng", "năm",
             "ngày", "Bảy", "Mười", "Thứ", "CN", "GMT", "+7", "-0500", "-", "/", ".", ",", "trước",
             "hôm", "qua", "SA", "CH", "T", "Z", "&#x2B;", "Th7", "May", "\x00", "\ud800", "一"]
        ),
        max_size=12,
    ),
    st.sampled_from(["", " "]),
)  # fmt: skip
def test_no_line_breaks_it(pieces: list[str], join: str) -> None:
    reading = read_date(join.join(pieces), FETCHED)
    if reading is not None:
        assert reading.at.tzinfo is not None
        assert 0 < reading.confidence <= 1
        assert 1900 <= reading.at.year <= 2099


# --- Choosing among the dates of a page ---


def article(*dates: tuple[str, str] | tuple[str, str, str]) -> Article:
    """An article with dates given as source, characters and, if modified, the role."""
    return Article(
        url="https://baocantho.com.vn/x-a196670.html",
        canonical_url="https://baocantho.com.vn/x-a196670.html",
        site="baocantho",
        title="x",
        layout="fck",
        printed_dates=tuple(
            PrintedDate(
                raw=raw, source=source, role="modified" if role == ["modified"] else "published"
            )
            for source, raw, *role in dates
        ),
    )


def published(*dates: tuple[str, str]) -> Moment:
    moment = date(article(*dates), FETCHED).published
    assert moment is not None
    return moment


VISIBLE = ("visible", "08/01/2026 - 18:21")
SHOWN = datetime(2026, 1, 8, 18, 21, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("dates", "at", "method", "confidence"),
    [
        # One statement.
        ([VISIBLE], SHOWN, "visible:day-month-year", 0.9),
        ([("visible", "08/01/2026")], vietnam(2026, 1, 8), "visible:day-month-year", 0.8),
        ([("meta", "2026-01-08T18:21:07+07:00")], vietnam(2026, 1, 8, 18, 21, 7), "meta:iso", 0.9),
        ([("json-ld", "2026-01-08")], vietnam(2026, 1, 8), "json-ld:iso", 0.8),
        ([("url", "202601")], vietnam(2026, 1, 1), "url:digits", 0.6),
        ([("visible", "2 giờ trước")], vietnam(2026, 5, 28, 8), "visible:ago", 0.6),
        # Both agree to the minute: the machine knows the seconds.
        (
            [VISIBLE, ("meta", "2026-01-08T18:21:07+0700")],
            vietnam(2026, 1, 8, 18, 21, 7), "meta:iso", 1.0,
        ),
        ([("time", "2026-01-08T11:21:07Z"), VISIBLE], SHOWN.replace(second=7), "time:iso", 1.0),
        (
            [("visible", "08/01/2026 18:21:07"), ("meta", "2026-01-08T18:21+07:00")],
            SHOWN.replace(second=7), "visible:day-month-year", 1.0,
        ),
        # Agreement lifts a doubt.
        (
            [("visible", "7/26/2025 8:30"), ("meta", "2025-07-26T08:30:05+07:00")],
            vietnam(2025, 7, 26, 8, 30, 5), "meta:iso", 1.0,
        ),
        # One of the two has no hour.
        ([VISIBLE, ("json-ld", "2026-01-08")], SHOWN, "visible:day-month-year", 0.95),
        (
            [VISIBLE, ("json-ld", "2026-01-08T00:00:00+07:00")],
            SHOWN, "visible:day-month-year", 0.95,
        ),
        (
            [("visible", "08/01/2026"), ("meta", "2026-01-08T18:21:07+07:00")],
            vietnam(2026, 1, 8, 18, 21, 7), "meta:iso", 0.95,
        ),
        ([("visible", "08/01/2026"), ("json-ld", "2026-01-08")],
         vietnam(2026, 1, 8), "visible:day-month-year", 0.95),
        # Wrong offset: WordPress (+00:00 for local time), VnExpress 2018 (+08:00).
        ([VISIBLE, ("meta", "2026-01-08T18:21:07+00:00")], SHOWN, "visible:day-month-year", 0.9),
        ([VISIBLE, ("meta", "2026-01-08T18:21:07+08:00")], SHOWN, "visible:day-month-year", 0.9),
        # Other minutes, other days.
        ([VISIBLE, ("meta", "2026-01-08T18:02:07+07:00")], SHOWN, "visible:day-month-year", 0.8),
        ([VISIBLE, ("meta", "2026-01-05T09:02:07+07:00")], SHOWN, "visible:day-month-year", 0.5),
        ([VISIBLE, ("json-ld", "2026-01-05")], SHOWN, "visible:day-month-year", 0.5),
        # A doubtful visible date yields: wrong weekday, the clock in the page head.
        (
            [("visible", "Thứ Hai, 08/01/2026"), ("meta", "2026-01-05T09:02:07+07:00")],
            vietnam(2026, 1, 5, 9, 2, 7), "meta:iso", 0.5,
        ),
        (
            [("visible", "Thứ Năm, 28/05/2026"), ("meta", "2026-01-05T09:02:07+07:00")],
            vietnam(2026, 1, 5, 9, 2, 7), "meta:iso", 0.5,
        ),
        (
            [("visible", "10:30 28/05/2026"), ("meta", "2026-01-05T09:02:07+07:00")],
            vietnam(2026, 1, 5, 9, 2, 7), "meta:iso", 0.5,
        ),
        # Several of a kind: the pair that agrees; the one with an hour.
        (
            [("visible", "28/05/2026"), VISIBLE, ("json-ld", "2026-01-08"),
             ("meta", "2026-01-08T18:21:07+07:00")],
            vietnam(2026, 1, 8, 18, 21, 7), "meta:iso", 1.0,
        ),
        (
            [("json-ld", "2026-01-08"), ("meta", "2026-01-08T18:21:07+07:00")],
            vietnam(2026, 1, 8, 18, 21, 7), "meta:iso", 0.9,
        ),
        (
            [("json-ld", "2026-01-08T18:21:07+07:00"), ("meta", "2026-01-02T10:00:00+07:00")],
            vietnam(2026, 1, 8, 18, 21, 7), "json-ld:iso", 0.5,
        ),
        ([("visible", "08/01/2026"), VISIBLE], SHOWN, "visible:day-month-year", 0.9),
        # Counted back from the fetch only where nothing is stated; the address last.
        (
            [("visible", "2 giờ trước"), ("meta", "2026-05-28T08:02:00+07:00")],
            vietnam(2026, 5, 28, 8, 2), "meta:iso", 0.9,
        ),
        ([("url", "202601"), VISIBLE], SHOWN, "visible:day-month-year", 0.9),
        ([("url", "202507"), VISIBLE], SHOWN, "visible:day-month-year", 0.5),
        # The unreadable and the implausible count as absent.
        ([("visible", "31/02/2026"), ("json-ld", "2026-01-08")],
         vietnam(2026, 1, 8), "json-ld:iso", 0.8),
        ([VISIBLE, ("meta", "1970-01-01T07:00:00+07:00")], SHOWN, "visible:day-month-year", 0.9),
        ([VISIBLE, ("meta", "2027-01-01T07:00:00+07:00")], SHOWN, "visible:day-month-year", 0.9),
    ],
)  # fmt: skip
def test_choice(dates: list[tuple[str, str]], at: datetime, method: str, confidence: float) -> None:
    moment = published(*dates)
    assert (moment.at, moment.method, moment.confidence) == (at, method, confidence)
    assert moment.raw in [raw for _, raw in dates]


def test_raw_is_that_of_the_chosen_date() -> None:
    moment = published(VISIBLE, ("meta", "2026-01-08T11:21:07Z"))
    assert (moment.raw, moment.precision) == ("2026-01-08T11:21:07Z", "second")
    assert moment.at is not None
    assert moment.at.isoformat() == "2026-01-08T18:21:07+07:00"


def test_never_later_than_the_fetch() -> None:
    fetched = FETCHED.astimezone(VIETNAM)
    just_ahead = fetched + timedelta(minutes=14)
    assert published(("visible", f"{just_ahead:%d/%m/%Y %H:%M}")).at is not None
    for later in (timedelta(minutes=16), timedelta(days=1), timedelta(days=400)):
        moment = published(("visible", f"{fetched + later:%d/%m/%Y %H:%M}"))
        assert (moment.at, moment.method, moment.confidence) == (None, "unread", 0.0)


def test_unread_keeps_the_first_string() -> None:
    moment = published(("visible", "hôm nào đó"), ("meta", "{publish}"))
    assert moment == Moment(at=None, raw="hôm nào đó", method="unread", confidence=0.0)


def test_no_string_no_moment() -> None:
    dated = date(article(), FETCHED)
    assert (dated.published, dated.modified) == (None, None)
    dated = date(article(("meta", "2026-01-08T18:21:07+07:00", "modified")), FETCHED)
    assert dated.published is None
    assert dated.modified is not None


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("2026-01-08T18:25:00+07:00", True),
        ("2026-02-01", True),
        ("2026-01-08T18:21:00+07:00", False),
        ("2026-01-08T18:21:30+07:00", False),  # the same minute
        ("2026-01-08T18:20:30+07:00", False),
        ("2026-01-08T11:21:00Z", False),
        ("2026-01-08", False),  # of the same day, says nothing
        ("2025-12-01T10:00:00+07:00", False),
        ("2027-01-08T18:21:00+07:00", False),
        ("unreadable", False),
    ],
)
def test_modified_is_later_than_published(raw: str, kept: bool) -> None:
    dated = date(article(VISIBLE, ("meta", raw, "modified")), FETCHED)
    assert dated.published is not None
    assert dated.published.at == SHOWN
    assert (dated.modified is not None) == kept
    if dated.modified:
        assert dated.modified.method == "meta:iso"


def test_dating_changes_nothing_else_and_is_repeatable() -> None:
    before = article(VISIBLE, ("meta", "2026-01-09T08:00:00+07:00", "modified"))
    once = date(before, FETCHED)
    assert before.published is None
    assert date(once, FETCHED) == once
    assert (once.title, once.printed_dates) == (before.title, before.printed_dates)
