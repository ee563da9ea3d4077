"""UTF-8 that somebody decoded as a one-byte encoding: "Viá»‡t Nam" for "Việt Nam" (mojibake)."""

from __future__ import annotations

import re

_CONTINUATION = "".join(
    bytes((byte,)).decode("windows-1252", "ignore") or chr(byte) for byte in range(0x80, 0xC0)
)
# What begins a letter of Vietnamese, a quotation mark or a dash, an emoji; windows-1258 shows "Ă"
# where windows-1252 shows "Ã", and otherwise the same.
_SEQUENCE = re.compile("(?:[ÂÃĂÄÅÆ]c|[áâ]cc|ðccc)".replace("c", f"[{re.escape(_CONTINUATION)}]"))
# The second byte of "à" is a no-break space, which somebody folded: "toÃ n", "lÃ viá»‡c"; and of a
# no-break space itself, and of "Ạ" the third.
_QUOTE = "Ã¢[âÂ]|â€"  # how a quotation mark begins that was misread too, twice or once
_CODA = r"(?:[imnouyIMNOUY]|n[gh]|N[GH])(?![^\s,.;:!?)\"”âÃ]|Ã(?!¢[âÂ]))"
_BEFORE = rf"(?: (?={_CODA}|[,.;:!?)]|{_QUOTE})|(?= |$))"
_FOLDED = re.compile(f"([ÂÃĂ]|áº){_BEFORE}")
_FOLDED_AMID_VIETNAMESE = re.compile(f"(?<=[a-z])([ÃĂ]){_BEFORE}")
_VIETNAMESE = re.compile(rf"(?<=[a-z])([ÃĂ])(?: (?={_CODA}|[,.;:!?)])|(?= |$))")
_VIETNAMESE = re.compile("[ĐđƠơƯưẠ-ỹ]")  # letters that no misreading shows
_REST = re.compile("á[º»]|Ã[\u00a1-\u00bf]|Ä[‘ƒ\u0090]|Æ[°¡]|\ufffd")
_CONTROL = re.compile("[\u0080-\u009f]")
_TIMES = 2  # some archives were moved twice


def _bytes_of() -> dict[int, int]:
    """Character → the byte that it shows, in Latin-1, windows-1252 and windows-1258 alike."""
    table: dict[int, int] = {}
    for encoding in ("windows-1252", "windows-1258"):
        for byte in range(0x80, 0x100):
            if shown := bytes((byte,)).decode(encoding, "ignore"):
                table[ord(shown)] = byte
    return table


_BYTES = _bytes_of()


def reread_whole(text: str) -> str:
    """The text as UTF-8, if every character of it is a byte of UTF-8; else as it is."""
    for _ in range(_TIMES):
        if text.isascii():
            break
        try:
            text = text.translate(_BYTES).encode("latin-1").decode("utf-8")
        except UnicodeError:
            break
    return text


def reread(text: str) -> str:
    """The text with every sequence read as the UTF-8 that it was; not judged."""
    import ftfy  # 40 ms, for pages that are seldom

    printed = text
    for _ in range(_TIMES):
        if _VIETNAMESE.search(text):
            # in part it is right, and "ĐÃ" in it may be a word
            text = _FOLDED_AMID_VIETNAMESE.sub("\\1\u00a0", text)
        else:
            # ftfy knows more encodings, and reads a line as a whole or not at all
            text = ftfy.fix_encoding(_FOLDED.sub("\\1\u00a0", text))
        text = _SEQUENCE.sub(_letter, text)
    # "Â…" is no control character
    return printed if _CONTROL.search(text) else text


def looks_misread(text: str) -> bool:
    """Whether the text still has sequences that are letters of Vietnamese misread, or lost."""
    return bool(_REST.search(text))


def _letter(sequence: re.Match[str]) -> str:
    read = sequence[0].replace("Ă", "Ã")
    try:
        return bytes(map(_byte, read)).decode("utf-8")
    except UnicodeDecodeError:
        return sequence[0]


def _byte(character: str) -> int:
    position = _CONTINUATION.find(character)
    return 0x80 + position if position >= 0 else ord(character)
