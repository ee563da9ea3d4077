"""What the pages of papers do with pictures, signatures, offers and standfirsts, line by line."""

from __future__ import annotations

import pytest

from baolangson_crawler.cleaning import clean
from baolangson_crawler.extraction.document import Document
from baolangson_crawler.extraction.page import ArticlePage
from baolangson_crawler.extraction.service_lines import is_service_line
from baolangson_crawler.families.fck import FckPage
from baolangson_crawler.families.one_cms import OneCmsPage
from baolangson_crawler.families.zce import ZcePage
from baolangson_crawler.items import Article
from baolangson_crawler.sites import load_sites

URL = "https://baomau.example/mua-hong-chin-a12.html"
LEAD = "Sapo nói về mùa hồng năm nay ở huyện vùng cao."
P1 = "Đầu tháng Chín, các vườn hồng không hạt ở xã Đồi Cọ bước vào vụ thu hoạch, bà con hái từ sớm."
P2 = "Toàn xã hiện có hơn hai trăm héc ta hồng, sản lượng ước đạt một nghìn tấn trong mùa này đấy."
P3 = (
    "Thời gian tới, xã tiếp tục mở rộng diện tích, xây dựng thương hiệu và tìm đầu ra cho quả hồng."
)
TEXT = [P1, P2, P3]
PICTURE = '<p><img src="/{}.jpg"></p>'
A, B = PICTURE.format("a"), PICTURE.format("b")


def p(text: str) -> str:
    return f"<p>{text}</p>"


def centred(text: str) -> str:
    return f'<p style="text-align:center"><em>{text}</em></p>'


def right(text: str) -> str:
    return f'<p style="text-align:right"><strong>{text}</strong></p>'


def page(body: str, *, lead: str | None = LEAD, above: str = "") -> str:
    said = f'<div class="detail-desc">{lead}</div>' if lead else ""
    return (
        f'{above}<h1 class="title">Mùa hồng chín</h1>{said}'
        f'<div id="newscontents"><div class="content-fck">{body}</div></div>'
    )


def read(html: str, kind: type[ArticlePage] = FckPage) -> Article:
    layout = kind(Document(f"<html><body>{html}</body></html>", URL))
    assert layout.recognises()
    return clean(layout.to_article(site="baomau", article_id="12"))


def texts(article: Article) -> list[str]:
    return [block.text for block in article.body]


def shown(article: Article) -> list[tuple[str | None, str | None]]:
    return [(i.url and i.url.rsplit("/", 1)[1], i.caption) for i in article.images]


# --- pictures ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        f"<table><tr><td>{p(P1)}{A}{p(P2)}{p(P3)}</td></tr></table>",
        f"<table><tr><td>{A}{p(P1)}{p(P2)}{p(P3)}</td></tr></table>",
        f"<table><tr><td>{A}{p(P1)}</td></tr><tr><td>{p(P2)}{p(P3)}</td></tr></table>",
    ],
)
def test_a_table_that_sets_the_text_makes_no_captions(body: str) -> None:
    article = read(page(body))
    assert texts(article) == TEXT
    assert shown(article) == [("a.jpg", None)]


@pytest.mark.parametrize(
    ("table", "lines"),
    [
        (
            "<table><tr><td>Hồng Đồi Cọ có nhãn riêng.</td></tr></table>",
            ["Hồng Đồi Cọ có nhãn riêng."],
        ),
        (
            "<table><tr><td>Xã</td><td>Tấn</td></tr><tr><td>Đồi Cọ</td><td>9</td></tr></table>",
            ["Xã | Tấn", "Đồi Cọ | 9"],
        ),
    ],
)
def test_a_table_behind_a_picture_is_text(table: str, lines: list[str]) -> None:
    article = read(page(p(P1) + A + table + p(P2)))
    assert texts(article) == [P1, *lines, P2]
    assert shown(article) == [("a.jpg", None)]


def test_a_table_of_a_picture_and_two_lines_is_its_frame() -> None:
    row = '<tr><td><img src="/a.jpg"></td></tr>'
    words = "<tr><td><p>Bà con hái hồng.</p><p>Ảnh: Văn Thử</p></td></tr>"
    article = read(page(p(P1) + f"<table>{row}{words}</table>" + p(P2)))
    assert texts(article) == [P1, P2]
    assert shown(article) == [("a.jpg", "Bà con hái hồng. Ảnh: Văn Thử")]


def test_pictures_side_by_side_have_each_its_own_caption() -> None:
    row = "".join(f'<td><img src="/{name}.jpg"></td>' for name in "abc")
    words = "".join(f"<td>{words}</td>" for words in ("Một.", "Hai.", "Ba."))
    article = read(page(p(P1) + f"<table><tr>{row}</tr><tr>{words}</tr></table>" + p(P2)))
    assert shown(article) == [("a.jpg", "Một."), ("b.jpg", "Hai."), ("c.jpg", "Ba.")]
    assert texts(article) == [P1, P2]


@pytest.mark.parametrize("between", ["", p(P2)])
def test_captions_above_belong_to_the_pictures_below(between: str) -> None:
    body = p(P1) + centred("Một") + A + between + centred("Hai") + B + p(P3)
    article = read(page(body))
    assert shown(article) == [("a.jpg", "Một"), ("b.jpg", "Hai")]
    assert texts(article) == [P1, *([P2] if between else []), P3]


VERSES = ["Hồng ơi hồng chín trên cành,", "Ai về Đồi Cọ cho anh nhắn cùng,", "Mùa này quả ngọt."]


@pytest.mark.parametrize("picture", ["", A])
def test_verses_are_text_with_a_picture_and_without(picture: str) -> None:
    article = read(page(p(P1) + picture + "".join(map(centred, VERSES)) + p(P2)))
    assert texts(article) == [P1, *VERSES, P2]
    assert [caption for _, caption in shown(article)] == [None] * bool(picture)


@pytest.mark.parametrize("line", ["“Hồng là cây của bản.”", "Hồng là cây của bản"])
def test_a_pull_quote_is_no_caption_of_a_picture_that_is_not_there(line: str) -> None:
    article = read(page(p(P1) + centred(line) + p(P2)))
    assert texts(article) == [P1, line, P2]
    assert article.images == ()


def test_a_line_that_names_its_photographer_is_a_caption_without_a_picture() -> None:
    article = read(page(p(P1) + centred("Bà con hái hồng. Ảnh: Văn Thử") + p(P2)))
    assert texts(article) == [P1, P2]
    assert [image.credit for image in article.images] == ["Văn Thử"]


@pytest.mark.parametrize(
    "heading",
    [
        '<h3 style="text-align:center">Vào vụ hái quả</h3>',
        "<h2><em>Vào vụ hái quả</em></h2>",
        '<p style="text-align:center"><strong>Vào vụ hái quả</strong></p>',
    ],
)
def test_a_subhead_behind_a_picture_stays_one(heading: str) -> None:
    article = read(page(p(P1) + A + heading + p(P2)))
    assert [block.kind for block in article.body] == ["paragraph", "subhead", "paragraph"]
    assert shown(article) == [("a.jpg", None)]


def test_a_bold_line_that_names_a_photographer_is_a_caption() -> None:
    line = '<p style="text-align:center"><b>Bà con hái hồng. Ảnh: Văn Thử</b></p>'
    assert texts(read(page(p(P1) + A + line + p(P2)))) == [P1, P2]


@pytest.mark.parametrize(
    "line",
    [
        "<em>“Tôi trồng hồng từ lâu và chưa năm nào được giá như năm nay”</em> – bà Hoa nói.",
        "<em>- Tôi trồng hồng từ lâu, bà Hoa trả lời.</em>",
    ],
)
def test_what_somebody_says_below_a_picture_is_text(line: str) -> None:
    article = read(page(p(P1) + A + p(line) + p(P2)))
    assert len(article.body) == 3
    assert shown(article) == [("a.jpg", None)]


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("Bà con hái hồng. (Ảnh: tư liệu)", None),
        ("Bà con hái hồng (ảnh do nhân vật cung cấp).", None),
        ("Bà con hái hồng. Ảnh Hoàng Thử", "Hoàng Thử"),
        ("Bà con hái hồng. Nguồn: Internet", None),
    ],
)
def test_a_plain_line_below_a_picture_that_says_where_it_is_from(
    line: str, credit: str | None
) -> None:
    article = read(page(p(P1) + A + p(line) + p(P2)))
    assert texts(article) == [P1, P2]
    assert [(i.caption, i.credit) for i in article.images] == [(line, credit)]


def test_two_centred_lines_below_a_picture_are_one_caption() -> None:
    lines = '<p align="center">Bà con hái hồng</p><p align="center">ở xã Đồi Cọ</p>'
    article = read(page(p(P1) + A + lines + p(P2)))
    assert shown(article) == [("a.jpg", "Bà con hái hồng ở xã Đồi Cọ")]
    assert texts(article) == [P1, P2]


# --- signatures -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("note", "kept"),
    [
        ("<p><em>(*) Tên nhân vật đã đổi.</em></p>", ["(*) Tên nhân vật đã đổi."]),
        ("<p>(Ảnh: tác giả cung cấp)</p>", []),
        ("<p><em>Bài 2: Gỡ khó cho cây hồng</em></p>", ["Bài 2: Gỡ khó cho cây hồng"]),
        ("<p><b>-----</b></p><p>(Còn nữa)</p>", ["(Còn nữa)"]),
        (A + centred("Hồng chín."), []),
        (A + p("Hồng chín. Ảnh: Minh Thử"), []),
    ],
)
def test_a_signature_is_found_before_what_stands_behind_it(note: str, kept: list[str]) -> None:
    article = read(page("".join(map(p, TEXT)) + right("Minh Thử") + note))
    assert article.byline == "Minh Thử"
    assert texts(article) == [*TEXT, *kept]


def test_links_behind_a_signature_are_offers() -> None:
    links = "<ul><li><a href='/mot-bai-khac-ve-hong-a9.html'>Một bài khác về hồng</a></li></ul>"
    article = read(page("".join(map(p, TEXT)) + right("Minh Thử") + links))
    assert (article.byline, texts(article)) == ("Minh Thử", TEXT)
    assert [link.title for link in article.related] == ["Một bài khác về hồng"]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (right("Minh Thử (Tổng hợp)"), "Minh Thử"),
        (right("Minh Thử (t/h)"), "Minh Thử"),
        (right("Minh Thử (thực hiện)"), "Minh Thử"),
        (right("MINH THỬ thực hiện"), "MINH THỬ"),
        (p("HÀ THỬ (lược dịch)"), "HÀ THỬ"),
        (right("Nhóm phóng viên"), "Nhóm phóng viên"),
        (right("Nhóm PV"), "Nhóm PV"),
        (right("Ban Biên tập"), "Ban Biên tập"),
        (right("Bác sĩ Nguyễn Văn Thử"), "Bác sĩ Nguyễn Văn Thử"),
        (right("Hoàng Thử (Trung tâm VH-TT huyện Đồi Cọ)"), "Hoàng Thử"),
        (right("By Minh Thu - Translated by Thu Ha"), "Minh Thu"),
        (p("By Minh Thu") + p("Translated by Thu Ha"), "Minh Thu"),
        (
            p("Nội dung: MINH THỬ") + p("Ảnh: LÊ BA") + p("Thiết kế: AN") + p("Kỹ thuật: BA"),
            "MINH THỬ",
        ),
        ('<div class="t1">cô giáo bản Nà Mò</div>', "cô giáo bản Nà Mò"),
        ('<div class="t1">Tuấn Thử - Ngọc Ba (t/h)</div>', "Tuấn Thử - Ngọc Ba"),
        (p("Hoàng Thử"), "Hoàng Thử"),
        (p("HÀ THỬ"), "HÀ THỬ"),
        (p("<em>Hoàng Thử</em>"), "Hoàng Thử"),
        (p("PV"), "PV"),
        (p("P.V"), "P.V"),
        (p("HÀ THỬ (Theo AFP, Reuters)"), "HÀ THỬ"),
    ],
)
def test_signatures_in_every_dress(line: str, name: str) -> None:
    article = read(page("".join(map(p, TEXT)) + line))
    assert (article.byline, texts(article)) == (name, TEXT)


@pytest.mark.parametrize(
    ("before", "line"),
    [
        (P3, "<p><strong>Lạng Sơn</strong></p>"),
        (P3, right("Việt Nam")),
        (P3, "<p><strong>Hà Nội, Việt Nam, Châu Á</strong></p>"),
        (P3, right("Kính Gửi Bạn Đọc")),
        (P3, p("Hết.")),
        ("Đồi Cọ - Nà Mò 2-0", "<p><strong>Nguyễn Văn Thử, Lê Văn Ba</strong></p>"),
        ("Danh sách gồm:", p("Nguyễn Văn Thử")),
        ("- Bà Lê Thị Ba.", p("- Ông Nguyễn Văn Thử")),
    ],
)
def test_a_last_line_that_is_no_name_stays(before: str, line: str) -> None:
    article = read(page(p(P1) + p(P2) + p(before) + line))
    assert article.byline is None
    assert len(article.body) == 4


def test_authors_in_elements_of_their_own_are_all_named() -> None:
    head = '<h1 class="article__title">Mùa hồng chín</h1>'
    body = f'<div class="article__body">{p(P1)}{p(P2)}</div>'
    names = '<span class="name">An Thử</span><span class="name">Bình Ba</span>'
    others = '<ul><li><div class="article__author"><b class="name">Ai Khác</b></div></li></ul>'
    one = read(head + body + f'<div class="article__author">{names}</div>{others}', ZcePage)
    assert one.byline == "An Thử, Bình Ba"
    spans = '<i class="block-sc-author">AN THỬ</i> <i class="block-sc-author">LÊ BA</i>'
    entry = f'<div class="b-maincontent"><article class="entry">{p(P1)}{p(P2)}</article></div>'
    title = '<h1 class="block-sc-title">Mùa hồng chín</h1>'
    assert read(f"{title}<div>{spans}</div>{entry}", OneCmsPage).byline == "AN THỬ, LÊ BA"


# --- standfirsts ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "question",
    ["Phóng viên: Thưa bà, vụ hồng năm nay ra sao?", "PV: Xin bà cho biết.", "Vụ này ra sao?"],
)
def test_the_first_question_of_an_interview_is_no_standfirst(question: str) -> None:
    article = read(page(f"<p><strong>{question}</strong></p>" + p(P1) + p(P2), lead=None))
    assert texts(article) == [question, P1, P2]
    assert article.lead_in_body


@pytest.mark.parametrize("again", [LEAD, LEAD.upper(), f"<strong>{LEAD}</strong>", LEAD[:-1]])
def test_a_standfirst_that_is_printed_twice_is_kept_once(again: str) -> None:
    article = read(page(p(again) + p(P1) + p(P2)))
    assert (article.lead, texts(article)) == (LEAD, [P1, P2])
    assert not article.lead_in_body


def test_a_text_that_is_its_standfirst_alone_stays() -> None:
    assert texts(read(page(p(LEAD)))) == [LEAD]


def test_the_standfirst_is_the_one_below_the_title() -> None:
    box = '<div class="box"><div class="detail-desc">Sapo của một bài khác.</div></div>'
    assert read(page(p(P1) + p(P2), above=box)).lead == LEAD


# --- what is no text --------------------------------------------------------------------------


def test_items_without_a_link_below_the_heading_of_a_box_are_text() -> None:
    items = "<ul><li>Một mục không có liên kết.</li></ul>"
    article = read(page(p(P1) + "<p><strong>Tin khác</strong></p>" + items + p(P2)))
    assert texts(article) == [P1, "Một mục không có liên kết.", P2]


@pytest.mark.parametrize(
    ("address", "words", "offered"),
    [
        ("/mot-bai-khac-ve-hong-a9.html", "Một bài khác về hồng", True),
        ("/kinh-te/202601/mot-bai-khac-ve-hong-3ac6d79/", "Một bài khác về hồng", True),
        ("/mot-bai-khac-ve-hong-a9.html", "Xem ở đây", False),
        ("/nghi-quyet-so-mot.pdf", "Nghị quyết số một của xã", False),
        ("/van-ban", "Nghị quyết số một của xã", False),
        ("https://nguon.example/mot-bai-khac-ve-hong-9.html", "Một bài khác về hồng", False),
    ],
)
def test_a_line_that_is_nothing_but_a_headline_offers_an_article(
    address: str, words: str, offered: bool
) -> None:
    article = read(page(p(P1) + f"<p><a href='{address}'>{words}</a></p>" + p(P2)))
    assert texts(article) == ([P1, P2] if offered else [P1, words, P2])
    assert len(article.related) == offered


def test_all_sections_of_a_text_are_read_and_no_list_beside_them() -> None:
    links = "".join(p(f"<a href='/bai-so-{n}-ve-hong-a{n}.html'>Bài số {n}</a>") for n in range(5))
    hidden = f'</div><div class="content-fck" style="display:none">{p("Ẩn.")}'
    sections = [p(P1), p(P2) + A, p(P3)]
    body = '</div><div class="content-fck">'.join([*sections, links]) + hidden
    article = read(page(body))
    assert texts(article) == TEXT
    assert [image.position for image in article.images] == [2]


SERVICE = ["Quảng cáo", "QUẢNG CÁO", "Nghe đọc bài", "Chia sẻ", "Từ khóa: hồng, Đồi Cọ", "Chia sẻ:"]


@pytest.mark.parametrize("line", SERVICE)
def test_a_line_of_the_page_is_no_text(line: str) -> None:
    assert is_service_line(line)
    assert texts(read(page(p(P1) + p(line) + p(P2)))) == [P1, P2]


@pytest.mark.parametrize("line", ["Quảng cáo hồng trên mạng", "Chia sẻ với bà con", "Từ khóa"])
def test_a_line_that_only_begins_like_one_is_text(line: str) -> None:
    assert not is_service_line(line)


LONG = "Sáng 21/7, chợ phiên đầu tuần họp đông, bà con mang na, hồi và mật ong ra bán từ sớm."
PICTURE = '<p style="text-align:center"><img src="/a/b1.jpg"></p>'


@pytest.mark.parametrize(
    ("body", "last"),
    [
        (f"<p>{LONG}</p>{PICTURE}<p>Chợ Kỳ Lừa</p>", "Chợ Kỳ Lừa"),
        (f"<p>{LONG}</p><p>Hai đội hòa nhau 1-1.</p><p>Việt Nam - Thái Lan</p>", None),
        (f"<p>{LONG}</p><p>Ai là chủ nhân của giải?</p><p>Trần Thị Bình</p>", "Trần Thị Bình"),
        (f"<p>{LONG}</p><p>Ảnh: mọi nẻo đường về chợ đều đông người.</p>", None),
        (
            f"<p>{LONG}</p><p>Từ khóa: “đổi mới” được nhắc nhiều nhất năm nay.</p>",
            None,
        ),
    ],
)
def test_a_last_line_that_nothing_sets_apart_is_lost_nowhere(body: str, last: str | None) -> None:
    html = (
        "<h1 class='margintopbot10'>Chợ phiên</h1>"
        f"<div id='newscontents'><div class='content-fck'>{body}</div></div>"
    )
    site = load_sites(environment=False).get("baocantho")
    article = site.extract(html, "https://baocantho.com.vn/x-a1.html")
    kept = [*(b.text for b in article.body), *(i.caption for i in article.images)]
    wanted = last or body.rsplit("<p>", 1)[1].removesuffix("</p>")
    assert wanted in kept
    assert article.byline is None
