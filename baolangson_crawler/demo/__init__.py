"""Three small fictional papers, served on loopback, with the truth of every article known.

``with DemoServer() as server:`` serves them; ``expected_articles(paper)`` says what a perfect
crawler stores.
"""

from pathlib import Path

from baolangson_crawler.demo.expected import expected_article, expected_articles
from baolangson_crawler.demo.papers import DANG_KHOI, DONG_XANH, NUI_XANH, PAPERS, DemoPaper
from baolangson_crawler.demo.server import DemoServer
from baolangson_crawler.demo.stories import Story, story

SITES = Path(__file__).parent / "sites"
"""Folder of the papers' site files."""

__all__ = [
    "DANG_KHOI",
    "DONG_XANH",
    "NUI_XANH",
    "PAPERS",
    "SITES",
    "DemoPaper",
    "DemoServer",
    "Story",
    "expected_article",
    "expected_articles",
    "story",
]
