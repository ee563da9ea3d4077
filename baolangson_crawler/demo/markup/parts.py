"""Pieces of HTML that the three designs share: escaping, style sheets, menus."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from baolangson_crawler.demo.papers import DemoPaper, Section

PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
SERVICES = (
    ("gioi-thieu", "Giới thiệu"),
    ("lien-he", "Liên hệ"),
    ("quang-cao", "Bảng giá quảng cáo"),
    ("doc-bao-in", "Đọc báo in"),
    ("video", "Video"),
    ("anh", "Phóng sự ảnh"),
    ("podcast", "Podcast"),
    ("so-do-trang", "Sơ đồ trang"),
    ("van-ban", "Văn bản mới"),
    ("hoi-dap", "Hỏi đáp"),
    ("tra-cuu", "Tra cứu thủ tục"),
    ("lich-cong-tac", "Lịch công tác"),
)
_WIDTHS = {"xs": 0, "sm": 768, "md": 992, "lg": 1200}
_ICON = (
    '<svg class="icon icon-{name}" width="18" height="18" viewBox="0 0 24 24" aria-hidden="true">'
    '<path fill="currentColor" d="{path}"/></svg>'
)
_PATHS = {
    "search": "M10 2a8 8 0 1 0 5 14l5 5 1-1-5-5A8 8 0 0 0 10 2zm0 2a6 6 0 1 1 0 12z",
    "menu": "M3 6h18v2H3zm0 5h18v2H3zm0 5h18v2H3z",
    "phone": "M6 2h4l2 5-3 2a12 12 0 0 0 6 6l2-3 5 2v4c0 2-9 3-15-4S4 3 6 2z",
}


def text(value: str) -> str:
    """Text as it stands between tags or in an attribute."""
    return escape(value, quote=True)


def link(href: str, label: str, attributes: str = "") -> str:
    """A link with a plain label."""
    return f'<a href="{text(href)}"{attributes and " " + attributes}>{text(label)}</a>'


def titled(href: str, label: str, inner: str | None = None, classes: str = "") -> str:
    """A link that repeats its label as title."""
    named = f'class="{classes}" ' if classes else ""
    content = text(label) if inner is None else inner
    return f'<a {named}href="{text(href)}" title="{text(label)}">{content}</a>'


def items(rows: Iterable[str], classes: str = "") -> str:
    """List items, one a row."""
    named = f' class="{classes}"' if classes else ""
    return "\n".join(f"<li{named}>{row}</li>" for row in rows)


def icon(name: str) -> str:
    """A small drawing."""
    return _ICON.format(name=name, path=_PATHS[name])


def section_url(paper: DemoPaper, section: Section, below: Section | None = None) -> str:
    """The address of a section or subsection."""
    tail = f"{below.slug}/" if below else ""
    return f"{paper.home}{section.slug}/{tail}"


def subsections(paper: DemoPaper, section: Section) -> list[Section]:
    """The subsections of a section."""
    return [sub for main, sub in paper.themes.values() if main == section and sub]


def services(paper: DemoPaper, count: int = len(SERVICES)) -> list[tuple[str, str]]:
    """Address and name of pages that are no articles."""
    return [(f"{paper.home}{slug}/", name) for slug, name in SERVICES[:count]]


@lru_cache(maxsize=16)
def style(colour: str, *blocks: str) -> str:
    """A style sheet of the size that such papers put in the head: a grid and some blocks."""
    rules = [
        "*{box-sizing:border-box}",
        f"a{{color:{colour};text-decoration:none}}a:hover{{text-decoration:underline}}",
        "body{margin:0;font:16px/1.55 Arial,Helvetica,sans-serif;color:#222;background:#f6f6f4}",
        "img{max-width:100%;height:auto}ul{list-style:none;padding:0;margin:0}",
        ".container{max-width:1170px;margin:0 auto;padding:0 15px;background:#fff}",
        ".row{display:flex;flex-wrap:wrap;margin:0 -15px}",
    ]
    for size, width in _WIDTHS.items():
        columns = "".join(
            f".col-{size}-{n}{{flex:0 0 {n / 12:.6%};max-width:{n / 12:.6%};padding:0 15px}}"
            f".col-{size}-offset-{n}{{margin-left:{n / 12:.6%}}}"
            for n in range(1, 13)
        )
        rules.append(f"@media (min-width:{width}px){{{columns}}}" if width else columns)
    for block in blocks:
        rules.append(
            f".{block}{{margin:0 0 15px;padding:0;border-bottom:1px solid #e3e3e0}}"
            f".{block} ul li{{padding:6px 0;border-top:1px dotted #d8d8d4}}"
            f".{block} h3{{font-size:15px;margin:0 0 6px;font-weight:700}}"
            f".{block} img{{display:block;width:100%;background:#eee}}"
            f".{block} a:visited{{color:#555}}"
        )
    return "<style>\n" + "\n".join(rules) + "\n</style>"
