"""The Party portal's pages: indented paragraphs, one visible date, nothing for machines."""

from __future__ import annotations

from urllib.parse import urlsplit

from baolangson_crawler.demo import themes
from baolangson_crawler.demo.markup import lists, parts
from baolangson_crawler.demo.markup.parts import link, section_url, text
from baolangson_crawler.demo.papers import DemoPaper, Section
from baolangson_crawler.demo.stories import Headline, Story, headline, is_seed
from baolangson_crawler.items import Image

_INDENT = "&nbsp; &nbsp; &nbsp; "
_BLANK = "<p>&nbsp;</p>"
_NEIGHBOURS = (
    "Cổng thông tin điện tử tỉnh",
    "Trang tin Hội đồng nhân dân",
    "Báo điện tử của tỉnh",
    "Đài Phát thanh - Truyền hình",
    "Thư viện tỉnh",
    "Dịch vụ công trực tuyến",
    "Hệ thống thư điện tử công vụ",
    "Phần mềm quản lý văn bản",
)
_OFFICES = (
    "Ban Tổ chức", "Ban Tuyên giáo", "Ủy ban Kiểm tra", "Văn phòng Đảng ủy",
    "Công đoàn Viên chức", "Đoàn Khối", "Hội Cựu chiến binh", "Trung tâm Chính trị",
)  # fmt: skip
_NOTICES = (
    "Thông báo lịch tiếp công dân",
    "Hướng dẫn sinh hoạt chi bộ theo chuyên đề",
    "Kế hoạch kiểm tra, giám sát trong năm",
    "Mẫu báo cáo đánh giá, xếp loại đảng viên",
    "Tài liệu bồi dưỡng nghiệp vụ công tác Đảng",
    "Công văn về việc chấn chỉnh lề lối làm việc",
    "Danh mục tài liệu tham khảo",
    "Quy chế làm việc của Ban Chấp hành",
)


def article_page(paper: DemoPaper, story: Story) -> str:
    """The page of one article."""
    lead = ""
    if not story.lead_in_body:
        lead = f'<div class="news-lead"><strong>{text(story.lead)}</strong></div>\n'
    body = f"""<div id="module-news-detail" class="news-detail">
<div class="breadcrumb">{link(f"/{story.section.slug}/", story.section.name)}</div>
<h1 class="news-title">{text(story.title)}</h1>
<div class="news-date">{story.published:%d-%m-%Y %H:%M}</div>
{lead}<div class="news-content">
{_content(story)}
</div>
<div class="news-related">
<div class="related-title">Tin liên quan</div>
<ul>
{_related(paper, story)}
</ul>
</div>
</div>"""
    head = f'<link rel="canonical" href="{text(story.url)}" />'
    return _page(paper, story.title, body, head, story.number)


def _content(story: Story) -> str:
    lines: list[str] = []
    for index, block in enumerate(story.body):
        lines.extend(_picture(image) for image in story.images if image.position == index)
        inner = text(block.text)
        if block.kind == "subhead":
            lines.append(f'<p style="text-align: justify;"><strong>{inner}</strong></p>')
        else:
            lines.append(f'<p style="text-align: justify;">{_INDENT}{inner}</p>')
            lines.append(_BLANK)
    if story.byline:
        lines.append(f'<p style="text-align: right;"><strong>{text(story.byline)}</strong></p>')
    if story.credit:
        lines.append(f"<p>{text(story.credit.raw)}</p>")
    lines.append(_BLANK)
    return "\n".join(lines)


def _picture(image: Image) -> str:
    path = urlsplit(image.url or "").path
    picture = f'<p style="text-align: center;"><img alt="" src="{text(path)}" width="600" /></p>'
    if image.caption is None:
        return picture
    return f'{picture}\n<p style="text-align: center;"><em>{text(image.caption)}</em></p>'


def _related(paper: DemoPaper, story: Story) -> str:
    return parts.items(
        f"{link(head.url, head.title)} {_date(head)}"
        for head in (headline(paper, number) for number in story.related)
    )


def _date(head: Headline) -> str:
    return f'<span class="date">({head.published:%d-%m-%Y})</span>'


def section_page(paper: DemoPaper, section: Section, number: int) -> str:
    """One page of a section's list; after the last page the list is empty."""
    rows = lists.page(paper, section, number)
    return _list_page(
        paper, section.name, f"/{section.slug}/", rows, lists.page_count(paper, section)
    )


def year_page(paper: DemoPaper, year: int, number: int) -> str | None:
    """One page of the list of a year; None for a year in which nothing was published."""
    rows, pages = lists.year_page(paper, year, number)
    return _list_page(paper, f"Lưu trữ {year}", f"/luu-tru/{year}/", rows, pages) if pages else None


def _list_page(
    paper: DemoPaper, name: str, path: str, rows: list[tuple[Headline, str]], count: int
) -> str:
    entries = "\n".join(
        f'<div class="item"><h3>{link(url, head.title)}</h3> {_date(head)}\n'
        f'<div class="desc">{text(_summary(paper, head))}</div></div>'
        for head, url in rows
    )
    pages = parts.items(link(f"{path}?page={n}", str(n)) for n in range(1, count + 1))
    body = f"""<div class="breadcrumb">{link(path, name)}</div>
<div class="news-list">
{entries}
</div>
<ul class="pagination">
{pages}
</ul>"""
    return _page(paper, name, body)


def _summary(paper: DemoPaper, head: Headline) -> str:
    if is_seed(paper, head.number):
        return themes.seed().paragraphs[0][:160] + "…"
    return f"{head.title} ({head.published:%d/%m})"


def home_page(paper: DemoPaper) -> str:
    """The first page; its links carry the mark of the place they were clicked in."""
    entries = "\n".join(
        f'<div class="item"><h3>{link(head.url + "?utm_source=trang-chu", head.title)}</h3>'
        f" {_date(head)}</div>"
        for head in lists.latest(paper, 30)
    )
    return _page(paper, "Trang chủ", f'<div class="news-list news-home">\n{entries}\n</div>')


def not_found_page(paper: DemoPaper) -> str:
    """What is said of an address that is nobody's."""
    return _page(paper, "Không tìm thấy trang", "<h1>Không tìm thấy trang</h1>")


def _page(paper: DemoPaper, title: str, body: str, head: str = "", number: int = 0) -> str:
    return f"""<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" lang="vi">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>{text(title)} - {text(paper.name)}</title>
{head}
{parts.style("#a11", "left-menu", "news-list", "news-detail", "box-notice", "box-link", "footer")}
</head>
<body>
<form id="form1" method="post" action="#">
<input type="hidden" id="__VIEWSTATE" value="{_view_state(number)}" />
<div class="container">
<div id="banner"><a href="/"><img src="/images/banner.png" alt="{text(paper.name)}" /></a></div>
<div id="menu-top"><ul>
{_menu(paper)}
</ul></div>
<div class="row">
<div class="col-md-3 left-menu">
{_left(paper)}
</div>
<div class="col-md-6">
{body}
</div>
<div class="col-md-3">
{_right(paper)}
</div>
</div>
<div class="footer">
<ul>
{_menu(paper)}
</ul>
<p>Cơ quan chủ quản: {text(paper.name)} (trang minh họa, không có thật)</p>
<p>Điện thoại: 0205 000 000 - Email: {link("mailto:vanphong@dangkhoi.example", "Văn phòng")}</p>
</div>
</div>
</form>
</body>
</html>
"""


def _view_state(number: int) -> str:
    return "".join(f"{(number * 7919 + i * 104_729) % 16_777_213:06x}" for i in range(2000))


def _menu(paper: DemoPaper) -> str:
    rows = [link("/", "Trang chủ")]
    rows += [link(f"/{s.slug}/", s.name, f'title="{text(s.name)}"') for s in paper.sections]
    rows += [link(url, name, f'title="{text(name)}"') for url, name in parts.services(paper)]
    return parts.items(rows, "menu-item")


def _left(paper: DemoPaper) -> str:
    offices = parts.items(
        link(f"{paper.home}co-cau-to-chuc/{index}/", name, f'title="{text(name)}"')
        for index, name in enumerate(_OFFICES, start=1)
    )
    sections = parts.items(link(section_url(paper, s), s.name) for s in paper.sections)
    return f"""<h3>Cơ cấu tổ chức</h3>
<ul>
{offices}
</ul>
<h3>Chuyên mục</h3>
<ul>
{sections}
</ul>"""


def _right(paper: DemoPaper) -> str:
    newest = parts.items(
        '<img src="/images/bullet.png" alt="" width="9" height="9" /> '
        f"{parts.titled(head.url, head.title)} {_date(head)}"
        for head in lists.latest(paper, 14)
    )
    notices = parts.items(
        link(f"{paper.home}thong-bao/{index}/", name, f'title="{text(name)}"')
        for index, name in enumerate(_NOTICES, start=1)
    )
    neighbours = parts.items(
        link(f"{paper.home}lien-ket/{index}/", name, f'title="{text(name)}"')
        for index, name in enumerate(_NEIGHBOURS, start=1)
    )
    return f"""<div class="box-link"><h3>Tin mới nhất</h3>
<ul class="latest">
{newest}
</ul></div>
<div class="box-notice"><h3>Thông báo</h3>
<ul>
{notices}
</ul></div>
<div class="box-link"><h3>Liên kết trang</h3>
<ul>
{neighbours}
</ul></div>"""
