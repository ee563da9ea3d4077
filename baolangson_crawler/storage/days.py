"""The numbers of each site and day: written with every batch of a crawl, read by the watch."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta

from baolangson_crawler.dating import VIETNAM
from baolangson_crawler.items import Article, Visit
from baolangson_crawler.monitoring import SiteDay
from baolangson_crawler.sites.base import Site
from baolangson_crawler.storage.rows import instant
from baolangson_crawler.storage.sources import site_sources
from baolangson_crawler.storage.versions import Comparison

FRESH = timedelta(days=3)
"""An article stored so soon after its publication is news; a later one is backfill."""

GIVEN_UP = timedelta(days=14)
"""A source that fails for so long is not waited for: one dead list would blind the watch."""

UNREAD = (
    "layout_not_recognised layout_error listing empty_body javascript template too_short"
).split()
"""Reasons for holding a page that a change of design gives."""

_NOT_FAILURES = ("robots", "offsite")
_COUNTS = (
    "asked revisited discovered fetched stored changed held unread failed undated fresh with_lead "
    "with_byline with_date with_section with_image with_credit generic body_length"
).split()
_UPSERT = (
    f"INSERT INTO site_day (site, day, answered_at, {', '.join(_COUNTS)}) "
    f"VALUES (?, ?, ?{', ?' * len(_COUNTS)}) ON CONFLICT (site, day) DO UPDATE SET "
    "answered_at = coalesce(excluded.answered_at, answered_at), "
    + ", ".join(f"{name} = {name} + excluded.{name}" for name in _COUNTS)
)
_PARTS = "body_length generic with_lead with_byline with_section with_image with_credit".split()
_STORED = (
    "SELECT first_seen_at, substr(published_at, 1, 10), site, length(version.body), "
    "findings IS NOT NULL, coalesce(lead, '') != '', coalesce(byline, '') != '', "
    "coalesce(section, '') != '', image_count > 0, credit IS NOT NULL "
    "FROM article JOIN version ON version.id = article.version_id WHERE article.id = ?"
)
_CRAWLED = (
    "INSERT INTO site_day (site, day, crawls, last_crawl) VALUES (?, ?, 1, ?) "
    "ON CONFLICT (site, day) DO UPDATE SET crawls = crawls + 1, last_crawl = excluded.last_crawl"
)
_ANSWER = (
    "SELECT max(fetched_at) FROM fetch WHERE url_id = (SELECT id FROM url WHERE url = ?) "
    "AND crawl_id = ? AND failure IS NULL"
)
_FAILING_SINCE = (
    "SELECT min(fetched_at) FROM fetch WHERE url_id = (SELECT id FROM url WHERE url = ?1) "
    "AND id > coalesce((SELECT max(fetch.id) FROM fetch JOIN url ON url.id = url_id "
    "WHERE url = ?1 AND failure IS NULL), 0)"
)
_OPEN = (
    "SELECT substr(datetime(discovered_at, '+7 hours'), 1, 10), "
    "iif(state IN ('pending', 'in_flight') AND failed_crawl IS NULL, 'waiting', 'failed') AS what, "
    "count(DISTINCT key) FROM url "
    "WHERE site = ? AND state IN ('pending', 'in_flight', 'failed', 'gone') AND kind = 'article' "
    "AND rank < 3 "  # what a backfill found is no news
    "AND discovered_at >= ? AND NOT EXISTS (SELECT 1 FROM held WHERE url_id = url.id) "
    "GROUP BY 1, what"
)
_ROWS = (
    "SELECT day, crawls, discovered, stored, held, unread, undated, fresh, with_lead, "
    "with_byline, with_date, with_section, with_image, generic, body_length FROM site_day "
    "WHERE site = ? AND day BETWEEN ? AND ?"
)
_PUBLISHED = (
    "SELECT day, sum(articles) FROM daily_count WHERE site = ? AND day BETWEEN ? AND ? GROUP BY day"
)
_DISCOVERED = (
    "SELECT site, substr(datetime(discovered_at, '+7 hours'), 1, 10), count(*) FROM url AS new "
    "WHERE id > ? AND kind = 'article' AND rank < 3 "
    "AND NOT EXISTS (SELECT 1 FROM url WHERE url.key = new.key AND url.id < new.id) "
    "AND NOT EXISTS (SELECT 1 FROM article WHERE article.key = new.key "
    "AND article.first_seen_at < new.discovered_at) GROUP BY 1, 2"
)


def day_of(moment: datetime) -> date:
    """The day on which a moment falls in Vietnam."""
    return moment.astimezone(VIETNAM).date()


class Tally:
    """What one batch of visits adds to the numbers of the days.

    Begin one inside the batch's transaction, tell it every visit and every article, and ``write``
    it before the transaction ends: one statement for each site and day.
    """

    def __init__(self, conn: sqlite3.Connection, crawl_id: int) -> None:
        self.conn = conn
        self.crawl_id = crawl_id
        self._counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self._answered: dict[tuple[str, str], str] = {}
        self._last_url = conn.execute("SELECT coalesce(max(id), 0) FROM url").fetchone()[0]

    def visit(self, visit: Visit, url_id: int) -> None:
        """Count a visit, before its own rows are written."""
        place = (visit.site, day_of(visit.visited_at).isoformat())
        count = self._counts[place]
        count["asked"] += 1
        if visit.failure is None:
            moment = instant(visit.visited_at)
            self._answered[place] = max(moment, self._answered.get(place, ""))
        if visit.kind != "article":
            return
        count["fetched"] += visit.failure is None
        count["failed"] += visit.failure is not None and not visit.failure.startswith(_NOT_FAILURES)
        if visit.refusal is not None and not self._held(url_id):
            count["held"] += 1
            today = day_of(visit.visited_at)
            count["unread"] += visit.refusal.reason in UNREAD and self._is_new(url_id, today)

    def revisit(self, visit: Visit) -> None:
        """Count another look at an article: a request, and nothing that the watch reads."""
        count = self._counts[visit.site, day_of(visit.visited_at).isoformat()]
        count.update(asked=1, revisited=1)

    def _held(self, url_id: int) -> bool:
        """Whether the page is held already: one that is tried again is no further one."""
        held = self.conn.execute("SELECT 1 FROM held WHERE url_id = ?", (url_id,))
        return held.fetchone() is not None

    def _is_new(self, url_id: int, today: date) -> bool:
        """Whether the address was found lately, and not with the day of an old article."""
        found, listed = self.conn.execute(
            "SELECT discovered_at, listed_at FROM url WHERE id = ?", (url_id,)
        ).fetchone()
        days = [day_of(datetime.fromisoformat(found))]
        days += [date.fromisoformat(listed[:10])] if listed else []
        return today - min(days) <= FRESH

    def article(
        self, article: Article, comparison: Comparison, seen_at: datetime, url_id: int
    ) -> None:
        """Count an article that was read, and of a new one what it has."""
        today = day_of(seen_at)
        count = self._counts[article.site, today.isoformat()]
        count["changed"] += comparison == "changed"
        if comparison != "new":
            return
        at = article.published.at if article.published else None
        count["stored"] += 1
        is_new = today - at.date() <= FRESH if at else self._is_new(url_id, today)
        if not is_new:
            return
        count["undated"] += at is None
        count["fresh"] += 1
        count["body_length"] += len(article.body_text)
        count["generic"] += bool(article.findings)
        for name, value in (
            ("lead", article.lead),
            ("byline", article.byline),
            ("date", at),
            ("section", article.section),
            ("image", article.images),
            ("credit", article.credit),
        ):
            count[f"with_{name}"] += bool(value)

    def withdrawn(self, article_id: int) -> bool:
        """Take back what a stored article, that is none, has added; whether it had no date."""
        first_seen, day, *parts = self.conn.execute(_STORED, (article_id,)).fetchone()
        today = day_of(datetime.fromisoformat(first_seen))
        count = self._counts[parts.pop(0), today.isoformat()]
        count["held"] += 1
        count["stored"] -= 1
        count["undated"] -= day is None
        if day is None or today - date.fromisoformat(day) <= FRESH:
            count["fresh"] -= 1
            count["with_date"] -= day is not None
            for name, number in zip(_PARTS, parts, strict=True):
                count[name] -= number
        return day is None

    def write(self) -> None:
        """Add the numbers to the rows of their days."""
        for site, day, number in self.conn.execute(_DISCOVERED, (self._last_url,)):
            self._counts[site, day]["discovered"] += number
        self.conn.executemany(
            _UPSERT,
            [
                (
                    *place,
                    self._answered.get(place),
                    *(count[name] for name in _COUNTS),
                )
                for place, count in self._counts.items()
            ],
        )


def count_crawl(conn: sqlite3.Connection, crawl_id: int, site: Site, now: datetime) -> None:
    """Count a crawl for the day on which it saw the site, where every source answered it."""
    urls = [source.first_url for source in site_sources(conn, site.key, site.asked)]
    answers = {url: conn.execute(_ANSWER, (url, crawl_id)).fetchone()[0] for url in urls}
    moments = [moment for moment in answers.values() if moment]
    if moments and all(answers[url] or _is_given_up(conn, url, now) for url in urls):
        day = day_of(datetime.fromisoformat(min(moments)))
        conn.execute(_CRAWLED, (site.key, day.isoformat(), crawl_id))


def _is_given_up(conn: sqlite3.Connection, url: str, now: datetime) -> bool:
    since = conn.execute(_FAILING_SINCE, (url,)).fetchone()[0]
    return since is not None and now - datetime.fromisoformat(since) >= GIVEN_UP


def revisits_on(conn: sqlite3.Connection, site: str, day: date) -> int:
    """Looks at articles of a site that are held: made on a day, or under way."""
    return int(
        conn.execute(
            "SELECT coalesce((SELECT revisited FROM site_day WHERE site = ?1 AND day = ?2), 0) "
            "+ (SELECT count(*) FROM url WHERE site = ?1 AND state = 'in_flight' "
            "AND article_id IS NOT NULL)",
            (site, day.isoformat()),
        ).fetchone()[0]
    )


def numbers(conn: sqlite3.Connection, site: str, first: date, last: date) -> list[SiteDay]:
    """Every day of a site from the first to the last, those without anything too."""
    span = (site, first.isoformat(), last.isoformat())
    published = dict(conn.execute(_PUBLISHED, span).fetchall())
    cursor = conn.execute(_ROWS, span)
    names = [column[0] for column in cursor.description]
    rows = {row[0]: dict(zip(names[1:], row[1:], strict=True)) for row in cursor}
    still: dict[str, Counter[str]] = defaultdict(Counter)
    for name, what, count in conn.execute(_OPEN, (site, (first - timedelta(1)).isoformat())):
        still[name][what] = count
    found = []
    for number in range((last - first).days + 1):
        day = first + timedelta(number)
        row = rows.get(day.isoformat(), {})
        articles = published.get(day.isoformat(), 0) + row.pop("undated", 0)
        found.append(SiteDay(day=day, articles=articles, **row, **still[day.isoformat()]))
    return found


def last_active(conn: sqlite3.Connection, site: str, until: date) -> date | None:
    """The last day on which the site published an article, or one without a date was read."""
    days = [
        conn.execute(sql, (site, until.isoformat())).fetchone()
        for sql in (
            "SELECT day FROM daily_count WHERE site = ? AND day != '' AND day <= ? "
            "AND articles > 0 ORDER BY day DESC LIMIT 1",
            "SELECT day FROM site_day WHERE site = ? AND day <= ? AND undated > 0 "
            "ORDER BY day DESC LIMIT 1",
        )
    ]
    return max((date.fromisoformat(row[0]) for row in days if row), default=None)


def last_crawled(conn: sqlite3.Connection, site: str) -> date | None:
    """The last day on which a crawl saw the site whole."""
    return _crawled(conn, "max(day)", site)


def first_crawled(conn: sqlite3.Connection, site: str) -> date | None:
    """The first such day."""
    return _crawled(conn, "min(day)", site)


def _crawled(conn: sqlite3.Connection, which: str, site: str) -> date | None:
    sql = f"SELECT {which} FROM site_day WHERE site = ? AND crawls > 0"
    day = conn.execute(sql, (site,)).fetchone()[0]
    return date.fromisoformat(day) if day else None
