"""Sites of the families zce, OneCMS, fck and VCCorp: their addresses, and looks beside the usual.

The stored pages in ``tests/pages`` are read by ``test_pages.py``.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from baolangson_crawler import reading
from baolangson_crawler.exceptions import PageRefused
from baolangson_crawler.extraction.document import Document
from baolangson_crawler.extraction.page import ArticlePage
from baolangson_crawler.families.fck import FckPage, FckPostPage, FckSingularPage
from baolangson_crawler.families.one_cms import OneCmsHeadPage, OneCmsPage
from baolangson_crawler.families.vccorp import VccorpPage
from baolangson_crawler.families.zce import ZceFeaturePage, ZcePage
from baolangson_crawler.items import Article, PrintedDate
from baolangson_crawler.sites import Register, load_sites
from baolangson_crawler.stored_pages import compare, load

EXAMPLES = Path(__file__).parent / "examples"
URL = "https://paper.vn/mot-tin-a1.html"
FETCHED = datetime.fromisoformat("2026-05-04T10:00:00+07:00")

ARTICLES = [
    ("baolaocai", "https://baolaocai.vn/song-dep-post404649.html", "404649"),
    ("baogialai", "https://baogialai.com.vn/le-hoi-o-quy-nhon-post560012.html", "560012"),
    ("baohatinh", "https://baohatinh.vn/mot-tin-post317660.html", "317660"),
    ("sggp", "https://www.sggp.org.vn/mot-tin-post851223.html?ref=rss", "851223"),
    ("baobackan", "https://bbk.baothainguyen.vn/loi-chao-tam-biet-post71659.html", "71659"),
    ("baobackan", "http://baobackan.com.vn/loi-chao-tam-biet-post71659.html", "71659"),
    ("hanoimoi", "https://hanoimoi.vn/mot-tin-928415.html", "928415"),
    ("baohaiphong", "https://baohaiphong.vn/mot-tin-554711.html", "554711"),
    ("baohaiphong", "https://baohaiphong.vn/en/one-item-554711.html", "554711"),
    ("baohaiphong", "http://baohaiphong.com.vn/baohp/vn/home/InfoDetail.jsp?ID=31", None),
    ("baohaiduong", "https://baohaiduong.vn/mot-tin-387551.html", "387551"),
    ("baohaiduong", "https://baohaiduong.vn/en/one-item-129854.html", "129854"),
    ("baohaiduong", "https://baohaiduong.vn/nong-nghiep/ty-phu-trung-ga-151256", "old-151256"),
    ("baodanang", "https://baodanang.vn/mot-tin-3235682.html", "3235682"),
    (
        "baodanang",
        "https://baodanang.vn/english/education-science/202101/one-item-3875737/",
        "202101-3875737",
    ),
    ("baoquangnam", "https://baoquangnam.vn/mot-tin-3149144.html", "3149144"),
    ("baoquangnam", "https://baoquangnam.vn/du-lich/mot-tin-111408.html", "old-111408"),
    ("baonghean", "https://baonghean.vn/mot-tin-10280456.html", "10280456"),
    ("baonghean", "https://baonghean.vn/mot-tin-302879.html", "302879"),
    ("baonghean", "https://baonghean.vn/en/one-item-10341762.html", "10341762"),
    ("baonghean", "https://baonghean.vn/mot-tin-post116331.html", "old-116331"),
    ("baocantho", "https://baocantho.com.vn/mot-tin-a196670.html", "196670"),
    ("baoangiang", "https://baoangiang.com.vn/mot-tin-a465150.html", "465150"),
    ("baotayninh", "https://baotayninh.vn/mot-tin-a190711.html", "190711"),
    ("baotayninh", "https://www.baotayninh.vn/mot-tin-156114.html", "old-156114"),
    ("baocamau", "https://baocamau.vn/mot-tin-a41277.html", "41277"),
    ("baodongthap", "https://baodongthap.vn/mot-tin-a158230.html", "158230"),
    ("baodongthap", "https://baodongthap.vn/en/one-item-a158230.html", "158230"),
    ("baolongan", "https://baolongan.vn/-mot-tin--lap-a195330.html", "195330"),
    ("baobinhduong", "https://baobinhduong.vn/mot-tin-a345061.html", "345061"),
    ("baodongkhoi", "https://dongkhoi.baovinhlong.vn/mot-tin-a147218.html", "147218"),
    ("baodongkhoi", "https://baodongkhoi.vn/mot-tin-a147218.html", "147218"),
    ("baotravinh", "https://travinh.baovinhlong.vn/mot-tin-a43902.html", "43902"),
    ("baotravinh", "https://www.baotravinh.vn/xa-hoi/mot-tin-31022.html", "old-31022"),
]

OTHERS = [
    ("baolaocai", "https://baolaocai.vn/tu-khoa/que-tag40212.html"),
    ("baolaocai", "https://baolaocai.vn/dia-phuong/sa-pa/12.html"),
    ("baolaocai", "https://baolaocai.vn/xa-hoi/y-te/"),
    ("baohatinh", "https://baohatinh.vn/chu-de/bao-lu-12.html"),
    ("baobackan", "https://bbk.baothainguyen.vn/chu-de/ho-ba-be-31.html"),
    ("baobackan", "https://baothainguyen.vn/mot-tin-post71659.html"),
    ("sggp", "https://en.sggp.org.vn/one-item-post71659.html"),
    ("hanoimoi", "https://hanoimoi.vn/dai-hoi-event123.html"),
    ("hanoimoi", "https://hanoimoi.vn/tag/cho-que"),
    ("baohaiphong", "https://baohaiphong.vn/phap-luat/tin-tuc"),
    ("baohaiduong", "https://baohaiduong.vn/chuyen-muc/kinh-te"),
    ("baodanang", "https://baodanang.vn/quy-hoach-event4411.html"),
    ("baodanang", "https://en.baodanang.vn/one-item-3235682.html"),
    ("baonghean", "https://baonghean.vn/an-toan-giao-thong-event887.html"),
    ("baonghean", "https://baonghean.vn/rss/kinh-te"),
    ("baocantho", "https://baocantho.com.vn/print/mot-tin-a196670.html"),
    ("baocantho", "https://baocantho.com.vn/tim-kiem/tin.html"),
    ("baocantho", "https://baocantho.com.vn/a1.html"),
    ("baotayninh", "https://baotayninh.vn/ket-qua-diem-thi-thpt-tay-ninh.html?p=3"),
    ("baodongkhoi", "https://baovinhlong.vn/mot-tin-a147218.html"),
]


@pytest.fixture(scope="module")
def sites() -> Register:
    return load_sites([EXAMPLES], environment=False)


@pytest.mark.parametrize(("key", "url", "article_id"), ARTICLES)
def test_an_article_is_known_by_its_address(
    sites: Register, key: str, url: str, article_id: str | None
) -> None:
    site = sites.for_url(url)
    assert site is not None
    assert site.key == key
    assert site.is_article(url)
    assert site.article_id(url) == article_id


@pytest.mark.parametrize(("key", "url"), OTHERS)
def test_other_pages_are_no_articles(sites: Register, key: str, url: str) -> None:
    assert not sites.get(key).is_article(url)


def test_two_numberings_of_one_paper_are_kept_apart(sites: Register) -> None:
    site = sites.get("baonghean")
    old, new = (f"https://baonghean.vn/tin-{end}.html" for end in ("post302879", "302879"))
    assert site.key_of(old) != site.key_of(new)


def test_the_id_alone_names_the_article_on_old_and_new_host(sites: Register) -> None:
    site = sites.get("baodongkhoi")
    addresses = (
        "https://dongkhoi.baovinhlong.vn/mot-tin-a147218.html",
        "http://www.baodongkhoi.vn/ten-khac-a147218.html?p=1",
    )
    assert {site.key_of(url) for url in addresses} == {"baodongkhoi:147218"}


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*/*.html")), ids=lambda path: path.stem)
def test_a_broadcaster_of_the_vccorp_family_is_read(path: Path, sites: Register) -> None:
    page = load(path)
    got = reading.read(sites.get(page.site), page.html.decode(), page.url, page.fetched_at)
    assert not compare(page.expected, got)


def test_the_id_of_the_vccorp_family_dates_a_page_without_a_date(sites: Register) -> None:
    html = """<h1 class="detail-title">Mở lại bến thuyền</h1>
    <div class="detail-content afcbc-body"><p>Bến thuyền mở lại sau ba tháng sửa chữa.</p></div>"""
    url = "https://truyenhinhmau.vn/mo-lai-ben-thuyen-188260701104607570.htm"
    fetched = datetime.fromisoformat("2026-07-02T00:00:00+07:00")
    article = reading.read(sites.get("truyenhinhmau"), html, url, fetched)
    assert article.article_id == "188260701104607570"
    assert article.published is not None
    assert article.published.at == datetime.fromisoformat("2026-07-01T10:46:07+07:00")
    assert article.published.method.startswith("url")


def read(page_class: type[ArticlePage], html: str) -> Article:
    page = page_class(Document(html, URL))
    assert page.recognises()
    return page.to_article(site="paper", article_id="1")


def texts(article: Article) -> list[str]:
    return [block.text for block in article.body]


FCK_FRAME = '<h1 class="titlecate">Kinh tế</h1><h1 class="fw700">Chợ mới</h1>{body}'


@pytest.mark.parametrize(
    "body",
    [
        '<div id="newscontents"><p>Rao vặt</p><div class="content-fck"><p>Chợ họp.</p></div></div>',
        '<div class="content-fck"><h4 class="sapo">Sapo.</h4><div class="content-fck-font-size" '
        'data="1"><p>Chợ họp.</p></div></div>',
        '<div class="content-fck"><p>Chợ họp.</p></div>',
        '<div id="newscontents"><p>Chợ họp.</p></div>',
    ],
    ids=["inner", "font-size", "without an id", "outer"],
)
def test_the_narrowest_box_of_the_fck_family_is_the_body(body: str) -> None:
    article = read(FckPage, FCK_FRAME.format(body=body))
    assert article.title == "Chợ mới"
    assert texts(article) == ["Chợ họp."]


def test_the_breadcrumb_alone_is_no_title_of_the_fck_family() -> None:
    html = '<div class="titlecate"><h1>KINH TẾ</h1></div><div class="content-fck"><p>A.</p></div>'
    assert not FckPage(Document(html, URL)).recognises()


@pytest.mark.parametrize(
    ("value", "section"),
    [
        ('{"newsCate":"Kinh tế","newsSubcate":"Thủy sản"}', "Kinh tế > Thủy sản"),
        ('{"newsCate":"Kinh tế","newsSubcate":""}', "Kinh tế"),
        ('{"newsCate":7}', None),
        ("[]", None),
        ("{", None),
        ("", None),
    ],
)
def test_a_hidden_record_states_the_section(value: str, section: str | None) -> None:
    html = f"""<h1>Chợ mới</h1><div class="post-content"><p>Chợ họp.</p></div>
    <input type="hidden" name="dataPostComment" value='{value}'>"""
    assert read(FckPostPage, html).section == section


def test_a_page_without_the_hidden_record_has_no_section() -> None:
    html = '<h1>Chợ mới</h1><div class="post-content"><p>Chợ họp.</p></div>'
    assert read(FckPostPage, html).section is None


def test_the_sibling_of_the_fck_family_may_print_its_text_without_a_box() -> None:
    html = '<h1 class="title">Chợ mới</h1><div id="contentNews"><p>Chợ họp.</p></div>'
    assert texts(read(FckSingularPage, html)) == ["Chợ họp."]


ONE_CMS = """<h1 class="block-sc-title">Cầu mới</h1>
<div class="c-news-detail"><div class="b-maincontent">{body}</div></div>"""


def test_what_onecms_repeats_inside_the_text_is_left_out() -> None:
    body = """<article class="entry"><a class="block-sc-cate-name" href="/xa-hoi">Xã hội</a>
    <p class="block-sc-sapo">Cầu thông xe.</p>
    <div class="sc-longform-header-meta"><span class="block-sc-author">An Bình •</span>
    <span class="block-sc-publish-time">04/05/2026 - 08:15</span></div>
    <p>Cầu dài 420 m.</p><div class="c-tag">cầu</div><div class="c-box"><a href="/b-2.html">Bến
    cũ</a></div></article>"""
    article = read(OneCmsPage, ONE_CMS.format(body=body))
    assert texts(article) == ["Cầu dài 420 m."]
    assert (article.lead, article.byline, article.section) == ("Cầu thông xe.", "An Bình", "Xã hội")
    assert [link.title for link in article.related] == ["Bến cũ"]
    assert article.printed_dates[0].raw == "04/05/2026 - 08:15"


def test_a_longform_without_pictures_in_the_text_has_its_cover() -> None:
    body = """<div class="sc-longform-header"><img src="/cover.jpg"></div>
    <div class="entry"><p>Cầu dài 420 m.</p></div>"""
    article = read(OneCmsPage, ONE_CMS.format(body=body))
    assert [image.url for image in article.images] == ["https://paper.vn/cover.jpg"]


def test_the_older_head_of_onecms_is_not_the_newer() -> None:
    html = """<h1 class="c-detail-head__title">Cầu mới</h1>
    <span class="c-detail-head__time">15-01-2024 13:04</span>
    <div class="b-maincontent"><p>Cầu dài 420 m.</p></div>"""
    assert not OneCmsPage(Document(html, URL)).recognises()
    assert read(OneCmsHeadPage, html).printed_dates[0].raw == "15-01-2024 13:04"


def test_a_page_of_the_zce_family_without_the_usual_box_is_read_by_the_editors_marks() -> None:
    html = """<meta property="article:section" content="Phóng sự">
    <meta property="article:tag" content="đèn biển, ngư dân,">
    <h1 class="cms-title">Giữ đèn</h1><div class="cms-desc">Ba đời giữ đèn.</div>
    <div class="cms-body"><figure><img src="a.jpg"><figcaption>Ngọn đèn.</figcaption></figure>
    <p>Đèn chớp mười lăm giây một lần.</p></div>"""
    assert not ZcePage(Document(html, URL)).recognises()
    article = read(ZceFeaturePage, html)
    assert (article.section, article.tags) == ("Phóng sự", ("đèn biển", "ngư dân"))
    assert (article.lead, texts(article)) == (
        "Ba đời giữ đèn.",
        ["Đèn chớp mười lăm giây một lần."],
    )
    assert [image.caption for image in article.images] == ["Ngọn đèn."]


def test_a_video_page_needs_a_standfirst() -> None:
    player = '<h1 class="cms-title">Video: Ra đồng</h1><div class="cms-video"></div>'
    assert not ZceFeaturePage(Document(player, URL)).recognises()
    article = read(ZceFeaturePage, f'{player}<div class="cms-desc">Nắng lên.</div>')
    assert (article.lead, article.body, article.lead_in_body) == ("Nắng lên.", (), False)


@pytest.mark.parametrize("key", ["baolaocai", "hanoimoi", "baocantho", "baocamau"])
def test_a_page_of_another_family_is_no_page_of_these(sites: Register, key: str) -> None:
    html = '<h1 class="name">Tin</h1><div id="content-detail"><p>Một câu.</p></div>'
    site = sites.get(key)
    for page_class in site.pages:
        assert not page_class(Document(html, URL)).recognises()


@pytest.mark.parametrize(
    ("key", "article_id", "published", "paper"),
    [
        ("baohaiphong", "399214", "05/12/2024 - 14:05", "baohaiduong"),
        ("baohaiphong", "399214", "05/12/2025 - 14:05", None),
        ("baohaiphong", "549872", "05/12/2024 - 14:05", None),
        ("baodanang", "3129831", "11/02/2024 - 08:00", "baoquangnam"),
        ("baodanang", "3298049", "27/03/2026 - 08:00", None),
    ],
)
def test_articles_of_a_merged_paper_are_known_by_id_and_day(
    sites: Register, key: str, article_id: str, published: str, paper: str | None
) -> None:
    html = ONE_CMS.format(
        body='<div class="entry"><p>Cầu mới thông xe sau hai năm thi công.</p></div>'
    )
    html += f'<span class="block-sc-publish-time">{published}</span>'
    site = sites.get(key)
    url = f"https://{site.domains[0]}/mot-tin-{article_id}.html"
    assert reading.read(site, html, url, FETCHED).paper == paper


def test_a_caption_of_several_paragraphs_is_one_caption() -> None:
    body = """<article class="entry"><p>Cầu dài 420 m.</p><figure><img src="/a.jpg">
    <figcaption><h2>Cầu mới.</h2><p>Ảnh: An Bình</p></figcaption></figure><p>Cầu rộng 9 m.</p>
    </article>"""
    article = read(OneCmsPage, ONE_CMS.format(body=body))
    assert texts(article) == ["Cầu dài 420 m.", "Cầu rộng 9 m."]
    (image,) = article.images
    assert (image.caption, image.credit) == ("Cầu mới. Ảnh: An Bình", "An Bình")


def test_a_page_that_closes_itself_before_it_begins_is_read() -> None:
    html = """<!DOCTYPE html><html lang="vi"></html>
    <head><meta name="description" content="Chợ"></head><body><h1 class="title">Chợ mới</h1>
    <div class="content-fck"><p>Chợ họp.</p></div></body></html>"""
    document = Document(html, URL)
    assert document.language == "vi"
    assert document.meta_text("description") == "Chợ"
    assert texts(read(FckPage, html)) == ["Chợ họp."]


# How each layout marks its headline and its text.
FRAMES: dict[type[ArticlePage], tuple[str, str]] = {
    ZcePage: ("article__title", 'class="article__body"'),
    ZceFeaturePage: ("cms-title", 'class="cms-body"'),
    FckPage: ("fw700", 'class="content-fck"'),
    FckSingularPage: ("title", 'id="contentNews"'),
    FckPostPage: ("post-title", 'class="post-content"'),
    OneCmsPage: ("block-sc-title", 'class="b-maincontent"'),
    OneCmsHeadPage: ("c-detail-head__title", 'class="content-main-normal"'),
    VccorpPage: ("detail-title", 'class="detail-content"'),
}


def framed(page_class: type[ArticlePage], body: str, above: str = "") -> str:
    title, text = FRAMES[page_class]
    return f'<h1 class="{title}">Chợ mới</h1>{above}<div {text}>{body}</div>'


FIRST, LAST = "Chợ họp từ sáng sớm bên bờ sông.", "Đến trưa thì thuyền về hết."
NOISE = {
    ZcePage: "sda_middle rennab article-relate cms-relate related-news ads_middle #adsWeb_1 "
    "article__author cms-author",
    FckPage: "AMN_inpage news-relate box-relate detail-related sharemxh detail-fb-like-share",
    OneCmsPage: "sc-longform-header sc-longform-header-meta block-sc-cate-name block-sc-title "
    "sc-empty-layer c-box c-tag c-widget-tags sc-related-articles c-news-related c-sticky-share "
    "c-sticky-mobile c-powered",
    VccorpPage: "box-news-relate kbwscwl-relatedbox link-inline-content detail-author detail-tags "
    "detail-social admzone c-banner",
}


@pytest.mark.parametrize(
    ("page_class", "name"),
    [(page_class, name) for page_class, names in NOISE.items() for name in names.split()],
)
def test_what_stands_in_the_text_and_is_none_of_it(
    page_class: type[ArticlePage], name: str
) -> None:
    mark = f'id="{name[1:]}"' if name.startswith("#") else f'class="{name}"'
    body = f"<p>{FIRST}</p><div {mark}><p>Mời bạn đọc tải ứng dụng của báo.</p></div><p>{LAST}</p>"
    article = read(page_class, framed(page_class, body))
    assert texts(article) == [FIRST, LAST]


@pytest.mark.parametrize(
    ("page_class", "above", "field", "value"),
    [
        (ZcePage, '<time class="time">04/05/2026 08:15</time>', "date", "04/05/2026 08:15"),
        (ZcePage, '<p class="meta-info"><time>04/05/2026</time></p>', "date", "04/05/2026"),
        (ZcePage, '<p class="article__meta"><time>4/5/2026</time></p>', "date", "4/5/2026"),
        (ZcePage, '<p class="article__author">AN BÌNH</p>', "byline", "AN BÌNH"),
        (
            ZcePage,
            '<p class="article__author"><img src="/a.png">Tác giả <b class="name">AN BÌNH</b></p>',
            "byline",
            "AN BÌNH",
        ),
        (ZcePage, '<p class="cms-author">Tác giả: An Bình</p>', "byline", "An Bình"),
        (ZcePage, '<h2 class="article__sapo">Chợ họp.</h2>', "lead", "Chợ họp."),
        (ZceFeaturePage, '<p class="breadcrumbs"><a>Video</a></p>', "section", "Video"),
        (ZceFeaturePage, '<time datetime="2026">04/05/2026</time>', "date", "04/05/2026"),
        (FckPage, '<p class="sapo">Chợ họp.</p>', "lead", "Chợ họp."),
        (
            FckPage,
            '<div class="pubdate fleft">04/05/2026 - 08:15</div>',
            "date",
            "04/05/2026 - 08:15",
        ),
        (FckPage, '<h2 class="catename-h1"><a>KINH TẾ</a></h2>', "section", "Kinh tế"),
        (FckSingularPage, '<p class="sapo">Chợ họp.</p>', "lead", "Chợ họp."),
        (FckSingularPage, '<p class="date-time">04/05/2026</p>', "date", "04/05/2026"),
        (FckPostPage, '<p class="sapo">Chợ họp.</p>', "lead", "Chợ họp."),
        (FckPostPage, '<span class="pubdate">04/05/2026</span>', "date", "04/05/2026"),
        (OneCmsPage, '<p class="block-sc-sapo">Chợ họp.</p>', "lead", "Chợ họp."),
        (OneCmsPage, '<p class="sc-longform-header-sapo">Chợ họp.</p>', "lead", "Chợ họp."),
        (OneCmsPage, '<p class="sc-longform-header-date">04/05/2026</p>', "date", "04/05/2026"),
        (OneCmsPage, '<p class="sc-longform-header-author">AN BÌNH •</p>', "byline", "AN BÌNH"),
        (OneCmsPage, '<p class="block-sc-author">AN BÌNH • 04/05/2026</p>', "byline", "AN BÌNH"),
        (OneCmsPage, '<p class="block-sc-author"> • 04/05/2026</p>', "byline", None),
        (OneCmsPage, '<a class="block-sc-cate-name">Xã hội</a>', "section", "Xã hội"),
        (OneCmsHeadPage, '<p class="c-detail-head__cat">Xã hội</p>', "section", "Xã hội"),
        (VccorpPage, '<p data-role="sapo">Chợ họp.</p>', "lead", "Chợ họp."),
        (VccorpPage, '<p class="detail-time">04/05/2026</p>', "date", "04/05/2026"),
        (VccorpPage, '<p data-role="publishdate">04/05/2026</p>', "date", "04/05/2026"),
        (VccorpPage, '<p class="detail-author"><a class="name">An</a></p>', "byline", "An"),
        (VccorpPage, '<p data-role="author">An</p>', "byline", "An"),
        (VccorpPage, '<p class="detail-cate"><a>Xã hội</a></p>', "section", "Xã hội"),
        (VccorpPage, '<p class="detail-tab"><a>chợ</a></p>', "tags", ("chợ",)),
    ],
)
def test_a_field_has_several_marks(
    page_class: type[ArticlePage], above: str, field: str, value: object
) -> None:
    body = f"<p>{FIRST}</p><p>{LAST}</p>"
    article = read(page_class, framed(page_class, body, above))
    if field == "date":
        assert article.printed_dates[0] == PrintedDate(raw=str(value), source="visible")
    else:
        assert getattr(article, field) == value
    assert texts(article) == [FIRST, LAST]


@pytest.mark.parametrize("page_class", [FckPage, FckSingularPage, FckPostPage, OneCmsHeadPage])
def test_a_first_paragraph_in_bold_is_the_standfirst(page_class: type[ArticlePage]) -> None:
    body = f"<p><strong>Chợ nổi đông trở lại.</strong></p><p>{FIRST}</p><p>{LAST}</p>"
    article = read(page_class, framed(page_class, body))
    assert (article.lead, article.lead_in_body) == ("Chợ nổi đông trở lại.", False)
    assert texts(article) == [FIRST, LAST]


@pytest.mark.parametrize(
    ("page_class", "html"),
    [
        (ZcePage, '<h1>Chợ mới</h1><div data-field="body"><p>A.</p></div>'),
        (ZceFeaturePage, '<p class="cms-title">Chợ mới</p><div class="cms-body">A.</div>'),
        (
            FckPage,
            '<div class="detail-title"><h1>Chợ mới</h1></div><div class="content-fck">A.</div>',
        ),
        (FckSingularPage, '<h1>Chợ mới</h1><div id="contentNews"><p>A.</p></div>'),
        (
            OneCmsPage,
            '<div class="c-news-detail"><h1>Chợ mới</h1></div><article class="entry">A.</article>',
        ),
        (VccorpPage, '<h1>Chợ mới</h1><div data-role="content"><p>A.</p></div>'),
    ],
)
def test_title_and_text_have_several_marks(page_class: type[ArticlePage], html: str) -> None:
    article = read(page_class, html)
    assert (article.title, texts(article)) == ("Chợ mới", ["A."])


def test_the_named_headline_is_preferred_to_the_first() -> None:
    html = """<h1>Báo Hà Tĩnh</h1><h1 class="article__title">Chợ mới</h1>
    <div class="article__body"><p>A.</p></div>"""
    assert read(ZcePage, html).title == "Chợ mới"


def test_a_page_without_a_text_is_refused(sites: Register) -> None:
    url = "https://baohatinh.vn/mot-tin-post317660.html"
    with pytest.raises(PageRefused):
        reading.read(sites.get("baohatinh"), "<h1 class='article__title'>Tin</h1>", url, FETCHED)
