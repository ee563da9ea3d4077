"""Whom a reprint credit names: the papers, agencies and offices, however they are spelt.

The names are in ``sources.toml``. Three kinds of source follow from a province's name and have no
row of their own; their keys carry the kind: ``congttdt-langson`` (the portal of the province,
langson.gov.vn), ``tinhuy-langson`` (that of its Party committee), ``ptth-langson`` (its radio and
television).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

from baolangson_crawler.text import fold

_ADDRESS = re.compile(
    r"(?<![@\w.-])(?:https?://)?(?:www\.)?"
    r"(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:vn|com|net|org|info|cn))"
    r"(?:[/?#][^\s)\],;]*)?(?![a-z0-9.])"
)
_ENDING = re.compile(r"(?:\.(?:com|org|net|edu|gov|info))?\.vn$|\.(?:com|net|org|info|cn)$")
_BETWEEN = re.compile(r"[(),;|/\[\]]|\s[-–—]\s|\s(?:và|&|and)\s")
_SURELY_BETWEEN = re.compile(r"[(),;|/\[\]]|\s[-–—]\s")
_SIGNS = re.compile(r"[^a-z0-9+]+")
_BROADCASTING = r"(?:pt ?(?:va )?th|phat thanh(?: va)? truyen hinh)"
_PLACE = r"(?:tinh |thanh pho |tp )?(?P<place>.+)"
_BEFORE = re.compile(
    rf"^(?:bao va (?:dai )?{_BROADCASTING}|trang(?: tin| bao)?|website|bao)"
    r"(?: dien tu| online)?(?: tinh)? "
)
_BEHIND = re.compile(r" (?:dien tu|online|onl)$")
_PORTAL = re.compile(
    r"^(?:cong|trang|website|web)(?: (?:giao tiep|ttdt|thong tin(?: dien tu)?|tin dien tu|tin))? "
    r"(?P<owner>.+)$"
)
_KINDS = {
    "tinhuy": re.compile(rf"^(?:tinh uy|thanh uy|dang bo) {_PLACE}$"),
    "ptth": re.compile(rf"^dai {_BROADCASTING} {_PLACE}$"),
}
_LETTERS = 8  # a shorter name with one letter wrong is too often another name


@cache
def _rows() -> dict[str, dict[str, list[str]]]:
    text = files(__package__).joinpath("sources.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def provinces() -> dict[str, str]:
    """Key of each provincial paper → name of its province until June 2025."""
    return {key: names[0] for key, names in _rows()["provincial"].items()}


def provincial_names() -> Iterator[list[str]]:
    """The names of each provincial paper, that of its province first; no domains."""
    for names in _rows()["provincial"].values():
        yield [name for name in names if not _is_domain(name)]


@cache
def _kinds() -> dict[str, str]:
    return {key: kind for kind, rows in _rows().items() for key in rows}


def kind_of(key: str | None) -> str | None:
    """The part of the table where a key stands: ``provincial``, ``agencies``, ``papers``.

    None for a source that follows from a province's name.
    """
    return _kinds().get(key) if key else None


@cache
def _names() -> dict[str, str]:
    """Name in plain letters → key; a paper's with "bao" before it and without."""
    table = {}
    for kind, rows in _rows().items():
        for key, names in rows.items():
            for name in names:
                if not _is_domain(name):
                    table[_plain(name)] = key
                    if kind in ("provincial", "papers"):
                        table[f"bao{_plain(name)}"] = key
    return table


@cache
def _hosts() -> dict[str, str]:
    """Domain, and its label before the ending → key."""
    table = {}
    for rows in _rows().values():
        for key, names in rows.items():
            for host in filter(_is_domain, names):
                table[host] = table[_label(host)] = key
    return table | {key: key for key in provinces()}


@cache
def _places() -> dict[str, str]:
    """Name of a province in plain letters → the same as it stands in keys."""
    table = {plain: plain for plain in map(_plain, provinces().values())}
    other = {"tphochiminh": "hochiminh", "hcm": "hochiminh", "tphcm": "hochiminh"}
    return table | other | {"hochiminh": "hochiminh", "thuathienhue": "hue"}


def source_key(name: str, *, typos: bool = True) -> str | None:
    """The key of the first source that a credit names; None where none is known.

    ``"Baolang son.vn"``, ``"Báo Lạng Sơn điện tử"`` and ``"baolangson.vn"`` are one paper.

    Args:
        name: the words after the label; several sources may stand in them.
        typos: whether one wrong letter in a name of eight is forgiven.
    """
    for part in (name, *parts(name)):
        if key := _exact(part):
            return key
        if typos and (near := _nearest(part)):
            return near.pop() if len(near) == 1 else None
    return None


def parts(name: str) -> Iterator[str]:
    """The sources that a credit lists, in order; an address in it is one word."""
    lowered = _ADDRESS.sub(lambda match: match["host"], name)
    # "Bà Rịa - Vũng Tàu" and "Sức khỏe và Đời sống" are one source each
    for listed in [lowered] if _exact(lowered) else _SURELY_BETWEEN.split(lowered):
        found = [listed] if _exact(listed) else _BETWEEN.split(listed)
        yield from (part.strip() for part in found if part.strip())


@lru_cache(maxsize=4096)  # a paper's authors sign again and again where a source may stand
def _exact(name: str) -> str | None:
    folded = fold(name).strip(" .()[]\"'“”")
    if address := _ADDRESS.fullmatch(re.sub(r"\s+", "", folded)):
        return _of_host(address["host"])
    if key := _of_words(_SIGNS.sub(" ", folded).strip()):
        return key
    address = None if _BETWEEN.search(folded) else _ADDRESS.search(folded)
    return _of_host(address["host"]) if address else None


def _of_words(words: str) -> str | None:
    """The key of a name in plain words, with what may stand around it taken away."""
    for form in _forms(words):
        if key := _names().get(_joined(form)):
            return key
    for kind, pattern in _KINDS.items():
        if (match := pattern.match(words)) and (place := _place(match["place"])):
            return f"{kind}-{place}"
    if (match := _PORTAL.match(words)) and (key := _of_portal(match["owner"])):
        return key
    glued = _joined(words)  # "baolangson": a domain without its ending, but no "news", no "mod"
    return _hosts().get(glued) if len(glued) > 5 else None


def _forms(words: str) -> Iterator[str]:
    """A name as it is written, and without "báo" before or "điện tử" behind it."""
    for form in (words, _BEHIND.sub("", words)):
        yield form
        yield _BEFORE.sub("", form)


def _of_portal(owner: str) -> str | None:
    """The key of a portal by whose it is: a province's, else a ministry's or a committee's."""
    place = _place(re.sub(r"^(?:ubnd )?(?:(?:tinh|thanh pho|tp) )?", "", owner))
    return f"congttdt-{place}" if place else _of_words(owner)


def _place(words: str) -> str | None:
    return _places().get(_joined(words))


def _of_host(host: str) -> str | None:
    host = re.sub(r"^(?:www|m|amp)\.", "", host)
    label = _label(host)
    last = label.rsplit(".", 1)[-1]
    if host.endswith(".gov.vn") and host not in _hosts():
        place = _places().get(last)
        return f"congttdt-{place}" if place else None
    return _hosts().get(host) or _hosts().get(label) or _hosts().get(last)


def _nearest(name: str) -> set[str]:
    """The keys with a name that differs in one letter."""
    words = _SIGNS.sub(" ", _ENDING.sub("", fold(name).strip(" .()[]"))).strip()
    forms = {form for form in map(_joined, _forms(words)) if len(form) >= _LETTERS}
    return {
        key
        for table in (_names(), _hosts())
        for known, key in table.items()
        if len(known) >= _LETTERS and any(one_edit_apart(form, known) for form in forms)
    }


def one_edit_apart(one: str, other: str) -> bool:
    """Whether one letter put in, left out or changed makes one word the other."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1 or one == other:
        return False
    same = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    rest = one[same + 1 :] if len(one) == len(other) else one[same:]
    return rest == other[same + 1 :]


def _is_domain(name: str) -> bool:
    return "." in name and " " not in name


def _label(host: str) -> str:
    return _ENDING.sub("", host)


def _joined(words: str) -> str:
    return words.replace("+", "plus").replace(" ", "")


def _plain(name: str) -> str:
    return _joined(_SIGNS.sub(" ", fold(name)).strip())
