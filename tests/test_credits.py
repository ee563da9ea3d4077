"""Reprint credits and datelines: whom a line names, and which line names nobody."""

from __future__ import annotations

import csv
import gzip
import re
import tomllib
from collections import Counter
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest

from baolangson_crawler.cleaning import clean
from baolangson_crawler.extraction import datelines
from baolangson_crawler.extraction.body import Run, pieces
from baolangson_crawler.extraction.credits import byline, credit, credit_at_end
from baolangson_crawler.extraction.document import parse
from baolangson_crawler.extraction.sources import kind_of, one_edit_apart, provinces, source_key
from baolangson_crawler.items import Article, Block
from baolangson_crawler.repair import decode
from baolangson_crawler.sites import load_sites
from baolangson_crawler.sites.base import Site
from baolangson_crawler.text import fold

ROWS: dict[str, dict[str, list[str]]] = tomllib.loads(
    files("baolangson_crawler.extraction").joinpath("sources.toml").read_text(encoding="utf-8")
)
NAMED = [(name, key) for rows in ROWS.values() for key, names in rows.items() for name in names]
KNOWN = {re.sub("[^a-z]", "", fold(name)) for name, _ in NAMED}
BY_TYPING = [(n, k) for n, k in NAMED if "." not in n and len(fold(n).replace(" ", "")) >= 10]


# --- the table --------------------------------------------------------------------------------


def test_the_table_holds_every_provincial_paper_and_many_others() -> None:
    assert len(provinces()) == 63
    assert len(set(provinces().values())) == 63
    assert sum(len(rows) for kind, rows in ROWS.items() if kind != "provincial") >= 120


def test_no_name_stands_twice() -> None:
    assert [name for name, count in Counter(name for name, _ in NAMED).items() if count > 1] == []


@pytest.mark.parametrize(("name", "key"), NAMED)
def test_a_name_leads_to_its_key_however_it_is_written(name: str, key: str) -> None:
    assert source_key(name, typos=False) == key
    assert source_key(name.upper()) == key
    assert source_key(fold(name)) == key
    if "." not in name:
        assert source_key(f"{name} điện tử") == key
        assert source_key(name.replace(" ", "")) == key


@pytest.mark.parametrize("site", list(load_sites(environment=False)), ids=lambda site: site.key)
def test_a_site_is_known_by_its_name_and_by_each_of_its_domains(site: Site) -> None:
    key, name = site.key, site.name
    assert kind_of(key) == "provincial"
    assert source_key(name) == key
    for host in (*site.domains, *site.former_domains):
        assert source_key(host) == key
        assert source_key(f"https://www.{host}/thoi-su/mot-bai-viet-12.html") == key


@pytest.mark.shared
def test_the_domains_that_are_known_of_the_papers(shared: Path) -> None:
    checked = set()
    with (shared / "design" / "sites.tsv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table, delimiter="\t"):
            own = {key for key, place in provinces().items() if place in row["former_province"]}
            if row["is_present"] == "1":
                assert source_key(row["domain_now"]) in own
            for said in row["domains_former"].split(";"):
                host = said.split("(")[0].strip(" ?")
                if host and (" " not in host):
                    assert source_key(host) in own | {source_key(row["domain_now"])}, host
            checked |= own
    assert len(checked) == 63


# --- names ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Baolang son.vn", "baolangson"),
        ("Báo Lạng Sơn điện tử", "baolangson"),
        ("báo điện tử Lạng Sơn", "baolangson"),
        ("Báo tỉnh Lạng Sơn", "baolangson"),
        ("Báo và Đài PT-TH Lạng Sơn", "baolangson"),
        ("Báo và phát thanh, truyền hình Bắc Ninh", "baobacninh"),
        ("en.baocantho.com.vn", "baocantho"),
        ("https://baolangson.vn/kinh-te/x-5071654.html", "baolangson"),
        ("Đồng Khởi", "baodongkhoi"),
        ("Báo Bến Tre", "baodongkhoi"),
        ("Báo Tiền Giang", "baoapbac"),
        ("Hànộimới", "hanoimoi"),
        ("Sài Gòn Giải Phóng Online", "sggp"),
        ("baothuathienhue.vn", "huengaynay"),
        ("Báo Nhân Dân điện tử", "nhandan"),
        ("báo điện tử Đảng Cộng sản Việt Nam", "dangcongsan"),
        ("TTXVN/Vietnam+", "ttxvn"),
        ("PV/VOV", "vov"),
        ("Hoàng Anh/Báo Tin tức", "ttxvn"),
        ("TTXVN, baochinhphu.vn", "ttxvn"),
        ("Báo Nhân Dân và TTXVN", "nhandan"),
        ("Cổng TTĐT Chính phủ", "chinhphu"),
        ("Cổng thông tin điện tử Bộ Y tế", "moh"),
        ("Cổng TTĐT tỉnh Lạng Sơn", "congttdt-langson"),
        ("Cổng Thông tin điện tử UBND tỉnh Cao Bằng", "congttdt-caobang"),
        ("langson.gov.vn", "congttdt-langson"),
        ("soyte.langson.gov.vn", "congttdt-langson"),
        ("Trang tin điện tử Thành ủy TP.HCM", "tinhuy-hochiminh"),
        ("Cổng TTĐT Tỉnh ủy Lạng Sơn", "tinhuy-langson"),
        ("Đài Phát thanh - Truyền hình tỉnh Cao Bằng", "ptth-caobang"),
    ],
)
def test_one_source_has_many_spellings(name: str, key: str) -> None:
    assert source_key(name, typos=False) == key


@pytest.mark.parametrize(
    "name",
    [
        "Một nơi nào đó",
        "UBND tỉnh Lạng Sơn",
        "nhà báo",
        "Internet",
        "abc.gov.vn",
        "son.vn",
        "",
        ".",
    ],
)
def test_what_is_no_source_has_no_key(name: str) -> None:
    assert source_key(name) is None


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Báo Lạng Sn", "baolangson"),
        ("baolangsson.vn", "baolangson"),
        ("Báo Quảng Nin", "baoquangninh"),
        ("vnexpres.net", "vnexpress"),
        ("Báo Quảng Xinh", None),  # Ninh or Bình
        ("Báo Hà Nem", "baohanam"),
        ("Vovv", None),
    ],
)
def test_one_letter_may_be_wrong_where_no_other_name_is_as_near(
    typed: str, key: str | None
) -> None:
    assert source_key(typed, typos=False) is None
    assert source_key(typed) == key


@pytest.mark.parametrize(("name", "key"), BY_TYPING)
def test_a_typing_error_never_leads_to_another_source(name: str, key: str) -> None:
    for index in range(1, len(name), 3):
        for typed in (name[:index] + name[index + 1 :], name[:index] + "z" + name[index:]):
            if re.sub("[^a-z]", "", fold(typed)) not in KNOWN:  # "Bo Xây dựng" is the ministry
                assert source_key(typed) in (key, None), typed


def test_the_papers_of_neighbouring_names_stay_apart() -> None:
    names = sorted(provinces().values())
    near = [
        (one, other)
        for one in names
        for other in names
        if one_edit_apart(fold(one).replace(" ", ""), fold(other).replace(" ", ""))
    ]
    assert ("Quảng Bình", "Quảng Ninh") in near
    for one, other in near:
        assert source_key(f"Báo {one}") != source_key(f"Báo {other}")


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("abc", "abc", False),
        ("abc", "abd", True),
        ("abc", "ab", True),
        ("abc", "xabc", True),
        ("abc", "acb", False),
        ("abc", "abcde", False),
        ("", "a", True),
    ],
)
def test_one_edit(one: str, other: str, apart: bool) -> None:
    assert one_edit_apart(one, other) is apart
    assert one_edit_apart(other, one) is apart


# --- lines ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("Nguồn: Baolang son.vn", "baolangson"),
        ("Nguồn: baochinhphu.vn", "chinhphu"),
        ("NGUỒN: BÁO LẠNG SƠN", "baolangson"),
        ("Nguồn tin: Cổng TTĐT tỉnh Lạng Sơn", "congttdt-langson"),
        ("Nguồn TTXVN", "ttxvn"),
        ("Nguồn – TTXVN", "ttxvn"),
        ("Theo nguồn TTXVN", "ttxvn"),
        ("Source: VNA", "ttxvn"),
        ("Nguồn: một trang mạng", None),
        ("(Nguồn: TTXVN, Báo Nhân Dân)", "ttxvn"),
        ("Theo TTXVN", "ttxvn"),
        ("Theo TTXVN/Vietnam+", "ttxvn"),
        ("Theo PV/VOV", "vov"),
        ("Theo Tuổi trẻ Online", "tuoitre"),
        ("(Theo Báo Lạng Sơn).", "baolangson"),
        ("Theo: Báo Quảng Nin", "baoquangninh"),
        ("Theo Hoàng Anh/Báo Tin tức", "ttxvn"),
        ("Theo Báo Nhân Dân và TTXVN", "nhandan"),
        ("Theo Sức khỏe và Đời sống", "suckhoedoisong"),
        ("Theo Thế giới và Việt Nam", "baoquocte"),
        ("Theo Bà Rịa - Vũng Tàu", "baobariavungtau"),
        ("VNA/VNS", "ttxvn"),
        ("Theo RT", None),
        ("Theo Mai Hiên", None),
        ("Tổng hợp từ TTXVN", "ttxvn"),
        ("TTXVN", "ttxvn"),
        ("(TTXVN)", "ttxvn"),
        ("(TTXVN/Vietnam+)", "ttxvn"),
        ("(Báo Lạng Sơn)", "baolangson"),
        ("Baolang son.vn", "baolangson"),
        ("Báo Nhân Dân điện tử", "nhandan"),
        ("VnEconomy", "vneconomy"),
    ],
)
def test_a_line_that_names_its_source(line: str, key: str | None) -> None:
    found = credit(line)
    assert found is not None
    assert (found.raw, found.source) == (line, key)


@pytest.mark.parametrize(
    "line",
    [
        "Theo kế hoạch, công trình hoàn thành trong năm 2027.",
        "Theo TTXVN, chiều 5/3 bão vào Biển Đông.",
        "Theo Báo Lạng Sơn, ngày 5/3",
        "Theo Nghị định 100",
        "Theo Luật Đất đai",
        "Theo pháp luật",
        "Theo đó",
        "Theo",
        "Nguồn gốc của bánh khảo",
        "Nguồn - gốc của bánh khảo …",
        "Nguồn nước sạch",
        "Nguồn tin VOV cho biết",
        "Nguồn ảnh: TTXVN",
        "Nguồn: ",
        "Ảnh: TTXVN",
        "(Ảnh: TTXVN)",
        "Email: toasoan@nhandan.vn",
        "Báo Lạng Sơn",
        "Lao động",
        "Lao động và Xã hội",
        "(Lạng Sơn)",
        "(Bộ Y tế)",
        "Hết",
        "Theo " + "x" * 100,
    ],
)
def test_a_line_that_is_no_credit(line: str) -> None:
    assert credit(line) is None


@pytest.mark.parametrize(
    ("line", "rest", "raw", "key"),
    [
        ("Hoàng Văn Thử (Theo TTXVN)", "Hoàng Văn Thử", "(Theo TTXVN)", "ttxvn"),
        ("Bài, ảnh: Lan Anh (TTXVN)", "Bài, ảnh: Lan Anh", "(TTXVN)", "ttxvn"),
        ("Lan Anh/TTXVN", "Lan Anh", "TTXVN", "ttxvn"),
        ("Lan Anh - TTXVN", "Lan Anh", "TTXVN", "ttxvn"),
        ("Bà con vui. (Nguồn: Báo bạn)", "Bà con vui.", "(Nguồn: Báo bạn)", None),
        ("Mưa đã tạnh. (TTXVN).", "Mưa đã tạnh.", "(TTXVN).", "ttxvn"),
        ("Mưa đã tạnh (Theo VOV)", "Mưa đã tạnh", "(Theo VOV)", "vov"),
    ],
)
def test_a_credit_behind_a_text_or_a_name(line: str, rest: str, raw: str, key: str | None) -> None:
    found = credit_at_end(line)
    assert found is not None
    assert (found[0], found[1].raw, found[1].source) == (rest, raw, key)


@pytest.mark.parametrize(
    "line",
    [
        "Bản tin của Thông tấn xã Việt Nam (TTXVN).",
        "Thông tấn xã Việt Nam (TTXVN)",
        "Mức phạt là 5 triệu đồng (theo Nghị định 100).",
        "Cả nước có 12 ca (theo Bộ Y tế).",
        "Hoàng Văn Thử (Lạng Sơn)",
        "Đoàn đã về xã Mây (Cao Bằng)",
        "Hà Nội - Hải Phòng",
        "(Theo TTXVN)",
        "Nguồn - Baolangson.vn",
        "TTXVN/VOV",
    ],
)
def test_brackets_and_dashes_that_name_no_source(line: str) -> None:
    assert credit_at_end(line) is None


def test_the_author_that_a_reprint_names_is_a_byline() -> None:
    found = byline("Theo Mai Hiên", set_apart=False)
    assert found is not None
    assert (found.name, found.raw) == ("Mai Hiên", "Theo Mai Hiên")
    assert byline("Theo kế hoạch", set_apart=True) is None


# Every line of the saved pages that reads as a credit, judged by eye: the first four end a
# reprinted text, the others stand in menus and feeds, where nobody looks for a credit.
JUDGED = {
    ("Theo Newsweek", None),
    ("Theo RT", None),
    ("VnEconomy", "vneconomy"),
    ("Theo Thanh Xuân", None),
    ("BÁO ĐIỆN TỬ VTC NEWS", "vtcnews"),
    ("VOV", "vov"),
    ("Znews", "znews"),
}


@pytest.mark.shared
def test_the_lines_of_real_pages_that_are_taken_as_credit(shared: Path) -> None:
    corpus = shared / "corpus"
    saved = [*corpus.glob("pages/*/*.html"), *corpus.glob("bench/vn_real_dev/pages/*.gz")]
    assert len(saved) > 40
    lines = set()
    for path in saved:
        body = path.read_bytes()
        tree = parse(decode(gzip.decompress(body) if path.suffix == ".gz" else body).text)
        lines |= {
            piece.text for piece in pieces(tree, "https://a.example/") if isinstance(piece, Run)
        }
    assert {(line, taken.source) for line in lines if (taken := credit(line))} == JUDGED
    assert {line for line in lines if credit_at_end(line)} == set()


# --- datelines --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "mark", "rest"),
    [
        ("(CTO) - Sáng nay", "(CTO)", "Sáng nay"),
        ("(CT) - Sáng nay", "(CT)", "Sáng nay"),
        ("(BLC) – Sáng nay", "(BLC)", "Sáng nay"),
        ("(ĐN)- Sáng nay", "(ĐN)", "Sáng nay"),
        ("[HNM] — Sáng nay", "[HNM]", "Sáng nay"),
        ("(Baonghean.vn) - Sáng nay", "(Baonghean.vn)", "Sáng nay"),
        ("(Baothanhhoa.vn) - Sáng nay", "(Baothanhhoa.vn)", "Sáng nay"),
        ("(baolaocai.vn) Sáng nay", "(baolaocai.vn)", "Sáng nay"),
        ("(Báo Quảng Ninh) - Sáng nay", "(Báo Quảng Ninh)", "Sáng nay"),
        ("(LSO) Sáng nay", "(LSO)", "Sáng nay"),
        ("(LSO)", "(LSO)", ""),
        ("(CTO) -", "(CTO)", ""),
        ("LSO-Sáng nay", "LSO", "Sáng nay"),
        ("LSO – Sáng nay", "LSO", "Sáng nay"),
        ("BBK-Sáng nay", "BBK", "Sáng nay"),
        ("QBĐT - Sáng nay", "QBĐT", "Sáng nay"),
        ("(SGGP).- Sáng nay", "(SGGP)", "Sáng nay"),
        ("(LSO). – Sáng nay", "(LSO)", "Sáng nay"),
        ("Baophutho.vn - Sáng nay", "Baophutho.vn", "Sáng nay"),
        ("Huengaynay.vn - Sáng nay", "Huengaynay.vn", "Sáng nay"),
        ("(ABO) Sáng nay", "(ABO)", "Sáng nay"),
        ("ABO - Sáng nay", "ABO", "Sáng nay"),
        ("TTH - Sáng nay", "TTH", "Sáng nay"),
        ("HNN - Sáng nay", "HNN", "Sáng nay"),
        ("BDK - Sáng nay", "BDK", "Sáng nay"),
        ("ĐBP - Sáng nay", "ĐBP", "Sáng nay"),
    ],
)
def test_the_mark_of_a_paper(text: str, mark: str, rest: str) -> None:
    assert datelines.split(text) == (mark, rest)


@pytest.mark.parametrize(
    "text",
    [
        "(TTXVN) - Sáng nay",
        "TTXVN - Sáng nay",
        "(VOV) - Sáng nay",
        "(Chinhphu.vn) - Sáng nay",
        "(Báo Nhân Dân) - Sáng nay",
        "(NLĐO) - Sáng nay",
        "(Ảnh: Văn Thử) - Sáng nay",
        "(Ảnh minh họa)",
        "(Xem ảnh) - Sáng nay",
        "(Báo Quảng Ninh) đưa tin",
        "(1) - Sáng nay",
        "(Hoàng Văn Thử) - Sáng nay",
        "UBND - Sở Y tế họp",
        "BCT - BYT họp",
        "LSO: Sáng nay",
        "(LSO). Sáng nay",
        "Dantri.com.vn - Sáng nay",
        "Baomoi.com - Sáng nay",
        "TPHCM - Sáng nay",
        "BTTTT - Sáng nay",
        "(CTO",
        "",
        "Sáng nay (CTO) - họp",
    ],
)
def test_what_opens_a_text_and_is_no_mark(text: str) -> None:
    assert datelines.split(text) == (None, text)


def article(lead: str | None, *body: str, in_body: bool) -> Article:
    return Article(
        url="https://a.example/x-1.html",
        canonical_url="https://a.example/x-1.html",
        site="a",
        title="Một tiêu đề",
        layout="portal",
        lead=lead,
        lead_in_body=in_body,
        body=tuple(Block(text=text) for text in body),
    )


@pytest.mark.parametrize(
    ("given", "cleaned"),
    [
        (article("(CTO) - Sapo.", "Một.", in_body=False), article("Sapo.", "Một.", in_body=False)),
        (article("(CTO)", "Một.", in_body=False), article("Một.", "Một.", in_body=True)),
        (article("(CTO)", "(CTO)", "Hai.", in_body=True), article("Hai.", "Hai.", in_body=True)),
        (article("Sapo.", "(CTO) - Một.", in_body=False), article("Sapo.", "Một.", in_body=False)),
        (article(None, "(CTO)", in_body=False), article(None, in_body=False)),
    ],
)
def test_the_lead_without_the_mark(given: Article, cleaned: Article) -> None:
    done = clean(given)
    assert done.dateline == "(CTO)"
    assert (done.lead, done.lead_in_body) == (cleaned.lead, cleaned.lead_in_body)
    assert done.body == cleaned.body


def test_the_names_in_the_table_are_in_order() -> None:
    keys = list(ROWS["provincial"])
    assert all(one < other for one, other in pairwise(keys))


@pytest.mark.parametrize(
    ("line", "key"),
    [
        (
            f"Nguồn: https://baochinhphu.vn/{'mot-tieu-de-dai-' * 8}102260504083012345.htm",
            "chinhphu",
        ),
        ("Theo phóng viên TTXVN", "ttxvn"),
        ("Theo PV/VOV", "vov"),
        ("Theo Zing.vn", "znews"),
        ("Theo NDĐT", "nhandan"),
        ("Theo AP", "ap"),
    ],
)
def test_reporters_and_long_addresses_do_not_hide_the_source(line: str, key: str) -> None:
    found = credit(line)
    assert found is not None
    assert (found.raw, found.source) == (line, key)


@pytest.mark.parametrize(
    "text", ["(HĐND) - Sáng nay họp.", "(ASEAN) - Việt Nam dự.", "(CPI) - tăng."]
)
def test_what_is_no_paper_stays_in_the_text(text: str) -> None:
    assert datelines.split(text) == (None, text)
