"""Links from lists only, against extracting every link of every page, as link-following does."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from time import process_time
from typing import NamedTuple

from scrapy.http import HtmlResponse
from scrapy.linkextractors import LinkExtractor

from baolangson_crawler.demo import PAPERS, SITES, DemoPaper
from baolangson_crawler.demo.routes import answer
from baolangson_crawler.discovery import listing_links
from baolangson_crawler.sites import Site, load_sites
from baolangson_crawler.sites.base import Listing

_TURNS = 5  # of which the fastest counts


class Costs(NamedTuple):
    """CPU seconds for one list page and the articles that it lists."""

    listed: float
    """By the selector, on the list page alone."""

    list_page: float
    """Every link of the list page."""

    every_page: float
    """Every link of the list page and of the articles."""


def costs(paper: DemoPaper, site: Site) -> Costs | None:
    """The costs for the first list page of a demo paper; None where it has feeds alone."""
    source = next((each for each in site.sources if isinstance(each, Listing)), None)
    if source is None:
        return None
    page = _page(paper, source.first_url)
    links = listing_links(page.text, page.url, source.links)
    articles = [_page(paper, link.url) for link in links if site.is_article(link.url)]
    return Costs(
        _fastest(lambda: listing_links(page.text, page.url, source.links)),
        _fastest(lambda: _extract([page])),
        _fastest(lambda: _extract([page, *articles])),
    )


def report(papers: Iterable[DemoPaper]) -> list[str]:
    """A table of the ratios, as Markdown."""
    sites = load_sites((SITES,), environment=False)
    lines = [
        "| Paper | every link of the list page | every link of every page | ratio |",
        "|---|---|---|---|",
    ]
    for paper in papers:
        if found := costs(paper, sites.get(paper.key)):
            shares = (found.list_page / found.listed, found.every_page / found.listed)
            told = [f"{share:.1f} ×" for share in shares]
            lines.append(f"| {paper.key} | {told[0]} | {told[1]} | {1 / shares[1]:.2f} |")
    return lines


def _page(paper: DemoPaper, url: str) -> HtmlResponse:
    target = url.removeprefix(paper.home.rstrip("/"))
    return HtmlResponse(url, body=answer(paper, target).body, encoding="utf-8")


def _extract(pages: list[HtmlResponse]) -> None:
    for page in pages:  # a response keeps its tree: each turn parses anew
        LinkExtractor().extract_links(page.replace())


def _fastest(work: Callable[[], object]) -> float:
    turns = []
    for _ in range(_TURNS):
        start = process_time()
        work()
        turns.append(process_time() - start)
    return min(turns)


if __name__ == "__main__":
    argparse.ArgumentParser(description=__doc__).parse_args()
    print("\n".join(report(PAPERS)))
