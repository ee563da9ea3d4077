"""The records that travel from page to archive: article, capture, visit and their parts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from baolangson_crawler.walk_state import Walk, WalkState

Precision = Literal["second", "minute", "day", "month", "year"]
BlockKind = Literal["paragraph", "subhead"]


@dataclass(frozen=True, kw_only=True, slots=True)
class PrintedDate:
    """A date exactly as the page prints it, before anybody has read it."""

    raw: str
    """The characters of the page, white space folded: ``"08/01/2026 - 18:21"``."""

    source: str
    """Where on the page it stands: ``visible``, ``time``, ``meta``, ``json-ld``, ``url``."""

    role: Literal["published", "modified"] = "published"
    """Which of the two moments of an article it states."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """A date of the page together with how it was read."""

    at: datetime | None
    """The moment with its offset, +07:00 unless the page states another; None if unreadable."""

    raw: str
    """The characters of the page that it was read from."""

    method: str
    """The source on the page and the rule that read it: ``visible:day-month-year``; behind a
    question mark what speaks against it: ``visible:day-month-year?weekday`` (``docs/dates.md``)."""

    confidence: float
    """From 0 (do not use) to 1 (two independent statements of the page agree)."""

    precision: Precision = "minute"
    """The smallest unit that the page states; a date without an hour stands at 00:00."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """One paragraph or subhead of the body."""

    text: str
    """Plain text on one line, NFC, ordinary spaces."""

    kind: BlockKind = "paragraph"
    """``paragraph`` or ``subhead``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Image:
    """A picture of the article with the words under it."""

    url: str | None
    """Absolute address of the picture, which itself is not fetched; None where the page has the
    words and no picture."""

    caption: str | None = None
    """The words under the picture as printed, photographer included."""

    credit: str | None = None
    """The photographer or agency that the caption names: ``"Hoàng Phong"``."""

    position: int | None = None
    """Number of body blocks that stand before it; None for a picture outside the body."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """An address found on a page or in a source, with what the place says of it."""

    url: str
    """Absolute address as found, fragment removed."""
    title: str | None = None
    """The words of the link."""
    modified_raw: str | None = None
    """When the source says that the page changed, as printed (``lastmod``, ``pubDate``)."""
    modified: datetime | None = None
    """The same as a moment, read with all dates of the source together (``dating.dated``)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Credit:
    """The reprint line of an article: which paper or agency it was taken from."""

    raw: str
    """The line as printed: ``"Nguồn: Baolang son.vn"``."""

    source: str | None = None
    """Key of the paper or agency (``baolangson``, ``ttxvn``); None if it is not known."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """Where one field of an article was found, for a page that no layout of its site reads."""

    field: str
    """Name of the field: ``title``, ``lead``, ``body``, ``byline``, ``printed_dates``."""

    method: str
    """The rule that found it: ``json-ld:headline``, ``og:title``, ``h1``, ``trafilatura``."""

    confidence: float
    """From 0 (a guess) to 1 (stated by the page and borne out by a second statement)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """What an article page says, each thing in a field of its own."""

    url: str
    """Address that was fetched."""

    canonical_url: str
    """The one form of the address: tracking parameters, ``www.`` and fragment removed."""

    site: str
    """Key of the site that published it."""

    paper: str | None = None
    """Key of the paper that wrote it, where another site publishes it now: a paper that was
    merged, whose archive the site took over."""

    article_id: str | None = None
    """The site's own number for the article, as it stands in the address: ``"196670"``."""

    section: str | None = None
    """Section as printed, from general to special, joined by ``" > "``."""

    title: str
    """Headline without the name of the paper."""

    dateline: str | None = None
    """The mark of the paper or place before the first sentence: ``"(CTO)"``, ``"LSO"``."""

    lead: str | None = None
    """The standfirst (*sapo*); where the page prints none apart, its first paragraph."""

    lead_in_body: bool = False
    """Whether the lead is also the first paragraph of the body (the page prints none apart)."""

    body: tuple[Block, ...] = ()
    """Paragraphs and subheads in order; no caption, credit, byline, related link or ad."""

    images: tuple[Image, ...] = ()
    """Pictures in order; the first is the main one."""

    byline: str | None = None
    """Author as printed, without the label before it: ``"P.Y"``."""

    byline_raw: str | None = None
    """The byline with its label: ``"Tin, ảnh: P.Y"``."""

    credit: Credit | None = None
    """The reprint line; None for the paper's own work."""

    tags: tuple[str, ...] = ()
    """Keywords in the order of the page."""

    related: tuple[Link, ...] = ()
    """Articles that the page offers beside this one, as links only."""

    printed_dates: tuple[PrintedDate, ...] = ()
    """Every statement of the page on when the article was published or modified."""

    published: Moment | None = None
    """When it was published; filled by dating."""

    modified: Moment | None = None
    """When it was last modified; filled by dating, None where the page is silent."""

    language: str = "vi"
    """BCP 47 tag of the page's language."""

    layout: str
    """Name of the page class that read it: ``fck``."""

    findings: tuple[Finding, ...] = ()
    """How each field was found, where the generic reader read the page; empty for a layout,
    whose selectors are in its class."""

    repairs: tuple[str, ...] = ()
    """What was done to the text or is suspected of it: ``mojibake``, ``tcvn3``, ``vni?`` (the
    question mark: suspected, left as it is)."""

    @property
    def key(self) -> str:
        """Identity in the archive: the site and its own id, else the canonical address."""
        return article_key(self.site, self.article_id, self.canonical_url)

    @property
    def body_text(self) -> str:
        """The blocks as plain text, one empty line between two."""
        return "\n\n".join(block.text for block in self.body)


def article_key(site: str, article_id: str | None, canonical_url: str) -> str:
    """Identity of an article: ``site:id`` where the address carries an id, else ``site:url``."""
    return f"{site}:{article_id or canonical_url}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """Why a page that was fetched is not stored as an article."""

    reason: str
    """Short code: ``soft_404``, ``login``, ``challenge``, ``encrypted_body``, ``not_html``."""

    detail: str = ""
    """One sentence for a person."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Capture:
    """One response as received, after its content coding (gzip, br, …) is undone."""

    url: str
    """Address that answered, after redirects."""

    status: int
    """HTTP status."""

    headers: tuple[tuple[str, str], ...] = ()
    """Response header lines in order, names as sent."""

    body: bytes = field(default=b"", repr=False)
    """The decoded bytes."""

    fetched_at: datetime
    """When the answer was complete, in UTC."""

    elapsed: float | None = None
    """Seconds from sending the request to the header of the answer."""

    redirects: tuple[str, ...] = ()
    """Addresses that answered with a redirect, first to last."""

    robots_rule: str | None = None
    """What robots.txt said of the address: ``allowed``, ``no-robots``, …"""

    media_type: str | None = None
    """From Content-Type, lower case: ``text/html``."""

    charset: str | None = None
    """Encoding that the text was read with."""


VisitKind = Literal["article", "feed", "sitemap", "listing", "number"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """One address of the ledger, visited: what came back and what was read from it."""

    url: str
    """Address as it stands in the ledger."""

    site: str
    """Key of the site."""

    kind: VisitKind
    """What was expected there."""

    capture: Capture | None = None
    """The response; None when there was none."""

    article: Article | None = None
    """What was read, for an article page that a layout recognised."""

    refusal: Refusal | None = None
    """Why the page is held, where it is no article."""

    failure: str | None = None
    """Reason code where nothing was received or the status is no success."""

    links: Collection[Link] = ()
    """Article addresses found on the page, to be visited in their turn; gone through repeatedly."""

    visited_at: datetime
    """When the answer came, or was given up, in UTC."""

    source_url: str | None = None
    """For a page of a list that is walked: the address of its first page."""

    robots_id: int | None = None
    """Row of the robots.txt that allowed or forbade it."""

    walk: Walk | None = None
    """What the visit says of that walk: it goes on behind this page, or it is complete."""

    walk_state: WalkState | None = None
    """How far the list is walked with this visit; None where that is as it was."""
