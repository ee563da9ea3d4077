"""What makes a new version of an article: its words or its printed date, nothing else."""

from __future__ import annotations

import hashlib
import json
from typing import Literal

from baolangson_crawler.items import Article

Comparison = Literal["new", "same", "changed", "older"]
"""``older``: another state than the archive has, seen before the one that is the present."""


def content_sha256(article: Article) -> str:
    """Digest of title, dateline, lead, body and moment of publication.

    A date that is printed relative to the reader ("2 giờ trước") is left out: it differs at
    every fetch and says nothing new.
    """
    published = article.published
    moment = None
    if published and published.at and "relative" not in published.method:
        moment = published.at.isoformat(timespec="minutes")
    content = [
        article.title,
        article.dateline,
        article.lead,
        [[block.kind, block.text] for block in article.body],
        moment,
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def compare(stored_sha256: str | None, article: Article) -> Comparison:
    """How a page just read stands to the stored one."""
    if stored_sha256 is None:
        return "new"
    return "same" if stored_sha256 == content_sha256(article) else "changed"
