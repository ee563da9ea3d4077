"""Every article is found, and asked for once; a second crawl of an unchanged paper asks little."""

from __future__ import annotations

import sqlite3
import tempfile
from collections import Counter
from contextlib import closing
from pathlib import Path

from baolangson_crawler.demo import PAPERS, DemoPaper
from baolangson_crawler.demo.addresses import parsed
from baolangson_crawler.demo.stories import headline
from soak.crawls import Ending, Plan, crawl
from soak.report import Part, Tell
from soak.served import ServedPapers
from soak.truth import sized

_MOST_REQUESTS = 1.02  # for each article, lists apart
_MOST_BYTES = 0.20  # of the first crawl's, on a day without news
_UNCHANGED = 0.90  # of the answers of such a day


def finding(articles: int, tell: Tell) -> Part:
    """Crawl papers of so many articles each twice, and count what was asked for."""
    part = Part("finding")
    papers = sized(len(PAPERS) * articles)
    with tempfile.TemporaryDirectory(prefix="soak-") as name, ServedPapers(papers) as served:
        archive = Path(name) / "articles.db"
        first = _crawled(archive, served, part)
        tell(f"{first.new:,} articles in {first.seconds:.0f} s")
        asked = served.asked()
        _judge_first(part, papers, archive, asked)
        second = _crawled(archive, served, part)
        tell(f"again: {second.new:,} new in {second.seconds:.0f} s")
        _judge_second(part, papers, archive, served.asked())
    return part.done()


def _crawled(archive: Path, served: ServedPapers, part: Part) -> Ending:
    plan = Plan(archive=archive, proxy_url=served.proxy_url, settings={"DAILY_REQUESTS": None})
    ending = crawl(plan, patience=7200)
    part.require(ending.code == 0, f"exit code {ending.code}: {ending.output[-500:]}")
    return ending


def _articles(papers: tuple[DemoPaper, ...], asked: Counter[tuple[str, str]]) -> tuple[int, int]:
    """How many requests were answered with an article, and how many led on to one.

    Lists print an old address of some articles, which the paper redirects.
    """
    hosts = {paper.host: paper for paper in papers}
    pages = redirects = 0
    for (host, target), times in asked.items():
        paper = hosts[host]
        if article := parsed(paper, target.partition("?")[0]):
            number, slug, _ = article
            if paper.family == "zce" and slug != headline(paper, number).slug:
                redirects += times
            else:
                pages += times
    return pages, redirects


def _judge_first(
    part: Part, papers: tuple[DemoPaper, ...], archive: Path, asked: Counter[tuple[str, str]]
) -> None:
    with closing(sqlite3.connect(archive)) as conn:
        held = dict(conn.execute("SELECT site, count(*) FROM article GROUP BY site"))
    for paper in papers:
        part.figure(
            f"{paper.key}: articles found", f"{held.get(paper.key, 0):,} of {paper.articles:,}"
        )
        missing = paper.articles - held.get(paper.key, 0)
        part.require(not missing, f"{paper.key}: {missing:,} articles are not found")
    total = sum(paper.articles for paper in papers)
    pages, redirects = _articles(papers, asked)
    part.figure("requests for each article", f"{pages / total:.4f}")
    part.figure("old addresses in lists, which led on", f"{redirects:,}")
    part.figure("requests for lists", f"{sum(asked.values()) - pages - redirects:,}")
    part.require(pages <= _MOST_REQUESTS * total, f"{pages:,} requests for {total:,} articles")


def _judge_second(
    part: Part, papers: tuple[DemoPaper, ...], archive: Path, asked: Counter[tuple[str, str]]
) -> None:
    with closing(sqlite3.connect(archive)) as conn:
        before, after = (_bytes(conn, crawl_id) for crawl_id in (1, 2))
        answers, unchanged = conn.execute(
            "SELECT count(*), sum(status = 304 OR capture_id IN "
            "(SELECT capture_id FROM fetch WHERE crawl_id = 1)) "
            "FROM fetch WHERE crawl_id = 2 AND status IS NOT NULL"
        ).fetchone()
    part.figure("requests of a day without news", f"{sum(asked.values()):,}")
    part.figure("of them unchanged", f"{unchanged / answers:.1%}")
    part.figure("bytes of that day to those of the first crawl", f"{after / before:.2%}")
    part.require(unchanged >= _UNCHANGED * answers, f"{unchanged} of {answers} are unchanged")
    part.require(after <= _MOST_BYTES * before, f"{after:,} bytes after {before:,}")
    part.figure("articles looked at again, as they are due", f"{_articles(papers, asked)[0]:,}")


def _bytes(conn: sqlite3.Connection, crawl_id: int) -> int:
    """Uncompressed bytes that were sent in a crawl; a 304 sends none."""
    row = conn.execute(
        "SELECT coalesce(sum(length), 0) FROM fetch JOIN capture ON capture.id = capture_id "
        "WHERE crawl_id = ? AND status != 304",
        (crawl_id,),
    ).fetchone()
    return int(row[0])
