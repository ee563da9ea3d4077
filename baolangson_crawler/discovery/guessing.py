"""Which addresses on a page are articles', where no pattern of the site is known."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from urllib.parse import urlsplit

from baolangson_crawler import urls
from baolangson_crawler.text import word_count

_ID = re.compile(r"(?P<slug>.*?)(?P<mark>[-_.][a-z]{0,4})\d{3,}", re.IGNORECASE)
_ENDING = re.compile(r"\.[a-z]{2,5}$", re.IGNORECASE)
_COLLECTION = re.compile(
    r"/(?:tags?|topics?|events?|su-kien|chu-de|chuyen-de|dong-su-kien|tac-gia|authors?|tim-kiem|"
    r"search|rao-vat|categor(?:y|ies)|lien-ket|page)(?:/|$|\?)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_SLUG_WORDS = 3  # of half the articles' addresses with an id
_LONG_SLUG = 6  # words of one without
_HEADLINE = 5  # words of half the headlines at least; the names of sections are shorter
_SHARE = 0.2  # of the commonest form: a paper has two forms while it moves from one CMS to another


@dataclass(frozen=True, slots=True)
class _Form:
    """What addresses of one numbering have in common."""

    mark: str | None
    """What stands before the id: ``-``, ``-post``; None where there is no id."""

    ending: str
    """As in ``.html``."""


def guessed(titles: Mapping[str, str], host: str) -> set[str]:
    """Those addresses whose form is that of the page's articles.

    An article has an id behind a slug of some words, or a long slug; addresses of one form are
    articles' where their links have the length of headlines.

    Args:
        titles: addresses, each with the words of its link.
        host: of the page; its subdomains are taken for parts of the paper.
    """
    forms: dict[_Form, list[str]] = defaultdict(list)
    for address in titles:
        if _is_within(host, address) and (form := _form(address)):
            forms[form].append(address)
    for form, found in list(forms.items()):
        headlines = median(word_count(titles[address]) for address in found)
        if headlines < _HEADLINE or median(map(_slug_words, found)) < _SLUG_WORDS:
            del forms[form]
    numbered = sum(len(found) for form, found in forms.items() if form.mark)
    if numbered > sum(map(len, forms.values())) / 2:  # then a slug without id is another page's
        forms = {form: found for form, found in forms.items() if form.mark}
    fewest = _SHARE * max(map(len, forms.values()), default=0)
    return {
        address
        for found in forms.values()
        if len(found) >= fewest
        for address in found
        if word_count(titles[address]) >= _HEADLINE or _slug_words(address) >= _SLUG_WORDS
    }


def _is_within(host: str, address: str) -> bool:
    other = urls.host_of(address)
    return other == host or other.endswith(f".{host}")


def _form(address: str) -> _Form | None:
    """The form of an address; None where it can be no article's."""
    if _COLLECTION.search(urlsplit(address).path):
        return None
    name, ending = _name(address)
    if match := _ID.fullmatch(name):
        return _Form(match["mark"].lower(), ending)
    return _Form(None, ending) if _slug_words(address) >= _LONG_SLUG else None


def _slug_words(address: str) -> int:
    name, _ = _name(address)
    match = _ID.fullmatch(name)
    return len(_WORD.findall(match["slug"] if match else name))


def _name(address: str) -> tuple[str, str]:
    """The last part of the path, and its ending apart."""
    name = urlsplit(address).path.rstrip("/").rpartition("/")[2]
    ending = found[0] if (found := _ENDING.search(name)) else ""
    return name.removesuffix(ending), ending.lower()
