"""A calendar of one paper's last 53 weeks as SVG."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from baolangson_crawler.cli.heat_map import Grid, levels, shades, squares
from baolangson_crawler.storage.status import WEEKS, Calendar

_GRID = Grid(step=14, side=11, left=44, top=14)  # with room for the names of days and months
_DAYS = {0: "T2 Mo", 2: "T4 We", 4: "T6 Fr", 6: "CN Su"}
HATCH = (
    '<svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs>'
    '<pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)">'
    '<path d="M0 0V4" stroke-width="2"/></pattern></defs></svg>'
)
"""The pattern of days without a crawl, once a page."""


def heat_map(calendar: Calendar, label: str) -> str:
    """The squares of a paper's last 53 weeks; ``label`` is plain text without markup, escaped."""
    limits = levels(calendar.articles)
    width, height = _GRID.left + _GRID.step * WEEKS, _GRID.top + _GRID.step * 7
    days = squares(
        *(_GRID, (calendar.first, calendar.last), calendar.articles, limits, calendar.idle),
        "no crawl · không thu thập",
    )
    return (
        f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{label}">'
        f"{''.join(_names(calendar))}{''.join(days)}</svg>"
    )


def legend(calendar: Calendar) -> str:
    """The shades with the numbers of articles that they stand for."""
    most = max(calendar.articles.values(), default=0)
    parts = [_key(shade, numbers) for shade, numbers in shades(levels(calendar.articles), most)]
    parts.append(_key("hatched", 'no crawl · <span lang="vi">không thu thập</span>'))
    return f'<div class="legend">{"".join(parts)}</div>'


def _key(shade: str, text: str) -> str:
    classes = dict.fromkeys(("c0" if shade == "hatched" else shade, shade))
    squares = "".join(f'<rect class="{name}" width="11" height="11" rx="2"/>' for name in classes)
    return f'<span><svg viewBox="0 0 11 11">{squares}</svg>{text}</span>'


def _names(calendar: Calendar) -> Iterator[str]:
    for row, name in _DAYS.items():
        yield f'<text x="0" y="{_GRID.top + _GRID.step * row + 9}">{name}</text>'
    shown = -3
    for week in range(WEEKS):
        monday = calendar.first + timedelta(7 * week)
        if monday.day <= 7 and week - shown >= 3:
            shown = week
            yield f'<text x="{_GRID.left + _GRID.step * week}" y="9">{monday:%m/%Y}</text>'
