"""The one form of an address, by which two spellings of it are known to be the same."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|yclid|zarsrc|zalo\w*|mc_[ce]id|igshid|_gl|_ga|ref|gidzl|"
    r"session_?id|phpsessid|jsessionid|print|amp|share)",
    re.IGNORECASE,
)
_SESSION_PATH = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
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
            if not _TRACKING.fullmatch(name)
        )
    )
    return urlunsplit(("https", host, path, query, ""))


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
    return urlunsplit(parts._replace(fragment=""))
