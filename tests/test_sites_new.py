"""``baolangson sites new``: a site file from one page, or from the name of a layout."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from conftest import run_command
from test_sites_check import HOME, STRANGE, UNKNOWN

from baolangson_crawler.cli import main
from baolangson_crawler.cli.sites.draft import family_pages, guess_pattern, site_text
from baolangson_crawler.demo import DONG_XANH, PAPERS, DemoPaper, DemoServer, story
from baolangson_crawler.demo.routes import answer
from baolangson_crawler.families.portal import PortalPage
from baolangson_crawler.sites import Feed, Listing, Site, Sitemap, load_sites

PAGE = """<html><head><link rel="canonical" href="http://paper.example/bai-10001.html">
<meta property="og:site_name" content="Báo Thử Nghiệm">
<link rel="alternate" type="application/rss+xml" href="/rss/moi.rss"></head><body>
<div id="module-news-detail"><div class="breadcrumb"><a href="/tin/">Tin tức</a></div>
<h1 class="news-title">Một tiêu đề</h1><div class="news-date">21-07-2020 08:54</div>
<div class="news-content"><p>Đoạn một của bài, dài hơn một dòng cho rõ ràng.</p>
<p>Đoạn hai của bài, cũng dài hơn một dòng cho rõ ràng.</p></div></div></body></html>"""


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.key)
def test_the_family_is_recognised_by_a_saved_page(paper: DemoPaper, tmp_path: Path) -> None:
    told = story(paper, 2)
    page = tmp_path / "page.html"
    page.write_bytes(answer(paper, urlsplit(told.url).path).body)
    done = run_command(
        *("sites", "new", "mypaper", "--domain", paper.host, "--folder", str(tmp_path)),
        *("--from", str(page), "--url", told.url),
    )
    assert done.returncode == 0, done.stderr
    file = tmp_path / "mypaper.py"
    site = load_sites([file], environment=False).get("mypaper")
    assert (site.family, site.article_id(told.url)) == (paper.family, told.article_id)
    assert site.extract(page.read_text(encoding="utf-8"), told.url).title == told.title
    assert_formatted(file)


def test_a_site_file_is_written_from_an_address_and_passes_the_check(tmp_path: Path) -> None:
    told = story(DONG_XANH, 2)
    new = ("sites", "new", "mypaper", "--domain", DONG_XANH.host, "--folder", str(tmp_path))
    with DemoServer([DONG_XANH]) as server:
        env = {"http_proxy": server.proxy_url}
        done = run_command(*new, "--from", told.url, env=env)
        assert done.returncode == 0, done.stderr
        file = tmp_path / "mypaper.py"
        check = f"sites check {told.url} --site {file}"
        assert f"baolangson {check}" in done.stdout
        done = run_command(*check.split(), env=env)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "layout fck (FckPage) recognises the page" in done.stdout

        before = file.read_bytes()
        done = run_command(*new, "--from", told.url, env=env)
    assert (done.returncode, file.read_bytes()) == (1, before)
    assert "nothing is overwritten" in done.stderr


def test_a_site_file_says_what_the_page_says_of_the_paper(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    done = run_command(
        *("sites", "new", "paper", "--domain", "paper.example", "--from", str(page)),
        env={"BAOLANGSON_SITES": str(tmp_path)},
    )
    assert done.returncode == 0, done.stderr
    assert "--site" not in done.stdout  # its folder is known
    (site,) = load_sites([tmp_path / "paper.py"], builtin=False, environment=False)
    assert site.name == "Báo Thử Nghiệm"
    assert site.sources == (
        Feed(f"{HOME}/rss/moi.rss"),
        Listing(f"{HOME}/tin/"),
        Listing(f"{HOME}/"),
    )
    assert site.article_id(f"{HOME}/bai-10001.html") == "10001"


def test_a_page_that_no_family_reads_is_left_to_the_generic_reader(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(UNKNOWN, encoding="utf-8")
    done = run_command(
        *("sites", "new", "paper", "--domain", "paper.example", "--from", str(page)),
        *("--url", f"{HOME}/bai-10001.html", "--folder", str(tmp_path)),
    )
    assert done.returncode == 0, done.stderr
    assert "The generic reader does" in done.stdout
    (site,) = load_sites([tmp_path / "paper.py"], builtin=False, environment=False)
    assert site.extract(UNKNOWN, f"{HOME}/bai-10001.html").title == "Chợ phiên xã Thử họp lại"
    assert_formatted(tmp_path / "paper.py")


def test_a_page_that_nothing_reads_makes_no_file(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(STRANGE, encoding="utf-8")
    done = run_command(
        *("sites", "new", "paper", "--domain", "paper.example", "--from", str(page)),
        *("--url", f"{HOME}/bai-1.html", "--folder", str(tmp_path)),
    )
    assert done.returncode == 1
    assert "no family reads" in done.stderr
    assert not (tmp_path / "paper.py").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["x", "--domain", "x.vn"], "--from"),
        (["x", "--domain", "x.vn", "--family", "nope"], "No layout 'nope'"),
        (["x", "--domain", "x.vn", "--from", "https://other.vn/a-123.html"], "none of x.vn"),
        (["x", "--domain", "x.vn", "--from", "nothing.html"], "no file"),
        (["x", "--domain", "baocantho.com.vn", "--family", "fck"], "baocantho"),
        (["baocantho", "--domain", "x.vn", "--family", "fck"], "baocantho"),
        (["X-1", "--domain", "x.vn", "--family", "fck"], "lower-case"),
        (["x", "--domain", "[::1", "--family", "fck"], "no host name"),
        (["x", "--domain", "x.vn", "--from", "http://[::1/x"], "is no address"),
        (["x", "--domain", "not a host", "--family", "fck"], "no host name"),
        (["x", "--domain", "x.vn", "--family", "fck", "--article-url", "("], "no regex"),
    ],
)
def test_a_site_that_cannot_be_is_told_and_not_written(
    arguments: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BAOLANGSON_SITES", raising=False)
    with pytest.raises(SystemExit) as left:
        main(["sites", "new", *arguments])
    assert left.value.code == 1
    assert said in " ".join(capsys.readouterr().err.split())
    assert list(tmp_path.rglob("*.py")) == []


NEW = ("--domain", "x.example", "--family", "fck")


@pytest.mark.parametrize(
    "odd", ["line\nbreak", "a\rb", "tab\t", "nul\u2028", "both '\"", "emoji \U0001f600\n", "\udcff"]
)
def test_odd_letters_are_written_so_that_the_file_loads(odd: str, tmp_path: Path) -> None:
    arguments = ("--name", odd, "--province", odd, "--article-url", odd, "--folder", str(tmp_path))
    main_with("sites", "new", "mypaper", *NEW, *arguments)
    (site,) = load_sites([tmp_path / "mypaper.py"], builtin=False, environment=False)
    assert (site.name, site.province, site.article_url) == (odd, odd, odd)


def test_a_text_that_would_not_load_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("baolangson_crawler.cli.sites.draft.site_text", lambda site: "SITE = (")
    folder = tmp_path / "papers"
    assert main_with("sites", "new", "mypaper", *NEW, "--folder", str(folder)) == 1
    assert "SyntaxError" in capsys.readouterr().err
    assert not folder.exists()


def test_a_paper_of_the_same_folder_is_known(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "setup.py").write_text("raise SystemExit('never run')\n", encoding="utf-8")
    folder = ("--folder", str(tmp_path))
    assert main_with("sites", "new", "one", *NEW, *folder) == 0
    assert main_with("sites", "new", "two", *NEW, *folder) == 1
    assert str(tmp_path / "one.py") in capsys.readouterr().err
    assert not (tmp_path / "two.py").exists()


def test_a_folder_of_the_environment_is_made_where_it_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "papers"
    monkeypatch.setenv("BAOLANGSON_SITES", str(folder))
    assert main_with("sites", "new", "mypaper", *NEW) == 0
    assert "--site" not in capsys.readouterr().out  # its folder is known
    assert "mypaper" in load_sites()


def main_with(*arguments: str) -> int:
    """The exit code of a command that runs in this process."""
    with pytest.raises(SystemExit) as left:
        main(list(arguments))
    assert isinstance(left.value.code, int)
    return left.value.code


def test_without_a_page_the_form_of_addresses_is_that_of_the_family(tmp_path: Path) -> None:
    done = run_command(
        *("sites", "new", "mypaper", "--domain", "mypaper.example", "--family", "fck"),
        *("--name", 'Báo "Tôi"', "--province", "Đồng Xanh", "--folder", str(tmp_path)),
    )
    assert done.returncode == 0, done.stderr
    (site,) = load_sites([tmp_path / "mypaper.py"], builtin=False, environment=False)
    assert site.name == 'Báo "Tôi"'
    assert site.article_id("https://mypaper.example/mot-bai-a123.html") == "123"
    assert_formatted(tmp_path / "mypaper.py")


@pytest.mark.parametrize(
    ("url", "article_id"),
    [
        ("https://x.vn/mot-bai-viet-a196670.html", "196670"),
        ("https://x.vn/mot-bai-viet-post404649.html", "404649"),
        ("https://x.vn/chinh-tri/mot-bai-viet-5071654.html", "5071654"),
        ("https://x.vn/mot-bai-viet-postid12345.bbg", "12345"),
        ("https://x.vn/kinh-te/202607/mot-bai-viet-1a2b3c4/", "202607-1a2b3c4"),
        ("https://x.vn/mot-bai-viet-179221223180348340.htm", "179221223180348340"),
        ("https://x.vn/21/207555/Mot_bai_viet.htm", "207555"),
        ("https://x.vn/viewer.aspx?macm=1&mabb=334455", "334455"),
        ("https://x.vn/tin-tuc/mot-bai-viet-khong-so.html", None),
        ("https://x.vn/le-hoi-hoa-ban-2026.html", None),
    ],
)
def test_the_form_of_addresses_is_guessed_from_one(url: str, article_id: str | None) -> None:
    pattern = guess_pattern(url)
    assert pattern is not None
    site = Site(
        key="x",
        name="X",
        province="X",
        domains=("x.vn",),
        sources=(Listing("https://x.vn/"),),
        article_url=pattern,
        pages=(PortalPage,),
    )
    assert (site.is_article(url), site.article_id(url)) == (True, article_id)
    assert not site.is_article("https://x.vn/")
    assert not site.is_article("https://x.vn/kinh-te/")
    assert_formatted_text(site_text(site))


def test_no_form_is_guessed_where_there_is_none() -> None:
    assert guess_pattern("https://x.vn/kinh-te/") is None
    assert guess_pattern("https://x.vn/") is None


def test_the_written_file_holds_the_site(tmp_path: Path) -> None:
    wanted = Site(
        key="x",
        name="Báo 'X' \\ \"Y\"",
        province="Tỉnh",
        former_province="Tỉnh cũ",
        domains=("x.vn",),
        sources=(
            Feed("https://x.vn/rss"),
            Sitemap("https://x.vn/sitemap.xml"),
            *(Listing(f"https://x.vn/chuyen-muc-{n}/") for n in range(5)),
        ),
        article_url=r"""^/["'x]-(?P<id>\d+)\.html$""",
        pages=tuple(family_pages()),
    )
    file = tmp_path / "x.py"
    file.write_text(site_text(wanted), encoding="utf-8")
    assert list(load_sites([file], builtin=False, environment=False)) == [wanted]
    assert_formatted(file)


def assert_formatted(file: Path) -> None:
    assert_formatted_text(file.read_text(encoding="utf-8"))


def assert_formatted_text(text: str) -> None:
    ruff = Path(sys.executable).with_name("ruff")
    config = Path(__file__).parents[1] / "pyproject.toml"
    done = subprocess.run(
        [ruff, "format", "--config", config, "--stdin-filename", "papers/x.py", "-"],
        input=text,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == text
