"""The coverage as tables for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.table import Table
from rich.text import Text

from baolangson_crawler.cli.options import console
from baolangson_crawler.holdings import YearEstimate
from baolangson_crawler.storage.coverage import Coverage, Period

_MOST = 10  # gaps that are shown
_COUNTS = ("Found", "Held", "To get", "Failed", "Skipped", "Gone")
_RULES = {
    "page": "by the page",
    "address": "by their address",
    "list": "by the list that named them",
    "numbers": "by the articles with numbers next to theirs",
    "unknown": "nowhere, for want of any day",
}
_CAUTION = (
    "The estimate says how many articles there may be, from the share of numbers that are articles "
    "and from what the paper prints as a rule. A section that no crawl ever saw, what the paper "
    "deleted, and whatever is older than the first article held are not in it."
)


def tell(found: Coverage, archive: Path) -> None:
    """Print one paper: its periods, the gaps, and how its articles were placed."""
    out = console(highlight=False)
    if not found.total.discovered:
        out.print(Text(f"{found.name}: no article is known yet ({archive})."))
        return
    out.print(_periods(found, archive))
    placed = [f"{count:,} {_RULES[rule]}" for rule, count in found.placed.items() if count]
    out.print(Text(f"Placed in time: {', '.join(placed)}."))
    if found.estimates:
        out.print(Text(f"{_share(found)} {_CAUTION}"))
    else:
        out.print(Text("No estimate: no article with a day is held."))
    for line in (*_day_gaps(found), *_number_gaps(found)):
        out.print(Text(line))


def tell_all(found: Sequence[Coverage], archive: Path) -> None:
    """Print every paper on one line."""
    if not found:
        console().print(Text(f"{archive} knows no paper yet."))
        return
    table = _table(f"{archive}", "Paper", ("First", "Last", "May be", "Held %"))
    for each in found:
        days = sorted(each.days)
        ends = (f"{days[0]:%Y-%m}", f"{days[-1]:%Y-%m}") if days else ("–", "–")
        expected, held = _sums(each.estimates)
        share = (f"{expected:,}", f"{held / expected:.0%}") if expected else ("–", "–")
        table.add_row(Text(each.site), *_counts(each.total), *ends, *share)
    console(highlight=False).print(table)


def _table(title: str, first: str, last: Sequence[str]) -> Table:
    table = Table(title=Text(title), box=None, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column(first, no_wrap=True)
    for heading in (*_COUNTS, *last):
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def _periods(found: Coverage, archive: Path) -> Table:
    by_year = found.by == "year"
    headings = ("May be", "Held %") if by_year else ()
    table = _table(f"{found.name} · {archive}", found.by.capitalize(), headings)
    rows: dict[str, Period | None] = {each.period: each for each in found.periods}
    estimates = {str(each.year): each for each in found.estimates} if by_year else {}
    for name in sorted(rows.keys() | estimates.keys(), key=lambda name: (not name, name)):
        period, estimate = rows.get(name), estimates.get(name)
        cells = _counts(period) if period else ("0",) * len(_COUNTS)
        table.add_row(name or "unknown", *cells, *(_estimate(estimate) if by_year else ()))
    table.add_section()
    expected, held = _sums(found.estimates)
    totals = (f"{expected:,}", f"{held / expected:.0%}" if expected else "–") if by_year else ()
    table.add_row("all", *_counts(found.total), *totals, style="bold")
    return table


def _counts(period: Period) -> tuple[str, ...]:
    numbers = (period.discovered, period.held, period.pending, period.failed)
    return tuple(f"{number:,}" for number in (*numbers, period.skipped, period.gone))


def _estimate(estimate: YearEstimate | None) -> tuple[str, str]:
    if estimate is None:
        return "–", "–"
    low, high = estimate.expected_low, estimate.expected_high
    bounds = f" ({low:,}–{high:,})" if low < high else ""
    return f"{estimate.expected:,}{bounds}", f"{estimate.share:.0%}"


def _sums(estimates: Sequence[YearEstimate]) -> tuple[int, int]:
    return sum(each.expected for each in estimates), sum(each.held for each in estimates)


def _share(found: Coverage) -> str:
    expected, held = _sums(found.estimates)
    return f"Held: {held:,} of about {expected:,} articles ({held / expected:.0%})."


def _day_gaps(found: Coverage) -> Iterator[str]:
    gaps = sorted(found.day_gaps, key=lambda gap: -gap.expected)
    if gaps:
        yield f"\nDays without an article held, where the paper usually prints: {len(gaps):,} runs"
    for gap in gaps[:_MOST]:
        days = (gap.last - gap.first).days + 1
        known = f", {gap.known:,} known and not held" if gap.known else ""
        yield (
            f"  {gap.first} to {gap.last}: {days:,} day{'' if days == 1 else 's'}, "
            f"about {gap.expected:,.0f} articles as a rule{known}"
        )


def _number_gaps(found: Coverage) -> Iterator[str]:
    gaps = sorted(found.number_gaps, key=lambda gap: -gap.missing)
    if gaps:
        yield f"\nNumbers among which few articles are known: {len(gaps):,} windows"
    for gap in gaps[:_MOST]:
        name = f" ({gap.numbering})" if gap.numbering else ""
        yield (
            f"  {gap.first} to {gap.last}{name}, about {gap.since} to {gap.until}: "
            f"{gap.known:,} known, about {gap.missing:,} missing"
        )
    if gaps:
        yield "  Numbers may also have gone to drafts and pictures: a window is a hint, no proof."
