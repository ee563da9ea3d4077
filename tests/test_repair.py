"""Bytes to text and damaged text to what was meant: right where certain, untouched where right."""

from __future__ import annotations

import codecs
import csv
import gzip
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html.entities import name2codepoint
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baolangson_crawler import reading, repair
from baolangson_crawler.cleaning import clean
from baolangson_crawler.extraction.document import parse
from baolangson_crawler.items import Article, Block, Credit, Image, Link
from baolangson_crawler.repair import decode, repaired
from baolangson_crawler.repair.fonts import OLD_FONTS
from baolangson_crawler.repair.syllables import is_syllable, judge
from baolangson_crawler.sites import load_sites
from baolangson_crawler.text import HIDDEN_BYTES, normalise

TEXT = (
    "Sáng nay, Ủy ban xã Đồng Mây tổ chức hội nghị sơ kết nửa năm. Ông Hoàng Văn Thử cho biết "
    "đường về bản Nà Lừa đã được đổ bê tông; người dân ở đây làm ăn thuận lợi hơn trước, "
    "trẻ em không còn phải lội suối đến trường, việc chữa bệnh cũng dễ dàng hơn."
)
PAGE = f"<html><head><title>Đường về bản</title></head><body><p>{TEXT}</p></body></html>"
TCVN3, VNI = OLD_FONTS
TONES = "\u0300\u0301\u0303\u0309\u0323"


def windows_1258(text: str) -> bytes:
    """The text as old Vietnamese Windows wrote it: each tone a character of its own."""
    written = ""
    for letter in text:
        decomposed = unicodedata.normalize("NFD", letter)
        tone = "".join(c for c in decomposed if c in TONES)
        rest = "".join(c for c in decomposed if c not in TONES)
        written += unicodedata.normalize("NFC", rest) + tone
    return written.encode("cp1258")


def in_font(text: str, font: int) -> str:
    """The text as the font's files had it, read as Latin-1."""
    written = {letter: form for form, letter in reversed(OLD_FONTS[font].table.items())}
    if font == 0:
        written["ư"] = "\u00ad"
        # the capitals with a tone have no code: the font for capitals shows small letters so
        capital = {letter.upper(): form for letter, form in written.items() if letter.islower()}
        written = capital | written
    return "".join(written.get(letter, letter) for letter in text)


def misread(text: str, encoding: str) -> str:
    """The text's UTF-8 decoded as a one-byte encoding, controls kept."""
    return "".join(
        bytes((byte,)).decode(encoding, "ignore") or chr(byte) for byte in text.encode("utf-8")
    )


# --- decoding ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "declared", "charset", "lie"),
    [
        (PAGE.encode(), None, "utf-8", None),
        (PAGE.encode(), "utf-8", "utf-8", None),
        (PAGE.encode(), "iso-8859-1", "utf-8", "iso-8859-1"),
        (codecs.BOM_UTF8 + PAGE.encode(), "windows-1258", "utf-8", "windows-1258"),
        (windows_1258(PAGE), None, "cp1258", None),
        (windows_1258(PAGE), "windows-1258", "cp1258", None),
        (windows_1258(PAGE), "utf-8", "cp1258", "utf-8"),
        (windows_1258(PAGE), "iso-8859-1", "cp1258", "iso-8859-1"),
        (windows_1258(PAGE), "windows-1251", "cp1258", "windows-1251"),
        (windows_1258(PAGE), "x-unknown", "cp1258", None),
        (PAGE.encode("utf-16"), None, "utf-16-le", None),
        (PAGE.encode("utf-16"), "utf-16", "utf-16-le", None),
        (codecs.BOM_UTF16_BE + PAGE.encode("utf-16-be"), "utf-8", "utf-16-be", "utf-8"),
        (PAGE.encode("utf-16-le"), None, "utf-16-le", None),
        (PAGE.encode("utf-16-be"), "utf-16be", "utf-16-be", None),
    ],
)
def test_the_text_is_right_whatever_is_declared(
    body: bytes, declared: str | None, charset: str, lie: str | None
) -> None:
    assert decode(body, declared) == (PAGE, charset, lie)


@pytest.mark.parametrize("stated", ["windows-1258", "iso-8859-1", "gb2312"])
def test_a_page_that_misstates_itself_is_read_by_its_bytes(stated: str) -> None:
    page = PAGE.replace("<title>", f'<meta charset="{stated}"><title>')
    assert decode(page.encode())[:2] == (page, "utf-8")
    assert decode(windows_1258(page))[:2] == (page, "cp1258")


def test_the_header_is_asked_before_the_page() -> None:
    page = '<meta charset="windows-1251"><p>越南边境新闻</p>'
    assert decode(page.encode("gb18030"), "gb2312")[:2] == (page, "gb18030")


@pytest.mark.parametrize("cut", range(len(PAGE.encode()) - 40, len(PAGE.encode())))
def test_a_page_that_was_cut_stays_utf8(cut: int) -> None:
    text, charset, _ = decode(PAGE.encode()[:cut])
    assert charset == "utf-8"
    assert text.rstrip("\ufffd") == PAGE[: len(text.rstrip("\ufffd"))]


@pytest.mark.parametrize("declared", [None, "iso-8859-1", "windows-1258"])
@pytest.mark.parametrize("bad", [b"\xff", b"\xe1\xbb", b"\xc3", b"caf\xe9 \x93"])
def test_a_few_bad_bytes_do_not_make_a_page_another_encoding(
    declared: str | None, bad: bytes
) -> None:
    body = PAGE.encode().replace(b"<p>", b"<p>" + bad + b" ")
    text, charset, _ = decode(body, declared)
    assert charset == "utf-8"
    assert TEXT in text
    assert 1 <= text.count("\ufffd") <= len(bad)


@pytest.mark.parametrize(
    ("body", "declared", "text"),
    [
        (b"", None, ""),
        (b"plain", "nonsense", "plain"),
        ("<p>Les élèves, déjà là</p>".encode("cp1252"), None, "<p>Les élèves, déjà là</p>"),
        ("<p>Новости границы</p>".encode("cp1251"), "windows-1251", "<p>Новости границы</p>"),
        (b"<p>\x81\x8d \xe9\xe8 quoted \x93so\x94", "iso-8859-1", "<p>\x81\x8d éè quoted “so”"),
    ],
)
def test_what_is_not_vietnamese_is_read_as_declared(
    body: bytes, declared: str | None, text: str
) -> None:
    assert decode(body, declared).text == text


@given(st.binary(), st.sampled_from([None, "utf-8", "utf-16", "big5", "windows-1258", "?"]))
def test_any_bytes_are_read(body: bytes, declared: str | None) -> None:
    assert isinstance(decode(body, declared).text, str)
    marked = decode(codecs.BOM_UTF8 + body, declared)
    assert (marked.text, marked.charset) == (body.decode("utf-8", "replace"), "utf-8")


@pytest.mark.parametrize("part", [b"<", b"<script>", b"<!--", b"\xe9", b"&lt;a", b"(\xea "])
def test_a_hostile_page_is_read_in_time(part: bytes) -> None:
    body = b"\xe9 " + part * (2_000_000 // len(part))
    begun = perf_counter()
    text = decode(body, "iso-8859-1").text
    repaired([normalise(text[:200_000])])
    assert perf_counter() - begun < 10


# --- syllables --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word",
    "Nguyễn nghiêng quyết quốc quỳnh giếng gìn giữ khuya khuỷu Đường ƯỚC hoà hòa thuỷ thủy ý ỷ "
    "uỷ ủy yến quạ gạo huơ xoong toán ngoằn soạng chuệch ướp rượu trưởng kẻ cử".split(),
)
def test_vietnamese_syllables(word: str) -> None:
    assert is_syllable(word)
    assert is_syllable(unicodedata.normalize("NFD", word.upper()))


@pytest.mark.parametrize(
    "word",
    "ViÖt Vieät Viá»‡t café Müller Häagen naïve kã cíe ngè ghá tòt bàc zá fò wế đ Phớc".split(),
)
def test_what_is_no_vietnamese_syllable(word: str) -> None:
    assert not is_syllable(word)


# --- old fonts --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "meant", "name"),
    [
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam", "tcvn3"),
        ("§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc", "tcvn3"),
        (
            "Th\u00adêng vô TØnh ñy häp; n−íc vÒ b¶n",
            "Thường vụ Tỉnh ủy họp; nước về bản",
            "tcvn3",
        ),
        ("HéI NGHÞ s¬ kÕt, ®Êt vµ ng\u00adêi", "HỘI NGHỊ sơ kết, đất và người", "tcvn3"),
        (
            "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam",
            "Cộng hòa xã hội chủ nghĩa Việt Nam",
            "vni",
        ),
        ("Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc", "vni"),
        ("THÔØI SÖÏ VUØNG CAO, LAÏNG SÔN", "THỜI SỰ VÙNG CAO, LẠNG SƠN", "vni"),
    ],
)
def test_text_of_an_old_font_is_converted(printed: str, meant: str, name: str) -> None:
    assert repaired([normalise(printed)]) == ([meant], (name,))


@pytest.mark.parametrize("font", [0, 1])
def test_every_letter_goes_through_an_old_font_and_back(font: int) -> None:
    done, repairs = repaired([normalise(in_font(TEXT, font)), in_font("Bản mới", font)])
    # TCVN3 has no capital letters with a tone: "Ủy" was typed in another font of the family
    assert done[0] == (TEXT.replace("Ủy", "ủy") if font == 0 else TEXT)
    assert done[1] == "Bản mới"
    assert repairs == (OLD_FONTS[font].name,)


def test_the_tables_of_the_old_fonts() -> None:
    table = TCVN3.table
    assert len(set(table.values())) == 74  # TCVN 5712:1993: 67 small letters and 7 capitals
    assert (table["µ"], table["§"], table["\u00ad"], table["þ"]) == ("à", "Đ", "ư", "ỵ")
    small = {letter for letter in table.values() if letter.islower()}
    letters = {*VNI.table.values(), *"ìíÌÍ"}  # which VNI and Latin-1 have in one place
    assert letters == small | {letter.upper() for letter in small}


def test_one_old_paragraph_in_an_article_of_today_is_converted_alone() -> None:
    old = in_font("người dân ở đây làm ăn thuận lợi hơn trước", 0)
    assert repaired([TEXT, old, "Ca, nhạc và thơ"]) == (
        [TEXT, "người dân ở đây làm ăn thuận lợi hơn trước", "Ca, nhạc và thơ"],
        ("tcvn3",),
    )


@pytest.mark.parametrize(
    ("texts", "suspected"),
    [(["ViÖt Nam vµ b¹n"], "tcvn3?"), (["Vieät Nam vaø baïn"], "vni?")],
)
def test_too_few_words_are_suspected_and_left(texts: list[str], suspected: str) -> None:
    texts = [texts[0].rsplit(" ", 1)[0]]
    assert repaired(texts) == (texts, (suspected,))


def test_symbols_in_a_text_of_an_old_font_stay() -> None:
    old = "· Gi¸ mçi m¶nh ®Êt lµ £40, xem § 5, © ViÖt Nam"
    assert repaired([old])[0] == ["· Giá mỗi mảnh đất là £40, xem § 5, © Việt Nam"]


# --- mojibake ---------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "cp1258"])
@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "“Là việc của toàn dân – ai cũng làm”",
        "Đổi mới ở Hà Nội, tài chính và nhân dân: à, ạ, “đảm việc nhà”",
        "NHÀ NƯỚC VÀ NHÂN DÂN",
    ],
)
def test_misread_utf8_is_read_again(text: str, encoding: str, times: int) -> None:
    damaged = misread(text, encoding)
    if times == 2:
        damaged = misread(damaged, "cp1252")
    assert repaired([normalise(damaged)]) == ([text], ("mojibake",))


def test_only_the_misread_part_of_a_text_changes() -> None:
    printed = f"ĐÃ VỀ XÃ MÃ BA, “đổi mới”: {normalise(misread('người làm việc', 'cp1252'))} ÂU Á"
    assert repaired([printed]) == (
        ["ĐÃ VỀ XÃ MÃ BA, “đổi mới”: người làm việc ÂU Á"],
        ("mojibake",),
    )


def test_a_short_text_is_read_again_where_the_article_was_misread() -> None:
    place, body = normalise(misread("Lào Cai", "cp1252")), normalise(misread(TEXT, "cp1252"))
    assert repaired([place, "XÃ", body]) == (["Lào Cai", "XÃ", TEXT], ("mojibake",))
    assert repaired([place, "XÃ"]) == ([place, "XÃ"], ())


@pytest.mark.parametrize("text", ["Viá»t Nam", "M\ufffdt ngày mới"])
def test_letters_that_are_lost_are_flagged(text: str) -> None:
    assert repaired([text]) == ([text], ("mojibake?",))


# --- entities ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("T&agrave;i ch&#237;nh &#x1EA1;", "Tài chính ạ"),
        ("&amp;agrave; v&amp;amp;#224;", "à và"),
        ("Một&nbsp;hai&nbsp ba", "Một hai ba"),
        ("Xuân &amp; Hạ &quot;mới&quot;", 'Xuân & Hạ "mới"'),
        ("dưới &lt; 15 độ", "dưới < 15 độ"),
        ("&lt;b&gt;T&agrave;i&lt;/b&gt;", "<b>Tài</b>"),
        ("&#147;M&#7899;i&#148;", "“Mới”"),
    ],
)
def test_entities_encoded_twice_are_decoded(printed: str, meant: str) -> None:
    done = clean(article(title=printed))
    assert (done.title, done.repairs) == (meant, ("entities",))


@pytest.mark.parametrize(
    "text",
    [
        "AT&T và R&D; Q&A;",
        "a?b=1&copy=2&section=3",
        "Thẻ &lt;b&gt; và &lt;a href=&quot;x&quot;&gt; trong HTML",
        "&#; &; &#x; &nothing; &#99999999;",
    ],
)
def test_what_is_no_entity_or_is_meant_stays(text: str) -> None:
    assert repaired([text]) == ([text], ())


# --- what is right stays ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "CHÂU Á, CHÂU ÂU; ĐÃ LÀM; XÃ; “LÃ”; Ã; Â…; CAFÉ” Ê…",
        "«Áo dài Việt», giá 5€ – 10 £, 30 °C, 12 m², © 2026 ® · ½ × 2",
        "Häagen-Dazs, Müller, São Paulo, José, Pelé, naïve, Noël, Citroën, Übersee",
        "Où est l'hôtel? Déjà là, à côté. Ñandú, señor",
        "Chị Krông Pắc ở Đắk Lắk, Bắc Kạn; à ạ ồ; inter\u2060nét",
    ],
)
def test_right_text_stays(text: str) -> None:
    assert repaired([text]) == ([text], ())


def test_bytes_that_are_no_letters_do_not_stay_in_right_text() -> None:
    hidden = f"© Bản{HIDDEN_BYTES} mới"
    assert repaired([normalise(hidden)]) == (["© Bản mới"], ())


def saved_pages(folder: Path) -> Iterator[tuple[str, bytes]]:
    with (folder / "pages" / "INDEX.tsv").open(encoding="utf-8") as index:
        for row in csv.DictReader(index, delimiter="\t"):
            body = (folder / "pages" / row["file"]).read_bytes()
            yield row["file"], gzip.decompress(body) if row["file"].endswith(".gz") else body
    for bench in ("vn_hand_dev", "vn_real_dev"):
        for path in sorted((folder / "bench" / bench / "pages").iterdir()):
            yield path.name, gzip.decompress(path.read_bytes())


@pytest.mark.shared
def test_no_text_of_a_real_page_changes(shared: Path) -> None:
    checked = 0
    for file, body in saved_pages(shared / "corpus"):
        page = decode(body)
        assert (page.charset, page.misdeclared) == ("utf-8", None), file
        tree = parse(page.text)
        for element in list(tree.iter("script", "style", "noscript", "iframe")):
            element.text = None
        texts = [text for raw in tree.itertext() if (text := normalise(raw))]
        done = repaired(texts)
        assert done == (texts, ()), file
        checked += judge("\n".join(texts)).valid
    assert checked > 50_000


@given(st.lists(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("ÃÂáº»ư& ;#\xad®")))))
def test_any_texts_are_repaired_each_for_itself(texts: list[str]) -> None:
    done, repairs = repaired(texts)
    assert len(done) == len(texts)
    assert set(repairs) <= {
        *("entities", "mojibake", "mojibake?", "tcvn3", "tcvn3?", "vni", "vni?")
    }
    assert not set(HIDDEN_BYTES) & set("".join(done))


# --- the whole page ---------------------------------------------------------------------------


def encoded_twice(text: str) -> str:
    """The text with the letters of Latin-1 as entities that were encoded once more."""
    names = {chr(c): f"&amp;{name};" for name, c in name2codepoint.items() if 0xBF < c < 0x100}
    return "".join(names.get(letter, letter) for letter in text)


SERVED = (
    "<h1 class='name'>Đường về bản đã đổ bê tông</h1><div class='date'>08:54 | 21/07/2020</div>"
    f"<div id='content-detail'><h2>Bà con đi chợ không còn lội suối.</h2><p>{TEXT}</p>"
    "<p align='center'><img src='/a.jpg'></p><p align='center'>Đường mới. Ảnh: Lò Đức</p>"
    f"<p>Nước về đến từng nhà, mùa này là mùa gặt.</p><p>Nguồn: Báo Lạng Sơn</p>"
    "<p><strong>Lê Cao Hải</strong></p></div>"
)
DAMAGES: dict[str, Callable[[str], str]] = {
    "entities": encoded_twice,
    "latin-1": lambda page: misread(page, "latin-1"),
    "cp1252": lambda page: misread(page, "cp1252"),
    "cp1258": lambda page: misread(page, "cp1258"),
    "misread twice": lambda page: misread(misread(page, "cp1252"), "cp1252"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_page_is_read_as_the_page_that_was_meant(damage: str) -> None:
    site = load_sites(environment=False).get("baolangson")
    url, at = "https://baolangson.vn/duong-moi-5071654.html", datetime(2026, 7, 1, tzinfo=UTC)
    meant = reading.read(site, SERVED, url, at)
    assert (meant.byline, meant.images[0].credit) == ("Lê Cao Hải", "Lò Đức")
    assert meant.credit == Credit(raw="Nguồn: Báo Lạng Sơn", source="baolangson")
    read = reading.read(site, DAMAGES[damage](SERVED), url, at)
    assert read.repairs == (("entities",) if damage == "entities" else ("mojibake",))
    assert replace(read, repairs=()) == meant


@pytest.mark.parametrize(
    ("html", "repaired_html"),
    [
        ("<p>Th&amp;ocirc;ng b&amp;#225;o m&amp;#x1EDB;i</p>", "<p>Thông báo mới</p>"),
        ("<p>Th&amp;amp;ocirc;ng b&amp;aacute;o t&amp;ecirc;n</p>", "<p>Thông báo tên</p>"),
        (
            "<p>Th&amp;ocirc;ng b&amp;aacute;o&amp;nbsp;t&amp;ecirc;n &amp;lt;b&amp;gt;</p>",
            "<p>Thông báo\u00a0tên &amp;lt;b&amp;gt;</p>",
        ),
        (
            "<meta content='Th&amp;ocirc;ng b&amp;aacute;o t&amp;ecirc;n'>"
            "<a href='/?a=1&amp;ocirc;=2' title='https://a.example/&amp;ocirc;'>m&amp;agrave;</a>"
            "<script>'t&amp;ecirc;n'</script><!-- t&amp;ecirc;n -->",
            "<meta content='Thông báo tên'>"
            "<a href='/?a=1&amp;ocirc;=2' title='https://a.example/&amp;ocirc;'>mà</a>"
            "<script>'t&amp;ecirc;n'</script><!-- t&amp;ecirc;n -->",
        ),
        (
            f"<p>Đúng rồi.</p><p>{misread('Sáng nay, chợ xã bạn đã mở.', 'cp1252')}</p>",
            "<p>Đúng rồi.</p><p>Sáng nay, chợ xã bạn đã mở.</p>",
        ),
    ],
)
def test_words_of_a_page_are_repaired_and_nothing_else(html: str, repaired_html: str) -> None:
    assert repair.page(html).text == repaired_html


@pytest.mark.parametrize(
    "html",
    [
        PAGE,
        "<p>Viết &amp;agrave; cho chữ à, &amp;lt; cho dấu bé.</p>",
        "<p>Caf&amp;eacute;, d&amp;eacute;j&amp;agrave;-vu, gar&amp;ccedil;on, na&amp;iuml;ve</p>",
        "<a href='/?a=1&amp;agrave=2&amp;ocirc;=3&amp;ecirc;=4'>Th&amp;ecirc;m</a>",
        "<p>Nº 5, 1º, «khá», áº là gì</p>",
        "<script>const words = 'Th&amp;ocirc;ng b&amp;aacute;o t&amp;ecirc;n'",
        "<p>&amp;notanentity; Th&amp;ocirc;ng &amp;#9999999;</p>",
        "",
    ],
)
def test_a_page_that_is_not_damaged_as_a_whole_stays(html: str) -> None:
    assert repair.page(html) == (html, ())


def test_to_see_that_a_page_is_whole_costs_a_small_part_of_parsing_it() -> None:
    html = f"<p>{TEXT}</p><p><a href='/?a=1&amp;b=2'>Đường mới</a></p>" * 400
    look, whole = (min(_seconds(step, html) for _ in range(5)) for step in (repair.page, parse))
    assert look < 0.5 * whole


def _seconds(step: Callable[[str], object], html: str) -> float:
    start = perf_counter()
    step(html)
    return perf_counter() - start


@pytest.mark.parametrize("tail", ["<script>", "<!--", "<a title='", "<", "&amp;amp;", "&amp;"])
def test_a_page_of_one_damaged_kind_a_hundred_thousand_times_is_done_with(tail: str) -> None:
    start = perf_counter()
    repair.page("<p>Th&amp;ocirc;ng b&amp;aacute;o t&amp;ecirc;n áº" + tail * 100_000)
    assert perf_counter() - start < 5


# --- the whole article ------------------------------------------------------------------------


def article(**fields: object) -> Article:
    given: dict[str, object] = {
        "url": "https://a.example/x-1.html",
        "canonical_url": "https://a.example/x-1.html",
        "site": "a",
        "title": "Đường về bản",
        "layout": "portal",
    }
    return Article(**(given | fields))  # type: ignore[arg-type]


def test_every_field_of_an_article_is_repaired_and_the_repair_named() -> None:
    def old(text: str) -> str:
        return normalise(in_font(text, 0))

    done = clean(
        article(
            title=old("Bản mới"),
            lead=old("Đường về bản đã được đổ bê tông."),
            body=(Block(text=old("Đời sống"), kind="subhead"), Block(text=old(TEXT))),
            images=(Image(url=None, caption=old("Cảnh hội nghị"), credit=old("Văn Thử")),),
            section=old("Thời sự"),
            byline=old("Hoàng Thị Lụa"),
            byline_raw=old("Bài: Hoàng Thị Lụa"),
            credit=Credit(raw=old("Theo báo bạn")),
            tags=(old("giao thông"), old("đời sống")),
            related=(Link(url="https://a.example/y", title=old("Nước về bản")),),
        )
    )
    assert done == article(
        title="Bản mới",
        lead="Đường về bản đã được đổ bê tông.",
        body=(
            Block(text="Đời sống", kind="subhead"),
            Block(text=TEXT.replace("Ủy", "ủy")),
        ),
        images=(Image(url=None, caption="Cảnh hội nghị", credit="Văn Thử"),),
        section="Thời sự",
        byline="Hoàng Thị Lụa",
        byline_raw="Bài: Hoàng Thị Lụa",
        credit=Credit(raw="Theo báo bạn"),
        tags=("giao thông", "đời sống"),
        related=(Link(url="https://a.example/y", title="Nước về bản"),),
        repairs=("tcvn3",),
    )


@pytest.mark.parametrize(
    "damaged",
    [
        lambda text: normalise(in_font(text, 0)),
        lambda text: normalise(misread(text, "cp1252")),
        lambda text: "".join(f"&#{ord(c)};" if not c.isascii() else c for c in text),
    ],
    ids=["tcvn3", "mojibake", "entities"],
)
def test_byline_and_credit_are_read_after_the_repair(damaged: Callable[[str], str]) -> None:
    lines = ("Một ngày mới đã về trên đường bản.", "Bài và ảnh: Lụa", "Nguồn: Báo Lạng Sơn")
    done = clean(article(body=tuple(Block(text=damaged(line)) for line in lines)))
    assert [block.text for block in done.body] == [lines[0]]
    assert (done.byline, done.byline_raw) == ("Lụa", lines[1])
    assert done.credit == Credit(raw=lines[2], source="baolangson")


def test_the_words_under_a_picture_are_read_after_the_repair() -> None:
    words = "Mùa gặt ở bản Nà Lừa. Ảnh: Văn Thử"
    lines = (TEXT, words, "Một ngày mới đã về trên đường bản.")
    pictures = (
        Image(url="https://a.example/1.jpg", position=1),
        Image(url="https://a.example/2.jpg", caption=in_font(words, 1), position=3),
    )
    body = tuple(Block(text=in_font(line, 1)) for line in lines)
    done = clean(article(body=body, images=pictures))
    assert [block.text for block in done.body] == [lines[0], lines[2]]
    assert [(i.caption, i.credit, i.position) for i in done.images] == [
        (words, "Văn Thử", 1),
        (words, "Văn Thử", 2),
    ]


def test_the_source_of_a_damaged_credit_is_read_after_the_repair() -> None:
    printed = Credit(raw="Theo B&#225;o L&#7841;ng S&#417;n")
    done = clean(article(body=(Block(text=TEXT),), credit=printed))
    assert done.credit == Credit(raw="Theo Báo Lạng Sơn", source="baolangson")


def test_several_repairs_are_named_in_their_order() -> None:
    done = clean(
        article(
            title="&#272;&#432;&#7901;ng v&#7873;",
            body=(Block(text=normalise(misread(TEXT, "cp1252"))),),
        )
    )
    assert (done.title, done.body[0].text) == ("Đường về", TEXT)
    assert done.repairs == ("entities", "mojibake")


def test_an_ordinary_article_is_not_touched() -> None:
    plain = article(lead=TEXT, body=(Block(text=TEXT),), tags=("bản",))
    assert clean(plain) == plain


@pytest.mark.parametrize(
    ("title", "own"),
    [
        ("Sống mới - Báo Bà Rịa - Vũng Tàu", "Sống mới"),
        ("Sống mới | Báo Bà Rịa – Vũng Tàu điện tử", "Sống mới"),
        ("Sống mới - Báo Bà Rịa Vũng Tàu - baobariavungtau.com.vn", "Sống mới"),
        ("Sống mới - Báo Bà Rịa - Vũng Tàu - Báo Bà Rịa - Vũng Tàu", "Sống mới"),
        ("Sống mới ở Bà Rịa - Vũng Tàu", "Sống mới ở Bà Rịa - Vũng Tàu"),
        ("Báo Bà Rịa - Vũng Tàu", "Báo Bà Rịa - Vũng Tàu"),
    ],
)
def test_a_name_that_holds_a_dash_leaves_a_title(title: str, own: str) -> None:
    html = (
        f"<h1>{title}</h1><div id='content-detail'><p>{TEXT}</p><p>{TEXT} Vậy.</p></div>"
        f"<title>{title}</title>"
    )
    site = load_sites(environment=False).get("baobariavungtau")
    url = "https://baobariavungtau.com.vn/kinh-te/202502/song-moi-1033123/"
    assert site.extract(html, url).title == own


@pytest.mark.parametrize(
    "title",
    [
        "S&amp;#7889;ng m&amp;#7899;i - B&amp;aacute;o L&amp;#7841;ng S&amp;#417;n",
        "S&#7889;ng m&#7899;i - B&aacute;o L&#7841;ng S&#417;n",
        "Sống mới - Báo Lạng Sơn",
    ],
)
def test_the_name_of_the_paper_leaves_a_title_however_it_is_encoded(title: str) -> None:
    html = (
        f"<h1 class='name'>{title}</h1><div class='date'>08:54 | 21/07/2020</div>"
        f"<div id='content-detail'><p>{TEXT}</p></div>"
    )
    site = load_sites(environment=False).get("baolangson")
    done = clean(site.extract(html, "https://baolangson.vn/song-moi-5071654.html"))
    assert done.title == "Sống mới"
