"""Time and score `read_date` beside dateparser on the printed forms of the provincial papers.

Run from the project's root:

    python -m bench.dating [--rounds N]

Every form is drawn for the same seeded moments. A time is the best of several rounds over all
strings of a form, because a shared machine only ever adds to it. Both readers get the strings
warm: patterns compiled, dateparser imported.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from dateparser.date import DateDataParser  # type: ignore[import-untyped]

from baolangson_crawler.dating import VIETNAM, read_date

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SHORT = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
MONTHS = (
    "Một", "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười", "Mười Một", "Mười Hai",
)  # fmt: skip
ENGLISH_MONTHS = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip

FORMS = (
    "{d:02}-{m:02}-{y} {H:02}:{M:02}",
    "{d:02}/{m:02}/{y} - {H:02}:{M:02}",
    "{d}/{m}/{y} {H}:{M:02}",
    "{d:02}.{m:02}.{y} {H:02}:{M:02}",
    "{d:02}/{m:02}/{yy:02} {H:02}:{M:02}",
    "{d:02}/{m:02}/{y}",
    "• {d:02}/{m:02}/{y}",
    "{H:02}:{M:02} | {d:02}/{m:02}/{y}",
    "{H:02}:{M:02}, {d:02}/{m:02}/{y}",
    "{H:02}:{M:02} {d:02}/{m:02}/{y}",
    "{weekday}, {d:02}/{m:02}/{y}, {H:02}:{M:02} (GMT+7)",
    "{weekday}, {d:02}/{m:02}/{y}, {H:02}:{M:02} [GMT+7]",
    "{weekday},{d:02}/{m:02}/{y},{H:02}:{M:02}(GMT+7)",
    "{weekday},\u00a0{d:02}/{m:02}/{y}\u00a0{H:02}:{M:02}",
    "{weekday} {d:02}/{m:02}/{y} {H:02}:{M:02}",
    "{short}, {d:02}/{m:02}/{y} | {H:02}:{M:02}",
    "{short}, {d:02}/{m:02}/{y}",
    "{weekday}, ngày {d} tháng {m} năm {y}",
    "Ngày {d} tháng {m:02} năm {y}, {H:02}:{M:02}",
    "Lạng Sơn, ngày {d} tháng {m} năm {y}",
    "{d} tháng {m}, {y}",
    "{d} Tháng {month}, {y}",
    "Tháng {month} {d}, {y}",
    "{d} Th{m}, {y}",
    "Ngày đăng: {d:02}/{m:02}/{y}",
    "Cập nhật lúc: {H:02}:{M:02} {d:02}/{m:02}/{y}",
    "Đăng lúc {H} giờ {M} phút, ngày {d:02}/{m:02}/{y}",
    "{H:02}h{M:02} ngày {d}/{m}/{y}",
    "{H}h{M:02}' {d:02}/{m:02}/{y}",
    "{d:02}/{m:02}/{y} {h}:{M:02} {ampm}",
    "{d:02}/{m:02}/{y} {h}:{M:02}:{S:02} {sach}",
    "{english_day}, {d:02}/{m:02}/{y}, {H:02}:{M:02} GMT+7",
    "{weekday}, {d:02}/{m:02}/{y} {H:02}:{M:02}:{S:02} GMT+7",
    "{english_day:.3}, {d:02} {english_month} {y} {H:02}:{M:02}:{S:02} +0700",
    "{english_day:.3}, {d:02} {english_month} {y} {H:02}:{M:02}:{S:02} GMT+7",
    "{y}-{m:02}-{d:02}T{H:02}:{M:02}:{S:02}+07:00",
    "{y}-{m:02}-{d:02}T{H:02}:{M:02}:{S:02}+0700",
    "{y}-{m:02}-{d:02}T{H:02}:{M:02}:{S:02}",
    "{y}-{m:02}-{d:02} {H:02}:{M:02}:{S:02}",
    "{y}-{m:02}-{d:02}",
)
"""The absolute forms of the measurement that the patterns were chosen by."""

Reader = Callable[[str], datetime | None]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a line for each form and the medians over all forms."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args(arguments).rounds
    moments = draw(50)
    theirs = their_reader()
    rows = []
    print(f"{'form':<62}{'ours µs':>9}{'dateparser µs':>15}{'ratio':>7}   right day: ours, theirs")
    for form in FORMS:
        strings = [spell(form, at) for at in moments]
        ours_us, theirs_us = best(read_ours, strings, rounds), best(theirs, strings, 3)
        right = score(read_ours, strings, moments), score(theirs, strings, moments)
        rows.append((ours_us, theirs_us, *right))
        print(
            f"{strings[0]:<62}{ours_us:>9.1f}{theirs_us:>15.0f}{theirs_us / ours_us:>7.0f}"
            f"   {right[0]:.2f}  {right[1]:.2f}"
        )
    summarise(rows)


def draw(count: int) -> list[datetime]:
    """Seeded moments from 1995 to 2026."""
    rng = random.Random(20200721)
    first = datetime(1995, 1, 1, tzinfo=VIETNAM)
    return [first + timedelta(seconds=rng.randrange(32 * 365 * 86_400)) for _ in range(count)]


def spell(form: str, at: datetime) -> str:
    """The moment in a form."""
    afternoon = at.hour >= 12
    return form.format(
        d=at.day,
        m=at.month,
        y=at.year,
        yy=at.year % 100,
        H=at.hour,
        M=at.minute,
        S=at.second,
        h=at.hour % 12 or 12,
        ampm="PM" if afternoon else "AM",
        sach="CH" if afternoon else "SA",
        weekday=WEEKDAYS[at.weekday()],
        short=SHORT[at.weekday()],
        english_day=ENGLISH_DAYS[at.weekday()],
        month=MONTHS[at.month - 1],
        english_month=ENGLISH_MONTHS[at.month - 1],
    )


def read_ours(string: str) -> datetime | None:
    """`read_date` without the record around the moment."""
    reading = read_date(string)
    return reading.at if reading else None


def their_reader() -> Reader:
    """Dateparser as it does best here: Vietnamese, day before month, +07:00."""
    settings = {"DATE_ORDER": "DMY", "TIMEZONE": "+0700", "RETURN_AS_TIMEZONE_AWARE": True}
    parser = DateDataParser(languages=["vi"], settings=settings)

    def read(string: str) -> datetime | None:
        found: datetime | None = parser.get_date_data(string).date_obj
        return found

    return read


def best(reader: Reader, strings: Sequence[str], rounds: int) -> float:
    """Microseconds a string in the quickest round."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        for string in strings:
            reader(string)
        times.append(time.perf_counter() - start)
    return min(times) / len(strings) * 1e6


def score(reader: Reader, strings: Sequence[str], moments: Sequence[datetime]) -> float:
    """Share of the strings whose day is read right."""
    found = map(reader, strings)
    pairs = zip(found, moments, strict=True)
    return sum(at is not None and at.date() == moment.date() for at, moment in pairs) / len(strings)


def summarise(rows: Sequence[tuple[float, float, float, float]]) -> None:
    """Print the medians and means over the forms."""
    ours_us, theirs_us, ours_right, theirs_right = zip(*rows, strict=True)
    ours, theirs = statistics.median(ours_us), statistics.median(theirs_us)
    print(
        f"\nmedian of {len(rows)} forms: ours {ours:.1f} µs (slowest {max(ours_us):.1f}), "
        f"dateparser {theirs:.0f} µs, {theirs / ours:.0f} times ours; "
        f"right day: ours {statistics.mean(ours_right):.3f}, "
        f"dateparser {statistics.mean(theirs_right):.3f}"
    )


if __name__ == "__main__":
    main()
