"""An article as a page to read: its blocks in order, captions where their pictures stand."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from datasette.database import Database

_VERSION = """
SELECT version.id, version.title, version.dateline, version.lead, version.lead_in_body,
       version.body, version.subheads, article.byline_raw, article.credit
FROM article JOIN version ON version.id = article.version_id WHERE article.id = :id
"""
_CAPTIONS = """
SELECT position, caption FROM image
WHERE version_id = :id AND caption IS NOT NULL ORDER BY number
"""


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """One block of the page; its kind is also its class in the style sheet."""

    kind: Literal["title", "lead", "paragraph", "subhead", "caption", "byline"]
    text: str


async def blocks(db: Database, article_id: str) -> list[ShownBlock]:
    """What is to be read on the page of an article; empty if there is no such article."""
    row = (await db.execute(_VERSION, {"id": article_id})).first()
    if row is None:
        return []
    captions: dict[int, list[str]] = defaultdict(list)
    for position, caption in (await db.execute(_CAPTIONS, {"id": row["id"]})).rows:
        captions[position or 0].append(caption)
    return list(_told(row, captions))


def _told(row: Any, captions: dict[int, list[str]]) -> Iterator[ShownBlock]:
    dateline = f"{row['dateline']} - " if row["dateline"] else ""
    yield ShownBlock("title", row["title"])
    if row["lead"] and not row["lead_in_body"]:
        yield ShownBlock("lead", dateline + row["lead"])
        dateline = ""
    subheads = set(json.loads(row["subheads"]))
    texts = row["body"].split("\n\n")
    for number, text in enumerate(texts):
        yield from _captions(captions.pop(number, ()))
        yield ShownBlock("subhead" if number in subheads else "paragraph", dateline + text)
        dateline = ""
    for left in captions.values():
        yield from _captions(left)
    for name in ("byline_raw", "credit"):
        if row[name]:
            yield ShownBlock("byline", row[name])


def _captions(texts: Iterable[str]) -> Iterator[ShownBlock]:
    return (ShownBlock("caption", text) for text in texts)
