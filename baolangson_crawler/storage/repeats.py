"""One text under many addresses of a paper: a wall that no list of words knows, and no article.

A text that a paper prints twice is two articles. At the third address it is held as ``repeated``,
and so is what the same crawl has stored of it; what an earlier crawl has stored stays.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from dataclasses import replace

from baolangson_crawler.backfilling import NO_ARTICLE, BackfillVisit
from baolangson_crawler.items import Article, Refusal, Visit
from baolangson_crawler.storage import fetches, rows
from baolangson_crawler.storage.days import Tally
from baolangson_crawler.storage.ledger import Ledger

REASON = "repeated"
_OTHERS = 2
"""Articles of the same text that a paper may have; a further one is no article."""

_QUOTED = 80  # characters of the title that are shown
# A series ("Bản tin thời sự") prints its same few words on another day. A day that only the
# address states is no word of the page.
_DAY = "iif(published_method LIKE 'url:%', '', coalesce(substr(published_at, 1, 10), ''))"
_SAME = (
    "SELECT article.id FROM version JOIN article ON article.version_id = version.id "
    "WHERE version.title = ? AND article.site = ? AND version.body = ? "
    f"AND coalesce(version.lead, '') = ? AND {_DAY} = ?"
)
_OF_THIS_CRAWL = (
    "SELECT fetch.id, fetch.url_id FROM article "
    "JOIN version ON version.id = article.version_id JOIN fetch ON fetch.id = version.fetch_id "
    "WHERE article.id = ? AND version_count = 1 AND fetch.crawl_id = ?"
)


def as_repeated(conn: sqlite3.Connection, visit: Visit) -> Visit:
    """The visit; without its article where other addresses of the paper have the same text.

    The text is title, lead and body; pictures without a text are compared with nothing. An
    article that the archive has already is never taken for a repetition.
    """
    article = visit.article
    if article is None or not article.body_text:
        return visit
    known = conn.execute("SELECT 1 FROM article WHERE key = ?", (article.key,)).fetchone()
    if known:
        return visit
    detail = _detail(article)
    if isinstance(visit, BackfillVisit) and visit.by_number and _same(conn, article):
        # a paper that answers every number with some article of its own
        return replace(visit, article=None, kind="number", failure=NO_ARTICLE)
    held = conn.execute(
        "SELECT 1 FROM held WHERE site = ? AND reason = 'repeated' AND detail = ? LIMIT 1",
        (article.site, detail),
    ).fetchone()
    if held is None and len(_same(conn, article)) < _OTHERS:
        return visit
    return replace(visit, article=None, refusal=Refusal(reason=REASON, detail=detail))


def withdraw(
    conn: sqlite3.Connection, ledger: Ledger, tally: Tally, visit: Visit, article: Article
) -> Counter[str]:
    """Hold what this crawl has stored of a text that came again; the article it was is deleted.

    Args:
        conn: inside a transaction.
        ledger: of the crawl.
        tally: of the batch.
        visit: by which the text came again, as `as_repeated` gives it.
        article: what was read there, and is not stored.

    Returns:
        What changes in the counters of the site.
    """
    counter: Counter[str] = Counter()
    for article_id in _same(conn, article):
        row = conn.execute(_OF_THIS_CRAWL, (article_id, ledger.crawl_id)).fetchone()
        if row is None:
            continue
        fetch_id, url_id = row
        undated = tally.withdrawn(article_id)
        aliases = rows.delete_article(conn, article_id)
        ledger.failed(url_id, visit.visited_at, REASON, state="skipped")
        fetches.hold(conn, visit, url_id, fetch_id)
        counter.update({"held": 1, REASON: 1, "new": -1, "undated": -undated})
        counter["duplicate"] -= aliases - 1  # the first is the address itself
    return counter


def _same(conn: sqlite3.Connection, article: Article) -> list[int]:
    """Articles of the paper whose current text is this one, on the same day."""
    published = article.published
    day = ""
    if published and published.at and not published.method.startswith("url:"):
        day = published.at.date().isoformat()
    same = (article.title, article.site, article.body_text, article.lead or "", day)
    return [int(article_id) for (article_id,) in conn.execute(_SAME, same).fetchall()]


def _detail(article: Article) -> str:
    """One sentence for a person; two texts have two."""
    text = "\0".join((article.title, article.lead or "", article.body_text))
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    return f"Other addresses have the same text: {article.title[:_QUOTED]} ({digest})"
