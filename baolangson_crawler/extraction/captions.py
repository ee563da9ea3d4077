"""The words under a picture, and who took it."""

from __future__ import annotations

import re

_CREDIT = re.compile(
    r"(?:[(\[.,;–-]\s*|\s|^)(?:Ảnh|Nguồn ảnh|Ảnh minh họa|Photo)\s*[:：]\s*"
    r"(?P<name>[^()\[\]:]{2,60}?)\s*[)\]]?\.?$",
    re.IGNORECASE,
)
# "… sáng nay. Ảnh Minh Đức": no colon, but a sentence has ended and a name follows
_UNMARKED = re.compile(r"[.;(\[–-]\s*(?:Ảnh|ẢNH)\s+(?P<name>[^\W\d_]\S*(?:\s\S+){1,4}?)[)\]]?\.?$")
# What names no photographer and is yet said of pictures alone, at the end of a line below one
_SAID_BELOW = re.compile(
    r"(?:[(\[.]\s*|^)(?:Nguồn|Source)\s*[:：][^()\[\]:：]{0,60}[)\]]?\.?$|"
    r"(?:[(\[.,;–-]\s*|^)(?:(?:Ảnh|Nguồn ảnh|Photo)\s*[:：]|Ảnh do\s|Ảnh minh họa\b)"
    r"[^()\[\]:：]{0,60}[)\]]?\.?$",
    re.IGNORECASE,
)
_WORDS = ("ảnh", "nguồn ảnh", "photo")
_SPOKEN = ("“", '"', "«", "‘", "-", "–", "—", "”")  # how a quotation or an answer begins
_SHORT = 200  # characters; a longer line that ends with a source may be a paragraph
LONGEST = 400
"""Characters; a longer line is a paragraph however it is set."""


def photographer(caption: str) -> str | None:
    """The name at the end of a caption: ``"… hôm 14/8 (Ảnh: Reuters)."`` → ``"Reuters"``."""
    if match := _CREDIT.search(caption):
        name = match["name"].strip()
        return name if name[:1].isupper() else None  # "Hình ảnh: một buổi chiều" names nobody
    match = _UNMARKED.search(caption)
    named = match is not None and all(word[:1].isupper() for word in match["name"].split())
    return match["name"] if match and named else None


def names_picture(text: str) -> bool:
    """Whether a line can only be a caption, because it ends by naming a photographer."""
    return len(text) <= LONGEST and photographer(text) is not None


def speaks_of_picture(text: str) -> bool:
    """Whether a line below a picture ends by saying where that is from ("(Ảnh: tư liệu)")."""
    return names_picture(text) or (len(text) <= _SHORT and bool(_SAID_BELOW.search(text)))


def is_credit_line(text: str) -> bool:
    """Whether a whole line says where pictures are from: ``"(Ảnh: tác giả cung cấp)"``."""
    begins = text.lstrip("([ ").lower().startswith(_WORDS)
    return begins and bool(_SAID_BELOW.match(text) or _CREDIT.match(text))


def is_spoken(text: str) -> bool:
    """Whether a line begins as quotations and answers do."""
    return text.startswith(_SPOKEN)


def set_as_caption(text: str, *, align: str, italic: float, classes: str) -> bool:
    """Whether a line beside a picture is set as captions are: centred, italic or so named."""
    if len(text) > LONGEST:
        return False
    return align == "center" or italic > 0.8 or "caption" in classes.lower()
