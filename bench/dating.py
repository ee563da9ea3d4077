"""Time and score `read_date` beside other readers on the printed forms of the provincial papers.

Run from the project's root:

    python -m bench.dating [--rounds N]

Every form is drawn for the same seeded moments. A time is the best of several rounds over all
strings of a form, because a shared machine only ever adds to it; the other readers get two rounds.
Patterns are compiled and modules imported before.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
import warnings
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from dateparser.date import DateDataParser  # type: ignore[import-untyped]
from dateutil import parser as dateutil_parser  # type: ignore[import-untyped]
from htmldate import find_date
from htmldate.meta import reset_caches

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

COLUMNS = ("ours", "dateparser", "dateutil", "htmldate")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a line for each form and the medians over all forms."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args(arguments).rounds
    readers = (read_ours, dateparser_reader(), read_by_dateutil, read_by_htmldate)
    moments = draw(50)
    rows = []
    warnings.simplefilter("ignore")  # dateutil takes SA and CH for time zones
    names = "".join(f"{name:>11}" for name in COLUMNS)
    print(f"{'':<44}{'µs a string':>44}{'times ours':>36}{'right day':>45}")
    print(f"{'form':<44}{names}   {names[11:]}   {names}")
    for form in FORMS:
        strings = [spell(form, at) for at in moments]
        times = [best(reader, strings, rounds if not n else 2) for n, reader in enumerate(readers)]
        right = [score(reader, strings, moments) for reader in readers]
        rows.append((times, right))
        print(f"{strings[0]:<44}{spread(times, right)}")
    summarise(rows)


def spread(times: Sequence[float], right: Sequence[float]) -> str:
    """The figures of one line: microseconds, ratios, shares."""
    ratios = [us / times[0] for us in times[1:]]
    return "   ".join(
        (
            "".join(f"{us:>11.1f}" for us in times),
            "".join(f"{ratio:>11.0f}" for ratio in ratios),
            "".join(f"{share:>11.2f}" for share in right),
        )
    )


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


def dateparser_reader() -> Reader:
    """Dateparser as it does best here: Vietnamese, day before month, +07:00."""
    settings = {"DATE_ORDER": "DMY", "TIMEZONE": "+0700", "RETURN_AS_TIMEZONE_AWARE": True}
    parser = DateDataParser(languages=["vi"], settings=settings)

    def read(string: str) -> datetime | None:
        found: datetime | None = parser.get_date_data(string).date_obj
        return found

    return read


def read_by_dateutil(string: str) -> datetime | None:
    """Dateutil, day first, skipping the words that it does not know."""
    try:
        found: datetime = dateutil_parser.parse(string, dayfirst=True, fuzzy=True)
    except (ValueError, OverflowError):
        return None
    return found


def read_by_htmldate(string: str) -> datetime | None:
    """Htmldate on a page that holds nothing but the line, its caches emptied before."""
    reset_caches()
    page = f"<html><body><span class='date'>{string}</span><p>Tin trong tỉnh.</p></body></html>"
    found = find_date(page, original_date=True)
    return datetime.fromisoformat(found) if found else None


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


def summarise(rows: Sequence[tuple[Sequence[float], Sequence[float]]]) -> None:
    """Print the medians and means over the forms."""
    times, right = zip(*rows, strict=True)
    medians = [statistics.median(column) for column in zip(*times, strict=True)]
    shares = [statistics.mean(column) for column in zip(*right, strict=True)]
    print()
    for name, us, share in zip(COLUMNS, medians, shares, strict=True):
        print(
            f"{name:<11} median of {len(rows)} forms {us:>7.1f} µs ({us / medians[0]:.0f} × ours), "
            f"right day {share:.3f}"
        )
    print(f"slowest form of ours: {max(row[0] for row in times):.1f} µs")


if __name__ == "__main__":
    main()
