"""What the numbers of a crawl say of a site: an exit code for cron and a sentence for a person."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from baolangson_crawler.dating import VIETNAM
from baolangson_crawler.failures import REFUSALS
from baolangson_crawler.sites.base import Site

NOTHING_FETCHED = 2
LAYOUT_UNKNOWN = 6
INTERRUPTED = 11

# Reasons for holding a page that a change of design gives too, and so may a single odd page.
_DOUBTFUL = ("listing", "empty_body", "javascript", "template", "too_short")
_SOME = 3  # pages
_MANY = 10  # pages; as many may be broken for reasons of their own in an hour without news
# What stands before a whole paper, rather than being wrong with one page.
_WALLS = REFUSALS | {"error_page", "consent", "notice", "repeated"}
LEADS_TO = "list leads to "
"""What is counted of a list that leads away from the paper; the host follows."""

_LIMITS = {
    "budget": "The daily budget of requests is used up; the next day goes on.",
    "quiet_hours": "The quiet hours have begun; the next crawl goes on.",
    "max_time": "The time given to the crawl is over; the next crawl goes on.",
    "max_pages": "As many pages as were allowed have been asked for; the next crawl goes on.",
}


@dataclass(frozen=True, slots=True)
class Closing:
    """Why nothing more was asked of a paper, though something waits."""

    reason: str
    """``held``, ``blocked``, ``down``, ``robots_unavailable``, or one of the operator's limits:
    ``budget``, ``quiet_hours``, ``max_time``, ``max_pages``. ``rehearsal``: only its lists were to
    be asked."""

    until: float | None = None
    """For ``held``: seconds since 1970."""

    @property
    def is_limit(self) -> bool:
        """Whether it is the operator's own limit: no fault of the paper, and nothing is lost."""
        return self.reason in _LIMITS


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong with a site's numbers, or worth knowing."""

    exit_code: int = 0
    message: str | None = None

    def with_alarm(self, paragraph: str) -> Verdict:
        """The verdict with what its days say of the site, beside what this crawl says."""
        message = f"{self.message} {paragraph}" if self.message else paragraph
        return Verdict(self.exit_code or LAYOUT_UNKNOWN, message)


def judge(site: Site, count: Counter[str], closing: Closing | None = None) -> Verdict:
    """What a site's numbers say.

    Args:
        site: whose.
        count: what the archive counted of it in one crawl, and what was noted.
        closing: why the crawl left it before its end, where it did.
    """
    if closing is None:
        return Verdict(*_judgement(site, count))
    if closing.reason == "rehearsal":
        return _rehearsed(site, count)
    if closing.is_limit:
        return _limited(site, count, _LIMITS[closing.reason])
    return _left(site, count, closing)


def exit_code(outcome: str, codes: set[int]) -> int:
    """What cron is told of a crawl whose sites have these codes; see ``docs/running.md``."""
    if outcome == "interrupted":
        return INTERRUPTED
    return NOTHING_FETCHED if NOTHING_FETCHED in codes else max(codes, default=0)


def _rehearsed(site: Site, count: Counter[str]) -> Verdict:
    """What the lists alone say: no article was asked for."""
    if count["answered"] and count["found"]:
        return Verdict(0, _remarks(count))
    return Verdict(*_judgement(site, count))


def _limited(site: Site, count: Counter[str], limit: str) -> Verdict:
    """What the numbers say as far as they go: a limit of the operator's hides no fault."""
    code, message = _judgement(site, count)
    articles = _read(count) + count["held"] + count["failed"] + count["skipped"]
    asked = articles if count["answered"] else sum(count[name] for name in count if name != "found")
    if code and asked:
        return Verdict(code, message)
    return Verdict(0, f"{message} {limit}" if message and not code else limit)


def _left(site: Site, count: Counter[str], closing: Closing) -> Verdict:
    """The paper was left while something waits."""
    host, read = site.domains[0], _read(count)
    if closing.reason == "held":
        until = datetime.fromtimestamp(closing.until or 0.0, VIETNAM)
        message = (
            f"{host} asked to be left alone until {until:%Y-%m-%d %H:%M} (+07:00); "
            "a crawl after that goes on."
        )
        return Verdict(0 if read else NOTHING_FETCHED, message)
    if closing.reason == "blocked":
        worst = max(REFUSALS, key=lambda reason: count[reason])
        message = (
            f"{host} turns the crawler away ({worst}, {count[worst]} times): it is left in peace, "
            "and nothing that is stored was changed. Ask the paper, or wait."
        )
        return Verdict(NOTHING_FETCHED, message)
    if closing.reason == "down":
        message = f"{host} does not answer any more; it is down, or the way to it is. "
        return Verdict(NOTHING_FETCHED, message + "The next crawl tries again.")
    return Verdict(NOTHING_FETCHED, _no_robots(host))


def _read(count: Counter[str]) -> int:
    return count["new"] + count["same"] + count["changed"]


def _judgement(site: Site, count: Counter[str]) -> tuple[int, str | None]:
    """What is wrong with a site's numbers: exit code and one sentence."""
    host = site.domains[0]
    if not count["answered"]:
        return NOTHING_FETCHED, _unanswered(host, count)
    read = _read(count)
    if not read and (unread := _unread(count)):
        return LAYOUT_UNKNOWN, (
            f"No page was recognised ({unread} held): the paper has changed its design. "
            "The pages are kept."
        )
    if read and count["generic"] >= read:
        return LAYOUT_UNKNOWN, (
            f"No layout of the paper reads its pages any more; the generic reader read {read}. "
            f"Look at one: baolangson sites check {site.key}"
        )
    if not read and (wall := _wall(count)):
        return NOTHING_FETCHED, (
            f"{host} answers with something else than its articles ({wall}); "
            "nothing that is stored was changed. The next crawl tries again."
        )
    if count["known"] or read:
        return 0, _remarks(count)
    if count["robots_disallowed"]:
        return NOTHING_FETCHED, (
            f"{host}/robots.txt closes its articles to crawlers: none was fetched "
            f"({count['skipped']} addresses were found). Ask the paper for permission."
        )
    if not count["found"]:
        return LAYOUT_UNKNOWN, "Its sources list no article: they have moved or changed."
    if count["held"]:
        return LAYOUT_UNKNOWN, (
            f"No page could be read as an article ({count['held']} held): the paper answers "
            "with something else. The pages are kept."
        )
    return NOTHING_FETCHED, (
        f"None of its articles could be fetched ({count['failed']} failed, "
        f"{count['skipped']} skipped). The reasons are in the table url."
    )


def _unread(count: Counter[str]) -> int:
    """Pages held as they are after a change of design; few of the doubtful reasons say nothing."""
    sure = count["layout_not_recognised"] + count["layout_error"]
    doubtful = sum(count[reason] for reason in _DOUBTFUL)
    return sure + doubtful if sure or doubtful >= _SOME else 0


def _wall(count: Counter[str]) -> str | None:
    """What came in the place of every article, where it says something of the whole paper."""
    walls = Counter({reason: count[reason] for reason in _WALLS})
    if walls.total() >= _SOME:
        worst, times = walls.most_common(1)[0]
        return f"{worst}, {times} times"
    if count["held"] + count["failed"] >= _MANY:
        return f"{count['held']} pages held, {count['failed']} failed"
    return None


def _unanswered(host: str, count: Counter[str]) -> str:
    if count["robots_disallowed"]:
        return (
            f"{host}/robots.txt closes it to crawlers: nothing was fetched. "
            "Ask the paper for permission."
        )
    if count["robots_unavailable"]:
        return _no_robots(host)
    if hosts := sorted(name.removeprefix(LEADS_TO) for name in count if LEADS_TO in name):
        return (
            f"{host} leads to {', '.join(hosts)}, which is none of its hosts: the paper has moved, "
            "or its name is another's now. Nothing was asked there. Look, and mend its site file."
        )
    if count["failed_requests"]:
        return (
            f"{host} answered every request with an error. Its sources have moved, or it blocks "
            "this crawler."
        )
    return f"{host} gave no answer. The next crawl tries again."


def _no_robots(host: str) -> str:
    return (
        f"{host}/robots.txt could not be read (server error or no answer), "
        "which counts as closed. The next crawl tries again."
    )


def _remarks(count: Counter[str]) -> str | None:
    """What does not make a crawl fail and ought to be known."""
    remarks = (
        (count["robots_disallowed"], "not fetched, as robots.txt asks"),
        (
            count["robots_unavailable"],
            "not fetched: no robots.txt could be had from their host",
        ),
        (count["broken_lists"], "list pages broken off: no page of the paper came"),
        (count["sources_found"], "sources found by a search of its pages"),
        (count["given_silent"], "site file whose sources list nothing: mend it"),
        (count["undated"], "stored without a date that could be read"),
        (count["generic"], "read by the generic reader, no layout"),
        (count["layout_error"], "not read because a layout fails (see the log)"),
        (count["held"] - count["layout_error"], "held, being no articles"),
        (count["failed"], "failed, to be tried again"),
    )
    said = [f"{number} {what}" for number, what in remarks if number]
    return "; ".join(said) + "." if said else None
