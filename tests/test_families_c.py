"""The families dcontent, ims, bbg, newscontent and the papers with a design of their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from baolangson_crawler import dating
from baolangson_crawler.extraction.body import Run, pieces
from baolangson_crawler.extraction.document import Document, parse
from baolangson_crawler.families.bbg import BbgPage
from baolangson_crawler.items import Article, Moment
from baolangson_crawler.sites import Register, load_sites
from baolangson_crawler.sites.baoquangngai import QuangNgaiPage, body_in_script, script_string

FETCHED = datetime.fromisoformat("2026-05-04T10:00:00+07:00")
ARTICLES = [
    ("https://baothanhhoa.vn/mua-san-moi-bien-111852.htm", "baothanhhoa", "111852"),
    ("https://baothanhhoa.vn/theo-guong-bac/mot-tieu-de/153013.htm", "baothanhhoa", "153013"),
    ("https://baophutho.vn/qua-vang-danh-thuc-dat-can-245476.htm", "baophutho", "245476"),
    ("https://baophutho.vn/kinh-te/mot-tieu-de/131313.html", "baophutho", "131313"),
    ("https://baophutho.vn/print/7e6547344b3ca72/134147.htm", "baophutho", "134147"),
    ("https://baothanhhoa.vn/doi-song-xa-hoi/khi-nuoc-sach/150298.htm", "baothanhhoa", "150298"),
    (
        "https://www.baohoabinh.com.vn/12/185364/Xa-Tan-Thanh,-ngay-moi.htm",
        "baohoabinh",
        "185364",
    ),
    ("http://www.baoyenbai.com.vn/12/216211/Mot-tieu-de.htm", "baoyenbai", "216211"),
    ("https://baobacninhtv.vn/bg2/moi-nhat/tieu-de-postid413098.bbg", "baobacninh", "413098"),
    ("https://baobacninhtv.vn/tieu-de-postid294056.bbg", "baobacninh", "294056"),
    ("https://en.baobacninhtv.vn/a-village-kiln-fires-again-today.bbg", "baobacninh", None),
    ("https://baobacgiang.vn/bg2/moi-nhat/quang-ba-postid413098.bbg", "baobacgiang", "413098"),
    ("https://baobacgiang.vn/bg/suc-khoe/371838/cai-thuoc-la.html", "baobacgiang", "371838"),
    (
        "https://www.baobaclieu.vn/quoc-phong-an-ninh/xu-ly-tin-gia-72306.html",
        "baobaclieu",
        "72306",
    ),
    ("https://www.baokiengiang.vn/le-hoi/hoi-thi-chim-hot-17028.html", "baokiengiang", "17028"),
    (
        "https://www.baokontum.com.vn/xa-hoi/mot-hanh-trinh-khep-lai-48330.html",
        "baokontum",
        "48330",
    ),
    ("https://baodaknong.vn/du-lich/mot-tieu-de-88214.html", "baodaknong", "88214"),
    ("https://baodienbienphu.vn/tin-bai/xa-hoi/mot-tieu-de", "baodienbienphu", None),
    (
        "https://baodienbienphu.com.vn/tin-tuc/y-te/212838/nhieu-truong-hop",
        "baodienbienphu",
        "old-212838",
    ),
    ("https://baolaichau.vn/kinh-te/mot-tieu-de-74218", "baolaichau", "74218"),
    ("https://baolaichau.vn/chinh-tri/dai-hoi-dang-bo-nhiem-ky-2025-2030", "baolaichau", None),
    (
        "https://baolaichau.vn/chinh-tri/ky-niem-74-nam-ngay-toan-quoc-19121946-19122020",
        "baolaichau",
        None,
    ),
    (
        "http://www.baolaichau.vn/x%C3%A3-h%E1%BB%99i/r%E1%BB%ABng-ph%C3%B2ng-h%E1%BB%99-k%C3%AAu-c%E1%BB%A9u",
        "baolaichau",
        None,
    ),
    (
        "https://www.baolaichau.vn/van-de-hom-nay/kho-khan-xu-ly-rac-thai-sinh-hoat",
        "baolaichau",
        None,
    ),
    (
        "https://baosonla.vn/thoi-su-chinh-tri/le-hoi-ca-phe-nam-2026-51YnYvXDR.html",
        "baosonla",
        "51YnYvXDR",
    ),
    (
        "https://baoninhbinh.org.vn/mot-tieu-de-260506083412345.html",
        "baoninhbinh",
        "260506083412345",
    ),
    (
        "https://baoninhbinh.org.vn/hai-nam-sinh/d20220607082731436.htm",
        "baoninhbinh",
        "old-20220607082731436",
    ),
    (
        "https://baoninhbinh.org.vn/giai-khkt/d2022032722111733.htm",
        "baoninhbinh",
        "old-2022032722111733",
    ),
    (
        "http://baoninhbinh.org.vn/hoa-choi-tet-20180104031946780p3c24.htm",
        "baoninhbinh",
        "old-20180104031946780",
    ),
    ("https://baoquangngai.vn/mot-tieu-de-61874.htm", "baoquangngai", "61874"),
    (
        "https://baoquangngai.vn/kinh-te/bien-kinh-te-bien/202308/truy-xuat-3bc1af9/",
        "baoquangngai",
        "202308-3bc1af9",
    ),
    (
        "https://baoquangngai.vn/channel/2022/201703/mot-tieu-de-2763204/",
        "baoquangngai",
        "201703-2763204",
    ),
    ("https://huengaynay.vn/du-lich/so-hoa-ban-do-co-163431.html", "huengaynay", "163431"),
    ("https://baothuathienhue.vn/sen-trang-hue-a100343.html", "huengaynay", "old-100343"),
    ("https://baolamdong.vn/trao-giay-chung-nhan-280929.html", "baolamdong", "280929"),
    ("https://baolamdong.vn/bbt/tanh-linh-cong-nhan-130891.html", "baolamdong", "old-130891"),
    (
        "https://baolamdong.vn/kinh-te/202403/mot-tieu-de-6ab40d2/",
        "baolamdong",
        "202403-6ab40d2",
    ),
    ("https://baohanam.com.vn/van-hoa/le-hoi/chua-long-doi-122101.html", "baohanam", "122101"),
    ("https://baohanam.com.vn/amp.aspx?itemid=140300", "baohanam", "140300"),
    (
        "https://baothaibinh.com.vn/tin-tuc/206/140540/van-tai-phuong-vy",
        "baothaibinh",
        "140540",
    ),
    (
        "https://baobinhdinh.vn/viewer.aspx?macm=39&macmp=39&mabb=222823",
        "baobinhdinh",
        "222823",
    ),
    (
        "http://baoninhthuan.com.vn/diendan/49334p25c151/phat-trien.htm",
        "baoninhthuan",
        "49334",
    ),
    ("https://baobinhphuoc.com.vn/news/200/99817/mot-so-thong-tin", "baobinhphuoc", "99817"),
    ("https://baohaugiang.com.vn/thoi-su/mot-tieu-de-128411.html", "baohaugiang", "128411"),
    ("https://baovinhphuc.com.vn/kinh-te/mot-tieu-de-126077.html", "baovinhphuc", "126077"),
    ("https://baobinhthuan.com.vn/thap-po-dam-o-tuy-phong-124375.html", "baobinhthuan", "124375"),
]
"""Real addresses with shortened slugs; where none was found, the form that is expected."""

NO_ARTICLES = [
    "https://baothanhhoa.vn/thoi-su",
    "https://baothanhhoa.vn/topic/dai-hoi-12.htm",
    "https://baophutho.vn/tin24h",
    "https://www.baohoabinh.com.vn/12/",
    "https://baobacninhtv.vn/chinh-tri-nhan-su-moi",
    "https://baobacgiang.vn/tieng-goi-non-cao.bbg",
    "https://baokiengiang.vn/kien-nghi-cua-cu-tri-12646/tag.html",
    "https://www.baokontum.com.vn/xa-hoi-8.html?page=147",
    "https://www.baokontum.com.vn/ghi-chep-phong-su-31.html",
    "https://baodienbienphu.vn/tin-tuc/xa-hoi",
    "https://baolaichau.vn/kinh-te",
    "https://baolaichau.vn/xa-hoi/nong-thon-moi",
    "https://baolaichau.vn/video/mot-tieu-de-cua-mot-doan-phim",
    "https://baosonla.vn/thoi-su-chinh-tri.html",
    "https://baosonla.vn/xa-hoi/trang-dia-phuong.html",
    "https://baoninhbinh.org.vn/s/thu%20hoach?page=3",
    "https://baoquangngai.vn/event/bau-cu-12.htm",
    "https://baoquangngai.vn/kinh-te/202308/",
    "https://huengaynay.vn/du-lich/",
    "https://baolamdong.vn/tin-tuc-24h",
    "https://baohanam.com.vn/que-huong-nui-doi-song-chau?currentpage=6",
    "https://baothaibinh.com.vn/tin-tuc/206",
    "https://baobinhdinh.vn/listing.aspx?macm=39&macmp=39",
    "https://baobinhphuoc.com.vn/List/xa-hoi?page=2",
    "https://baohaugiang.com.vn/thoi-su-215.html",
    "https://baohaugiang.com.vn/tim-kiem/khom-12.html",
    "https://baobinhthuan.com.vn/tin-tuc-binh-thuan-moi-nhat",
]


@pytest.fixture(scope="module")
def sites() -> Register:
    return load_sites(environment=False)


@pytest.mark.parametrize(("url", "key", "article_id"), ARTICLES, ids=[a[0] for a in ARTICLES])
def test_an_article_has_its_paper_and_id(
    url: str, key: str, article_id: str | None, sites: Register
) -> None:
    site = sites.for_url(url)
    assert site is not None
    assert site.key == key
    assert site.is_article(url)
    assert site.article_id(url) == article_id


@pytest.mark.parametrize("url", NO_ARTICLES)
def test_a_section_a_topic_a_tag_and_a_search_are_no_articles(url: str, sites: Register) -> None:
    site = sites.for_url(url)
    assert site is not None
    assert not site.is_article(url)


def test_capitals_of_an_id_tell_two_articles_apart(sites: Register) -> None:
    one, other = (
        sites.get("baosonla").key_of(f"https://baosonla.vn/xa-hoi/mot-tieu-de-{token}.html")
        for token in ("51YnYvXDR", "51YnYvXDr")
    )
    assert one != other


@pytest.mark.parametrize(
    ("url", "month"),
    [
        ("https://baoninhbinh.org.vn/giai/d2022032722111733.htm", "2022-03"),
        ("https://baoninhbinh.org.vn/giai/d20220607082731436.htm", "2022-06"),
        ("https://baoninhbinh.org.vn/hoa-tet-20180104031946780p3c24.htm", "2018-01"),
        ("https://baoquangngai.vn/xa-hoi/202011/nha-tranh-lu-3032204/", "2020-11"),
    ],
)
def test_the_address_states_when_it_was_made(url: str, month: str, sites: Register) -> None:
    site = sites.for_url(url)
    assert site is not None
    printed = tuple(site.address_dates(url))
    article = written(site.key, url, "1", date(2018, 1, 1))
    dated = dating.date(replace(article, printed_dates=printed), FETCHED)
    assert dated.published is not None
    assert f"{dated.published.at:%Y-%m}" == month


def written(site: str, url: str, article_id: str, day: date) -> Article:
    at = datetime.fromisoformat(f"{day}T08:00:00+07:00")
    return Article(
        url=url,
        canonical_url=url,
        site=site,
        article_id=article_id,
        title="Một tiêu đề",
        layout="x",
        published=Moment(at=at, raw="", method="visible", confidence=0.9),
    )


@pytest.mark.parametrize(
    ("key", "url", "number", "day", "paper"),
    [
        ("baobacninh", "https://baobacninhtv.vn/a-postid1.bbg", "1", "2025-06-30", "baobacgiang"),
        ("baobacninh", "https://baobacninhtv.vn/a-postid1.bbg", "1", "2025-07-01", None),
        ("baobacninh", "https://baobacninh.com.vn/a-postid1.bbg", "1", "2019-07-01", None),
        ("baolamdong", "https://baolamdong.vn/bbt/a-1.html", "old-1", "2025-03-02", "baobinhthuan"),
        ("baolamdong", "https://baolamdong.vn/bbt/a-1.html", "old-1", "2026-03-02", None),
        ("baolamdong", "https://baolamdong.vn/a-340.html", "340000", "2024-01-02", "baobinhthuan"),
        ("baolamdong", "https://baolamdong.vn/a-100.html", "100000", "2021-01-02", "baodaknong"),
        ("baolamdong", "https://baolamdong.vn/a-284000.html", "284000", "2025-01-02", None),
        ("baolamdong", "https://baolamdong.vn/a-451000.html", "451000", "2026-01-02", None),
    ],
)
def test_an_inherited_article_keeps_its_paper(
    key: str, url: str, number: str, day: str, paper: str | None, sites: Register
) -> None:
    article = written(key, url, number, date.fromisoformat(day))
    assert sites.get(key).attributed(article).paper == paper


@pytest.mark.parametrize(
    ("literal", "text"),
    [
        (r"\u003cp\u003e\u0110\u00ea \u0111i\u1ec1u\u003c\/p\u003e", "<p>Đê điều</p>"),
        (r"\"to\" \'nh\u1ecf\' \\ \/ \` \$", "\"to\" 'nhỏ' \\ / ` $"),
        (r"a\nb\tc\r\x41\u{1F600}", "a\nb\tc\rA😀"),
        (r"\ud83d\ude00 \ud83d", "😀 \ufffd"),
        ("một\\\nhai", "mộthai"),
        (r"\u{ffffff}", "\ufffd"),
        (r"\\u0041", r"\u0041"),
    ],
)
def test_a_script_string_is_decoded(literal: str, text: str) -> None:
    assert script_string(literal) == text


@pytest.mark.parametrize(
    "script",
    [
        'var outputData = "<p>Một \\u0111o\\u1ea1n.<\\/p>";',
        "contentHtml='<p>Một \\u0111oạn.</p>'",
        "$('#content').html(`<p>Một đoạn.</p>`);",
        'var contentHtml = "&lt;p&gt;Một đoạn.&lt;/p&gt;";',
        'var a = "x\\"; outputData = 1"; var outputData = "<p>Một đoạn.</p>";',
    ],
)
def test_a_body_is_found_in_a_script(script: str) -> None:
    document = Document(
        f"<html><script>{script}</script></html>", "https://baoquangngai.vn/a-1.htm"
    )
    assert body_in_script(document) == "<p>Một đoạn.</p>"


@pytest.mark.parametrize(
    "script",
    ["var outputData = null;", "var outputData = encode(1);", 'var outputData = "', "x = 'a'"],
)
def test_a_script_without_a_body_holds_none(script: str) -> None:
    document = Document(f"<script>{script}</script>", "https://baoquangngai.vn/a-1.htm")
    assert body_in_script(document) is None


def test_a_body_on_the_page_is_believed_before_a_script() -> None:
    html = (
        '<h1 class="title">Một tiêu đề</h1><div id="content"><p>Trên trang.</p></div>'
        '<script>var outputData = "<p>Trong tập lệnh.</p>";</script>'
    )
    page = QuangNgaiPage(Document(html, "https://baoquangngai.vn/a-1.htm"))
    assert [block.text for block in page.parts.blocks] == ["Trên trang."]


def test_reading_a_script_leaves_the_page_as_it_is() -> None:
    html = (
        '<h1 class="title">Một tiêu đề</h1><div id="content"></div>'
        '<script>var outputData = "<p>Trong tập lệnh.</p>";</script>'
    )
    document = Document(html, "https://baoquangngai.vn/a-1.htm")
    assert [block.text for block in QuangNgaiPage(document).parts.blocks] == ["Trong tập lệnh."]
    assert document.text("#content") is None


def test_the_date_of_a_bbg_page_is_taken_out_of_its_head() -> None:
    html = (
        '<div class="news-detail__head"><a class="post-meta">Kinh tế</a><h1>Vụ 2026</h1>'
        "<p><span>14:05</span></p><span> 04/05/2026 | 08:30 </span><b>In bài</b></div>"
    )
    page = BbgPage(Document(html, "https://baobacninhtv.vn/a-postid1.bbg"))
    assert page.visible_date() == "04/05/2026 | 08:30"


@pytest.mark.parametrize(
    ("names", "align", "bold", "italic"),
    [
        ("text-end", "right", 0.0, 0.0),
        ("mt-4 text-right font-semibold", "right", 1.0, 0.0),
        ("text-center fst-italic", "center", 0.0, 1.0),
        ("fw-bold italic", "", 1.0, 1.0),
        ("context-end", "", 0.0, 0.0),
        ("text-center-md", "", 0.0, 0.0),
    ],
)
def test_the_classes_of_bootstrap_and_tailwind_set_a_line(
    names: str, align: str, bold: float, italic: float
) -> None:
    (run,) = pieces(parse(f'<p class="{names}">Lê Hà</p>'), "https://baosonla.vn/")
    assert isinstance(run, Run)
    assert (run.align, run.bold, run.italic) == (align, bold, italic)
