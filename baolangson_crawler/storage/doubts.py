"""A held article whose page shows another text altogether: a rewrite, or a wall without a name.

It becomes a version when the next look shows the same, and no other address does.
"""

from __future__ import annotations

import hashlib
import sqlite3

from baolangson_crawler.items import Article, Refusal

REASON = "unlike"
_RUN = 3  # words in a row
_SHARE = 0.05  # of the runs of the shorter text, which two texts about the same have in common


def is_doubtful(conn: sqlite3.Connection, article_id: int, article: Article) -> bool:
    """Whether neither the title nor the text has anything to do with what is held."""
    title, body = conn.execute(
        "SELECT title, body FROM article_text WHERE id = ?", (article_id,)
    ).fetchone()
    if title == article.title or body == article.body_text:
        return False
    held, read = _runs(body), _runs(article.body_text)
    return len(held & read) <= _SHARE * min(len(held), len(read))


def refusal(article: Article) -> Refusal:
    """Why it is not stored yet; two texts have two details."""
    text = f"{article.title}\0{article.lead or ''}\0{article.body_text}"
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    detail = f"Nothing of the text that is held: {article.title[:80]} ({digest})"
    return Refusal(reason=REASON, detail=detail)


def is_confirmed(conn: sqlite3.Connection, url_id: int, seen: Refusal) -> bool:
    """Whether the look before has shown the same text, and no other address of the archive has."""
    rows = conn.execute("SELECT url_id FROM held WHERE detail = ?", (seen.detail,)).fetchall()
    return rows == [(url_id,)]


def _runs(text: str) -> set[tuple[str, ...]]:
    words = text.lower().split()
    return {tuple(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)}
