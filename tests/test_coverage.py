"""What is held and what is missing: counted once, placed in time, estimated, drawn."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from conftest import run_command

from baolangson_crawler.cli.coverage import command
from baolangson_crawler.cli.coverage.sheet import sheet
from baolangson_crawler.holdings import Line, day_gaps, number_gaps, numbered
from baolangson_crawler.sites import load_sites
from baolangson_crawler.storage.coverage import Coverage, address_dates_of, coverage, estimate
from baolangson_crawler.storage.opening import open_writing
from bench.coverage import SITE, Printed, fill, paper, result

DAY = date(2020, 3, 2)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "articles.db"


@pytest.fixture
def conn(path: Path) -> Iterator[sqlite3.Connection]:
    db = open_writing(path)
    yield db.conn
    db.close()


def article(number: int | str, day: date = DAY) -> Printed:
    return Printed(str(number), day, "thoi-su")


def told(*arguments: str) -> str:
    """What the command prints."""
    done = CliRunner().invoke(command, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def note(
    conn: sqlite3.Connection,
    key: str,
    state: str,
    listed_at: str | None = None,
    url: str = "",
    article_id: int | None = None,
) -> None:
    conn.execute(
        "INSERT INTO url (url, site, kind, key, state, listed_at, article_id, discovered_at) "
        "VALUES (?, ?, 'article', ?, ?, ?, ?, '2026-03-01T00:00:00Z')",
        (url or f"https://giabao.example/x/{key}-{state}", SITE, key, state, listed_at, article_id),
    )


def daily(days: int, per_day: int = 3, first: int = 1000) -> list[Printed]:
    """So many articles a day, each with the next number."""
    return [
        article(first + n * per_day + k, DAY + timedelta(n))
        for n in range(days)
        for k in range(per_day)
    ]


@pytest.mark.parametrize(
    ("article_id", "expected"),
    [
        ("123", ("", 123)),
        ("old-123", ("old", 123)),
        ("202007-123456", ("month", 123456)),
        ("202007-1a2b3c4", ("month-hex", 0x1A2B3C4)),
        ("20221223180348340", None),
        ("aBc", None),
        ("https://giabao.example/x", None),
    ],
)
def test_numberings_are_kept_apart(article_id: str, expected: tuple[str, int] | None) -> None:
    assert numbered(article_id) == expected


def test_each_article_is_counted_once_in_one_state(conn: sqlite3.Connection) -> None:
    fill(conn, [article(1), article(2)])
    held = conn.execute("SELECT id FROM article WHERE key = 'giabao:1'").fetchone()[0]
    note(conn, f"{SITE}:1", "skipped", url="https://giabao.example/alias", article_id=held)
    note(conn, f"{SITE}:99", "done", article_id=held)  # led to an article of another key
    note(conn, f"{SITE}:99", "pending")
    for state in ("pending", "failed"):
        note(conn, f"{SITE}:3", state)
    for key, state in (("4", "in_flight"), ("5", "failed"), ("6", "skipped"), ("7", "gone")):
        note(conn, f"{SITE}:{key}", state)
    total = coverage(conn, SITE).total
    assert (total.held, total.pending, total.failed, total.skipped, total.gone) == (2, 2, 1, 1, 1)
    assert total.discovered == 7


def test_an_article_stands_in_its_month_by_the_best_that_is_known(conn: sqlite3.Connection) -> None:
    fill(conn, daily(200))
    note(conn, f"{SITE}:201805-1a2b3c4", "pending", "2024-01-01")  # its address knows better
    note(conn, f"{SITE}:a", "pending", "2019-11-05")
    note(conn, f"{SITE}:1200.5", "failed")
    conn.execute("DELETE FROM url WHERE key = ?", (f"{SITE}:1301",))
    conn.execute("DELETE FROM article WHERE key = ?", (f"{SITE}:1301",))
    note(conn, f"{SITE}:1301", "pending")  # between the numbers of day 100
    found = coverage(conn, SITE, by="month")
    assert found.placed == {"page": 599, "address": 1, "list": 1, "numbers": 1, "unknown": 1}
    months = {each.period: each for each in found.periods}
    assert months["2018-05"].pending == 1
    assert months["2019-11"].pending == 1
    assert months[f"{DAY + timedelta(100):%Y-%m}"].pending == 1
    assert months[""].failed == 1


def test_a_constant_day_of_a_list_places_nothing(conn: sqlite3.Connection) -> None:
    fill(conn, [article(1)])
    for number in range(300):
        note(conn, f"{SITE}:x{number}", "pending", "2022-01-27")
    found = coverage(conn, SITE)
    assert [each.period for each in found.periods] == ["", "2020"]
    assert found.placed["unknown"] == 300


def test_numbers_of_another_time_place_nothing() -> None:
    points = [(1000 + n, DAY.toordinal() + n // 3) for n in range(900)]
    leap = [(600_000 + n, DAY.toordinal() + 300 + n // 3) for n in range(900)]
    line = Line.learned(points + leap)
    assert line
    assert line.day_at(1300) == DAY.toordinal() + 100
    assert line.day_at(300_000) is None  # nobody was given the numbers inside the leap


def test_hashes_are_no_line() -> None:
    printed = paper(1, 3000, ids="hash")
    points = sorted((int(a.number[7:], 16), a.day.toordinal()) for a in printed)
    assert Line.learned(points) is None


def test_a_pause_is_a_gap_where_the_paper_prints_daily_and_none_at_its_weekends() -> None:
    weekdays = {
        day.toordinal(): 6
        for n in range(200)
        if (day := DAY + timedelta(n)).weekday() < 5 and not 100 <= n < 105
    }
    gaps = list(day_gaps(weekdays, {DAY.toordinal() + 101: 4}))
    assert len(gaps) == 1
    assert gaps[0].first <= DAY + timedelta(100) <= DAY + timedelta(104) <= gaps[0].last
    assert gaps[0].known == 4
    assert 14 <= gaps[0].expected <= 24  # three working days of six


def test_a_window_of_numbers_without_articles_is_told() -> None:
    points = [(1000 + n, DAY.toordinal() + n // 3) for n in range(3000)]
    line = Line.learned(points)
    assert line
    known = [number for number, _ in points if not 2000 <= number < 2200]
    gaps = list(number_gaps("", line, known, []))
    assert len(gaps) == 1
    assert 150 <= gaps[0].missing <= 210
    assert gaps[0].first <= 2040
    assert gaps[0].last >= 2159
    none = list(range(2000, 2200))
    assert not list(number_gaps("", line, known, none))  # they are known to be no articles


@pytest.mark.parametrize(
    ("scenario", "ids", "least", "most"),
    [
        ("nothing", "rising", 0.999, 1.02),
        ("30 % by chance", "rising", 0.93, 1.07),
        ("a whole year", "leap", 0.97, 1.03),
        ("a whole year", "hash", 0.97, 1.04),
    ],
)
def test_the_estimate_finds_what_is_hidden(
    scenario: str, ids: str, least: float, most: float
) -> None:
    found = result(2, 5000, scenario, ids=ids)
    assert least < found.estimated < most
    assert found.inside > 0.8


def test_the_estimate_is_called_with_a_site_and_is_never_below_what_is_known(
    conn: sqlite3.Connection,
) -> None:
    site = load_sites().get("baolaocai")
    fill(conn, daily(400), site=site.key, waiting=daily(30, first=5000))
    years = estimate(conn, site)
    assert [each.year for each in years] == [2020, 2021]
    for each in years:
        assert each.held <= each.known <= each.expected_low <= each.expected <= each.expected_high
    assert sum(each.held for each in years) == 1200


def test_only_sites_whose_addresses_state_days_are_asked_for_them() -> None:
    register = load_sites()
    assert address_dates_of(register.get("baothainguyen")) is not None
    assert address_dates_of(register.get("baolaocai")) is None


@pytest.fixture
def shown(conn: sqlite3.Connection) -> Coverage:
    articles = [a for a in daily(500) if not DAY + timedelta(90) <= a.day < DAY + timedelta(99)]
    fill(conn, articles)
    conn.execute("UPDATE site SET name = 'Báo <Ế> & \x01'")
    return coverage(conn, SITE)


def test_the_picture_is_xml_without_script_and_marks_the_gap(shown: Coverage) -> None:
    drawn = sheet(shown)
    root = ElementTree.fromstring(drawn)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "<script" not in drawn
    assert "Báo &lt;Ế&gt; &amp; \N{REPLACEMENT CHARACTER}" in drawn
    assert drawn.count('<rect class="hatched"') == 9 + 1  # the days and the legend
    assert drawn.count("<title>01/") == 24  # the first of every month of two years


def test_a_png_is_drawn_from_the_same_picture(shown: Coverage) -> None:
    pytest.importorskip("resvg_py")
    from baolangson_crawler.cli.coverage.png import check, rendered

    check()
    drawn = sheet(shown)
    width = int(ElementTree.fromstring(drawn).attrib["width"])
    png = rendered(drawn)
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(png[16:20]) == 2 * width


def test_the_command_writes_table_csv_json_and_svg(path: Path, tmp_path: Path) -> None:
    db = open_writing(path)
    with db.atomic():
        fill(db.conn, daily(400))
    db.close()
    where = ("--archive", str(path))
    assert "Held: 1,200 of about" in told(SITE, *where, "--svg", str(tmp_path / "a.svg"))
    ElementTree.parse(tmp_path / "a.svg")
    rows = list(csv.DictReader(io.StringIO(told(SITE, *where, "--by", "day", "--csv", "-"))))
    assert len(rows) == 400
    assert {row["held"] for row in rows} == {"3"}
    document = json.loads(told(SITE, *where, "--json"))
    assert document["total"]["held"] == 1200
    assert document["estimates"][0]["share_held"] == 1
    assert told("--all", *where).splitlines()[-1].startswith(SITE)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "Name one paper"),
        ((SITE, "--all"), "Name one paper"),
        (("--all", "--svg", "x.svg"), "A picture shows one paper"),
        ((SITE, "--by", "day"), "--by day has a line for every day"),
        ((SITE, "--json", "--csv", "-"), "both write to standard output"),
        (("nowhere",), "No site named 'nowhere'"),
        (("baocantho",), "knows nothing of baocantho yet"),
    ],
)
def test_a_wrong_call_says_what_to_do(
    demo_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    done = run_command("coverage", *arguments, "--archive", str(demo_path))
    assert done.returncode == 1
    assert message in done.stderr


def test_a_missing_archive_says_what_to_do(path: Path) -> None:
    assert "There is no archive" in run_command("coverage", SITE, "--archive", str(path)).stderr


def test_an_archive_without_articles_says_so(path: Path) -> None:
    db = open_writing(path)
    assert "knows no paper yet" in told("--all", "--archive", str(path))
    with db.atomic():
        fill(db.conn, [])
    assert "no article is known yet" in told(SITE, "--archive", str(path))
    drawn = sheet(coverage(db.conn, SITE))
    db.close()
    assert "Chưa lưu bài nào" in drawn


def test_articles_without_dates_are_counted_and_not_estimated(conn: sqlite3.Connection) -> None:
    fill(conn, daily(10))
    conn.execute("UPDATE article SET published_at = NULL")
    found = coverage(conn, SITE)
    assert [(each.period, each.held) for each in found.periods] == [("", 30)]
    assert found.estimates == ()
