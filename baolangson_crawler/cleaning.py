"""From an article as printed to an article as stored: the same facts, without the page's habits."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from baolangson_crawler.items import Article, Block, Image
from baolangson_crawler.text import normalise

# "(CTO) - ", "(Baonghean.vn) – ": a mark of the paper in brackets and a dash. Without the dash
# ("(LSO) Sáng nay") and without the brackets ("LSO-") only the marks that papers are known to use.
_KNOWN_MARKS = "LSO|CTO|CT|BLC|BNA|BQN|BTN|BPO"
_DATELINE = re.compile(
    rf"^(?P<mark>\((?:{_KNOWN_MARKS}|[Bb]ao\w+\.(?:com\.|org\.)?vn)\)"
    r"|\((?:[A-ZĐ]{2,6}|[A-ZĐ]\w{1,5} ?[Oo]nline)\)(?=\s*[-–—])"
    rf"|(?:{_KNOWN_MARKS})(?=\s*[-–—]))\s*[-–—:]*\s*"
)
_AGENCIES = ("(TTXVN)", "(CPV)", "(VOV)", "(VTV)", "(CAND)", "(TTXVN")


def clean(article: Article) -> Article:
    """The article with its text repaired and the dateline in a field of its own.

    Entities that were encoded twice are decoded, and the mark of the paper before the first
    sentence ("(CTO) -") is moved to ``dateline``.
    """
    title = _line(article.title) or article.title
    lead = _line(article.lead) if article.lead else None
    body = tuple(
        Block(text=text, kind=block.kind) for block in article.body if (text := _line(block.text))
    )
    dateline, lead, body = _without_dateline(lead, body)
    return replace(
        article,
        title=title,
        lead=lead or None,
        dateline=article.dateline or dateline,
        body=body,
        images=tuple(_clean_image(image) for image in article.images),
        section=_line(article.section) or None if article.section else None,
        byline=_line(article.byline) or None if article.byline else None,
        tags=tuple(dict.fromkeys(tag for raw in article.tags if (tag := _line(raw).strip(" ,;#")))),
    )


def _line(text: str) -> str:
    """One line of stored text; a second layer of entities is decoded."""
    if "&" in text:
        text = html.unescape(text)
    return normalise(text)


def _without_dateline(
    lead: str | None, body: tuple[Block, ...]
) -> tuple[str | None, str | None, tuple[Block, ...]]:
    mark = None
    if lead and (match := _dateline(lead)):
        mark, lead = match["mark"], lead[match.end() :]
    if body and (match := _dateline(body[0].text)):
        rest = body[0].text[match.end() :]
        mark = mark or match["mark"]
        body = (Block(text=rest, kind=body[0].kind), *body[1:]) if rest else body[1:]
    return mark, lead, body


def _dateline(text: str) -> re.Match[str] | None:
    return None if text.startswith(_AGENCIES) else _DATELINE.match(text)


def _clean_image(image: Image) -> Image:
    return replace(
        image,
        caption=_line(image.caption) or None if image.caption else None,
        credit=_line(image.credit) or None if image.credit else None,
    )
