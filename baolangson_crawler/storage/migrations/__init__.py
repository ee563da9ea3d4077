"""The schema, one numbered step after the other; a step is never edited after a release."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from baolangson_crawler.storage.migrations.m001 import TABLES
from baolangson_crawler.storage.migrations.m002 import SEARCH, VIEWS
from baolangson_crawler.storage.migrations.m003 import PAPERS
from baolangson_crawler.storage.migrations.m004 import FRONTIER
from baolangson_crawler.storage.migrations.m005 import SITE_DAYS
from baolangson_crawler.storage.migrations.m006 import (
    BACKFILL,
    EVENTS,
    IMPORTS,
    RANKS,
    REVISITS,
    SOURCES,
    WALKS,
)

migrations = Migrations("baolangson_crawler")


@migrations()
def m001_articles(db: Database) -> None:
    """Sites, crawls, the URL ledger, captures, articles, versions and what belongs to them."""
    db.executescript(TABLES)


@migrations()
def m002_views_and_search(db: Database) -> None:
    """The current text of each article, and the folded and the exact index over it."""
    db.executescript(VIEWS)
    db.executescript(SEARCH)


@migrations()
def m003_papers_and_findings(db: Database) -> None:
    """Which paper wrote an article; how the generic reader found it; what was done to its text."""
    db.executescript(PAPERS)


@migrations()
def m004_frontier_and_hosts(db: Database) -> None:
    """The ledger as the frontier of a crawl; the pace of every host between two crawls."""
    db.executescript(FRONTIER)


@migrations()
def m005_site_days(db: Database) -> None:
    """The numbers of each site and day; the newest article of a paper without a scan."""
    db.executescript(SITE_DAYS)


@migrations()
def m006_finding_and_revisiting(db: Database) -> None:
    """How urgent an address is; revisits and events; imports; found sources; backfills."""
    for step in (RANKS, REVISITS, EVENTS, IMPORTS, SOURCES, BACKFILL, WALKS):
        db.executescript(step)
