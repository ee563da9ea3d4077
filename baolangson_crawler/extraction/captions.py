"""The words under a picture, and who took it."""

from __future__ import annotations

import re

_CREDIT = re.compile(
    r"(?:[(\[.,;–-]\s*|\s|^)(?:Ảnh|Nguồn ảnh|Ảnh minh họa|Photo)\s*[:：]\s*"
    r"(?P<name>[^()\[\]:]{2,60}?)\s*[)\]]?\.?$",
    re.IGNORECASE,
)
LONGEST = 400
"""Characters; a longer line is a paragraph however it is set."""


def photographer(caption: str) -> str | None:
    """The name at the end of a caption: ``"… hôm 14/8 (Ảnh: Reuters)."`` → ``"Reuters"``."""
    match = _CREDIT.search(caption)
    name = match["name"].strip() if match else ""
    return name if name[:1].isupper() else None  # "Hình ảnh: một buổi chiều" names nobody


def names_picture(text: str) -> bool:
    """Whether a line can only be a caption, because it ends by naming a photographer."""
    return len(text) <= LONGEST and photographer(text) is not None


def set_as_caption(text: str, *, align: str, italic: float, classes: str) -> bool:
    """Whether a line beside a picture is set as captions are: centred, italic or so named."""
    if len(text) > LONGEST:
        return False
    return align == "center" or italic > 0.8 or "caption" in classes.lower()
