"""Secrets and control characters are taken out of what is logged, printed or sent.

Knows nothing of who writes: text in, text out.
"""

from __future__ import annotations

import os
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

MASK = "***"
WEBHOOK = "BAOLANGSON_WEBHOOK"
"""The environment variable with the address that failures are told to."""

_PROXIES = ("http_proxy", "https_proxy", "all_proxy")
_CARRIERS = (*_PROXIES, *(name.upper() for name in _PROXIES), WEBHOOK)
_SHORTEST = 4  # letters; replacing a shorter password everywhere would leave no log to read

_HEADERS = ("authorization", "cookie", "x-api-key", "x-auth-token")
_WORDS = (
    *("token", "secret", "passw", "passphrase", "signature", "credential", "session"),
    *("apikey", "api_key", "api-key", "sessid"),
)
_NAMES = ("key", "sig", "auth", "sid", "pass", "pwd", "jwt")  # whole words, or after _ or -
_IN_QUERIES = ("code", "tok", "otp", "pin")  # elsewhere they are no secrets: "exit code=2"
_STRING = r""""(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'"""
_QUOTED = rf"b?(?:{_STRING})"
_LIST = rf"""\[(?>{_STRING}|[^\]"'\r\n])*+\]"""


@dataclass(frozen=True, slots=True)
class _Rule:
    """Where a secret stands, and what is left of the place."""

    signs: tuple[str, ...]
    """Of these, in small letters, one is in every text that the pattern matches."""

    pattern: re.Pattern[str]
    masked: str = rf"\g<1>{MASK}"


_RULES = (
    # credentials of an address; RFC 3986 §3.2.1
    _Rule(("@",), re.compile(r"""(//)[^\s/?#"'<>]+(?=@)""")),
    # an address at a webhook: its path is the password
    _Rule(
        ("hook",),
        re.compile(
            r"""(//[^\s/?#"'<>]{0,253}hook[^\s/?#"'<>]{0,253}/|/(?:web)?hooks?/)[^\s"'<>]+""", re.I
        ),
    ),
    # a header on a line of its own (with folded lines), or as Python writes it in a dict or a tuple
    _Rule(
        _HEADERS,
        re.compile(
            rf"""((?:{"|".join(_HEADERS)})2?(?:["']\s*[:=,]\s*|[ \t]*[:=][ \t]*))"""
            rf"""(?:{_LIST}|{_QUOTED}|(?:[^\r\n]|\r?\n[ \t])+)""",
            re.I,
        ),
    ),
    _Rule(
        tuple(f"{name}=" for name in _IN_QUERIES),
        re.compile(rf"""([?&;](?:{"|".join(_IN_QUERIES)})=)[^&\s"'<>]+""", re.I),
    ),
    # name=value of a query or a form, "name": value of JSON
    _Rule(
        (*_WORDS, *_NAMES),
        re.compile(
            rf"""((?:{"|".join(_WORDS)})[\w.\-\[\]]{{0,40}}(?:["']?\s?[:=]\s?|%3D)"""
            rf"""|(?<![^\W_])(?:{"|".join(_NAMES)})(?:["']\s?[:=]\s?|=|%3D))"""
            rf"""(?:{_QUOTED}|[^&\s"'<>]+)""",
            re.I,
        ),
    ),
)
# C0, DEL, C1, line separators, marks that turn the direction of writing, lone surrogates
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


_CHARACTERS = re.compile(r"%[0-9A-Fa-f]{2}|.", re.S)
_UNRESERVED = re.compile(r"[A-Za-z0-9_~-]")


def mask(text: str, environment: Mapping[str, str] = os.environ) -> str:
    """Put ``***`` where a secret stands.

    Masked are credentials in addresses, values of names such as ``token`` or ``password``,
    headers that carry credentials or cookies, paths of webhooks, and by their very value what the
    environment holds: passwords of proxies and the path of the webhook.
    """
    carriers = (environment.get(name) for name in _CARRIERS)
    if secrets := _secrets(tuple(filter(None, carriers))):
        text = secrets.sub(MASK, text)
    small = text.lower()
    for rule in _RULES:
        if any(sign in small for sign in rule.signs):
            text = rule.pattern.sub(rule.masked, text)
    return text


def one_line(text: str) -> str:
    r"""Write control characters as ``\n``, ``\x1b``, ``\u2028``: a line cannot be forged."""
    return _CONTROLS.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


@lru_cache(maxsize=8)
def _secrets(addresses: tuple[str, ...]) -> re.Pattern[str] | None:
    """The secret parts of addresses, the longest first, however a program escapes them."""
    found = {secret for address in addresses for secret in _parts(address)}
    longest_first = sorted((s for s in found if len(s) >= _SHORTEST), key=len, reverse=True)
    return re.compile("|".join(map(_spelled, longest_first))) if longest_first else None


def _spelled(secret: str) -> str:
    """Whatever may be escaped is found escaped too, in both cases (RFC 3986, 2.1 and 2.4)."""
    return "".join(map(_any_case, _CHARACTERS.findall(secret)))


def _any_case(character: str) -> str:
    if len(character) == 1 and _UNRESERVED.fullmatch(character):
        return character
    escaped = character if len(character) > 1 else quote(character, safe="", errors="replace")
    return f"(?:{re.escape(character)}|(?i:{escaped}))"


def _parts(address: str) -> Iterator[str]:
    login = address.rpartition("@")[0].rpartition("//")[2]
    yield from (login, login.partition(":")[2])  # also of an address that is none
    try:
        parts = urlsplit(address if "://" in address else f"//{address}")
        user, password = parts.username or "", parts.password or ""
    except ValueError:
        yield address  # nothing of it is known to be harmless
        return
    yield from (password, unquote(password))
    if password:
        for login in (f"{user}:{password}", f"{unquote(user)}:{unquote(password)}"):
            yield b64encode(login.encode("utf-8", "surrogateescape")).decode()
    if parts.path.strip("/"):
        yield f"{parts.path}?{parts.query}" if parts.query else parts.path
        yield parts.path
    if parts.query:
        yield parts.query
