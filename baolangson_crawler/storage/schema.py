"""What every table, view and column of the archive means, in English and in Vietnamese.

The sentences stand in ``schema.toml`` beside this module. From them are made the page
``docs/the-archive.md`` and the descriptions that Datasette shows.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Kind = Literal["table", "view", "index"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One column of a table or view."""

    name: str

    english: str
    """One sentence."""

    vietnamese: str
    """The same sentence."""

    @property
    def both(self) -> str:
        """Both sentences on one line, for places that have room for one text only."""
        return f"{self.english} · {self.vietnamese}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """One table, view or full-text index."""

    name: str

    kind: Kind

    english: str
    """One sentence."""

    vietnamese: str
    """The same sentence."""

    columns: tuple[Column, ...]
    """In the order of the schema."""

    internal: bool = False
    """Kept by a library, of no interest to a reader."""

    @property
    def both(self) -> str:
        """Both sentences on one line, for places that have room for one text only."""
        return f"{self.english} · {self.vietnamese}"

    def column(self, name: str) -> Column:
        """The column of a name.

        Raises:
            KeyError: the table has none.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name}.")


@cache
def tables() -> tuple[Table, ...]:
    """Every table, view and index, the most wanted first."""
    text = files("baolangson_crawler.storage").joinpath("schema.toml").read_text(encoding="utf-8")
    return tuple(
        Table(
            name=name,
            kind=told["kind"],
            english=told["about"][0],
            vietnamese=told["about"][1],
            columns=tuple(
                Column(name=column, english=english, vietnamese=vietnamese)
                for column, (english, vietnamese) in told["columns"].items()
            ),
            internal=told.get("internal", False),
        )
        for name, told in tomllib.loads(text).items()
    )


def table(name: str) -> Table:
    """The table, view or index of a name.

    Raises:
        KeyError: the archive has none.
    """
    for known in tables():
        if known.name == name:
            return known
    raise KeyError(f"The archive has no table {name}.")
