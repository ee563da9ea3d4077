"""No crawl reaches a host of a private network, whatever a page, a redirect or a name says.

A proxy of the tests' own sees every request that leaves the crawler; where there is no proxy,
lookups are stubbed and connections are only written down. Nothing else is ever connected to.
"""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import clean_environment, run_command
from hypothesis import example, given
from hypothesis import strategies as st
from paper import HOME, HTML, SITE_FILE, Crawl, Pages, article, listing, robots, states
from proxy import Answer, Proxy
from scrapy import Request
from twisted.internet.defer import Deferred, maybeDeferred
from twisted.internet.task import Clock

from baolangson_crawler import resolver as resolving
from baolangson_crawler.addresses import is_public_host, literal
from baolangson_crawler.failures import reason_of
from baolangson_crawler.middlewares import SafetyMiddleware
from baolangson_crawler.middlewares.refused import Refused
from baolangson_crawler.resolver import GuardedResolver, PrivateAddress
from baolangson_crawler.sites import load_sites

HOSTS = (
    "127.0.0.1 localhost localhost. LOCALHOST sub.localhost 0.0.0.0 0 2130706433 0x7f000001 "
    "017700000001 0x7f.1 0177.0.0.1 127.1 127.0.1 127.0.0.1. [::1] [0:0:0:0:0:0:0:1] [::] "
    "[::ffff:127.0.0.1] [::ffff:7f00:1] [::127.0.0.1] [fe80::1] [fd00::1] [fec0::1] [ff02::1] "
    "[64:ff9b::7f00:1] [64:ff9b:1::a00:1] [2002:7f00:1::] 169.254.169.254 [fd00:ec2::254] "
    "metadata.google.internal metadata printer.local router.lan gw.home.arpa 10.0.0.1 10.1 "
    "172.16.0.1 172.31.255.255 192.168.1.1 192.168.257 100.64.0.1 224.0.0.1 240.0.0.1 "
    "255.255.255.255 168.63.129.16 [::ffff:168.63.129.16] 192.88.99.1 localhost.localdomain "
    "x.localdomain6 kubernetes.default.svc vault.service.consul fritz.box gw.home x.corp "
    "x.intranet １２７.0.0.1 127。0。0。1 ①27.0.0.1"
).split()
SCHEMES = (
    "file:///etc/passwd",
    "ftp://paper.example/x-9.html",
    "data:text/html,x-9.html",
    "gopher://127.0.0.1:70/x-9.html",
    "javascript:location='x-9.html'",
    "s3://bucket/x-9.html",
    "ws://127.0.0.1/x-9.html",
)
DISGUISED = (
    "//127.0.0.1/x-9.html",
    "https://127.0.0.1/x-9.html",
    "http://127.0.0.1:8080/x-9.html",
    "https://[::1]:8443/x-9.html",
    "http://paper.example@127.0.0.1/x-9.html",
    "http://user:word@10.0.0.1/x-9.html",
    "http://paper.example:80@169.254.169.254/x-9.html",
    "http://127.0.0.1#@paper.example/x-9.html",
    "http://127.0.0.1?@paper.example/x-9.html",
    "http://127.0.0.1\\@paper.example/x-9.html",
    "http://127.0.0.1%2f@paper.example/x-9.html",
    "http://user:word@paper.example/x-9.html",
)
BROKEN = (
    "http://[::1/x-9.html",
    "http://127.0.0.1:port/x-9.html",
    "http://127.0.0.1:99999/x-9.html",
    "http:///127.0.0.1/x-9.html",
    "///127.0.0.1/x-9.html",
    "/\\127.0.0.1/x-9.html",
    "\\\\127.0.0.1\\x-9.html",
    "http:\\\\127.0.0.1\\x-9.html",
    "http://%31%32%37.0.0.1/x-9.html",
    "http://",
)
PUBLIC = ("http://elsewhere.example/x-9.html", "https://8.8.8.8/x-9.html")
TARGETS = [*(f"http://{host}/x-9.html" for host in HOSTS), *SCHEMES, *DISGUISED, *PUBLIC]


def header(value: str) -> str:
    """A header's value as its bytes are sent: UTF-8."""
    return value.encode().decode("latin-1")


def only_the_paper_was_asked(proxy: Any) -> bool:
    return not proxy.tunnels and all(url.startswith(f"{HOME}/") for url in proxy.urls())


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_leads_inside(crawl: Crawl, tmp_path: Path, status: int) -> None:
    pages: Pages = {}
    asked = []
    for number, target in enumerate([*TARGETS, *BROKEN]):
        bad, good = f"/bad-1{number}.html", f"/good-2{number}.html"
        pages[bad] = Answer(status=status, headers={"Location": header(target)})
        pages[good] = article(number)
        asked += [bad, good]
    # a chain, whose first hop stays on the paper
    pages["/chain-3.html"] = Answer(status=status, headers={"Location": "/hop-4.html"})
    pages["/hop-4.html"] = Answer(status=status, headers={"Location": "http://127.1/x-9.html"})
    pages["/list?page=1"] = listing(*asked, "/chain-3.html")
    code, site, proxy, _ = crawl(pages)
    assert only_the_paper_was_asked(proxy)
    assert (code, site["new"]) == (0, len(asked) // 2)
    noted = states(tmp_path)
    reasons = {target: noted[f"/bad-1{n}.html"][1] for n, target in enumerate(TARGETS)}
    assert {target for target, reason in reasons.items() if reason != "address"} == {
        *SCHEMES,
        *PUBLIC,
    }
    assert {reasons[target] for target in PUBLIC} == {"offsite"}
    assert {reasons[target] for target in SCHEMES} == {"scheme"}
    assert noted["/chain-3.html"][1] == "address"
    unfollowed = {noted[f"/bad-1{len(TARGETS) + n}.html"][0] for n in range(len(BROKEN))}
    assert unfollowed <= {"failed", "skipped"}


WITH_FEEDS = SITE_FILE.replace("import Listing,", "import Feed, Listing, Sitemap,").replace(
    "sources=(",
    'sources=(Feed("http://paper.example/rss"), Sitemap("http://paper.example/index.xml"), '
    'Listing("http://paper.example/moved", links="h2 a"), ',
)
XML = {"Content-Type": "application/xml"}


def escaped(url: str) -> str:
    return url.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&#39;")


def a_page_that_points_everywhere(number: int) -> Answer:
    """An article with every target in every place where a page names an address."""
    head = "".join(
        f"<link rel='canonical' href='{t}'><link rel='amphtml' href='{t}'>"
        f"<link rel='alternate' type='application/rss+xml' href='{t}'><link rel='next' href='{t}'>"
        f"<meta property='og:url' content='{t}'><meta property='og:image' content='{t}'>"
        f"<meta http-equiv='refresh' content='0;url={t}'><script src='{t}'></script>"
        for t in map(escaped, TARGETS)
    )
    body = "".join(
        f"<p><img src='{t}' data-src='{t}'><iframe src='{t}'></iframe><a href='{t}'>Bài</a></p>"
        f"<video src='{t}' poster='{t}'></video><object data='{t}'></object>"
        for t in map(escaped, TARGETS)
    )
    html = article(number).body.decode()
    html = html.replace("<html>", f"<html><head>{head}</head>").replace("</p>", f"</p>{body}", 1)
    pointers = {
        "Refresh": "0; url=http://127.0.0.1/x-9.html",
        "Link": "<http://10.0.0.1/x-9.html>; rel=canonical, <http://[::1]/x-9.html>; rel=next",
        "Content-Location": "http://169.254.169.254/x-9.html",
        "SourceMap": "http://127.0.0.1/x-9.html",
        "Alt-Svc": 'h2="127.0.0.1:443"',
    }
    return Answer(html.encode(), headers={**HTML, **pointers})


def test_nothing_that_a_page_names_is_asked_outside_the_paper(crawl: Crawl, tmp_path: Path) -> None:
    every = [escaped(target) for target in [*TARGETS, *BROKEN]]
    items = "".join(
        f"<item><link>{t}</link><guid>{t}</guid><enclosure url='{t}'/></item>" for t in every
    )
    stylesheet = "<?xml-stylesheet href='http://127.0.0.1/x-9.xsl'?>"
    moved = "<base href='http://127.0.0.1/'><h2><a href='/base-8.html'>Bài</a></h2>"
    pages: Pages = {
        "/rss": Answer(f"{stylesheet}<rss><channel>{items}</channel></rss>".encode(), headers=XML),
        "/index.xml": Answer(
            "<sitemapindex>{}<sitemap><loc>{}/map.xml</loc></sitemap></sitemapindex>".format(
                "".join(f"<sitemap><loc>{t}</loc></sitemap>" for t in every), HOME
            ).encode(),
            headers=XML,
        ),
        "/map.xml": Answer(
            "<urlset>{}<url><loc>{}/c-3.html</loc></url></urlset>".format(
                "".join(f"<url><loc>{t}</loc></url>" for t in every), HOME
            ).encode(),
            headers=XML,
        ),
        "/moved": Answer(moved.encode(), headers=HTML),
        "/list?page=1": listing(*every, "/a-1.html", "/b-2.html"),
        "/a-1.html": a_page_that_points_everywhere(1),
        "/b-2.html": article(2),
        "/c-3.html": article(3),
        "/robots.txt": robots("User-agent: *\nAllow: /\nSitemap: http://127.0.0.1/map.xml\n"),
    }
    _, site, proxy, _ = crawl(pages, site=WITH_FEEDS)
    assert only_the_paper_was_asked(proxy)
    assert site["new"] == 3
    hosts = {url.split("/")[2] for url in states(tmp_path) if "://" in url}
    assert hosts <= {"paper.example"}  # no address of a private network waits for a later crawl


@pytest.mark.parametrize("source", ["/rss", "/index.xml", "/moved", "/list?page=1"])
def test_a_source_that_redirects_inside_costs_the_others_nothing(
    crawl: Crawl, tmp_path: Path, source: str
) -> None:
    item = f"<item><link>{HOME}/r-1.html</link></item>"
    entry = f"<url><loc>{HOME}/s-2.html</loc></url>"
    pages: Pages = {
        "/rss": Answer(f"<rss><channel>{item}</channel></rss>".encode(), headers=XML),
        "/index.xml": Answer(f"<urlset>{entry}</urlset>".encode(), headers=XML),
        "/moved": listing("/m-3.html"),
        "/list?page=1": listing("/l-4.html"),
        **{f"/{name}-{n}.html": article(n) for n, name in enumerate("rsml", 1)},
        source: Answer(status=302, headers={"Location": "http://0x7f.1/x"}),
    }
    _, site, proxy, _ = crawl(pages, site=WITH_FEEDS)
    assert only_the_paper_was_asked(proxy)
    assert site["new"] == 3
    assert states(tmp_path)[source] == ("failed", "address")


def test_robots_that_leads_inside_closes_the_paper_and_is_not_followed(tmp_path: Path) -> None:
    """One paper for each target, since what closes one name of a paper closes all."""
    folder = tmp_path / "sites"
    folder.mkdir()
    served: Pages = {}
    targets = [target for target in TARGETS if target not in PUBLIC]
    for number, target in enumerate([*targets, *BROKEN]):
        host, location = f"p{number}.example", {"Location": header(target)}
        text = SITE_FILE.replace("paper.example", host).replace('"paper"', f'"p{number}"')
        (folder / f"p{number}.py").write_text(text, encoding="utf-8")
        served[f"http://{host}/robots.txt"] = Answer(status=302, headers=location)
        served[f"http://{host}/list?page=1"] = listing("/a-1.html")
    keys = [file.stem for file in folder.iterdir()]
    with Proxy(served.get, tmp_path) as proxy:
        done = run_command(
            *("crawl", *keys, "--site", str(folder), "--delay", "0", "--json"),
            *("--archive", str(tmp_path / "articles.db")),
            env=proxy.environment,
        )
    assert done.returncode == 2, done.stderr
    asked = set(proxy.urls())
    assert not proxy.tunnels
    assert {url.split("/")[2] for url in asked} == {f"{key}.example" for key in keys}
    closed = {f"http://p{number}.example/robots.txt" for number in range(len(targets))}
    assert {url for url in asked if int(url.split(".")[0].rsplit("p")[-1]) < len(targets)} == closed


def safety() -> SafetyMiddleware:
    """The guard of a crawl to which every host belongs."""
    crawler: Any = SimpleNamespace(spider=SimpleNamespace(owns=lambda url: True))
    return SafetyMiddleware(crawler)


@pytest.mark.parametrize("host", HOSTS)
def test_a_private_host_is_refused_even_on_a_site_of_ones_own(host: str) -> None:
    assert not is_public_host(host)
    with pytest.raises(Refused) as refused:
        safety().process_request(Request(f"http://{host}/x"))
    assert refused.value.reason == "address"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://paper.example/x", None),
        ("http://paper.example:80/x", None),
        ("https://paper.example:443/x", None),
        ("http://paper.example:8080/x", None),
        ("http://paper.example:25/x", "port"),
        ("http://paper.example:0/x", "port"),
        ("http://other.example:8080/robots.txt", "port"),
    ],
)
def test_only_ports_of_the_web_and_of_the_site_file_are_asked(url: str, reason: str | None) -> None:
    named = SimpleNamespace(sources=[SimpleNamespace(url="http://paper.example:8080/list")])
    guard = safety()
    spider: Any = guard.crawler.spider
    spider.site_of = lambda url: named if "//paper.example" in url else None
    refused = None
    try:
        guard.process_request(Request(url, meta={"robots_txt": True}))
    except Refused as refusal:
        refused = refusal.reason
    assert refused == reason


def test_robots_that_leads_to_another_port_is_not_followed(crawl: Crawl) -> None:
    target = "http://mail.example:25/robots.txt"
    pages = {"/robots.txt": Answer(b"", 302, {"Location": target}), "/list?page=1": listing()}
    code, _, proxy, _ = crawl(pages)
    assert code == 2
    assert only_the_paper_was_asked(proxy)


def test_no_paper_is_taken_for_a_private_host() -> None:
    hosts = {host for site in load_sites() for host in (*site.domains, *site.former_domains)}
    assert len(hosts) > 60
    assert [host for host in hosts if not is_public_host(host)] == []
    for host in ("8.8.8.8", "[2405:4800::1]", "24h.com.vn", "127.vn", "báo.vn", "baolangson.vn."):
        assert is_public_host(host)


def numeral(value: int, base: str, zeros: int, upper: bool) -> str:
    """A number as C reads it."""
    text = {"d": "{:d}", "o": "0{}{:o}", "x": "0x{}{:x}"}[base]
    written = text.format(value) if base == "d" else text.format("0" * zeros, value)
    return written.upper() if upper else written


@st.composite
def spellings(draw: Callable[[Any], Any], addresses: list[str]) -> tuple[IPv4Address, str]:
    """An IPv4 address of one of the ranges (first and last), in any form that inet_aton takes."""
    first, last = draw(st.sampled_from([a.split("-") for a in addresses]))
    number = draw(st.integers(int(IPv4Address(first)), int(IPv4Address(last))))
    parts = draw(st.integers(1, 4))
    values = [number >> (24 - 8 * n) & 0xFF for n in range(parts - 1)]
    values.append(number & (0xFFFFFFFF >> 8 * (parts - 1)))
    form = st.tuples(st.sampled_from("dox"), st.integers(0, 3), st.booleans())
    written = ".".join(numeral(value, *draw(form)) for value in values)
    return IPv4Address(number), written


PRIVATE_RANGES = [
    *("0.0.0.0-0.255.255.255", "10.0.0.0-10.255.255.255", "100.64.0.0-100.127.255.255"),
    *("127.0.0.0-127.255.255.255", "169.254.0.0-169.254.255.255", "172.16.0.0-172.31.255.255"),
    *("192.168.0.0-192.168.255.255", "198.18.0.0-198.19.255.255", "224.0.0.0-255.255.255.255"),
]
DISGUISES: list[Callable[[str], str]] = [
    lambda host: host,
    lambda host: f"{host}.",
    lambda host: host.translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789xX."}),
    lambda host: host.replace(".", "\u3002"),
    lambda host: "".join(f"%{ord(letter):02x}" for letter in host),
]


@given(spellings(PRIVATE_RANGES), st.sampled_from(DISGUISES))
@example((IPv4Address("127.0.0.1"), "0x7F.0X0.01"), DISGUISES[0])
def test_every_spelling_of_a_private_address_is_refused(
    spelled: tuple[IPv4Address, str], disguise: Callable[[str], str]
) -> None:
    address, host = spelled
    assert socket.inet_aton(host) == address.packed  # the C library reads it so
    assert literal(disguise(host)) == address
    with pytest.raises(Refused) as refused:
        safety().process_request(Request(f"http://{disguise(host)}/"))
    assert refused.value.reason == "address"


@given(spellings(["1.0.0.0-1.255.255.255", "203.162.0.0-203.162.255.255"]))
def test_every_spelling_of_a_public_address_is_known_as_one(
    spelled: tuple[IPv4Address, str],
) -> None:
    address, host = spelled
    assert literal(host) == address
    assert is_public_host(host)


@given(
    spellings(PRIVATE_RANGES),
    st.sampled_from(["::ffff:{}", "::{}", "64:ff9b::{}", "64:ff9b:1::{}", "fe80::{}", "fd00::{}"]),
    st.sampled_from(["{}", "{}%eth0", "{}%25eth0"]),
)
def test_every_ipv6_address_around_a_private_one_is_refused(
    spelled: tuple[IPv4Address, str], prefix: str, zone: str
) -> None:
    address = IPv6Address(prefix.format(spelled[0]))
    for written in (prefix.format(spelled[0]), str(address), address.exploded.upper()):
        assert not is_public_host(f"[{zone.format(written)}]")


@given(st.lists(st.from_regex(r"0?[xX]?[0-9a-fA-F]{0,4}", fullmatch=True), max_size=5))
def test_what_the_system_takes_for_an_address_is_taken_for_the_same(parts: list[str]) -> None:
    host = ".".join(parts)
    try:
        packed = socket.inet_aton(host)
    except OSError:
        return
    address = literal(host)
    assert address is not None
    assert address.packed == packed


class Cache(dict[str, Any]):
    """Scrapy's cache of names, for one test."""

    limit: int | None = 100


class Lookup:
    """A resolver whose lookups are answered from a table; each answer is given once."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, table: dict[str, list[Any]]) -> None:
        monkeypatch.setattr(resolving, "dnscache", Cache())
        monkeypatch.setattr(resolving, "addresses_of", self._answer)
        monkeypatch.setattr(
            resolving, "deferToThreadPool", lambda reactor, pool, f, *a: maybeDeferred(f, *a)
        )
        self.table = table
        self.clock: Any = Clock()
        self.clock.getThreadPool = lambda: None
        self.guard = GuardedResolver(self.clock, 100, 5.0, frozenset(["proxy.local"]))

    def _answer(self, name: str) -> Any:
        answer = self.table[name].pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def __call__(self, name: str) -> str:
        """The address to which a connection would be made, or the reason why none is."""
        said: list[Any] = []
        self.guard.getHostByName(name).addBoth(said.append)
        self.clock.advance(6)
        return said[0] if isinstance(said[0], str) else reason_of(said[0].value)


@pytest.fixture
def lookup(monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, list[Any]]], Lookup]:
    return lambda table: Lookup(monkeypatch, table)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.8", "172.16.3.4", "192.168.0.1", "169.254.169.254", "100.64.0.1"),
        *("0.0.0.0", "224.0.0.1", "255.255.255.255", "192.0.0.8", "198.18.0.1", "::1", "fe80::1"),
        *("fd00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "::", "ff02::1", "junk"),
        *("192.0.0.192", "2001:db8::1", "2001::7f00:1", "3fff::1"),
    ],
)
def test_a_name_that_leads_inside_is_refused(lookup: Any, address: str) -> None:
    asked = lookup({"paper.vn": [(address,)], "two.vn": [("203.162.0.1", address)]})
    assert asked("paper.vn") == "address"
    assert asked("two.vn") == "address"  # of several addresses one is enough


def test_a_name_is_looked_up_once_and_judged_each_time(lookup: Any) -> None:
    asked = lookup({"paper.vn": [("203.162.0.1",), ("127.0.0.1",)], "v6.vn": [("2405:4800::1",)]})
    assert [asked("paper.vn"), asked("paper.vn")] == ["203.162.0.1"] * 2  # the second is remembered
    assert asked("v6.vn") == "2405:4800::1"
    resolving.dnscache["paper.vn"] = ("127.0.0.1",)
    assert asked("paper.vn") == "address"
    assert asked.table["paper.vn"] == [("127.0.0.1",)]


def test_a_name_that_turns_to_an_address_inside_is_refused_then(lookup: Any) -> None:
    asked = lookup({"paper.vn": [("203.162.0.1",), ("127.0.0.1",), ("203.162.0.1",)]})
    resolving.dnscache.limit = 0  # nothing is remembered
    assert [asked("paper.vn") for _ in range(3)] == ["203.162.0.1", "address", "203.162.0.1"]
    assert asked.guard.refused == {}


def test_only_the_operators_proxy_may_be_inside(lookup: Any) -> None:
    asked = lookup({"proxy.local": [("127.0.0.1",)], "other.local": [("127.0.0.1",)]})
    assert (asked("proxy.local"), asked("other.local")) == ("127.0.0.1", "address")


def test_a_name_without_an_answer_is_no_private_one(lookup: Any) -> None:
    asked = lookup({"no.vn": [socket.gaierror(-2, "unknown")], "slow.vn": [Deferred()]})
    for name in ("no.vn", "slow.vn"):
        said: list[Any] = []
        asked.guard.getHostByName(name).addBoth(said.append)
        asked.clock.advance(6)
        assert not said[0].check(PrivateAddress)
        assert name in said[0].getErrorMessage()


STUBBED = """
import socket, sys
ADDRESSES = {addresses!r}
def looked_up(name):
    return name, [], list(ADDRESSES[name])
socket.gethostbyname_ex = looked_up
socket.gethostbyname = lambda name: ADDRESSES[name][0]
def refused(*arguments, **named):
    raise AssertionError(f"looked up in another way: {{arguments}}")
socket.getaddrinfo = refused
from twisted.internet import asyncioreactor, error
from twisted.python.failure import Failure
asyncioreactor.install()
from twisted.internet import reactor
def connect(host, port, factory, *arguments, **named):
    print("CONNECT", host, port, flush=True)
    factory.doStart()
    connector = type("Connector", (), {{"stopConnecting": lambda self: None}})()
    reactor.callLater(0, factory.clientConnectionFailed, connector,
                      Failure(error.ConnectionRefusedError()))
    return connector
type(reactor).connectTCP = lambda self, *a, **n: connect(*a, **n)
type(reactor).connectUDP = refused
from pathlib import Path
from baolangson_crawler.crawling import crawl
from baolangson_crawler.sites import load_sites
sites = list(load_sites([{site!r}], builtin=False, environment=False))
report = crawl(sites, Path({archive!r}), settings=dict(DOWNLOAD_DELAY=0, LOG_LEVEL="WARNING"))
print("EXIT", report.exit_code, report.sites[0].new)
"""


def crawl_with_lookups(tmp_path: Path, addresses: dict[str, list[str]]) -> list[str]:
    """What a crawl without a proxy says: every connection that it would have made, and its end."""
    site = tmp_path / "paper.py"
    site.write_text(SITE_FILE, encoding="utf-8")
    archive = str(tmp_path / "articles.db")
    code = STUBBED.format(addresses=addresses, site=str(site), archive=archive)
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=clean_environment(),
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout.split("\n")[:-1]


@pytest.mark.parametrize(
    "addresses", [["10.0.0.1"], ["169.254.169.254"], ["203.162.0.1", "127.0.0.1"]]
)
def test_a_paper_whose_name_leads_inside_is_not_connected_to(
    tmp_path: Path, addresses: list[str]
) -> None:
    assert crawl_with_lookups(tmp_path, {"paper.example": addresses}) == ["EXIT 2 0"]


def test_the_address_that_was_checked_is_the_one_connected_to(tmp_path: Path) -> None:
    said = crawl_with_lookups(tmp_path, {"paper.example": ["203.0.112.7", "203.162.0.1"]})
    assert set(said) == {"CONNECT 203.0.112.7 80", "EXIT 2 0"}
