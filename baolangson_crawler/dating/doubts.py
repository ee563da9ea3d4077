"""What on a printed line speaks against the day that was read from it."""

from __future__ import annotations

import re

from baolangson_crawler.dating.clock import DOUBTFUL
from baolangson_crawler.dating.line import Day, Line
from baolangson_crawler.text import fold, has_marks, normalise

COSTS = {
    "two-digit-year": 0.8,
    "month-before-day": 0.8,  # 7/26/2026: no other order is possible
    "weekday": DOUBTFUL,  # the weekday on the line is another one
    "day-or-month-first": DOUBTFUL,  # 5/6/2026 5:12 PM
    "other-days": DOUBTFUL,  # more than one day on the line
    "clocks": DOUBTFUL,  # more than one time, or one that contradicts itself
    "numbers": DOUBTFUL,  # digits that are part of no date, clock or counter
    "text": DOUBTFUL,  # a sentence, or the date of something else: a decree, a birth
    "named-day": DOUBTFUL,  # "Hôm nay, 22/05/2026" is the clock of the page
    "month-only": DOUBTFUL,
    "dateparser": DOUBTFUL,
    "range": 0.3,  # "01/07 - 05/07": the days of an event
}
"""The most that a reading is believed when the line shows this."""

_NAMES = 6  # words of names and places that a date line may carry without looking closer
_MANY_NAMES = 14
_PARAGRAPH = 25
_RUNNING_TEXT = re.compile(r"[a-z]+(?: [a-z]+){5}")  # names are shorter, or stand apart

_OTHER_MATTERS = (
    "tại|số(?! lượt)|sinh ngày|giấy phép|cấp(?: lại| phép)? ngày|nghị định|quyết định|nghị quyết"
    "|thông tư|chỉ thị|công văn|luật|điều|hiệu lực|hết ngày|trước ngày|sau ngày|từ ngày|đến ngày"
    "|kể từ|tính đến"
    "|phiên bản|âm lịch|bản quyền|thành lập|khai mạc|diễn ra|tổ chức|điện thoại|thời hạn|hạn chót"
    "|hạn nộp|dự kiến|kỷ niệm|hẻm|ngõ|tổ|đường|tỷ số|tỉ số|giá|bắt đầu|kết thúc|lịch|dự báo"
    "|năm sinh|ngày sinh|hết hạn|hạn (?:đăng|cuối|nhận)|đăng k[ýí]|ban hành|khởi công|khánh thành"
    "|phát sóng|khởi chiếu|công chiếu|mở thưởng|quay thưởng|kỳ quay|xổ số|thi đấu|chụp|ngày họp"
    r"|(?:từ|đến|hạn|hết|sinh)(?= \d)|thời gian(?! (?:đăng|cập nhật|xuất bản))"
)
_FOREIGN_MATTERS = (
    "xs[a-z]{2,4}|version|ver|v|copyright|hotline|tel|fax|phone|mobile|đt|sđt|accessed|effective"
    "|until|starting"
)
_PUBLISHING = re.compile(
    r"\b(?:dang(?! (?:k[yi]|bo|vien|uy)\b)|cap nhat|xuat ban|post(?:ed)?|publish(?:ed)?"
    r"|updated?|modified|edited|created)\b"
)
_SECTIONS = re.compile(
    r"\b(?:chinh tri|xa hoi|kinh te|van hoa|thoi su|phap luat|doi song|the thao|giao duc|suc khoe"
    r"|du lich|the gioi|quoc te|quoc phong|an ninh|giai tri|ban doc|tin tuc|su kien|nong nghiep"
    r"|moi truong|do thi|khoa hoc|cong nghe|trong nuoc|trong tinh|noi chinh|y te|dien tu"
    r"|chuyen muc|tong hop)\b"
)
_BARS = re.compile(r"[|>»•·;/\n]| - ")
_LETTERS = re.compile(r"[a-z]+")
_WRITTEN_WORD = re.compile(r"(?<![\w.@/-])[^\W\d_]+(?!\w*[.@]\w)")  # not those of an address
_PART_OF_DAY = r"(?:rạng )?(?:sáng|trưa|chiều|tối|đêm)(?: ngày)? \d"


def _matters(alternatives: str, part_of_day: str) -> re.Pattern[str]:
    pattern = rf"(?<!đăng )(?<!dang )\b(?:{alternatives})\b|\b{part_of_day}"
    return re.compile(pattern.replace(" ", r"\s"))


_MARKED = _matters(f"{_OTHER_MATTERS}|{_FOREIGN_MATTERS}", _PART_OF_DAY)
_UNMARKED = _matters(fold(f"{_OTHER_MATTERS}|{_FOREIGN_MATTERS}"), fold(_PART_OF_DAY))


def is_paragraph(line: Line) -> bool:
    """Whether the line is text and no date line at all."""
    return len(line.words) > _PARAGRAPH


def of_line(line: Line, plain: str, raw: str) -> list[str]:
    """What speaks against any date on the line: text around it, digits without a meaning."""
    found = []
    if line.numbers:
        found.append("numbers")
    if _is_anniversary(line) or (
        (line.words or line.parts)
        and (
            _is_sentence(line, plain)
            or _is_of_something_else(plain, raw)
            or _has_other_label(line, plain, raw)
        )
    ):
        found.append("text")
    if len({clock[:3] for clock in line.clocks}) > max(1, len(line.days)):
        found.append("clocks")
    if line.day_name and line.days:
        found.append("named-day")
    return found


def of_short_year(line: Line, day: Day, plain: str) -> str:
    """Name of the doubt that two digits for the year raise.

    "10.11.12" is as well a version, "2-1-05" a score, "12/3/15 đường X" a house: a weekday or
    a clock time beside them makes them a date, and slashes with nothing else on the line.
    """
    if line.clocks or line.weekday is not None:
        return "two-digit-year"
    alone = not line.words and "/" in plain[day.start : day.end]
    return "two-digit-year" if alone else "numbers"


def _is_sentence(line: Line, plain: str) -> bool:
    if len(line.words) <= _NAMES:
        return False
    return len(line.words) > _MANY_NAMES or bool(_RUNNING_TEXT.search(plain))


def _is_anniversary(line: Line) -> bool:
    """Whether years are counted back beside a day: "10 năm trước, ngày 02/05/2016"."""
    return line.ago is not None and bool(line.days) and line.ago.unit.startswith(("nam", "year"))


def _has_other_label(line: Line, plain: str, raw: str) -> bool:
    """Whether the words before the date call it something else: "Ngày ký", "Trao giải".

    Words that touch the date and are neither labels of a publication nor written as names. A line
    without capitals, or of nothing else, cannot tell.
    """
    unknown = _words_of_labels(line, plain)
    if not unknown:
        return False
    text = normalise(raw)
    if text == text.lower():
        return False
    written = (word for word in _WRITTEN_WORD.findall(text) if word[0].islower())
    return not unknown.isdisjoint(map(fold, written))


def _words_of_labels(line: Line, plain: str) -> set[str]:
    """The unknown words in the labels of days and times that are not of a publication.

    A bar parts the section from the date, and so does a missing space: two elements of the page.
    """
    found: set[str] = set()
    last = 0
    starts = [day.start for day in line.days] + [clock.start for clock in line.clocks]
    for start in sorted(starts):
        label = _BARS.split(plain[last:start])[-1]
        if not label[-1:].isalpha() and not _PUBLISHING.search(label):
            found.update(_LETTERS.findall(_SECTIONS.sub(" ", label)))
        last = start
    return found.intersection(line.words)


def _is_of_something_else(plain: str, raw: str) -> bool:
    """Whether the words name what else a date may be of: a decree, a licence, a place.

    Without marks, which is the quicker look, "Tài" is like "tại": a line that prints marks is
    looked at again with them.
    """
    if not _UNMARKED.search(plain):
        return False
    text = normalise(raw).lower()
    return not has_marks(text) or bool(_MARKED.search(text))
