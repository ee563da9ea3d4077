"""What stands around every page of the zce design: head, menus, footer."""

from __future__ import annotations

from functools import lru_cache

from baolangson_crawler.demo.markup import parts
from baolangson_crawler.demo.markup.parts import section_url, text, titled
from baolangson_crawler.demo.papers import DemoPaper
from baolangson_crawler.demo.vocabulary import places

_BLOCKS = (
    "site-header",
    "article__meta",
    "article__sapo",
    "hot-news",
    "timeline",
    "local-news",
    "site-footer",
)


def ad_slot(position: str, classes: str = "rennab ") -> str:
    """An empty place for an advertisement."""
    return (
        f'<div id="sdaWeb_Sda{position}" class="{classes}" data-platform="1" '
        f'data-position="Web_Sda{position}" style="display:none"> </div>'
    )


def framed(paper: DemoPaper, title: str, body: str, head: str = "") -> str:
    """A whole page around its middle."""
    name = text(paper.name)
    return f"""<!DOCTYPE html> <html lang="vi"> <head> <title>{text(title)} | {name} điện tử</title>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<meta http-equiv="X-UA-Compatible" content="IE=edge"/> <meta http-equiv="refresh" content="1800" />
<meta name="revisit-after" content="1 days" />
<meta name="viewport" content="width=device-width, initial-scale=1, maximum-scale=5"/>
<meta http-equiv="content-language" content="vi" />
<meta name="copyright" content="Copyright © 2026 by {name}" />
<meta name="robots" content="noarchive, max-image-preview:large, index, follow" />
{head}
{parts.style("#0a6b3d", *_BLOCKS)} </head>
<body class=""> {_header(paper)}
<div class="site-body"> <div class="container detail"> {ad_slot("Top")}
{body}
</div> </div>
{_local(paper)}
{_footer(paper)} <div class="back-to-top"></div> </body> </html>
"""


@lru_cache(maxsize=8)
def _header(paper: DemoPaper) -> str:
    sections = parts.items(
        titled(section_url(paper, section), section.name) for section in paper.sections
    )
    services = " ".join(
        f'<ul class="item"> <li>{titled(url, name, classes="title")}</li> </ul>'
        for url, name in parts.services(paper)
    )
    return f"""<header class="site-header "> <div class="container">
<div class="top-header"> <div class="left"> <a href="tel:+84000000000" title="Hotline">
<i class="ic-phone"></i>{parts.icon("phone")} Hotline: 0900 000 000 </a> </div> </div>
<div class="content-header"> {titled(paper.home, paper.name, classes="logo")}
{parts.icon("search")} </div>
<ul class="navigation sticky"> {sections} <li class="more">{parts.icon("menu")}
<div class="wrap-menu"> {services} </div> </li> </ul>
</div> </header>"""


@lru_cache(maxsize=8)
def _local(paper: DemoPaper) -> str:
    rows = " ".join(
        f'<a data-id="{index}" href="{paper.home}dia-phuong/{index}/" title="{text(place)}"> '
        f'<i class="ic-location"></i>{text(place)} </a>'
        for index, place in enumerate(places(paper.family)[:30], start=11)
    )
    return (
        '<div class="local-news fyi-position"> <h3 class="box-heading"> <span class="title">Tin '
        f'địa phương</span> </h3> <div class="box-content"> <div class="district"> {rows} '
        "</div> </div> </div>"
    )


@lru_cache(maxsize=8)
def _footer(paper: DemoPaper) -> str:
    name = text(paper.name)
    return f"""<footer class="site-footer container">
<div class="row"> {titled("/", paper.name, classes="logo")}
<div class="info"> <p> <span class="bold">Tòa soạn</span>: tờ báo minh họa, không có thật </p>
<p>
<span class="bold">Điện thoại</span>: 0210 000 000 <span class="bold">- Email</span>:
<a href="mailto:toasoan@{paper.host}">toasoan@{paper.host}</a>
</p> </div>
<p class="text"> © {name}. Cấm sao chép dưới mọi hình thức nếu không được chấp thuận. </p>
</div> </footer>"""
