"""The status as one page for the browser: no script, nothing from elsewhere, both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from html import escape
from importlib.resources import files

from baolangson_crawler.cli.status.heat_map import HATCH, heat_map, legend
from baolangson_crawler.cli.status.printing import usual
from baolangson_crawler.dating import VIETNAM
from baolangson_crawler.storage.status import Calendar, SiteStatus, Status

_COLUMNS = (
    ("Paper", "Báo"),
    ("Articles", "Số bài"),
    ("Last article", "Bài mới nhất"),
    ("Last answer", "Trả lời gần nhất"),
    ("Today / expected", "Hôm nay / dự kiến"),
    ("To fetch", "Chờ tải"),
    ("Failed", "Lỗi"),
    ("Held", "Giữ lại"),
    ("Next visit", "Lần tới"),
)
_HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Status of the archive · Tình trạng kho báo</title>
<style>
{css}</style>
</head>
<body>
"""


def html(found: Status, calendars: Mapping[str, Calendar]) -> str:
    """The whole page; ``calendars`` by key of the site."""
    css = files("baolangson_crawler.cli.status").joinpath("page.css").read_text(encoding="utf-8")
    parts = [
        _HEAD.format(css=css),
        HATCH,
        *_summary(found),
        *_alarms(found),
        *_table(found),
        f"<h2>{_both('Articles by day of publication', 'Số bài theo ngày đăng')}</h2>",
        *(_calendar(site, calendars[site.key]) for site in found.sites),
        "</body>\n</html>\n",
    ]
    return "\n".join(parts)


def _both(english: str, vietnamese: str) -> str:
    return f'{escape(english)} <span class="soft" lang="vi">· {escape(vietnamese)}</span>'


def _moment(text: str | None) -> str:
    """A moment as the clock in Vietnam shows it."""
    if text is None:
        return "–"
    return f"{datetime.fromisoformat(text).astimezone(VIETNAM):%d/%m/%Y %H:%M}"


def _summary(found: Status) -> Iterator[str]:
    yield f"<h1>{_both('Status of the archive', 'Tình trạng kho báo')}</h1>"
    told = (
        f"{_moment(found.at)} (+07:00) · {len(found.sites)} papers · "
        f"{found.versions:,} versions · {found.bytes / 1e6:,.1f} MB"
    )
    yield f'<p class="soft">{escape(told)}</p>'
    if found.crawl:
        outcome = f"{_moment(found.crawl.started_at)}, {found.crawl.outcome}"
        yield f"<p>{_both('Last crawl', 'Lượt thu thập gần nhất')}: {escape(outcome)}</p>"


def _alarms(found: Status) -> Iterator[str]:
    raised = [alarm for site in found.sites for alarm in site.alarms]
    if not raised:
        yield f"<p>{_both('No alarm.', 'Không có cảnh báo.')}</p>"
        return
    yield f'<section class="alarms"><h2>{_both("Alarms", "Cảnh báo")} ({len(raised)})</h2><ul>'
    for alarm in raised:
        links = " ".join(_link(url) for url in alarm.samples)
        yield f'<li><span class="mark">!</span> {escape(alarm.text)} {links}</li>'
    yield "</ul></section>"


def _link(url: str) -> str:
    """A link for http and https only; another address stands there as text."""
    shown = escape(url)
    if not url.startswith(("http://", "https://")):
        return shown
    return f'<a href="{shown}" rel="noreferrer noopener">{shown}</a>'


def _table(found: Status) -> Iterator[str]:
    yield f"<h2>{_both('Papers', 'Các báo')}</h2>"
    heads = "".join(
        f'<th scope="col">{escape(english)}<small lang="vi">{escape(vietnamese)}</small></th>'
        for english, vietnamese in _COLUMNS
    )
    yield f'<div class="scroll"><table><thead><tr>{heads}</tr></thead><tbody>'
    yield from map(_row, found.sites)
    sites = found.sites
    cells = (
        f"{sum(site.articles for site in sites):,}",
        "",
        "",
        f"{sum(site.today for site in sites):,} / {sum(s.expected or 0 for s in sites):,.0f}",
        *(
            f"{sum(getattr(site, name) for site in sites):,}"
            for name in ("pending", "failed", "held")
        ),
        "",
    )
    total = "".join(f"<td>{cell}</td>" for cell in cells)
    yield f'</tbody><tfoot><tr><th scope="row">{_both("All", "Tất cả")}</th>{total}</tr></tfoot>'
    yield "</table></div>"


def _row(site: SiteStatus) -> str:
    mark = '<span class="mark" title="alarm · cảnh báo">!</span> ' if site.alarms else ""
    cells = (
        f"{site.articles:,}",
        _moment(site.newest),
        _moment(site.last_success),
        f"{site.today} / {usual(site.expected)}",
        f"{site.pending:,}",
        f"{site.failed:,}",
        f"{site.held:,}",
        _moment(site.next_visit) if site.next_visit else "",
    )
    name = f'{mark}<a href="#{escape(site.key)}" lang="vi">{escape(site.name)}</a>'
    return f'<tr><th scope="row">{name}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'


def _calendar(site: SiteStatus, calendar: Calendar) -> str:
    number = sum(calendar.articles.values())
    told = _both(f"{number:,} articles in 53 weeks", f"{number:,} bài trong 53 tuần")
    name = escape(site.name)
    label = f"{name}: {number:,} articles in 53 weeks"
    return (
        f'<section class="calendar" id="{escape(site.key)}"><h3 lang="vi">{name}</h3>'
        f"<small>{told}</small>{heat_map(calendar, label)}{legend(calendar)}</section>"
    )
