"""What holds for every article that is kept, whoever printed it and whatever read it."""

from __future__ import annotations

import csv
import gzip
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import SHARED
from sqlite_utils import Database

from baolangson_crawler import reading
from baolangson_crawler.cleaning import clean
from baolangson_crawler.dating import date
from baolangson_crawler.extraction.document import Document
from baolangson_crawler.extraction.generic import GenericPage
from baolangson_crawler.items import Article, Block, Credit, Image, Link, Moment
from baolangson_crawler.sites import Register, load_sites
from baolangson_crawler.storage.reports import article_record
from baolangson_crawler.stored_pages import load

PAGES = [
    path.with_suffix(".html")
    for path in sorted((Path(__file__).parent / "pages").glob("*/*.json"))
    if '"article"' in path.read_text(encoding="utf-8")
]
SLACK = timedelta(minutes=15)  # between the clock of the paper and ours
INVISIBLE = re.compile("[\u00a0\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\x00-\x1f]")
REMAINS = {
    "a template": re.compile(r"\{\{"),
    "a tag": re.compile(r"</?(?:script|style|div|span|p|br|img|a|iframe)\b[^<>]*>", re.IGNORECASE),
    "a script": re.compile(r"<script|\bfunction\s*\w*\(|\bvar \w+ ?=|document\.write"),
    "Base64": re.compile(r"(?=\S*[a-z])(?=\S*[A-Z])(?=\S*\d)[A-Za-z0-9+/=]{60,}"),
    "a word without end": re.compile(r"(?<!\S)(?=\S*\d)[A-Za-z0-9+/_%=-]{101,}(?!\S)"),
    "a mark of the paper": re.compile(
        r"^\([A-ZĐ]{2,6}\)\s*[-–—]|^\([Bb]ao\w+\.(?:com\.|org\.)?vn\)"
    ),
    "a credit": re.compile(r"^\(?Nguồn\s*:|^\(?Theo TTXVN\)?\.?$"),
    "a caption": re.compile(r"^.{,120}\(Ảnh: [^)]*\)\.?$"),  # a longer one may be a paragraph
    "a label of related articles": re.compile(r"^(?:Tin|Bài) (?:liên quan|khác)\s*:?$|^Xem thêm\b"),
}
NAME_OF_PAPER = re.compile(
    r"\s[-–—|]\s(?:(?:Báo|Cổng thông tin|Trang thông tin)\s[^-–—|]{3,40}|\S+\.vn)$", re.IGNORECASE
)
SHORT = 25  # characters; a caption or a headline of fewer may well stand in a sentence


def violations(article: Article, fetched_at: datetime) -> list[str]:
    """What an article holds that belongs elsewhere, or lacks; nothing where all is well."""
    texts = [block.text for block in article.body]
    if article.lead:
        texts.insert(0, article.lead)
    return [
        *_of_title(article.title),
        *(f"{what} in the text: {text[:80]!r}" for text in texts for what in _in_text(text)),
        *(f"{what} in the text: {said[:80]!r}" for what, said in _misplaced(article, texts)),
        *(f"not NFC: {text[:80]!r}" for text in _strings(article) if not _is_nfc(text)),
        *(f"invisible in: {text[:80]!r}" for text in _strings(article) if INVISIBLE.search(text)),
        *_of_dates(article, fetched_at),
        *(
            f"no absolute address of a picture: {image.url!r}"
            for image in article.images
            if image.url is not None and not re.match(r"https?://[^/]+/", image.url)
        ),
    ]


def _of_title(title: str) -> Iterator[str]:
    if not title:
        yield "no title"
    elif match := NAME_OF_PAPER.search(title):
        yield f"the name of the paper in the title: {match[0]!r}"


def _in_text(text: str) -> Iterator[str]:
    if not text.strip():
        yield "an empty line"
    yield from (what for what, remains in REMAINS.items() if remains.search(text))


def _misplaced(article: Article, texts: list[str]) -> Iterator[tuple[str, str]]:
    """Words of another field that stand in the text as well."""
    whole = {"byline": {article.byline, article.byline_raw} - {None}}
    whole["credit"] = {article.credit.raw} if article.credit else set()
    whole["caption"] = {image.caption for image in article.images if image.caption}
    whole["related headline"] = {
        link.title for link in article.related if link.title and len(link.title) >= SHORT
    }
    for what, said in whole.items():
        yield from ((what, text) for text in texts if text in said)
    for caption in whole["caption"]:
        if caption and len(caption) >= 2 * SHORT:
            yield from (("caption", text) for text in texts if caption in text and caption != text)
    if article.dateline:
        yield from (("dateline", text) for text in texts if text.startswith(article.dateline))


def _of_dates(article: Article, fetched_at: datetime) -> Iterator[str]:
    for name in ("published", "modified"):
        moment: Moment | None = getattr(article, name)
        if moment is None or moment.at is None:
            continue
        if moment.at.tzinfo is None:
            yield f"{name} without offset: {moment.at}"
        elif moment.at > fetched_at + SLACK:
            yield f"{name} after the fetch: {moment.at}"
        elif moment.at.year < 1990:
            yield f"{name} before there were such papers: {moment.at}"


def _strings(value: object) -> Iterator[str]:
    """Every text of a record; what stands there as printed keeps the page's characters."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for entry in value:
            yield from _strings(entry)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in ("printed_dates", "raw"):
                yield from _strings(getattr(value, field.name))


def _is_nfc(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text)


LATER = datetime(2026, 11, 1, tzinfo=UTC)  # after all the saved pages
FETCHED = datetime.fromisoformat("2026-05-04T10:00:00+07:00")
SOUND = Article(
    url="https://baothu.example/a1.html",
    canonical_url="https://baothu.example/a1.html",
    site="baothu",
    title="Cầu Nà Lùng nối hai bờ",
    dateline="(STO)",
    lead="Sáng 4/5, cầu dân sinh Nà Lùng được khánh thành.",
    body=(Block(text="Cây cầu dài 42 m, rộng 3 m."), Block(text="Bà con đi lại thuận tiện hơn.")),
    images=(Image(url="https://baothu.example/1.jpg", caption="Cầu Nà Lùng. Ảnh: An Bình"),),
    byline="An Bình",
    byline_raw="Tin, ảnh: An Bình",
    credit=Credit(raw="Nguồn: TTXVN", source="ttxvn"),
    related=(Link(url="https://baothu.example/a2.html", title="Đường vào bản Khuổi đã thông"),),
    published=Moment(at=FETCHED, raw="", method="visible", confidence=1.0),
    layout="fck",
)


def saying(text: str) -> Article:
    return replace(SOUND, body=(*SOUND.body, Block(text=text)))


def at(moment: str) -> Article:
    when = Moment(at=datetime.fromisoformat(moment), raw="", method="visible", confidence=1.0)
    return replace(SOUND, published=when)


BROKEN: dict[str, tuple[Article, str]] = {
    "caption": (saying("Cầu Nà Lùng. Ảnh: An Bình"), "caption"),
    "byline": (saying("An Bình"), "byline"),
    "byline with label": (saying("Tin, ảnh: An Bình"), "byline"),
    "credit": (saying("Nguồn: TTXVN"), "credit"),
    "unread credit": (saying("(Nguồn: Báo Thử)"), "a credit"),
    "related": (saying("Đường vào bản Khuổi đã thông"), "related headline"),
    "related label": (saying("Tin liên quan:"), "a label"),
    "no-break space": (saying("hai\u00a0bờ"), "invisible"),
    "zero width": (saying("hai\u200bbờ"), "invisible"),
    "NFD": (saying(unicodedata.normalize("NFD", "Cầu mới")), "not NFC"),
    "NFD tag": (replace(SOUND, tags=(unicodedata.normalize("NFD", "cầu"),)), "not NFC"),
    "template": (saying("Giá: {{ gia }}"), "a template"),
    "tag": (saying("Giá <br/> mới"), "a tag"),
    "script": (saying("<script>"), "a script"),
    "function": (saying("function(){return 1}"), "a script"),
    "variable": (saying("var x = 1;"), "a script"),
    "Base64": (saying("4buYfVDhu549NOG7pm4" * 4), "Base64"),
    "Base64 lead": (replace(SOUND, lead="4buYfVDhu549NOG7pm4" * 4), "Base64"),
    "Base64 for addresses": (saying("4buY_VDhu-49NOG7pm4" * 6), "a word without end"),
    "hexadecimal digits": (saying("53c3a16e67206e617920" * 6), "a word without end"),
    "escaped": (saying("%u0053%u00e1" * 9), "a word without end"),
    "dateline": (saying("(STO) Cây cầu"), "dateline"),
    "unread dateline": (saying("(BTO) - Cây cầu"), "a mark of the paper"),
    "empty line": (saying(" "), "an empty line"),
    "no title": (replace(SOUND, title=""), "no title"),
    "paper in title": (replace(SOUND, title="Cầu mới - Báo Suối Ngàn"), "the name of the paper"),
    "host in title": (replace(SOUND, title="Cầu mới | baothu.vn"), "the name of the paper"),
    "future": (at("2026-05-04T10:16:00+07:00"), "published after"),
    "too old": (at("1970-01-01T07:00:00+07:00"), "published before"),
    "no offset": (at("2026-05-04T08:00:00"), "published without offset"),
    "relative picture": (replace(SOUND, images=(Image(url="/1.jpg"),)), "no absolute address"),
}


def test_a_sound_article_violates_nothing() -> None:
    assert violations(SOUND, FETCHED) == []
    assert violations(at("2026-05-04T10:14:00+07:00"), FETCHED) == []
    assert violations(saying(f"Xem https://baothu.example/{'van-ban-1/' * 12}a.pdf"), FETCHED) == []
    assert violations(replace(SOUND, published=None, images=(Image(url=None),)), FETCHED) == []


@pytest.mark.parametrize(("article", "said"), BROKEN.values(), ids=BROKEN)
def test_what_is_wrong_is_told(article: Article, said: str) -> None:
    told = violations(article, FETCHED)
    assert any(line.startswith(said) for line in told), told


@pytest.fixture(scope="module")
def sites() -> Register:
    return load_sites(environment=False)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_stored_page_is_read_soundly(path: Path, sites: Register) -> None:
    page = load(path)
    article = reading.read(
        sites.get(page.site), page.html.decode("utf-8-sig"), page.url, page.fetched_at
    )
    assert violations(article, page.fetched_at) == []


def test_every_article_of_the_demo_archive_is_sound(demo_db: Database) -> None:
    rows = demo_db.execute(
        "SELECT article.id, seen_at FROM article JOIN version ON version.id = version_id"
    ).fetchall()
    told = [
        (article.url, wrong)
        for number, seen_at in rows
        for article in [_stored(article_record(demo_db, number))]
        for wrong in violations(article, datetime.fromisoformat(seen_at))
    ]
    assert rows
    assert told == []


def _stored(record: dict[str, Any]) -> Article:
    """The article of a row of the archive."""

    def moment(name: str) -> Moment | None:
        stated = record[name]
        at = datetime.fromisoformat(stated) if stated else None
        return Moment(at=at, raw="", method="archive", confidence=1.0) if at else None

    names = "title section dateline lead lead_in_body byline byline_raw layout language".split()
    return Article(
        **{name: record[name] for name in names},
        url=record["canonical_url"],
        canonical_url=record["canonical_url"],
        site=record["site"],
        body=tuple(Block(**block) for block in record["body"]),
        images=tuple(Image(**image) for image in record["images"]),
        credit=Credit(raw=record["credit"]) if record["credit"] else None,
        tags=tuple(record["tags"]),
        related=tuple(Link(**link) for link in record["related"]),
        published=moment("published_at"),
        modified=moment("modified_at"),
    )


def _real_pages(*, of_our_sites: bool) -> list[tuple[str, str]]:
    index = SHARED / "corpus" / "pages" / "INDEX.tsv"
    if not index.is_file():
        return []
    with index.open(encoding="utf-8") as rows:
        return [
            (row["file"], row["url"])
            for row in csv.DictReader(rows, delimiter="\t")
            if row["kind"] == "article" and (row["provincial"] == "yes" or not of_our_sites)
        ]


def _html(path: Path) -> str:
    body = path.read_bytes()
    return (gzip.decompress(body) if path.suffix == ".gz" else body).decode("utf-8-sig")


@pytest.mark.shared
@pytest.mark.parametrize(("file", "url"), _real_pages(of_our_sites=True))
def test_a_real_page_is_read_soundly_by_its_site(
    file: str, url: str, shared: Path, sites: Register
) -> None:
    site = sites.for_url(url)
    assert site is not None
    article = reading.read(site, _html(shared / "corpus" / "pages" / file), url, LATER)
    assert article.layout != "generic"
    assert violations(article, LATER) == []


@pytest.mark.shared
@pytest.mark.parametrize(("file", "url"), _real_pages(of_our_sites=False))
def test_a_real_page_is_read_soundly_by_the_generic_reader(
    file: str, url: str, shared: Path
) -> None:
    page = GenericPage(Document(_html(shared / "corpus" / "pages" / file), url))
    assert page.recognises()
    article = date(clean(page.to_article(site="any", article_id=None)), LATER)
    assert violations(article, LATER) == []
