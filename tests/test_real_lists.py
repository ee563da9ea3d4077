"""Real section pages, home pages and feeds: the list a reader sees, and nothing beside it.

The answers in ``real_lists`` were written by reading the pages: ``list`` has every article of the
main list with its headline, ``also`` what a reader would not call the main list and that may be
found, ``never`` some of what must not be, by the place where it stands. What is in neither
``list`` nor ``also`` must not be found either.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from baolangson_crawler import urls
from baolangson_crawler.discovery import feed_links, listing_links, main_list
from baolangson_crawler.items import Link

pytestmark = pytest.mark.shared

ANSWERS = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parent / "real_lists").glob("*.json"))
}
each_page = pytest.mark.parametrize("name", [n for n in ANSWERS if "list" in ANSWERS[n]])
each_feed = pytest.mark.parametrize("name", [n for n in ANSWERS if "entries" in ANSWERS[n]])


def page(shared: Path, answer: dict[str, Any]) -> str:
    """A saved page; what whoever saved it did to its links is undone."""
    html = (shared / "corpus" / "pages" / answer["page"]).read_text(encoding="utf-8")
    for written, served in answer.get("restore", ()):
        html = html.replace(written, served)
    return html


def pattern(answer: dict[str, Any]) -> Callable[[str], bool]:
    """What a site file would say of the addresses of articles."""
    hosts = answer.get("hosts") or [urls.host_of(answer["url"])]
    form = re.compile(answer["article"])
    return lambda url: urls.host_of(url) in hosts and bool(form.search(urlsplit(url).path))


def judge(links: list[Link], answer: dict[str, Any]) -> None:
    """Every link of the main list with its headline, in order, and none from beside it."""
    found = {link.url: link.title for link in links}
    places = {url: place for place, there in answer["never"].items() for url in there}
    assert {url: places[url] for url in found if url in places} == {}
    assert sorted(found.keys() - answer["list"].keys() - set(answer["also"])) == []
    assert {url: found.get(url) for url in answer["list"]} == answer["list"]
    assert [url for url in found if url in answer["list"]] == list(answer["list"])


@each_page
def test_a_selector_finds_exactly_the_main_list(name: str, shared: Path) -> None:
    answer = ANSWERS[name]
    is_article = pattern(answer)
    links = listing_links(page(shared, answer), answer["url"], answer["selector"])
    found = {link.url: link.title for link in links if is_article(link.url)}
    assert found == answer["list"]


@each_page
@pytest.mark.parametrize("known", [True, False], ids=["by-pattern", "by-guess"])
def test_the_main_list_is_found_without_a_selector(name: str, known: bool, shared: Path) -> None:
    answer = ANSWERS[name]
    judge(
        main_list(page(shared, answer), answer["url"], pattern(answer) if known else None), answer
    )


@each_feed
def test_every_entry_of_a_feed_is_found(name: str, shared: Path) -> None:
    answer = ANSWERS[name]
    body = (shared / "corpus" / "pages" / answer["page"]).read_bytes()
    links = feed_links(body, answer["url"])
    found = {link.url: [link.title, link.modified_raw] for link in links}
    assert list(found.items()) == list(answer["entries"].items())
    assert len(links) == len(found)
