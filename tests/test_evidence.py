"""Which selector or rule gave a field is told rightly."""

from __future__ import annotations

from pathlib import Path

import pytest
from scrapy.http import HtmlResponse

from baolangson_crawler.extraction.css import alternatives
from baolangson_crawler.extraction.document import Document
from baolangson_crawler.extraction.evidence import evidence
from baolangson_crawler.extraction.page import ArticlePage
from baolangson_crawler.families.portal import PortalPage
from baolangson_crawler.items import Article
from baolangson_crawler.sites import load_sites
from baolangson_crawler.spiders.responses import decoded
from baolangson_crawler.stored_pages import load

PAGES = sorted((Path(__file__).parent / "pages").glob("*/*.html"))
FIELDS = ("title", "section", "lead", "body", "byline", "credit", "tags", "images")

PORTAL = """<html><body><div id="module-news-detail"><h1 class="news-title">Một tiêu đề</h1>
<div class="news-content"><p>Đoạn một của bài, dài hơn một dòng cho rõ ràng.</p>
<p>Đoạn hai của bài, cũng dài hơn một dòng cho rõ ràng.</p>{ending}</div></div></body></html>"""


@pytest.mark.parametrize(
    ("css", "parts"),
    [
        ("", ()),
        ("h1", ("h1",)),
        ("h1.name, h1", ("h1.name", "h1")),
        (":is(h1, h2) a, [title='a, b']", (":is(h1, h2) a", "[title='a, b']")),
    ],
)
def test_a_selector_is_cut_at_the_commas_that_join(css: str, parts: tuple[str, ...]) -> None:
    assert alternatives(css) == parts


class Several(ArticlePage):
    layout = "several"
    title_css = "h1.name, h1"
    date_css = ".clock, .date"
    lead_css = ".sapo"
    body_css = ".text, .content"
    byline_css = ".author"
    noise_css = ".ad"
    tags_css = ".tag, .keyword"

    def section(self) -> str | None:
        return "Tin tức"


def rules(body: str) -> dict[str, tuple[str, bool]]:
    page = Several(Document(f"<html><body>{body}</body></html>", "https://x.vn/a"))
    told: dict[str, tuple[str, bool]] = {}
    for found in evidence(page):
        before, _ = told.get(found.field, ("", False))
        rule = f"{before}; {found.rule}" if before else found.rule
        told[found.field] = (rule, found.found)
    return told


def test_the_alternative_that_matched_is_named() -> None:
    found = rules(
        "<h1>Tiêu đề</h1><i class='clock'>Hà Nội</i><i class='date'>1/2/2026</i>"
        "<p class='sapo'>Sapo.</p><div class='content'><p>Một.</p><i class='ad'>Ad</i>"
        "<figure><img src='/a.jpg'><figcaption>Chợ.</figcaption></figure><p>Hai.</p></div>"
        "<b class='author'>An</b><a class='tag'>x</a><a class='keyword'>y</a>"
    )
    assert found["title"] == ("h1", True)
    assert found["printed_dates"] == (".date", True)
    assert found["lead"] == (".sapo", True)
    assert found["body"] == (".content", True)
    assert found["noise"] == (".ad (1)", True)
    assert found["images"] == ("caption: figcaption, in a figure; pictures in the body (1)", True)
    assert found["byline"] == (".author", True)
    assert found["tags"] == (".tag (1) + .keyword (1)", True)
    assert found["section"] == ("Several.section()", True)


def test_what_was_looked_for_in_vain_is_named() -> None:
    found = rules("<h1>Tiêu đề</h1><div class='text'><p>Một.</p><p>Hai.</p></div>")
    assert found["printed_dates"] == (".clock, .date", False)
    assert found["byline"] == (".author, lines at the end of the text", False)
    assert found["tags"] == (".tag, .keyword", False)
    assert found["related"] == ("no selector", False)
    assert found["lead"] == ("the first paragraph: no standfirst is printed apart", True)
    assert found["images"] == ("meta og:image", False)


@pytest.mark.parametrize(
    ("ending", "name", "rule"),
    [
        ("<p>Bài và ảnh: An Bình</p>", "byline", "a line at the end of the text, with a label"),
        ("<p>Hết bài. (Nguồn: TTXVN)</p>", "credit", "the end of the last line"),
        ("<p>Theo TTXVN</p>", "credit", "a line of its own at the end of the text"),
        ("<p>Tin liên quan:</p><p><a href='/b'>Tin khác</a></p>", "related", "boxes"),
    ],
)
def test_lines_at_the_end_are_told_by_their_rule(ending: str, name: str, rule: str) -> None:
    page = PortalPage(Document(PORTAL.format(ending=ending), "https://x.vn/a"))
    told = [found.rule for found in evidence(page) if found.field == name]
    assert any(said.startswith(rule) for said in told), told


def test_of_every_stored_page_each_field_that_is_read_is_told() -> None:
    sites = load_sites(environment=False)
    untold: list[str] = []
    for path in PAGES:
        page = load(path)
        if not isinstance(page.expected, Article):
            continue
        document = Document(decoded(HtmlResponse(page.url, body=page.html))[0], page.url)
        (layout, *_) = [
            layout
            for page_class in sites.get(page.site).pages
            if (layout := page_class(document)).recognises()
        ]
        given = {found.field for found in evidence(layout) if found.found and found.rule}
        filled = {name for name in FIELDS if getattr(page.expected, name)}
        untold += [f"{path.parent.name}/{path.stem}: {name}" for name in filled - given]
    assert untold == []
