"""The served archive in a real browser, headless Chromium.

With ``BAOLANGSON_SCREENSHOTS=1`` the pictures in ``docs/images`` are taken anew.
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

CHROMIUM = Path(os.environ.get("BAOLANGSON_CHROMIUM", "/usr/bin/chromium"))
IMAGES = Path(__file__).parent.parent / "docs" / "images"
BAOLANGSON = (sys.executable, "-m", "baolangson_crawler")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --hide-scrollbars"
).split()
DESKTOP = {"width": 1200, "height": 800}
PHONE = {"width": 360, "height": 740}

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Address of the demo archive, served as a user would."""
    archive = tmp_path_factory.mktemp("browser") / "articles.db"
    subprocess.run(
        [*BAOLANGSON, "demo", "--json", "--archive", archive],
        check=True,
        timeout=120,
        stdout=subprocess.DEVNULL,
    )
    command = [*BAOLANGSON, "serve", "--port", "0", "--archive", archive]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield re.search(r"http://\S+?/", process.stdout.readline()).group()
        finally:
            process.terminate()
            process.communicate(timeout=20)
    assert process.returncode == 0


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    if not CHROMIUM.exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(
            f"There is no Chromium at {CHROMIUM}; name another with BAOLANGSON_CHROMIUM."
        )
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("profile"),
            executable_path=CHROMIUM,
            args=FLAGS,
            viewport=DESKTOP,
        )
        yield context
        context.close()


@pytest.fixture
def page(browser):
    """A page that asks 127.0.0.1 only, and has no error on its console."""
    asked, wrong = [], []
    page = browser.new_page()
    page.set_default_timeout(10_000)
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
    yield page
    page.close()
    assert {urlsplit(url).hostname for url in asked if not url.startswith("data:")} == {"127.0.0.1"}
    assert wrong == []


def take(page, name: str) -> None:
    """A picture for the documentation, where one was asked for."""
    if os.environ.get("BAOLANGSON_SCREENSHOTS"):
        IMAGES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=IMAGES / f"{name}.png")
        assert (IMAGES / f"{name}.png").stat().st_size < 200_000


def follow(page, link) -> None:
    """Click, and wait for the page that comes."""
    with page.expect_navigation():
        link.click()


def rows(page):
    return page.locator("table.rows-and-columns tbody tr")


def choose(page, facet: str, number: int = 0) -> tuple[str, int]:
    """Click a value of a facet; the value and the count that stood beside it."""
    value = page.locator(f".facet-info[data-column={facet}] li:has(a:not(.cross))").nth(number)
    name, count = re.fullmatch(r"(.+?)\s+([\d,]+)", value.inner_text().strip()).groups()
    follow(page, value.locator("a"))
    return name, int(count.replace(",", ""))


def counted(page) -> int:
    return int(re.match(r"([\d,]+) row", page.locator("h3").first.inner_text()).group(1))


def test_from_the_front_page_to_an_article(page, served):
    page.goto(served)
    for name in ("articles", "article"):
        follow(page, page.get_by_role("link", name=name, exact=True))
    assert rows(page).count() == 50
    title = page.locator("td.col-title a").first
    told = title.inner_text()
    assert len(told.split()) > 3
    follow(page, title)
    article = page.locator("article.archive-article")
    assert article.locator("h2").inner_text() == told
    assert article.locator("p").count() > 3
    take(page, "datasette-article")


def test_articles_are_labels_where_others_point_at_them(page, served):
    page.goto(f"{served}articles/article/1")
    told = page.locator("article.archive-article h2").inner_text()
    page.goto(f"{served}articles/version?article_id=1")
    assert page.locator("td.col-article_id a").inner_text() == told


@pytest.mark.parametrize("facet", ["site", "section", "published_year"])
def test_a_facet_selects(page, served, facet):
    page.goto(f"{served}articles/article")
    name, count = choose(page, facet)
    assert facet in urlsplit(page.url).query
    assert counted(page) == count
    column = "published_at" if facet == "published_year" else facet
    assert name in rows(page).first.locator(f"td.col-{column}").inner_text()


def test_facets_select_together(page, served):
    page.goto(f"{served}articles/article")
    for facet in ("site", "published_year", "section"):
        _, count = choose(page, facet)
        assert counted(page) == count
    page.goto(f"{served}articles/article")
    choose(page, "site")
    take(page, "datasette-facets")


def test_a_search_without_marks_finds_lang_son(page, served):
    page.goto(f"{served}articles/article")
    page.locator("input[name=_search]").fill("lang son")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert rows(page).count() == counted(page) > 0
    page.goto(f"{served}articles/search")
    page.get_by_label("words").fill("lang son")
    follow(page, page.get_by_role("button", name="Run SQL"))
    assert "[Lạng]" in page.locator("td.col-excerpt").first.inner_text()
    take(page, "datasette-search")
    follow(page, page.locator("td.col-title a").first)
    assert "Lạng Sơn" in page.locator("article.archive-article").inner_text()


def test_the_forms_keep_each_other(page, served):
    """A search within a facet, then a filter beside an empty search."""
    page.goto(f"{served}articles/article")
    choose(page, "site")
    before = counted(page)
    follow(page, page.locator("input[type=submit]").first)
    assert counted(page) == before


def test_datasettes_own_scripts_run_under_the_policy(page, served):
    page.goto(f"{served}articles?sql=select+1")
    assert page.locator(".CodeMirror").is_visible()
    page.goto(f"{served}articles/article")
    page.locator("th.col-title .dropdown-menu-icon").click()
    assert (
        "Headline, without the name of the paper."
        in page.locator(".dropdown-column-description").inner_text()
    )


def test_a_foreign_script_does_not_run(browser, served):
    page = browser.new_page()
    blocked = []
    page.on("console", lambda line: blocked.append(line.text))
    page.goto(f"{served}articles/article/1")
    page.evaluate(
        "document.body.appendChild(Object.assign(document.createElement('script'),"
        "{textContent: 'window.ran = true'}))"
    )
    ran = page.evaluate("window.ran")
    page.close()
    assert ran is None
    assert any("Content Security Policy" in line for line in blocked)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "articles",
        "articles/article",
        "articles/article?_search=lang+son",
        "articles/article/1",
        "articles/version/1",
        "articles/article_as_printed",
        "articles/search?words=lang+son",
        "articles/held_pages",
        "articles/fetch/1",
    ],
)
def test_a_phone_needs_no_sideways_scrolling(page, served, path):
    page.set_viewport_size(PHONE)
    page.goto(f"{served}{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    if path == "articles/article/1":
        take(page, "datasette-phone")
