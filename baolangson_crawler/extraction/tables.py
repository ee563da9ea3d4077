"""Tables: those that hold figures, and those that only set a page."""

from __future__ import annotations

from lxml import etree

from baolangson_crawler.text import normalise

_LONGEST_CELL = 600
"""Characters; a longer cell is a column of the page with its paragraphs."""


def data_rows(table: etree._Element) -> list[str]:
    """The rows of a table of figures as text; none for a table that only sets pictures or text."""
    if table.find(".//img") is not None or table.find(".//table") is not None:
        return []
    rows = table.findall(".//tr")
    if len(rows) < 2 or max(len(row) for row in rows) < 2:
        return []
    cells = [[normalise("".join(cell.itertext())) for cell in row] for row in rows]
    if any(len(cell) > _LONGEST_CELL for row in cells for cell in row):
        return []
    return [" | ".join(filter(None, row)) for row in cells]
