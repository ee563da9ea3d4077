"""Feeds, sitemaps and section pages: bytes in, links out, however they are made."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from baolangson_crawler.discovery import feed_links, listing_links, sitemap_content
from baolangson_crawler.exceptions import UnknownSite
from baolangson_crawler.sites import Listing, load_sites

RSS = b"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>
<title>B\xc3\xa1o</title>
<link>https://a.vn/</link><item><title><![CDATA[M\xe1\xbb\x99t &amp; hai]]></title>
<link> https://a.vn/mot-1.html#x </link><pubDate>Thu, 08 Jan 2026 18:21:00 +0700</pubDate></item>
<item><title>Hai</title><guid>https://a.vn/hai-2.html</guid></item>
<item><title>No address</title></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>M\xe1\xbb\x99t</title>
<link rel="self" href="https://a.vn/api/1"/><link href="/mot-1.html"/>
<updated>2026-01-08T18:21:00+07:00</updated></entry></feed>"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<item rdf:about="x"><title>M\xe1\xbb\x99t</title><link>https://a.vn/mot-1.html</link>
<dc:date>2026-01-08</dc:date></item></rdf:RDF>"""


def test_rss_with_what_it_says() -> None:
    links = feed_links(RSS, "https://a.vn/rss")
    assert [(link.url, link.title) for link in links] == [
        ("https://a.vn/mot-1.html", "Một & hai"),
        ("https://a.vn/hai-2.html", "Hai"),
    ]
    assert links[0].modified_raw == "Thu, 08 Jan 2026 18:21:00 +0700"


@pytest.mark.parametrize("feed", [ATOM, RDF], ids=["atom", "rss-1.0"])
def test_other_kinds_of_feed(feed: bytes) -> None:
    (link,) = feed_links(feed, "https://a.vn/feed")
    assert link.url == "https://a.vn/mot-1.html"
    assert link.modified_raw


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"   ",
        b"not xml",
        b"<html><body><p>Trang l\xe1\xbb\x97i",
        b"\x1f\x8bbroken",
        b"\x00\xff",
    ],
)
def test_what_is_no_feed_gives_no_link(body: bytes) -> None:
    assert feed_links(body, "https://a.vn/rss") == []
    assert sitemap_content(body, "https://a.vn/sitemap.xml").pages == []


def test_a_broken_feed_gives_what_came_before() -> None:
    cut = RSS[: RSS.index(b"<item><title>No")]
    assert len(feed_links(b"\n\n" + cut, "https://a.vn/rss")) == 2
    assert len(feed_links(RSS.replace(b"Hai<", b"H & ai <"), "https://a.vn/rss")) == 2


def test_entities_are_not_expanded_and_files_not_read() -> None:
    bomb = b"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;"><!ENTITY f SYSTEM "file:///etc/hostname">]><rss><channel>
<item><title>&c;&f;</title><link>https://a.vn/x-1.html</link></item></channel></rss>"""
    (link,) = feed_links(bomb, "https://a.vn/rss")
    assert "aaaa" not in (link.title or "")
    hostname = Path("/etc/hostname").read_text(encoding="utf-8").strip()
    assert hostname not in (link.title or "") or not hostname


def sitemap(*addresses: str, tag: str = "url", root: str = "urlset") -> bytes:
    entries = "".join(
        f"<{tag}><loc>{a}</loc><lastmod>2026-01-08</lastmod></{tag}>" for a in addresses
    )
    return (
        f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"{entries}</{root}>"
    ).encode()


def test_a_sitemap_gives_pages_of_its_own_host_only() -> None:
    body = sitemap("https://www.a.vn/x-1.html", "https://b.vn/x-2.html", "file:///etc/passwd")
    for form in (body, gzip.compress(body)):
        content = sitemap_content(form, "https://a.vn/sitemap.xml")
        assert [(link.url, link.modified_raw) for link in content.pages] == [
            ("https://www.a.vn/x-1.html", "2026-01-08")
        ]
        assert content.sitemaps == []


def test_an_index_gives_files() -> None:
    body = sitemap("https://a.vn/s1.xml.gz?x=1", tag="sitemap", root="sitemapindex")
    content = sitemap_content(body, "https://a.vn/sitemap.xml")
    assert [link.url for link in content.sitemaps] == ["https://a.vn/s1.xml.gz?x=1"]
    assert content.pages == []


def test_a_sitemap_is_read_to_its_limit() -> None:
    body = sitemap(*(f"https://a.vn/x-{n}.html" for n in range(50_010)))
    assert len(sitemap_content(body, "https://a.vn/sitemap.xml").pages) == 50_000


def test_links_of_the_list_and_no_others() -> None:
    html = """<base href="https://a.vn/"><nav><a href="/menu-9.html">Menu</a></nav>
    <div id="list"><h2><a href="mot-1.html"><img></a></h2><h2><a href="mot-1.html">Một</a></h2>
    <h2><a href="hai-2.html" title="Hai"></a></h2><h2><a href="javascript:x">x</a></h2></div>"""
    links = listing_links(html, "https://a.vn/thoi-su/", "#list h2")
    assert [(link.url, link.title) for link in links] == [
        ("https://a.vn/mot-1.html", "Một"),
        ("https://a.vn/hai-2.html", "Hai"),
    ]


def test_the_pages_of_a_list() -> None:
    paged = Listing("https://a.vn/x?p={page}", start_url="https://a.vn/x/")
    assert [paged.page_url(n) for n in (1, 2)] == ["https://a.vn/x/", "https://a.vn/x?p=2"]
    assert paged.paginated
    assert not Listing("https://a.vn/x").paginated


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://baocantho.com.vn/slug-a196670.html", "baocantho:196670"),
        ("http://www.baocantho.com.vn/other-a196670.html?utm_source=x#y", "baocantho:196670"),
        ("https://baocantho.com.vn/thoi-su/", None),
        ("https://other.vn/slug-a196670.html", None),
        ("https://baolaocai.vn/x-post404649.html", "baolaocai:404649"),
        ("https://baolangson.vn/x-5071654.html", "baolangson:5071654"),
        ("https://baolangson.vn/kinh-te", None),
    ],
)
def test_the_identity_of_an_address(url: str, key: str | None) -> None:
    register = load_sites(environment=False)
    site = register.for_url(url)
    assert (site.key_of(url) if site else None) == key


def test_every_site_is_complete() -> None:
    register = load_sites(environment=False)
    assert {"baocantho", "baolangson", "baolaocai"} <= {site.key for site in register}
    for site in register:
        assert site.sources
        assert site.file.endswith(f"{site.key}.py")
        assert all(site.owns(source.url) for source in site.sources)
        assert all(page.layout and page.body_css for page in site.pages)
    with pytest.raises(UnknownSite, match="Did you mean baocantho"):
        register.get("baocanto")
