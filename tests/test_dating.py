from __future__ import annotations

import os
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import FrozenInstanceError
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from date_lines import ENGLISH_MONTHS, MONTH_WORDS, WEEKDAY_WORDS

from baolangson_crawler.dating import VIETNAM, Reading, read_address, read_date
from baolangson_crawler.dating.doubts import COSTS

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
    "8:54, sáng 21/7/2020",
    "8.54 SA, 21/07/2020",
    "21/07/2020 08:54 GMT 7",
    "21/07/2020 08:54 (+07)",
    "08:54 21/07/2020 (+07:00)",
    "21/07/2020.08:54",
    "21/07/2020+08:54",
    "21&#47;07&#47;2020&amp;nbsp;08:54",
    "Thứ Ba,ngày 21/07/2020 lúc 08:54",
    "Thứ ba - 21/07/2020 08:54 - Người đăng bài viết: Admin",
    "Thứ Ba, 21/07/2020 | 08:54 | Tác giả: Lê Ngàn - Vi Thị B | Ảnh: Nông Hữu Tài",
    "21/07/2020, 08:54 (GMT+7) | 1.234 lượt xem | 5 bình luận",
    "Lượt xem: 1.234 | 21/07/2020 08:54",
    "21/07/2020 08:54 - Lượt đọc 1234",
    "Đăng: 21/07/2020 08:54 | Cập nhật: 22/07/2020 10:00",
    "Cập nhật: 22/07/2020 10:00 | Đăng: 21/07/2020 08:54",
    "21/07/2020 08:54 (Sửa 21/07/2020 10:00)",
    "2020/07/21 08:54",
    "2020-07-21 08:54",
    "2020-07-21T08:54+07:00",
    "Tuesday, 21/07/2020, 08:54 GMT+7",
    "Tue, 21 Jul 2020 08:54 +0700",
    "July 21, 2020 8:54 am",
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
    "Tue Jul 21 08:54:00 ICT 2020",
    "Tue Jul 21 01:54:00 UTC 2020",
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
        ("Thursday, 5/7/2026 5:12:08 PM", (2026, 5, 7)),  # the weekday decides
        ("Sunday, 5/7/2026 5:12:08 PM", (2026, 7, 5)),
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


@pytest.mark.parametrize(
    ("raw", "hour", "confidence"),
    [
        ("8:54 21/07/2020 CH", 20, 1.0),
        ("08:54 | 21/07/2020 | PM", 20, 1.0),
        ("21/07/2020 CH 8:54", 20, 1.0),
        ("21/07/2020 PM 08:54", 20, 1.0),
        ("PM 8:54 21/07/2020", 20, 1.0),
        ("12:54 21/07/2020 SA", 0, 1.0),
        ("21/07/2020 8:54 (tối)", 20, 1.0),
        ("21/07/2020 8:54 - tối", 20, 1.0),
        ("Tối thứ ba, 21/07/2020 8:54", 20, 1.0),
        ("Thứ ba, 21/07/2020 | Tối | 8:54", 20, 1.0),
        ("Tối thứ ba, 21/07/2020 20:54", 20, 1.0),
        ("Toi thu ba, 21/07/2020 – 8:54", 20, 1.0),
        ("Hôm nay CH 8:54", 20, 0.8),
        # Not to be told whose part it is, or whether it is one.
        ("Tin, ảnh: CH | 21/07/2020 08:54", 8, 0.5),
        ("21/07/2020 08:54 | Tác giả: CH", 8, 0.5),
        ("CH | 21/07/2020 08:54", 8, 0.5),
        ("20:54 21/07/2020 SA", 20, 0.5),
        ("8:54 SA 21/07/2020 | CH", 8, 0.5),
        ("8:54 21/07/2020 SA CH", 8, 0.5),
        # Syllables of names and sections.
        ("Nguyễn Chiêu, 21/07/2020 8:54", 8, 1.0),
        ("Chiêu - 21/07/2020 8:54", 8, 1.0),
        ("Thanh Sang | 21/07/2020 20:54", 20, 1.0),
        ("Trường Sa, 21/07/2020 20:54", 20, 1.0),
        ("CH Séc, 21/07/2020 8:54", 8, 1.0),
        ("Bản tin tối | 21/07/2020 8:54", 8, 1.0),
    ],
)
def test_part_of_the_day_apart_from_its_hour(raw: str, hour: int, confidence: float) -> None:
    reading = read(raw, FETCHED)
    assert (reading.at.hour, reading.at.minute, reading.confidence) == (hour, 54, confidence)


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
        "21/07/2020" + " " * 2000,
    ],
)  # fmt: skip
def test_no_date(raw: str) -> None:
    assert read_date(raw) is None


@pytest.mark.parametrize(
    ("raw", "day", "confidence"),
    [
        ("7/26/2026", (2026, 7, 26), 0.8),  # month first: nothing else is possible
        ("7/12/2026", (2026, 12, 7), 1.0),
        ("21/07/20", (2020, 7, 21), 0.8),
        ("21/07/2020 08:54 | 22/07/2020 10:00", (2020, 7, 21), 0.5),
        ("01/07/2020 - 05/07/2020", (2020, 7, 1), 0.3),
        ("Từ 01/07/2020 đến ngày 05/07/2020. Đăng 28/06/2020", (2020, 6, 28), 0.5),
        ("21/07/2020 08:54 - 09:30", (2020, 7, 21), 0.5),
        ("21/07/2020 | 1234 lượt xem", (2020, 7, 21), 1.0),
        ("21/07/2020 | 1234", (2020, 7, 21), 0.5),
        ("21/07/2020 08:54 EST", (2020, 7, 21), 0.5),
        ("21/07/2020 - 21/07/2020", (2020, 7, 21), 1.0),
        ("7/26/2026 5:12:08 PM", (2026, 7, 26), 0.8),
        ("7/26/26 5:12 PM", (2026, 7, 26), 0.8),
        ("5/6/2026 5:12:08 PM", (2026, 6, 5), 0.5),  # of May or of June
        ("Friday, 5/6/2026 5:12:08 PM", (2026, 6, 5), 1.0),
        ("Thứ Ba, 6/5/2026 5:12:08 PM", (2026, 5, 6), 0.5),  # a Wednesday; 5 June is a Friday
        ("21.07.20", (2020, 7, 21), 0.5),  # a version?
        ("Thứ Ba, 21.07.20", (2020, 7, 21), 0.8),
        ("Thứ Tư, 21/07/2020", (2020, 7, 21), 0.5),
        ("Hôm nay, 21/07/2020", (2020, 7, 21), 0.5),
        ("8 giờ kém 5, 21/07/2020", (2020, 7, 21), 0.5),
        ("Chiều 21/07/2020 3:30", (2020, 7, 21), 0.5),
        ("Ngày 21/07/2020, tại Lạng Sơn", (2020, 7, 21), 0.5),
        ("Giấy phép số 15/GP-BTTTT cấp ngày 21/07/2020", (2020, 7, 21), 0.5),
        ("Nghị định số 12/2020/NĐ-CP ngày 21/07/2020", (2020, 7, 21), 0.5),
        ("Nghi dinh 12/2020/ND-CP ngay 21/07/2020", (2020, 7, 21), 0.5),
        ("Sinh ngay\u00a021/07/2020", (2020, 7, 21), 0.5),
        ("Nông Hữu Tài, 21/07/2020", (2020, 7, 21), 1.0),  # a name, not "tại"
    ],
)
def test_doubt_lowers_confidence(raw: str, day: tuple[int, int, int], confidence: float) -> None:
    reading = read(raw)
    assert (reading.at.year, reading.at.month, reading.at.day) == day
    assert reading.confidence == confidence


@pytest.mark.parametrize(
    "raw",
    [
        "Ảnh chụp ngày 21/07/2020", "Ngày hết hạn: 21/07/2020", "Hạn đăng ký: 21/07/2020",
        "Đăng ký trước 21/07/2020", "Phát sóng: 21/07/2020 08:54", "Ngày họp 21/07/2020",
        "Mở thưởng 21/07/2020", "Thời gian: 8h54 ngày 21/07/2020", "Ngày ban hành: 21/07/2020",
        "Ngày sinh: 21/07/2020", "Khởi công 21/07/2020", "4 năm trước, ngày 21/07/2020",
        "Ngày ký: 21/07/2020", "Trả lời 21/07/2020 08:54", "8h54, Lễ hội mở ngày 21/07/2020",
        "Thành viên từ 21/07/2020", "Hạn 21/07/2020", "XSLS 21/07/2020",
        "NGÀY HẾT HẠN: 21/07/2020", "hạn đăng ký: 21/07/2020",
    ],
)  # fmt: skip
def test_date_behind_another_label_is_not_believed(raw: str) -> None:
    reading = read(raw, FETCHED)
    assert (reading.at.date(), reading.confidence) == (AT.date(), 0.5)
    assert "text" in reading.doubts


@pytest.mark.parametrize(
    "raw",
    [
        "Lạng Sơn, ngày 21/07/2020", "Hoàng Hiếu | 21/07/2020", "Hoàng Hiếu 21/07/2020",
        "Đăng 21/07/2020", "Bài đăng ngày 21/07/2020", "Đã đăng bài lên cổng ngày 21/07/2020",
        "Thời gian đăng: 21/07/2020", "Xuất bản: 21/07/2020", "Published 21/07/2020",
        "Updated: 21/07/2020", "Báo Lạng Sơn điện tử, 21/07/2020",
        "Last modified on 21/07/2020", "Xã hội 21/07/2020",
        "Nhịp sống trẻ | 21/07/2020", "Nhịp sống trẻ - 21/07/2020", "Nhịp sống trẻ21/07/2020",
        "Nguồn: baolangson.vn 21/07/2020", "1.204 lượt xem 21/07/2020", "By admin 21/07/2020",
        "Đăng bởi Quản trị viên lúc 21/07/2020", "1 tháng trước (21/07/2020)",
        "2 giờ trước 21/07/2020", "Chuyên mục: Chính trị 21/07/2020", "15 phút trước | 21/07/2020",
    ],
)  # fmt: skip
def test_date_behind_a_label_of_publication_a_name_or_a_section_is_believed(raw: str) -> None:
    reading = read(raw, FETCHED)
    assert (reading.at.date(), reading.confidence) == (AT.date(), 1.0)


def test_doubts_are_named() -> None:
    assert read("Thứ Tư, 21/07/2020").doubts == ("weekday",)
    assert read("Thứ Tư, 21/07/20 | 123").doubts == ("numbers", "two-digit-year", "weekday")
    assert read("21/07/2020").doubts == ()


def test_paragraph_is_no_date_line() -> None:
    text = "Bà con xã vùng cao cho biết cây cầu treo sập từ trận lũ ngày {day} đến nay chưa làm lại"
    sentence = text.format(day="21/07/2020")
    assert read(sentence).confidence == 0.5
    assert read_date(f"{sentence}. {sentence}") is None


@pytest.mark.parametrize(
    ("raw", "at", "precision"),
    [
        ("202007", (2020, 7, 1), "month"),
        ("20200721", (2020, 7, 21), "day"),
        ("200721085407", (2020, 7, 21, 8, 54, 7), "second"),
        ("20200721085407", (2020, 7, 21, 8, 54, 7), "second"),
        ("200721085407123", (2020, 7, 21, 8, 54, 7), "second"),  # VCCorp
        ("2212231803483401", (2022, 12, 23, 18, 3, 48), "second"),
        ("20221223180348340", (2022, 12, 23, 18, 3, 48), "second"),  # TTXVN
        ("102221223180348340", (2022, 12, 23, 18, 3, 48), "second"),
        ("221223180348", (2022, 12, 23, 18, 3, 48), "second"),
        ("202212231803", (2022, 12, 23, 18, 3), "minute"),
        ("120510101112", (2012, 5, 10, 10, 11, 12), "second"),
        ("260110181930", (2026, 1, 10, 18, 19, 30), "second"),  # not of the year 2601
        ("2022/12/23", (2022, 12, 23), "day"),
        ("/2022/12/", (2022, 12, 1), "month"),
        ("https://baodanang.vn/2022/12/23/cau-moi.html", (2022, 12, 23), "day"),
    ],
)
def test_digits_of_an_address(raw: str, at: tuple[int, ...], precision: str) -> None:
    reading = read_address(raw)
    assert reading is not None
    assert (reading.at, reading.precision) == (vietnam(*at), precision)
    assert reading.confidence == 0.6


@pytest.mark.parametrize(
    "raw",
    ["", "202013", "202000", "20200230", "20200721256100", "19701231", "1574231937", "123456",
     "2023022918034834", "999999999999999999", "2022/13/01", "2022/02/30", "post2022",
     "２０２００７", "201205101112"],  # 2012-05-10 11:12 or 2020-12-05 10:11:12
)  # fmt: skip
def test_digits_of_an_address_that_are_no_time(raw: str) -> None:
    assert read_address(raw) is None


@pytest.mark.parametrize("raw", ["202007", "20200721", "20200721085407", "200721085407123"])
def test_digits_alone_are_a_date_in_an_address_only(raw: str) -> None:
    assert read_address(raw) is not None
    assert read_date(raw) is None


def test_line_of_two_says_both() -> None:
    raw = "Đăng: 21/07/2020 08:54 | Cập nhật: 22/07/2020 10:00"
    changed = read_date(raw, role="modified")
    assert changed is not None
    assert (changed.at, changed.confidence) == (vietnam(2020, 7, 22, 10), 1.0)
    assert read_date("Cập nhật: 22/07/2020 10:00", role="modified") == changed
    assert read_date("Đăng: 22/07/2020 10:00", role="modified") is None
    assert read_date("22/07/2020 10:00", role="modified") is None
    contrary = read("Đăng: 23/07/2020 | Cập nhật: 22/07/2020")
    assert contrary.confidence == 0.5


def test_time_goes_with_its_own_day() -> None:
    assert read("21/07/2020 08:54 | 22/07/2020 10:00").at == AT
    assert read("08:54 21/07/2020 | 10:00 22/07/2020").at == AT
    assert read("21/07/2020 | 22/07/2020 10:00").precision == "day"
    assert read("21/07/2020 (21/07/2020 08:54)").at == AT


def test_months_are_months() -> None:
    for raw in ("07/2020", "tháng 7/2020", "Tháng Bảy năm 2020", "2020-07", "/2020/07/"):
        reading = read(raw)
        assert (reading.at, reading.precision) == (datetime(2020, 7, 1, tzinfo=VIETNAM), "month")
        assert reading.confidence <= 0.5


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
        ("mười lăm phút trước", vietnam(2026, 5, 28, 10, 15), "minute"),
        ("hai mươi mốt phút trước", vietnam(2026, 5, 28, 10, 9), "minute"),
        ("một tiếng rưỡi trước", vietnam(2026, 5, 28, 9), "minute"),
        ("hai ngày trước", vietnam(2026, 5, 26), "day"),
        ("2h trước", vietnam(2026, 5, 28, 8), "day"),
        ("5p trước", vietnam(2026, 5, 28, 10, 25), "minute"),
        ("khoảng 2 giờ trước", vietnam(2026, 5, 28, 8), "day"),
        ("cách đây hai giờ", vietnam(2026, 5, 28, 8), "day"),
        ("2 ngày 3 giờ trước", vietnam(2026, 5, 26, 7), "day"),
        ("2 ngày trước, 08:54", vietnam(2026, 5, 26, 8, 54), "minute"),
        ("2 năm rưỡi trước", vietnam(2023, 11, 1), "month"),
        ("vài giây trước", vietnam(2026, 5, 28, 10, 30), "minute"),
        ("3 hours ago", vietnam(2026, 5, 28, 7), "day"),
        ("8 giờ sáng nay", vietnam(2026, 5, 28, 8), "minute"),
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
    ["1.5 giờ trước", "30-60 phút trước", "2 giờ trước, 08:54",
     "Hôm qua, 25:00", "vài giờ trước", "10 phút trước khi trận đấu", "thứ ba tuần trước",
     "2 giờ trước tại Lạng Sơn", "999 năm trước", "tháng trước", "năm ngoái"],
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


def test_every_doubt_is_documented() -> None:
    page = (Path(__file__).parents[1] / "docs" / "dates.md").read_text(encoding="utf-8")
    for name, cost in COSTS.items():
        assert f"| `{name}` | {cost} |" in page
