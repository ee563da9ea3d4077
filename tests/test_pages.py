"""Every stored page is read as its answer says: field by field, or refused for the right reason.

A page that differs is told field by field. Read it in a browser: either the reading or the answer
is wrong. The answer is never written by the program.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from scrapy.http import HtmlResponse

from baolangson_crawler import reading
from baolangson_crawler.answers import Answer, written
from baolangson_crawler.exceptions import PageRefused
from baolangson_crawler.items import Article, Block, Credit, Image, Link, Moment, Refusal
from baolangson_crawler.sites import Register, load_sites
from baolangson_crawler.spiders.responses import decoded
from baolangson_crawler.stored_pages import (
    StoredPage,
    StoredPageError,
    compare,
    load,
    save,
)

PAGES = sorted((Path(__file__).parent / "pages").glob("*/*.html"))
FETCHED = datetime.fromisoformat("2026-05-04T10:00:00+07:00")
URL = "https://baothu.vn/kinh-te/mot-tieu-de-a12.html"
LEAST = {"title": "T", "layout": "x"}
FULL = Article(
    url=URL,
    canonical_url=URL,
    site="baothu",
    paper="baocu",
    article_id="12",
    section="Kinh tế > Chợ",
    title="Một tiêu đề",
    dateline="(BTO)",
    lead="Một sapo.",
    lead_in_body=True,
    body=(Block(text="Một sapo."), Block(text="Đầu mục", kind="subhead"), Block(text="Hết.")),
    images=(Image(url=None, caption="Chợ.", credit="An Bình", position=0), Image(url=URL)),
    byline="P.Y",
    byline_raw="Tin, ảnh: P.Y",
    credit=Credit(raw="Nguồn: TTXVN", source="ttxvn"),
    tags=("chợ",),
    related=(Link(url=f"{URL}?1", title="Bài khác"), Link(url=f"{URL}?2")),
    published=Moment(at=FETCHED, raw="", method="expected", confidence=1.0),
    modified=Moment(at=FETCHED, raw="", method="expected", confidence=1.0),
    language="vi",
    layout="fck",
    repairs=("mojibake",),
)


def answer(expected: Article | Refusal, url: str = URL, asked_url: str | None = None) -> Answer:
    return Answer(url=url, asked_url=asked_url or url, fetched_at=FETCHED, expected=expected)


@pytest.fixture(scope="module")
def sites() -> Register:
    return load_sites(environment=False)


def read(page: StoredPage, sites: Register) -> Article | Refusal:
    """What a crawl makes of the page."""
    response = HtmlResponse(page.url, body=page.html)
    try:
        return reading.read(
            *(sites.get(page.site), decoded(response)[0], page.url, page.fetched_at),
            asked=sites.for_url(page.asked_url),
        )
    except PageRefused as error:
        return Refusal(reason=error.reason)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_stored_page_is_read_as_its_answer_says(path: Path, sites: Register) -> None:
    page = load(path)
    differences = compare(page.expected, read(page, sites))
    assert not differences, "\n".join(map(str, differences))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_stored_page_stands_under_the_address_of_an_article(path: Path, sites: Register) -> None:
    page = load(path)
    site = sites.get(page.site)
    assert site.is_article(page.url)
    if isinstance(page.expected, Article):
        assert site.article_id(page.url) == page.expected.article_id
        published = page.expected.published
        assert published is None or published.at is None or published.at <= page.fetched_at


def test_every_answer_has_its_page() -> None:
    answers = {path.with_suffix("") for path in (Path(__file__).parent / "pages").glob("*/*.json")}
    assert answers == {path.with_suffix("") for path in PAGES}


@pytest.mark.parametrize(
    "expected",
    [
        FULL,
        Article(url=URL, canonical_url=URL, site="baothu", title="Một tiêu đề", layout="fck"),
        Refusal(reason="encrypted_body"),
    ],
    ids=["full", "least", "refusal"],
)
def test_what_is_saved_is_what_is_loaded(expected: Article | Refusal, tmp_path: Path) -> None:
    html = b"<html>\xff\r\n\x00</html>"
    told = answer(expected, asked_url="http://baocu.vn/mot-tieu-de-a5.html")
    saved = save(tmp_path, site="baothu", answer=told, html=html)
    again = load(saved.path)
    assert (again.site, again.url, again.fetched_at) == ("baothu", URL, FETCHED)
    assert (again.html, again.expected, again.asked_url) == (html, expected, told.asked_url)
    text = saved.path.with_suffix(".json").read_text(encoding="utf-8")
    assert text == written(told)


def test_the_address_that_was_asked_is_written_where_it_is_another_one() -> None:
    refusal = Refusal(reason="login")
    assert json.loads(written(answer(refusal))).keys() == {"url", "fetched_at", "refusal"}
    asked = "https://baocu.vn/mot-a1.html"
    assert json.loads(written(answer(refusal, asked_url=asked)))["asked_url"] == asked


@pytest.mark.parametrize("reason", ["moved", "no_article_address", "not_html", "layout_error"])
def test_what_no_page_can_show_is_not_stored(reason: str, tmp_path: Path) -> None:
    refused = answer(Refusal(reason=reason, detail="Chi tiết."))
    with pytest.raises(StoredPageError, match=rf"{reason}.* Chi tiết\."):
        save(tmp_path, site="baothu", answer=refused, html=b"%PDF")
    assert list(tmp_path.iterdir()) == []


def test_a_stored_page_is_named_by_its_day_and_slug(tmp_path: Path) -> None:
    def stored(url: str, expected: Article | Refusal) -> str:
        page = save(tmp_path, site="baothu", answer=answer(expected, url), html=b"")
        return page.path.relative_to(tmp_path).as_posix()

    march = Moment(at=datetime(2026, 3, 1, tzinfo=UTC), raw="", method="", confidence=1.0)
    assert stored(URL, FULL) == "baothu/2026-05-04-mot-tieu-de-a12.html"
    assert stored(URL, replace(FULL, published=march)) == "baothu/2026-03-01-mot-tieu-de-a12.html"
    long = f"https://baothu.vn/{'rat-dai-' * 20}a13.html"
    assert stored(long, replace(FULL, article_id="13")) == "baothu/2026-05-04-13.html"
    assert stored("https://baothu.vn/", Refusal(reason="login")) == "baothu/2026-05-04-home.html"


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    save(tmp_path, site="baothu", answer=answer(FULL), html=b"1")
    with pytest.raises(StoredPageError, match="there already"):
        save(tmp_path, site="baothu", answer=answer(FULL), html=b"2")
    (path,) = tmp_path.glob("*/*.html")
    assert path.read_bytes() == b"1"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"title": "Khác"}, "title: expected Một tiêu đề, got Khác"),
        ({"lead": None}, "lead: expected Một sapo., got nothing"),
        ({"lead_in_body": False}, "lead_in_body: expected true, got nothing"),
        ({"body": FULL.body[1:]}, "body[0]: expected Một sapo., got nothing"),
        ({"body": (*FULL.body, Block(text="Ảnh: A"))}, "body[3]: expected nothing, got Ảnh: A"),
        (
            {"body": (FULL.body[0], Block(text="Đầu mục"), FULL.body[2])},
            'body[1]: expected {"subhead": "Đầu mục"}, got Đầu mục',
        ),
        ({"tags": ()}, "tags[0]: expected chợ, got nothing"),
        ({"credit": None}, 'credit: expected {"raw": "Nguồn: TTXVN", "source": "ttxvn"}, got'),
        ({"modified": None}, "modified: expected 2026-05-04T10:00:00+07:00, got nothing"),
        ({"repairs": ()}, "repairs[0]: expected mojibake, got nothing"),
        ({"paper": None}, "paper: expected baocu, got nothing"),
    ],
)
def test_a_difference_is_told_by_its_field(change: dict[str, object], told: str) -> None:
    (difference,) = compare(FULL, replace(FULL, **change))  # type: ignore[arg-type]
    assert str(difference).startswith(told)


def test_pictures_and_related_links_are_compared_too() -> None:
    (difference,) = compare(FULL, replace(FULL, images=FULL.images[:1]))
    assert difference.field == "images[1]"
    assert compare(FULL, replace(FULL, related=FULL.related[::-1])) == []
    (difference,) = compare(FULL, replace(FULL, related=FULL.related[:1]))
    assert difference.field == "related[1]"


@pytest.mark.parametrize(
    ("expected", "got", "same"),
    [
        (Refusal(reason="login"), Refusal(reason="login", detail="Why."), True),
        (Refusal(reason="login"), Refusal(reason="soft_404"), False),
        (Refusal(reason="login"), FULL, False),
        (FULL, Refusal(reason="login"), False),
    ],
)
def test_a_refusal_is_the_same_by_its_reason(
    expected: Article | Refusal, got: Article | Refusal, same: bool
) -> None:
    assert (compare(expected, got) == []) is same


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        ({"article": {**LEAST, "byeline": "A"}}, "article has byeline; it may have paper, "),
        ({"article": {"title": "T"}}, "article lacks layout"),
        ({"article": {**LEAST, "published": "2026-05-04"}}, "published has no offset"),
        ({"article": {**LEAST, "published": "hôm qua"}}, 'published is no time: "hôm qua"; write'),
        ({"article": {**LEAST, "published": 5}}, "published is no time: 5; write"),
        ({"article": {**LEAST, "body": [{"caption": "C"}]}}, r"body\[0\] has caption; it may have"),
        ({"article": {**LEAST, "body": ["A", {}]}}, r"body\[1\] must be a text or one subhead"),
        ({"article": {**LEAST, "body": "A"}}, 'body must be a list, and is "A"'),
        (
            {"article": {**LEAST, "images": [{"src": "/a"}]}},
            r"images\[0\] has src; it may have url",
        ),
        ({"article": {**LEAST, "images": ["/a"]}}, r'images\[0\] must be an object, and is "/a"'),
        ({"article": {**LEAST, "images": [{"position": "2"}]}}, "position must be a number"),
        ({"article": {**LEAST, "related": [{"title": "A"}]}}, r"related\[0\] lacks url"),
        ({"article": {**LEAST, "credit": "Nguồn: TTXVN"}}, "credit must be an object"),
        ({"article": {**LEAST, "tags": "chợ"}}, "tags must be a list"),
        ({"article": {**LEAST, "tags": [7]}}, r"tags\[0\] must be a text, and is 7"),
        ({"article": {**LEAST, "title": 7}}, "title must be a text, and is 7"),
        ({"article": {**LEAST, "lead_in_body": "yes"}}, "lead_in_body must be true or false"),
        ({"article": []}, r"article must be an object, and is \[\]"),
        ({}, "'article' is missing"),
        ({"refusal": {}}, "refusal lacks reason"),
        ({"refusal": "login"}, 'refusal must be an object, and is "login"'),
        ({"refusal": {"reason": "login"}, "url": None}, "'url' is missing"),
        ({"refusal": {"reason": "login"}, "url": "bai-1"}, 'url must be an address .* is "bai-1"'),
        ({"refusal": {"reason": "login"}, "asked_url": "http://[::1/"}, "asked_url must be an"),
        ({"refusal": {"reason": "login"}, "fetched_at": "2026-05-04"}, "fetched_at has no offset"),
    ],
)
def test_a_faulty_answer_is_told(stated: dict[str, object], told: str, tmp_path: Path) -> None:
    whole = {"url": URL, "fetched_at": FETCHED.isoformat(), **stated}
    whole = {name: value for name, value in whole.items() if value is not None}
    path = page_beside(tmp_path, json.dumps(whole).encode())
    with pytest.raises(StoredPageError, match=told):
        load(path)
    path.with_suffix(".json").unlink()
    with pytest.raises(StoredPageError, match="missing"):
        load(path)


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "page.json: the file is no JSON: Expecting value: line 1"),
        (b"[]", r"the file must be an object, and is \[\]"),
        (b'{"url": "\xff"}', "the file is not UTF-8"),
    ],
)
def test_a_file_that_is_no_answer_is_told(raw: bytes, told: str, tmp_path: Path) -> None:
    with pytest.raises(StoredPageError, match=told):
        load(page_beside(tmp_path, raw))


def page_beside(folder: Path, raw: bytes) -> Path:
    path = folder / "baothu" / "page.html"
    path.parent.mkdir()
    path.write_bytes(b"")
    path.with_suffix(".json").write_bytes(raw)
    return path
