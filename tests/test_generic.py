"""The reader for pages of unknown layout, on pages written here and on saved ones read by eye."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import time
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from baolangson_crawler.dating import date
from baolangson_crawler.extraction.document import Document
from baolangson_crawler.extraction.generic import GenericPage
from baolangson_crawler.items import Article

FETCHED = datetime(2026, 7, 1, tzinfo=UTC)
URL = "https://bao.example.vn/tin/ban-khoang-mo-duong-lien-thon.html"
TITLE = "Bản Khoang mở đường liên thôn"
SAPO = (
    "Tuyến đường dài ba cây số nối hai thôn vùng cao với trung tâm xã Bản Khoang vừa được khởi "
    "công sau hai năm bà con góp đất, góp công."
)
FIRST = (
    "Sáng 12/5, tại thôn Nà Lầu, lãnh đạo xã cùng hơn một trăm hộ dân dự lễ khởi công tuyến đường "
    "liên thôn, mặt đường rộng ba mét rưỡi, đổ bê tông toàn tuyến."
)
SECOND = (
    "Bà Lò Thị Mẩy, người hiến bốn trăm mét vuông đất vườn, nói rằng từ nay trẻ con đi học không "
    "phải lội suối mỗi khi mưa xuống, xe chở ngô cũng vào được tận sân."
)
THIRD = (
    "Theo kế hoạch, công trình hoàn thành trước mùa mưa năm sau với kinh phí hơn bốn tỷ đồng, một "
    "phần ba do các hộ dân đóng góp bằng ngày công."
)
PARAGRAPHS = [FIRST, SECOND, THIRD]
MENU = "".join(
    f'<li><a href="/{slug}/">{name}</a></li>'
    for slug, name in (("chinh-tri", "Chính trị"), ("kinh-te", "Kinh tế"), ("van-hoa", "Văn hóa"))
)
OTHERS = "".join(
    f'<li><a href="/tin/bai-viet-cu-cua-tuan-{n}.html">Bài viết cũ của tuần thứ {n} trong tháng'
    f"</a> <span>(0{n}/03/2026)</span></li>"
    for n in range(1, 7)
)


def json_ld(**stated: str) -> str:
    thing = json.dumps({"@type": "NewsArticle"} | stated)
    return f'<script type="application/ld+json">{thing}</script>'


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts or PARAGRAPHS)


def page(article: str, *, head: str = f"<title>{TITLE}</title>", before: str = "") -> str:
    return (
        f'<html><head>{head}</head><body><div id="top">{before}<ul>{MENU}</ul></div>'
        f'{article}<div id="others"><h3>Tin khác</h3><ul>{OTHERS}</ul></div>'
        "<div>Cơ quan chủ quản: Ủy ban nhân dân xã. Giấy phép số 00/GP.</div></body></html>"
    )


def read(html: str, url: str = URL) -> Article:
    generic = GenericPage(Document(html, url))
    assert generic.recognises()
    return date(generic.to_article(site="mau", article_id=None), FETCHED)


def body(article: Article) -> list[str]:
    return [block.text for block in article.body]


def method_of(article: Article, field: str) -> str:
    return next(finding.method for finding in article.findings if finding.field == field)


def test_an_article_in_nested_tables_keeps_every_paragraph() -> None:
    rows = "".join(f"<tr><td>{text}</td></tr>" for text in PARAGRAPHS)
    table = (
        f'<table><tr><td width="200"><ul>{MENU}</ul></td><td><table>'
        f"<tr><td><b>{TITLE}</b></td></tr><tr><td><table>{rows}</table></td></tr></table></td></tr></table>"
    )
    article = read(page(table))
    assert article.title == TITLE
    assert body(article) == PARAGRAPHS


def test_a_bold_first_paragraph_is_the_standfirst() -> None:
    article = read(page(f"<div><h1>{TITLE}</h1><p><b>{SAPO}</b></p>{paragraphs()}</div>"))
    assert article.lead == SAPO
    assert not article.lead_in_body
    assert body(article) == PARAGRAPHS
    assert method_of(article, "lead") == "bold"


@pytest.mark.parametrize(
    ("standfirst", "method"),
    [
        (f'<div class="sapo">{SAPO}</div>', "class"),
        (f'<p class="article-desc">{SAPO}</p>', "class"),
        (f"<h2>{SAPO}</h2>", "description"),
        (f"<h2>(BMO) - {SAPO}</h2>", "description"),
    ],
)
def test_a_standfirst_set_apart_is_the_lead_and_no_paragraph(standfirst: str, method: str) -> None:
    head = f'<title>{TITLE}</title><meta name="description" content="{SAPO}">'
    text = f"<div><h1>{TITLE}</h1>{standfirst}<div>{paragraphs()}</div></div>"
    article = read(page(text, head=head))
    assert (article.lead or "").endswith(SAPO)
    assert body(article) == PARAGRAPHS
    assert method_of(article, "lead") == method


def test_a_plain_first_paragraph_is_lead_and_body() -> None:
    head = f'<title>{TITLE}</title><meta name="description" content="{FIRST}">'
    article = read(page(f"<div><h1>{TITLE}</h1>{paragraphs()}</div>", head=head))
    assert (article.lead, article.lead_in_body) == (FIRST, True)
    assert body(article) == PARAGRAPHS


@pytest.mark.parametrize(
    "caption",
    [
        '<p style="text-align:center"><em>{}</em></p>',
        '<p class="chu-thich">{}</p>',
        '<div class="img-caption"><p>{}</p></div>',
    ],
)
def test_the_words_under_a_picture_are_no_paragraph(caption: str) -> None:
    words = "Người dân thôn Nà Lầu góp công mở đường."
    picture = '<p style="text-align:center"><img src="/anh/duong.jpg"></p>' + caption.format(words)
    text = f"{paragraphs(FIRST)}{picture}{paragraphs(SECOND, THIRD)}"
    article = read(page(f"<div><h1>{TITLE}</h1>{text}</div>"))
    assert body(article) == PARAGRAPHS
    assert [(image.url, image.caption) for image in article.images] == [
        ("https://bao.example.vn/anh/duong.jpg", words)
    ]


def test_a_figure_keeps_its_caption() -> None:
    figure = "<figure><img src='a.jpg'><figcaption>Lễ khởi công. Ảnh: Văn Tú</figcaption></figure>"
    text = f"{paragraphs(FIRST)}{figure}{paragraphs(SECOND, THIRD)}"
    article = read(page(f"<div><h1>{TITLE}</h1>{text}</div>"))
    assert body(article) == PARAGRAPHS
    assert [(i.caption, i.credit) for i in article.images] == [
        ("Lễ khởi công. Ảnh: Văn Tú", "Văn Tú")
    ]


def test_a_box_of_related_articles_inside_the_text_becomes_links() -> None:
    box = (
        '<div class="box-lien-quan"><img src="/nho.jpg"><a href="/tin/nam-nay-xa-them-ba-cau.html">'
        "Năm nay xã thêm ba cây cầu mới</a></div>"
    )
    text = f"{paragraphs(FIRST, SECOND)}{box}{paragraphs(THIRD)}"
    article = read(page(f"<div><h1>{TITLE}</h1>{text}</div>"))
    assert body(article) == PARAGRAPHS
    assert [link.title for link in article.related] == ["Năm nay xã thêm ba cây cầu mới"]
    assert not article.images


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ('<p style="text-align:right"><b>Hoàng Văn Tú</b></p>', "Hoàng Văn Tú"),
        ("<p>Bài và ảnh: Hoàng Văn Tú</p>", "Hoàng Văn Tú"),
        ("<p>Hoàng Văn Tú</p>", "Hoàng Văn Tú"),
        ('<p class="author">V.T</p>', "V.T"),
    ],
)
def test_the_byline_at_the_end_is_no_paragraph(line: str, name: str) -> None:
    article = read(page(f"<div><h1>{TITLE}</h1>{paragraphs()}{line}</div>"))
    assert article.byline == name
    assert body(article) == PARAGRAPHS


def test_the_source_at_the_end_is_the_credit() -> None:
    text = f"{paragraphs()}<p><i>Nguồn: TTXVN</i></p>"
    article = read(page(f"<div><h1>{TITLE}</h1>{text}</div>"))
    assert article.credit is not None
    assert article.credit.source == "ttxvn"
    assert body(article) == PARAGRAPHS


@pytest.mark.parametrize(
    "items",
    [
        "<ul><li>Hoàng Văn Tú</li><li>Lò Thị Mẩy</li></ul>",
        "<p>- Hoàng Văn Tú</p><p>- Lò Thị Mẩy</p>",
        "<p>1. Hoàng Văn Tú</p><p>2. Lò Thị Mẩy</p>",
    ],
)
def test_the_list_that_an_article_ends_with_is_kept(items: str) -> None:
    text = f"{paragraphs()}<p>Các hộ hiến đất:</p>{items}"
    article = read(page(f"<div><h1>{TITLE}</h1>{text}</div>"))
    names = [text.lstrip("-12. ") for text in body(article)[-2:]]
    assert body(article)[:-2] == [*PARAGRAPHS, "Các hộ hiến đất:"]
    assert names == ["Hoàng Văn Tú", "Lò Thị Mẩy"]


def test_links_behind_the_article_are_no_items_of_it() -> None:
    links = "<ul><li><a href='/a'>Mở đường ở bản bên</a></li><li>Góc đọc</li></ul>"
    article = read(page(f"<div><h1>{TITLE}</h1>{paragraphs()}{links}</div>"))
    assert body(article) == PARAGRAPHS


VERSES = (
    *("Đường lên bản nhỏ quanh co", "Mẹ gùi nắng sớm, con cõng mưa chiều"),
    *("Bao mùa ngô chín liêu xiêu", "Nay nghe xe chở tiếng reo qua đèo"),
    *("Cầu treo thôi hết cheo leo", "Trường xa cũng hóa một trèo là qua"),
)


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ("<p>" + "<br>".join(VERSES) + "</p>", None),
        (paragraphs(*VERSES) + "<p align='right'><b>Lò Văn Páo</b></p>", "Lò Văn Páo"),
    ],
)
def test_a_poem_is_read(lines: str, name: str | None) -> None:
    date_line = "<div>Thứ ba, 12/05/2026 | 18:21</div>"
    article = read(page(f"<div><h1>{TITLE}</h1>{date_line}{lines}</div>"))
    assert body(article) == list(VERSES)
    assert article.byline == name
    assert article.published is not None


def test_an_announcement_of_short_lines_is_read() -> None:
    lines = [f"- Bản {bản}: mất điện từ 7h đến 11h." for bản in ("Nà Lầu", "Nà Mu", "Khe", "Sung")]
    article = read(page(f"<div><h1>{TITLE}</h1>{paragraphs(*lines)}</div>"))
    assert body(article) == lines


def test_short_lines_without_their_headline_are_no_article() -> None:
    html = page(f"<div>{paragraphs(*VERSES)}</div>")
    assert not GenericPage(Document(html, URL)).recognises()


SERVICES = [
    *("Quảng cáo", "Khu vực quảng cáo", "Quảng cáo trong bài", "Nghe đọc bài", "Giọng đọc"),
    *("Chia sẻ bài viết", "Từ khóa", "Từ khoá:", "Tags"),
]


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("tag", ["p", "div"])
def test_what_a_page_says_to_its_reader_is_no_paragraph(service: str, tag: str) -> None:
    line = f"<{tag}>{service}</{tag}>"
    text = paragraphs(FIRST) + line + paragraphs(SECOND, THIRD) + line
    assert body(read(page(f"<div><h1>{TITLE}</h1>{line}{text}</div>"))) == PARAGRAPHS


def test_the_credit_before_the_keywords_is_the_credit() -> None:
    tail = "<p>Nguồn: TTXVN</p><p>Quảng cáo</p><p>Từ khóa: đường liên thôn, Bản Khoang</p>"
    article = read(page(f"<div><h1>{TITLE}</h1>{paragraphs()}{tail}</div>"))
    assert article.credit is not None
    assert article.credit.source == "ttxvn"
    assert body(article) == PARAGRAPHS


def test_headlines_and_their_dates_inside_the_text_are_no_paragraphs() -> None:
    others = "".join(
        f"<li><h3><a href='/tin/{n}.html'>Bản bên mở đường thứ {n}</a></h3>"
        f"<span>0{n}/05/2026</span></li>"
        for n in (1, 2)
    )
    text = f"{paragraphs(FIRST, SECOND)}<div><ul>{others}</ul></div>{paragraphs(THIRD)}"
    assert body(read(page(f"<div><h1>{TITLE}</h1>{text}</div>"))) == PARAGRAPHS


def test_a_page_inside_one_form_is_read() -> None:
    html = page(f"<div><h1>{TITLE}</h1>{paragraphs()}</div>")
    html = html.replace("<body>", '<body><form id="aspnetForm"><input type="hidden" value="x">')
    assert body(read(html.replace("</body>", "</form></body>"))) == PARAGRAPHS


def test_a_page_that_is_hidden_until_a_script_has_run_is_read() -> None:
    html = page(f"<div><h1>{TITLE}</h1>{paragraphs()}</div>")
    html = html.replace("<body>", '<body><div style="display:none">')
    assert body(read(html)) == PARAGRAPHS


def test_hidden_text_is_not_read() -> None:
    hidden = f'<p style="display: none">{SAPO}</p>'
    html = page(f"<div><h1>{TITLE}</h1>{paragraphs(FIRST)}{hidden}{paragraphs(SECOND)}</div>")
    assert body(read(html)) == [FIRST, SECOND]


def test_rests_of_a_template_are_left_out() -> None:
    text = f"{paragraphs(FIRST)}<p>{{{{item.title}}}}</p>{paragraphs(SECOND, THIRD)}"
    assert body(read(page(f"<div><h1>{TITLE}</h1>{text}</div>"))) == PARAGRAPHS


def test_lists_and_subheads_of_the_text_are_kept() -> None:
    items = ["Rải đá nền đường", "Đổ bê tông mặt đường"]
    listed = "".join(f"<li>{item}</li>" for item in items)
    text = f"{paragraphs(FIRST, SECOND)}<h3>Các bước</h3><ul>{listed}</ul>{paragraphs(THIRD)}"
    article = read(page(f"<div><h1>{TITLE}</h1>{text}</div>"))
    assert body(article) == [FIRST, SECOND, "Các bước", *items, THIRD]
    assert [b.text for b in article.body if b.kind == "subhead"] == ["Các bước"]


COMMENT = "Tôi đã đi qua đoạn đường này mỗi ngày trong suốt mười năm, nay mừng lắm, bà con ạ."


def test_readers_comments_are_no_text_though_they_are_longer() -> None:
    comments = '<div class="comment-list">' + f"<p>{COMMENT}</p>" * 3 + "</div>"
    assert body(read(page(f"<div><h1>{TITLE}</h1>{paragraphs()}</div>{comments}"))) == PARAGRAPHS


# Title


@pytest.mark.parametrize(
    ("head", "headings"),
    [
        (f'<meta property="og:title" content="{TITLE} - Báo Mẫu">', f"<h1>{TITLE}</h1>"),
        (f'<meta property="og:title" content="{TITLE} - Báo Mẫu">', ""),
        (f"<title>{TITLE} | Báo Mẫu</title>", "<h1><a href='/'>Báo Mẫu</a></h1>"),
        (f"<title>{TITLE}</title>", f"<h1>Thời sự</h1><h1>{TITLE}</h1>"),
        (f"<title>Báo Mẫu - {TITLE}</title>", f"<h1>{TITLE}</h1>"),
        ("<title>Cổng thông tin điện tử xã Bản Khoang</title>", f"<h1>{TITLE}</h1>"),
        (json_ld(headline=TITLE), "<h1>Chuyên trang</h1>"),
    ],
)
def test_the_title_is_the_headline_without_the_papers_name(head: str, headings: str) -> None:
    article = read(page(f"<div>{headings}{paragraphs()}</div>", head=head))
    assert article.title == TITLE
    assert body(article) == PARAGRAPHS


# Dates

HEAD = f"<title>{TITLE}</title>"


def published(article: Article) -> tuple[str, str]:
    assert article.published is not None
    assert article.published.at is not None
    return article.published.at.isoformat()[:16], article.published.method.split(":")[0]


STATED = "2026-05-12T08:30:00+07:00"
MICRODATA = f'<span itemprop="datePublished" content="{STATED}">Hôm ấy</span>'
META = f'<meta property="article:published_time" content="{STATED}">'
DATED_URL = "https://bao.example.vn/2026/05/12/mo-duong.html"


@pytest.mark.parametrize(
    ("head", "line", "url", "expected"),
    [
        (json_ld(datePublished=STATED), "", URL, ("2026-05-12T08:30", "json-ld")),
        ("", MICRODATA, URL, ("2026-05-12T08:30", "time")),
        (META, "", URL, ("2026-05-12T08:30", "meta")),
        ("", f'<time datetime="{STATED}">Mới</time>', URL, ("2026-05-12T08:30", "time")),
        ("", "<p>Thứ Ba, 12/05/2026, 08:30</p>", URL, ("2026-05-12T08:30", "visible")),
        ("", "<div>Ngày đăng: 12/05/2026</div>", URL, ("2026-05-12T00:00", "visible")),
        ("", "", DATED_URL, ("2026-05-12T00:00", "url")),
    ],
)
def test_the_date_is_found_wherever_it_is_stated(
    head: str, line: str, url: str, expected: tuple[str, str]
) -> None:
    text = f"<div><h1>{TITLE}</h1>{line}{paragraphs()}</div>"
    article = read(page(text, head=HEAD + head), url)
    assert published(article) == expected
    assert body(article) == PARAGRAPHS


CLOCK = '<div class="today">Thứ Tư, 01/07/2026, 07:00</div>'


def test_the_clock_in_the_page_head_and_dates_of_lists_are_not_the_articles() -> None:
    article = read(page(f"<div><h1>{TITLE}</h1>{paragraphs()}</div>", before=CLOCK))
    assert article.published is None


def test_the_visible_date_stands_beside_a_clock() -> None:
    text = f"<div><span>12/05/2026 - 08:30</span><h1>{TITLE}</h1>{paragraphs()}</div>"
    assert published(read(page(text, before=CLOCK))) == ("2026-05-12T08:30", "visible")


# What is no article

TEASERS = "".join(
    f'<h3><a href="/tin/{n}.html">Tin số {n} về việc mở đường vùng cao</a></h3><p>{text}</p>'
    for n, text in enumerate(PARAGRAPHS * 2)
)


@pytest.mark.parametrize(
    "html",
    [
        "",
        "   ",
        "<html></html>",
        page(""),
        page("<h1>Không tìm thấy trang</h1><p>Mời quý vị về trang chủ.</p>"),
        page("<h1>Thời sự</h1>" + TEASERS),
    ],
    ids=["empty", "blank", "no body", "menu and list", "not found", "list of teasers"],
)
def test_a_page_without_an_article_is_not_recognised(html: str) -> None:
    generic = GenericPage(Document(html, URL))
    assert not generic.recognises()
    assert generic.findings() == ()


# How it is found


def test_findings_say_where_each_field_comes_from() -> None:
    head = HEAD + json_ld(datePublished="2026-05-12T08:30:00+07:00")
    text = f"<div><h1>{TITLE}</h1>{paragraphs()}<p><b>Hoàng Văn Tú</b></p></div>"
    found = {f.field: f for f in read(page(text, head=head)).findings}
    assert {name: f.method for name, f in found.items()} == {
        "title": "h1",
        "lead": "first-paragraph",
        "body": "weight+trafilatura",
        "byline": "signature",
        "printed_dates": "json-ld",
    }
    assert all(0 < f.confidence <= 1 for f in found.values())
    assert found["title"].confidence > found["lead"].confidence


def test_reading_leaves_the_tree_as_it_was() -> None:
    document = Document(page(f"<div><h1>{TITLE}</h1>{paragraphs()}</div>"), URL)
    before = etree.tostring(document.root)
    assert GenericPage(document).recognises()
    assert etree.tostring(document.root) == before


def test_trafilatura_is_imported_only_when_a_page_is_read() -> None:
    code = (
        "import sys; import baolangson_crawler.extraction.generic; "
        "sys.exit('trafilatura' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_decomposed_letters_and_no_declared_language_change_nothing() -> None:
    html = page(f'<div><h1>{TITLE}</h1><p class="sapo">{SAPO}</p>{paragraphs()}</div>')
    article = read(unicodedata.normalize("NFD", html))
    assert (article.title, article.lead, body(article)) == (TITLE, SAPO, PARAGRAPHS)
    assert article.language == "vi"


# What is out of the ordinary


def test_two_thousand_nested_elements_are_read() -> None:
    depth = 2_000
    deep = '<div class="a">' * depth + f"<h1>{TITLE}</h1>{paragraphs()}" + "</div>" * depth
    assert body(read(page(deep))) == PARAGRAPHS


def test_two_hundred_thousand_nested_elements_do_no_harm() -> None:
    deep = '<div class="a">' * 200_000 + paragraphs()
    html = page(f"<div><h1>{TITLE}</h1>{paragraphs()}</div>{deep}")
    assert body(read(html))[: len(PARAGRAPHS)] == PARAGRAPHS


@pytest.mark.slow
@pytest.mark.parametrize(
    "filler",
    ['<div><a href="/tin/bai.html">Bài viết</a></div>', "<p>Tin vắn.</p>", "chữ ", "<br>x"],
)
def test_five_megabytes_are_read_in_bounded_time(filler: str) -> None:
    text = f"<div><h1>{TITLE}</h1>{paragraphs()}</div>"
    html = page(f"{text}<div>{filler * (5_000_000 // len(filler))}</div>")
    start = time.process_time()
    generic = GenericPage(Document(html, URL))
    assert generic.recognises()
    assert time.process_time() - start < 30


# Saved pages of real papers


def truths(shared: Path) -> list[tuple[str, str, dict[str, object]]]:
    pages = shared / "corpus" / "pages"
    with (pages / "INDEX.tsv").open(encoding="utf-8") as index:
        addresses = {row["file"]: row["url"] for row in csv.DictReader(index, delimiter="\t")}
    found = []
    for answer in sorted(pages.glob("*/*.truth.json")):
        file = answer.with_name(answer.name.replace(".truth.json", ".html"))
        html = file.read_text(encoding="utf-8", errors="replace")
        url = addresses[str(file.relative_to(pages))]
        found.append((url, html, json.loads(answer.read_text(encoding="utf-8"))))
    return found


@pytest.mark.shared
@pytest.mark.parametrize("change", ["none", "no language", "decomposed"])
def test_saved_pages_are_read_as_by_eye(shared: Path, change: str) -> None:
    answers = truths(shared)
    assert answers
    for url, html, truth in answers:
        if change == "no language":
            html = re.sub(r"(<html[^>]*?)\slang=\"[^\"]*\"", r"\1", html)
        elif change == "decomposed":
            html = unicodedata.normalize("NFD", html)
        article = read(html, url)
        lines = body(article)
        assert article.title == truth["title"], url
        assert (article.lead, article.lead_in_body) == (truth["sapo"], truth["sapo_in_body"]), url
        assert lines[0].startswith(str(truth["body_first80"]).strip()), url
        assert lines[-1].endswith(str(truth["body_last80"]).strip()), url
        assert sum(b.kind == "paragraph" for b in article.body) == truth["body_paragraphs"], url
        assert truth["author"] in (None, article.byline), url
        if truth["published"]:
            assert published(article)[0] == str(truth["published"])[:16], url
        image = truth["image"]
        assert isinstance(image, dict)
        assert image["caption"] in {None, *(i.caption for i in article.images)}, url
        assert image["caption"] not in lines, url
