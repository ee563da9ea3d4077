"""Which of the statements of a page is believed, and how far."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from baolangson_crawler.dating import VIETNAM, date
from baolangson_crawler.items import Article, Moment, PrintedDate

FETCHED = datetime(2026, 5, 28, 3, 30, 20, tzinfo=UTC)  # a Thursday, 10:30:20 in Vietnam


def vietnam(*parts: int) -> datetime:
    year, month, day, *clock = parts
    return datetime(year, month, day, *clock, tzinfo=VIETNAM)  # type: ignore[misc,arg-type]


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
        ([("visible", "2 giờ trước")], vietnam(2026, 5, 28, 8), "visible:ago", 0.5),
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
        # The hour is kept, whichever of the machine's statements has it.
        (
            [("visible", "08/01/2026"), ("meta", "2026-01-08"),
             ("json-ld", "2026-01-08T18:21:07+07:00")],
            vietnam(2026, 1, 8, 18, 21, 7), "json-ld:iso", 0.95,
        ),
        (
            [("visible", "08/01/2026"), ("meta", "2026-01-08T00:00:00+07:00"),
             ("json-ld", "2026-01-08T18:21:07+07:00")],
            vietnam(2026, 1, 8, 18, 21, 7), "json-ld:iso", 0.95,
        ),
        # A part of the day apart from its hour.
        (
            [("visible", "Chiều thứ năm, 08/01/2026 6:21"), ("meta", "2026-01-08T18:21:07+07:00")],
            vietnam(2026, 1, 8, 18, 21, 7), "meta:iso", 1.0,
        ),
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
        ([("url", "202507"), VISIBLE], SHOWN, "visible:day-month-year?address", 0.5),
        ([("url", "202512"), VISIBLE], SHOWN, "visible:day-month-year", 0.9),
        ([("url", "202602"), VISIBLE], SHOWN, "visible:day-month-year?address", 0.5),
        ([("url", "260108181930"), VISIBLE], SHOWN, "visible:day-month-year", 0.9),
        ([("url", "260107181930"), VISIBLE], SHOWN, "visible:day-month-year", 0.9),
        ([("url", "260110181930"), VISIBLE], SHOWN, "visible:day-month-year?address", 0.5),
        ([("url", "251001181930"), VISIBLE], SHOWN, "visible:day-month-year?address", 0.5),
        (
            [("url", "202601"), ("url", "20260108181930123")],
            vietnam(2026, 1, 8, 18, 19, 30), "url:digits", 0.6,
        ),
        ([("url", "2026/01/08")], vietnam(2026, 1, 8), "url:path", 0.6),
        ([("url", "20261301"), VISIBLE], SHOWN, "visible:day-month-year", 0.9),  # no time, no date
        # Day or month first: AM and PM make it doubtful, and another statement decides.
        (
            [("visible", "5/6/2026 5:12:08 PM")],  # 5 June is in the future
            vietnam(2026, 5, 6, 17, 12, 8),
            "visible:month-day-year?day-or-month-first?future", 0.5,
        ),
        (
            [("visible", "5/4/2026 5:12:08 PM")],
            vietnam(2026, 4, 5, 17, 12, 8), "visible:day-month-year?day-or-month-first", 0.5,
        ),
        (
            [("visible", "5/4/2026 5:12:08 PM"), ("url", "202604")],
            vietnam(2026, 4, 5, 17, 12, 8), "visible:day-month-year", 0.8,
        ),
        (
            [("visible", "5/4/2026 5:12:08 PM"), ("url", "202605")],
            vietnam(2026, 5, 4, 17, 12, 8), "visible:month-day-year", 0.8,
        ),
        (
            [("visible", "5/4/2026 5:12:08 PM"), ("json-ld", "2026-05-04")],
            vietnam(2026, 5, 4, 17, 12, 8), "visible:month-day-year", 0.95,
        ),
        (
            [("visible", "5/4/2026 5:12 PM"), ("meta", "2026-05-04T17:12:08+07:00")],
            vietnam(2026, 5, 4, 17, 12, 8), "meta:iso", 1.0,
        ),
        (
            [("visible", "5/4/2026 5:12 PM"), ("meta", "2026-04-05T17:12:08+07:00")],
            vietnam(2026, 4, 5, 17, 12, 8), "meta:iso", 1.0,
        ),
        (  # no sign of an American page: perhaps the machine's date was read month first
            [("visible", "5/4/2026 17:12"), ("meta", "2026-05-04T17:12:08+07:00")],
            vietnam(2026, 5, 4, 17, 12, 8), "meta:iso?order", 0.5,
        ),
        (  # drafted in May, printed in June
            [("visible", "1/4/2026 17:12"), ("url", "202603")],
            vietnam(2026, 4, 1, 17, 12), "visible:day-month-year", 0.9,
        ),
        # An offset of +00:00 for local time, where it shows.
        (
            [("meta", "2026-05-28T10:12:00+00:00")],
            vietnam(2026, 5, 28, 10, 12), "meta:iso?offset", 0.5,
        ),
        (
            [("visible", "10:12 28/05/2026"), ("meta", "2026-05-28T10:12:09+00:00")],
            vietnam(2026, 5, 28, 10, 12, 9), "meta:iso?offset", 1.0,
        ),
        (
            [("visible", "08/01/2026"), ("meta", "2026-01-08T18:21:07+00:00")],
            vietnam(2026, 1, 8, 18, 21, 7), "meta:iso?offset", 0.75,
        ),
        (
            [("visible", "09/01/2026"), ("meta", "2026-01-08T18:21:07+00:00")],
            vietnam(2026, 1, 9, 1, 21, 7), "meta:iso", 0.95,
        ),
        # A visible date of the fetch alone may be the clock of the page.
        ([("visible", "10:25 28/05/2026")],
         vietnam(2026, 5, 28, 10, 25), "visible:day-month-year?fetch", 0.5),
        ([("visible", "Thứ Năm, 28/05/2026")],
         vietnam(2026, 5, 28), "visible:day-month-year?fetch", 0.5),
        ([("visible", "Thứ Năm, 28/05/2026"), ("url", "202605")],  # a month is of any day
         vietnam(2026, 5, 28), "visible:day-month-year?fetch", 0.5),
        ([("visible", "10:25 28/05/2026"), ("url", "202604")],
         vietnam(2026, 5, 28, 10, 25), "visible:day-month-year?fetch", 0.5),
        ([("visible", "10:25 28/05/2026"), ("url", "20260527")],
         vietnam(2026, 5, 28, 10, 25), "visible:day-month-year?fetch", 0.5),
        ([("visible", "10:25 28/05/2026"), ("url", "20260528")],
         vietnam(2026, 5, 28, 10, 25), "visible:day-month-year", 0.9),
        # A machine date of the fetch alone may be the time of the answer.
        ([("meta", "2026-05-28T10:30:19+07:00")],
         vietnam(2026, 5, 28, 10, 30, 19), "meta:iso?fetch", 0.5),
        ([("json-ld", "2026-05-28T10:30+07:00"), ("meta", "2026-05-28T03:30:20Z")],
         vietnam(2026, 5, 28, 10, 30), "json-ld:iso?fetch", 0.5),
        ([("meta", "2026-05-28T10:30:19+07:00"), ("url", "202605")],
         vietnam(2026, 5, 28, 10, 30, 19), "meta:iso?fetch", 0.5),
        ([("meta", "2026-05-28T10:30:19+07:00"), ("url", "2026/05/28")],
         vietnam(2026, 5, 28, 10, 30, 19), "meta:iso", 0.9),
        ([("meta", "2026-05-28T10:27:19+07:00")],
         vietnam(2026, 5, 28, 10, 27, 19), "meta:iso", 0.9),
        ([("visible", "2 giờ trước"), ("meta", "2026-05-28T10:30:19+07:00")],
         vietnam(2026, 5, 28, 10, 30, 19), "meta:iso?fetch", 0.5),
        # Fetched right after the publication, which both state.
        ([("visible", "10:30 28/05/2026"), ("meta", "2026-05-28T10:30:19+07:00")],
         vietnam(2026, 5, 28, 10, 30, 19), "meta:iso", 1.0),
        ([("visible", "Vừa xong"), ("meta", "2026-05-28T10:30:19+07:00")],
         vietnam(2026, 5, 28, 10, 30, 19), "meta:iso", 0.9),
        ([("visible", "09:25 28/05/2026")],
         vietnam(2026, 5, 28, 9, 25), "visible:day-month-year", 0.9),
        # A named day with its hour stands beside the machine's; a contradiction ends it.
        (
            [("visible", "Hôm qua, 18:21"), ("json-ld", "2026-05-27")],
            vietnam(2026, 5, 27, 18, 21), "visible:day-name", 0.95,
        ),
        (
            [("visible", "Hôm qua, 18:21"), ("meta", "2026-05-20T18:21:00+07:00")],
            vietnam(2026, 5, 20, 18, 21), "meta:iso", 0.5,
        ),
        ([("visible", "Thứ Hai, 08/01/2026")],
         vietnam(2026, 1, 8), "visible:day-month-year?weekday", 0.5),
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


def test_one_visible_line_states_both_moments() -> None:
    line = "Đăng: 08/01/2026 18:21 | Cập nhật: 09/01/2026 08:00"
    dated = date(article(("visible", line)), FETCHED)
    assert dated.published is not None
    assert dated.modified is not None
    assert (dated.published.at, dated.published.confidence) == (SHOWN, 0.9)
    assert (dated.modified.at, dated.modified.raw) == (vietnam(2026, 1, 9, 8), line)
    dated = date(article(VISIBLE, ("meta", "2026-01-08T18:21:07+07:00")), FETCHED)
    assert dated.modified is None


@pytest.mark.parametrize(
    ("meta", "publication", "change"),
    [
        ("2026-01-08T18:21:07+07:00", SHOWN.replace(second=7), vietnam(2026, 1, 9, 8)),
        ("2026-01-09T07:50:00+07:00", vietnam(2026, 1, 9, 7, 50), vietnam(2026, 1, 9, 8)),
        ("2026-01-09T08:00:07+07:00", vietnam(2026, 1, 9, 8, 0, 7), None),
        ("2026-01-09T08:00:07+08:00", vietnam(2026, 1, 9, 8), None),  # a wrong offset
        ("2026-01-09T09:10:00+07:00", vietnam(2026, 1, 9, 8), None),
        ("2026-01-09", vietnam(2026, 1, 9, 8), None),
    ],
)
def test_date_labelled_as_a_change(meta: str, publication: datetime, change: datetime) -> None:
    dated = date(article(("visible", "Cập nhật: 09/01/2026 08:00"), ("meta", meta)), FETCHED)
    assert dated.published is not None
    assert dated.published.at == publication
    assert (dated.modified and dated.modified.at) == change


def test_visible_date_of_the_change_is_not_the_publication() -> None:
    changed = "2026-01-09T08:00:00+07:00"
    dates = [
        ("visible", "Cập nhật: 09/01/2026 08:00"),
        ("meta", "2026-01-08T18:21:07+07:00"),
        ("meta", changed, "modified"),
    ]
    dated = date(article(*dates), FETCHED)
    assert dated.published is not None
    assert dated.modified is not None
    assert (dated.published.at, dated.published.method) == (SHOWN.replace(second=7), "meta:iso")
    assert dated.modified.raw == changed
