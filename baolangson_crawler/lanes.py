"""The lane of a paper: what waits for its server, and where the operator ends it."""

from __future__ import annotations

import asyncio
import math
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scrapy import Request

from baolangson_crawler.addresses import is_reserved_name
from baolangson_crawler.judging import Closing
from baolangson_crawler.pacing import Manners, Pace
from baolangson_crawler.sites.base import Site
from baolangson_crawler.storage.frontier import NEW, REVISIT, UPDATED

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings


@dataclass(frozen=True, slots=True)
class Limits:
    """Where the operator ends a crawl."""

    pages: int | None = None
    """Article pages of each paper."""

    seconds: float | None = None
    rounds: int = 2
    """How often it asks again for what a passing fault kept from it."""

    since: str | None = None
    """Day (ISO) before which no article is asked for, where its day is known."""

    ranks: tuple[int, ...] = (NEW, UPDATED, REVISIT)
    """What kinds of articles are asked for."""

    revisits: int | None = None
    """Looks at articles of each paper that are held, on one day."""


@dataclass
class Lane:
    """The requests to one paper's server: all its names have one lane, one pace, one at a time."""

    name: str
    pace: Pace
    sites: tuple[Site, ...]
    """The sites of this crawl that live there."""

    is_free: bool
    """Whether its name is nobody's and it may be asked without a pause: no other process minds."""

    waiting: list[tuple[int, int, Request]] = field(default_factory=list)
    """Lists, redirects and second tries: a heap, urgent ones first."""

    due: deque[Request] = field(default_factory=deque)
    """Articles that were taken from the ledger, of one rank."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while a request is under way."""

    busy: Request | None = None
    closed: Closing | None = None
    asked: int = 0
    """Articles asked for."""

    rounds: int = 0
    is_read: bool = False
    """Whether a page of the paper has come in this crawl."""

    in_vain: int = 0
    """Requests in a row that were sent, and led to a host whose robots.txt cannot be had."""

    offered: dict[int, int] = field(default_factory=dict)
    """By rank, what the archive had been offered when the ledger had no such article last."""

    looked_again: int = -1
    """The same when nothing was found that is to be asked a second time."""

    def urgency(self) -> float:
        """Priority of the most urgent request that waits in memory."""
        return -self.waiting[0][0] if self.waiting else -math.inf

    def closing(self, now: float) -> str | None:
        """Why nothing more is to be asked; None if it may go on."""
        return self.closed.reason if self.closed else self.pace.closed(now)


def manners_for(settings: BaseSettings, url: str) -> Manners:
    """What the operator's settings allow for an address."""
    floor = 0.0 if is_reserved_name(url) else settings.getfloat("POLITENESS_DELAY")
    budget = settings["DAILY_REQUESTS"]
    return Manners(
        pause=max(settings.getfloat("DOWNLOAD_DELAY"), floor),
        patience=settings.getfloat("PATIENCE_SECONDS"),
        backoff=settings.getfloat("BACKOFF_SECONDS"),
        budget=int(budget) if budget is not None else None,
        quiet=settings["QUIET_HOURS"],
    )


def revisits_for(settings: BaseSettings) -> int | None:
    """How many looks at held articles of one paper the day's budget has room for."""
    budget = settings["DAILY_REQUESTS"]
    return None if budget is None else int(int(budget) * settings.getfloat("REVISIT_SHARE"))
