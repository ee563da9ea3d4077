"""The month-hex and content-detail papers: their addresses, and what their pages may not mix up."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from baolangson_crawler.discovery.listing import listing_links
from baolangson_crawler.extraction.document import Document
from baolangson_crawler.extraction.page import ArticlePage
from baolangson_crawler.families.content_detail import ContentDetailPage, ContentGalleryPage
from baolangson_crawler.families.month_hex import (
    MediaHeadingPage,
    MonthHexPage,
    PlainContentPage,
)
from baolangson_crawler.items import Article, Moment
from baolangson_crawler.sites import Listing, load_sites

SITES = load_sites(environment=False)
MONTH_HEX = (
    "baothainguyen baotuyenquang baoquangtri baokhanhhoa baodaklak baodongnai baovinhlong "
    "baophuyen baohagiang baonamdinh baoquangbinh baosoctrang baobariavungtau baoapbac"
).split()
CONTENT_DETAIL = "baolangson baocaobang baohungyen baoquangninh".split()


@pytest.mark.parametrize(
    ("url", "key"),
    [
        (
            "https://baothainguyen.vn/thoi-su-thai-nguyen/202604/hoan-thanh-du-an-3ac6d79/",
            "baothainguyen:202604-3ac6d79",
        ),
        (
            "https://baotuyenquang.com.vn/xa-hoi/giao-duc/mam-non/202601/lop-hoc-moi-0a1b2c3/",
            "baotuyenquang:202601-0a1b2c3",
        ),
        (
            "http://www.baoquangtri.vn/chinh-tri/202510/hop-dan-2f00aa1",
            "baoquangtri:202510-2f00aa1",
        ),
        ("https://baoquangtri.vn/mot-tieu-de-cu-151234.htm", "baoquangtri:old-151234"),
        ("https://baokhanhhoa.vn/kinh-te/202606/nuoi-bien-4fd8a19/", "baokhanhhoa:202606-4fd8a19"),
        (
            "https://baodaklak.vn/tin-noi-bat/202606/dak-lak-khoi-cong-2887253/?gidzl=x",
            "baodaklak:202606-2887253",
        ),
        (
            "https://baodongnai.com.vn/media/megastory/202602/mot-ngay-6de90f3/",
            "baodongnai:202602-6de90f3",
        ),
        (
            "https://baovinhlong.com.vn/xa-hoi/du-lich/202607/lo-gach-58c2e4b/",
            "baovinhlong:202607-58c2e4b",
        ),
        (
            "https://phuyen.baodaklak.vn/kinh-te/202505/khoi-cong-tuyen-duong-1371bcf/",
            "baophuyen:202505-1371bcf",
        ),
        (
            "https://phuyen.baodaklak.vn/82/58118/nang-cap-tuyen-duong.html",
            "baophuyen:old-58118",
        ),
        ("https://baophuyen.vn/82/58118/nang-cap-tuyen-duong.html", "baophuyen:old-58118"),
        ("https://baohagiang.vn/xa-hoi/202306/he-thong-be-boi-794512/", "baohagiang:202306-794512"),
        (
            "https://baohagiang.vn/thong-tin-quang-ba/202211/cong-vien-tam-linh-cc21d4d/",
            "baohagiang:202211-cc21d4d",
        ),
        (
            "https://baonamdinh.vn/channel/5087/201112/Co-lua-ngo-2141513/",
            "baonamdinh:201112-2141513",
        ),
        (
            "https://www.baoquangbinh.vn/kinh-te/202503/cung-chung-tay-2225092/",
            "baoquangbinh:202503-2225092",
        ),
        (
            "https://baosoctrang.org.vn/multimedia/202411/media-ghe-ngo-f8b6c2a/",
            "baosoctrang:202411-f8b6c2a",
        ),
        ("https://baolangson.vn/mot-tieu-de-5071654.html", "baolangson:5071654"),
        ("https://baocaobang.vn/Huong-vi-pho-chua-Cao-Bang-38371.html", "baocaobang:38371"),
        ("https://baocaobang.vn/hoi-thi-dau-hot-3161421.html", "baocaobang:3161421"),
        (
            "https://baocaobang.vn/Net-xuan.bcb",
            "baocaobang:https://baocaobang.vn/Net-xuan.bcb",
        ),
        ("https://baohungyen.vn/nhung-moc-thoi-gian-3171182.html", "baohungyen:3171182"),
        (
            "https://baohungyen.vn/kinh-te/202101/phat-trien-giong-moi-c41f0d9/",
            "baohungyen:202101-c41f0d9",
        ),
        ("https://baoquangninh.vn/khai-thac-than-3349315.html", "baoquangninh:3349315"),
        ("https://baoquangninh.com.vn/khai-thac-than-3349315.html", "baoquangninh:3349315"),
    ],
)
def test_an_address_of_an_article_names_it(url: str, key: str) -> None:
    site = SITES.for_url(url)
    assert site is not None
    assert site.key_of(url) == key


@pytest.mark.parametrize(
    "url",
    [
        "https://baodaklak.vn/thong-tin-102-xa-phuong-tinh-dak-lak/",
        "https://baodaklak.vn/khoa-hoc-cong-nghe/?paged=2",
        "https://baodaklak.vn/file//fb9e3a03798789de0179a1704dea238e/072025/lgo_20250708111100.jpg",
        "https://baohagiang.vn/file//dataimages/201712/original/images1388904_dong_chi.jpg",
        "https://baothainguyen.vn/file/e7837c027f6ecd14017ffa4e5f2a0e34/062025/",
        "https://baothainguyen.vn/202604/hoan-thanh-du-an-3ac6d79/",
        "https://baosoctrang.org.vn/the-thao/le-ha-thuy-ghe-ngo-chua-tum-nup-2024",
        "https://baotuyenquang.com.vn/dai-hoi-dang-bo-cac-cap--nhiem-ky-2025-2030/",
        "https://baovinhlong.com.vn/lien-he/",
        "https://baoapbac.vn/xa-hoi/index.rss",
        "https://baolangson.vn/hoi-nghi-event123.html",
        "https://baolangson.vn/chu-de/xuan-bien-gioi-12.html",
        "https://baolangson.vn/tags/hoa-dao",
        "https://baocaobang.vn/Thoi-su",
        "https://baohungyen.vn/bao-dam-ky-tuyen-dung-giao-vien.html",
        "https://baoquangninh.vn/rss/news/thuc-hien-NQ57-ve-KHCN.rss",
    ],
)
def test_other_addresses_of_a_paper_are_no_articles(url: str) -> None:
    site = SITES.for_url(url)
    assert site is not None
    assert not site.is_article(url)


def test_the_month_of_an_address_is_a_statement_of_the_day() -> None:
    site = SITES.get("baohagiang")
    (printed,) = site.address_dates("https://baohagiang.vn/xa-hoi/202306/be-boi-794512/")
    assert (printed.raw, printed.source) == ("202306", "url")


@pytest.mark.parametrize("key", [*MONTH_HEX, *CONTENT_DETAIL])
def test_a_layout_of_the_family_reads_every_site(key: str) -> None:
    pages = SITES.get(key).pages
    family = MonthHexPage if key in MONTH_HEX else ContentDetailPage
    assert issubclass(pages[0], family)
    assert len({page.layout for page in pages}) == len(pages)


def test_the_numbered_pages_of_a_list_are_walked_only_where_they_are_known() -> None:
    paged = {
        key
        for key in [*MONTH_HEX, *CONTENT_DETAIL]
        if any(isinstance(s, Listing) and s.paginated for s in SITES.get(key).sources)
    }
    assert paged == {"baodaklak"}
    first, *_ = SITES.get("baodaklak").sources
    assert isinstance(first, Listing)
    assert (first.page_url(1), first.page_url(2)) == (
        "https://baodaklak.vn/thoi-su/",
        "https://baodaklak.vn/thoi-su/?paged=2",
    )


@pytest.mark.parametrize(
    ("key", "html", "found"),
    [
        (
            "baodaklak",
            '<ul class="menu"><a href="/xa-hoi/">Xã hội</a></ul><div class="item row15">'
            '<a class="title1 photo" href="/kinh-te/202606/xen-canh-2889417/">Xen canh</a></div>',
            ["https://baodaklak.vn/kinh-te/202606/xen-canh-2889417/"],
        ),
        (
            "baodaklak",
            '<div class="horizontal-post-box"><h3 class="name"><a href="/xa-hoi/202609/a-2901234/">'
            'A</a></h3></div><h3 class="cate"><a href="/xa-hoi/">Xã hội</a></h3>',
            ["https://baodaklak.vn/xa-hoi/202609/a-2901234/"],
        ),
        (
            "baoquangtri",
            '<a class="card-img" href="/kinh-te/202605/cang-ca-e10b57d/"></a><a href="/x/">X</a>',
            ["https://baoquangtri.vn/kinh-te/202605/cang-ca-e10b57d/"],
        ),
        (
            "baoquangninh",
            '<a href="/">Trang chủ</a><article class="card"><a href="/tho-lo-3391046.html">Thợ lò'
            "</a></article>",
            ["https://baoquangninh.vn/tho-lo-3391046.html"],
        ),
    ],
)
def test_a_list_gives_its_headlines_and_no_menu(key: str, html: str, found: list[str]) -> None:
    source = next(s for s in SITES.get(key).sources if isinstance(s, Listing))
    links = listing_links(html, f"https://{SITES.get(key).domains[0]}/", source.links)
    assert [link.url for link in links] == found


@pytest.mark.parametrize(
    ("section", "published", "paper"),
    [
        ("dat-va-nguoi-quang-binh", "2024-03-09T08:00:00+07:00", "baoquangbinh"),
        ("dat-va-nguoi-quang-binh", "2025-07-01T08:00:00+07:00", None),
        ("dat-va-nguoi-quang-tri", "2024-03-09T08:00:00+07:00", None),
    ],
)
def test_what_quang_binh_wrote_is_told_by_its_section_and_day(
    section: str, published: str, paper: str | None
) -> None:
    url = f"https://baoquangtri.vn/{section}/202403/nghe-cham-non-2217346/"
    at = datetime.fromisoformat(published)
    article = Article(
        url=url,
        canonical_url=url,
        site="baoquangtri",
        title="Nghề chằm nón",
        layout="month-hex",
        published=Moment(at=at, raw=published, method="visible", confidence=1.0),
    )
    site = SITES.get("baoquangtri")
    assert site.attributed(article).paper == paper
    assert site.attributed(replace(article, published=None)).paper is None


def page(page_class: type[ArticlePage], html: str) -> ArticlePage:
    document = Document(f"<html><body>{html}</body></html>", "https://bao.vn/a/202605/b-1a2b3c4/")
    found = page_class(document)
    assert found.recognises()
    return found


BODY = "<p><strong>Sapo của bài.</strong></p><p>Một.</p><p>Hai.</p>"


@pytest.mark.parametrize(
    ("page_class", "html"),
    [
        (MonthHexPage, '<h1>T</h1><div id="content" class="content-detail">{}</div>'),
        (
            MonthHexPage,
            '<h1 class="head_title">T</h1><div id="content" class="content-detail">'
            '<div class="tools">A A</div><div class="td-post-content tagdiv-type">{}</div></div>',
        ),
        (
            MediaHeadingPage,
            '<div class="article_content"><h1 class="media-heading title5">T</h1>'
            '<div class="content" id="content">{}<div class="bd02">Tin khác</div></div></div>',
        ),
        (PlainContentPage, '<h1>T</h1><div id="content">{}</div>'),
        (PlainContentPage, '<h1>T</h1><div class="content">{}</div>'),
        (ContentDetailPage, '<h1 class="name">T</h1><div id="content-detail">{}</div>'),
        (ContentGalleryPage, '<h1 class="name">T</h1><div class="detail auto-gallery">{}</div>'),
    ],
)
def test_a_first_paragraph_in_bold_is_the_lead(page_class: type[ArticlePage], html: str) -> None:
    found = page(page_class, html.format(BODY))
    assert found.lead() == "Sapo của bài."
    assert [block.text for block in found.parts.blocks] == ["Một.", "Hai."]


@pytest.mark.parametrize(
    ("body", "first"),
    [
        ("<p><strong>Nà Sảo</strong> là bản xa nhất.</p><p>Hai.</p>", "Nà Sảo là bản xa nhất."),
        ("<p><b>Kỳ 1: Trên đỉnh đèo</b></p><p>Hai.</p>", "Kỳ 1: Trên đỉnh đèo"),
        ("<p>Một.</p><p><b>Câu đậm ở giữa bài.</b></p><p>Ba.</p>", "Một."),
        ("<p><b>Một câu dưới chùm ảnh.</b></p><img src='/a.jpg'>", "Một câu dưới chùm ảnh."),
    ],
)
def test_what_is_bold_otherwise_is_no_lead(body: str, first: str) -> None:
    found = page(ContentDetailPage, f'<h1>T</h1><div id="content-detail">{body}</div>')
    assert found.lead() is None
    assert found.parts.blocks[0].text == first


def test_the_standfirst_of_another_article_is_no_lead() -> None:
    html = (
        '<h1>T</h1>{}<div class="content-detail"><p>Một.</p></div><aside><div class="desc">Sapo '
        "của bài khác.</div></aside>"
    )
    assert page(MonthHexPage, html.format("")).lead() is None
    own = page(MonthHexPage, html.format('<div class="desc">Sapo.</div>'))
    assert own.lead() == "Sapo."


@pytest.mark.parametrize(
    ("page_class", "html"),
    [
        (
            PlainContentPage,
            '<div id="current-date">05/06/2024, 08:00</div><h1>T</h1><div id="content"><p>A.</p>'
            '</div><div class="date row10"><span>01/06/2024</span></div>',
        ),
        (
            MonthHexPage,
            '<h1>T</h1><div class="td-post-content"><p>A.</p></div>'
            '<div class="item"><div class="date row10">01/06/2024</div></div>',
        ),
        (
            MediaHeadingPage,
            '<div class="article_content"><h1>T</h1><div id="content"><p>A.</p></div>'
            '<div class="date row10">01/06/2024</div></div>',
        ),
    ],
)
def test_a_clock_and_the_dates_of_lists_are_not_the_articles(
    page_class: type[ArticlePage], html: str
) -> None:
    assert page(page_class, html).visible_date() is None


def test_the_headings_of_a_sidebar_are_no_section() -> None:
    found = page(
        MonthHexPage,
        '<a class="title color1">Kinh tế</a><h1>T</h1><div class="td-post-content"><p>A.</p></div>'
        '<aside><a class="title color1">Tin mới</a></aside>',
    )
    assert found.section() == "Kinh tế"


FRAME = (
    '<ul><li class="a1"><a href="/kinh-te/">Kinh tế</a></li><li class="b2"><a href="/kinh-te/cho/">'
    'Chợ</a></li></ul><span id="parent_id">a1</span><span id="cate_id">b2</span>'
    '<span id="article_id">{}</span><h1>T</h1><div class="td-post-content"><p>A.</p></div>'
)


def test_a_section_that_a_script_prints_is_read_from_the_menu() -> None:
    assert page(MonthHexPage, FRAME.format("c3")).section() == "Kinh tế > Chợ"


def test_the_page_of_a_section_is_no_article() -> None:
    document = Document(FRAME.format(""), "https://baodongnai.com.vn/kinh-te/")
    assert not MonthHexPage(document).recognises()


def test_an_empty_container_is_not_the_plain_look() -> None:
    document = Document('<h1>Kinh tế</h1><div id="content"></div>', "https://baoapbac.vn/a/")
    assert not PlainContentPage(document).recognises()


def test_rests_of_a_template_leave_nothing() -> None:
    found = page(
        ContentDetailPage,
        '<h1 class="name">T</h1><div id="content-detail"><p>Một.</p><div>{{ title }} - {{ date }}'
        '</div><div class="relates"><a href="{{ link }}">{{ title }}</a></div></div>',
    )
    assert [block.text for block in found.parts.blocks] == ["Một."]
    assert found.related() == ()


def test_the_boxes_of_a_sidebar_are_not_related() -> None:
    found = page(
        ContentDetailPage,
        '<div class="content-article"><h1 class="name">T</h1><div id="content-detail"><p>Một.</p>'
        '<div class="block-news-list"><a href="/a-1.html">A</a></div></div></div>'
        '<div class="sidebar"><div class="block-news-list"><a href="/b-2.html">B</a></div></div>',
    )
    assert [link.url for link in found.related()] == ["https://bao.vn/a-1.html"]
