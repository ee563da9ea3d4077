"""Text as stored, text as compared, and the one form of an address."""

from __future__ import annotations

import unicodedata

import pytest

from baolangson_crawler import urls
from baolangson_crawler.addresses import is_public, is_reserved_name, literal
from baolangson_crawler.text import HIDDEN_BYTES, fold, has_marks, normalise, word_count


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("  Lạng \u00a0 Sơn\n", "Lạng Sơn"),
        (unicodedata.normalize("NFD", "Đảng ủy Khối"), "Đảng ủy Khối"),
        ("a\u200bb\ufeffc", "abc"),
        ("\u202ea\u202c", "a"),
        ("một\x00hai\ud800", "mộthai"),
        ("plain", "plain"),
        ("", ""),
        ("\u3000\u2009", ""),
        ("a\x07b", "ab"),
        ("tab\there", "tab here"),
        ("một\x1fhai", "một hai"),
        ("one\x1ftwo", "one two"),
        ("a  b", "a b"),
        ("à\u2028\u2029ạ", "à ạ"),
        ("\x93Mới\x94 \x85", "“Mới” …"),
        ("\x93so\x94", "“so”"),
        ("chỉ\u00ad thị\u0081", "chỉ thị"),
        ("\ud83d\ude00 mới", "mới"),
        ("mới \U0001f600", "mới \U0001f600"),
    ],
)
def test_normalise(raw: str, stored: str) -> None:
    assert normalise(raw) == stored
    assert normalise(stored) == stored


# Signs of Arabic, Syriac, Kaithi and hieroglyphs: Unicode files them under format (Cf), though
# they are seen.
SEEN = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
SEEN |= set(range(0x13430, 0x13440))


def test_normalise_leaves_nothing_invisible_of_all_unicode() -> None:
    left, kept = [], []
    for code in range(0x110000):
        character = chr(code)
        category = unicodedata.category(character)
        if category in ("Cc", "Cf", "Cs", "Zl", "Zp", "Zs") and code not in SEEN:
            done = normalise(f"à{character}b")
            shown = bytes((code,)).decode("cp1252", "ignore") if 0x80 <= code < 0xA0 else ""
            if done not in ("àb", "à b") and not (shown and done == f"à{shown}b"):
                left.append(hex(code))
        elif category[0] in "LNPS" and unicodedata.normalize("NFC", character) == character:
            kept.append(normalise(f"a{character}") == f"a{character}")
    assert left == []
    assert all(kept)
    assert len(kept) > 100_000


@pytest.mark.parametrize("letter", "ÃÂÄÆº»®µ")
def test_bytes_without_a_glyph_wait_for_the_repair_where_they_may_be_letters(letter: str) -> None:
    for hidden in HIDDEN_BYTES:
        assert normalise(f" {letter}{hidden}n  à") == f"{letter}{hidden}n à"
        assert normalise(f"ế{hidden}n") == "ến"


def test_fold_takes_every_mark_and_the_bar_of_d() -> None:
    vowels = "aăâeêioôơuưy"
    tones = ["", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"]
    for vowel in vowels:
        plain = unicodedata.normalize("NFD", vowel)[0]
        for tone in tones:
            marked = unicodedata.normalize("NFC", vowel + tone)
            assert fold(marked) == plain
            assert fold(marked.upper()) == plain
    assert fold("Đảng ủy ĐƯỜNG đỏ") == "dang uy duong do"


@pytest.mark.parametrize(
    ("word", "marked"), [("duong", False), ("đuong", True), ("Dương", True), ("ABC", False)]
)
def test_has_marks(word: str, marked: bool) -> None:
    assert has_marks(word) is marked


def test_word_count_counts_syllables() -> None:
    assert word_count("Đảng ủy Khối các cơ quan") == 6


@pytest.mark.parametrize(
    ("url", "one_form"),
    [
        ("http://www.baolangson.vn/", "https://baolangson.vn/"),
        ("HTTPS://BaoLangSon.vn:443", "https://baolangson.vn/"),
        ("https://m.baocantho.com.vn/x-a1.html#anh", "https://baocantho.com.vn/x-a1.html"),
        ("https://a.vn/x?utm_source=fb&b=2&a=1&fbclid=x", "https://a.vn/x?a=1&b=2"),
        ("https://a.vn/Thoi-su/x", "https://a.vn/Thoi-su/x"),
        ("https://a.vn/th\u1eddi%20s\u1ef1", "https://a.vn/th%E1%BB%9Di%20s%E1%BB%B1"),
        ("https://a.vn/tho%CC%9B%CC%80i", "https://a.vn/th%E1%BB%9Di"),
        ("https://a.vn/a%2Fb", "https://a.vn/a%2Fb"),
        ("https://a.vn/x;jsessionid=ABC?y=1", "https://a.vn/x?y=1"),
        ("http://a.vn:8080/x", "https://a.vn:8080/x"),
        ("https://a.vn/viewer.aspx?mabb=12&macm=3", "https://a.vn/viewer.aspx?mabb=12&macm=3"),
        ("https://a.vn/%ff%fe", "https://a.vn/%ff%fe"),
    ],
)
def test_canonical(url: str, one_form: str) -> None:
    assert urls.canonical(url) == one_form
    assert urls.canonical(one_form) == one_form


@pytest.mark.parametrize("url", ["", "ftp://a.vn/", "/path", "javascript:x", "http:///x"])
def test_canonical_refuses_what_is_no_address(url: str) -> None:
    with pytest.raises(ValueError, match="Not an http address"):
        urls.canonical(url)


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("x.html", "https://a.vn/s/x.html"),
        ("/x#y", "https://a.vn/x"),
        ("//b.vn/x", "https://b.vn/x"),
        (" https://b.vn ", "https://b.vn"),
        ("#top", None),
        ("javascript:void(0)", None),
        ("mailto:a@b.vn", None),
        ("http://[bad", None),
        ("http://a.vn:port/", None),
        ("file:///etc/passwd", None),
    ],
)
def test_absolute(href: str, address: str | None) -> None:
    assert urls.absolute("https://a.vn/s/", href) == address


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
        *("0.0.0.0", "224.0.0.1", "255.255.255.255", "[::1]", "[fe80::1%25eth0]", "[fc00::1]"),
        *("[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[ff02::1]", "[::]"),
    ],
)
def test_private_addresses_are_not_public(host: str) -> None:
    address = literal(host)
    assert address is not None
    assert not is_public(address)


@pytest.mark.parametrize("host", ["8.8.8.8", "203.162.0.1", "[2405:4800::1]", "[64:ff9b::808:808]"])
def test_public_addresses_are_public(host: str) -> None:
    address = literal(host)
    assert address is not None
    assert is_public(address)


def test_only_reserved_names_may_be_asked_faster() -> None:
    assert is_reserved_name("http://baonuixanh.example/x")
    assert not is_reserved_name("http://example.vn/")
    assert not is_reserved_name("https://baolangson.vn/")
    assert literal("baolangson.vn") is None
