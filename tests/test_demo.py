"""The demo papers: their stories, their pages and the server that serves them."""

import gzip
import re
import runpy
import struct
import time
import urllib.error
import urllib.request
import xml.etree.ElementTree as ET
import zlib
from dataclasses import replace
from http.client import HTTPConnection
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import html as lxml_html

from baolangson_crawler.demo import (
    DANG_KHOI,
    DONG_XANH,
    NUI_XANH,
    PAPERS,
    DemoServer,
    expected_article,
    expected_articles,
    story,
)
from baolangson_crawler.demo.markup import lists
from baolangson_crawler.demo.papers import DemoPaper
from baolangson_crawler.demo.routes import answer
from baolangson_crawler.demo.stories import headline
from baolangson_crawler.demo.timetable import VIETNAM, published
from baolangson_crawler.sites.base import Feed, Listing, Site, Sitemap
from baolangson_crawler.text import normalise

ROOT = Path(__file__).parent.parent
SEED = ROOT.parent / "shared" / "seed"
SITE_FILES = ROOT / "baolangson_crawler" / "demo" / "sites"
LARGE = 20_000

each_paper = pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.key)


@pytest.fixture(scope="module")
def server():
    with DemoServer(PAPERS) as running:
        yield running


@pytest.fixture
def fetch(server):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({"http": server.proxy_url}))

    def fetched(url, **headers):
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(url, headers=names)
        try:
            with opener.open(request, timeout=5) as response:
                return response.status, response.headers, response.read(), response.url
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, error.read(), error.url

    return fetched


def site_of(paper: DemoPaper) -> Site:
    return runpy.run_path(str(SITE_FILES / f"{paper.key}.py"))["SITE"]


def target(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def body_of(paper: DemoPaper, url: str) -> str:
    reply = answer(paper, target(url))
    assert reply.status == 200, url
    return reply.body.decode()


# --- stories ---


@each_paper
def test_a_large_paper_tells_any_story_quickly(paper):
    large = replace(paper, articles=LARGE)
    started = time.perf_counter()
    told = [story(large, number) for number in (LARGE, LARGE - 1, LARGE // 2, 777, 2)]
    assert (time.perf_counter() - started) / len(told) < 0.05
    assert all(t.body and t.lead and t.title for t in told)


@each_paper
def test_titles_and_minutes_are_distinct_and_in_order(paper):
    large = replace(paper, articles=LARGE)
    numbers = range(1, LARGE + 1)
    assert len({headline(large, number).title for number in numbers}) == LARGE
    moments = [published(large, number) for number in numbers]
    assert all(a < b for a, b in pairwise(moments))
    assert moments[-1].date().isoformat() <= "2026-11-20"


@each_paper
def test_a_story_depends_on_paper_and_number_only(paper):
    before = story(paper, 17)
    story.cache_clear()
    headline.cache_clear()
    assert story(paper, 17) == before


@each_paper
def test_a_growing_paper_keeps_what_it_published(paper):
    young = replace(paper, articles=paper.articles - 10, planned=paper.articles)
    assert [story(young, n) for n in range(1, 21)] == [story(paper, n) for n in range(1, 21)]
    assert answer(young, target(story(paper, paper.articles).url)).status == 404
    with pytest.raises(LookupError, match="has stories 1 to"):
        story(young, paper.articles)


@each_paper
def test_stories_read_like_articles(paper):
    for number in range(2, paper.articles + 1):
        told = story(paper, number)
        paragraphs = [block for block in told.body if block.kind == "paragraph"]
        assert 4 <= len(paragraphs) <= 14
        assert len({block.text for block in told.body}) == len(told.body)
        texts = [told.title, told.lead, *(block.text for block in told.body)]
        assert all(text == normalise(text) and "{" not in text for text in texts)
        assert all(text[0] == text[0].upper() for text in texts)
        assert told.published.tzinfo is VIETNAM
        assert told.modified is None or told.modified > told.published
        assert set(told.related) <= set(range(1, number))
        assert told.url not in told.alias_urls


def test_both_spellings_and_every_kind_of_field_occur():
    told = [story(paper, n) for paper in PAPERS for n in range(1, paper.articles + 1)]
    text = " ".join(f"{t.title} {' '.join(b.text for b in t.body)}" for t in told)
    for word in ("hòa", "hoà", "ủy", "uỷ", "tỷ lệ", "tỉ lệ", "đ", "Đ"):
        assert word in text
    assert {t.credit.source for t in told if t.credit} == {"baolangson", "nhandan", "ttxvn"}
    assert {len(t.images) for t in told} >= {0, 1, 2, 3}
    assert any(b.kind == "subhead" for t in told for b in t.body)
    assert any(i.credit for t in told for i in t.images)
    assert any(i.position is None for t in told for i in t.images)
    assert any(t.modified for t in told)
    assert {t.dateline for t in told} == {None, "(ĐXO)"}


def test_the_first_story_of_the_portal_is_dated():
    told = story(DANG_KHOI, 1)
    assert f"{told.published:%d-%m-%Y %H:%M %z}" == "21-07-2020 08:54 +0700"
    assert told.lead_in_body
    assert told.lead == told.body[0].text
    assert told.credit
    assert (told.credit.raw, told.credit.source) == ("Nguồn: Baolang son.vn", "baolangson")
    assert told.images[0].position == 1


@pytest.mark.shared
def test_the_first_page_of_the_portal_reads_like_the_seed():
    files = sorted(SEED.glob("*.txt"))
    if not files:
        pytest.skip("../shared/seed is not here")
    seed = [line for raw in files[0].read_text("utf-8").splitlines() if (line := normalise(raw))]
    page = lxml_html.fromstring(body_of(DANG_KHOI, story(DANG_KHOI, 1).url))
    detail = page.get_element_by_id("module-news-detail")
    leaves = "p a h1".split()
    printed = [
        line
        for element in detail.iter()
        if element.tag in leaves or element.get("class") in ("news-date", "related-title")
        if (line := normalise(element.text_content()))
    ]
    assert printed == seed


# --- pages ---


@each_paper
def test_article_pages_weigh_what_real_ones_do(paper):
    for number in range(1, paper.articles + 1, 7):
        page = body_of(paper, story(paper, number).url)
        assert 35_000 < len(page.encode()) < 65_000
        assert 70 < page.count("<a ") < 120


@each_paper
def test_pages_print_everything_that_is_true(paper):
    for number in range(1, paper.articles + 1, 5):
        told = story(paper, number)
        page = lxml_html.fromstring(body_of(paper, told.url))
        text = normalise(page.text_content())
        said = [told.title, told.lead, *(block.text for block in told.body)]
        said += [image.caption for image in told.images if image.caption]
        said += [told.byline_raw or "", told.credit.raw if told.credit else ""]
        assert [line for line in said if line not in text] == []
        links = set(page.xpath("//@href"))
        assert {headline(paper, n).url for n in told.related} <= links
        assert page.xpath("//link[@rel='canonical']/@href") == [told.url]


def test_the_portal_states_no_date_for_machines():
    page = body_of(DANG_KHOI, story(DANG_KHOI, 30).url)
    assert not re.search(r"<time|article:published|ld\+json|datetime=", page)


@each_paper
def test_expected_articles_agree_with_their_stories(paper):
    articles = list(expected_articles(paper))
    assert len(articles) == paper.articles
    assert len({article.key for article in articles}) == paper.articles
    for article in articles:
        assert article.site == paper.key
        assert article.canonical_url == article.url.replace("http:", "https:")
        assert article.published
        assert article.published.at
        assert article.lead_in_body == (article.lead == article.body[0].text)
        assert all(image.url.startswith(paper.home) for image in article.images)
    assert articles[-1] == expected_article(paper, story(paper, paper.articles))


# --- the ways to an article ---


def found_in_listing(paper: DemoPaper, source: Listing) -> set[str]:
    found: set[str] = set()
    for number in range(1, 100):
        url = source.page_url(number)
        reply = answer(paper, target(url))
        page = lxml_html.fromstring(reply.body.decode())
        links = {element.get("href") for element in page.cssselect(source.links)}
        if reply.status == 404 or not links:
            return found
        found |= links
    raise AssertionError("The list does not end.")


def found_in_feed(paper: DemoPaper, source: Feed) -> set[str]:
    return {link.text or "" for link in ET.fromstring(body_of(paper, source.url)).iter("link")}


def found_in_sitemap(paper: DemoPaper, source: Sitemap) -> set[str]:
    loc = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
    index = ET.fromstring(body_of(paper, source.url))
    months = [element.text or "" for element in index.iter(loc)]
    return {
        element.text or ""
        for month in months
        for element in ET.fromstring(body_of(paper, month)).iter(loc)
    }


def found_in(paper: DemoPaper, source: Feed | Sitemap | Listing) -> set[str]:
    if isinstance(source, Listing):
        return found_in_listing(paper, source)
    return (found_in_feed if isinstance(source, Feed) else found_in_sitemap)(paper, source)


@each_paper
def test_the_sources_of_the_site_file_lead_to_every_article(paper):
    site = site_of(paper)
    assert (site.key, site.name, site.verified) == (paper.key, paper.name, "own")
    found = set().union(*(found_in(paper, source) for source in site.sources))
    articles = {url for url in found if site.is_article(url)}
    identifiers = {site.article_id(url) for url in articles}
    assert identifiers == {article.article_id for article in expected_articles(paper)}
    assert len(articles) > paper.articles, "some articles are listed under two addresses"


@each_paper
def test_the_site_file_names_every_section(paper):
    named = {urlsplit(source.url).path for source in site_of(paper).sources}
    if paper.family != "zce":
        assert all(any(section.slug in path for path in named) for section in paper.sections)


def test_old_and_large_papers_are_listed_to_the_end():
    large = replace(NUI_XANH, articles=LARGE)
    found = found_in_sitemap(large, Sitemap(f"{large.home}sitemap.xml"))
    assert len(found) == LARGE
    portal = replace(DANG_KHOI, articles=3_000)
    section = portal.sections[0]
    last = lists.page(portal, section, lists.page_count(portal, section))
    assert last[-1][0].number == 1


@each_paper
def test_every_alias_leads_to_the_article(paper, fetch):
    told = story(paper, paper.articles - 3)
    for url in (told.url, *told.alias_urls):
        status, _, body, final = fetch(url)
        page = lxml_html.fromstring(body.decode())
        assert status == 200
        assert page.xpath("//link[@rel='canonical']/@href") == [told.url]
        if paper.family == "zce" and url == told.alias_urls[0]:
            assert final == told.url


# --- the server ---


@each_paper
def test_validators_answer_304(paper, fetch):
    urls = [paper.home, story(paper, 9).url, f"{paper.home}{paper.sections[0].slug}/"]
    urls += [source.url for source in site_of(paper).sources if not isinstance(source, Listing)]
    for url in urls:
        status, headers, body, _ = fetch(url)
        assert (status, bool(body)) == (200, True)
        again = fetch(url, If_None_Match=headers["ETag"])
        assert (again[0], again[2]) == (304, b"")
        assert fetch(url, If_Modified_Since=headers["Last-Modified"])[0] == 304
        other = fetch(url, If_None_Match='W/"x"', If_Modified_Since=headers["Last-Modified"])
        assert other[0] == 200


def test_gzip_where_it_is_asked_for_and_always_for_monthly_sitemaps(fetch):
    url = story(DONG_XANH, 4).url
    plain = fetch(url)[2]
    _, headers, packed, _ = fetch(url, Accept_Encoding="gzip")
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed) == plain
    month = f"{NUI_XANH.home}sitemaps/news-2026-11.xml"
    _, headers, packed, _ = fetch(month)
    assert headers["Content-Encoding"] == "gzip"
    assert b"<lastmod>2026-11-" in gzip.decompress(packed)


def test_a_growing_paper_is_served_from_the_next_request_on(fetch):
    young = replace(NUI_XANH, articles=100, planned=120)
    with DemoServer([young]) as own:
        connection = HTTPConnection("127.0.0.1", own.port, timeout=5)
        statuses = []
        for paper in (young, NUI_XANH):
            own.replace(paper)
            connection.request(
                "GET", target(story(NUI_XANH, 120).url), headers={"Host": paper.host}
            )
            response = connection.getresponse()
            response.read()
            statuses.append(response.status)
        connection.close()
    assert statuses == [404, 200]


def test_robots_and_strange_addresses(fetch):
    robots = {paper.key: fetch(f"{paper.home}robots.txt")[2].decode() for paper in PAPERS}
    assert all("Disallow: /tim-kiem/" in text for text in robots.values())
    assert "Sitemap: http://baonuixanh.example/sitemap.xml" in robots["baonuixanh"]
    assert "Sitemap" not in robots["dangkhoi"]
    for paper in PAPERS:
        for path in ("khong-co", "a-b-a999999.html", "kinh-te/x-9.html", "kinh-te/?page=x&p=x"):
            assert fetch(f"{paper.home}{path}")[0] == 404
    status, _, body, _ = fetch("http://nobody.example/")
    assert status == 502
    assert body.startswith(b"No demo paper has the host 'nobody.example'. Known are: http://")


def test_pictures_are_pictures(fetch):
    found = {}
    for number in range(1, 60):
        for image in story(DONG_XANH, number).images:
            found.setdefault(image.url.rsplit(".")[-1], image.url)
    _, headers, png, _ = fetch(found["png"])
    assert headers["Content-Type"] == "image/png"
    assert png[:16] == b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
    size = struct.unpack(">I", png[33:37])[0]
    assert len(zlib.decompress(png[41 : 41 + size])) == 16 * (1 + 3 * 16)
    _, headers, jpeg, _ = fetch(found["jpg"])
    assert headers["Content-Type"] == "image/jpeg"
    assert (jpeg[:2], jpeg[-2:]) == (b"\xff\xd8", b"\xff\xd9")


def test_requests_are_counted_and_connections_kept(server):
    told = story(DANG_KHOI, 8)
    key = (DANG_KHOI.host, target(told.url))
    before = server.requests[key]
    connection = HTTPConnection("127.0.0.1", server.port, timeout=5)
    for method in ("GET", "HEAD", "GET"):
        connection.request(method, told.url)
        response = connection.getresponse()
        assert (response.status, response.version) == (200, 11)
        assert bool(response.read()) == (method == "GET")
        assert connection.sock is not None, "the connection is kept"
    connection.request("CONNECT", "dangkhoi.example:443")
    assert connection.getresponse().status == 501
    connection.close()
    assert server.requests[key] == before + 3


def test_an_idle_connection_does_not_hold_up_the_end():
    running = DemoServer([NUI_XANH]).start()
    connection = HTTPConnection("127.0.0.1", running.port, timeout=5)
    connection.request("GET", NUI_XANH.home)
    connection.getresponse().read()
    started = time.perf_counter()
    running.close()
    assert time.perf_counter() - started < 2
    connection.close()
