"""What keeps a page of the archive from doing harm: no foreign script, no robot, no guessing.

The archive holds text that others wrote. It is escaped wherever it is shown; the headers set here
are the second wall.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from baolangson_crawler.datasette_plugin.archives import holds_archive

if TYPE_CHECKING:
    from datasette.app import Datasette

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

_ROBOTS = b"User-agent: *\nDisallow: /\n"
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_EMPTY_SEARCH = re.compile(rb"(^|&)_search=(?:\+|%20)*(?=&|$)")


class Protection:
    """Wraps Datasette; a Datasette without an archive is passed through untouched."""

    def __init__(self, application: Application, datasette: Datasette) -> None:
        self.application = application
        self.datasette = datasette

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer ``/robots.txt``; add the headers to every other answer."""
        if scope["type"] != "http" or not await holds_archive(self.datasette):
            await self.application(scope, receive, send)
        elif scope["path"] == "/robots.txt":
            await self._answer_robots(send)
        else:
            await self.application(_without_empty_search(scope), receive, self._protected(send))

    async def _answer_robots(self, send: Send) -> None:
        headers = [(b"content-type", b"text/plain; charset=utf-8"), *self._headers]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": _ROBOTS})

    def _protected(self, send: Send) -> Send:
        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = {name for name, _ in self._headers}
                kept = [pair for pair in message.get("headers", ()) if pair[0].lower() not in ours]
                message = {**message, "headers": [*kept, *self._headers]}
            await send(message)

        return protected

    @cached_property
    def _headers(self) -> list[tuple[bytes, bytes]]:
        return [
            (b"content-security-policy", self.policy.encode("ascii")),
            (b"x-content-type-options", b"nosniff"),
            (b"x-robots-tag", b"noindex, nofollow"),
            (b"referrer-policy", b"same-origin"),
        ]

    @cached_property
    def policy(self) -> str:
        """The Content-Security-Policy.

        Datasette's pages have scripts of their own in the page. Each is allowed by the digest of
        its text, so that a script from anywhere else does not run. Styles in the page cannot be
        named so, because their text depends on the columns: they are allowed.
        """
        hashes = " ".join(sorted({_digest(script) for script in self._scripts()}))
        return "; ".join(
            (
                "default-src 'self'",
                f"script-src 'self' {hashes}",
                "style-src 'self' 'unsafe-inline'",
                "img-src 'self' data:",
                "object-src 'none'",
                "base-uri 'none'",
                "form-action 'self'",
                "frame-ancestors 'none'",
            )
        )

    def _scripts(self) -> Iterator[str]:
        """The scripts that stand in the templates of Datasette and of its plugins."""
        env = self.datasette.jinja_env
        facets = "true" if self.datasette.setting("allow_facet") else "false"
        for name in env.list_templates():
            source = env.loader.get_source(env, name)[0]
            for script in _SCRIPT.findall(source):
                filled = script.replace("{{ datasette_allow_facet }}", facets)
                if "{{" not in filled and "{%" not in filled:
                    yield filled


def _digest(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _without_empty_search(scope: Message) -> Message:
    """The request without a search for nothing, as Datasette's form sends it with every facet."""
    query: bytes = scope["query_string"]
    if b"_search=" not in query:
        return scope
    return {**scope, "query_string": _EMPTY_SEARCH.sub(b"", query).lstrip(b"&")}
