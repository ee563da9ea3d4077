"""Pages of an invented paper: what it and the servers around it answer that is no article."""

from __future__ import annotations

import base64
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "pages_refused"
URL = "https://baosuoingan.example/khanh-thanh-cau-dan-sinh-na-lung-5012345.html"

HEADLINES = (
    "Suối Ngàn gieo cấy xong lúa xuân trước khung thời vụ",
    "Trang không tồn tại: cảnh báo chiêu lừa đổi tên miền",
    "Bản Khuổi đón điện lưới sau nhiều năm chờ đợi",
    "Hợp tác xã Mường Lèn xuất bán 40 tấn cam vụ muộn",
    "Thanh niên xã Nà Pàn sửa đường trước mùa mưa",
    "Hệ thống đang bảo trì: ngân hàng khuyến cáo khách hàng",
    "Trường nội trú Khau Mộc khánh thành thư viện mới",
    "Đội bóng chuyền nữ Suối Ngàn vào chung kết khu vực",
    "Lễ hội cầu mưa của người Khơ Mú được phục dựng",
    "Giá chè búp tươi tăng, người trồng chè phấn khởi",
)
SUMMARIES = (
    "Đến ngày 2/5, toàn tỉnh gieo cấy được 8.200 ha, vượt kế hoạch và sớm hơn năm trước một tuần.",
    "Nhiều người mất tiền sau khi bấm vào đường dẫn có tên miền gần giống cổng dịch vụ công.",
    "Đường dây dài 9 km vượt hai ngọn núi đưa điện về với 61 hộ dân ở bản xa nhất của xã.",
)
MENU = "".join(f"<li><a href='/{s}'>{s}</a></li>" for s in ("thoi-su", "kinh-te", "van-hoa"))
FOOTER = (
    "<footer><p>Giấy phép số 12/GP-BTTTT. Tổng Biên tập: Ma Văn Khải. Tòa soạn: số 1 đường Bờ "
    "Hồ, tỉnh Suối Ngàn.</p><p>Ghi rõ nguồn khi phát hành lại thông tin từ trang này.</p></footer>"
)
MODAL = (
    "<div class='modal'><h2>Đăng nhập</h2><form><input><input type='password'>"
    "<a href='/quen'>Quên mật khẩu?</a></form></div>"
)
COMMENTS = (
    "<div class='comments'><p>Bạn cần đăng nhập để bình luận.</p><form><textarea></textarea>"
    "<input type='password'></form></div>"
)
BANNER = (
    "<div class='cookie'><p>Chúng tôi sử dụng cookie để báo chạy tốt hơn.</p><b>Đồng ý</b></div>"
)


ENCODINGS: dict[str, Callable[[str], str]] = {
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    # in the alphabet for addresses, bytes that show what is its own in it
    "urlsafe": lambda text: base64.urlsafe_b64encode(bytes(range(256)) * 3).decode(),
    "hex": lambda text: text.encode().hex(),
    "escaped": lambda text: "".join(f"%u{ord(letter):04x}" for letter in text),
}


@dataclass(frozen=True)
class Page:
    """A page, and the reason for which it is refused; none for an article."""

    name: str
    html: str
    url: str = URL
    reason: str | None = None


def refused() -> list[Page]:
    """Pages that are no article."""
    return [
        Page(
            name=page["name"],
            html=_filled(page["html"] if "html" in page else _framed(page)),
            url=page.get("url", URL),
            reason=page["reason"],
        )
        for page in _read("refused.toml")
    ]


def articles() -> list[Page]:
    """Articles that look like what is refused, each in a known layout and in an unknown one."""
    return [
        Page(name=f"{page['name']} ({look})", html=_framed(page | {"main": _article(page, look)}))
        for page in _read("articles.toml")
        for look in ("known", "unknown, stating its date", "unknown")
        if look == "known" or not (page.get("known") or (page.get("vouched") and look == "unknown"))
    ]


def _read(name: str) -> list[dict[str, str]]:
    pages: list[dict[str, str]] = tomllib.loads((FOLDER / name).read_text("utf-8"))["page"]
    return pages


def _article(page: dict[str, str], look: str) -> str:
    date = "<div class='date'>04/05/2026 08:15</div>"
    stated = "<meta itemprop='datePublished' content='2026-05-04T08:15:00+07:00'>"
    box = "id='content-detail'" if look == "known" else "class='noi-dung-tin'"
    stated = stated if look.endswith("date") else ""
    heading = f"<h1 class='name'>{page['title']}</h1>{stated}{date}"
    return f"<div class='content-article'>{heading}<div {box}>{page['body']}</div></div>"


def _framed(page: dict[str, str]) -> str:
    """The main column in the frame of the paper; a bare page has no headlines beside it."""
    beside = "" if page.get("bare") else f"<aside>{_headlines()}</aside>{COMMENTS}{MODAL}{BANNER}"
    title = page["title"] + ("" if "reason" in page else " - Báo Suối Ngàn")
    return (
        f"<!DOCTYPE html><html lang='{page.get('lang', 'vi')}'><head><meta charset='utf-8'>"
        f"<title>{title}</title>{page.get('head', '')}</head><body>{page.get('before', '')}"
        f"<header><a href='/'><img src='/logo.png' alt='Báo Suối Ngàn'></a></header>"
        f"<nav><ul>{MENU}</ul></nav><main>{page['main']}</main>{beside}{FOOTER}</body></html>"
    )


def _filled(html: str) -> str:
    html = html.replace("@teasers", "".join(_teasers())).replace("@headlines", _headlines())
    html = re.sub(r"@base64((?::\d+){2,})", lambda m: _split(m[1]), html)
    return re.sub(r"@(\w+):(\d+)", lambda m: _encoded(int(m[2]), m[1]), html)


def _headlines() -> str:
    links = (
        f"<li><a href='/tin-{5011000 + n}.html'>{line}</a></li>" for n, line in enumerate(HEADLINES)
    )
    return f"<ul class='tin-khac'>{''.join(links)}</ul>"


def _teasers() -> Iterator[str]:
    for number, line in enumerate(HEADLINES):
        href = f"/tin-{5011000 + number}.html"
        yield (
            f"<article><a href='{href}'><img src='/thumb/{number}.jpg'></a>"
            f"<h2><a href='{href}'>{line}</a></h2><p>{SUMMARIES[number % 3]}</p></article>"
        )


def _split(lengths: str) -> str:
    return "".join(f"<p>{_encoded(int(length))}</p>" for length in lengths.split(":")[1:])


def _encoded(length: int, encoding: str = "base64") -> str:
    """Vietnamese text as it is hidden from readers without scripts, of the length asked for."""
    text = "Xuân này bản Khuổi có đường mới, có điện, có tiếng trẻ học bài. " * 40
    return ENCODINGS[encoding](text)[:length]
