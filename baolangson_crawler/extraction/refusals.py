"""Why a page that was fetched is no article: typed reasons, and the check that finds them.

An article is never refused for what it is about. A page whose article was read from a layout, or
that states when an article was published, is refused only where its own text is none; every
other page is looked at closely. ``docs/not-an-article.md`` tells it for people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import Final, Literal
from urllib.parse import urlsplit

from baolangson_crawler import urls
from baolangson_crawler.extraction import refusal_notices, refusal_shapes
from baolangson_crawler.extraction.document import Document, text_of
from baolangson_crawler.extraction.refusal_shapes import Shape
from baolangson_crawler.items import Article, Refusal
from baolangson_crawler.text import fold, word_count

Reason = Literal[
    "listing",
    "soft_404",
    "login",
    "challenge",
    "maintenance",
    "consent",
    "captive_portal",
    "error_page",
    "template",
    "javascript",
    "encrypted_body",
    "empty_body",
    "too_short",
    "notice",
]
REASONS: Final[dict[Reason, str]] = {
    "listing": "The page lists articles and is none itself.",
    "soft_404": "The paper answers that the article does not exist, with the status of success.",
    "login": "The page asks for a login or a subscription instead of showing the article.",
    "challenge": "A protection against robots answered instead of the paper.",
    "maintenance": "The site is under maintenance, suspended or for sale.",
    "consent": "The page asks for consent and shows nothing else.",
    "captive_portal": "The network between asks for a login; the paper was not reached.",
    "error_page": "The server shows an error or its own default page.",
    "template": "The page shows the names of its fields instead of an article.",
    "javascript": "The text is made in the browser by a script.",
    "encrypted_body": "The text is encoded, and only a script of the page decodes it.",
    "empty_body": "The page has the frame of an article and no text.",
    "too_short": "The text is shorter than a sentence, and there is no picture or video.",
    "notice": "A short message stands alone, with nothing of the paper around it.",
}
_WAITING = re.compile(r"(?:dang tai|loading|vui long (?:cho|doi))[\w\s]{0,40}[.…]*$")
_WAITING_LENGTH = 60
_SENTENCE = 8  # syllables; the shortest news item is a sentence
_PROSE = 550  # characters of text in one place; the teasers of a list are shorter
_HEADLINES = 8  # links to articles; an article's page may have more, a list has no fewer
_IN_PLACE: Final[frozenset[refusal_notices.Notice]] = frozenset(
    ("soft_404", "login", "error_page", "javascript", "empty_body")
)
"""What a paper's system prints in the place of a text, below the headline of the article."""
_HALF, _WHOLE = 0.5, 0.8  # shares of a text
_MESSAGE = 300  # characters
_LINKS = 3  # an article's page has at least those of the paper's menu
_DATES = ("datepublished", "pubdate")
_LIST_TITLE = re.compile(
    r"(?:tin(?: tuc)?(?: moi)?(?: nhat)?(?: hom nay| trong ngay| 24h| 24/7)?|chu de)\s*"
    r"(?:[-–—|,]|$|:\s*(?:\S+\s+){0,2}\S*\s*(?:$|[-–—|]))|"
    r"(?:tu khoa|chuyen muc|tag)(?:\s*:|$)|trang chu\b"
)
"""Names of lists; "Tin mới: ..." is one only where a few words follow, as a paper's name does."""
_NAME = 200  # characters; the name of a list is shorter


def refusal(document: Document, article: Article | None) -> Refusal | None:
    """Why a page is no article; None where it is one, or where nothing speaks against it.

    Args:
        document: the page, answered with status 200.
        article: what a layout or the generic reader read from it; None where nothing was.
    """
    reason: Reason | None
    if refusal_shapes.is_feed(document.html):
        reason = "listing"
    elif article is None:
        reason = _of_unread(document)
        # an article in a design that nobody knows: pictures, a poem, a table
        if reason == "empty_body" and _declares_article(document):
            return None
    else:
        reason = _of_text(document, article)
        if not _is_vouched_for(document, article):
            if reason is None:
                reason = _of_doubtful(document, article)
            elif reason in ("too_short", "empty_body"):
                reason = _of_unread(document) or reason
    return Refusal(reason=reason, detail=REASONS[reason]) if reason else None


def _of_text(document: Document, article: Article) -> Reason | None:
    """What the text that was read says of itself."""
    blocks = [block.text for block in article.body if not _is_waiting(block.text)]
    textless = not blocks  # a standfirst alone announces a text
    # the standfirst of an encrypted article is plain
    if refusal_shapes.encoded(blocks[1:] if article.lead_in_body and blocks[1:] else blocks):
        return "encrypted_body"
    if refusal_shapes.is_placeholder(article.title):
        return "template"
    texts = _texts(article)
    if sum(map(len, texts)) > refusal_notices.SHORT:
        return None
    # what stands under a headline is the paper's own, and may well be about maintenance
    told = _is_headline(article.title) and _is_vouched_for(document, article)
    least, among = (_WHOLE, _IN_PLACE) if told else (_HALF, None)
    notice = refusal_notices.said("\n".join(texts), least, among)
    # a browser that plays no video says so in the place of the video
    if notice and not (notice == "empty_body" and _shows_something(document, article)):
        return notice
    words = sum(map(word_count, texts))
    if words >= _SENTENCE and not textless:
        return None
    if _has_picture(article):
        return None
    if notice := refusal_notices.titled(article.title):
        return notice
    if _shows_something(document, article):
        return None
    if words and not textless:
        return "too_short"
    return "javascript" if refusal_shapes.built_by_script(document) else "empty_body"


def _is_waiting(text: str) -> bool:
    """Whether a line stands where a script has not put the text yet."""
    return len(text) < _WAITING_LENGTH and bool(_WAITING.match(fold(text)))


def _is_vouched_for(document: Document, article: Article) -> bool:
    """Whether more than the looks of the page says that it is an article's."""
    return article.layout != "generic" or _states_article(document)


def _texts(article: Article) -> list[str]:
    """Standfirst and body."""
    blocks = [block.text for block in article.body]
    return [article.lead, *blocks] if article.lead and not article.lead_in_body else blocks


def _states_article(document: Document) -> bool:
    """Whether the page states for machines what only the page of one article has.

    ``og:type`` does not prove an article, because papers set it to ``article`` on their lists too;
    and a list may state the date of each of its articles.
    """
    if document.meta_text("og:type") == "website":
        return False
    dates = [date for name in _DATES for date in document.meta.get(name, ()) if date.strip()]
    if len(dates) == 1 or document.meta_text("article:published_time"):
        return True
    return bool(document.json_ld) and document.html.count('"NewsArticle"') < 2


def _declares_article(document: Document) -> bool:
    """Whether the page says in any way that it is an article's, as the page of a list may too."""
    return document.meta_text("og:type") == "article" or _states_article(document)


def _has_picture(article: Article) -> bool:
    """Whether a picture stands in the text or has words of its own."""
    return any(image.position is not None or image.caption for image in article.images)


def _shows_something(document: Document, article: Article) -> bool:
    """Whether there is a picture or a player, so that an article may do with few words."""
    if _has_picture(article):
        return True
    declared = bool(article.images) and bool(article.printed_dates)
    return declared or refusal_shapes.has_player(document.html)


def _of_doubtful(document: Document, article: Article) -> Reason | None:
    """What speaks against a page that was read by its looks alone."""
    texts = _texts(article)
    opening = refusal_notices.begins_as(texts[0]) if texts else None
    shape = Shape.of(document)
    brief = shape.longest < _PROSE or refusal_notices.marked(document.html) == opening
    if brief and (opening == "error_page" or (opening and not _is_headline(article.title))):
        return opening
    declared = _of_titles(_declared_titles(document))
    if declared and shape.longest < 3 * _PROSE:
        return declared
    if shape.longest >= _PROSE:
        return None
    if notice := _of_titles((article.title, *_headings(document))):
        return notice
    # a text from more than three places with headlines between them is that of a list
    gathered = sum(map(len, texts)) > max(_PROSE, 3 * shape.longest)
    listed = gathered or shape.is_teasing(texts) or _names_list(article.title)
    if shape.headlines < _HEADLINES or not listed:
        return "notice" if _stands_alone(document, article) else None
    notice = refusal_notices.strongest(shape.lines)
    return notice or ("soft_404" if _is_home(document) else "listing")


def _of_unread(document: Document) -> Reason | None:
    """Why nothing could be read."""
    titles = _declared_titles(document)
    if notice := _of_titles(titles):
        return notice
    shape = Shape.of(document)
    if refusal_shapes.encoded(shape.lines) or refusal_shapes.carries_encoded_text(document.html):
        return "encrypted_body"
    poor = shape.headlines < _HEADLINES
    marked = refusal_notices.marked(document.html) if poor else None
    if shape.longest >= _PROSE:
        # else an article, in a layout that nobody knows yet
        return marked if marked == "error_page" else None
    titles = (*titles, *_headings(document))
    if any(map(refusal_shapes.is_placeholder, titles)):
        return "template"
    if notice := marked or _of_titles(titles) or refusal_notices.strongest(shape.lines):
        return notice
    if poor and refusal_shapes.is_challenge(document.html):
        return "challenge"
    if _is_home(document):
        return "soft_404"
    if not poor and (_is_root(document.url) or not _has_headline(document)):
        return "listing"
    if refusal_shapes.built_by_script(document):
        return "javascript"
    if _is_list(document):
        return "listing"
    if not shape.longest:
        return "empty_body"
    return "notice" if document.html.count("<a ") < _LINKS else None


def _stands_alone(document: Document, article: Article) -> bool:
    """Whether a few words without date, picture or headline have no paper around them."""
    dated = any(printed.source != "url" for printed in article.printed_dates)
    bare = not (dated or article.images or _is_headline(article.title))
    return bare and len(article.body_text) < _MESSAGE and document.html.count("<a ") < _LINKS


def _of_titles(titles: Iterable[str]) -> Reason | None:
    return next(filter(None, map(refusal_notices.titled, titles)), None)


def _declared_titles(document: Document) -> tuple[str, ...]:
    """What the page says in its head that it is."""
    title = document.root.find("head/title")
    declared = (text_of(title) if title is not None else None, document.meta_text("og:title"))
    return tuple(filter(None, declared))


def _headings(document: Document) -> list[str]:
    """The main headings; smaller ones stand over boxes for login, comments and consent too."""
    return [text_of(heading) for heading in islice(document.root.iter("h1"), 5)]


def _is_home(document: Document) -> bool:
    """Whether the page says that it is the home page, under the address of an article."""
    if _is_root(document.url):
        return False
    said = document.canonical_link or urls.absolute(
        document.url, document.meta_text("og:url") or document.url
    )
    if said and _is_root(said):
        return urls.host_of(said) == urls.host_of(document.url)
    name = document.meta_text("og:site_name")
    return bool(name) and name in _declared_titles(document)


def _is_root(url: str) -> bool:
    return urlsplit(url).path in ("", "/") and not urlsplit(url).query


def _is_headline(title: str) -> bool:
    """Whether a title tells something, as the name of a section does not."""
    return word_count(title) > 4 and not _names_list(title)


def _names_list(title: str) -> bool:
    return _LIST_TITLE.match(fold(title[:_NAME])) is not None


def _has_headline(document: Document) -> bool:
    """Whether a page that nobody could read looks like the page of one article all the same."""
    own = (h for h in document.root.iter("h1") if h.find(".//a") is None)
    return _states_article(document) or any(_is_headline(text_of(heading)) for heading in own)


def _is_list(document: Document) -> bool:
    """Whether a page says that it is a list."""
    named = any(map(_names_list, _declared_titles(document)))
    website = document.meta_text("og:type") == "website" and bool(document.meta_text("og:title"))
    return named or website or "CollectionPage" in document.html
