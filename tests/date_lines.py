"""Date lines as papers print them, and lines that are none, drawn at random with their answer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from random import Random
from typing import Literal

from baolangson_crawler.dating import VIETNAM

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
    ("Chủ Nhật", "Chúa nhật", "CN", "Sunday", "Sun", "C.N", "Thứ 8"),
]

Spelling = Callable[[datetime], str]

DAY_SPELLINGS: list[Spelling] = [
    lambda at: f"{at:%d/%m/%Y}",
    lambda at: f"{at:%d-%m-%Y}",
    lambda at: f"{at:%d.%m.%Y}",
    lambda at: f"{at.day}/{at.month}/{at.year}",
    lambda at: f"{at.day}-{at.month}-{at.year}",
    lambda at: f"{at:%d / %m / %Y}",
    lambda at: f"{at:%Y-%m-%d}",
    lambda at: f"{at:%Y/%m/%d}",
    lambda at: f"ngày {at:%d/%m/%Y}",
    lambda at: f"ngày {at.day} tháng {at.month} năm {at.year}",
    lambda at: f"ngày {at:%d} tháng {at:%m} năm {at.year}",
    lambda at: f"ngày {at.day}, tháng {at.month}, năm {at.year}",
    lambda at: f"{at:%d} tháng {at:%m}, {at.year}",
    lambda at: f"{at.day} Tháng {MONTH_WORDS[at.month - 1][-1]}, {at.year}",
    lambda at: f"Tháng {MONTH_WORDS[at.month - 1][0]} {at.day}, {at.year}",
    lambda at: f"{at.day} Th{at.month}, {at.year}",
    lambda at: f"{at.day} thg {at.month}, {at.year}",
    lambda at: f"{at.day} {ENGLISH_MONTHS[at.month - 1][:3]} {at.year}",
    lambda at: f"{ENGLISH_MONTHS[at.month - 1]} {at.day}, {at.year}",
]
CLOCK_SPELLINGS: list[Spelling] = [
    lambda at: f"{at:%H:%M}",
    lambda at: f"{at.hour}:{at:%M}",
    lambda at: f"{at:%H:%M:%S}",
    lambda at: f"{at:%H}h{at:%M}",
    lambda at: f"{at.hour}h{at:%M}'",
    lambda at: f"{at:%H}g{at:%M}",
    lambda at: f"lúc {at.hour} giờ {at.minute} phút",
    lambda at: f"{at.hour % 12 or 12}:{at:%M} {'SA' if at.hour < 12 else 'CH'}",
    lambda at: f"{at.hour % 12 or 12}:{at:%M:%S} {'SA' if at.hour < 12 else 'CH'}",
]
JOINS = [" ", ", ", " - ", " | ", " – ", "  ", " • ", "\n", ",\u00a0", " \u200b"]
ZONES = {
    "": 7, " (GMT+7)": 7, " [GMT+7]": 7, " GMT+7": 7, " (GMT +7)": 7, " GMT+07:00": 7,
    " (UTC+7)": 7, " GMT+0700": 7, "(GMT+07)": 7, " GMT 7": 7, " (+07:00)": 7, " GMT": 0,
    " GMT+8": 8, " (GMT-5)": -5,
}  # fmt: skip
LABELS = [
    "Ngày đăng: ", "Cập nhật lúc: ", "Đăng lúc ", "Cập nhật: ", "Thời gian đăng: ", "Lạng Sơn, ",
    "Xuất bản: ", "Báo Cần Thơ - ", "Tin, ảnh: P.Y | ", "Posted on ", "(LSO) ", "Sa Pa, ",
    "Chính trị | ", "Trang chủ > Xã hội | ", "Lượt xem: 1.204 | ", "Hữu Tài - ", "Ngô Hân | ",
]  # fmt: skip
TRAILERS = [
    " | 1.234 lượt xem", " - 57 lượt xem", " (12 bình luận)", " 1,2k views", " | Lượt xem: 809",
    " | Xem: 34", " 0 bình luận", " - Hoàng Phong", " | Tác giả: Thùy Dương", " | Chia sẻ",
    " - 5 phút đọc", " (giờ Việt Nam)",
]  # fmt: skip

Demand = Literal["read", "doubt", "silent"]


@dataclass(frozen=True, slots=True)
class DateLine:
    """A line and what a reader owes it."""

    raw: str
    at: datetime | None
    """The moment that is meant; None where the line is of no publication."""

    precision: str = "day"
    demand: Demand = "read"
    """``read``: the moment, believed. ``doubt``: the moment or nothing, or anything that is
    not believed. ``silent``: nothing, or nothing that is believed."""


def moment(rng: Random) -> datetime:
    """A second between 1995 and 2026."""
    seconds = rng.randrange(32 * 365 * 86_400)
    return datetime(1995, 1, 1, tzinfo=VIETNAM) + timedelta(seconds=seconds)


def clean_line(rng: Random) -> DateLine:
    """A line in one of the forms of the papers, under the noise that a page adds to it."""
    at = moment(rng)
    day = rng.choice(DAY_SPELLINGS)(at)
    if rng.random() < 0.5:
        day = rng.choice(WEEKDAY_WORDS[at.weekday()]) + rng.choice([", ", " - ", " "]) + day
    clock = rng.choice(CLOCK_SPELLINGS)(at) if rng.random() < 0.8 else ""
    zone = rng.choice(list(ZONES)) if clock else ""
    parts = [day, clock] if rng.random() < 0.6 else [clock, day]
    raw = rng.choice(JOINS).join(filter(None, parts)) + zone
    at, precision = _stated(at.replace(tzinfo=timezone(timedelta(hours=ZONES[zone]))), clock)
    return DateLine(disturbed(_surrounded(raw, rng), rng), at, precision)


def contradicted_line(rng: Random) -> DateLine:
    """A day beside the name of another weekday: which of the two is wrong, nobody knows."""
    at = moment(rng)
    weekday = rng.choice(WEEKDAY_WORDS[(at.weekday() + rng.randrange(1, 7)) % 7])
    raw = f"{weekday}, {rng.choice(DAY_SPELLINGS)(at)} {at:%H:%M}"
    return DateLine(disturbed(_surrounded(raw, rng), rng), _stated(at, "x")[0], "minute", "silent")


def short_year_line(rng: Random) -> DateLine:
    """Two digits for the year, believed beside a clock time or a weekday."""
    at = moment(rng)
    day = f"{at:%d/%m/%y}" if rng.random() < 0.5 else f"{at.day}-{at.month}-{at:%y}"
    weekday = rng.choice(WEEKDAY_WORDS[at.weekday()])
    raw = f"{day} {at:%H:%M}" if rng.random() < 0.5 else f"{weekday}, {day} - {at:%H:%M}"
    return DateLine(disturbed(_surrounded(raw, rng), rng), _stated(at, "x")[0], "minute")


def line_with_part_apart(rng: Random) -> DateLine:
    """The part of the day apart from its hour, as .NET's ``tt`` and spoken Vietnamese put it."""
    at = moment(rng).replace(second=0)
    clock = f"{at.hour % 12 or 12}:{at:%M}"
    part = rng.choice(["SA", "AM"] if at.hour < 12 else ["CH", "PM"])
    day = f"{at:%d-%m-%Y}" if part in ("AM", "PM") else f"{at:%d/%m/%Y}"
    if 5 <= at.hour < 11 or 13 <= at.hour < 22:  # beyond these the words differ
        part = rng.choice([part, _spoken_part(at.hour)])
    if part in _SPOKEN:
        weekday = rng.choice(WEEKDAY_WORDS[at.weekday()][:2])
        behind = [f"{day} {clock} ({part})", f"{day} {clock} - {part}", f"{clock} ({part}) {day}"]
        before = [f"{part.capitalize()} {weekday}, {day} {clock}", f"{day} | {part} | {clock}"]
        raw = rng.choice([*behind, *before, f"{weekday}, {day} - {part}, {clock}"])
    else:
        behind = [f"{clock} {day} {part}", f"{clock} | {day} | {part}", f"{clock} {day} ({part})"]
        raw = rng.choice([*behind, f"{day} {part} {clock}", f"{part} {clock} {day}"])
    return DateLine(disturbed(raw, rng), at, "minute")


def line_with_two_parts(rng: Random) -> DateLine:
    """A part of the day that may be an author's initials, or belong to another hour."""
    at = moment(rng).replace(second=0)
    day = f"{at:%d-%m-%Y}"
    raw = rng.choice(
        [
            f"Tin, ảnh: CH | {day} {at:%H:%M}",
            f"{day} {at:%H:%M} - Tác giả: PM",
            f"CH - {day} {at:%H:%M}",
            f"SA {day} {at:%H:%M} | CH",
            f"{at:%H:%M} {day} CH, 23:59",
        ]
    )
    return DateLine(disturbed(raw, rng), at, "minute", "doubt")


def line_of_another_matter(rng: Random) -> DateLine:
    """A day behind a label that is of no publication, written as labels are."""
    raw = f"{rng.choice(_OTHER_LABELS)}{rng.choice([' ', ': ', ' ngày '])}"
    at = moment(rng)
    raw += rng.choice(DAY_SPELLINGS[:8])(at)
    if rng.random() < 0.3:
        raw += f" {at:%H:%M}"
    return DateLine(raw, None, demand="silent")


def american_line(rng: Random) -> DateLine:
    """AM and PM behind slashes, month or day first: believed only where the line decides.

    A weekday that contradicts is not drawn here: it could be the other order's by chance.
    """
    at = moment(rng)
    month_first = rng.random() < 0.5
    one, two = (at.month, at.day) if month_first else (at.day, at.month)
    raw = f"{one}/{two}/{at.year} {at.hour % 12 or 12}:{at:%M:%S} {at:%p}"
    certain = max(one, two) > 12 or one == two
    if rng.random() < 0.5:
        raw = f"{rng.choice(WEEKDAY_WORDS[at.weekday()])}, {raw}"
        certain = certain or at.weekday() != at.replace(month=at.day, day=at.month).weekday()
    return DateLine(disturbed(raw, rng), at, "second", "read" if certain else "doubt")


def machine_line(rng: Random) -> DateLine:
    """ISO 8601 and the mail date, as meta elements, JSON-LD and feeds state them."""
    hours = rng.choice([7, 7, 7, 0, 8, -5])
    at = moment(rng).replace(tzinfo=timezone(timedelta(hours=hours)))
    offset = f"{hours:+03}"
    spelling, precision = rng.choice(_MACHINE_SPELLINGS)
    raw = at.strftime(spelling).replace("{offset}", offset)
    if "{offset}" not in spelling:
        at = at.replace(tzinfo=VIETNAM)
    if precision == "minute":
        at = at.replace(second=0)
    elif precision == "day":
        at = at.replace(hour=0, minute=0, second=0)
    return DateLine(disturbed(raw, rng, missing_spaces=False), at, precision)


def line_of_two(rng: Random) -> DateLine:
    """The publication beside the last change, each behind its label."""
    at = moment(rng).replace(second=0)
    changed = at + timedelta(minutes=rng.randrange(1, 100_000))
    spelled = [f"{day:%d/%m/%Y %H:%M}" for day in (at, changed)]
    parts = [
        rng.choice(["Đăng: ", "Ngày đăng: ", "Xuất bản lúc ", "Posted on ", ""]) + spelled[0],
        rng.choice(["Cập nhật: ", "Cập nhật lúc ", "Sửa: ", "Updated: "]) + spelled[1],
    ]
    raw = rng.choice([" | ", " - ", "; ", " "]).join(parts if rng.random() < 0.7 else parts[::-1])
    demand: Demand = "read" if parts[0] != spelled[0] or raw.startswith(spelled[0]) else "doubt"
    return DateLine(disturbed(raw, rng), at, "minute", demand)


def relative_line(rng: Random, fetched_at: datetime) -> DateLine:
    """A date counted back from the fetch; above half belief only to the minute or a named day."""
    now = fetched_at.astimezone(VIETNAM)
    count, clock = rng.randrange(1, 60), moment(rng)
    minutes = now.replace(second=0) - timedelta(minutes=count)
    back = rng.randrange(3)
    day = now.replace(hour=0, minute=0, second=0) - timedelta(days=back)
    name = ("hôm nay", "hôm qua", "hôm kia")[back]
    at = day.replace(hour=clock.hour, minute=clock.minute)
    raw, at, precision, demand = rng.choice(
        [
            (f"{count} phút trước", minutes, "minute", "read"),
            (f"{spelled_number(count)} phút trước", minutes, "minute", "read"),
            (f"Cách đây {count} phút", minutes, "minute", "read"),
            (f"{name}, {clock:%H:%M}", at, "minute", "read"),
            (f"{clock.hour}h{clock:%M} {name}", at, "minute", "read"),
            (f"Cập nhật: {name} lúc {clock:%H:%M}", at, "minute", "read"),
            (name.capitalize(), day, "day", "read"),
            (f"{count} giờ trước", None, "day", "silent"),
            (f"{spelled_number(count)} ngày trước", None, "day", "silent"),
            (f"{count} tháng trước", None, "month", "silent"),
        ]
    )
    return DateLine(disturbed(raw, rng, missing_spaces=False), at, precision, demand)


def spelled_number(number: int) -> str:
    """A number from 1 to 99 as it is spoken: 15 is *mười lăm*, 21 *hai mươi mốt*."""
    tens, units = divmod(number, 10)
    if tens == 0:
        return _DIGITS[units]
    if units == 0:
        return "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    last = {5: "lăm", 1: "một" if tens == 1 else "mốt"}.get(units, _DIGITS[units])
    return f"mười {last}" if tens == 1 else f"{_DIGITS[tens]} mươi {last}"


def sentence(rng: Random) -> DateLine:
    """Text with a date in it: of an event, a decree, a licence, a birth."""
    at = moment(rng)
    day = rng.choice(DAY_SPELLINGS[:13])(at)
    raw = rng.choice(_SENTENCES).format(day=day, number=rng.randrange(1, 200), year=at.year)
    return DateLine(disturbed(raw, rng, missing_spaces=False), None, demand="silent")


def no_date(rng: Random) -> DateLine:
    """Digits that are no date: telephone, price, score, number of a decree, version, counter."""
    a, b, c, d = (rng.randrange(1, limit) for limit in (13, 32, 100, 10_000))
    raw = rng.choice(_NO_DATES).format(a=a, b=b, c=c, d=d, year=1995 + d % 32)
    return DateLine(disturbed(raw, rng, missing_spaces=False), None, demand="silent")


_DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
_MACHINE_SPELLINGS = [
    ("%Y-%m-%dT%H:%M:%S{offset}:00", "second"),
    ("%Y-%m-%dT%H:%M:%S{offset}00", "second"),
    ("%Y-%m-%dT%H:%M:%S.123{offset}:00", "second"),
    ("%Y-%m-%dT%H:%M:%S", "second"),
    ("%Y-%m-%d %H:%M:%S", "second"),
    ("%Y-%m-%d %H:%M:%S {offset}00", "second"),
    ("%Y-%m-%dT%H:%M{offset}:00", "minute"),
    ("%Y%m%dT%H%M%S{offset}00", "second"),
    ("%Y-%m-%d", "day"),
    ("%a, %d %b %Y %H:%M:%S {offset}00", "second"),
    ("%a, %d %b %Y %H:%M:%S GMT{offset}", "second"),
    ("%A, %d/%m/%Y, %H:%M GMT{offset}", "minute"),
]
_SENTENCES = [
    "Ngày {day}, tại Lạng Sơn, UBND tỉnh khai mạc hội chợ",
    "Sáng {day}, Hội đồng nhân dân huyện họp phiên thứ hai về ngân sách năm sau",
    "Bà con xã vùng cao cho biết cây cầu treo cũ sập từ trận lũ {day} đến nay chưa được dựng lại",
    "Nghị định số {number}/{year}/NĐ-CP, {day}",
    "Quyết định {number}/QĐ-UBND {day}",
    "Giấy phép số {number}/GP-BTTTT cấp ngày {day}",
    "Ông Lê Văn Ngàn (sinh ngày {day})",
    "Hạn chót nộp hồ sơ: {day}",
    "Từ ngày {day} giá vé tăng",
    "Có hiệu lực kể từ {day}",
    "Kỷ niệm {number} năm thành lập huyện, {day}",
    "Bản quyền thuộc Báo Lạng Sơn, {day}",
    "Luật số {number}/{year}/QH14 {day}",
    "{day} (âm lịch)",
    "8 giờ kém {number}, {day}",
    "{day} {number}",
    "Ngày hết hạn: {day}",
    "Hạn đăng ký: {day}",
    "Ngày ban hành: {day}",
    "Ngày sinh: {day}",
    "Phát sóng: {day}",
    "Khởi công {day}",
    "Ảnh chụp {day}",
    "Thời gian: {day}",
    "{number} năm trước, {day}",
]
_SPOKEN = ("sáng", "chiều", "tối")
_OTHER_LABELS = [
    "Ảnh chụp", "Ngày hết hạn", "Hạn đăng ký", "Đăng ký trước", "Phát sóng", "Ngày họp",
    "Mở thưởng", "Thời gian", "Ngày ban hành", "Ngày sinh", "Khởi công", "Ngày ký", "Trao giải",
    "Đóng cửa", "Khởi hành", "Bài trước", "Thành viên từ", "Giao hàng", "Ngày mất", "Lễ hội xuân",
]  # fmt: skip
_NO_DATES = [
    "Điện thoại: 0205.3812.{d:04}", "Hotline: 0912 34{a} {c:03}", "ĐT: (0205) 3.{c:03}.{b:03}",
    "Giá {a}.{c:03}.000 đồng", "Giá vàng {b},{a} triệu", "Tỷ số {a}-{b}", "Thắng {a} - {b} ({a}-0)",
    "Số {a}/{year}/NĐ-CP", "Nghị quyết {c}-NQ/TW", "Điều {a}/{b}", "Khoản {a} Điều {b}",
    "Phiên bản {a}.{b}.{c:02}", "v{a}.{b}.{c:02}", "Phiên bản {a}.{b}.{year}", "{d} lượt xem",
    "{a}.{c:03} lượt xem", "{b} phút đọc", "{a}.{b}.{c}.{d}", "TL 1/{d}", "Ngõ {a}/{b}/{c:02}",
    "Số {a}/{b}/{c:02} đường Trần Phú", "12A-{c:03}.{b:02}", "ISBN 978-604-{c:02}-{d}-{a}",
    "Lớp {a}A{b}", "{a},{b}%", "Xe {b}B-{d:04}", "{year}", "năm {year}", "{a}/{b}", "ngày {b}/{a}",
    "tháng {a}", "{b} tháng {a}", "Quý {a}/{year}", "{a}/{year}", "Thứ {a}", "Trang {a}/{b}",
    "{year}{a:02}{b:02}", "{year}{a:02}{b:02}0854", "1{d:04}{d:05}", "+84 {c:02} {d:04} {b:03}",
    "Tháng {a}/{year}, tỉnh Lạng Sơn vào mùa hồi", "{b} giờ {c}", "Kỳ {a}", "QL{a}B km {b}+{c:03}",
    "{year}-{d:04}", "{a:02}.{b:02}.{d:04}.{c:02}", "Tổ {a}/{b}/{c:02}", "hẻm {a}/{b}/{c}/{d}",
    "Fax: {a:02}.{b:02}.20{c:02}",
]  # fmt: skip


def _spoken_part(hour: int) -> str:
    return _SPOKEN[0] if hour < 12 else _SPOKEN[1] if hour < 18 else _SPOKEN[2]


def _stated(at: datetime, clock: str) -> tuple[datetime, str]:
    """The moment cut to what the clock spells, and its precision."""
    if not clock:
        return at.replace(hour=0, minute=0, second=0), "day"
    return (at, "second") if clock.count(":") == 2 else (at.replace(second=0), "minute")


def _surrounded(raw: str, rng: Random) -> str:
    """The line with a label before it, a counter or a name behind it, or brackets around it."""
    if rng.random() < 0.5:
        raw = rng.choice(LABELS) + raw
    if rng.random() < 0.3:
        raw += rng.choice(TRAILERS)
    if rng.random() < 0.1:
        raw = rng.choice(["({})", "[{}]", "« {} »", "/ {} /", "{}."]).format(raw)
    return raw


_WITH_SPACES: list[Callable[[str], str]] = [
    str,
    str.upper,
    str.lower,
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: text.replace(" ", "\u00a0"),
    lambda text: text.replace(" ", "  "),
    lambda text: text.replace(" ", "\u200b \u200c"),
    lambda text: text.replace("/", "\u200b/"),
    lambda text: f"\ufeff {text}\t\n",
    lambda text: text.replace("-", "–"),
]
_WITHOUT_SPACES: Callable[[str], str] = lambda text: re.sub(r"(?<=[,|()]) | (?=[,|(])", "", text)  # noqa: E731
_ENTITIES: list[Callable[[str], str]] = [
    lambda text: text.replace(" ", "&nbsp;"),
    lambda text: text.replace("/", "&#47;"),
    lambda text: text.replace("+", "&#x2B;"),
    lambda text: text.replace(" ", "&amp;nbsp;"),
]


def disturbed(raw: str, rng: Random, *, missing_spaces: bool = True) -> str:
    """The same line as another page would print it."""
    noises = [*_WITH_SPACES, _WITHOUT_SPACES] if missing_spaces else _WITH_SPACES
    raw = rng.choice(noises)(rng.choice(noises)(raw))
    return rng.choice(_ENTITIES)(raw) if rng.random() < 0.1 else raw
