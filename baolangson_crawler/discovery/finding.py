"""What a paper says of its own sources: in robots.txt, on its home page, on a page of feeds.

Addresses are only read here; whether one lists articles is known once it was asked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from urllib.parse import urlsplit

from baolangson_crawler import urls
from baolangson_crawler.extraction.document import Document, text_of
from baolangson_crawler.text import fold

Owns = Callable[[str], bool]

USUAL_SITEMAP = "/sitemap.xml"
USUAL_PLACES = ("/sitemap_index.xml", "/sitemap-index.xml", "/sitemapnews.xml")
"""Asked where neither robots.txt nor the most usual name gives a sitemap."""

USUAL_FEEDS = "/rss"
"""A feed, or the page that lists the feeds, where the home page names neither."""

_MOST_LINKS = 5000  # of one page that are looked at; a home page has some hundreds
_MOST_LINES = 10_000  # of a robots.txt
_OF_ONE_FORM = 3  # sections whose addresses differ in numbers alone: days of a calendar, offices

_SITEMAP_LINE = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.IGNORECASE)
_FEED_PATH = re.compile(r"\.rss$|/(?:rss|feed)s?/.|/feed/?$|rss[^/]*\.(?:xml|ashx)$", re.IGNORECASE)
_FEED_INDEX = re.compile(r"/(?:rss|feeds?|kenh-rss|rss-feeds?)(?:\.\w+)?/?$", re.IGNORECASE)
_COMMENTS = re.compile(r"\bcomments?\b", re.IGNORECASE)
_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|css|js|json|xml|rss|txt|pdf|docx?|xlsx?|zip|rar|apk|"
    r"mp[34]|exe)$",
    re.IGNORECASE,
)
_HOME = re.compile(r"/?(?:(?:index|default|home|trang-chu)(?:\.\w+)?/?)?$", re.IGNORECASE)
_NO_SECTION = frozenset(
    "tag tags tu-khoa topic tim-kiem search login logout dang-nhap dang-xuat dang-ky register "
    "signin signup account tai-khoan user author authors tac-gia video videos clip podcast "
    "podcasts live truc-tiep truyen-hinh phat-thanh tv radio epaper e-paper bao-in bao-giay "
    "doc-bao-in lien-he contact gioi-thieu about about-us quang-cao bang-gia-quang-cao rss feed "
    "feeds sitemap so-do-trang sitemap.html privacy terms dieu-khoan dieu-khoan-su-dung "
    "chinh-sach-bao-mat gop-y hoi-dap binh-chon lich lich-van-nien lich-cong-tac calendar "
    "thoi-tiet gia-vang ty-gia xo-so cart gio-hang print wp-admin wp-login.php wp-content cdn-cgi "
    "admin api ajax static uploads upload images css js app apps mobile share".split()
)
"""Parts of a path that lead to no list of articles, or to one of other things."""

_DAY = re.compile(r"\b(?:19|20)\d\d[-/]\d{1,2}\b|\b\d{1,2}[-/]\d{1,2}[-/](?:19|20)\d\d\b")
_DAY_NAMES = frozenset("date day month year ngay thang nam d m y".split())
_MENU = re.compile(r"menu|\bnav|navbar|category|chuyen-?muc", re.IGNORECASE)
_LOOKED_UP = 12  # elements around a link that may be called a menu

_PAGE_NAMES = frozenset(
    "page paged p pg trang pageindex page_index pageno pagenumber pagenum page_number "
    "currentpage current_page cpage paging".split()
)
_PAGE_IN_PATH = re.compile(
    r"((?:[/_.-](?:trang|page|pg|p)[-_/=]?|/))2((?:/|\.\w+)?)", re.IGNORECASE
)  # behind the list's own path: /trang-2, /page/2, -p2.html, /2
_NUMBERED = re.compile(r"[/_.-](?:trang|page)[-_/=]?\d+(?:/|\.\w+)?$", re.IGNORECASE)
_ENDING = re.compile(r"(.*?)(/?|\.\w+)")
_SECOND = re.compile(r"\W*2\W*")


def robots_sitemaps(text: str, owns: Owns) -> list[str]:
    """The sitemaps that a robots.txt names (sitemaps.org, "Specifying the Sitemap location").

    Those of other hosts are left out: nothing there would be the paper's.

    Args:
        text: the file.
        owns: whether an address is on one of the paper's hosts.
    """
    found: dict[str, None] = {}
    for line in islice(text.splitlines(), _MOST_LINES):
        match = _SITEMAP_LINE.match(line)
        if match and (url := urls.absolute("", match[1])) and owns(url):
            found[url] = None
    return list(found)


def feeds(document: Document, owns: Owns) -> list[str]:
    """The RSS and Atom feeds that a page declares, without those of readers' comments."""
    found: dict[str, None] = {}
    for element in islice(document.root.iter("link"), _MOST_LINKS):
        kind = (element.get("type") or "").lower()
        if "alternate" in (element.get("rel") or "").lower().split() and (
            "rss" in kind or "atom" in kind
        ):
            url = urls.absolute(document.base_url, element.get("href") or "")
            if url and owns(url) and not _COMMENTS.search(url):
                found[url] = None
    return list(found)


def feed_pages(document: Document, owns: Owns) -> list[str]:
    """The pages of a paper that may list its feeds, by their names: ``/rss``, ``/rss.html``."""
    return _links(document, owns, lambda path: bool(_FEED_INDEX.search(path)))


def listed_feeds(document: Document, owns: Owns) -> list[str]:
    """The feeds to which a page links, declared or by the look of their addresses."""

    def is_feed(path: str) -> bool:
        return bool(_FEED_PATH.search(path)) and not _COMMENTS.search(path)

    linked = _links(document, owns, is_feed)
    return list(dict.fromkeys([*feeds(document, owns), *linked]))


def _links(document: Document, owns: Owns, is_wanted: Callable[[str], bool]) -> list[str]:
    found: dict[str, None] = {}
    for _, url in _anchors(document):
        if owns(url) and is_wanted(urlsplit(url).path):
            found[url] = None
    return list(found)


def _anchors(document: Document) -> Iterator[tuple[object, str]]:
    for anchor in islice(document.root.iter("a"), _MOST_LINKS):
        url = urls.absolute(document.base_url, anchor.get("href") or "")
        if url:
            yield anchor, url


def sections(document: Document, owns: Owns, is_article: Callable[[str], bool]) -> list[str]:
    """The addresses on a page that may be sections, the likeliest first.

    They are on the paper's hosts, are no articles, and are not named as something else (search,
    login, a tag, a day). What stands in a menu comes first, then the shorter path; of addresses
    that differ in numbers alone only a few are kept.

    Args:
        document: the home page.
        owns: whether an address is on one of the paper's hosts.
        is_article: whether it has the form of an article's.
    """
    ranks: dict[str, tuple[int, int, int]] = {}
    for anchor, url in _anchors(document):
        if url in ranks and not ranks[url][0]:
            continue  # it has been seen in a menu
        if not owns(url) or not _may_be_section(url) or is_article(url):
            continue
        parts = urlsplit(url)
        depth = len([part for part in parts.path.split("/") if part])
        rank = (int(not _in_menu(anchor)), int(bool(parts.query)), depth)
        ranks[url] = min(rank, ranks.get(url, rank))
    forms: Counter[str] = Counter()
    found = []
    for url in sorted(ranks, key=ranks.__getitem__):  # stable: else in the order of the page
        form = re.sub(r"\d+", "0", url)
        forms[form] += 1
        if form == url or forms[form] <= _OF_ONE_FORM:
            found.append(url)
    return found


def _may_be_section(url: str) -> bool:
    parts = urlsplit(url)
    if not parts.query and _HOME.fullmatch(parts.path):
        return False
    if _FILE.search(parts.path) or _DAY.search(f"{parts.path}?{parts.query}"):
        return False
    names = {name.partition("=")[0].lower() for name in parts.query.split("&")}
    if names & (_DAY_NAMES | _NO_SECTION | _PAGE_NAMES) or _NUMBERED.search(parts.path):
        return False
    words = {word.lower() for word in parts.path.split("/") if word}
    stems = {word.rpartition(".")[0] or word for word in words}
    return not (words | stems) & _NO_SECTION


def _in_menu(anchor: object) -> bool:
    for element in islice(anchor.iterancestors(), _LOOKED_UP):  # type: ignore[attr-defined]
        if element.tag in ("nav", "header"):
            return True
        if element.tag == "body":
            return False
        if _MENU.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            return True
    return False


def pages_template(document: Document, owns: Owns) -> str | None:
    """The address of the further pages of a list, ``{page}`` for their number.

    It is read from the link to page 2 that the page itself has: one called "2", or one that
    declares to be the next. None where there is no such link, or its address does not show the
    number in a place that is known to hold one.

    Args:
        document: the first page of the list.
        owns: whether an address is on one of the paper's hosts.
    """
    for element in islice(document.root.iter("a", "link"), _MOST_LINKS):
        is_next = "next" in (element.get("rel") or "").lower().split()
        if not is_next and not (element.tag == "a" and _SECOND.fullmatch(fold(text_of(element)))):
            continue
        url = urls.absolute(document.base_url, element.get("href") or "")
        if url and owns(url) and (template := _template(url, document.url)):
            return template
    return None


def _template(second: str, first: str) -> str | None:
    """The form of the second page's address, where it is one of the same list."""
    if "{" in second:
        return None
    parts, own = urlsplit(second), urlsplit(first)
    stem, ending = _ENDING.fullmatch(own.path).groups()  # type: ignore[union-attr]
    if not parts.path.startswith(stem):
        return None
    rest = parts.path[len(stem) :]
    fields = parts.query.split("&") if parts.query else []
    if not {field for field in own.query.split("&") if field} <= set(fields):
        return None
    if match := _PAGE_IN_PATH.fullmatch(rest):
        path = f"{stem}{match[1]}{{page}}{match[2]}"
        return parts._replace(path=path).geturl()
    for number, field in enumerate(fields):
        name, _, value = field.partition("=")
        if value == "2" and name.lower() in _PAGE_NAMES and rest in ("", "/", ending):
            fields[number] = f"{name}={{page}}"
            return parts._replace(query="&".join(fields)).geturl()
    return None
