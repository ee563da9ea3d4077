"""A calendar of one paper as SVG: a square a day, a column a week, darker for more articles."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import timedelta

from baolangson_crawler.storage.status import WEEKS, Calendar

_STEP, _SIDE = 14, 11  # from one square to the next, and its side
_LEFT, _TOP = 44, 14  # room for the names of days and months
_DAYS = {0: "T2 Mo", 2: "T4 We", 4: "T6 Fr", 6: "CN Su"}
_DAY = timedelta(days=1)
HATCH = (
    '<svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs>'
    '<pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)">'
    '<path d="M0 0V4" stroke-width="2"/></pattern></defs></svg>'
)
"""The pattern of days without a crawl, once a page."""


def levels(calendar: Calendar) -> tuple[int, ...]:
    """The highest number of articles of the first, second and third shade.

    They are the quartiles of the paper's own days that have any, so that a paper of two articles a
    day is as readable as one of a hundred, and a single flood does not pale all other days.
    """
    counts = sorted(calendar.articles.values())
    if not counts:
        return ()
    quartiles = (counts[(len(counts) - 1) * quarter // 4] for quarter in (1, 2, 3))
    return tuple(sorted({number for number in quartiles if number < counts[-1]}))


def heat_map(calendar: Calendar, label: str) -> str:
    """The squares of a paper's last 53 weeks; ``label`` is plain text without markup, escaped."""
    limits = levels(calendar)
    width, height = _LEFT + _STEP * WEEKS, _TOP + _STEP * 7
    return (
        f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{label}">'
        f"{''.join(_names(calendar))}{''.join(_squares(calendar, limits))}</svg>"
    )


def legend(calendar: Calendar) -> str:
    """The shades with the numbers of articles that they stand for."""
    limits = levels(calendar)
    most = max(calendar.articles.values(), default=0)
    parts = [_key("c0", "0")]
    for shade, (low, high) in enumerate(_ranges(limits, most)):
        parts.append(_key(_shade(shade, limits), f"{low}–{high}" if low < high else str(low)))
    parts.append(_key("hatched", 'no crawl · <span lang="vi">không thu thập</span>'))
    return f'<div class="legend">{"".join(parts)}</div>'


def _ranges(limits: Sequence[int], most: int) -> Iterator[tuple[int, int]]:
    low = 1
    for high in (*limits, most):
        if high >= low:
            yield low, high
        low = high + 1


def _shade(place: int, limits: Sequence[int]) -> str:
    """The class of a shade; where there are few, the darker ones are taken."""
    return f"c{place + 4 - len(limits)}"


def _key(shade: str, text: str) -> str:
    classes = dict.fromkeys(("c0" if shade == "hatched" else shade, shade))
    squares = "".join(f'<rect class="{name}" width="11" height="11" rx="2"/>' for name in classes)
    return f'<span><svg viewBox="0 0 11 11">{squares}</svg>{text}</span>'


def _names(calendar: Calendar) -> Iterator[str]:
    for row, name in _DAYS.items():
        yield f'<text x="0" y="{_TOP + _STEP * row + 9}">{name}</text>'
    shown = -3
    for week in range(WEEKS):
        monday = calendar.first + 7 * week * _DAY
        if monday.day <= 7 and week - shown >= 3:
            shown = week
            yield f'<text x="{_LEFT + _STEP * week}" y="9">{monday:%m/%Y}</text>'


def _squares(calendar: Calendar, limits: Sequence[int]) -> Iterator[str]:
    for number in range((calendar.last - calendar.first).days + 1):
        day = calendar.first + number * _DAY
        count = calendar.articles.get(day, 0)
        week, row = divmod(number, 7)
        place = (
            f'x="{_LEFT + _STEP * week}" y="{_TOP + _STEP * row}" '
            f'width="{_SIDE}" height="{_SIDE}" rx="2"'
        )
        shade = _shade(bisect_left(limits, count), limits) if count else "c0"
        idle = day in calendar.idle
        title = f"{day:%d/%m/%Y}: {count}{', no crawl · không thu thập' if idle else ''}"
        yield f'<rect class="{shade}" {place}><title>{title}</title></rect>'
        if idle:  # over the shade: a later crawl may have brought what the day printed
            yield f'<rect class="hatched" {place}/>'
