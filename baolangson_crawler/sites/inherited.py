"""Whose articles a site took over from a paper that was merged into it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from baolangson_crawler.items import Article


@dataclass(frozen=True, kw_only=True, slots=True)
class Inherited:
    """Articles on a site that were written by a paper since merged into it.

    Every condition that is given must hold.
    """

    paper: str
    """Key of the paper that wrote them."""

    url: str = ""
    """Regular expression searched in the address: ``r"^https?://[^/]+/bbt/"``."""

    ids: tuple[int, int] | None = None
    """First and last number of the article ids that were its own."""

    before: date | None = None
    """Published before this day: the day from which the merged paper printed under one name."""

    def holds(self, article: Article) -> bool:
        """Whether the article is one of them."""
        if self.url and not re.search(self.url, article.url):
            return False
        if self.ids is not None:
            number = article.article_id or ""
            if not (number.isdecimal() and self.ids[0] <= int(number) <= self.ids[1]):
                return False
        at = article.published.at if article.published else None
        return self.before is None or (at is not None and at.date() < self.before)
