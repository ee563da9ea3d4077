"""A request that is not sent."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest


class Refused(IgnoreRequest):
    """A request that is not sent; ``reason`` goes into the ledger."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


class Postponed(Refused):
    """A request that is not sent now: the address stays pending, and nothing is noted of it."""
