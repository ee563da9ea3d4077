"""A folder of saved pages with an index that tells the address of each."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from baolangson_crawler.decompression import CodingError, decompress
from baolangson_crawler.exceptions import CrawlerError
from baolangson_crawler.importing.addresses import Original, original
from baolangson_crawler.importing.captures import MOST, Received
from baolangson_crawler.importing.selection import Selection
from baolangson_crawler.importing.warc import Damage

_JSON_LINES = (".jsonl", ".ndjson")
_GZIP = b"\x1f\x8b"
_EXAMPLE = "2020-07-21T08:30:00+07:00"


class IndexFileError(CrawlerError):
    """An index of saved pages cannot be read, or does not say what it must."""


class SavedPages:
    """The article pages in a folder; a `captures.Source`.

    Args:
        folder: in which the pages lie.
        index: TSV or CSV with a header line, or JSON lines, with ``file`` (path below the folder),
            ``url`` and ``fetched_at`` (ISO 8601 with offset). Other columns say nothing here.
        fetched_at: when those were received of which the index does not say it.
        selection: the papers.
        is_known: tells whether a page was imported before.
        now: of the import.

    Raises:
        IndexFileError: a row does not say which file, which address, and when it was received: the
            file's own time tells when it was copied, and is no such time.
    """

    def __init__(
        self,
        folder: Path,
        index: Path,
        fetched_at: datetime | None,
        selection: Selection,
        is_known: Callable[[str], bool],
        now: datetime,
    ) -> None:
        self.name, self.folder, self.index = folder.name or str(folder), folder, index
        self.fetched_at, self.selection, self.is_known = fetched_at, selection, is_known
        self.now = now
        self.position = 0
        self.damages: list[Damage] = []
        self._rows = list(_rows(index))
        self.size = len(self._rows)
        for number, row in enumerate(self._rows, 1):
            self._moment(number, row, original(row.get("url", "")))

    def __iter__(self) -> Iterator[Received | str]:
        """The pages of the papers; of every other row the reason why it is passed over."""
        for number, row in enumerate(self._rows, 1):
            self.position = number
            yield self._received(number, row)

    def _moment(self, number: int, row: dict[str, str], found: Original | None) -> datetime | None:
        """When a page was received; None where it has no address, and is none."""
        if found is None:
            return None
        if stated := row.get("fetched_at"):
            try:
                return moment(stated)
            except ValueError as error:
                raise IndexFileError(f"{self.index}, row {number}: {error}") from error
        if at := found.captured_at or self.fetched_at:
            return at
        raise IndexFileError(
            f"{self.index}, row {number}: it is not said when {row['file']} was received. Give the "
            f"index a column fetched_at, or tell it for all pages: --fetched-at {_EXAMPLE}"
        )

    def _received(self, number: int, row: dict[str, str]) -> Received | str:
        found = original(row.get("url", ""))
        at = self._moment(number, row, found)
        if found is None or at is None:
            return "no_address"
        site = self.selection.site(found.url)
        if isinstance(site, str):
            return site
        if at > self.now:
            return "future"
        path = self.folder / row["file"]
        if not path.resolve().is_relative_to(self.folder.resolve()):
            return "outside"
        try:
            body = _body(path)
        except (OSError, CodingError) as error:
            self.damages.append(Damage(number, f"{row['file']}: {error}"))
            return "unreadable"
        said = b"\0".join((found.url.encode(), at.isoformat().encode(), body))
        record_id = f"sha256:{hashlib.sha256(said).hexdigest()}"
        if self.is_known(record_id):
            return "known"
        return Received(
            site=site, url=found.url, at=at, file=row["file"], record_id=record_id, body=body
        )


def moment(stated: str) -> datetime:
    """A time with its offset.

    Raises:
        ValueError: it is none; the message shows one.
    """
    try:
        at = datetime.fromisoformat(stated.strip())
    except ValueError as error:
        raise ValueError(f"{stated!r} is no time; write {_EXAMPLE}") from error
    if at.tzinfo is None:
        raise ValueError(f"{stated!r} has no offset; write {_EXAMPLE}")
    return at


def _body(path: Path) -> bytes:
    with path.open("rb") as file:
        raw = file.read(MOST + 1)
    if len(raw) > MOST:
        raise OSError(f"more than {MOST} bytes")
    return decompress(raw, ("gzip",), MOST) if raw.startswith(_GZIP) else raw


def _rows(index: Path) -> Iterator[dict[str, str]]:
    with index.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        if index.suffix in _JSON_LINES:
            rows = (_of_json(index, n, line) for n, line in enumerate(file, 1) if line.strip())
        else:
            delimiter = "\t" if index.suffix == ".tsv" else ","
            rows = (
                {k: v or "" for k, v in row.items() if isinstance(k, str)}
                for row in csv.DictReader(file, delimiter=delimiter)
            )
        for number, row in enumerate(rows, 1):
            if not row.get("file") or "url" not in row:
                raise IndexFileError(
                    f"{index}, row {number}: it needs the columns file and url, and has "
                    f"{', '.join(name for name in row if row[name]) or 'nothing'}. A table begins "
                    "with a line that names its columns; a .tsv file separates them by tabs."
                )
            yield row


def _of_json(index: Path, number: int, line: str) -> dict[str, str]:
    try:
        told = json.loads(line)
    except ValueError as error:
        raise IndexFileError(f"{index}, line {number}: {error}") from error
    if not isinstance(told, dict):
        raise IndexFileError(f"{index}, line {number} is no JSON object.")
    return {name: value for name, value in told.items() if isinstance(value, str)}
