"""What the numbers of a crawl say of a paper, and how a command that fails says so."""

from __future__ import annotations

import json
import logging
from collections import Counter

import pytest
from paper import Crawl, article, listing, robots
from proxy import Answer

from baolangson_crawler import logs
from baolangson_crawler.cli import main
from baolangson_crawler.judging import LEADS_TO, Closing, judge
from baolangson_crawler.resolver import proxy_hosts
from baolangson_crawler.sites import load_sites

SITE = load_sites(environment=False).get("baocantho")
LISTED = {"answered": 3, "found": 30}

# closing, what was counted, exit code, what the sentence says
VERDICTS: list[tuple[str, dict[str, int], int, str | None]] = [
    ("max_pages", {**LISTED, "held": 20, "layout_not_recognised": 20}, 6, "changed its design"),
    ("max_pages", {**LISTED, "failed": 20, "http_500": 20}, 2, "20 failed"),
    ("budget", {**LISTED, "skipped": 20, "robots_disallowed": 20}, 2, "closes its articles"),
    ("max_pages", {**LISTED, "new": 2, "failed": 1}, 0, "1 failed, to be tried again. As many"),
    ("max_time", LISTED, 0, "time given to the crawl is over"),
    ("max_time", {"answered": 1}, 0, "time given to the crawl is over"),
    ("quiet_hours", {"found": 5}, 0, "quiet hours"),
    ("max_time", {"timeout": 3}, 2, "gave no answer"),
    ("rehearsal", LISTED, 0, None),
    ("rehearsal", {**LISTED, "robots_disallowed": 1}, 0, "1 not fetched"),
    ("rehearsal", {"failed_requests": 3, "http_500": 3}, 2, "answered every request with an error"),
    ("rehearsal", {"answered": 3}, 6, "list no article"),
    ("robots_unavailable", {"answered": 1, "known": 9}, 2, "robots.txt could not be read"),
]


@pytest.mark.parametrize(("reason", "count", "code", "said"), VERDICTS)
def test_the_numbers_are_judged_before_the_limit(
    reason: str, count: dict[str, int], code: int, said: str | None
) -> None:
    verdict = judge(SITE, Counter(count), Closing(reason))
    assert verdict.exit_code == code
    if said is None:
        assert verdict.message is None
    else:
        assert said in (verdict.message or "")


def test_a_paper_that_moved_is_told_with_the_host_it_leads_to() -> None:
    verdict = judge(SITE, Counter({"offsite": 1, f"{LEADS_TO}new.example": 1}))
    assert verdict.exit_code == 2
    assert f"{SITE.domains[0]} leads to new.example" in (verdict.message or "")


def test_a_list_that_leads_away_names_the_host(crawl: Crawl) -> None:
    away = Answer(status=301, headers={"Location": "http://new.example/list"})
    code, site, proxy, _ = crawl({"/list?page=1": away})
    assert code == 2
    assert "leads to new.example" in site["warning"]
    assert not [url for url in proxy.urls() if "new.example" in url]


def test_a_name_without_robots_closes_itself_and_not_the_paper(crawl: Crawl) -> None:
    alias = "http://m.paper.example"
    pages = {
        "/list?page=1": listing(f"{alias}/b-900.html", "/a-1.html", "/a-2.html"),
        "/a-1.html": article(1),
        "/a-2.html": article(2),
        f"{alias}/robots.txt": robots("", 500),
    }
    code, site, proxy, _ = crawl(pages)
    assert (code, site["new"], site["skipped"]) == (0, 2, 1)
    assert "no robots.txt could be had" in site["warning"]
    assert f"{alias}/b-900.html" not in proxy.urls()
    pages["/list?page=1"] = listing("/a-3.html")
    pages["/a-3.html"] = article(3)
    code, site, _, _ = crawl(pages)
    assert (code, site["new"]) == (0, 1)


def test_a_proxy_without_a_scheme_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "127.0.0.1:3128")
    monkeypatch.setenv("https_proxy", "http://me:secret@proxy.example:3128")
    assert proxy_hosts() >= {"127.0.0.1", "proxy.example"}


@pytest.mark.parametrize("words", [["nosuch"], ["baocantho", "--no-such-option"]])
def test_a_crawl_that_cannot_begin_says_so_in_json_too(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["crawl", *words, "--json"])
    told = capsys.readouterr()
    report = json.loads(told.out)
    assert ended.value.code == report["exit_code"] == 1
    assert (report["outcome"], report["sites"]) == ("error", [])
    assert report["error"] in told.err


def test_what_the_archive_warns_of_reaches_standard_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    try:
        logs.configure(None)
        logging.getLogger("baolangson_crawler.storage.opening").warning("a network file system")
        logging.getLogger("baolangson_crawler.spiders").warning("a page")
    finally:
        root.handlers[:] = before
        root.setLevel(level)
    said = capsys.readouterr().err
    assert "a network file system" in said
    assert "a page" not in said
