"""The moments that feeds and sitemaps state, each list read as a whole."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from baolangson_crawler.dating import dated, listed_day
from baolangson_crawler.items import Link

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def read(*raws: str | None) -> list[str | None]:
    links = (Link(url=f"https://a.vn/{n}", modified_raw=raw) for n, raw in enumerate(raws))
    return [link.modified and link.modified.isoformat() for link in dated(links, NOW)]


@pytest.mark.parametrize(
    ("raw", "moment"),
    [
        ("Thu, 08 Jan 2026 18:21:00 +0700", "2026-01-08T18:21:00+07:00"),
        ("2026-01-08 18:21:00", "2026-01-08T18:21:00+07:00"),
        ("1/28/2026 6:21:00 PM", "2026-01-28T18:21:00+07:00"),
        ("28/1/2026 18:21:00", "2026-01-28T18:21:00+07:00"),
        ("Mon, 04 May 2026 12:05:08 GMT+7", "2026-05-04T12:05:08+07:00"),
        ("Thứ 5, 28/05/2026 17:00:00 GMT+7", "2026-05-28T17:00:00+07:00"),
        ("2026-01-08T18:21:00Z", "2026-01-08T18:21:00+00:00"),
        ("2026-01-08", "2026-01-08T00:00:00+07:00"),
        ("yesterday or so", None),
        (None, None),
    ],
)
def test_the_forms_of_a_date(raw: str | None, moment: str | None) -> None:
    assert read(raw) == [moment]


ORDERS = {
    "a day beyond twelve": ("5/6/2026 1:02:03 PM", "5/28/2026 1:02:03 PM", "05-06"),
    "a day beyond twelve, 24 hours": ("5/6/2026 13:02:03", "28/5/2026 13:02:03", "06-05"),
    "a day beyond twelve against AM": ("5/6/2026 1:02:03 PM", "28/5/2026 1:02:03 PM", "06-05"),
    "never in the future": ("11/12/2026 9:00:00", "11/11/2026 9:00:00", "11-12"),
    "never in the future, nor the month": ("12/11/2026 9:00 AM", "10/11/2026 9:00 AM", "11-12"),
    "near each other, month first": ("11/5/2026 9:00:00", "11/3/2026 9:00:00", "11-05"),
    "near each other, day first": ("11/5/2026 9:00 AM", "9/5/2026 9:00 AM", "05-11"),
    "nothing tells: day first": ("5/6/2026 13:02:03", None, "06-05"),
    "nothing tells but AM": ("5/6/2026 1:02:03 PM", None, "05-06"),
}


@pytest.mark.parametrize(("open_", "other", "day"), ORDERS.values(), ids=ORDERS)
def test_day_and_month_are_told_apart_by_the_whole_list(
    open_: str, other: str | None, day: str
) -> None:
    for raws in ((open_, other), (other, open_), (other, None, open_, other)):
        moment = read(*raws)[raws.index(open_)]
        assert moment is not None
        assert moment[:10] == f"2026-{day}"


def test_the_future_says_nothing() -> None:
    links = list(dated([Link(url="https://a.vn/1", modified_raw="2027-01-01")], NOW))
    assert links == [Link(url="https://a.vn/1")]
    # an offset that was printed wrongly is no future
    assert read("Mon, 23 Nov 2026 18:59:00 GMT") == ["2026-11-23T18:59:00+00:00"]


def test_long_lists_are_read_in_pieces() -> None:
    taken = 0

    def links() -> object:
        nonlocal taken
        for number in range(50_000):
            taken += 1
            yield Link(url=f"https://a.vn/{number}", modified_raw="2026-01-08")

    first = next(dated(links(), NOW))  # type: ignore[arg-type]
    assert first.modified is not None
    assert taken == 1000


@pytest.mark.parametrize(
    ("modified", "address", "day"),
    [
        (datetime(2026, 1, 8, 20, tzinfo=UTC), (), date(2026, 1, 9)),
        ("2026-01-08T20:00:00Z", (), date(2026, 1, 9)),
        (None, ("202602",), date(2026, 2, 28)),
        ("2026-03-01", ("202602",), date(2026, 3, 1)),
        (None, (), None),
    ],
)
def test_the_latest_day_that_is_stated(
    modified: datetime | str | None, address: tuple[str, ...], day: date | None
) -> None:
    assert listed_day(modified, address) == day
