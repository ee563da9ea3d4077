"""What a failure says of an address, and when the address is worth another visit.

A reason code is what the ledger notes: ``http_404``, ``timeout``, ``soft_404``. Its class decides
the plan: ``docs/politeness.md`` shows both as a table.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

FailureClass = Literal["temporary", "hard", "blocked", "forbidden"]
"""``temporary``: the server or the way to it had a fault; ``hard``: the paper says so of this
address; ``blocked``: the paper turns the crawler away, whatever it asks for; ``forbidden``:
robots.txt closes the address, so it was not asked for."""

_CLASSES: dict[str, FailureClass] = {
    **dict.fromkeys(
        "timeout dns address connection_refused incomplete no_answer tls not_http "
        "http_408 http_500 http_502 http_504 http_520 http_521 http_522 http_523 http_524".split(),
        "temporary",
    ),
    **dict.fromkeys(
        "http_429 http_503 challenge captive_portal maintenance robots_unavailable".split(),
        "blocked",
    ),
    "robots_disallowed": "forbidden",
}

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_PLANS: dict[FailureClass, tuple[timedelta, ...]] = {
    # after the first failure the very next crawl; then ever longer; after the last, never again
    "temporary": (timedelta(0), _HOUR, 6 * _HOUR, _DAY, 3 * _DAY, 7 * _DAY, 14 * _DAY, 30 * _DAY),
    "hard": (timedelta(0), _DAY, 7 * _DAY, 30 * _DAY),
    "forbidden": (_DAY, 7 * _DAY, 30 * _DAY),
}
_REASONS = {
    "DownloadTimeoutError": "timeout",
    "CannotResolveHostError": "dns",
    "DownloadConnectionRefusedError": "connection_refused",
    "ResponseDataLossError": "incomplete",
    "IgnoreRequest": "redirect_loop",
    "DownloadCancelledError": "too_large",
}
"""Scrapy's exception → reason code of the ledger; exceptions of our own carry theirs."""

FINAL = frozenset(("no_article",))
"""Reasons after which an address, made of a number and shown by no list, is never asked again."""

GONE = frozenset(("http_404", "http_410"))
"""Reasons after which an address that is given up is known to be gone."""

REFUSALS = frozenset(
    "http_401 http_403 http_429 http_503 challenge captive_portal maintenance login".split()
)
"""Reasons by which a whole paper turns the crawler away, when they come one after the other."""

UNREACHABLE = frozenset(("dns", "address", "connection_refused", "tls"))
"""Reasons that say that nobody answers there at all."""


def class_of(reason: str) -> FailureClass:
    """The class of a reason; what is not listed is said of the address itself."""
    return _CLASSES.get(reason, "hard")


def next_visit(reason: str, attempts: int, now: datetime) -> datetime | None:
    """When an address is to be asked for again.

    Args:
        reason: why the last visit gave nothing.
        attempts: crawls in which it gave nothing, this one included.
        now: the moment of the last visit.

    Returns:
        The moment, which may be ``now``; None once the address is given up. What a paper that turns
        the crawler away has answered says nothing of the address: it is never given up for that,
        and one that robots.txt closes is looked up again every 30 days.
    """
    if reason in FINAL:
        return None
    kind = class_of(reason)
    if kind == "blocked":
        return now
    plan = _PLANS[kind]
    if attempts > len(plan) and kind != "forbidden":
        return None
    return now + plan[min(attempts, len(plan)) - 1]


def reason_of(error: BaseException | None) -> str:
    """The reason code of a request that was not sent or not answered."""
    reason = getattr(error, "reason", None)
    return reason if isinstance(reason, str) else _REASONS.get(type(error).__name__, "no_answer")
