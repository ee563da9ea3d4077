"""What a server felt: every request, when it came, and when its answer was finished."""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import pairwise


@dataclass
class Asked:
    """One request, and when it was answered."""

    host: str
    path: str
    """With the query."""

    headers: dict[str, str]
    """By name in lower case."""

    at: float
    """``time.monotonic()`` when it had arrived."""

    ended: float | None = None
    """The same just before the last byte of the answer left, or when the client was gone.

    Before, not after: a busy machine must not make an answer end after the client has it.
    """

    status: int | None = None
    """None where no answer was begun."""

    @property
    def url(self) -> str:
        return f"http://{self.host}{self.path}"

    @property
    def conditional(self) -> bool:
        return "if-none-match" in self.headers or "if-modified-since" in self.headers


class Record:
    """The requests of one server, in the order of arrival, and what they say of a client."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []

    def to(self, *hosts: str) -> list[Asked]:
        """The requests to these hosts (all hosts if none is named), in the order of arrival."""
        return [asked for asked in self.asked if not hosts or asked.host in hosts]

    def paths(self, *hosts: str) -> list[str]:
        """What was asked of these hosts, in the order of arrival."""
        return [asked.path for asked in self.to(*hosts)]

    def gaps(self, *hosts: str) -> list[float]:
        """Seconds from the end of each answer to the next request to any of these hosts."""
        return [after.at - _end(before) for before, after in pairwise(self.to(*hosts))]

    def most_in_flight(self, *hosts: str) -> int:
        """How many requests to these hosts were open at once, at the worst moment."""
        seen = self.to(*hosts)
        return max(
            (sum(one.at <= asked.at < _end(one) for one in seen) for asked in seen), default=0
        )

    def during(self, start: float, end: float, *hosts: str) -> list[Asked]:
        """What arrived between two moments of ``time.monotonic()``."""
        return [asked for asked in self.to(*hosts) if start < asked.at < end]

    def rate(self, start: float, end: float, *hosts: str) -> float:
        """Requests a second between two moments."""
        return len(self.during(start, end, *hosts)) / (end - start)

    def wait_for(self, url: str, seconds: float = 30) -> Asked:
        """The first request for an address, as soon as it is answered.

        Raises:
            AssertionError: it did not come in time.
        """
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for asked in list(self.asked):
                if asked.url == url and asked.ended is not None:
                    return asked
            time.sleep(0.01)
        raise AssertionError(f"{url} was not asked for in {seconds} s")

    def forget(self) -> None:
        """Begin a new record."""
        self.asked.clear()


def _end(asked: Asked) -> float:
    return time.monotonic() if asked.ended is None else asked.ended
