"""WARC files that tests write: with warcio, and by hand as Common Crawl writes them."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import uuid4

from paper import ARTICLE, SITE_FILE
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PAPER = "http://paper.example"


class _Writer(WARCWriter):
    """Leaves no temporary file open, as warcio's does."""

    def _create_temp_file(self) -> io.BytesIO:
        return io.BytesIO()


class Page(NamedTuple):
    """A page as a server sent it."""

    url: str
    body: bytes
    at: str = "2020-08-01T00:00:00Z"
    status: str = "200 OK"
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)
    kind: str = "response"
    more: Mapping[str, str] = MappingProxyType({})


def page(number: int, at: str = "2020-08-01T00:00:00Z", words: str = "") -> Page:
    html = ARTICLE.format(n=number).replace("họp đông", f"họp đông {words}".rstrip())
    return Page(f"{PAPER}/b-{number}.html", html.encode(), at)


def written(pages: Iterable[Page], *, packed: bool = True) -> tuple[bytes, list[int]]:
    """A WARC file by warcio, and where its records begin."""
    out, places = io.BytesIO(), []
    writer = _Writer(out, gzip=packed)
    for one in pages:
        head = StatusAndHeaders(one.status, list(one.headers), protocol="HTTP/1.1")
        record = writer.create_warc_record(
            one.url,
            one.kind,
            payload=io.BytesIO(one.body),
            http_headers=head if one.kind in ("response", "revisit") else None,
            warc_headers_dict={"WARC-Date": one.at, **one.more},
        )
        places.append(out.tell())
        writer.write_record(record)
    return out.getvalue(), places


def common_crawl(pages: Iterable[Page]) -> bytes:
    """A WARC file as Common Crawl writes one: bodies decoded, what was said of them renamed."""
    parts = [_record({"WARC-Type": "warcinfo"}, b"isPartOf: CC-NEWS\r\n")]
    for one in pages:
        head = "".join(f"{name}: {value}\r\n" for name, value in one.headers)
        http = (
            f"HTTP/1.1 {one.status}\r\n{head}X-Crawl-Content-Encoding: gzip\r\n"
            f"X-Crawl-Transfer-Encoding: chunked\r\nX-Crawl-Content-Length: 77\r\n"
            f"Content-Length: {len(one.body)}\r\n\r\n"
        )
        said = {"WARC-Target-URI": one.url, "WARC-Date": one.at}
        parts.append(_record({"WARC-Type": "request", **said}, b"GET / HTTP/1.1\r\n\r\n"))
        kind = {"WARC-Type": "response", "WARC-Identified-Payload-Type": "text/html"}
        parts.append(_record({**kind, **said, **one.more}, http.encode() + one.body))
        parts.append(_record({"WARC-Type": "metadata", **said}, b"fetchTimeMs: 9\r\n"))
    return b"".join(gzip.compress(part) for part in parts)


def _record(said: dict[str, str], block: bytes) -> bytes:
    stated = {
        "WARC-Date": "2020-08-01T00:00:00Z",
        "WARC-Record-ID": f"<urn:uuid:{uuid4()}>",
        "Content-Length": str(len(block)),
        "Content-Type": "application/http; msgtype=response",
        **said,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in stated.items())
    return f"WARC/1.0\r\n{head}\r\n".encode() + block + b"\r\n\r\n"


def site_file(folder: Path) -> Path:
    file = folder / "paper.py"
    file.write_text(SITE_FILE, encoding="utf-8")
    return file


def rows(path: Path, sql: str) -> list[Any]:
    from baolangson_crawler.storage.opening import open_reading

    db = open_reading(path)
    try:
        return [tuple(row) for row in db.execute(sql).fetchall()]
    finally:
        db.close()
