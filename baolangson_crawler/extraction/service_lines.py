"""Lines of the page's own machinery that some papers leave in a text: buttons, labels, notices."""

from __future__ import annotations

_ALONE = frozenset(
    (
        "quảng cáo",
        "nghe đọc bài",
        "nghe bài viết",
        "nghe đọc bài viết",
        "nghe tin",
        "chia sẻ",
        "chia sẻ bài viết",
        "chia sẻ facebook",
        "in bài viết",
        "gửi email",
        "theo dõi trên google news",
        "advertisement",
        "share",
    )
)
_LABELS = ("từ khóa:", "từ khoá:", "tags:")
_LABEL = 8  # characters of the longest label
_LONGEST = 40  # characters of a line that stands alone
_LONGEST_LIST = 200  # characters of a list of keywords


def is_service_line(text: str) -> bool:
    """Whether a line belongs to the page and not to the article ("Quảng cáo", "Từ khóa: …")."""
    if len(text) > _LONGEST:
        return (
            len(text) <= _LONGEST_LIST
            and text[:_LABEL].lower().startswith(_LABELS)
            and text[-1] not in ".?!"
        )
    lowered = text.lower()
    return (lowered.startswith(_LABELS) and text[-1] not in ".?!") or lowered.strip(
        " .:…»>-[]()"
    ) in _ALONE
