"""What a page is made of, where its words do not say that it is no article.

A list of headlines, a text that only a script can read, a template that nobody filled.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from baolangson_crawler.extraction.body import SUBHEADS, Run, pieces
from baolangson_crawler.extraction.document import Document

_PARAGRAPH = 60  # characters; a shorter line is a date, a label, an item of a menu
_HEADINGS = SUBHEADS | {"h1"}
_HEADLINE = 25  # characters of a link that names an article rather than a section
_BOX = 3  # headlines in a row; text behind them is not what one of them leads to
_WORD = 12  # characters; in no language of these papers are words longer on average
_PIECE = re.compile(r"[A-Za-z0-9+/_%-]{16,}={0,2}")
"""Base64 in both alphabets of RFC 4648, hexadecimal digits, ``%u1ea1`` of JavaScript's escape."""
_ENDLESS = 100  # characters; no word and no checksum under SHA-512 is as long
_MIXED = re.compile(r"(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])(?=\D*\d)")
_DIGIT = re.compile(r"\d")
_CARRIED = re.compile(r"""["'>]\s*([A-Za-z0-9+/]{400,}={0,2})\s*["'<]""")
_PLACEHOLDER = re.compile(
    r"\{\{[^{}]{0,80}\}\}|\{[\w.$]{1,40}\}|<%=?[^%]{1,60}%>|\$\{[^{}]{1,60}\}|\[\[[\w.]{1,40}\]\]"
)
_MOUNTS = "#root, #app, #__next, #__nuxt, #main-app, app-root"
"""Where the usual frameworks put the page that they build in the browser."""
_NEEDS_SCRIPT = re.compile(
    r"(?:enable|requires?|turn on|need(?:s)?) javascript|(?:bật|kích hoạt|cần|hỗ trợ) javascript|"
    r"javascript (?:is|to be) (?:disabled|required|enabled)",
    re.IGNORECASE,
)
_TEXT_IN_SCRIPT = re.compile(r"(?:outputData|contentHtml)\s*[=:]\s*[\"'`](?!\s*[\"'`])")
_FEED = re.compile(
    r"\ufeff?\s*(?:<[?!][^<>]{0,400}>\s*){0,5}<(?:rss|feed|urlset|sitemapindex|rdf:RDF)\b",
    re.IGNORECASE,
)
_CAPTCHA = re.compile(r"g-recaptcha|h-captcha|cf-turnstile|captcha\.(?:jpg|png|php|ashx|aspx)")
_BRIEF = 20_000  # characters; longer than any script that only sets a cookie
_PLAYER = re.compile(
    r"<(?:video|audio|amp-video|amp-youtube)\b|<(?:iframe|embed)\b[^<>]{0,400}(?:youtu|vimeo|player|"
    r"/embed|video|tiktok|dailymotion)|\.(?:mp4|m3u8|mp3)\b|<canvas\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Shape:
    """How the words of a page are set, links apart from text."""

    headlines: int
    """Links whose words are long enough for the headline of an article."""

    lines: tuple[str, ...]
    """Lines of text that are no links."""

    longest: int
    """Characters of the longest text that no headline interrupts, its short lines left out."""

    teasers: frozenset[str]
    """How the lines begin that stand right behind a headline and tell what it leads to."""

    @classmethod
    def of(cls, document: Document) -> Shape:
        """The shape of a page, its menus left out."""
        body = document.root.find("body")
        root = document.root if body is None else body
        # portals put a whole page into a form, which is no text of an article otherwise
        shape = cls._of(document, [root, *root.iter("form")])
        if shape.longest:
            return shape
        # an unclosed element of a menu holds all that follows it
        return cls._of(document, [*islice(root.iter("main", "article"), 1)]) or shape

    @classmethod
    def _of(cls, document: Document, starts: list[etree._Element]) -> Shape:
        headlines = longest = streak = 0
        lines: list[str] = []
        teasers: set[str] = set()
        behind = 0
        for run in (piece for start in starts for piece in pieces(start, document.url)):
            if not isinstance(run, Run):
                continue
            if run.linked > 0.9:
                if len(run.text) >= _HEADLINE:
                    headlines += 1
                    streak = 0
                    behind += 1
            elif run.linked < 0.5:
                lines.append(run.text)
                if len(run.text) >= _PARAGRAPH:
                    if 0 < behind < _BOX:
                        teasers.add(run.text[:_PARAGRAPH])
                    streak += len(run.text)
                    longest = max(longest, streak)
                if len(run.text) >= _PARAGRAPH or run.tag in _HEADINGS:
                    behind = 0
        return cls(
            headlines=headlines,
            lines=tuple(lines),
            longest=longest,
            teasers=frozenset(teasers),
        )

    def is_teasing(self, texts: Iterable[str]) -> bool:
        """Whether most of the paragraphs are words that stand right under a headline."""
        long = [text for text in texts if len(text) >= _PARAGRAPH]
        return 2 * sum(text[:_PARAGRAPH] in self.teasers for text in long) > len(long)

    def __bool__(self) -> bool:
        return bool(self.lines or self.headlines)


def encoded(texts: Iterable[str]) -> bool:
    """Whether a body is encoded for a script to decode, but for a few plain words.

    A paragraph that shows a key or the checksum of a file is outweighed by the words around it.
    """
    length = hidden = 0
    for text in texts:
        length += len(text)
        hidden += _encoded_length(text)
    return hidden >= _PARAGRAPH and 2 * hidden >= length


def _encoded_length(text: str) -> int:
    """Characters of a text that are encoded, whole or in the pieces of a split."""
    if len(text) < _WORD * (text.count(" ") + 1):
        return 0  # words of ordinary length
    pieces = [word for word in text.split() if _PIECE.fullmatch(word)]
    if not _MIXED.match("".join(pieces)):
        pieces = [piece for piece in pieces if len(piece) > _ENDLESS and _DIGIT.search(piece)]
    return sum(map(len, pieces))


def carries_encoded_text(html: str) -> bool:
    """Whether a page carries, for its script, Base64 that decodes to text with marks.

    The state of a form, a picture and a key decode to bytes that are no UTF-8.
    """
    return any(_decodes_to_text(match[1]) for match in _CARRIED.finditer(html))


def _decodes_to_text(encoded: str) -> bool:
    try:
        text = base64.b64decode(encoded[:400]).decode("utf-8", "strict")
    except (binascii.Error, UnicodeDecodeError) as error:
        # the 400 characters may end within a letter
        if not isinstance(error, UnicodeDecodeError) or error.start < len(error.object) - 3:
            return False
        text = error.object[: error.start].decode("utf-8")
    return not text.isascii() and "\x00" not in text


def is_feed(html: str) -> bool:
    """Whether the answer is a feed or a map of the site: RSS, Atom, sitemaps.org."""
    return _FEED.match(html) is not None


def is_placeholder(title: str) -> bool:
    """Whether a title is nothing but names of fields: ``{{ title }}``."""
    rest, names = _PLACEHOLDER.subn("", title)
    return names > 0 and not any(map(str.isalnum, rest))


def is_challenge(html: str) -> bool:
    """Whether a page without text sets a cookie and loads itself again, or shows a captcha."""
    if _CAPTCHA.search(html):
        return True
    script = "cookie" in html and ("reload" in html or "location" in html)
    return script and len(html) < _BRIEF and "<a " not in html


def built_by_script(document: Document) -> bool:
    """Whether the text of a page without text is made in the browser."""
    if any(len(mount) == 0 for mount in document.all(_MOUNTS)):
        return True
    html = document.html
    return bool(_NEEDS_SCRIPT.search(html) or _TEXT_IN_SCRIPT.search(html))


def has_player(html: str) -> bool:
    """Whether a video or a recording is played on the page."""
    return _PLAYER.search(html) is not None
