"""What is known of one site on one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteDay:
    """The numbers of one site and one day in Vietnam (+07:00)."""

    day: date

    articles: int = 0
    """Articles held that were published on the day, whenever they were found; one without a date
    counts on the day it was first read."""

    crawls: int = 0
    """Crawls that saw the site whole: each of its feeds, sitemaps and lists answered, and nothing
    cut the crawl short."""

    discovered: int = 0
    """New addresses of articles that the archive did not hold."""

    stored: int = 0
    """Articles stored for the first time."""

    held: int = 0
    """Pages held for the first time, being no articles."""

    unread: int = 0
    """Those of them that no layout reads, of addresses that were new."""

    failed: int = 0
    """Of the articles whose addresses were found on the day, those whose pages gave no answer or an
    error."""

    waiting: int = 0
    """The same, those whose pages are still to be fetched."""

    fresh: int = 0
    """Articles stored for the first time within three days of their publication, or, where they
    have no date, of the day on which their address was found: the ones whose fields are counted
    below, so that a backfill says nothing of today."""

    with_lead: int = 0
    with_byline: int = 0
    with_date: int = 0
    with_section: int = 0
    with_image: int = 0
    generic: int = 0
    """Fresh articles that the generic reader read, for want of a layout."""

    body_length: int = 0
    """Characters of their bodies together."""
