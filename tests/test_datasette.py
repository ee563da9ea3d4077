"""The archive in Datasette: what is found, what is shown, and what cannot do harm."""

import asyncio
import html
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote, quote_plus

import httpx
import pytest
import yaml
from click.testing import CliRunner

from baolangson_crawler.cli import serve as serve_command
from baolangson_crawler.datasette_plugin import functions, make_datasette, prepare_connection
from baolangson_crawler.datasette_plugin.archives import leads_to_archive
from baolangson_crawler.datasette_plugin.metadata import metadata
from baolangson_crawler.exceptions import CrawlerError

ROOT = Path(__file__).parent.parent
SCRIPT = "<script>alert('đọc')</script>"
HOSTILE = [
    "",
    " ",
    '"',
    '""',
    '"""',
    "'",
    "*",
    "a*",
    "^a",
    "-a",
    "a OR",
    "AND",
    "NOT a",
    "NEAR(a b, 5)",
    "title:a",
    "{title body}: a",
    "(",
    ")",
    "a + b",
    "\x00",
    "a\x00b",
    "😀",
    "😀 😀",
    "․․․",
    "\u0301",
    "한국",
    "%",
    "\\",
    ";drop table article;--",
    "“đảng ủy”",
    "a " * 5000,
]


@pytest.fixture(scope="session")
def demo_archive(tmp_path_factory) -> Path:
    """An archive with the demo papers; to be copied, not changed."""
    path = tmp_path_factory.mktemp("demo") / "articles.db"
    done = subprocess.run(
        [sys.executable, "-m", "baolangson_crawler", "demo", "--articles", "30", "--archive", path],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return path


@pytest.fixture(scope="session")
def archive(demo_archive, tmp_path_factory) -> Path:
    """The same with a hostile title, a change, a held page and articles on Lạng Sơn."""
    path = tmp_path_factory.mktemp("datasette") / "articles.db"
    shutil.copy(demo_archive, path)
    with closing(sqlite3.connect(path)) as conn, conn:
        _retell(conn, 1, SCRIPT, "javascript:alert(1)\n\n<b>đậm</b>")
        _retell(conn, 2, "Khai mạc lễ hội ở Lạng Sơn", "Đường về Lạng Sơn đông vui.")
        _retell(conn, 3, "Đảng uỷ xã họp", "Đảng uỷ xã bàn việc.")
        _retell(conn, 4, "Đảng ủy phường họp", "Đảng ủy phường bàn việc.")
        _retell(conn, 5, "Nhà họ Dương", "Gia đình họ Dương.")
        conn.execute("UPDATE article SET version_count = 2 WHERE id = 2")
        conn.execute("UPDATE article SET url = 'javascript:alert(1)' WHERE id = 3")
        conn.execute(
            "INSERT INTO held (url_id, site, reason, detail, fetch_id, held_at) "
            "SELECT url_id, url.site, 'layout_not_recognised', ?, fetch.id, fetch.fetched_at "
            "FROM fetch JOIN url ON url.id = url_id LIMIT 1",
            (SCRIPT,),
        )
    return path


def _retell(conn: sqlite3.Connection, number: int, title: str, body: str) -> None:
    conn.execute("UPDATE article SET title = ? WHERE id = ?", (title, number))
    conn.execute(
        "UPDATE version SET title = ?, dateline = NULL, lead = NULL, lead_in_body = 0, body = ?, "
        "subheads = '[]' WHERE id = (SELECT version_id FROM article WHERE id = ?)",
        (title, body, number),
    )
    for index in ("article_fts", "article_fts_exact"):
        conn.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")


class Pages:
    """Asks one Datasette for pages, in one event loop."""

    def __init__(self, datasette):
        self.datasette = datasette
        self.loop = asyncio.new_event_loop()
        self.loop.run_until_complete(datasette.invoke_startup())

    def __call__(self, path: str) -> httpx.Response:
        return self.loop.run_until_complete(self.datasette.client.get(path))

    def titles(self, path: str) -> list[str]:
        response = self(path)
        assert response.status_code == 200, path
        return [row["title"] for row in response.json()]

    def close(self):
        for database in self.datasette.databases.values():
            database.close()
        self.datasette.executor.shutdown()
        self.loop.run_until_complete(self.loop.shutdown_asyncgens())
        self.loop.close()


@contextmanager
def pages_of(datasette):
    pages = Pages(datasette)
    try:
        yield pages
    finally:
        pages.close()


@pytest.fixture(scope="module")
def get(archive):
    with pages_of(make_datasette(archive)) as pages:
        yield pages


# --- pages ---


def test_the_front_page_names_the_archive_in_both_languages(get):
    text = get("/").text
    assert "Kho báo chí địa phương" in text
    assert "/articles" in text


def test_the_article_table_has_labels_and_facets(get):
    text = get("/articles/article").text
    assert "Báo Núi Xanh" in text  # the label of a site, not its key alone
    for name in ("site", "section", "published_year"):
        assert f'id="facet-{name.replace("_", "-")}"' in text or f'data-column="{name}"' in text
    assert len(re.findall('class="facet-info ', text)) == 3
    assert "facets-timed-out" not in text
    assert get.datasette.databases["articles"].is_mutable  # not immutable: a crawl may write


def test_facets_select(get):
    everything = get("/articles/article.json?_facet=site").json()
    counts = {f["value"]: f["count"] for f in everything["facet_results"]["site"]["results"]}
    assert counts == {"baodongxanh": 30, "baonuixanh": 30, "dangkhoi": 30}
    one = get("/articles/article.json?site=dangkhoi").json()
    assert one["filtered_table_rows_count"] == 30


def test_articles_come_newest_first(get):
    rows = get("/articles/article.json?_shape=array&_size=max").json()
    moments = [row["published_at"] for row in rows]
    assert moments == sorted(moments, reverse=True)


@pytest.mark.parametrize("table", metadata("articles")["databases"]["articles"]["tables"])
def test_every_table_and_view_is_shown_with_its_description(get, table):
    response = get(f"/articles/{table}")
    assert response.status_code == 200
    told = metadata("articles")["databases"]["articles"]["tables"][table]
    assert html.escape(told["description"], quote=True) in response.text.replace("&#39;", "&#x27;")


def test_internal_tables_are_hidden(get):
    told = get("/articles.json").json()
    shown = {table["name"] for table in told["tables"] if not table["hidden"]}
    assert "article" in shown
    assert not [name for name in shown if "fts" in name or name.startswith(("_", "sqlite"))]


@pytest.mark.parametrize("query", metadata("articles")["databases"]["articles"]["queries"])
@pytest.mark.parametrize("value", ["", "lang son", '"', "dangkhoi"])
def test_queries_answer_whatever_is_asked(get, query, value):
    response = get(f"/articles/{query}?words={quote(value)}&paper={quote(value)}")
    assert response.status_code == 200
    assert "message-error" not in response.text


def test_queries_find(get):
    found = get("/articles/search.json?words=lang+son&_shape=array").json()
    assert found[0]["title"] == "Khai mạc lễ hội ở Lạng Sơn"
    assert "[Lạng] [Sơn]" in found[0]["excerpt"]
    assert 'href="/articles/article/2">Khai mạc' in get("/articles/search?words=lang+son").text
    assert get.titles("/articles/changed.json?_shape=array") == ["Khai mạc lễ hội ở Lạng Sơn"]
    held = get("/articles/held_pages.json?_shape=array").json()
    assert [row["detail"] for row in held] == [SCRIPT]
    months = get("/articles/by_month.json?paper=dangkhoi&_shape=array").json()
    assert sum(row["articles"] for row in months) == 30
    newest = get("/articles/newest.json?paper=dangkhoi&_shape=array").json()
    assert {row["paper"] for row in newest} == {"Đảng ủy Khối các cơ quan tỉnh"}


def test_exact_search_keeps_the_marks(get):
    exact = get.titles(f"/articles/search_exact.json?words={quote('Dương')}&_shape=array")
    assert "Nhà họ Dương" in exact
    assert "Khai mạc lễ hội ở Lạng Sơn" not in exact  # it has đường


# --- search ---


@pytest.mark.parametrize("table", ["article", "article_text", "article_as_printed"])
def test_search_needs_no_marks(get, table):
    def found(words):
        address = f"/articles/{table}.json?_shape=array&_size=max&_search={quote_plus(words)}"
        return set(get.titles(address))

    assert "Khai mạc lễ hội ở Lạng Sơn" in found("lang son")
    assert {"Đảng uỷ xã họp", "Đảng ủy phường họp"} <= found("đảng uỷ")
    assert found("đảng uỷ") == found("ĐẢNG ỦY") == found("dang uy") == found("DANG UY")
    assert {"Nhà họ Dương", "Khai mạc lễ hội ở Lạng Sơn"} <= found("duong")
    assert found('"lễ hội ở lạng sơn"') == found("“le hoi o lang son”")
    assert "Khai mạc lễ hội ở Lạng Sơn" not in found('"sơn lạng"')


@pytest.mark.parametrize("words", HOSTILE, ids=lambda words: ascii(words[:20]))
def test_no_search_is_an_error(get, words):
    for table in ("article", "article_text"):
        response = get(f"/articles/{table}?_search={quote(words)}&_size=1")
        assert response.status_code == 200
        assert "message-error" not in response.text
    assert get(f"/articles/search.json?words={quote(words)}").status_code == 200
    assert get(f"/articles/search_exact.json?words={quote(words)}").status_code == 200


def test_a_search_for_nothing_shows_everything(get):
    for query in ("_search=", "_search=&site=dangkhoi", "site=dangkhoi&_search=+"):
        count = get(f"/articles/article.json?{query}").json()["filtered_table_rows_count"]
        assert count == (30 if "site" in query else 90)


def test_functions():
    assert functions.escape_fts('Đảng ủy "Lạng Sơn"') == '"dang" AND "uy" AND "lang son"'
    assert functions.escape_fts("한국") == '"한국"'
    assert functions.escape_fts(None) == functions.escape_fts(b"\xff") == '""'
    assert functions.escape_fts(2020) == '"2020"'
    assert functions.exact_fts("Đường 19-5") == '"Đường" AND "19" AND "5"'
    assert functions.exact_fts("…") == '""'
    assert functions.fold("Đảng ủy") == "dang uy"
    assert functions.fold(None) is None
    assert functions.excerpt("Một hai ba", "HAI") == "Một [hai] ba"


def test_fold_in_sql(get):
    address = (
        f"/articles.json?_shape=array&sql={quote('select fold(title) t from article where id=4')}"
    )
    assert get(address).json() == [{"t": "dang uy phuong hop"}]


# --- text ---


def test_an_article_is_a_page_to_read(get):
    with closing(sqlite3.connect(get.datasette.databases["articles"].path)) as conn:
        number, dateline, body = conn.execute(
            "SELECT article.id, dateline, body FROM article JOIN version "
            "ON version.id = version_id WHERE dateline IS NOT NULL AND EXISTS (SELECT 1 FROM image "
            "WHERE image.version_id = version.id AND caption IS NOT NULL) LIMIT 1"
        ).fetchone()
    text = html.unescape(get(f"/articles/article/{number}").text)
    shown = text.split('class="archive-article"')[1].split("</article>")[0]
    assert f"{dateline} - " in shown
    assert "archive-caption" in shown
    positions = [shown.index(paragraph) for paragraph in body.split("\n\n")]
    assert positions == sorted(positions)


def test_the_page_of_an_unknown_article_is_missing(get):
    assert get("/articles/article/999999").status_code == 404
    assert get("/articles/article/x").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/articles/article",
        "/articles/article/1",
        "/articles/version",
        "/articles/version/1",
        "/articles/article_text?id=1",
        "/articles/article_as_printed?id=1",
        "/articles/article_folded?id=1",
        "/articles/newest?paper=",
        "/articles/held",
        "/articles/held_pages",
        "/articles/article?_search=alert",
        "/articles/search?words=alert",
        "/articles/article?title=" + quote(SCRIPT),
        "/articles/article?_facet=title&_search=alert",
        "/articles/article?_search=" + quote(SCRIPT),
        "/articles/search?words=" + quote(SCRIPT),
    ],
)
def test_a_script_is_shown_as_text(get, path):
    text = get(path).text
    assert "<script>alert" not in text
    assert "<b>đậm" not in text


def test_paragraphs_are_kept_in_cells(get):
    text = get("/articles/version?article_id=1").text
    assert 'class="archive-text">javascript:alert(1)\n\n&lt;b&gt;đậm&lt;/b&gt;</div>' in text


def test_only_addresses_of_the_web_become_links(get):
    text = get("/articles/article").text + get("/articles/article/3").text
    targets = set(re.findall(r'href="([^"]*)"', text))
    assert any(target.startswith("http://baonuixanh.example/") for target in targets)
    assert not [t for t in targets if t.startswith(("javascript", "data"))]
    assert "javascript:alert(1)" in text


def test_the_style_sheet_is_served(get):
    address = re.search(r'href="([^"]*archive\.css)"', get("/articles/article").text).group(1)
    assert get(address).headers["content-type"].startswith("text/css")


# --- protection ---


@pytest.mark.parametrize(
    "path", ["/", "/articles", "/articles/article", "/articles/nope", "/x.json"]
)
def test_every_answer_carries_the_headers(get, path):
    headers = get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert "unsafe" not in policy["script-src"]
    assert policy["object-src"] == policy["frame-ancestors"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/articles/article", "/articles", "/articles?sql=select+1", "/"])
def test_datasettes_own_scripts_are_allowed_by_digest(get, path):
    from baolangson_crawler.datasette_plugin.protection import _digest

    response = get(path)
    scripts = re.findall(r"<script>(.*?)</script>", response.text, re.DOTALL)
    assert scripts
    for script in scripts:
        assert _digest(script) in response.headers["content-security-policy"]


def test_robots_are_kept_away(get):
    response = get("/robots.txt")
    assert response.text == "User-agent: *\nDisallow: /\n"
    assert response.headers["content-type"].startswith("text/plain")


def test_captures_are_downloads_only(get):
    page = get("/articles/capture/1").text
    assert "&lt;Binary:&nbsp;" in page
    response = get("/articles/capture/1.blob?_blob_column=body")
    assert response.headers["content-type"] == "application/binary"
    assert response.headers["content-disposition"].startswith("attachment")
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.content[:4] == b"\x28\xb5\x2f\xfd"  # still packed
    assert get("/articles.db").status_code == 403


# --- other names, other databases ---


def test_an_archive_of_another_name(archive, tmp_path):
    other = tmp_path / "báo của tôi.db"
    shutil.copy(archive, other)
    with pages_of(make_datasette(other)) as get:
        address = get.datasette.urls.table("báo của tôi", "article")
        text = get(str(address) + "?_search=lang+son").text
        assert "Lạng Sơn" in text
        assert "facet-info" in text


def test_other_databases_are_left_alone(archive, tmp_path):
    from datasette.app import Datasette

    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("CREATE TABLE article (id INTEGER PRIMARY KEY, title TEXT, body TEXT)")
        conn.execute("INSERT INTO article VALUES (1, 'Đường', 'x')")
    with pages_of(Datasette([str(path)])) as get:
        response = get("/other/article/1")
        assert "archive-article" not in response.text
        assert "archive.css" not in response.text
        assert '/other/article/1">Đường' not in get("/other/article").text
        assert "content-security-policy" not in response.headers
        assert get("/robots.txt").status_code == 404
        assert get("/other?sql=select+fold('a')").status_code == 400
    with pages_of(Datasette([str(path), str(archive)])) as get:
        sql = quote("select escape_fts('Đường phố') q")
        assert get(f"/other.json?_shape=array&sql={sql}").json() == [{"q": '"Đường" "phố"'}]
        assert get(f"/articles.json?_shape=array&sql={sql}").json() == [{"q": '"duong" AND "pho"'}]


def test_a_file_that_is_no_database_is_datasettes_to_report(tmp_path):
    path = tmp_path / "broken.db"
    path.write_bytes(b"no database at all" * 100)
    with closing(sqlite3.connect(path)) as conn:
        assert not leads_to_archive(conn)
        prepare_connection(conn)


def test_the_metadata_file_is_what_datasette_needs():
    told = yaml.safe_load((ROOT / "archive" / "metadata.yml").read_text(encoding="utf-8"))
    assert told == metadata("articles")


# --- serve ---


@contextmanager
def serving(*command):
    """A server process and its first line; killed if it does not end by itself."""
    with subprocess.Popen(
        [*map(str, command)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def fetch(url: str) -> str:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(url, timeout=10) as response:
        return response.read().decode()


BAOLANGSON = (sys.executable, "-m", "baolangson_crawler")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_until_a_signal(archive, number):
    started = time.monotonic()
    with serving(*BAOLANGSON, "serve", "--port", "0", "--archive", archive) as process:
        line = process.stdout.readline()
        assert time.monotonic() - started < 3
        url = re.search(r"http://127\.0\.0\.1:\d+/", line).group()
        assert "Lạng Sơn" in fetch(url + "articles/article?_search=lang+son")
        with closing(sqlite3.connect(archive, timeout=10)) as writer, writer:
            writer.execute("UPDATE crawl SET command = command || ' '")  # a crawl goes on meanwhile
        with socket.create_connection(("127.0.0.1", int(url.split(":")[2][:-1])), timeout=5):
            process.send_signal(number)
            out, err = process.communicate(timeout=15)
        assert (process.returncode, out, err) == (0, "", "")


def test_serve_says_that_the_port_is_in_use(archive):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [*BAOLANGSON, "serve", "--port", str(port), "--archive", archive],
            capture_output=True,
            text=True,
            timeout=20,
        )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert f"127.0.0.1:{port}" in done.stderr
    assert "--port" in done.stderr


def test_serve_says_what_is_missing(archive, tmp_path, monkeypatch):
    arguments = ["--archive", str(tmp_path / "none.db")]
    failed = CliRunner().invoke(serve_command.command, arguments)
    assert "There is no archive" in str(failed.exception)
    monkeypatch.setattr(serve_command, "find_spec", lambda name: None)
    failed = CliRunner().invoke(serve_command.command, ["--archive", str(archive)])
    assert isinstance(failed.exception, CrawlerError)
    assert "pip install" in str(failed.exception)


def test_serve_warns_of_an_open_address(capsys):
    for host in ("127.0.0.1", "::1", "localhost", "0.0.0.0"):
        serve_command._tell(host, 8001)
    out, err = capsys.readouterr()
    assert "http://[::1]:8001/" in out
    assert err.count("Whoever reaches") == 1
    with pytest.raises(CrawlerError, match=r"Cannot listen on 192\.0\.2\.1:0: "):
        serve_command.listening("192.0.2.1", 0)  # reserved for documentation, never ours


def test_datasette_alone_serves_the_archive(archive):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    tool = Path(sys.executable).with_name("datasette")
    metadata_file = ROOT / "archive" / "metadata.yml"
    with serving(tool, archive, "-m", metadata_file, "-p", port) as process:
        for line in process.stderr:
            if "running on" in line:
                break
        text = fetch(f"http://127.0.0.1:{port}/articles/article?_search=%C4%91ang+uy")
        assert "Đảng uỷ xã họp" in text
        assert len(re.findall('class="facet-info ', text)) == 3
        assert fetch(f"http://127.0.0.1:{port}/robots.txt").endswith("Disallow: /\n")
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=15)
