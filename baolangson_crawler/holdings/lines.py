"""How the numbers of a paper's articles rise with time, where they do."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

_LEAST = 30  # articles in time order; fewer show no order
_IN_ORDER = 0.5  # share of them that must be: a hash puts about one in twenty into any order
_AROUND = 12  # months on either side that tell the usual speed
_JUMP = 4.0  # times the usual speed: the numbering has leapt, nobody wrote so much
_NEIGHBOURS = 8  # dated articles that must agree with the line before an undated one is placed
_AGREES = 62  # days


def month_of(day: int) -> int:
    """The month of a day."""
    at = date.fromordinal(day)
    return 12 * at.year + at.month - 1


def first_day(month: int) -> int:
    """The first day of a month."""
    return date(month // 12, month % 12 + 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Stretch:
    """The numbers that were given out in one month."""

    month: int
    first: int
    last: int
    """One more than the last number."""

    width: float
    """Numbers that were given out; fewer than from first to last where the numbering leapt."""


class Line:
    """The rise of one numbering: which numbers were given out when.

    It runs through the longest series of dated articles whose months do not fall as their numbers
    rise. Articles off the line (written by a paper that was merged, published late) do not bend it.
    """

    def __init__(self, points: Sequence[tuple[int, int]], knots: Sequence[tuple[int, int]]) -> None:
        self._points = points
        self._numbers = [number for number, _ in knots]
        self._days = [day for _, day in knots]
        self._usual = dict(self._speeds())

    @classmethod
    def learned(cls, points: Sequence[tuple[int, int]]) -> Line | None:
        """The line of dated articles (number, day), sorted; None if numbers do not follow time."""
        months: dict[int, int] = {}
        of_point = []
        for _, day in points:
            if day not in months:
                months[day] = month_of(day)
            of_point.append(months[day])
        chain = _longest_rising(of_point)
        if len(chain) < max(_LEAST, _IN_ORDER * len(points)):
            return None
        return cls(points, _knots([(*points[place], of_point[place]) for place in chain]))

    @property
    def first(self) -> int:
        """The first number on the line."""
        return self._numbers[0]

    @property
    def last(self) -> int:
        """The last number on the line."""
        return self._numbers[-1]

    @property
    def first_day(self) -> int:
        """The day of the first article on the line."""
        return self._days[0]

    @property
    def last_day(self) -> int:
        """The day of the last one."""
        return self._days[-1]

    @property
    def months(self) -> range:
        """Every month from the first article on the line to the last."""
        return range(month_of(self._days[0]), month_of(self._days[-1]) + 1)

    def stretches(self) -> Iterator[Stretch]:
        """The numbers of every month; a month without articles has its part of those between."""
        for month in self.months:
            start, end = (
                min(max(first_day(each), self._days[0]), self._days[-1] + 1)
                for each in (month, month + 1)
            )
            first, last = self.number_at(start), self.number_at(end)
            usual = self._usual[month] * (end - start)
            leapt = last - first > _JUMP * max(usual, 1)
            yield Stretch(month, first, last, usual if leapt else last - first)

    def number_at(self, day: int) -> int:
        """The first number given out on a day; one more than the last for the days behind."""
        if day > self._days[-1]:
            return self._numbers[-1] + 1
        place = bisect_left(self._days, day)
        if self._days[place] == day or place == 0:
            return self._numbers[place]
        return round(_between(self._days, self._numbers, place, day))

    def day_at(self, number: int) -> int | None:
        """The day on which a number was given out; None where the articles around it disagree."""
        if not self.first <= number <= self.last:
            return None
        place = bisect_left(self._numbers, number)
        if self._numbers[place] == number:
            return self._days[place]
        steps = self._numbers[place] - self._numbers[place - 1]
        days = self._days[place] - self._days[place - 1] + 1
        if steps > _JUMP * max(1.0, self._usual[month_of(self._days[place])]) * days:
            return None  # inside a leap: the numbers of another time, or of nothing
        day = round(_between(self._numbers, self._days, place, number))
        return day if self._agreed(number, day, days) else None

    def day_near(self, number: int) -> int:
        """The day on which a number was given out by the line alone; its ends for those beyond."""
        if number <= self.first:
            return self._days[0]
        if number >= self.last:
            return self._days[-1]
        return round(
            _between(self._numbers, self._days, bisect_left(self._numbers, number), number)
        )

    def width_of(self, first: int, end: int) -> float:
        """Numbers given out from ``first`` to before ``end``; a leap of the numbering is none."""
        start, stop = self.day_near(first), self.day_near(end)
        usual = self._usual[month_of((start + stop) // 2)] * (stop - start + 1)
        return usual if end - first > _JUMP * max(usual, 1) else end - first

    def _agreed(self, number: int, day: int, room: int) -> bool:
        """Whether most of the dated articles next to a number are of about the same time."""
        place = bisect_left(self._points, (number, 0))
        near = self._points[max(0, place - _NEIGHBOURS // 2) : place + _NEIGHBOURS // 2]
        agreeing = sum(abs(each - day) <= max(_AGREES, room) for _, each in near)
        return 2 * agreeing > len(near)

    def _speeds(self) -> Iterator[tuple[int, float]]:
        """By month: numbers a day, the median of the months around it that have articles."""
        occupied = sorted({month_of(day) for day in self._days})
        speeds = []
        for month in occupied:
            start = max(first_day(month), self._days[0])
            end = min(first_day(month + 1), self._days[-1] + 1)
            speeds.append((self.number_at(end) - self.number_at(start)) / max(1, end - start))
        for month in self.months:
            low = bisect_left(occupied, month - _AROUND)
            high = bisect_right(occupied, month + _AROUND)
            if low == high:  # a hole of years: the months on its two sides
                low, high = max(0, low - _AROUND), high + _AROUND
            yield month, median(speeds[low:high])


def _between(xs: Sequence[int], ys: Sequence[int], place: int, x: int) -> float:
    """Linear interpolation between the knots before and at a place."""
    step = xs[place] - xs[place - 1]
    return ys[place - 1] + (ys[place] - ys[place - 1]) * (x - xs[place - 1]) / step


def _longest_rising(values: Sequence[int]) -> list[int]:
    """Places of a longest subsequence that never falls (patience sorting)."""
    tails: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for place, value in enumerate(values):
        length = bisect_right(tails, value)
        before.append(places[length - 1] if length else -1)
        if length == len(tails):
            tails.append(value)
            places.append(place)
        else:
            tails[length] = value
            places[length] = place
    found = []
    place = places[-1] if places else -1
    while place >= 0:
        found.append(place)
        place = before[place]
    return found[::-1]


def _knots(chain: Sequence[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """The first and the last article of every month, as (number, day), days strictly rising."""
    ends: dict[int, list[int]] = {}
    for number, day, month in chain:
        if month not in ends:
            ends[month] = [number, day, number, day]
        else:
            known = ends[month]
            known[1], known[2], known[3] = min(known[1], day), number, max(known[3], day)
    knots: list[tuple[int, int]] = []
    for first, start, last, end in ends.values():
        knots.append((first, start))
        if end > start and last > first:
            knots.append((last, end))
    return knots
