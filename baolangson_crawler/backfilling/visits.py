"""A visit of a backfill: beside what came, what it says of the plan."""

from __future__ import annotations

from dataclasses import dataclass, fields

from baolangson_crawler.backfilling.steps import Step
from baolangson_crawler.items import Visit


@dataclass(frozen=True, kw_only=True, slots=True)
class BackfillVisit(Visit):
    """A visit whose links are old articles; its steps are written in the same transaction."""

    step: Step | None = None
    """The step that was asked, as it stands after the answer."""

    steps: tuple[Step, ...] = ()
    """Further steps that it lists: the files of a sitemap index."""

    by_number: bool = False
    """Whether the address was made of a number."""

    @classmethod
    def of(cls, visit: Visit, **noted: object) -> BackfillVisit:
        """The visit, with what is noted besides."""
        values = {each.name: getattr(visit, each.name) for each in fields(Visit)}
        return cls(**{**values, **noted})
