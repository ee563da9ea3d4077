"""Pages made to cost a reader its time or its memory, with an article or not."""

from __future__ import annotations

from dataclasses import dataclass

from test_engine import ARTICLE

MEGABYTES = 10
_START = '<div id="module-news-detail">'


@dataclass(frozen=True)
class HostilePage:
    """A page, and why it is held; None where its article is stored."""

    body: bytes
    held: str | None = None


def _with(
    before: str = "", after: str = "", inside: str = "", held: str | None = None
) -> HostilePage:
    page = ARTICLE.format(n=9).replace(_START, f"{before}{_START}")
    page = page.replace("</div></body>", f"{after}</div></body>")
    return HostilePage(page.replace("<p>Nội dung", f"{inside}<p>Nội dung").encode(), held)


def _changed(old: str, new: str) -> HostilePage:
    return HostilePage(ARTICLE.format(n=9).replace(old, new).encode())


def _links(number: int) -> str:
    return "".join(f'<a href="/tin-{n}.html">{n}</a>' for n in range(number))


_WORDS = "chợ phiên "
_LINE = _WORDS * (MEGABYTES * 1_000_000 // len(_WORDS.encode()))
_BARE = "".join(f" a{n}" for n in range(1_300_000))
_DEPTH = 60_000

_LARGE = "too_large"

PAGES: dict[str, HostilePage] = {
    "line in the article": _with(inside=f"<p>{_LINE}</p>", held=_LARGE),
    "line before the article": _with(before=f"<p>{_LINE}</p>", held=_LARGE),
    "line in a script": _with(before=f"<script>x='{_LINE}'</script>"),
    "line in a comment": _with(before=f"<!--{_LINE}-->"),
    "line in an attribute": _with(before=f'<p title="{_LINE}"></p>'),
    "article under nested elements": _with(before="<div>" * _DEPTH),
    "article under nested spans": _with(before="<span>" * _DEPTH),
    "article in nested elements": _with(inside="<div>" * _DEPTH),
    "nested elements before the article": _with(before="<div>" * _DEPTH + "</div>" * _DEPTH),
    "nested elements after the article": _with(after="<div>" * _DEPTH),
    "nested tables": _with(before="<table><tr><td>" * _DEPTH),
    "nested formatting": _with(before="<b><i><a>" * _DEPTH),
    "flood of links": _with(before=_links(200_000)),
    "flood of links in the article": _with(inside=_links(50_000)),
    "flood of elements": _with(before="<i></i>" * 1_430_000, held=_LARGE),
    "flood of elements in the article": _with(inside="<p>a</p>" * 1_250_000, held=_LARGE),
    "flood of line ends": _with(inside="<br>" * 2_500_000, held=_LARGE),
    "attributes of one element": _with(before=f"<p{_BARE}></p>"),
    "attributes of the body": _changed("<body>", f"<body{_BARE}>"),
    "attributes of many elements": _with(
        before="<p a b c d e f g h i j></p>" * 370_000, held=_LARGE
    ),
    "attributes without names": _with(before="<p" + "/" * 10_000_000 + ">"),
    "attributes of few elements": _with(before=("<p" + " a=1 b=2 c=3 d=4" * 1000 + "></p>") * 600),
    "NUL bytes": _changed(" ", "\x00 "),
    "flood of NUL bytes": _with(before="\x00" * 10_000_000, held=_LARGE),
    "entities": _with(before="<p>" + "&#7841;" * 1_000_000 + "</p>", held=_LARGE),
    "entities in the article": _with(inside="<p>" + "&aacute;" * 1_000_000 + "</p>", held=_LARGE),
    "entities encoded twice": _with(inside="<p>" + "&amp;agrave; " * 100_000 + "</p>"),
    "misread letters": _with(inside="<p>" + "áº¡ " * 60_000 + "</p>"),
    "unclosed quote": _with(before='<p title="' + "<a href=" * 1_200_000, held=_LARGE),
    "unclosed comments": _with(before="<!--" * 2_500_000, held=_LARGE),
    "unclosed scripts": _with(before="<script>" * 1_250_000, held=_LARGE),
    "links and no article": HostilePage(_links(200_000).encode(), _LARGE),
    "paragraphs and no article": HostilePage(b"<h1>x</h1>" + b"<p>a</p>" * 150_000, _LARGE),
    "opening brackets": _with(before="<" * 10_000_000, held=_LARGE),
}
