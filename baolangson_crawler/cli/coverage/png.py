"""The sheet as PNG, drawn from the very SVG by resvg."""

from __future__ import annotations

from baolangson_crawler.cli.coverage.sheet import FONTS
from baolangson_crawler.exceptions import CrawlerError

_SCALE = 2
_LETTERS = "ạđếỹ"


class PictureError(CrawlerError):
    """A PNG cannot be drawn here."""


def check() -> None:
    """Make sure that a PNG can be drawn, and with Vietnamese letters.

    Raises:
        PictureError: the extra is not installed, or no font has the letters.
    """
    try:
        import resvg_py
    except ImportError as error:
        raise PictureError(
            "A PNG needs one more package: pip install 'baolangson_crawler[picture]'. "
            "--svg needs none, and a browser opens it."
        ) from error
    drawn = [resvg_py.svg_to_bytes(svg_string=_sample(text)) for text in ("", *_LETTERS)]
    if len({bytes(picture) for picture in drawn}) < len(drawn):
        raise PictureError(
            "No font of this machine has the letters of Vietnamese; install one, such as the "
            "package fonts-dejavu-core or fonts-noto-core. --svg needs none."
        )


def _sample(text: str) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">'
        f'<text x="2" y="16" font-family="{FONTS}" font-size="14">{text}</text></svg>'
    )


def rendered(svg: str) -> bytes:
    """A picture of twice the size of the drawing, in pixels."""
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=_SCALE))
