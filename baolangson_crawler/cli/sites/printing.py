"""A report on a page, for a person at a terminal and for machines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from baolangson_crawler.cli.sites.report import Field, Report
from baolangson_crawler.items import Article, Refusal

_LONGEST = 150  # characters of a value
_MOST = {"body": 4, "images": 6, "related": 2}  # entries of a field; of the rest all
_LISTED = ("images", "related", "body")


def as_json(found: Report) -> dict[str, Any]:
    """The report with every value whole."""
    read = found.read
    return {
        "site": found.site.key,
        "url": found.url,
        "fetched_at": found.fetched_at.isoformat(),
        "charset": found.charset,
        "is_article_address": found.site.is_article(found.url),
        "recognised": found.recognised,
        "layout": read.layout if isinstance(read, Article) else None,
        "refusal": read if isinstance(read, Refusal) else None,
        "layouts": found.layouts,
        "fields": found.fields,
        "dates": found.statements,
        "second_reader": {
            "refusal": found.second_refusal,
            "opinions": [{**asdict(o), "agrees": o.agrees} for o in found.opinions or ()],
        },
    }


def print_report(found: Report, out: Console) -> None:
    """Page, layouts, fields, dates, and the second reader's opinion."""
    out.print(Text(found.url, style="bold"))
    read_as = f", read as {found.charset}" if found.charset else ""
    out.print(Text(f"{found.site.name} ({found.site.key}){read_as}", style="dim"))
    if not found.site.is_article(found.url):
        out.print(Text(f"The address is no article's: article_url = {found.site.article_url}"))
    for layout in found.layouts:
        said = "recognises the page" if layout.recognised else f"does not: {layout.missing}"
        out.print(Text(f"layout {layout.name} ({layout.page_class}) {said}"))
    if isinstance(found.read, Refusal):
        out.print(Text(f"Refused: {found.read.reason}. {found.read.detail}", style="bold red"))
    elif not found.recognised:
        out.print(Text(f"Read by the reader {found.read.layout!r} only.", style="bold yellow"))
    if found.fields:
        out.print(_fields_table(found.fields))
    if found.statements:
        out.print(_dates_table(found))
    _print_opinions(found, out)


def _fields_table(fields: tuple[Field, ...]) -> Table:
    table = Table(title="What is read, and what gave it", title_justify="left")
    for heading in ("Field", "Value", "Given by"):
        table.add_column(heading, overflow="fold")
    for field in fields:
        table.add_row(field.name, Text("\n".join(_shown(field))), Text(field.found_by))
    return table


def _shown(field: Field) -> Iterator[str]:
    """The values, shortened; of a long list the beginning and the end, where losses show."""
    values = field.values
    if not values:
        yield "–"
    elif field.name not in _LISTED:
        yield _short(" · ".join(values))
    else:
        most = _MOST[field.name]
        yield f"{len(values)}:"
        head, tail = values[: most // 2], values[-(most // 2) :]
        for value in values if len(values) <= most else head:
            yield _short(value)
        if len(values) > most:
            yield "…"
            yield from map(_short, tail)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 40]} … {text[-35:]}"


def _dates_table(found: Report) -> Table:
    table = Table(title="What the page says of its dates", title_justify="left")
    for heading in ("Role", "Stands in", "As printed", "Read as", "By", "Sure"):
        table.add_column(heading, overflow="fold")
    for said in found.statements:
        sure = f"{said.confidence:.2f}"
        cells = (said.role, said.source, said.raw, said.read_as or "not read", said.rule, sure)
        table.add_row(*map(Text, cells))
    return table


def _print_opinions(found: Report, out: Console) -> None:
    if found.second_refusal:
        out.print(
            Text(f"A second reader is not available: it refuses the page ({found.second_refusal})")
        )
        return
    if not found.opinions:
        return
    differing = [opinion for opinion in found.opinions if not opinion.agrees]
    if not differing:
        out.print("The generic reader agrees on title, date, first and last paragraph.")
        return
    table = Table(title="Where the generic reader says something else", title_justify="left")
    for heading in ("Field", "Layout", "Generic reader"):
        table.add_column(heading, overflow="fold")
    for opinion in differing:
        cells = (opinion.field, _short(opinion.layout) or "–", _short(opinion.generic) or "–")
        table.add_row(*map(Text, cells))
    out.print(table)
