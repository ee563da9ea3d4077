"""Báo Quảng Ngãi, the paper of Quảng Ngãi province, since July 2025 also of Kon Tum."""

from __future__ import annotations

import re
from copy import deepcopy
from html import unescape

from baolangson_crawler.extraction.document import Document, parse, text_of
from baolangson_crawler.extraction.page import ArticlePage
from baolangson_crawler.families.month_hex import ARTICLE_URL, MonthHexPage, PlainContentPage
from baolangson_crawler.sites.base import Listing, Site

_SECTIONS = (
    "thoi-su chinh-tri kinh-te xa-hoi du-lich doi-song van-hoa-nghe-thuat the-thao "
    "khoa-hoc-cong-nghe phap-luat quoc-te phong-su phong-van-doi-thoai quang-ngai-que-minh "
    "nhin-ra-tinh-ban hoat-dong-cua-lanh-dao-tinh chuyen-de-chuyen-sau thong-tin-can-biet"
).split()

_BODY_STRING = re.compile(
    r"""(?:\b(?:outputData|contentHtml)\s*=|\(['"]\#content['"]\)\.html\()\s*"""
    r"""(?P<quote>["'`])(?P<text>(?:\\.|(?!(?P=quote))[^\\])*)(?P=quote)""",
    re.DOTALL,
)
_ESCAPE = re.compile(
    r"\\(?:u\{(?P<point>[0-9A-Fa-f]{1,6})\}|u(?P<unit>[0-9A-Fa-f]{4})|x(?P<byte>[0-9A-Fa-f]{2})"
    r"|(?P<line>\r\n|[\r\n\u2028\u2029])|(?P<char>.))",
    re.DOTALL,
)
_CONTROLS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}


def _unescaped(match: re.Match[str]) -> str:
    if match["line"]:
        return ""  # a string goes on behind an escaped line end
    if char := match["char"]:
        return _CONTROLS.get(char, char)
    code = int(match["point"] or match["unit"] or match["byte"], 16)
    return chr(code) if code <= 0x10FFFF else "\ufffd"


def script_string(literal: str) -> str:
    """The text between the quotes of a JavaScript string (ECMA-262, 12.9.4), decoded."""
    text = _ESCAPE.sub(_unescaped, literal)
    # two \\u escapes make one character beyond the basic plane
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def body_in_script(document: Document) -> str | None:
    """The HTML of the text where a script of the page holds it."""
    for script in document.all("script"):
        if match := _BODY_STRING.search(script.text or ""):
            html = script_string(match["text"]).strip()
            if "<" not in html:
                html = unescape(html)  # "&lt;p&gt;": a textarea's content, encoded once more
            if html:
                return html
    return None


def _filled(document: Document) -> Document:
    """The page as a browser shows it: the text of the script in its empty container."""
    container = document.first("#content")
    if container is None or text_of(container):
        return document
    html = body_in_script(document)
    body = parse(html).find("body") if html else None
    if body is None:
        return document
    root = deepcopy(document.root)
    next(element for element in root.iter() if element.get("id") == "content").extend(body)
    filled = Document(document.html, document.url)
    filled.root = root
    return filled


class QuangNgaiPage(ArticlePage):
    """Layout of 2026: ``h1.title``, ``p.sapo``, ``#content`` (selectors of public code).

    On part of the pages the container is empty and a script writes the text into it; the string
    is decoded and read, nothing is evaluated. The names of date, author and tags are guesses.
    """

    layout = "baoquangngai"
    title_css = "h1.title"
    section_css = "p.category a"
    lead_css = "p.sapo, #body .sapo"
    date_css = "p.date, .post-date, time"
    body_css = "#content"
    noise_css = ".same, h1.title, p.sapo, p.category"
    byline_css = "p.author"
    tags_css = ".tags a"
    related_css = ".same a"

    def __init__(self, document: Document) -> None:
        super().__init__(_filled(document))


SITE = Site(
    key="baoquangngai",
    name="Báo Quảng Ngãi",
    province="Quảng Ngãi",
    domains=("baoquangngai.vn",),
    sources=tuple(
        Listing(f"https://baoquangngai.vn/{section}", links="article a[href$='.htm']")
        for section in _SECTIONS
    ),
    sections=tuple(_SECTIONS),
    article_url=r"^/(?!(?:event|expert)/)(?:[a-z0-9-]+/)*[^/?]+-(?P<id>\d+)\.htm$",
    legacy_article_urls=(ARTICLE_URL,),
    pages=(QuangNgaiPage, MonthHexPage, PlainContentPage),
    verified="code",
    notes=(
        "Ran on the month-and-hex system until about 2024. Part of its texts stand only in a "
        "script; /event and /expert pages are no articles. How its sections are paged is not known."
    ),
)
