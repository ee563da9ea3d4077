"""The one form of an address, by which two spellings of it are known to be the same."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|yclid|zarsrc|zalo\w*|mc_[ce]id|igshid|_gl|_ga|ref|gidzl|"
    r"print|amp|share)",
    re.IGNORECASE,
)
_SESSION_PATH = re.compile(
    r";(?:jsessionid|phpsessid|sid)=[^/?#;]*"  # servlets
    r"|(?<=/)\((?:[AFSX]\([^()/]*\))+\)/",  # ASP.NET: /(S(abc…))/, also with A, F and X
    re.IGNORECASE,
)
_SESSION = re.compile(
    r"session_?id|phpsessid|jsessionid|aspsessionid\w*|cfid|cftoken|oscsid|zenid", re.IGNORECASE
)
_PERHAPS_SESSION = re.compile(r"sid|s|session|sess", re.IGNORECASE)
_SESSION_VALUE = re.compile(r"(?=.*\d)(?=.*[a-z])[\w,-]{16,}", re.IGNORECASE)
_MOST_REPEATS = 2  # of one part of a path: /tin-tuc/tin-tuc/ exists, a third one is a loop
_DAY = re.compile(r"(?<!\d)((?:19|20|21)\d\d)-?(0[1-9]|1[0-2])(?:-?(0[1-9]|[12]\d|3[01]))?(?!\d)")
_CALENDAR = re.compile(r"date|day|month|ngay|thang|tungay|denngay|cal(?:endar)?", re.IGNORECASE)
_FIRST_YEAR = 1995  # no Vietnamese paper was on the web before 1997
_HOST_PREFIX = re.compile(r"^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)")
LONGEST = 2083
"""Characters of an address; Internet Explorer's limit, which every paper had to keep to."""

_DEFAULT_PORT = {"http": 80, "https": 443}
# RFC 3986: unreserved, sub-delims, ":" and "@" stand in a path segment as they are.
_SEGMENT_SAFE = "-._~!$&'()*+,;=:@"


def canonical(url: str) -> str:
    """The one form of an address.

    https, lower-case host without ``www.`` or ``m.``, no default port, no fragment, no
    tracking or session parameter, the remaining parameters sorted, the path percent-encoded
    as UTF-8 in NFC. The case of the path is kept: papers tell ``/Thoi-su`` from ``/thoi-su``
    and have case-sensitive ids.

    Raises:
        ValueError: the address has no host, or its port is not a number.
    """
    parts = urlsplit(url.strip())
    if not parts.hostname or parts.scheme.lower() not in _DEFAULT_PORT:
        raise ValueError(f"Not an http address: {url!r}")
    host = bare_host(parts.hostname)
    if parts.port and parts.port != _DEFAULT_PORT[parts.scheme.lower()]:
        host = f"{host}:{parts.port}"
    path = _encoded(_SESSION_PATH.sub("", parts.path)) or "/"
    query = urlencode(
        sorted(
            (name, value)
            for name, value in parse_qsl(parts.query, keep_blank_values=True)
            if not _TRACKING.fullmatch(name) and not _is_session(name, value)
        )
    )
    return urlunsplit(("https", host, path, query, ""))


def without_session(url: str) -> str:
    """The address without the number of a visitor's session, which makes hundreds out of one.

    ``sid=7`` may be a section: a parameter whose name says little is a session's only where its
    value looks like one.
    """
    parts = urlsplit(url)
    path = _SESSION_PATH.sub("", parts.path)
    pairs = parts.query.split("&")
    kept = [pair for pair in pairs if not _is_session(*pair.partition("=")[::2])]
    if path == parts.path and len(kept) == len(pairs):
        return url
    return urlunsplit(parts._replace(path=path or "/", query="&".join(kept)))


def _is_session(name: str, value: str) -> bool:
    if _SESSION.fullmatch(name):
        return True
    return bool(_PERHAPS_SESSION.fullmatch(name) and _SESSION_VALUE.fullmatch(value))


def is_growing(url: str) -> bool:
    """Whether a path repeats a part of itself, as a wrong relative link makes it grow for ever."""
    parts = [part for part in urlsplit(url).path.split("/") if part]
    for size in range(1, len(parts) // (_MOST_REPEATS + 1) + 1):
        for start in range(len(parts) - (_MOST_REPEATS + 1) * size + 1):
            loop = parts[start : start + (_MOST_REPEATS + 1) * size]
            if loop == loop[:size] * (_MOST_REPEATS + 1):
                return True
    return False


def is_trap(url: str, today: date) -> bool:
    """Whether a link leads where there is no end: a growing path, a calendar beyond its news.

    For lists and further pages. An article's address is no calendar, whatever day it names.
    """
    if is_growing(url):
        return True
    for name, value in parse_qsl(urlsplit(url).query):
        if _CALENDAR.fullmatch(name) and (day := _DAY.fullmatch(value)):
            year, month = int(day[1]), int(day[2])
            named = (year, month, int(day[3] or 1))
            if year < _FIRST_YEAR or named > (today.year, today.month, today.day):
                return True
    return False


def _encoded(path: str) -> str:
    """The path in one percent-encoding, whatever mixture it came in; ``%2F`` stays apart."""
    if path.isascii() and "%" not in path and " " not in path:
        return path
    return "/".join(_encoded_segment(segment) for segment in path.split("/"))


def _encoded_segment(segment: str) -> str:
    try:
        decoded = unicodedata.normalize("NFC", unquote(segment, errors="strict"))
    except UnicodeDecodeError:  # bytes of an older encoding: leave them as they are
        return quote(segment, safe=_SEGMENT_SAFE + "%")
    return quote(decoded, safe=_SEGMENT_SAFE)


def bare_host(host: str) -> str:
    """The host without the prefixes under which one server answers twice."""
    return _HOST_PREFIX.sub("", host.lower().rstrip("."))


def host_of(url: str) -> str:
    """The bare host of an address; the empty string where it has none."""
    return bare_host(urlsplit(url).hostname or "")


def absolute(base: str, href: str) -> str | None:
    """The address that a link on ``base`` leads to, without fragment.

    None where it leads to no page, or is so long that only a faulty page can have made it.
    """
    href = href.strip()
    if (
        not href
        or len(href) > LONGEST
        or "{{" in href  # the placeholder of a client-side template
        or href.startswith(("#", "javascript:", "mailto:", "tel:", "data:"))
    ):
        return None
    try:
        parts = urlsplit(urljoin(base, href))
        if parts.scheme not in _DEFAULT_PORT or not parts.hostname or "@" in parts.netloc:
            return None  # a user name in a link is an error (RFC 9110, 4.2.4)
        _ = parts.port
    except ValueError:
        return None
    return without_session(urlunsplit(parts._replace(fragment="")))
