"""Every article of a site that the archive knows, counted once and placed in time.

Of an article that is held the page states the day. Of another its address may, or the list that
named it; else the held articles with numbers next to its own do.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from baolangson_crawler.dating import VIETNAM
from baolangson_crawler.dating.address import read_address
from baolangson_crawler.holdings import Line, numbered
from baolangson_crawler.items import PrintedDate

State = Literal["held", "pending", "failed", "skipped", "gone"]
Rule = Literal["page", "address", "list", "numbers", "unknown"]
RULES: tuple[Rule, ...] = ("page", "address", "list", "numbers", "unknown")
AddressDates = Callable[[str], Iterable[PrintedDate]]

STATES: tuple[State, ...] = ("held", "pending", "failed", "skipped", "gone")
"""Of an article with several addresses the first one counts."""

_LETTERS = {"second": 10, "minute": 10, "day": 10, "month": 7, "year": 4}
_CONSTANT = 0.2  # share of a list's statements that name one day: a constant, and no day
_LEAST_CONSTANT = 200
_WHEN = (
    "substr(published_at, 1, CASE published_precision WHEN 'month' THEN 7 WHEN 'year' THEN 4 "
    "ELSE 10 END)"
)
_HELD = f"SELECT site_article_id, {_WHEN} FROM article WHERE site = ? AND published_at IS NOT NULL"
_UNDATED = (
    "SELECT article.key, article.url, (SELECT min(listed_at) FROM url WHERE url.key = article.key) "
    "FROM article WHERE site = ? AND published_at IS NULL"
)
# an address of a merged paper leads to an article on another site, and is known by its old number
_ELSEWHERE = (
    f"SELECT substr(min(url.key), ?2), {_WHEN} FROM url JOIN article ON article.id = article_id "
    "WHERE url.site = ?1 AND url.kind = 'article' AND article.site != ?1 GROUP BY article_id"
)
_OPEN = (
    "SELECT key, url, min(listed_at), min(CASE state WHEN 'failed' THEN 2 WHEN 'skipped' THEN 3 "
    "WHEN 'gone' THEN 4 WHEN 'done' THEN 3 ELSE 1 END) FROM url "
    "WHERE site = ?1 AND kind = 'article' AND article_id IS NULL AND key IS NOT NULL "
    "AND NOT EXISTS (SELECT 1 FROM article WHERE article.key = url.key) "
    "AND NOT EXISTS (SELECT 1 FROM url AS led WHERE led.key = url.key "
    "AND led.article_id IS NOT NULL) GROUP BY key"
)


@dataclass
class Known:
    """The articles of one site, as numbers."""

    counts: dict[State, Counter[str]] = field(
        default_factory=lambda: {state: Counter() for state in STATES}
    )
    """By state: how many articles by day, month or year (``2020-07-21``, ``2020-07``, ``2020``),
    by what is known; the empty string for no date."""

    rules: Counter[Rule] = field(default_factory=Counter)
    """How many articles were placed by each rule."""

    lines: dict[str, Line] = field(default_factory=dict)
    """The numberings that follow time, by name."""

    real: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Numbers of articles held, waiting or failed, rising, by numbering."""

    none: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Numbers of what is no article or is gone, rising, by numbering."""

    def add(self, state: State, when: str, rule: Rule, count: int = 1) -> None:
        """Count articles."""
        self.counts[state][when] += count
        self.rules[rule] += count


def known(conn: sqlite3.Connection, site: str, address_dates: AddressDates | None = None) -> Known:
    """Every article of a site.

    Args:
        conn: the archive.
        site: key of the site.
        address_dates: what an address says of the day (``Site.address_dates``), where any does.
    """
    found = Known()
    points: dict[str, list[tuple[int, int]]] = defaultdict(list)
    ordinals: dict[str, int] = {}
    days: Counter[str] = Counter()
    for article_id, when in _dated(conn, site):
        days[when] += 1
        if article_id and (place := numbered(article_id)):
            found.real[place[0]].append(place[1])
            if len(when) == 10:
                if when not in ordinals:
                    ordinals[when] = date.fromisoformat(when).toordinal()
                points[place[0]].append((place[1], ordinals[when]))
    for when, count in days.items():
        found.add("held", when, "page", count)
    for name, dated in points.items():
        if line := Line.learned(sorted(dated)):
            found.lines[name] = line
    _place_others(conn, site, found, address_dates)
    for numbers in (*found.real.values(), *found.none.values()):
        numbers.sort()
    return found


def _dated(conn: sqlite3.Connection, site: str) -> Iterator[tuple[str | None, str]]:
    yield from conn.execute(_HELD, (site,))
    merged = conn.execute("SELECT merged_into FROM site WHERE key = ?", (site,)).fetchone()
    if merged and merged[0]:
        for number, when in conn.execute(_ELSEWHERE, (site, len(site) + 2)):
            yield number, when or ""


def _place_others(
    conn: sqlite3.Connection, site: str, found: Known, address_dates: AddressDates | None
) -> None:
    """Place what is held without a date, and what is not held."""
    constant = _constants(conn, site)
    prefix = len(site) + 1
    rows: Iterator[tuple[str, str, str | None, State]] = (
        (key, url, listed, "held") for key, url, listed in conn.execute(_UNDATED, (site,))
    )
    open_rows = conn.execute(_OPEN, (site,))
    for source in (rows, ((key, url, at, STATES[n]) for key, url, at, n in open_rows)):
        for key, url, listed, state in source:
            article_id = key[prefix:]
            place = numbered(article_id)
            if place:
                numbers = found.none if state in ("skipped", "gone") else found.real
                numbers[place[0]].append(place[1])
            stated = _stated(article_id, url, address_dates)
            at = listed[:10] if listed and listed[:10] not in constant else ""
            line = found.lines.get(place[0]) if place else None
            if stated:
                # the list may state the day where the address states only the month
                found.add(state, at if at.startswith(stated) else stated, "address")
            elif at:
                found.add(state, at, "list")
            elif line and place and (day := line.day_at(place[1])):
                found.add(state, date.fromordinal(day).isoformat()[:7], "numbers")
            else:
                found.add(state, "", "unknown")


def _constants(conn: sqlite3.Connection, site: str) -> set[str]:
    """Days that a list states of so many articles that it is no day of theirs."""
    stated = Counter(
        dict(
            conn.execute(
                "SELECT substr(listed_at, 1, 10), count(*) FROM url WHERE site = ? "
                "AND kind = 'article' AND listed_at IS NOT NULL GROUP BY 1",
                (site,),
            ).fetchall()
        )
    )
    limit = max(_LEAST_CONSTANT, _CONSTANT * stated.total())
    return {day for day, count in stated.items() if count > limit}


def _stated(article_id: str, url: str, address_dates: AddressDates | None) -> str:
    """The day or month that the address states; the empty string where it states none."""
    raws: list[str] = []
    if match := re.match(r"((?:19|20)\d{4})-", article_id):
        raws.append(match[1])
    elif article_id.startswith("http"):
        raws.append(article_id)
    if address_dates:
        raws.extend(printed.raw for printed in address_dates(url))
    for raw in raws:
        if reading := read_address(raw):
            day = reading.at.astimezone(VIETNAM).date().isoformat()
            return day[: _LETTERS[reading.precision]]
    return ""
