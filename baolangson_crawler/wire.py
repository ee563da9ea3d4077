"""What comes over the wire, bounded: headers, bodies, time, and what becomes of a body decoded.

Twisted limits a line of the headers and Scrapy a body; a hostile server has other ways to go on.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, cast

from OpenSSL import SSL
from scrapy import Request
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from scrapy.exceptions import DownloadFailedError, ResponseDataLossError
from scrapy.http import Response, TextResponse
from scrapy.responsetypes import responsetypes
from service_identity import VerificationError
from twisted.internet.error import ConnectionDone
from twisted.python.failure import Failure
from twisted.web._newclient import BODY, STATUS, HTTP11ClientProtocol, ParseError
from twisted.web.http import _IdentityTransferDecoder, _MalformedChunkedDataError

from baolangson_crawler.decompression import ACCEPTED, CodingError, codings_of, decompress

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.internet.defer import Deferred
    from twisted.internet.interfaces import IAddress
    from twisted.web._newclient import Request as SentRequest
    from twisted.web.iweb import IResponse

logger = logging.getLogger(__name__)

HEADER_BYTES = 256 * 1024
"""Bytes before the body of one answer, status lines and interim answers (1xx) included."""

_VERSION = b"HTTP/"  # RFC 9112, 2.3: how every answer begins


class UnusableAnswer(Exception):
    """An answer that is none by HTTP or TLS; ``reason`` goes into the ledger.

    ``not_http``, ``headers_too_large`` or ``tls``.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


class BoundedHandler(HTTP11DownloadHandler):
    """Scrapy's handler for http and https, on connections that bound what a server may send.

    ``DOWNLOAD_TIMEOUT`` counts from the request to the last byte of its answer;
    ``DOWNLOAD_MAXSIZE`` bounds the body as received.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _BoundedFactory
        self._pool.retryAutomatically = False  # Twisted's second request would not wait its turn

    async def download_request(self, request: Request) -> Response:
        """The answer as received.

        Raises:
            UnusableAnswer: it is none by HTTP or TLS.
            DownloadTimeoutError: it was not complete in time.
            DownloadCancelledError: its body is too large.
            ResponseDataLossError: its body is not complete.
        """
        try:
            return await super().download_request(request)
        except (DownloadFailedError, ResponseDataLossError) as error:
            if unusable := _unusable(error, request.url):
                raise unusable from error
            raise


def _unusable(error: Exception, url: str) -> UnusableAnswer | None:
    """What Twisted wrapped twice, by name."""
    for failure in getattr(error.__cause__, "reasons", ()):
        found = failure.value
        if isinstance(found, UnusableAnswer):
            return found
        if isinstance(found, (SSL.Error, VerificationError)):
            return UnusableAnswer("tls", f"{url}: {found!r}")
        # the last two: a length that is no number, an unknown transfer coding
        if isinstance(found, (ParseError, _MalformedChunkedDataError, ValueError, KeyError)):
            return UnusableAnswer("not_http", f"{url}: {found!r}"[:300])
    return None


def _is_clean(reason: Failure | None) -> bool:
    """Whether a connection was closed rather than lost."""
    return reason is not None and isinstance(reason.value, ConnectionDone)


class _BoundedParser(_LenientHTTPClientParser):
    """Reads one answer; of its headers no more than ``HEADER_BYTES``, however they are split."""

    MAX_LENGTH = HEADER_BYTES  # of one line; Twisted's own 16 KiB end in silence
    header_bytes = 0

    def dataReceived(self, data: bytes) -> None:
        """Refuse at its first bytes what is no answer by HTTP."""
        if self.state == STATUS:
            start = (self._buffer[: len(_VERSION)] + data)[: len(_VERSION)]
            if not _VERSION.startswith(start):
                raise UnusableAnswer("not_http", f"The answer begins with {start!r}")
        super().dataReceived(data)  # type: ignore[no-untyped-call]

    def lineReceived(self, line: bytes) -> None:
        """Count the line, then read it."""
        self.header_bytes += len(line) + 1
        if self.header_bytes > HEADER_BYTES:
            self.lineLengthExceeded(line)
        super().lineReceived(line)

    def lineLengthExceeded(self, line: bytes) -> None:
        """End the answer with a reason."""
        raise UnusableAnswer("headers_too_large", f"The headers exceed {HEADER_BYTES} bytes")

    def connectionLost(self, reason: Failure | None = None) -> None:
        """Tell a body that ends with its connection from one that was cut (RFC 9112, 8)."""
        decoder = self.bodyDecoder
        if (
            self.state == BODY
            and isinstance(decoder, _IdentityTransferDecoder)
            and decoder.contentLength is None
            and not _is_clean(reason)
        ):
            decoder.contentLength = 1  # something is missing
        super().connectionLost(reason)


class _BoundedProtocol(_LenientHTTP11ClientProtocol):
    """A connection that is dropped as soon as its server breaks the rules."""

    def request(self, request: SentRequest) -> Deferred[IResponse]:
        """Send a request, and read its answer with a bounded parser."""
        answer = super().request(request)
        assert self._parser is not None
        self._parser.__class__ = _BoundedParser  # as Scrapy does: Twisted fixes the class
        return answer

    def _finishResponse(self, rest: bytes) -> None:
        """Keep no connection on which more came than the answer: it would begin the next one."""
        if rest and self._currentRequest is not None:
            self._currentRequest.persistent = False
        super()._finishResponse(rest)

    def _giveUp(self, reason: Failure) -> None:
        """Listen no longer to a server that may never stop: a polite end waits for its consent."""
        if not _is_clean(reason):
            assert self.transport is not None
            self.transport.abortConnection()
        super()._giveUp(reason)  # type: ignore[no-untyped-call]


class _BoundedFactory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: IAddress | None) -> HTTP11ClientProtocol:
        return _BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class DecompressionMiddleware:
    """Asks for compressed answers and undoes their content codings, whole or not at all.

    Scrapy's own middleware hands on what came of a stream that was cut.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> DecompressionMiddleware:
        """Made by Scrapy."""
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_request(self, request: Request) -> None:
        """Say which codings are understood."""
        request.headers.setdefault("Accept-Encoding", ACCEPTED)

    def process_response(self, request: Request, response: Response) -> Response:
        """The answer with its body decoded.

        An error keeps its status, which says all, and loses a body that cannot be decoded.

        Raises:
            CodingError: the body of a success is damaged, not complete or too large.
        """
        stated = [value.decode("latin-1") for value in response.headers.getlist("Content-Encoding")]
        if not stated or request.method == "HEAD":
            return response
        limit = cast("int", request.meta.get("download_maxsize", self.limit))
        try:
            body = decompress(response.body, codings_of(stated), limit)
        except CodingError as error:
            if response.status < 400:
                raise
            logger.warning("%s: the body of its error is dropped: %s", response.url, error)
            body = b""
        headers = response.headers.copy()
        del headers["Content-Encoding"]
        kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
        # the encoding that was guessed from compressed bytes means nothing
        guessed = {"encoding": None} if issubclass(kind, TextResponse) else {}
        return response.replace(cls=kind, headers=headers, body=body, **guessed)
