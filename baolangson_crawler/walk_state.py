"""How far a section list is walked: what a visit to one of its pages says, and what is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Walk = Literal["cut", "complete"]


@dataclass(frozen=True, kw_only=True, slots=True)
class WalkState:
    """How far a section list is walked, as the next crawl needs it."""

    began_at: str
    """When the walk began that knew the list (ISO 8601, UTC)."""

    head: tuple[str, ...]
    """Keys of the articles at the top of the list, newest first."""

    page: int | None = None
    """The last page that a walk read before it was cut; None where it reached its end."""

    edge: tuple[str, ...] = ()
    """Keys of the articles on that page."""

    asked: int = 0
    """Requests since a page behind the overlap was looked at."""

    behind: int = 0
    """Articles from the top down to where was looked last."""
