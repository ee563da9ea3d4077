"""The turn of a request: one at a time for each paper, and a pause between two."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.http import Response

from baolangson_crawler import clock
from baolangson_crawler.failures import reason_of
from baolangson_crawler.lanes import Lane
from baolangson_crawler.middlewares.refused import Postponed
from baolangson_crawler.scheduler import LedgerScheduler
from baolangson_crawler.turns import Turn, Turns, state_folder

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_SLICE = 0.5  # seconds after which a wait looks whether the crawl is to end
_RETRY = 0.1  # seconds until it is asked again whether another process has finished


class PaceMiddleware:
    """Stands next to the wire: nothing is sent, not even robots.txt, that did not wait its turn.

    The pause is counted from the end of an answer, so that what the server sees is never shorter,
    however long a connection took. It is never below ``POLITENESS_DELAY`` or the Crawl-delay; a
    shorter ``DOWNLOAD_DELAY`` is obeyed only for reserved names (``.example``), where no paper
    lives.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.turns = Turns(state_folder())

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PaceMiddleware:
        """Made by Scrapy."""
        return cls(crawler)

    @property
    def _scheduler(self) -> LedgerScheduler:
        scheduler = self.crawler.engine.scheduler
        assert isinstance(scheduler, LedgerScheduler)
        return scheduler

    async def process_request(self, request: Request) -> None:
        """Wait until the request may be sent.

        Raises:
            Postponed: the crawl ends, or nothing more is asked of this paper.
        """
        lane = self._scheduler.lane(request.url)
        request.meta["download_slot"] = lane.name
        await lane.lock.acquire()
        try:
            turn = await self._turn(lane)
        except BaseException:
            lane.lock.release()
            raise
        lane.pace.sent(clock.seconds())
        if turn is not None:
            turn.write(lane.pace.state)
        request.meta["turn"] = (lane, turn)

    async def _turn(self, lane: Lane) -> Turn | None:
        while True:
            now = clock.seconds()
            if reason := self._ending() or self._scheduler.ended() or lane.closing(now):
                raise Postponed(reason, f"Nothing more is asked of {lane.name}: {reason}")
            if wait := lane.pace.wait(now):
                await asyncio.sleep(min(wait, _SLICE))
                continue
            if lane.is_free:
                return None
            turn = self.turns.take(lane.name)
            if turn is None:
                await asyncio.sleep(_RETRY)
                continue
            lane.pace.learn(turn.state, clock.seconds())
            if not lane.pace.wait(clock.seconds()) and not lane.closing(clock.seconds()):
                return turn
            turn.release()

    def _ending(self) -> str | None:
        stopped = not self.crawler.engine.running or getattr(self.crawler.spider, "error", None)
        return "interrupted" if stopped else None

    def process_response(self, request: Request, response: Response) -> Response:
        """The answer came: the next request of this paper may begin to wait."""
        retry_after = response.headers.get("Retry-After")
        said = retry_after.decode("latin-1") if retry_after else None
        self._finished(
            request, lambda lane: lane.pace.answered(response.status, said, clock.seconds())
        )
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """No answer came, or the request was not sent at all."""
        self._finished(
            request, lambda lane: lane.pace.unanswered(reason_of(exception), clock.seconds())
        )

    def _finished(self, request: Request, note: Any) -> None:
        if held := request.meta.pop("turn", None):
            lane, turn = held
            note(lane)
            if turn is not None:
                turn.write(lane.pace.state)
                turn.release()
            lane.lock.release()
            self._scheduler.remember(lane)
        self._scheduler.release(request)
