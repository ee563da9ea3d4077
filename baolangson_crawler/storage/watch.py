"""The watch over the papers: the numbers of their days, judged, with addresses to look at."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from baolangson_crawler.monitoring import (
    Alarm,
    Drift,
    Silence,
    SiteDay,
    drifts,
    expectation_on,
    of_drifts,
    of_silence,
    silence,
)
from baolangson_crawler.monitoring.drift import BEFORE, LATELY
from baolangson_crawler.monitoring.silences import HISTORY, WINDOWS
from baolangson_crawler.storage.days import (
    UNREAD,
    day_of,
    first_crawled,
    last_active,
    last_crawled,
    numbers,
)

SAMPLES = 3
_LOOKED_BACK = max(HISTORY + max(WINDOWS), BEFORE + LATELY)
_AT_MOST = _LOOKED_BACK + 366  # crawls are rare, or were down for long
_LAST_ARTICLES = (
    "SELECT url FROM article WHERE site = :site AND published_at <= :since || 'T24' "
    "ORDER BY published_at DESC LIMIT :samples"
)
_HELD_PAGES = (
    "SELECT url.url FROM held JOIN url ON url.id = held.url_id WHERE held.site = :site "
    "AND held.reason IN (SELECT value FROM json_each(:reasons)) "
    "ORDER BY held.held_at DESC LIMIT :samples"
)
_NEW = (
    "SELECT article.url FROM article JOIN version ON version.id = article.version_id "
    "WHERE article.site = :site AND published_at >= :since AND {} "
    "ORDER BY published_at DESC LIMIT :samples"
)
_LACKING = {
    "lead": _NEW.format("version.lead IS NULL"),
    "byline": _NEW.format("byline IS NULL"),
    "section": _NEW.format("section IS NULL"),
    "image": _NEW.format("image_count = 0"),
    "body": _NEW.format("word_count >= 0").replace("published_at DESC", "word_count"),
    "layout": _NEW.format("findings IS NOT NULL"),
    "date": (
        "SELECT url FROM article WHERE site = :site AND published_at IS NULL "
        "AND first_seen_at >= :since ORDER BY id DESC LIMIT :samples"
    ),
}
"""What a page lacks → how the newest of such articles are found."""


def alarms(conn: sqlite3.Connection, sites: Iterable[str], now: datetime) -> tuple[Alarm, ...]:
    """What is wrong with the sites as of their last crawls; call it after a crawl.

    An alarm that lasts is given at every call until it ends. Papers that print no more (status
    other than ``live``, or merged into another) are not watched.

    Args:
        conn: an archive.
        sites: keys of the sites to judge.
        now: the moment of the judgement.
    """
    names = dict(
        conn.execute(
            "SELECT key, name FROM site "
            "WHERE coalesce(status, 'live') = 'live' AND merged_into IS NULL"
        ).fetchall()
    )
    return tuple(
        alarm
        for site in dict.fromkeys(sites)
        if site in names
        for alarm in _alarms(conn, site, names[site], now)
    )


def history(conn: sqlite3.Connection, site: str, now: datetime) -> list[SiteDay]:
    """The days of a site that a judgement needs, up to the last crawl that saw it whole."""
    crawled = last_crawled(conn, site)
    if crawled is None:
        return []
    last = min(crawled, day_of(now))
    active = min(last_active(conn, site, last) or last, last)
    days = numbers(conn, site, active - timedelta(_LOOKED_BACK), last)
    if expectation_on(days, first_crawled(conn, site)):
        return days
    return numbers(conn, site, active - timedelta(_AT_MOST), last)


def _alarms(conn: sqlite3.Connection, site: str, name: str, now: datetime) -> Iterator[Alarm]:
    days = history(conn, site, now)
    found = silence(days, first_crawled(conn, site))
    if found and not _stirs(conn, site, days[-1].day, day_of(now)):
        alarm = of_silence(site, name, found)
        yield _shown(alarm, _silent_samples(conn, site, found, alarm))
    changed = drifts(days[-LATELY - BEFORE :])
    if alarm_of_fields := of_drifts(site, name, changed):
        yield _shown(alarm_of_fields, _changed_samples(conn, site, changed))


def _stirs(conn: sqlite3.Connection, site: str, after: date, today: date) -> bool:
    """Whether crawls that did not see the site whole have found something new since a day."""
    later = numbers(conn, site, after + timedelta(1), today)
    return any(day.articles or day.waiting for day in later)


def _shown(alarm: Alarm, samples: Iterable[str]) -> Alarm:
    return Alarm(
        site=alarm.site,
        kind=alarm.kind,
        since=alarm.since,
        text=alarm.text,
        samples=tuple(dict.fromkeys(samples))[:SAMPLES],
    )


def _silent_samples(conn: sqlite3.Connection, site: str, found: Silence, alarm: Alarm) -> list[str]:
    if alarm.kind == "layout":
        return _held(conn, site)
    return _urls(conn, _LAST_ARTICLES, site, found.since)


def _changed_samples(conn: sqlite3.Connection, site: str, changed: tuple[Drift, ...]) -> list[str]:
    layout = [drift for drift in changed if drift.what == "layout"]
    urls = _held(conn, site) if layout else []
    for drift in layout or changed:
        urls += _urls(conn, _LACKING[drift.what], site, drift.since)
    return urls


def _urls(conn: sqlite3.Connection, sql: str, site: str, since: date) -> list[str]:
    values = {"site": site, "since": since.isoformat(), "samples": SAMPLES}
    return [url for (url,) in conn.execute(sql, values)]


def _held(conn: sqlite3.Connection, site: str) -> list[str]:
    reasons = '["' + '","'.join(UNREAD) + '"]'
    values = {"site": site, "reasons": reasons, "samples": SAMPLES}
    return [url for (url,) in conn.execute(_HELD_PAGES, values)]
