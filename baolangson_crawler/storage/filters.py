"""Which articles a search or an export is about."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict, dataclass

from baolangson_crawler.exceptions import QueryError


@dataclass(frozen=True, kw_only=True, slots=True)
class Filter:
    """A selection of articles; what is None does not matter."""

    paper: str | None = None
    """Key of the paper that wrote it, which another may publish now."""

    since: str | None = None
    """Earliest day of publication; a month (2020-07) or a year begins with its first day."""

    until: str | None = None
    """Latest day of publication; a month or a year ends with its last day."""

    def conditions(self) -> list[str]:
        """SQL over the table ``article``, with named values."""
        found = []
        if self.paper:
            found.append("article.paper = :paper")
        if self.since:
            found.append("article.published_at >= :since")
        if self.until:
            found.append("substr(article.published_at, 1, length(:until)) <= :until")
        return found

    def values(self) -> dict[str, str | None]:
        """The named values."""
        return asdict(self)

    def check(self, conn: sqlite3.Connection) -> None:
        """Make sure that the archive knows the site.

        Raises:
            QueryError: it does not; the message names those that it knows.
        """
        if self.paper is None:
            return
        keys = [key for (key,) in conn.execute("SELECT key FROM site ORDER BY key")]
        if self.paper not in keys:
            raise QueryError(
                f"The archive has no paper {self.paper!r}; it has: {', '.join(keys) or 'none'}."
            )


ANY = Filter()
"""Every article."""
