"""Names and spellings of the fictional provinces: communes, people, offices. Knows no sentence."""

from __future__ import annotations

import re
from functools import lru_cache
from random import Random

from baolangson_crawler.demo.papers import Family

COMMUNES = 72
WARDS = 16

_SYLLABLES: dict[Family, tuple[str, str]] = {
    "portal": (
        "Nà Khau Bản Pác Lũng Thạch Kéo Háng Vân Tràng",
        "Khuông Dầm Luông Piài Mò Cưởm Lài Sặp Thuộc Chầu Nhùng Đuốc Lầu Tẻo Ngườm",
    ),
    "fck": (
        "Tân Vĩnh Hòa Thạnh Phú Long Mỹ Đông Trường Thuận",
        "Điền Lợi Thới Hưng Quới Nhuận Khánh Đức Bửu Xuyên Lạc Trinh Hậu Thủy Nghĩa",
    ),
    "zce": (
        "Mường Tả Sín Nậm Bản Phìn Cao Ngòi Lao Suối",
        "Chải Thàng Lúc Phời Xé Đắm Hồ Ngài Cang Giàng Mận Thia Quyền Đông Pẳn",
    ),
}
_FAMILY_NAMES = (
    "Nông Hoàng Lương Vi Triệu Đặng Nguyễn Trần Lê Phạm Bùi Đỗ Lò Giàng Sùng Đinh Huỳnh Võ Đoàn Lý"
).split()
_MIDDLE = {
    "ông": "Văn Đức Hữu Quốc Minh Thành Đình Xuân".split(),
    "bà": "Thị Thu Ngọc Thanh Bích Kim".split(),
}
_GIVEN = {
    "ông": "Thiện Khoa Hùng Đạt Phúc Lợi Sáng Nghĩa Tài Vượng Dũng Quý Khánh Hòa Đoan".split(),
    "bà": "Hiền Lan Nhung Duyên Thủy Hường Mơ Xuyến Hoa Đào Khuê Liễu Nga Thắm".split(),
}
_OFFICES = (
    "Chủ tịch UBND",
    "Phó Chủ tịch UBND",
    "Bí thư Đảng ủy",
    "Phó Bí thư Thường trực Đảng ủy",
    "Chủ tịch Ủy ban Mặt trận Tổ quốc",
    "Chủ tịch Hội Nông dân",
    "Bí thư Đoàn Thanh niên",
    "Trưởng phòng Kinh tế",
)
HAMLETS = (
    "Đồng Đăng Trên,Khuổi Sao,Nà Mò,Pò Lẹng,Cây Đa,Bến Đò,Ấp Mới,Đồi Thông,Làng Hạ,Thượng Đồng,"
    "Xóm Chùa,Bình Thuỷ,Ao Sen,Cầu Đá,Đoàn Kết,Tiền Tiến"
).split(",")

# The tone mark on the first or on the second vowel, and i for y: both spellings are in use.
_MOVED = {
    "òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ",
    "òe": "oè", "óe": "oé", "ỏe": "oẻ", "õe": "oẽ", "ọe": "oẹ",
    "Ủy": "Uỷ", "ùy": "uỳ", "úy": "uý", "ủy": "uỷ", "ũy": "uỹ", "ụy": "uỵ",
}  # fmt: skip
_MOVED_PATTERN = re.compile(f"({'|'.join(_MOVED)})(?!\\w)")
_SHORT_I = {
    "tỷ đồng": "tỉ đồng",
    "tỷ lệ": "tỉ lệ",
    "Tỷ lệ": "Tỉ lệ",
    "kỹ thuật": "kĩ thuật",
    "bác sĩ": "bác sỹ",
    "Bác sĩ": "Bác sỹ",
    "quản lý": "quản lí",
    "hy vọng": "hi vọng",
}


@lru_cache(maxsize=8)
def places(family: Family) -> tuple[str, ...]:
    """The communes and wards of a paper's province: ``xã Nà Khuông``."""
    first, second = (part.split() for part in _SYLLABLES[family])
    names = [f"{a} {b}" for a in first for b in second]
    Random(f"places:{family}").shuffle(names)
    communes = [f"xã {name}" for name in names[:COMMUNES]]
    wards = [f"phường {name}" for name in names[COMMUNES : COMMUNES + WARDS]]
    return (*communes, *wards)


def full_name(rng: Random, title: str = "ông") -> str:
    """A man's name for ``ông``, a woman's for ``bà``."""
    return " ".join(
        (rng.choice(_FAMILY_NAMES), rng.choice(_MIDDLE[title]), rng.choice(_GIVEN[title]))
    )


def official(rng: Random, place: str) -> str:
    """Somebody who speaks for a place: ``ông Nông Văn Thiện, Chủ tịch UBND xã Nà Khuông``."""
    title = rng.choice(("ông", "ông", "bà"))
    return f"{title} {full_name(rng, title)}, {rng.choice(_OFFICES)} {place}"


def resident(rng: Random) -> str:
    """Somebody who lives there: ``chị Lương Thị Mơ, thôn Nà Mò``."""
    word, title = rng.choice((("anh", "ông"), ("ông", "ông"), ("chị", "bà"), ("bà", "bà")))
    return f"{word} {full_name(rng, title)}, thôn {rng.choice(HAMLETS)}"


def reporter(rng: Random) -> str:
    """A pen name: ``Hoàng Phúc`` or ``P.Y``."""
    if rng.random() < 0.15:
        return f"{rng.choice('TPHNĐ')}.{rng.choice('YLKAĐ')}"
    title = rng.choice(("ông", "bà"))
    return f"{rng.choice(_FAMILY_NAMES)} {rng.choice(_GIVEN[title])}"


def respelt(text: str, style: int) -> str:
    """The text in one of the spellings in use: bit 1 writes ``hoà``, bit 2 writes ``tỉ lệ``."""
    if style & 1:
        text = _MOVED_PATTERN.sub(lambda match: _MOVED[match[1]], text)
    if style & 2:
        for usual, other in _SHORT_I.items():
            text = text.replace(usual, other)
    return text


def sentence_case(text: str) -> str:
    """The text with its first letter as a capital, after an opening quotation mark too."""
    head = 1 if text[:1] in "“\"'" else 0
    return text[:head] + text[head : head + 1].upper() + text[head + 1 :]
