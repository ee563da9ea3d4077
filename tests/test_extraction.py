"""From the body element to the fields: what is a paragraph, and what only looks like one."""

from __future__ import annotations

import pytest

from baolangson_crawler.cleaning import clean
from baolangson_crawler.exceptions import PageRefused
from baolangson_crawler.extraction import captions, credits
from baolangson_crawler.extraction.document import Document
from baolangson_crawler.families.content_detail import ContentDetailPage
from baolangson_crawler.families.portal import PortalPage
from baolangson_crawler.items import Article
from baolangson_crawler.sites import load_sites

PORTAL = """<html><body><div id="module-news-detail" class="news-detail">
<div class="breadcrumb"><a href="/x/">Tin tức</a></div><h1 class="news-title">Một tiêu đề</h1>
<div class="news-date">21-07-2020 08:54</div>
<div class="news-content">{body}</div></div></body></html>"""
URL = "https://dangkhoi.example/tin-tuc/mot-tieu-de-12.html"

PROSE = "Sáng 21/7, chợ phiên đầu tuần họp đông từ lúc trời còn mờ sương."


def read(body: str, url: str = URL) -> Article:
    page = PortalPage(Document(PORTAL.format(body=body), url))
    assert page.recognises()
    return clean(page.to_article(site="dangkhoi", article_id="12"))


def texts(article: Article) -> list[str]:
    return [block.text for block in article.body]


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        ("<p>Một câu.</p><p>Hai câu.</p>", ["Một câu.", "Hai câu."]),
        ("<div>Một câu.</div><div>Hai câu.<br></div>", ["Một câu.", "Hai câu."]),
        ("Một câu.<br>Hai câu.", ["Một câu.", "Hai câu."]),
        ("<p>&nbsp; &nbsp;Một <b>câu</b> <a href='/x'>dài</a>.</p>", ["Một câu dài."]),
        ("<p>Một.</p><script>var x = 'Hai';</script><style>p {}</style>", ["Một."]),
        ("<p>Một.</p><p style='display: none'>Ẩn.</p>", ["Một."]),
        ("<p>Một {{item.title}} câu.</p><p>{{rest", ["Một câu."]),
        ("<p>A<p>B<p>C", ["A", "B", "C"]),
        ("<ul><li>Một;</li><li>Hai.</li></ul>", ["Một;", "Hai."]),
        (
            "<table><tr><th>Xã</th><th>Hộ</th></tr><tr><td>A</td><td>12</td></tr></table><p>X.</p>",
            ["Xã | Hộ", "A | 12", "X."],
        ),
        ("<p>" + "<div>" * 1000 + "Sâu." + "</div>" * 1000, ["Sâu."]),
    ],
)
def test_paragraphs(body: str, paragraphs: list[str]) -> None:
    assert texts(read(body)) == paragraphs


@pytest.mark.parametrize(
    "body",
    [
        '<p><img src="/a.jpg"></p><p style="text-align:center"><em>Cảnh hội nghị.</em></p>',
        '<p align="center"><img src="/a.jpg"><br><i>Cảnh hội nghị.</i></p>',
        '<figure><img src="/a.jpg"><figcaption>Cảnh hội nghị.</figcaption></figure>',
        '<table><tr><td><img src="/a.jpg"></td></tr><tr><td>Cảnh hội nghị.</td></tr></table>',
        '<div><img data-src="/a.jpg" src="data:image/gif;base64,AA"></div>'
        '<div class="image-caption">Cảnh hội nghị.</div>',
        '<center><img src="/a.jpg"></center><center>Cảnh hội nghị.</center>',
    ],
)
def test_a_caption_goes_to_its_picture(body: str) -> None:
    article = read(f"<p>Trước ảnh.</p>{body}<p>Sau ảnh.</p>")
    assert texts(article) == ["Trước ảnh.", "Sau ảnh."]
    assert [(i.url, i.caption, i.position) for i in article.images] == [
        ("https://dangkhoi.example/a.jpg", "Cảnh hội nghị.", 1)
    ]


def test_a_long_paragraph_after_a_picture_is_no_caption() -> None:
    article = read('<p><img src="/a.jpg"></p><p>Đoạn văn thường, không nghiêng.</p><p>Hết.</p>')
    assert texts(article) == ["Đoạn văn thường, không nghiêng.", "Hết."]
    assert article.images[0].caption is None


@pytest.mark.parametrize(
    ("line", "name", "raw"),
    [
        ('<p style="text-align:right"><strong>Tin, ảnh: P.Y</strong></p>', "P.Y", "Tin, ảnh: P.Y"),
        ("<p><b>Nguyễn Văn An</b></p>", "Nguyễn Văn An", "Nguyễn Văn An"),
        ("<p align=right>HOÀNG LAN - MINH ĐỨC</p>", "HOÀNG LAN - MINH ĐỨC", None),
        ("<p>Bài và ảnh: Thu Hà</p>", "Thu Hà", "Bài và ảnh: Thu Hà"),
        ('<div class="author">Trần Bình</div>', "Trần Bình", "Trần Bình"),
    ],
)
def test_the_signature_is_the_byline(line: str, name: str, raw: str | None) -> None:
    article = read(f"<p>Một đoạn văn đủ dài.</p>{line}")
    assert (article.byline, article.byline_raw) == (name, raw or name)
    assert texts(article) == ["Một đoạn văn đủ dài."]


@pytest.mark.parametrize(
    "line",
    [
        "<p>Nguyễn Văn An đã phát biểu tại hội nghị.</p>",
        "<p><b>Cần tiếp tục đổi mới cách làm</b></p>",
        '<p style="text-align:right">và nhiều hoạt động khác</p>',
        "<p>Theo kế hoạch, công trình hoàn thành trong năm 2027.</p>",
    ],
)
def test_a_last_paragraph_is_never_lost(line: str) -> None:
    article = read(f"<p>Một đoạn văn đủ dài.</p>{line}")
    assert article.byline is None
    assert article.credit is None
    assert len(article.body) == 2


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("Nguồn: Baolang son.vn", "baolangson"),
        ("Nguồn: Báo Lạng Sơn điện tử", "baolangson"),
        ("(Nguồn: baolangson.vn)", "baolangson"),
        ("NGUỒN: BÁO LẠNG SƠN", "baolangson"),
        ("Theo TTXVN", "ttxvn"),
        ("Theo Báo Nhân Dân", "nhandan"),
        ("Nguồn: Báo Nhân Dân điện tử", "nhandan"),
        ("(TTXVN)", "ttxvn"),
        ("Nguồn: Vietnam+", "ttxvn"),
        ("Theo RT", None),
        ("Nguồn: https://www.baocantho.com.vn", "baocantho"),
    ],
)
def test_the_credit_is_recognised_however_it_is_spelt(line: str, key: str | None) -> None:
    article = read(f"<p>Một đoạn văn đủ dài.</p><p>{line}</p>")
    assert article.credit is not None
    assert (article.credit.raw, article.credit.source) == (line, key)
    assert texts(article) == ["Một đoạn văn đủ dài."]


@pytest.mark.parametrize(
    "heading", ["Tin liên quan", "TIN LIÊN QUAN:", "Cùng chuyên mục", "Xem thêm"]
)
def test_related_articles_are_links_and_no_text(heading: str) -> None:
    article = read(
        f"<p>Một.</p><p><b>{heading}</b></p>"
        "<ul><li><a href='/t/tin-khac-9.html'>Tin khác</a></li></ul><p>Hai.</p>"
    )
    assert texts(article) == ["Một.", "Hai."]
    assert [(link.url, link.title) for link in article.related] == [
        ("https://dangkhoi.example/t/tin-khac-9.html", "Tin khác")
    ]


def test_a_bold_line_before_a_paragraph_is_a_subhead() -> None:
    article = read(
        "<p>Một.</p><p><strong>Những việc cần làm</strong></p><p>Hai.</p><h3>Kết</h3><p>Ba.</p>"
    )
    assert [block.kind for block in article.body] == [
        "paragraph",
        "subhead",
        "paragraph",
        "subhead",
        "paragraph",
    ]


@pytest.mark.parametrize(
    ("caption", "name"),
    [
        ("Gặt lúa hôm 14/8 (Ảnh: Reuters).", "Reuters"),
        ("Na dai bày bán ở chợ phiên. Ảnh: Hoàng Hiếu.", "Hoàng Hiếu"),
        ("Ảnh: PV", "PV"),
        ("Hình ảnh: một buổi chiều ở bản", None),
        ("Cảnh hội nghị.", None),
    ],
)
def test_the_photographer_of_a_caption(caption: str, name: str | None) -> None:
    assert captions.photographer(caption) == name


@pytest.mark.parametrize(
    ("first", "mark", "rest"),
    [
        ("(CTO) - Ngày 8-1, hội nghị.", "(CTO)", "Ngày 8-1, hội nghị."),
        ("LSO-Ngày 8-1, hội nghị.", "LSO", "Ngày 8-1, hội nghị."),
        ("(Baonghean.vn) - Sáng nay.", "(Baonghean.vn)", "Sáng nay."),
        ("(TTXVN) - Sáng nay.", None, "(TTXVN) - Sáng nay."),
        ("UBND - Sở Y tế họp.", None, "UBND - Sở Y tế họp."),
        ("(Xem ảnh) - Sáng nay.", None, "(Xem ảnh) - Sáng nay."),
    ],
)
def test_the_dateline_is_kept_apart(first: str, mark: str | None, rest: str) -> None:
    article = read(f"<p>{first}</p><p>Hai.</p>")
    assert (article.dateline, article.lead, texts(article)[0]) == (mark, rest, rest)
    assert article.lead_in_body


def test_a_standfirst_inside_the_body_is_taken_out_of_it() -> None:
    html = (
        "<h1 class='name'>T&#7889;t - Báo Lạng Sơn</h1>"
        "<div class='date'>08:54 | 21/07/2020 [1024]</div><div id='content-detail'>"
        f"<h2>LSO - Sapo của bài.</h2><p>{PROSE}</p><p>{{{{ads}}}}</p><p>Hai.</p>"
        "<div class='pseudonym'>Hoàng Vương</div></div>"
    )
    url = "https://baolangson.vn/tot-5071654.html"
    article = clean(load_sites(environment=False).get("baolangson").extract(html, url))
    assert article.title == "Tốt"
    assert (article.dateline, article.lead, article.lead_in_body) == ("LSO", "Sapo của bài.", False)
    assert texts(article) == [PROSE, "Hai."]
    assert article.byline == "Hoàng Vương"
    assert article.printed_dates[0].raw == "08:54 | 21/07/2020"
    assert article.key == "baolangson:5071654"
    assert article.layout == ContentDetailPage.layout


def test_a_page_that_no_layout_reads_is_read_by_the_generic_reader() -> None:
    site = load_sites(environment=False).get("baocantho")
    text = "".join(f"<p>{PROSE} Đoạn {n}.</p>" for n in range(9))
    html = (
        f"<title>Chợ phiên vùng cao - Báo X</title><main><h1>Chợ phiên vùng cao</h1>{text}</main>"
    )
    article = site.extract(html, "https://baocantho.com.vn/x-a1.html")
    assert (article.layout, article.title) == ("generic", "Chợ phiên vùng cao")
    assert len(article.body) == 9
    assert {finding.field for finding in article.findings} >= {"title", "body"}


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<html><body><p>Hệ thống đang bảo trì</p></body></html>", "maintenance"),
        ("<html><body><div id='app'></div></body></html>", "javascript"),
    ],
)
def test_a_page_that_nobody_reads_is_refused_with_its_reason(html: str, reason: str) -> None:
    site = load_sites(environment=False).get("baocantho")
    with pytest.raises(PageRefused, match=reason):
        site.extract(html, "https://baocantho.com.vn/x-a1.html")


@pytest.mark.parametrize(
    "html", ["", "   ", "\x00", "<", "<html>", "not html at all", "<p>" * 50000]
)
def test_any_text_is_a_document(html: str) -> None:
    document = Document(html, "https://a.vn/")
    assert document.all("h1") == []
    assert document.meta == {}
    assert document.json_ld == {}


def test_json_ld_with_raw_line_ends_and_in_a_graph_is_read() -> None:
    html = (
        '<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"@type": '
        '["NewsArticle"], "headline": "Một\nhai", "datePublished": "2026-01-08"}]};</script>'
        '<script type="application/ld+json">{broken Article</script>'
    )
    document = Document(html, "https://a.vn/")
    assert document.json_ld_text("headline") == "Một hai"
    assert document.json_ld_text("datePublished") == "2026-01-08"


def test_source_keys_of_nothing_known() -> None:
    assert credits.source_key("Một nơi nào đó") is None
    assert credits.credit("Theo " + "x" * 100) is None


def test_a_canonical_link_is_believed_only_for_the_same_article() -> None:
    site = load_sites(environment=False).get("baocantho")
    page = (
        "<link rel='canonical' href='{}'><h1 class='margintopbot10'>T</h1>"
        f"<div id='newscontents'><div class='content-fck'><p>{PROSE}</p></div></div>"
    )
    url = "https://baocantho.com.vn/sai-a12.html"
    right = site.extract(page.format("https://baocantho.com.vn/dung-a12.html"), url)
    assert right.canonical_url == "https://baocantho.com.vn/dung-a12.html"
    for lie in ("https://baocantho.com.vn/", "https://other.vn/dung-a12.html", "/khac-a13.html"):
        assert site.extract(page.format(lie), url).canonical_url == url


def test_selectors_find_what_css_means() -> None:
    html = (
        "<div id='a' class='x y'><p class='x'>1</p><div id='b'><p class='x-y'>2</p></div></div>"
        "<p class='x'>3</p><div id='c'><p class='x'>4</p></div>"
    )
    document = Document(html, "https://a.vn/")

    def found(css: str) -> list[str]:
        return ["".join(element.itertext()) for element in document.all(css)]

    assert found("#a p.x") == ["1"]
    assert found("#a .x") == ["1"]
    assert found("#b, #c") == ["2", "4"]
    assert found("p.x, #c p") == ["1", "3", "4"]
    assert found("#a #b p") == ["2"]
    assert found("#a > p") == ["1"]
    assert found("#nowhere p") == []
    assert found("[class^='x-']") == ["2"]
    first = document.first("#a")
    assert first is not None
    assert [e.text for e in document.all("p.x", first)] == ["1"]


SEED = (
    "Để triển khai hiệu quả Chỉ thị 05, Ban Thường vụ Đảng ủy Khối đã ban hành kế hoạch thực hiện.",
    "Tương tự, mô hình giúp đỡ người già cô đơn của Chi bộ Ban Tuyên giáo thấm đượm tính nhân văn.",
    "Ngoài 2 đơn vị trên, còn rất nhiều chi, đảng bộ trực thuộc xây dựng được những mô hình hay.",
)
SEED_CAPTION = "Lãnh đạo đảng ủy khối trao giấy khen cho các tập thể có thành tích xuất sắc."
INDENT = "&nbsp; &nbsp; &nbsp; "


@pytest.mark.parametrize(
    ("picture", "caption", "image"),
    [
        ('<p><img src="/a.jpg"></p>', "<p>{}</p>", True),
        ('<p><img src="/a.jpg"><br>{}</p>', "", True),
        ("", '<p style="text-align:center"><em>{}</em></p>', False),
        ("", "<p>{}</p>", False),
        ('<p align=center><img src="/a.jpg"></p>', "<p align=center>{}</p>", True),
    ],
    ids=["plain", "break", "no-picture", "no-picture-plain", "centred"],
)
@pytest.mark.parametrize("credit", ["Nguồn: Baolang son.vn", "Nguồn:Baolangson.vn"])
def test_the_portal_tells_a_caption_by_the_missing_indent(
    picture: str, caption: str, image: bool, credit: str
) -> None:
    first, *others = (f"<p>{INDENT}{text}</p>" for text in SEED)
    words = (picture + caption).format(SEED_CAPTION)
    article = read(first + words + "".join(others) + f"<p>{credit}</p><p>&nbsp;</p>")
    assert texts(article) == list(SEED)
    assert [(i.caption, i.position) for i in article.images] == [(SEED_CAPTION, 1)]
    assert (article.images[0].url is not None) is image
    assert article.credit is not None
    assert article.credit.source == "baolangson"


def test_text_broken_by_br_keeps_its_caption_apart() -> None:
    lines = [f"{INDENT}{SEED[0]}", SEED_CAPTION, *(f"{INDENT}{text}" for text in SEED[1:])]
    article = read("<br><br>".join(lines))
    assert texts(article) == list(SEED)
    assert article.images[0].caption == SEED_CAPTION


@pytest.mark.parametrize(
    "line",
    [
        "Theo Sở Y tế, hiện các bệnh nhân đều đã ổn định.",
        "Theo Nghị định 100, mức phạt là 8 triệu đồng.",
        "Theo Công an tỉnh, vụ việc đang được làm rõ.",
        "Theo UBND tỉnh, đây là mức cao nhất từ trước đến nay.",
        "Nhiều mây.",
    ],
)
def test_a_last_sentence_is_no_credit_and_hides_none(line: str) -> None:
    article = read(f"<p>Một đoạn văn.</p><p><b>Hà Nội</b></p><p>{line}</p>")
    assert texts(article) == ["Một đoạn văn.", "Hà Nội", line]
    assert (article.credit, article.byline) == (None, None)


@pytest.mark.parametrize(
    ("line", "rest", "key"),
    [
        ("(Theo baolangson.vn)", None, "baolangson"),
        ("Theo: baolangson.vn", None, "baolangson"),
        ("Theo báo Lạng Sơn", None, "baolangson"),
        ("Nguồn - Baolangson.vn", None, "baolangson"),
        ("Nguồn: Báo Lạng Sơn (baolangson.vn)", None, "baolangson"),
        ("Nguồn: Báo Lạng Sơn, ngày 21/7/2020", None, "baolangson"),
        ("Việc làm theo Bác. (Nguồn: Baolang son.vn)", "Việc làm theo Bác.", "baolangson"),
    ],
)
def test_credits_in_other_dress(line: str, rest: str | None, key: str) -> None:
    article = read(f"<p>Một đoạn văn.</p><p>{line}</p>")
    assert article.credit is not None
    assert article.credit.source == key
    assert texts(article) == ["Một đoạn văn."] + ([rest] if rest else [])


def test_byline_and_credit_in_one_line() -> None:
    article = read("<p>Một đoạn văn.</p><p><b>Nguyễn Văn A (Theo Baolang son.vn)</b></p>")
    assert article.byline == "Nguyễn Văn A"
    assert article.credit is not None
    assert article.credit.source == "baolangson"
    assert texts(article) == ["Một đoạn văn."]


def test_who_wrote_stands_before_who_took_the_pictures() -> None:
    article = read("<p>Một đoạn.</p><p>Bài và ảnh: Hoàng Phong</p><p>Ảnh: Minh Đức</p>")
    assert article.byline == "Hoàng Phong"
    assert texts(article) == ["Một đoạn."]


@pytest.mark.parametrize("line", ["<p><b>KẾT LUẬN</b></p><p>Hết.</p>", "<h3>Kết</h3><p>Hết.</p>"])
def test_a_subhead_before_the_last_paragraph_stays(line: str) -> None:
    article = read(f"<p>Một đoạn văn.</p>{line}")
    assert [block.kind for block in article.body] == ["paragraph", "subhead", "paragraph"]
    assert article.byline is None


def test_a_caption_before_its_picture_goes_to_it() -> None:
    article = read(
        "<p>Một.</p><figure><figcaption>Chợ phiên. Ảnh: A.B</figcaption><img src='/a.jpg'></figure>"
        "<p>Hai.</p>"
    )
    assert texts(article) == ["Một.", "Hai."]
    assert [(i.url, i.caption, i.credit) for i in article.images] == [
        ("https://dangkhoi.example/a.jpg", "Chợ phiên. Ảnh: A.B", "A.B")
    ]


def test_an_italic_standfirst_under_the_opening_picture_stays_text() -> None:
    lead = (
        "Những ngày giáp Tết, " + "chợ phiên vùng cao đông vui hơn bao giờ hết, " * 5 + "rộn ràng."
    )
    article = read(f"<p><img src='/a.jpg'></p><p><em>{lead}</em></p><p>Một.</p>")
    assert texts(article) == [lead, "Một."]


@pytest.mark.parametrize(
    "box",
    [
        "<p><b>Tin liên quan</b></p><p><a href='/t/x-9.html'>Bài khác</a> (20/07/2020)</p>",
        "<p>Xem thêm: <a href='/t/x-9.html'>Bài khác về chuyện này</a></p>",
        "<p>&gt;&gt; <a href='/t/x-9.html'>Bài khác về chuyện này</a></p>",
        "<p><b><a href='/t/bai-khac-ve-chuyen-nay-9.html'>Bài khác về chuyện này</a></b></p>",
    ],
)
def test_other_ways_to_offer_an_article(box: str) -> None:
    article = read(f"<p>Một.</p>{box}<p>Hai.</p>")
    assert texts(article) == ["Một.", "Hai."]
    assert [link.url.rsplit("-", 1)[1] for link in article.related] == ["9.html"]


@pytest.mark.parametrize(
    "title",
    [
        "Lũ lụt miền Trung - Báo động đỏ từ thiên nhiên",
        "Quốc hội - Báo cáo giám sát chuyên đề",
        "Chăn nuôi - Trang trại kiểu mẫu ở xã vùng cao",
    ],
)
def test_a_title_is_never_cut(title: str) -> None:
    site = load_sites(environment=False).get("baocantho")
    page = (
        "<h1 class='margintopbot10'>{}</h1><div id='newscontents'><div class='content-fck'>"
        f"<p>{PROSE}</p></div></div>"
    )
    url = "https://baocantho.com.vn/x-a12.html"
    assert site.extract(page.format(title), url).title == title
    for ending in (
        " - Báo Cần Thơ Online",
        " – Báo Cần Thơ",
        " | Báo điện tử Cần Thơ",
        " - www.baocantho.com.vn",
        " - Báo Cần Thơ | baocantho.com.vn",
    ):
        assert site.extract(page.format(title + ending), url).title == title


@pytest.mark.parametrize("first", ["(GDP) tăng 5% so với cùng kỳ.", "(HĐND) tỉnh họp phiên một."])
def test_an_abbreviation_in_brackets_is_no_dateline(first: str) -> None:
    assert texts(read(f"<p>{first}</p><p>Hai.</p>"))[0] == first


def test_a_heading_in_the_middle_is_no_lead() -> None:
    html = (
        f"<h1 class='name'>T</h1><div id='content-detail'><p>{PROSE}</p><h2>Giữa bài</h2>"
        "<p>Hai.</p></div>"
    )
    site = load_sites(environment=False).get("baolangson")
    article = site.extract(html, "https://baolangson.vn/tot-5071654.html")
    assert (article.lead, article.lead_in_body) == (PROSE, True)
    assert [block.kind for block in article.body] == ["paragraph", "subhead", "paragraph"]


def test_ids_that_stand_twice_are_both_searched() -> None:
    html = "<div id='a'><p class='x'>1</p></div><div id='a'><p class='x'>2</p></div>"
    document = Document(html, "https://a.vn/")
    assert [e.text for e in document.all("#a .x")] == ["1", "2"]


def test_deeply_nested_titles_and_leads_are_read() -> None:
    deep = "<span>" * 1500 + "Sâu<script>1</script>" + "</span>" * 1500
    article = read(f"<div class='x'>{deep}</div>")
    assert texts(article) == ["Sâu"]
    document = Document(f"<h1>{deep}</h1>", "https://a.vn/")
    assert document.text("h1") == "Sâu"


LONG = (
    "Đây là một đoạn văn dài của bài báo, kể lại việc đã xảy ra trong ngày ở xã vùng cao ấy, số {}."
)
CENTRED = '<p style="text-align:center"><em>{}</em></p>'
PICTURE = '<p style="text-align:center"><img src="/{}.jpg"></p>'


@pytest.mark.parametrize("paragraphs", [1, 2, 3])
@pytest.mark.parametrize("pictures", [1, 2, 3])
def test_captions_of_short_articles_and_photo_stories(paragraphs: int, pictures: int) -> None:
    text = "".join(f"<p>{LONG.format(n)}</p>" for n in range(paragraphs))
    words = [LONG.format(f"{n} trong ảnh") for n in range(pictures)]
    shown = "".join(PICTURE.format(n) + CENTRED.format(w) for n, w in enumerate(words))
    article = read(text + shown)
    assert len(article.body) == paragraphs
    assert [image.caption for image in article.images] == words


@pytest.mark.parametrize(
    "lines",
    [
        ["Rằm xuân lồng lộng trăng soi trên bến,", "Sông xuân nước lẫn màu trời thêm xuân xa;"],
        ["- Đồng chí Nguyễn Văn A giữ chức Chủ tịch Ủy ban nhân dân tỉnh;"],
        ["“Chúng tôi sẽ làm hết sức mình vì bà con”, ông nói với mọi người."],
        ["1. Về phát triển kinh tế - xã hội của tỉnh trong năm nay và năm tới"],
    ],
)
def test_lines_of_an_indented_article_stay_in_it(lines: list[str]) -> None:
    plain = "".join(f"<p>{line}</p>" for line in lines)
    indented = [f"<p>{INDENT}{LONG.format(n)}</p>" for n in range(3)]
    article = read(indented[0] + plain + indented[1] + indented[2])
    assert len(article.body) == 3 + len(lines)
    assert article.images == ()


def test_one_indent_in_two_is_no_habit() -> None:
    article = read(
        f"<p>{INDENT}{LONG.format(1)}</p><p>Một dòng ngắn vừa phải thôi mà.</p>"
        f"<p>{LONG.format(2)}</p><p>Kết bài.</p>"
    )
    assert len(article.body) == 4


def test_a_paragraph_after_a_picture_is_not_swallowed() -> None:
    first, *others = (f"<p>{INDENT}{LONG.format(n)}</p>" for n in range(3))
    long = " ".join(LONG.format(n) for n in (7, 8, 9))
    article = read(first + PICTURE.format(1) + f"<p>{long}</p>" + "".join(others))
    assert len(article.body) == 4


def test_a_caption_of_two_lines_shifts_no_other() -> None:
    captions = [["Chú thích một.", "Dòng hai của một."], ["Chú thích hai."], ["Chú thích ba."]]
    shown = "".join(
        PICTURE.format(n) + "".join(CENTRED.format(line) for line in lines)
        for n, lines in enumerate(captions)
    )
    article = read(f"<p>{LONG.format(1)}</p><p>{LONG.format(2)}</p>{shown}")
    assert [image.caption for image in article.images] == [" ".join(lines) for lines in captions]


@pytest.mark.parametrize(
    "line",
    [
        "<p>- <a href='/x.pdf'>Quyết định số 123/QĐ-UBND ngày 5/7</a> của UBND tỉnh.</p>",
        "<p>* <a href='/x.pdf'>Danh sách trúng tuyển đợt một</a></p>",
        "<p><b><a href='/van-ban'>Nghị quyết số 10 của Bộ Chính trị</a></b></p>",
        "<p>Nguồn - gốc của bánh khảo vẫn còn là điều bí ẩn.</p>",
        "<p>Mức phạt là 5 triệu đồng (theo Nghị định 100).</p>",
        "<p>Tỉnh đón 2 triệu lượt khách (theo Sở VHTTDL).</p>",
    ],
)
def test_text_with_links_and_brackets_stays_whole(line: str) -> None:
    article = read(f"<p>{LONG.format(1)}</p><p>{LONG.format(2)}</p>{line}")
    assert len(article.body) == 3
    assert (article.credit, article.related) == (None, ())
    assert article.body[2].text[-1] in ").ịột"


@pytest.mark.parametrize(
    "before",
    [
        "<figure><img src='/a.jpg'><figcaption>Chú thích</figcaption></figure>",
        "<p>21/07/2020</p>",
        "<div style='display:none'>" + "x" * 100 + "</div>",
        "",
    ],
)
def test_a_lead_is_found_behind_what_is_no_text(before: str) -> None:
    html = (
        f"<h1 class='name'>T</h1><div id='content-detail'>{before}<p class='sapo'>Sapo.</p>"
        "<p>Một.</p></div>"
    )
    page = ContentDetailPage(Document(html, "https://baolangson.vn/tot-5071654.html"))
    assert page.lead() == "Sapo."


@pytest.mark.parametrize("body", ["", "<p>Đang tải nội dung...</p>"])
def test_a_standfirst_without_a_text_is_no_article(body: str) -> None:
    lead = "Những ngày đầu tháng Chín, các vườn hồng không hạt ở huyện vào vụ thu hoạch."
    html = (
        f"<h1 class='margintopbot10'>Vào vụ hồng</h1><div class='detail-desc'>{lead}</div>"
        f"<div id='newscontents'><div class='content-fck'>{body}</div></div>"
    )
    site = load_sites(environment=False).get("baocantho")
    with pytest.raises(PageRefused, match=r"empty_body|too_short|javascript"):
        site.extract(html, "https://baocantho.com.vn/x-a1.html")


def test_a_text_beside_the_place_of_the_layout_is_read() -> None:
    text = "".join(f"<p>{PROSE} Đoạn {n}.</p>" for n in range(9))
    html = (
        "<title>Vào vụ hồng</title><h1 class='margintopbot10'>Vào vụ hồng</h1>"
        f"<div id='newscontents'><div class='content-fck'></div></div><article>{text}</article>"
    )
    article = (
        load_sites(environment=False)
        .get("baocantho")
        .extract(html, "https://baocantho.com.vn/x-a1.html")
    )
    assert (article.layout, len(article.body)) == ("generic", 9)


def test_a_title_of_many_endings_is_read_in_bounded_time() -> None:
    html = (
        f"<h1 class='margintopbot10'>Tin{' - Báo Cần Thơ' * 20_000}</h1>"
        f"<div id='newscontents'><div class='content-fck'><p>{PROSE}</p></div></div>"
    )
    site = load_sites(environment=False).get("baocantho")
    title = site.extract(html, "https://baocantho.com.vn/x-a1.html").title
    assert title == f"Tin{' - Báo Cần Thơ' * 19_997}"  # whoever looked at all would not come back
