"""A held article that is asked for again: what came of it, and when the next look is due.

Whatever comes, the row of its address is ``done`` afterwards: a look that gave nothing says so in
its ``fetch`` row, and the versions that are held stay.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from baolangson_crawler import revisiting
from baolangson_crawler.failures import GONE, class_of, next_visit
from baolangson_crawler.items import Article, Visit
from baolangson_crawler.revisiting import LISTED, SECOND_LOOK
from baolangson_crawler.storage import articles, doubts, events, fetches, habits, moves, rows
from baolangson_crawler.storage.days import Tally
from baolangson_crawler.storage.ledger import Ledger
from baolangson_crawler.storage.rows import instant

MISSING = GONE | {"soft_404", "moved", "other_article"}
"""Reasons that say of an article that it is no longer where it was; ``moved``: the address leads to
a page that is no article, ``other_article``: to an article with another identity."""

_KNOWN = (
    "SELECT url.id, url.url, article.id, article.key, article.site, rank, fetched_at, missing_at, "
    "coalesce(published_at, first_seen_at), iif(version_count > 1, version.seen_at, NULL) "
    "FROM url JOIN article ON article.id = url.article_id "
    "JOIN version ON version.id = version_id "
    "WHERE url.id = ? AND state = 'in_flight' AND kind = 'article'"
)


class Known(NamedTuple):
    """The address that a held article is known under, before the look."""

    url_id: int
    url: str
    article_id: int
    key: str
    site: str
    rank: int
    fetched_at: str | None
    missing_at: str | None
    published_at: str
    changed_at: str | None


class _Gone(NamedTuple):
    """An article that was missing twice, until the end of the crawl says whether to believe it."""

    known: Known
    fetch_id: int
    reason: str


class Revisits:
    """Writes the looks of one crawl; the archive decides when a transaction ends."""

    def __init__(self, conn: sqlite3.Connection, ledger: Ledger) -> None:
        self.conn = conn
        self.ledger = ledger
        self._gone: dict[int, _Gone] = {}
        self._missing: dict[str, set[int]] = {}

    def known(self, visit: Visit, url_id: int) -> Known | None:
        """What a visit is another look at; None for a first visit."""
        if visit.kind != "article":
            return None
        row = self.conn.execute(_KNOWN, (url_id,)).fetchone()
        return Known(*row) if row else None

    def judged(self, known: Known, visit: Visit) -> Visit:
        """The visit with ``failure`` where it shows the article neither changed nor unchanged."""
        article = visit.article
        if article is not None and article.key != known.key:
            failure: str | None = "other_article"
        elif article is not None and doubts.is_doubtful(self.conn, known.article_id, article):
            refusal = doubts.refusal(article)
            if doubts.is_confirmed(self.conn, known.url_id, refusal):
                return visit
            return replace(visit, article=None, refusal=refusal, failure=refusal.reason)
        else:
            failure = visit.failure or (visit.refusal.reason if visit.refusal else None)
        return replace(visit, article=None, refusal=None, failure=failure) if failure else visit

    def write(
        self, known: Known, visit: Visit, fetch_id: int, counter: Counter[str], tally: Tally
    ) -> None:
        """Write what came of a look, as ``judged`` gives it, and when the next one is due.

        Args:
            known: the address, as it was before.
            visit: what came.
            fetch_id: its row.
            counter: of the site; ``revisited`` and what came of it is added.
            tally: of the batch.
        """
        counter["revisited"] += 1
        tally.revisit(visit)
        if visit.failure is None:
            self._present(known, visit, fetch_id, counter, tally)
        elif visit.failure in MISSING:
            self._is_missing(known, visit, fetch_id)
        else:
            self._failed(known, visit, fetch_id)

    def _present(
        self, known: Known, visit: Visit, fetch_id: int, counter: Counter[str], tally: Tally
    ) -> None:
        seen_at, article_id = instant(visit.visited_at), known.article_id
        self._gone.pop(article_id, None)
        self._missing.get(known.site, set()).discard(article_id)
        changed = False
        place = known.url_id
        if visit.article is not None:
            changed, place = self._read(known, visit, visit.article, fetch_id, counter, tally)
        else:
            rows.note_seen(self.conn, article_id, None, seen_at)
            counter["same"] += 1
        headers = fetches.headers_of(visit)
        for url_id in {known.url_id, place}:
            is_same = visit.article is None
            self.ledger.done(url_id, seen_at, article_id, headers, unchanged=is_same)
        self.conn.execute("UPDATE url SET missing_at = NULL WHERE article_id = ?", (article_id,))
        self.conn.execute("DELETE FROM held WHERE url_id = ?", (known.url_id,))
        last = events.last(self.conn, article_id)
        if last and last[0] == "gone":
            events.record(self.conn, article_id, "restored", seen_at, fetch_id, known.url)
            counter["restored"] += 1
        else:
            self._note_habit(known, visit.visited_at, changed=changed)
        self.schedule(article_id, place, visit.visited_at)

    def _read(
        self,
        known: Known,
        visit: Visit,
        article: Article,
        fetch_id: int,
        counter: Counter[str],
        tally: Tally,
    ) -> tuple[bool, int]:
        """Whether there is a new version, and the row of the address that it is known under."""
        seen_at = instant(visit.visited_at)
        before = moves.address_of(self.conn, known.article_id)
        counted: Counter[str] = Counter()
        _, comparison = articles.write(self.conn, visit, counted, seen_at, fetch_id)
        counter.update({name: counted[name] for name in ("same", "changed", "duplicate")})
        tally.article(article, comparison, visit.visited_at, known.url_id)
        place = moves.follow(self.conn, self.ledger, before, known.url, visit, fetch_id)
        counter["moved"] += place is not None
        return comparison == "changed", place or known.url_id

    def _note_habit(self, known: Known, now: datetime, *, changed: bool) -> None:
        if known.rank == 1:
            habits.note(self.conn, known.site, LISTED, changed=changed)
            return
        band = self._band(known.published_at, known.changed_at, now)
        waited = now - rows.moment(known.fetched_at) if known.fetched_at else band.usual
        habits.note(self.conn, known.site, band.name, changed=changed, pauses=waited / band.usual)

    def _band(self, published: str, changed: str | None, now: datetime) -> revisiting.Band:
        since = rows.moment(changed) if changed else None
        return revisiting.watched_as(now, rows.moment(published), since)

    def schedule(self, article_id: int, url_id: int, now: datetime) -> None:
        """Note when an article is looked at again, at one of its addresses only.

        Args:
            article_id: which.
            url_id: row of the address that it is known under.
            now: of the last look.
        """
        site, key, published, changed = self.conn.execute(
            "SELECT site, key, coalesce(published_at, first_seen_at), "
            "iif(version_count > 1, version.seen_at, NULL) "
            "FROM article JOIN version ON version.id = version_id WHERE article.id = ?",
            (article_id,),
        ).fetchone()
        last = events.last(self.conn, article_id)
        if last and last[0] == "restored":
            changed = max(changed or "", last[1])
        band = self._band(published, changed, now)
        pause = revisiting.pause(band, habits.load(self.conn, site, band.name), key)
        self._look(article_id, url_id, now + pause)

    def begin(self, article_id: int, url_id: int, now: datetime) -> None:
        """The same for an article that a first visit has stored or found stored already."""
        placed = self.conn.execute(
            "SELECT 1 FROM url WHERE article_id = ? AND state = 'done' AND kind = 'article' "
            "AND next_visit_at IS NOT NULL",
            (article_id,),
        ).fetchone()
        if placed is None:
            self.schedule(article_id, url_id, now)

    def _look(self, article_id: int, url_id: int, at: datetime) -> None:
        self.conn.execute(
            "UPDATE url SET state = 'done', next_visit_at = NULL WHERE article_id = ? AND id != ? "
            "AND state IN ('done', 'in_flight') AND kind = 'article'",
            (article_id, url_id),
        )
        self.conn.execute(
            "UPDATE url SET state = 'done', reason = NULL, rank = 2, next_visit_at = ? "
            "WHERE id = ?",
            (instant(at), url_id),
        )

    # --- Looks that show no article --------------------------------------------------------

    def _is_missing(self, known: Known, visit: Visit, fetch_id: int) -> None:
        """Missing once is a doubt, twice in two crawls is gone, if the crawl's end agrees."""
        now, reason = visit.visited_at, visit.failure or ""
        since = known.missing_at or instant(now)
        self.conn.execute(
            "UPDATE url SET missing_at = ?, failed_crawl = ? WHERE id = ?",
            (since, self.ledger.crawl_id, known.url_id),
        )
        last = events.last(self.conn, known.article_id)
        if last and last[0] == "gone":
            pause = revisiting.pause_when_gone(rows.moment(last[1]), now)
            self._look(known.article_id, known.url_id, now + pause)
            return
        self._missing.setdefault(known.site, set()).add(known.article_id)
        place = known.url_id
        if known.missing_at is not None:
            self._gone[known.article_id] = _Gone(known, fetch_id, _told(reason, visit))
        elif newer := moves.newer_address(self.conn, known.article_id, known.url_id):
            place = newer
        self._look(known.article_id, place, now + SECOND_LOOK)

    def confirm(self, now: datetime, counters: dict[str, Counter[str]]) -> None:
        """At the end of a crawl, write that articles have gone, unless too many went at once."""
        for gone in self._gone.values():
            known = gone.known
            count = counters[known.site]
            present = count["new"] + count["same"] + count["changed"]
            since = rows.moment(known.missing_at or instant(now))
            missing = len(self._missing[known.site])
            answered = fetches.has_answered(self.conn, self.ledger.crawl_id, known.site)
            is_mass = revisiting.is_mass(missing, present, answered=answered)
            if is_mass and now - since < revisiting.BELIEVED_AT_LAST:
                continue
            first = self.conn.execute(
                "SELECT min(missing_at) FROM url WHERE article_id = ?", (known.article_id,)
            ).fetchone()[0]
            events.record(self.conn, known.article_id, "gone", first, gone.fetch_id, gone.reason)
            count["gone"] += 1
            pause = revisiting.pause_when_gone(since, now)
            self._look(known.article_id, known.url_id, now + pause)
        self._gone.clear()

    def _failed(self, known: Known, visit: Visit, fetch_id: int) -> None:
        """Nothing was learnt of the article: the look is made again by the plan of its reason."""
        reason, now = visit.failure or "", visit.visited_at
        attempts, failed_crawl = self.conn.execute(
            "SELECT attempts, failed_crawl FROM url WHERE id = ?", (known.url_id,)
        ).fetchone()
        counts = failed_crawl != self.ledger.crawl_id and class_of(reason) != "blocked"
        attempts += int(counts)
        again = next_visit(reason, max(attempts, 1), now)
        if visit.refusal is not None:
            fetches.hold(self.conn, visit, known.url_id, fetch_id)
        self.conn.execute(
            "UPDATE url SET state = 'done', attempts = ?, failed_crawl = ?, "
            "next_visit_at = coalesce(?, next_visit_at) WHERE id = ?",
            (
                *(attempts, self.ledger.crawl_id),
                *(instant(again) if again else None, known.url_id),
            ),
        )
        if again is None:
            self.schedule(known.article_id, known.url_id, now)


def _told(reason: str, visit: Visit) -> str:
    """The answer in words, with the address that it led to."""
    led_to = visit.capture.url if visit.capture and visit.capture.url != visit.url else None
    return f"{reason}: {led_to}" if led_to else reason
