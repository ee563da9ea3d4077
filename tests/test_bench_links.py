"""Links from lists only cost a third of extracting every link, or less."""

from __future__ import annotations

import pytest

from baolangson_crawler.demo import SITES as FILES
from baolangson_crawler.demo.papers import DANG_KHOI, DONG_XANH, NUI_XANH, DemoPaper
from baolangson_crawler.sites import load_sites
from bench.links import costs

SITES = load_sites((FILES,), environment=False)


@pytest.mark.parametrize("paper", [DANG_KHOI, DONG_XANH], ids=lambda paper: paper.key)
def test_links_of_lists_cost_a_third_of_every_link(paper: DemoPaper) -> None:
    found = costs(paper, SITES.get(paper.key))
    assert found is not None
    assert 3 * found.listed <= found.every_page


def test_a_paper_of_feeds_alone_has_no_list_page() -> None:
    assert costs(NUI_XANH, SITES.get(NUI_XANH.key)) is None
