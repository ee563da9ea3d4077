"""What is no article is refused with the right reason; what is one passes, whatever it is about."""

from __future__ import annotations

import csv
import gzip
import json
import re
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from refused_pages import Page, articles, refused

from baolangson_crawler.extraction import refusal_notices, refusal_shapes
from baolangson_crawler.extraction.document import Document
from baolangson_crawler.extraction.generic import GenericPage
from baolangson_crawler.extraction.page import ArticlePage
from baolangson_crawler.extraction.refusal_shapes import Shape
from baolangson_crawler.extraction.refusals import REASONS, Reason, refusal
from baolangson_crawler.families.content_detail import ContentDetailPage
from baolangson_crawler.items import Article, Block

REFUSED, ARTICLES = refused(), articles()


class GreedyPage(ArticlePage):
    """A generic reader of the worst kind: it takes whatever stands in the main column."""

    layout = "generic"
    title_css = "main h1, h1, h2, title"
    body_css = "main"


class GreediestPage(GreedyPage):
    """The same for a page without columns."""

    body_css = "body"


GREEDY = (GreedyPage, GreediestPage)
READERS: dict[str, tuple[type[ArticlePage], ...]] = {
    "layouts alone": (ContentDetailPage,),
    "a greedy reader behind them": (ContentDetailPage, *GREEDY),
    "the generic reader behind them": (ContentDetailPage, GenericPage),
}


def read(document: Document, readers: tuple[type[ArticlePage], ...]) -> Article | None:
    for page_class in readers:
        page = page_class(document)
        if page.recognises():
            return page.to_article(site="suoingan", article_id="5012345")
    return None


def reason_of(page: Page, readers: tuple[type[ArticlePage], ...]) -> str | None:
    document = Document(page.html, page.url)
    found = refusal(document, read(document, readers))
    return found.reason if found else None


@pytest.mark.parametrize("readers", READERS.values(), ids=READERS)
@pytest.mark.parametrize("page", REFUSED, ids=lambda page: f"{page.reason}: {page.name}")
def test_a_page_that_is_no_article_is_refused(
    page: Page, readers: tuple[type[ArticlePage], ...]
) -> None:
    assert reason_of(page, readers) == page.reason


@pytest.mark.parametrize("page", ARTICLES, ids=lambda page: page.name)
def test_an_article_passes(page: Page) -> None:
    readers = (ContentDetailPage, *GREEDY)
    assert read(Document(page.html, page.url), readers) is not None
    assert reason_of(page, readers) is None


@pytest.mark.parametrize("page", ARTICLES, ids=lambda page: page.name)
def test_an_article_passes_as_the_generic_reader_reads_it(page: Page) -> None:
    readers = (ContentDetailPage, GenericPage)
    unread = read(Document(page.html, page.url), readers) is None
    # what nobody can read is held in any case, and a page full of headlines looks like a list
    assert reason_of(page, readers) in ((None, "listing") if unread else (None,))


@pytest.mark.parametrize("page", ARTICLES, ids=lambda page: page.name)
def test_an_ordinary_page_is_not_walked_through(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    def walk(document: Document) -> Shape:
        raise AssertionError(f"{document.url} is looked at closely")

    monkeypatch.setattr(Shape, "of", walk)
    document = Document(page.html, page.url)
    if page.name.endswith("(unknown)"):
        with pytest.raises(AssertionError, match="looked at closely"):
            refusal(document, None)
    else:
        assert refusal(document, read(document, (ContentDetailPage, *GREEDY))) is None


def test_every_reason_has_its_sentence_and_a_page() -> None:
    assert set(REASONS) == set(get_args(Reason))
    assert {page.reason for page in REFUSED} == set(REASONS)
    assert set(get_args(refusal_notices.Notice)) < set(REASONS)
    told = refusal(Document("", REFUSED[0].url), None)
    assert told is not None
    assert told.detail == REASONS["empty_body"]


def test_the_documentation_tells_every_reason_in_the_same_words() -> None:
    text = (Path(__file__).parents[1] / "docs" / "not-an-article.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| (.+?) \|", text, re.MULTILINE))
    assert rows == REASONS


@pytest.mark.parametrize(
    ("texts", "answer"),
    [
        (["4buYfVDhu549NOG7pm4" * 5], True),
        (["Sapo viết bằng chữ thường.", "4buYfVDhu549NOG7pm4" * 5], True),
        ([" ".join(["4buYfVDhu549NOG7pm4"] * 5)], True),
        (["4buYfVDhu549NOG7pm4"] * 4, True),
        (["4buYfVDhu549NOG7pm4"] * 3, False),  # fewer than 60 characters
        (["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"], False),  # a checksum
        (
            ["Địa chỉ: https://baosuoingan.example/van-ban/2026/05/qd-1204-ubnd-suoi-ngan.pdf"],
            False,
        ),
        (["Một đoạn văn bình thường. " * 9, "4buYfVDhu549NOG7pm4" * 5], False),
        (["4buY_VDhu-49NOG7pm4_" * 5], True),  # the alphabet for addresses
        (["53c3a16e67206e617920" * 6], True),
        (["%u0053%u00e1%u006e" * 6], True),
        (["Một đoạn văn bình thường. " * 9, "53c3a16e67206e617920" * 6], False),
        ([f"https://baosuoingan.example/{'van-ban-2026/' * 12}qd-1204.pdf"], False),
        (["_" * 120], False),
        (["=" * 80], False),
        ([], False),
    ],
)
def test_encoded_text_is_told_from_text(texts: list[str], answer: bool) -> None:
    assert refusal_shapes.encoded(texts) is answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Trang bạn tìm không tồn tại.", "soft_404"),
        (unicodedata.normalize("NFD", "Trang bạn tìm không tồn tại."), "soft_404"),
        ("TRANG BẠN TÌM KHÔNG TỒN TẠI", "soft_404"),
        ("Trang ban tim khong ton tai", "soft_404"),
        ("Hệ thống đang bảo trì. Chợ Nà Pàn họp vào ngày rằm và mồng một hằng tháng.", None),
        ("Hệ thống đang bảo trì. Cảm ơn quý vị.", "maintenance"),
        ("Hệ thống đang bảo trì. " * 40, None),  # no notice is so long
        ("Máy chủ đang quá tải, vui lòng truy cập lại sau ít phút.", "maintenance"),
        ("Máy chủ đang quá tải, nhiều thí sinh ở Suối Ngàn chưa tra được điểm thi.", None),
        ("Trang này không tồn tại theo kết luận của cơ quan công an tỉnh Suối Ngàn.", None),
        ("404 học sinh ở Nà Pàn được nhận học bổng.", None),
        ("404 trang trại ở Nà Pàn được cấp nước.", None),
        ("404 - Trang này không còn nữa.", "soft_404"),
        ("Lỗi 404.", "soft_404"),
        ("Thiết bị không hỗ trợ 5G được đổi mới miễn phí.", None),
        ("Cháy lớn ở chợ Nà Pàn.\nThông tin đang tiếp tục được cập nhật.", None),
        ("Nội dung quy hoạch đang được cập nhật lên bản đồ số.", None),
        ("Có lợi khi tải hàng bằng xe điện.", None),
        (unicodedata.normalize("NFD", "Có lợi khi tải hàng bằng xe điện."), None),
        ("Có lỗi khi tải trang.", "error_page"),
        ("CO LOI KHI TAI TRANG.", "error_page"),
        ("", None),
    ],
)
def test_a_text_is_a_notice_if_most_of_it_is(text: str, answer: str | None) -> None:
    assert refusal_notices.said(text) == answer


@pytest.mark.parametrize(
    ("title", "answer"),
    [
        ("Báo Suối Ngàn - Không tìm thấy trang", "soft_404"),
        ("Không tìm thấy trang | Báo Suối Ngàn", "soft_404"),
        ("Không tìm thấy trang - chuyện ở bản Khuổi mùa gặt và những người ở lại giữ lửa", None),
        ("Không tìm thấy trang sổ vàng của dòng họ", None),
        ("Bảo trì", "maintenance"),
        ("Bảo trì cầu Nà Lùng trước mùa mưa", None),
        ("500", "error_page"),
        ("500 | Báo Suối Ngàn", "error_page"),
        ("Báo Suối Ngàn - 503 Service Unavailable", "error_page"),
        ("baosuoingan.example | 522: Connection timed out", "error_page"),
        ("Lỗi 500", "error_page"),
        ("HTTP Status 500 – Internal Server Error", "error_page"),
        ("500 suất quà đến với người nghèo", None),
        ("510 năm danh xưng Suối Ngàn | Báo Suối Ngàn", None),
        ("500 - 520 triệu đồng mỗi lô", None),
        ("Có lỗi hệ thống", "error_page"),
        ("Có lợi hệ thống", None),
        ("Bảo trì " * 1_000_000, None),
        ("", None),
    ],
)
def test_a_title_is_a_notice_if_it_is_one_as_a_whole(title: str, answer: str | None) -> None:
    assert refusal_notices.titled(title) == answer


STATED = (
    "<meta property='og:type' content='article'>",
    "<meta property='article:published_time' content='2026-05-04T08:30:00+07:00'>",
    "<script type='application/ld+json'>{'@type': 'NewsArticle'}</script>".replace("'", '"'),
)


@pytest.mark.parametrize("head", STATED, ids=["og:type", "published_time", "JSON-LD"])
@pytest.mark.parametrize(
    "body",
    [
        "<p><img src='/a/1.jpg'></p><p><img src='/a/2.jpg'></p>",
        "<iframe src='https://www.youtube.com/embed/x'></iframe>",
        "<p>Sông ơi<br>nước cạn bờ xa<br>đò ai<br>còn đợi</p>",
        "<table><tr><td>SJC</td><td>120,5</td><td>122,5</td></tr></table>",
        "<table>" + "<tr><td>1</td><td>Ma Văn Páo</td><td>8,5</td></tr>" * 100 + "</table>",
    ],
    ids=["pictures", "player", "poem", "prices", "results"],
)
def test_a_page_that_states_an_article_is_not_empty_if_nobody_reads_it(
    head: str, body: str
) -> None:
    html = f"<title>Suối Ngàn</title>{head}<h1>Chiều bên suối</h1><div class='tin'>{body}</div>"
    assert refusal(Document(html, REFUSED[0].url), None) is None
    told = refusal(Document(html.replace(head, ""), REFUSED[0].url), None)
    assert told is not None
    assert told.reason == "empty_body"


FIRST_WORDS = (
    "<iframe ",
    "<iframe src=",
    "<?xml ",
    "<!-- ",
    "{{ ",
    "<%= ",
    "outputData = ",
    "location = ",
    "Uncaught ",
    " at a(",
    "<hr> ",
    "'>  ",
    "'aB3d",
    "404 ",
    "trang web nay ",
    "500 - ",
    "Tin mới: ",
    "%u0041",
)


@pytest.mark.parametrize("words", FIRST_WORDS)
def test_the_first_words_of_an_expression_take_bounded_time_however_often(words: str) -> None:
    html = words * (1_000_000 // len(words))
    start = time.process_time()
    refusal_shapes.has_player(html)
    refusal_shapes.is_feed(html)
    refusal_shapes.is_challenge(html)
    refusal_shapes.is_placeholder(html)
    refusal_shapes.encoded([html])
    refusal_shapes.carries_encoded_text(html)
    refusal_shapes.built_by_script(Document(html, REFUSED[0].url))
    refusal_notices.marked(html)
    refusal_notices.titled(html)
    refusal_notices.begins_as(html)
    refusal_notices.said(html[: refusal_notices.SHORT])
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "<p>Xin chào",
        "<div id=root " * 100_000,
        "<iframe " * 100_000,
        f"<title>{'{{}}' * 50_000}x</title><p>",
        f"<title>{'trang web nay ' * 20_000}</title>",
        "<h1>Trang tin</h1>" * 20_000,
        f"<p>{'aB3d' * 200_000}</p>",
    ],
    ids=["depth", "no end", "frames", "fields", "title", "headings", "Base64"],
)
def test_a_hostile_page_takes_bounded_time(html: str) -> None:
    document = Document(html, REFUSED[0].url)
    assert len(document.root) > 0  # parsed before the clock runs
    start = time.process_time()
    refusal(document, None)
    assert time.process_time() - start < 5


def saved(shared: Path, *kinds: str) -> Iterator[Document]:
    folder = shared / "corpus" / "pages"
    with (folder / "INDEX.tsv").open(encoding="utf-8") as index:
        for row in csv.DictReader(index, delimiter="\t"):
            if row["kind"] in kinds and row["file"].endswith(".html"):
                yield Document((folder / row["file"]).read_text("utf-8", "replace"), row["url"])


def compared(shared: Path, name: str) -> Iterator[tuple[Document, Article]]:
    """The pages of a comparison with a reading that finds exactly the text."""
    folder = shared / "corpus" / "bench" / name
    lines = (folder / "truth.jsonl").read_text("utf-8").strip().split("\n")
    for truth in map(json.loads, lines):
        html = gzip.decompress((folder / "pages" / f"{truth['id']}.html.gz").read_bytes())
        document = Document(html.decode("utf-8", "replace"), truth["url"])
        if not truth.get("text"):
            continue
        yield (
            document,
            Article(
                url=truth["url"],
                canonical_url=truth["url"],
                site="any",
                title=truth.get("title") or document.meta_text("og:title") or "",
                body=tuple(Block(text=text) for text in truth["text"].split("\n") if text.strip()),
                layout="generic",
            ),
        )


@pytest.mark.shared
def test_saved_articles_pass_and_saved_lists_do_not(shared: Path) -> None:
    articles_read = [(page, read(page, (GenericPage,))) for page in saved(shared, "article")]
    assert len(articles_read) > 15
    assert [page.url for page, article in articles_read if refusal(page, article)] == []
    lists = [(page, read(page, (GenericPage,))) for page in saved(shared, "listing", "home")]
    found = {page.url: refusal(page, article) for page, article in lists}
    assert len(found) > 10
    assert {url: told.reason if told else None for url, told in found.items()} == dict.fromkeys(
        found, "listing"
    )
    assert {refusal(page, None) for page, _ in articles_read} == {None}


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "allowed"),
    [("vn_real_dev", 0), ("zyte", 0), ("wcxb_dev", 2)],  # of 788: webcams, a page of links
)
def test_articles_of_the_comparisons_pass(shared: Path, name: str, allowed: int) -> None:
    refused_pages = [page.url for page, article in compared(shared, name) if refusal(page, article)]
    assert len(refused_pages) <= allowed, refused_pages


@pytest.mark.parametrize("address", ["http://[", "//", "javascript:void(0)", ""])
def test_a_page_that_names_a_broken_address_is_judged_all_the_same(address: str) -> None:
    head = f"<link rel='canonical' href='{address}'><meta property='og:url' content='{address}'>"
    document = Document(f"<head>{head}</head><body></body>", REFUSED[0].url)
    told = refusal(document, None)
    assert told is not None
    assert told.reason == "empty_body"
