"""Feeds of every kind, whole and broken: bytes in, links out."""

from __future__ import annotations

from pathlib import Path

import pytest

from baolangson_crawler.discovery import feed_links
from baolangson_crawler.discovery.xml import is_list

URL = "https://a.vn/rss"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
ONE, TWO = "https://a.vn/mot-1.html", "https://a.vn/hai-2.html"
RSS_090 = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>Báo</title><link>https://a.vn/</link>
</channel><item><title>Một</title><link>{ONE}</link></item></rdf:RDF>"""
RSS_091 = f"""{HEAD}<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
 "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel>
<image><title>Báo</title><url>https://a.vn/logo.png</url><link>https://a.vn</link></image>
<item><title>Một</title><link>{ONE}</link><description>Tin</description></item></channel></rss>"""
RSS_092 = RSS_091.replace("0.91", "0.92").replace(
    "<description>", '<category domain="x">Tin</category><enclosure url="x.mp3"/><description>'
)
RSS_100 = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:d="http://purl.org/dc/elements/1.1/"><channel
 rdf:about="{URL}"><items><rdf:Seq><rdf:li rdf:resource="{ONE}"/></rdf:Seq></items></channel>
<item rdf:about="{ONE}"><title>Một</title><link>{ONE}</link><d:date>2026-01-08</d:date></item>
</rdf:RDF>"""
RSS_200 = f"""{HEAD}<rss version="2.0" xmlns:a="http://www.w3.org/2005/Atom" xmlns:m="urn:media">
<channel><title>Báo</title><link>https://a.vn/</link><a:link rel="self" href="{URL}"/>
<item><m:title>Ảnh</m:title><title><![CDATA[Một]]></title><a:link rel="self" href="{URL}/1"/>
<image><title>x</title><link>https://a.vn/x-9.html</link></image>
<link> {ONE}#x
</link><guid isPermaLink="true">{TWO}</guid>
<pubDate>2026-01-08</pubDate></item></channel></rss>"""
ATOM_03 = f"""<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Báo</title>
<link rel="alternate" href="https://a.vn/"/><entry><title mode="escaped">Một</title>
<link rel="service.edit" href="https://a.vn/edit/1"/><link rel="alternate" href="{ONE}"/>
<issued>2025-01-08</issued><modified>2026-01-08</modified></entry></feed>"""
ATOM_10 = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Báo</title><entry>
<source><title>Khác</title><link href="https://b.vn/x-9.html"/></source>
<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><b>M</b>ột</div></title>
<link rel="self" href="https://a.vn/api/1"/><link href="/mot-1.html"/><id>tag:a.vn,2026:1</id>
<published>2025-01-08</published><updated>2026-01-08</updated></entry></feed>"""
PREFIXED = f"""<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>Một</a:title>
<a:link href="{ONE}"/><a:updated>2026-01-08</a:updated></a:entry></a:feed>"""
DOTNET = f"""<rss xmlns:a10="http://www.w3.org/2005/Atom" version="2.0"><channel><item>
<guid isPermaLink="false">7</guid><title>Một</title><a10:link href="{ONE}"/>
<a10:updated>2026-01-08</a10:updated></item></channel></rss>"""


@pytest.mark.parametrize("feed", [RSS_090, RSS_091, RSS_092], ids=["0.90", "0.91", "0.92"])
def test_feeds_without_dates(feed: str) -> None:
    (link,) = feed_links(feed.encode(), URL)
    assert (link.url, link.title, link.modified_raw) == (ONE, "Một", None)


@pytest.mark.parametrize(
    "feed",
    [RSS_100, RSS_200, ATOM_03, ATOM_10, PREFIXED, DOTNET],
    ids=["rss-1.0", "rss-2.0", "atom-0.3", "atom-1.0", "prefixed", "dotnet"],
)
def test_feeds_with_dates(feed: str) -> None:
    (link,) = feed_links(feed.encode(), URL)
    assert (link.url, link.title, link.modified_raw) == (ONE, "Một", "2026-01-08")


def items(*inner: str) -> str:
    return "".join(f"<item>{each}</item>" for each in inner)


def rss(inner: str, head: str = HEAD) -> str:
    return f'{head}<rss version="2.0"><channel><title>Báo</title>{inner}</channel></rss>'


BOTH = items(f"<title>Một</title><link>{ONE}</link>", f"<title>Hai</title><link>{TWO}</link>")
WRONG_ENCODING = HEAD.replace("UTF-8", "iso-8859-1")
UNESCAPED = "<description><p>Tin<br>nóng<img src=x> & <b>mới</p></description>"
OF_THE_SERVER = "<br />\n<b>Warning</b>: Cannot modify header in <b>/a/rss.php</b> on line <b>3</b>"
BROKEN = {
    "text before the declaration": "\n\n Notice: x <br>" + rss(BOTH),
    "warning of the server": OF_THE_SERVER + rss(BOTH),
    "no declaration": rss(BOTH, ""),
    "wrong encoding": rss(BOTH, WRONG_ENCODING),
    "control characters": rss(BOTH.replace("Hai", "H\x00a\x0bi\x1f")),
    "references to control characters": rss(BOTH.replace("Hai", "Hai&#0;&#11;&#xD800;")),
    "undeclared prefix": rss(BOTH.replace("<title>", "<media:thumbnail url='x'/><title>")),
    "unescaped html": rss(BOTH.replace("<title>", f"{UNESCAPED}<title>")),
    "unclosed entry": rss(BOTH.replace("</item>", "", 1)),
    "no end": rss(BOTH).replace("</item></channel></rss>", ""),
    "cut in a tag": rss(BOTH).replace("</channel></rss>", "<item><title>Ba</title><lin"),
    "upper case": rss(BOTH).replace("item>", "ITEM>").replace("link>", "Link>"),
    "comment": rss(BOTH.replace("</item>", f"</item><!-- <item><link>{URL}</link></item> -->", 1)),
    "cdata with markup": rss(
        BOTH.replace("<title>", "<description><![CDATA[</item><item>]]></description><title>")
    ),
    "entities": rss(BOTH.replace("Hai", "H&#97;&#x69;")),
    "stray end tags": rss(BOTH.replace("<title>", "</b></p><title>")),
    "comparison": rss(BOTH.replace("<title>", "<description>1 < 2 <3</description><title>")),
    "tags in the title": rss(BOTH.replace("Hai", "&lt;b&gt;Hai&lt;/b&gt;")),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_broken_feed_gives_every_entry(broken: str) -> None:
    links = feed_links(broken.encode(), URL)
    assert [(link.url, link.title) for link in links] == [(ONE, "Một"), (TWO, "Hai")]
    assert is_list(broken.encode())


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Chợ&nbsp;phiên", "Chợ phiên"),
        ("Ch&#7907; phi&ecirc;n", "Chợ phiên"),
        ("Ch&amp;#7907; phi&amp;ecirc;n", "Chợ phiên"),
        ("A & B", "A & B"),
        ("A &amp; B", "A & B"),
        ("<![CDATA[A & B &amp; C]]>", "A & B & C"),
        ("<![CDATA[A ]]]]><![CDATA[> B]]>", "A ]]> B"),
        ("1 &lt; 2", "1 < 2"),
        ("&unknown; thing", "&unknown; thing"),
        ("", None),
    ],
)
def test_the_words_of_a_title(written: str, title: str | None) -> None:
    (link,) = feed_links(rss(items(f"<link>{ONE}</link><title>{written}</title>")).encode(), URL)
    assert link.title == title


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://a.vn/x?id=1&cat=2", "https://a.vn/x?id=1&cat=2"),
        ("https://a.vn/x?id=1&amp;cat=2", "https://a.vn/x?id=1&cat=2"),
        ("https://a.vn/x?id=1&copy=2&lt=3", "https://a.vn/x?id=1&copy=2&lt=3"),
        ("<![CDATA[https://a.vn/x?id=1&cat=2]]>", "https://a.vn/x?id=1&cat=2"),
        ("\n\thttps://a.vn/x\n", "https://a.vn/x"),
        ("/mot-1.html", ONE),
        ("//a.vn/mot-1.html", ONE),
    ],
)
def test_an_address_is_what_was_meant(written: str, address: str) -> None:
    (link,) = feed_links(rss(items(f"<link>{written}</link>")).encode(), URL)
    assert link.url == address


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "cp1258", "utf-16-be"])
@pytest.mark.parametrize("declared", ["UTF-8", "windows-1258", "iso-8859-1"])
def test_the_encoding_is_what_the_bytes_are(charset: str, declared: str) -> None:
    title = "Sáng nay thành phố còn rét"
    if charset == "cp1258":
        title = "Bà con mang na ra bán, giá cà phê lên cao, làng bên có chùa"
    feed = rss(items(f"<title>{title}</title><link>{ONE}</link>"), HEAD.replace("UTF-8", declared))
    (link,) = feed_links(feed.encode(charset), URL)
    assert (link.url, link.title) == (ONE, title)


def test_an_address_that_was_cut_is_no_address() -> None:
    cut = rss(BOTH)
    cut = cut[: cut.index(TWO) + len(TWO) - 3]
    assert [link.url for link in feed_links(cut.encode(), URL)] == [ONE]


@pytest.mark.parametrize("length", [65_530, 65_536, 65_540, 131_070])
def test_where_a_feed_is_split_while_it_is_read_does_not_matter(length: int) -> None:
    for shift in range(60):
        filler = f"<!--{'ế' * ((length - shift) // 3)}-->"
        feed = rss(filler + BOTH.replace("Hai", "<![CDATA[H]]>&#97;i")).encode()
        assert [link.title for link in feed_links(feed, URL)] == ["Một", "Hai"]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("file", "count"),
    [
        ("thanhnien.vn/rss-home.xml", 100),
        ("vnexpress.net/rss-tin-moi-nhat.xml", 54),
        ("vnexpress.net/rss-the-gioi-example.xml", 1),
    ],
)
def test_real_feeds_are_read_whole(shared: Path, file: str, count: int) -> None:
    feed = (shared / "corpus" / "pages" / file).read_bytes()
    links = feed_links(feed, f"https://{file.split('/')[0]}/rss")
    assert len(links) == count
    assert all(link.title and link.modified_raw for link in links)
