"""The captures of papers in a WARC file, and what else stands in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from baolangson_crawler.importing.addresses import original
from baolangson_crawler.importing.captures import MOST, Received
from baolangson_crawler.importing.http import HEADER_BYTES, Unusable, decoded, parse
from baolangson_crawler.importing.selection import Selection
from baolangson_crawler.importing.warc import Damage, Record, WarcFile


class WarcCaptures:
    """The article pages of a WARC file; a `captures.Source`.

    Args:
        path: the file.
        selection: the papers.
        is_known: tells whether a record was imported before, by its identity.
        now: of the import; a capture that says to be later has a wrong clock.
    """

    def __init__(
        self,
        path: Path,
        selection: Selection,
        is_known: Callable[[str], bool],
        now: datetime,
    ) -> None:
        self.name, self.selection, self.is_known, self.now = path.name, selection, is_known, now
        self._file = WarcFile(path, self._is_wanted, MOST + HEADER_BYTES)
        self.size = self._file.size

    @property
    def position(self) -> int:
        """Bytes of the file that are read."""
        return self._file.position

    @property
    def damages(self) -> list[Damage]:
        """What could not be read until now."""
        return self._file.damages

    def __iter__(self) -> Iterator[Received | str]:
        """The pages of the papers; of every other record the reason why it is passed over."""
        for record in self._file:
            if record.kind != "response":
                yield record.kind
            else:
                yield self._received(record)

    def _is_wanted(self, kind: str, url: str) -> bool:
        if kind != "response":
            return False
        found = original(url)
        return found is not None and not isinstance(self.selection.site(found.url), str)

    def _received(self, record: Record) -> Received | str:
        found = original(record.url)
        site = self.selection.site(found.url) if found else "no_address"
        if found is None or isinstance(site, str):
            return str(site)
        if record.is_truncated:
            return "truncated"
        at = found.captured_at or record.at  # of a page as a web archive showed it, the former
        if at is None:
            return "undated"
        if at > self.now:
            return "future"
        if record.block is None:
            return "too_large"
        if self.is_known(record.id):
            return "known"
        try:
            answer = parse(record.block)
            if answer.status != 200:
                return f"http_{answer.status}"
            body = decoded(answer, MOST)
        except Unusable as error:
            return error.reason
        return Received(
            site=site,
            url=found.url,
            at=at,
            file=self.name,
            record_id=record.id,
            headers=answer.headers,
            body=body,
        )
