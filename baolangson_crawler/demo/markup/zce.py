"""Pages in the manner of Báo Lào Cai: ``div`` paragraphs, ad slots, ISO times, figures."""

from __future__ import annotations

import json
from datetime import datetime

from baolangson_crawler.demo.addresses import slug
from baolangson_crawler.demo.markup import lists
from baolangson_crawler.demo.markup.parts import PIXEL, link, section_url, text, titled
from baolangson_crawler.demo.markup.zce_frame import ad_slot, framed
from baolangson_crawler.demo.papers import DemoPaper, Section
from baolangson_crawler.demo.stories import Headline, Story, headline
from baolangson_crawler.demo.timetable import chance
from baolangson_crawler.items import Image

_AD_AFTER = (3, 6, 9)


def article_page(paper: DemoPaper, told: Story) -> str:
    """The page of one article."""
    body = f"""<div class="breadcrumbs">
<h2 class="main"> {_section_link(paper, told.section, "active")} </h2> </div>
<div class="col"> <div class="main-col content-col"> <div class="article">
<h1 class="article__title cms-title "> {text(told.title)} </h1>
<div class="article__meta"> {_times(told)} {_share(told)} </div>
<div class="article__sapo cms-desc"> <i class="demo-icon"></i> {text(told.lead)} </div>
{ad_slot("ArticleAfterSapo")}
<div class="article__body zce-content-body cms-body" itemprop="articleBody">
{_content(paper, told)}
{ad_slot("ArticleAfterBody")} </div>
<div class="article__tags"> <h3 class="box-heading"> <span class="title">Từ khóa:</span> </h3>
<div class="box-content"> {_tags(paper, told)} </div> </div>
<div class="article__meta"> {_share(told)} </div>
<div class="wrap-comment" id="comment{told.article_id}" data-type="20">
</div>
</div> </div> {_sidebar(paper)} </div>
{_recommended(paper, told)}"""
    return framed(paper, told.title, body, _head(paper, told))


def _iso(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}+0700"


def _times(told: Story) -> str:
    iso = _iso(told.published)
    return (
        f'<div class="row"> <time class="time" datetime="{iso}"><i class="ic-calendar"></i>'
        f'<span data-time="{int(told.published.timestamp())}" data-format="long" '
        f'data-friendly="true">{told.published:%d/%m/%Y %H:%M}</span></time> '
        f'<meta class="cms-date" itemprop="datePublished" content="{iso}"> </div>'
    )


def _head(paper: DemoPaper, told: Story) -> str:
    tags = text("".join(f"{tag}," for tag in told.tags))
    lead, title = text(told.lead), text(told.title)
    changed = _iso(told.modified or told.published)
    return f"""<meta name="description" content="{lead}"/> <meta name="keywords" content="{tags}"/>
<meta name="news_keywords" content="{tags}"/>
<meta name="author" content="{text(paper.name)}" /> <link rel="canonical" href="{told.url}" />
<meta property="og:site_name" content="{text(paper.name)}"/>
<meta property="og:type" content="article"/> <meta property="og:url" content="{told.url}"/>
<meta property="og:image" content="{told.thumbnail}"/>
<meta property="og:image:width" content="1200"/> <meta property="og:image:height" content="630"/>
<meta property="og:title" content="{title}"/> <meta property="og:description" content="{lead}"/>
<meta name="twitter:title" content="{title}"/>
<meta name="twitter:image" content="{told.thumbnail}"/>
<meta property="article:tag" content="{tags}"/>
<meta property="article:section" content="{text(told.section.name)}" />
<meta property="article:published_time" content="{_iso(told.published)}"/>
<meta property="article:modified_time" content="{changed}"/>
{_structured(paper, told)}"""


def _structured(paper: DemoPaper, told: Story) -> str:
    address = section_url(paper, told.section)
    crumb = {"@id": address, "name": told.section.name}
    records = [
        {
            "@context": "http://schema.org",
            "@type": "Organization",
            "name": paper.name,
            "url": paper.home,
        },
        {
            "@context": "http://schema.org",
            "@type": "BreadcrumbList",
            "itemListElement": [{"@type": "ListItem", "position": 1, "item": crumb}],
        },
        {
            "@context": "http://schema.org",
            "@type": "NewsArticle",
            "mainEntityOfPage": {"@type": "WebPage", "@id": told.url},
            "headline": told.title,
            "description": told.lead,
            "image": {"@type": "ImageObject", "url": told.thumbnail, "width": 1200, "height": 675},
            "datePublished": _iso(told.published),
            "dateModified": _iso(told.modified or told.published),
            "author": {"@type": "Person", "name": ""},
            "publisher": {"@type": "Organization", "name": paper.name},
        },
    ]
    return "\n".join(
        f'<script type="application/ld+json"> {json.dumps(r, ensure_ascii=False)} </script>'
        for r in records
    )


def _share(told: Story) -> str:
    title = text(told.title)
    return (
        f'<div class="row"> <div class="fb-like" data-href="{told.url}" data-share="true"></div> '
        f'<div class="social social-share"> '
        f'<a href="javascript:void(0);" class="tw" data-href="{told.url}" data-title="{title}" '
        'title="Chia sẻ qua Twitter">Chia sẻ qua Twitter</a> '
        '<a href="javascript:void(0);" class="print sendprint" title="In bài viết">In bài viết</a>'
        f' <a href="javascript:void(0);" class="mail sendmail" data-href="{told.url}" '
        'title="Chia sẻ qua Email">Chia sẻ qua Email</a> '
        f"</div> </div>"
    )


def _section_link(paper: DemoPaper, section: Section, classes: str = "") -> str:
    return titled(section_url(paper, section), section.name, classes=classes)


def _content(paper: DemoPaper, told: Story) -> str:
    lines: list[str] = []
    for index, block in enumerate(told.body):
        lines.extend(_figure(image) for image in told.images if image.position == index)
        if block.kind == "subhead":
            lines.append(f"<h2>{text(block.text)}</h2>")
        else:
            lines.append(f"<div> {text(block.text)}{'&nbsp;' if index % 3 == 1 else ''}\n</div>")
        if index in _AD_AFTER:
            slot = ad_slot(f"ArticleMiddle{index}", "rennab fyi")
            lines.append(f'<div class="sda_middle"> {slot}\n</div>')
    if told.related:
        lines.insert(len(lines) // 2 + 1, _related(paper, told))
    if told.byline_raw:
        lines.append(_signature(told.byline_raw))
    if told.credit:
        lines.append(_signature(told.credit.raw))
    return "\n".join(lines)


def _signature(words: str) -> str:
    return f'<div class="t1"> <span class="t2">{text(words)}</span>\n</div>'


def _figure(image: Image) -> str:
    caption = f"\n<figcaption>{text(image.caption)}</figcaption>" if image.caption else ""
    return (
        f'<figure class="article__picture"> <img class="lazyload cms-photo" src="{PIXEL}" '
        f'data-src="{image.url}" alt="{text(image.caption or "")}">{caption}\n</figure>'
    )


def _related(paper: DemoPaper, told: Story) -> str:
    heads = [headline(paper, number) for number in told.related]
    rows = " ".join(
        f'<article class="story"> <h2 class="story__heading">'
        f" {titled(h.url, h.title, classes='cms-link')} </h2> </article>"
        for h in heads
    )
    return (
        '<div class="article-relate"> <h3 class="box-heading"> <span class="title">Tin liên quan'
        f'</span> </h3> <div class="box-content"> {rows} </div> </div>'
    )


def _tags(paper: DemoPaper, told: Story) -> str:
    return " ".join(
        f'<a href="{paper.home}tu-khoa/{slug(tag)}-tag{chance(paper, 0, tag) % 90_000}.html" '
        f'title="{text(tag)}">#{text(tag)}</a>'
        for tag in told.tags
    )


def _card(paper: DemoPaper, head: Headline, *, picture: bool = True, full: bool = False) -> str:
    title = text(head.title)
    source = lists.thumbnail(paper, head)
    figure = summary = ""
    if picture:
        image = (
            f'<img class="lazyload" src="{PIXEL}" data-src="{source}" alt="{title}">'
            f' <noscript><img src="{source}" alt="{title}" class="image-fallback"></noscript>'
        )
        inner = titled(head.url, head.title, image, "cms-link")
        figure = f'<figure class="story__thumb"> {inner} </figure> '
    if full:
        summary = (
            f' <div class="story__meta"> {_section_link(paper, head.section, "title-cate")} '
            f'<time class="time" datetime="{_iso(head.published)}">'
            f"{head.published:%d/%m/%Y %H:%M}</time> </div>"
        )
    heading = titled(head.url, head.title, f" {title} ", "cms-link")
    return (
        f'<article class="story" data-id="{head.article_id}"> {figure}'
        f'<h2 class="story__heading" data-tracking="{head.article_id}"> {heading} </h2>'
        f"{summary} </article>"
    )


def _sidebar(paper: DemoPaper) -> str:
    cards = " ".join(
        _card(paper, head, picture=index == 0) for index, head in enumerate(lists.latest(paper, 6))
    )
    return (
        '<div class="sub-col sidebar-right"> <section class="hot-news fyi-position"> '
        '<h3 class="box-heading"> <span class="title">Đọc nhiều</span> </h3> '
        f'<div class="box-content" data-source="mostread-news"> {cards} </div> </section> '
        f"{ad_slot('Right2')} </div>"
    )


def _recommended(paper: DemoPaper, told: Story) -> str:
    heads = [h for h in lists.latest_in(paper, told.section, 6) if h.number != told.number]
    cards = " ".join(_card(paper, head, full=True) for head in heads)
    return (
        '<div class="col"> <div class="main-col content-col1"> <div class="timeline"> '
        f'<h3 class="box-heading"> {link(section_url(paper, told.section), "Tin cùng chuyên mục")}'
        f' </h3> <div class="box-content content-list"> {cards} </div> </div> </div> </div>'
    )


def section_page(paper: DemoPaper, section: Section, number: int) -> str | None:
    """The front of a section; older stories are in the sitemap only."""
    entries = lists.page(paper, section, number)
    if not entries:
        return None
    cards = " ".join(_card(paper, head, full=True) for head, _ in entries)
    body = (
        f'<div class="breadcrumbs"> <h2 class="main"> {_section_link(paper, section)} </h2> </div> '
        f'<div class="timeline"> <div class="box-content content-list"> {cards} </div> </div>'
    )
    return framed(paper, section.name, body)


def home_page(paper: DemoPaper) -> str:
    """The first page."""
    cards = " ".join(_card(paper, head, full=True) for head in lists.latest(paper, 30))
    return framed(paper, "Trang chủ", f'<div class="timeline home"> {cards} </div>')


def not_found_page(paper: DemoPaper) -> str:
    """What is said of an address that is nobody's."""
    return framed(paper, "404", '<h1 class="error">Không tìm thấy trang</h1>')
