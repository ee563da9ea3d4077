"""A week of hourly crawls of a paper that edits, takes down and moves: each event once, in time.

In time is said in runs. A run that meets a paper in an outage or behind a wall sees nothing and
does not count. What is announced (a new article, an update in the feed) is due in the first run
after it. Of everything else the archive has promised, after its last look, when it looks next
(``url.next_visit_at``, held to the bounds of ``docs/revisits.md`` here): it is due in the first run
after both. That an article has gone, or is listed under another address, takes a second look, in
the run after.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from soak.crawls import FORKS
from soak.report import Part, Tell
from soak.week_paper import Story, Weather, WeekPaper, timetable

_BEGIN = datetime(2026, 11, 16, 17, 0, 5, tzinfo=UTC)  # a day begins in Vietnam
_HOUR = timedelta(hours=1)
_RUN = timedelta(seconds=30)  # what is promised for so soon after its beginning may fall into a run
_BUDGET = 1000  # requests a day
_SHARE = 0.25
_LATEST = ((2 * _HOUR, 5 / 6 * _HOUR), (24 * _HOUR, 24 * _HOUR), (168 * _HOUR, 72 * _HOUR))
"""Up to an age, how long after a look the next one may be promised."""

_WHAT = {"gone": "gone", "moved": "moved", "renamed": "moved"}


@dataclass
class Week:
    """What was served and what the archive has made of it."""

    stories: dict[int, Story]
    runs: list[datetime] = field(default_factory=list)
    fair: list[int] = field(default_factory=list)
    """Numbers of the runs that could see the paper."""

    promised: list[dict[int, datetime]] = field(default_factory=list)
    """After each run, by article, when it is looked at next."""

    seen: dict[tuple[str, int], list[int]] = field(default_factory=dict)
    """What was recorded of an article, and in which runs."""

    late: Counter[int] = field(default_factory=Counter)
    """Events by how many runs they were recorded late."""

    kinds: Counter[str] = field(default_factory=Counter)
    not_due: int = 0
    unseen: int = 0
    """Events that no look could have seen: before the article was stored, or over between two."""

    def first(self, moment: datetime) -> int | None:
        """The place among the fair runs of the first at a moment or after; None beyond the last."""
        found = (place for place, run in enumerate(self.fair) if self.runs[run] >= moment)
        return next(found, None)

    def due(self, number: int, at: datetime) -> int | None:
        """In which fair run something that befell an article is due."""
        before = max(run for run, moment in enumerate(self.runs) if moment < at)
        promise = self.promised[before].get(number)
        return self.first(max(at, promise - _RUN)) if promise else None


def week(days: int, a_day: int, seed: int, tell: Tell) -> Part:
    """Crawl a paper every hour, and compare what was recorded with its timetable."""
    part = Part("a week")
    stories = timetable(seed, _BEGIN, days, a_day)
    held = Week(stories)
    hours = days * 24
    weather: dict[int, Weather] = {hours // 3: "outage", hours * 2 // 3: "wall"}
    asked: Counter[int] = Counter()
    with (
        tempfile.TemporaryDirectory(prefix="soak-") as name,
        WeekPaper(stories, _BEGIN) as paper,
    ):
        archive = Path(name) / "articles.db"
        for run in range(hours):
            paper.now, paper.weather = _BEGIN + run * _HOUR, weather.get(run, "fair")
            code = _crawl(paper.proxy_url, archive, paper.now)
            expected = {2} if paper.weather != "fair" else {0}
            part.require(code in expected, f"Run {run} ended with {code}")
            asked[run // 24] += len(paper.asked)
            paper.asked.clear()
            _look(held, archive, run, paper.weather, part)
            if run % 24 == 23:
                tell(f"day {run // 24 + 1}: {asked[run // 24]} requests")
        _compare(held, part)
        _versions(held, archive, part)
        revisits = _revisits(archive)
        not_modified = paper.not_modified
    part.require(max(asked.values()) <= _BUDGET, f"Requests a day: {asked}")
    part.require(max(revisits) <= _BUDGET * _SHARE, f"Looks a day: {revisits}")
    part.figure("crawls", f"{hours}, {len(stories)} articles")
    part.figure("events", ", ".join(f"{n} × {what}" for what, n in sorted(held.kinds.items())))
    part.figure("runs late", ", ".join(f"{n} × {late}" for late, n in sorted(held.late.items())))
    part.figure("not due by the end", str(held.not_due))
    part.figure("over before a look was due", str(held.unseen))
    part.figure("requests a day", f"{max(asked.values())} at most of {_BUDGET}")
    part.figure(
        "looks at held articles a day", f"{max(revisits)} at most of {_BUDGET * _SHARE:.0f}"
    )
    part.figure("of all looks and lists, answered 304", str(not_modified))
    return part.done()


def _crawl(proxy_url: str, archive: Path, now: datetime) -> int | None:
    process = FORKS.Process(target=_run, args=(proxy_url, archive, now))
    process.start()
    process.join(60)
    if process.exitcode is None:
        process.kill()
        process.join()
    return process.exitcode


def _run(proxy_url: str, archive: Path, now: datetime) -> None:
    """In the child: one crawl, as if it were that moment."""
    import logging

    from baolangson_crawler import clock
    from soak.imports import DEMO_SETTINGS, crawl
    from soak.week_paper import SITE

    logging.disable(logging.ERROR)
    for name in ("no_proxy", "NO_PROXY"):
        os.environ.pop(name, None)
    os.environ["http_proxy"] = proxy_url
    os.environ["BAOLANGSON_STATE"] = str(archive.with_name("state"))
    clock.begin_at(now)
    limits = {"DAILY_REQUESTS": _BUDGET, "REVISIT_SHARE": _SHARE, "PATIENCE_SECONDS": 0}
    report = crawl([SITE], archive, command="week", settings={**DEMO_SETTINGS, **limits})
    raise SystemExit(report.exit_code)


def _look(held: Week, archive: Path, run: int, weather: Weather, part: Part) -> None:
    """Note what the run has recorded, and what is promised now."""
    now = _BEGIN + run * _HOUR
    held.runs.append(now)
    if weather == "fair":
        held.fair.append(run)
    with closing(sqlite3.connect(archive)) as conn:
        rows = conn.execute(
            "SELECT CAST(site_article_id AS INTEGER), next_visit_at, missing_at, fetched_at "
            "FROM url JOIN article ON article.id = article_id "
            "WHERE state = 'done' AND kind = 'article' AND next_visit_at IS NOT NULL"
        ).fetchall()
        events = conn.execute(
            "SELECT event.kind, CAST(site_article_id AS INTEGER), count(*) FROM event "
            "JOIN article ON article.id = article_id GROUP BY 1, 2 "
            "UNION ALL SELECT 'version', CAST(site_article_id AS INTEGER), version_count "
            "FROM article"
        ).fetchall()
    numbers = [row[0] for row in rows]
    part.require(len(numbers) == len(set(numbers)), f"Run {run}: an article has two next looks")
    held.promised.append({row[0]: datetime.fromisoformat(row[1]) for row in rows})
    for number, promise, missing, fetched in rows:
        looked = datetime.fromisoformat(fetched or "0001-01-01T00:00:00Z")
        if missing or weather != "fair" or looked < now:
            continue
        age = looked - held.stories[number].published
        longest = next((pause for until, pause in _LATEST if age < until), 14 * 24 * _HOUR)
        waits = datetime.fromisoformat(promise) - looked
        part.require(waits <= longest, f"Article {number}, {age} old, waits {waits}")
    for kind, number, count in events:
        told = held.seen.setdefault((kind, number), [])
        told += [run] * (count - len(told))


def _compare(held: Week, part: Part) -> None:
    expected: set[tuple[str, int]] = set()

    def require(kind: str, story: Story, due: int | None, at_place: int = 0) -> None:
        """That something was recorded once, at most one run after it was due."""
        if due is None or due + 1 >= len(held.fair):
            held.not_due += 1
            expected.add((kind, story.number))  # may be recorded or not
            return
        expected.add((kind, story.number))
        told = held.seen.get((kind, story.number), [])[at_place:]
        if len(told) != 1:
            part.faults.append(f"{kind} of {story} is recorded {len(told)} times")
            return
        late = sum(1 for run in held.fair[due + 1 :] if run <= told[0])
        early = told[0] < held.fair[due]
        held.late[late] += 1
        held.kinds["new" if kind == "version" and not at_place else story.fate or ""] += 1
        part.require(late <= 1 and not early, f"{kind} of {story}: run {told[0]}, due {due}")

    for story in held.stories.values():
        told = held.seen.get(("version", story.number), [])
        if len(told) > 1:
            held.seen["edit", story.number] = told[1:]
            held.seen["version", story.number] = told[:1]
        require("version", story, held.first(story.published))
        if story.fate is None or story.fate == "cosmetic":
            continue
        stored = held.runs[told[0]] if told else story.until
        if stored >= story.at:
            held.unseen += 1
        elif story.fate in ("edited", "announced"):
            is_told = story.fate == "announced"
            due = held.first(story.at) if is_told else held.due(story.number, story.at)
            require("edit", story, due)
        else:
            _compare_absence(held, story, require)
    for (kind, number), runs in held.seen.items():
        part.require(
            (kind, number) in expected,
            f"Nothing is known of: {kind} of {held.stories[number]} in {runs}",
        )


def _compare_absence(held: Week, story: Story, require: object) -> None:
    assert callable(require)
    due = held.due(story.number, story.at)
    second = None if due is None else due + 1
    if story.fate == "moved":
        require("moved", story, due)
    elif story.fate == "renamed":
        require("moved", story, second)
    elif second is not None and second < len(held.fair):
        if story.until <= held.runs[held.fair[second]]:
            held.unseen += 1
            return
        require("gone", story, second)
        if story.fate == "back" and story.until < held.runs[-1]:
            require("restored", story, held.due(story.number, story.until))
    else:
        require("gone", story, second)


def _versions(held: Week, archive: Path, part: Part) -> None:
    """The current text is one that the paper printed, and the whole archive is sound."""
    with closing(sqlite3.connect(archive)) as conn:
        for number, body in conn.execute(
            "SELECT CAST(site_article_id AS INTEGER), body FROM article "
            "JOIN version ON version.id = version_id"
        ):
            story = held.stories[number]
            texts = {story.body(story.published), story.body(held.runs[-1])}
            part.require(body in texts, f"The text of {story} is none of its own")
        states = {s for (s,) in conn.execute("SELECT state FROM url WHERE kind = 'article'")}
        part.require(states <= {"done", "skipped", "pending", "failed"}, f"States: {states}")
        lost = conn.execute(
            "SELECT count(*) FROM article WHERE NOT EXISTS (SELECT 1 FROM url "
            "WHERE article_id = article.id AND state = 'done' AND next_visit_at IS NOT NULL)"
        ).fetchone()[0]
        part.require(not lost, f"{lost} articles are never looked at again")
        wrong = conn.execute(
            "SELECT count(*) FROM event WHERE kind = 'gone' AND at >= (SELECT fetched_at "
            "FROM fetch WHERE fetch.id = fetch_id)"
        ).fetchone()[0]
        part.require(not wrong, f"{wrong} articles are gone without a second look")


def _revisits(archive: Path) -> list[int]:
    with closing(sqlite3.connect(archive)) as conn:
        return [n for (n,) in conn.execute("SELECT revisited FROM site_day ORDER BY day")]
