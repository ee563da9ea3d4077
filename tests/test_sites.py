"""The register is complete: 63 papers, each with its facts, a stored page and its answer."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from baolangson_crawler.items import Article
from baolangson_crawler.sites import Site, load_sites
from baolangson_crawler.sites.base import Status, Verified
from baolangson_crawler.stored_pages import load

PAGES = Path(__file__).parent / "pages"
SITES = list(load_sites(environment=False))
BY_KEY = {site.key: site for site in SITES}
PRESENT = [site for site in SITES if site.merged_into is None]
ABSORBED = [site for site in SITES if site.merged_into is not None]

each_site = pytest.mark.parametrize("site", SITES, ids=lambda site: site.key)


def test_there_are_63_papers_34_of_them_of_present_provinces() -> None:
    assert (len(SITES), len(PRESENT), len(ABSORBED)) == (63, 34, 29)
    assert {site.key: site.status for site in PRESENT if site.status != "live"} == {}
    assert {site.key for site in ABSORBED if site.status == "live"} == set()
    assert len({site.province for site in PRESENT}) == 34


def test_the_papers_of_two_provinces_have_two_names_and_two_former_provinces() -> None:
    assert [name for name, n in Counter(site.name for site in SITES).items() if n > 1] == []
    former = Counter(site.former_province or site.province for site in SITES)
    assert [province for province, n in former.items() if n > 1] == []


@pytest.mark.shared
def test_the_provinces_are_those_of_the_list_of_papers(shared: Path) -> None:
    file = shared / "design" / "sites.tsv"
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    present = {row["province_now"] for row in rows if row["is_present"] == "1"}
    absorbed = {
        (row["province_now"], row["former_province"]) for row in rows if row["is_present"] == "0"
    }
    assert {site.province for site in PRESENT} == present
    assert {(site.province, site.former_province) for site in ABSORBED} == absorbed


@each_site
def test_a_site_has_a_stored_page_and_an_expected_article(site: Site) -> None:
    pages = [load(path) for path in sorted((PAGES / site.key).glob("*.html"))]
    articles = [page for page in pages if isinstance(page.expected, Article)]
    assert articles, f"tests/pages/{site.key}/ has no page with an expected article"
    assert {page.url: site.article_id(page.url) for page in pages if not site.owns(page.url)} == {}
    assert [page.url for page in articles if not site.is_article(page.url)] == []


def test_every_layout_of_a_site_is_read_on_a_stored_page() -> None:
    read: set[str] = set()
    for path in PAGES.glob("*/*.html"):
        page = load(path)
        if isinstance(page.expected, Article):
            assert page.expected.layout in {layout.layout for layout in BY_KEY[page.site].pages}
            read.add(page.expected.layout)
    assert {page.layout for site in SITES for page in site.pages} - read == set()


def test_every_stored_page_belongs_to_a_site() -> None:
    assert {path.name for path in PAGES.glob("*/")} - set(BY_KEY) == set()


@each_site
def test_the_facts_of_a_site_are_complete(site: Site) -> None:
    assert Path(site.file).stem == site.key
    assert site.name.strip()
    assert site.province.strip()
    assert site.domains
    assert site.sources
    assert site.status in get_args(Status)
    assert site.verified in get_args(Verified)
    assert site.verified != "own", "own is for the demo papers"
    notes = site.notes.lower()
    patterns = (site.article_url, *site.legacy_article_urls)
    assert any("(?P<id>" in p for p in patterns) or " id" in notes, "no id, and no note why"
    assert site.sections or "section" in notes, "no sections, and no note why"


@each_site
def test_the_sections_of_a_site_are_no_articles(site: Site) -> None:
    home = f"https://{site.domains[0]}/"
    assert [name for name in site.sections if site.is_article(f"{home}{name.strip('/')}")] == []
    assert not site.is_article(home)
    assert [s.url for s in site.sources if site.is_article(s.url)] == []


@pytest.mark.parametrize("site", ABSORBED, ids=lambda site: site.key)
def test_an_absorbed_paper_names_the_paper_that_it_was_merged_into(site: Site) -> None:
    assert site.merged_into is not None
    winner = BY_KEY[site.merged_into]
    assert winner.merged_into is None
    assert winner.province == site.province
    assert site.former_province
    assert site.former_province != winner.former_province
    assert site.former_province != site.province


@each_site
def test_inherited_articles_are_of_papers_that_were_merged_into_the_site(site: Site) -> None:
    for own in site.inherited:
        assert BY_KEY[own.paper].merged_into == site.key
        assert own.url or own.ids or own.before, "it would claim every article"


def test_no_two_sites_share_a_host() -> None:
    hosts = Counter(host for site in SITES for host in site.hosts)
    assert [host for host, n in hosts.items() if n > 1] == []
