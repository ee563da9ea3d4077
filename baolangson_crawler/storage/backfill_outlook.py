"""How far a backfill has come, and how much of a paper is held: reads only."""

from __future__ import annotations

import sqlite3
from collections import Counter
from datetime import date

from baolangson_crawler import urls
from baolangson_crawler.backfilling import Bounds
from baolangson_crawler.backfilling.forecast import Outlook
from baolangson_crawler.backfilling.plan import lists, uses_numbers
from baolangson_crawler.sites.base import Site
from baolangson_crawler.storage.backfill import WAITING, days, numbers, steps
from baolangson_crawler.storage.sources import site_sources

_LATEST = 200  # answers from which the time of one is learned


def outlook(conn: sqlite3.Connection, site: Site, bounds: Bounds, today: date) -> Outlook:
    """What is left of the plan of a site within the bounds."""
    (waiting,) = conn.execute(
        f"SELECT count(DISTINCT key) FROM url WHERE {WAITING} "
        "AND (listed_at IS NULL OR listed_at BETWEEN :since AND :until)",
        {"site": site.key, **days(bounds)},
    ).fetchone()
    sources = site_sources(conn, site.key, site.asked)
    walked = lists(site, today, sources)
    tries_numbers = uses_numbers(site, today, sources, wanted=bounds.ids)
    open_steps = Counter[str]()
    read = list[int]()
    failed = 0
    for step in steps(conn, site.key):
        if step.kind == "sitemap" and step.state == "done" and step.found:
            read.append(step.found)
        if step.kind == "list" and step.address not in walked:
            continue
        failed += step.state == "failed"
        open_steps[step.kind] += step.state == "waiting" and bounds.holds(step)
    tries_numbers = tries_numbers and bool(open_steps["numbers"])
    return Outlook(
        waiting=waiting,
        files=open_steps["sitemap"],
        lists=open_steps["list"],
        numbers=numbers(conn, site).unknown() if tries_numbers else 0,
        articles_a_file=sum(read) / len(read) if read else None,
        failed=failed,
    )


def request_seconds(conn: sqlite3.Connection, site: Site, delay: float) -> float:
    """Seconds from one request to the next: the pause, and what an answer took lately.

    Args:
        conn: the archive.
        site: who is asked.
        delay: the operator's pause.
    """
    name = urls.bare_host(site.domains[0])
    host = conn.execute(
        "SELECT max(pause, crawl_delay) FROM host WHERE host = ?", (name,)
    ).fetchone()
    (elapsed,) = conn.execute(
        "SELECT avg(elapsed) FROM (SELECT elapsed FROM fetch JOIN url ON url.id = fetch.url_id "
        "WHERE site = ? AND elapsed IS NOT NULL ORDER BY fetch.id DESC LIMIT ?)",
        (site.key, _LATEST),
    ).fetchone()
    return max(delay, host[0] if host else 0.0) + (elapsed or 0.0)
