"""Which paper wrote an article, where papers were merged and their archives taken over."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest
from conftest import run_command
from proxy import Answer, Proxy
from sqlite_utils import Database

from baolangson_crawler.dating import VIETNAM
from baolangson_crawler.families.portal import PortalPage
from baolangson_crawler.items import Article, Moment
from baolangson_crawler.sites import Inherited, Register, Site
from baolangson_crawler.sites.base import Listing
from baolangson_crawler.storage.migrations import migrations
from baolangson_crawler.storage.opening import APPLICATION_ID, open_reading

MERGED = date(2025, 7, 1)
HTML = {"Content-Type": "text/html; charset=utf-8"}


def site(key: str, **fields: object) -> Site:
    defaults: dict[str, object] = {
        "key": key,
        "name": f"Báo {key.capitalize()}",
        "province": "Thử",
        "domains": (f"{key}.example",),
        "sources": (Listing(f"https://{key}.example/"),),
        "article_url": r"-(?P<id>\d+)\.html$",
        "pages": (PortalPage,),
    }
    return Site(**{**defaults, **fields})  # type: ignore[arg-type]


def article(url: str, number: str, published: datetime | None) -> Article:
    moment = Moment(at=published, raw="", method="visible:day-month-year", confidence=0.9)
    return Article(
        url=url,
        canonical_url=url,
        site="winner",
        article_id=number,
        title="Bài",
        layout="portal",
        published=moment if published else None,
    )


OLD = datetime(2024, 5, 2, tzinfo=VIETNAM)
NEW = datetime(2025, 7, 1, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("rule", "url", "number", "published", "holds"),
    [
        (Inherited(paper="loser", before=MERGED), "/a-1.html", "1", OLD, True),
        (Inherited(paper="loser", before=MERGED), "/a-1.html", "1", NEW, False),
        (Inherited(paper="loser", before=MERGED), "/a-1.html", "1", None, False),
        (Inherited(paper="loser", url="/bbt/"), "/bbt/a-1.html", "1", NEW, True),
        (Inherited(paper="loser", url="/bbt/"), "/a-1.html", "1", OLD, False),
        (Inherited(paper="loser", ids=(80, 150)), "/a-80.html", "80", None, True),
        (Inherited(paper="loser", ids=(80, 150)), "/a-151.html", "151", OLD, False),
        (Inherited(paper="loser", ids=(80, 150)), "/a-x.html", "1a2b3c4", OLD, False),
        (Inherited(paper="loser", ids=(80, 150), before=MERGED), "/a-90.html", "90", NEW, False),
    ],
)
def test_an_article_is_the_merged_papers_where_every_condition_holds(
    rule: Inherited, url: str, number: str, published: datetime | None, holds: bool
) -> None:
    read = article(f"https://winner.example{url}", number, published)
    winner = site("winner", inherited=(rule,))
    assert winner.attributed(read).paper == ("loser" if holds else None)


def test_an_old_address_that_leads_to_the_new_host_names_the_old_paper() -> None:
    read = article("https://winner.example/a-1.html", "1", NEW)
    winner, loser = site("winner"), site("loser", merged_into="winner")
    assert winner.attributed(read, loser).paper == "loser"
    assert winner.attributed(read, winner).paper is None


def test_companions_are_those_merged_into_and_those_inherited_from() -> None:
    own = (Inherited(paper="c", before=MERGED), Inherited(paper="nowhere", before=MERGED))
    register = Register(
        [
            site("a", merged_into="b"),
            site("b", merged_into="d", inherited=own),
            site("c"),
            site("d"),
            site("e"),
        ]
    )
    a, b = register.get("a"), register.get("b")
    assert [s.key for s in register.companions([a])] == ["b", "d"]
    assert [s.key for s in register.companions([b])] == ["c", "d"]
    assert [s.key for s in register.companions([a, b])] == ["c", "d"]
    assert register.companions([register.get("e")]) == ()


def test_ids_of_several_numberings_are_kept_apart() -> None:
    paper = site(
        "paper",
        article_url=r"/(?P<ym>20\d{4})/[^/]+-(?P<id>[0-9a-f]{7})/$",
        legacy_article_urls=(r"/(?P<id>\d+)/[^/]+\.htm$", r"-(?P<old_id>\d+)\.html$"),
    )
    keys = {
        "/kinh-te/202607/vai-thieu-1a2b3c4/": "paper:202607-1a2b3c4",
        "/xa-hoi/202608/na-dai-1a2b3c4/": "paper:202608-1a2b3c4",
        "/77/na-dai.htm": "paper:77",
        "/na-dai-77.html": "paper:old-77",
    }
    assert {path: paper.key_of(f"https://paper.example{path}") for path in keys} == keys
    dates = [d.raw for d in paper.address_dates("https://paper.example/x/202607/a-1a2b3c4/")]
    assert dates == ["202607"]


SITE_FILE = """
from baolangson_crawler.families.portal import PortalPage
from baolangson_crawler.sites.base import Inherited, Listing, Site

SITE = Site(key="{key}", name="Báo {key}", province="Thử", domains=("{key}.example",),
    sources=(Listing("http://{key}.example/", links="h2 a"),), {more}
    article_url=r"-(?P<id>\\d+)\\.html$", pages=(PortalPage,), verified="own")
"""
PAGE = """<html><body><div id="module-news-detail"><h1 class="news-title">Bài {n}</h1>
<div class="news-date">21-07-2024 08:54</div><div class="news-content"><p>Nội dung bài {n}, do
phóng viên báo cũ viết về phiên chợ đầu tuần của xã.</p></div><div class="news-related"><ul><li>
<a href="http://winner.example/khac-99.html">Bài khác</a></li></ul></div></div></body></html>"""


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "sites"
    folder.mkdir()
    merged = 'merged_into="winner", status="archive",'
    inherits = 'inherited=(Inherited(paper="loser", ids=(1, 9)),),'
    for key, more in (("loser", merged), ("winner", inherits)):
        text = SITE_FILE.format(key=key, more=more)
        (folder / f"{key}.py").write_text(text, encoding="utf-8")
    return folder


def crawl(
    tmp_path: Path, papers: Path, key: str, more: dict[str, Answer] | None = None
) -> tuple[dict[str, int], list[str]]:
    listed = b'<html><body><h2><a href="/cho-phien-7.html">B</a></h2></body></html>'
    pages = {
        "http://loser.example/": Answer(listed, headers=HTML),
        "http://winner.example/": Answer(listed, headers=HTML),
        "http://loser.example/cho-phien-7.html": Answer(
            b"", 301, {"Location": "http://winner.example/cho-phien-77.html"}
        ),
        "http://winner.example/cho-phien-77.html": Answer(PAGE.format(n=77).encode(), headers=HTML),
        "http://winner.example/cho-phien-7.html": Answer(PAGE.format(n=7).encode(), headers=HTML),
        **(more or {}),
    }
    with Proxy(pages.get, tmp_path) as proxy:
        done = run_command(
            *("crawl", key, "--site", str(papers), "--delay", "0", "--json"),
            *("--archive", str(tmp_path / "articles.db")),
            env=proxy.environment,
        )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["sites"][0], proxy.urls()


def test_a_redirected_old_address_is_stored_once_and_attributed(
    tmp_path: Path, papers: Path
) -> None:
    report, asked = crawl(tmp_path, papers, "loser")
    assert report["new"] == 1
    assert not any(url.endswith("khac-99.html") for url in asked)  # the other paper is not crawled
    db = open_reading(tmp_path / "articles.db")
    rows = db.execute("SELECT key, site, paper FROM article").fetchall()
    aliases = db.execute("SELECT url FROM alias ORDER BY url").fetchall()
    db.close()
    assert rows == [("winner:77", "winner", "loser")]
    assert [url for (url,) in aliases] == [
        "http://loser.example/cho-phien-7.html",
        "http://winner.example/cho-phien-77.html",
    ]
    report, asked = crawl(tmp_path, papers, "loser")
    assert (report["new"], report["known"]) == (0, 1)


def test_an_inherited_article_is_found_and_exported_under_its_own_paper(
    tmp_path: Path, papers: Path
) -> None:
    crawl(tmp_path, papers, "winner")
    archive = str(tmp_path / "articles.db")
    for key, lines in (("loser", 1), ("winner", 0)):
        done = run_command("export", "csv", "--archive", archive, "--paper", key)
        assert done.stdout.count("winner:7,winner,loser,Báo loser") == lines, done.stdout
    found = run_command("search", "phiên chợ", "--archive", archive, "--paper", "loser", "--json")
    assert [hit["paper"] for hit in json.loads(found.stdout)["hits"]] == ["loser"]
    counts = json.loads(run_command("status", "--archive", archive, "--json").stdout)["sites"]
    assert {site["key"]: site["articles"] for site in counts} == {"loser": 1, "winner": 0}


@pytest.mark.parametrize("order", [("loser", "winner"), ("winner", "loser")])
def test_the_order_of_crawls_does_not_change_who_wrote_it(
    tmp_path: Path, papers: Path, order: tuple[str, str]
) -> None:
    # the winner lists the article too, under an id that is not among those it inherited
    listed = b'<html><body><h2><a href="/cho-phien-77.html">B</a></h2></body></html>'
    for key in order:
        crawl(tmp_path, papers, key, {"http://winner.example/": Answer(listed, headers=HTML)})
    db = open_reading(tmp_path / "articles.db")
    rows = db.execute("SELECT key, paper FROM article").fetchall()
    db.close()
    assert rows == [("winner:77", "loser")]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('merged_into="nobody",', "there is no paper 'nobody'"),
        ('inherited=(Inherited(paper="nobody", ids=(1, 9)),),', "there is no paper 'nobody'"),
        ('inherited=(Inherited(paper="loser"),),', "has no condition"),
        ('inherited=(Inherited(paper="loser", before="2025-07-01"),),', "before a date"),
        ('inherited=(Inherited(paper="loser", ids=(600,)),),', "first and the last number"),
        ('inherited=Inherited(paper="loser", ids=(1, 9)),', "inherited must be a tuple"),
        ('legacy_article_urls="-x",', "legacy_article_urls must be a tuple"),
        ('status="livee",', "status must be one of live, archive, unknown"),
        ("former_province=7,", "former_province must be a text"),
    ],
)
def test_a_mistake_about_mergers_is_told_before_anything_is_fetched(
    tmp_path: Path, papers: Path, more: str, said: str
) -> None:
    text = SITE_FILE.format(key="winner", more=more)
    (papers / "winner.py").write_text(text, encoding="utf-8")
    done = run_command("crawl", "loser", "--site", str(papers), "--archive", str(tmp_path / "a.db"))
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def first_schema(path: Path) -> None:
    db = Database(path)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    migrations.apply(db, stop_before="m003_papers_and_findings")
    db.executescript("""
        INSERT INTO site VALUES ('old', 'Báo Cũ', 'Thử', NULL, '[]', 'portal', 'own');
        INSERT INTO article (key, site, title, language, url, canonical_url, layout, word_count,
            image_count, version_count, first_seen_at, last_seen_at)
        VALUES ('old:1', 'old', 'Bài', 'vi', 'u', 'u', 'portal', 1, 0, 0, 't', 't');
    """)
    db.close()


def test_an_archive_of_the_first_schema_is_upgraded_and_nothing_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "articles.db"
    first_schema(path)
    refused = run_command("export", "csv", "--archive", str(path))
    assert refused.returncode == 1
    assert f"baolangson upgrade --archive {path}" in refused.stderr
    assert run_command("upgrade", "--archive", str(path)).returncode == 0
    db = open_reading(path)
    rows = db.execute("SELECT key, site, paper FROM article").fetchall()
    db.close()
    assert rows == [("old:1", "old", "old")]
    assert "up to date" in run_command("upgrade", "--archive", str(path)).stdout
