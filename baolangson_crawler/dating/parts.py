"""Parts of the day that stand apart from their hour: "08:30 03/05/2026 CH", "Tối Chủ nhật, …"."""

from __future__ import annotations

import re

from baolangson_crawler.dating.clock import (
    AMERICAN_PARTS,
    SPOKEN_PARTS,
    Clock,
    hour_of_day,
)
from baolangson_crawler.dating.line import Line, Part, scan
from baolangson_crawler.dating.shapes import LABEL_WORDS, WEEKDAYS
from baolangson_crawler.text import has_marks, normalise

_WORD_BEFORE = re.compile(r"([a-z]+)[ ]$")
_WORD_BEHIND = re.compile(r"[ ]([a-z]+)")
_LEADS_TO_PART = frozenset({"nhat", "luc", "vao", "dang", "gio", "phut", "nay", "qua", *WEEKDAYS})
_FOLLOWS_PART = frozenset({"thu", "chu", "chua", "cn", "t", "ngay", "luc", "vao", "gmt", "utc"})
_AUTHORS = frozenset({"gia", "anh", "tin", "bai", "boi", "by", "theo", "viet"})
_MARKED = re.compile(r"\b(?:sáng|trưa|chiều|tối|đêm)\b")


def apply_parts(line: Line, plain: str, raw: str) -> None:
    """Give the only time on the line the only part of the day, wherever on the line it stands.

    What cannot be told, a time or a part too many or a name between the two, is a time that
    contradicts itself. A part that is a word of a name or of a text is put with the words.
    """
    text = normalise(raw).lower()
    marked = _MARKED.search(text) or not has_marks(text)
    parts = []
    for part in line.parts:
        if _is_word(part, plain) or (part.name in SPOKEN_PARTS and not marked):
            line.words.append(part.name)
        else:
            parts.append(part)
    if not parts:
        return
    alone = len(parts) == len(line.clocks) == 1
    for number, clock in enumerate(line.clocks):
        if alone:
            line.clocks[number] = _at_part(clock, parts[0], plain)
        elif any(hour_of_day(clock.hour, part.name) != (clock.hour, False) for part in parts):
            line.clocks[number] = clock._replace(contradicts=True)


def _is_word(part: Part, plain: str) -> bool:
    """Whether it is a syllable of something else: "Hoàng Sa", "CH Séc", "bản tin tối"."""
    before = _WORD_BEFORE.search(plain, 0, part.start)
    behind = _WORD_BEHIND.match(plain, part.end)
    if part.name in SPOKEN_PARTS:
        return bool(
            (before and before[1] not in _LEADS_TO_PART)
            or (behind and behind[1] not in _FOLLOWS_PART)
        )
    if before and before[1] not in LABEL_WORDS | _LEADS_TO_PART:
        return True
    begins = not any(letter.isdigit() for letter in plain[: part.start])
    return begins and behind is not None and behind[1] not in _FOLLOWS_PART


def _at_part(clock: Clock, part: Part, plain: str) -> Clock:
    """The time at a part of the day, as far as it is certain that the two belong together."""
    hour, contradicts = hour_of_day(clock.hour, part.name)
    if hour == clock.hour:
        return clock._replace(contradicts=clock.contradicts or contradicts)
    if clock.has_part or not _belongs(clock, part, plain):
        return clock._replace(contradicts=True)
    return clock._replace(
        hour=hour,
        contradicts=clock.contradicts or contradicts,
        has_part=True,
        american=part.name in AMERICAN_PARTS,
    )


def _belongs(clock: Clock, part: Part, plain: str) -> bool:
    """Whether only a day stands between an hour and its part.

    SA, CH, AM and PM may be an author's initials too: before the hour they count only where they
    touch it, and nowhere behind a label.
    """
    is_behind = clock.start < part.start
    between = plain[clock.start : part.start] if is_behind else plain[part.end : clock.start]
    if part.name in SPOKEN_PARTS:
        return not scan(between).words
    before = _WORD_BEFORE.search(plain, 0, part.start)
    if plain[: part.start].rstrip(" (").endswith(":") or (before and before[1] in _AUTHORS):
        return False
    if is_behind:
        return not scan(between).words
    return not any(letter.isalnum() for letter in between)
