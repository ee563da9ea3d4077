"""What came over the wire: header lines as sent, redirects without a word on where from."""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.http import Response

from baolangson_crawler.middlewares.refused import Refused

_REDIRECTS = (301, 302, 303, 307, 308)


class PlainRedirectMiddleware(RedirectMiddleware):
    """Scrapy's redirects; no server is told where a link to it was found."""

    def handle_referer(self, request: Request, response: Response) -> None:
        """Send no Referer."""
        request.headers.pop("Referer", None)

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """The next request, or the answer where it is no redirect.

        Raises:
            Refused: ``scheme``, where Scrapy would take a redirect to ``file:`` for an answer.
        """
        location = response.headers.get("Location") if response.status in _REDIRECTS else None
        if location and _scheme(location) not in ("", "http", "https"):
            raise Refused("scheme", f"Not http: {request.url} redirects to {location!r}")
        return super().process_response(request, response)


class WireMiddleware:
    """Keeps the header lines as received, before decompression takes Content-Encoding off them."""

    def process_response(self, request: Request, response: Response) -> Response:
        """Note the header lines on the request."""
        request.meta["received_headers"] = tuple(
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values
        )
        return response


def _scheme(location: bytes) -> str:
    try:
        return urlsplit(location.decode("latin-1").strip()).scheme
    except ValueError:
        return ""
