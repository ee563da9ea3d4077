"""The calendar of everything held: a strip of weeks for each year, on one sheet of SVG."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from html import escape

from baolangson_crawler.cli.heat_map import Grid, levels, shades, squares
from baolangson_crawler.storage.coverage import Coverage

_STEP, _SIDE = 10, 9
_LEFT, _TOP = 56, 92
_STRIP = 7 * _STEP + 12  # height of a year
_WEEKS = 54
_NOTES = 150  # room for the numbers of a year
_WIDTH = _LEFT + _WEEKS * _STEP + _NOTES
_ILLEGAL = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2
_GAP = "gap · khoảng trống"
FONTS = "'Noto Sans', 'DejaVu Sans', 'Liberation Sans', 'Segoe UI', Arial, Helvetica, sans-serif"
"""Fonts with the letters of Vietnamese, one of which most machines have."""

# Yellow-green to dark blue: told apart with any colour vision, and in print without colour.
_STYLE = """
text { font-family: FONTS; font-size: 10px; fill: #333; }
.title { font-size: 17px; font-weight: bold; fill: #111; }
.year { font-size: 13px; font-weight: bold; fill: #111; }
.c0 { fill: #ececec; } .c1 { fill: #c7e9b4; } .c2 { fill: #41b6c4; }
.c3 { fill: #225ea8; } .c4 { fill: #081d58; }
.hatched { fill: url(#hatch); stroke: #b2182b; stroke-width: 1; }
#hatch path { stroke: #b2182b; }
"""


def sheet(found: Coverage) -> str:
    """The picture as a whole document: no script, nothing from elsewhere, both languages."""
    years = range(min(found.days).year, max(found.days).year + 1) if found.days else range(0)
    height = _TOP + max(1, len(years)) * _STRIP + 44
    name = _text(found.name)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}" role="img" aria-labelledby="title">',
        f'<title id="title">{name}: articles held by day · số bài đang lưu theo ngày</title>',
        f"<style>{_STYLE.replace('FONTS', FONTS)}</style>",
        '<defs><pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><path d="M0 0V4" stroke-width="2"/></pattern></defs>',
        f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>',
        *_heading(found, name),
        *_strips(found, years),
        *_legend(found, height - 26),
        "</svg>\n",
    ]
    return "\n".join(parts)


def _text(value: str) -> str:
    """Text as XML can carry it."""
    return escape(_ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", value))


def _words(x: float, y: float, text: str, kind: str = "", anchor: str = "start") -> str:
    return f'<text x="{x}" y="{y}" class="{kind}" text-anchor="{anchor}">{text}</text>'


def _heading(found: Coverage, name: str) -> Iterator[str]:
    yield _words(16, 28, name, "title")
    yield _words(16, 46, "Articles held, by day of publication · Số bài đang lưu theo ngày đăng")
    held = found.total.held
    told = f"{held:,} articles held · đang lưu {_vietnamese(held)} bài"
    if expected := sum(each.expected for each in found.estimates):
        share = sum(each.held for each in found.estimates) / expected
        told += f"; about {share:.0%} of all · khoảng {share:.0%} tổng số"
    yield _words(16, 62, told)


def _vietnamese(number: int) -> str:
    """A number as Vietnam writes it: ``12.345``."""
    return f"{number:,}".replace(",", ".")


def _strips(found: Coverage, years: range) -> Iterator[str]:
    if not years:
        yield _words(16, _TOP + 20, "No article with a day is held · Chưa lưu bài nào có ngày đăng")
        return
    for month in range(1, 13):
        week = (date(years[0], month, 1).timetuple().tm_yday + 6) // 7
        yield _words(_LEFT + _STEP * week, _TOP - 8, f"{month:02}")
    yield _words(_LEFT - 8, _TOP - 8, "Tháng", anchor="end")
    limits = levels(found.days)
    gaps = {
        gap.first + timedelta(number)
        for gap in found.day_gaps
        for number in range((gap.last - gap.first).days + 1)
    }
    estimates = {each.year: each for each in found.estimates}
    for row, year in enumerate(years):
        top = _TOP + row * _STRIP
        grid = Grid(step=_STEP, side=_SIDE, left=_LEFT, top=top)
        span = date(year, 1, 1), date(year, 12, 31)
        yield _words(_LEFT - 8, top + 40, str(year), "year", "end")
        yield from squares(grid, span, found.days, limits, gaps, _GAP)
        held = sum(n for day, n in found.days.items() if day.year == year)
        x = _LEFT + _WEEKS * _STEP + 8
        yield _words(x, top + 32, f"{_vietnamese(held)} bài · articles")
        if (estimate := estimates.get(year)) and estimate.expected:
            yield _words(x, top + 46, f"≈ {estimate.share:.0%} / {_vietnamese(estimate.expected)}")


def _legend(found: Coverage, y: int) -> Iterator[str]:
    limits = levels(found.days)
    x = 16
    keys = [*shades(limits, max(found.days.values(), default=0)), ("hatched", _GAP)]
    for kind, numbers in keys:
        words = f"{numbers} bài" if kind == "c0" else numbers
        for shade in dict.fromkeys(("c0" if kind == "hatched" else kind, kind)):
            yield f'<rect class="{shade}" x="{x}" y="{y - 9}" width="{_SIDE}" height="{_SIDE}"/>'
        yield _words(x + 14, y, words)
        x += 34 + 6 * len(words)
    note = (
        "Gap: no article held where the paper usually prints · "
        "Khoảng trống: không lưu bài nào dù báo thường có bài"
    )
    yield _words(16, y + 16, note)
