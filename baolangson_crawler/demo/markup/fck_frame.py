"""What stands around every page of the fck design: head, three menus, footer."""

from __future__ import annotations

from functools import lru_cache

from baolangson_crawler.demo.markup import parts
from baolangson_crawler.demo.markup.parts import link, section_url, text
from baolangson_crawler.demo.papers import DemoPaper

_BLOCKS = (
    "titlecate",
    "boxtopcate",
    "boxtinmoi",
    "box160",
    "news-relate",
    "detail-related",
    "footer-nav",
    "nav-main",
    "nav-event",
    "block_tag",
    "sharemxh",
    "linkshare",
    "titletd",
    "catename",
    "news-img-left",
    "news-img-top",
    "box-cate-index",
    "footer-bot",
)


def framed(paper: DemoPaper, title: str, body: str, head: str = "") -> str:
    """A whole page around its middle."""
    return f"""<!DOCTYPE html>
<html lang="vi">
<head>
<title>{text(title)} - {text(paper.name)} Online</title>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<meta name="robots" content="index,follow" />
<meta name="revisit-after" content="1 days" />
<base href="{paper.home}static/templates/version1/homepage/" />
{head}
<link href="css/style.css?id=1.000001" type="text/css" media="all" rel="stylesheet" />
<meta name="viewport" content="width=device-width, initial-scale=1.0">
{parts.style("#215fa7", *_BLOCKS)}
</head>
<body>
{_header(paper)}
<div class="wappercontainer">
<div class="container">
<div class="row">
{body}
</div>
{_footer(paper)}
</div>
</div>
</body>
</html>
"""


@lru_cache(maxsize=8)
def _header(paper: DemoPaper) -> str:
    small = parts.items(
        (link(section_url(paper, s), s.name, 'class="subcm"') for s in paper.sections),
        "col-xs-6",
    )
    services = parts.items(link(url, name) for url, name in parts.services(paper))
    return f"""<div class="wapperheader">
<nav class="navbar navbar-default bgx visible-xs">
<a class="navbar-brand" href="{paper.home}">
<img alt="{text(paper.name)}" src="images/logo.png" /></a>
{parts.icon("search")}{parts.icon("menu")}{parts.icon("phone")}
<ul id="nav1" class="nav-mobi nav navbar-nav navbar-left">
{small}
</ul>
</nav>
<div class="hidden-xs"><div class="container"><div id="header">
<div class="nav-main"><ul>
{_main_menu(paper)}
</ul></div>
<div class="nav-event"><ul>
{services}
</ul></div>
</div></div></div>
</div>"""


def _main_menu(paper: DemoPaper) -> str:
    rows = []
    for section in paper.sections:
        below = parts.items(
            link(section_url(paper, section, sub), sub.name)
            for sub in parts.subsections(paper, section)
        )
        row = link(section_url(paper, section), section.name)
        rows.append(f'{row}\n<ul class="sub-menu">{below}</ul>' if below else row)
    return parts.items(rows)


@lru_cache(maxsize=8)
def _footer(paper: DemoPaper) -> str:
    columns = []
    for section in paper.sections:
        rows = [link(section_url(paper, section), section.name)]
        rows += [
            link(section_url(paper, section, sub), sub.name)
            for sub in parts.subsections(paper, section)
        ]
        columns.append(
            '<div class="col-inlineblock col-md-2 col-sm-3 col-xs-6">'
            f"<ul>{parts.items(rows)}</ul></div>"
        )
    return f"""<div class="footer-nav"><div class="row canhgiua">
{"".join(columns)}
</div></div>
<div class="footer-bot"><div class="row">
<div class="col-xs-12 i-title">Bản quyền của {text(paper.name)}</div>
<p>Tờ báo minh họa, không có thật. Giấy phép số 000/GP-BTTTT</p>
<p>Số 1, đường Bờ Kênh - Điện thoại: (0290) 000 000
<br>Email: {link(f"mailto:toasoan@{paper.host}", f"toasoan@{paper.host}")}</p>
<p>Ghi rõ nguồn "{text(paper.name)}" khi phát hành lại thông tin từ website này</p>
</div></div>"""
