"""What calendars of squares share: a square a day, a column a week, darker for more articles."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_SHADES = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """Where the squares stand, in units of the drawing."""

    step: int
    """From one square to the next."""

    side: int
    left: int
    top: int

    def place(self, week: int, weekday: int) -> str:
        """The attributes of the square of a day."""
        return (
            f'x="{self.left + self.step * week}" y="{self.top + self.step * weekday}" '
            f'width="{self.side}" height="{self.side}" rx="{self.side // 5}"'
        )


def levels(articles: Mapping[date, int]) -> tuple[int, ...]:
    """The highest number of articles of the first, second and third shade.

    They are the quartiles of the paper's own days that have any, so that a paper of two articles a
    day is as readable as one of a hundred, and a single flood does not pale all other days.
    """
    counts = sorted(articles.values())
    if not counts:
        return ()
    quartiles = (counts[(len(counts) - 1) * quarter // _SHADES] for quarter in (1, 2, 3))
    return tuple(sorted({number for number in quartiles if number < counts[-1]}))


def shades(limits: Sequence[int], most: int) -> Iterator[tuple[str, str]]:
    """The class of every shade, from none to the darkest, and the numbers that it stands for."""
    yield "c0", "0"
    low = 1
    for shade, high in enumerate((*limits, most)):
        if high >= low:
            yield _shade(shade, limits), f"{low}–{high}" if low < high else str(low)
        low = high + 1


def _shade(place: int, limits: Sequence[int]) -> str:
    """The class of a shade; where there are few, the darker ones are taken."""
    return f"c{place + _SHADES - len(limits)}"


def squares(
    grid: Grid,
    span: tuple[date, date],
    articles: Mapping[date, int],
    limits: Sequence[int],
    hatched: Container[date],
    why: str,
) -> Iterator[str]:
    """The squares of some days as SVG.

    Args:
        grid: where they stand.
        span: the first day and the last.
        articles: their numbers of articles.
        limits: the limits of the shades (`levels`).
        hatched: days that are marked.
        why: what the mark says, plain text.
    """
    first, last = span
    monday = first - timedelta(first.weekday())
    for number in range((last - first).days + 1):
        day = first + timedelta(number)
        count = articles.get(day, 0)
        week, weekday = divmod((day - monday).days, 7)
        place = grid.place(week, weekday)
        shade = _shade(bisect_left(limits, count), limits) if count else "c0"
        title = f"{day:%d/%m/%Y}: {count}{f', {why}' if day in hatched else ''}"
        yield f'<rect class="{shade}" {place}><title>{title}</title></rect>'
        if day in hatched:  # over the shade: articles may have come later
            yield f'<rect class="hatched" {place}/>'
