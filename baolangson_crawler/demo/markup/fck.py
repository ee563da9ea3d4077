"""Pages in the manner of Báo Cần Thơ: two ``h1``, a visible stamp, centred captions."""

from __future__ import annotations

import json

from baolangson_crawler.demo.markup import lists, parts
from baolangson_crawler.demo.markup.fck_frame import framed
from baolangson_crawler.demo.markup.parts import link, section_url, text, titled
from baolangson_crawler.demo.papers import DemoPaper, Section
from baolangson_crawler.demo.stories import Headline, Story, headline, story
from baolangson_crawler.items import Image

_JUSTIFY = '<p style="text-align: justify;">'
_ICON = '&nbsp;<span class="sprite icophoto"></span>'


def article_page(paper: DemoPaper, told: Story) -> str:
    """The page of one article."""
    body = f"""<div id="content">
<div id="colcate1">
<div class="titlecate">
<h1>
{_breadcrumb(paper, told)}
</h1>
</div>
<div id="clear" class="sharemxh detail-fb-like-share">
<span class="pubdate 128">{told.published:%d/%m/%Y - %H:%M}</span>
<div class="fright"><a class="ashare btn-facebook" target="_fb"
href="https://social.example/sharer?u={text(told.url)}">
<i class="icon12-facebook-f-white"></i> Chia sẻ</a></div>
</div>
<h1 class="margintopbot10 fw700">{text(told.title)}{_ICON}</h1>
<div id="clear"></div>
<div id="newscontents">
<div class="content-fck slider-jsgallery 171">
{_content(told)}
</div>
</div>
<div id="linkshare"><b class="fs13">Chia sẻ bài viết</b></div>
<div class="block_tag marginbottom10">
<div class="txt_tag">Từ khóa</div>
{_tags(paper, told)}
</div>
{_comment_form(told)}
{_related(paper, told)}
{_read_more(paper)}
</div>
{_column(paper, told.number)}
</div>"""
    return framed(paper, told.title, body, _head(paper, told))


def _head(paper: DemoPaper, told: Story) -> str:
    lead = f"{told.dateline} - {told.lead}" if told.dateline else told.lead
    data = {
        "@context": "https://schema.org/",
        "@type": "NewsArticle",
        "name": told.title,
        "datePublished": f"{told.published:%Y-%m-%d}",
        "description": lead,
    }
    return f"""<meta name="Keywords" content="{text(", ".join(told.tags))}" />
<meta name="Description" content="{text(lead)}" />
<link rel="canonical" href="{told.url}" />
<meta property="og:type" content="article" /><meta property="og:url" content="{told.url}" />
<meta property="og:title" content="{text(told.title)}" />
<meta property="og:description" content="{text(lead)}" />
<meta property="og:image" content="{told.thumbnail}" />
<script type="application/ld+json">
{json.dumps(data, ensure_ascii=False, indent=2)}
</script>"""


def _breadcrumb(paper: DemoPaper, told: Story) -> str:
    main = link(section_url(paper, told.section), told.section.name.upper())
    if told.subsection is None:
        return main
    below = link(
        section_url(paper, told.section, told.subsection),
        told.subsection.name,
        'style="color:#b0b0b0;"',
    )
    return f'{main}\n<span class="fw400"> > {below}</span>'


def _content(told: Story) -> str:
    lines: list[str] = []
    for index, block in enumerate(told.body):
        lines.extend(_picture(told, image) for image in told.images if image.position == index)
        inner = text(block.text)
        if block.kind == "subhead":
            inner = f"<strong>{inner}</strong>"
        elif index == 0 and told.dateline:
            inner = f"<strong>{told.dateline}</strong> - {inner}"
        lines.append(f"{_JUSTIFY}{inner}</p>\n")
        if index == 2:
            lines.append('<div class="AMN_res_mid"></div>')
    for signature in (told.credit.raw if told.credit else None, told.byline_raw):
        if signature:
            lines.append(f'<p style="text-align: right;"><strong>{text(signature)}</strong></p>')
    return "\n".join(lines)


def _picture(told: Story, image: Image) -> str:
    title = text(told.title)
    picture = (
        f'{_JUSTIFY}<img title="{title}" data-socail-link="{told.url}" class="zoomimg" alt="" '
        f'src="{image.url}" style="width: 700px; height: 436px;" /></p>\n'
    )
    if image.caption is None:
        return picture
    words = text(image.caption)
    return (
        f'{picture}\n<p style="text-align: center;"><em><span style="text-align: justify;">'
        f"{words}</span></em></p>\n"
    )


def _tags(paper: DemoPaper, told: Story) -> str:
    return "".join(
        titled(f"{paper.home}tim-kiem/{tag}.html", tag, classes="tag_item") for tag in told.tags
    )


def _comment_form(told: Story) -> str:
    return f"""<div id="comment">
<div class="titletd nobg">
<a class="active fs13" href="javascript:void(0);"><b>BÌNH LUẬN</b></a></div>
<form method="POST" name="frmComments" id="frmComments">
<input type="hidden" name="txtnewsid" id="txtnewsid" value="{told.article_id}" />
<textarea class="margintopbot10" rows="5" id="txtinfocomment">Ý kiến của bạn</textarea>
<button class="btn_xanh_sm w100">Gửi ý kiến</button>
</form>
</div>"""


def _related(paper: DemoPaper, told: Story) -> str:
    heads = [headline(paper, number) for number in told.related]
    rows = parts.items(
        f"{link(head.url, head.title)} <i>({head.published:%d/%m/%Y})</i>" for head in heads
    )
    return f"""<div class="news-relate tinlienquan">
<div class="catename"><span class="cate-title">Tin cùng chuyên mục</span></div>
<ul>
{rows}
</ul>
</div>"""


def _read_more(paper: DemoPaper) -> str:
    rows = parts.items(
        (_thumbnail_card(paper, head) for head in lists.latest(paper, 20)[12:]),
        "related-item col-xs-12 col-sm-4",
    )
    return f"""<div class="col-xs-12 detail-related">
<div class="catename"><span class="cate-title">
<a class="cate1" href="javascript:void(0);">Đọc thêm</a></span></div>
<ul class="related-list">
{rows}
</ul>
</div>"""


def _thumbnail(paper: DemoPaper, head: Headline) -> str:
    title = text(head.title)
    source = lists.thumbnail(paper, head)
    return (
        f'<img onerror="this.src=\'images/300x220.jpg\'" class="i-img" src="{source}" '
        f'alt="{title}" title="{title}" />'
    )


def _thumbnail_card(paper: DemoPaper, head: Headline) -> str:
    picture = f'<div class="overflow-5x3">{_thumbnail(paper, head)}</div>'
    words = f'<h3 class="b-title">{text(head.title)}{_ICON}</h3>'
    return (
        f'<div class="news-img-top">{titled(head.url, head.title, picture, "b-img")}'
        f'<div class="b-content">{titled(head.url, head.title, words)}</div></div>'
    )


def _column(paper: DemoPaper, number: int = 0) -> str:
    """The narrow column: what others read."""
    heads = [h for h in lists.latest(paper, 12) if h.number != number]
    first = link_with_picture(paper, heads[0]) if heads else ""
    rows = parts.items(
        f'<a class="fleft" title="{text(h.title)}" href="{h.url}">{text(h.title)}{_ICON}</a>'
        for h in heads
    )
    return f"""<div id="colcate2">
<div class="box160">
<div class="topbox160"><a href="javascript:void(0);"><h2>Tiêu điểm</h2></a></div>
<div class="midbox160">
{first}
<ul>
{rows}
</ul>
</div>
</div>
</div>"""


def link_with_picture(paper: DemoPaper, head: Headline, url: str | None = None) -> str:
    """A picture that leads to a story."""
    inner = f'<div class="overflow-4x3">{_thumbnail(paper, head)}</div>'
    return f'<a class="b-img" href="{text(url or head.url)}">{inner}</a>'


def section_page(paper: DemoPaper, section: Section, number: int) -> str | None:
    """One page of a section: one story on top, three below it, then the list."""
    entries = lists.page(paper, section, number)
    if not entries:
        return None
    body = f"""<div id="content">
<div id="colcate1">
<div id="topcate">
<div class="titlecate">
<h1>
{link(section_url(paper, section), section.name.upper())}
</h1>
</div>
{_top(paper, *entries[0])}
<div class="boxtopcate">
{"".join(_one_of_three(paper, *entry) for entry in entries[1:4])}
</div>
<div class="boxtinmoi">
<ul class="list-news-img-style-1">
{"".join(_row(paper, *entry) for entry in entries[4:])}
</ul>
</div>
{_pager(paper, section, number)}
</div>
</div>
{_column(paper)}
</div>"""
    return framed(paper, f"Trang thông tin về {section.name}", body)


def _top(paper: DemoPaper, head: Headline, url: str) -> str:
    return f"""{link_with_picture(paper, head, url)}
<div class="fleft"><h2 class="h2cate"><a href="{url}">{text(head.title)}{_ICON}</a></h2></div>
<p class="desc paddingbottom10 clearleft">{text(story(paper, head.number).lead)}</p>"""


def _one_of_three(paper: DemoPaper, head: Headline, url: str) -> str:
    return f"""<div class="top3">
{link_with_picture(paper, head, url)}
<a class="b-content" href="{url}">
<h2 class="margintop5 fs13 fw600">{text(head.title)}{_ICON}</h2></a>
</div>
"""


def _row(paper: DemoPaper, head: Headline, url: str) -> str:
    return f"""<li class="news-img-left news-img">
<a class="b-title" href="{url}"><h3 class="marginbottom5 fs18">{text(head.title)}{_ICON}</h3></a>
{link_with_picture(paper, head, url)}
<p class="b-content txt fleft desc marginbottom5">{text(story(paper, head.number).lead)}</p>
</li>
"""


def _pager(paper: DemoPaper, section: Section, number: int) -> str:
    last = lists.page_count(paper, section)
    near = range(max(1, number - 2), min(last, number + 4) + 1)
    address = f"{paper.home}{section.slug}?p="
    rows = [f"<b>{n}</b>" if n == number else link(f"{address}{n}", str(n)) for n in near]
    rows.append(f'<a href="{address}{last}">&raquo;</a>')
    pages = f'<div class="fright" id="page"><ul>{parts.items(rows)}</ul></div>'
    return f'<div class="boxpage">{pages}</div>'


def home_page(paper: DemoPaper) -> str:
    """The first page."""
    cards = parts.items(_thumbnail_card(paper, head) for head in lists.latest(paper, 30))
    return framed(paper, "Trang chủ", f'<ul class="box-cate-index">\n{cards}\n</ul>')


def not_found_page(paper: DemoPaper) -> str:
    """What is said of an address that is nobody's."""
    return framed(paper, "404", "<h1>Trang bạn tìm không tồn tại</h1>")
