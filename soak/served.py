"""The demo papers in a process of their own, and what was asked of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import Self
from urllib.parse import urlsplit

from baolangson_crawler.demo import DemoPaper, DemoServer
from baolangson_crawler.demo.addresses import parsed
from soak.crawls import FORKS


class ServedPapers:
    """Serves papers until it is closed; use it as a context manager."""

    def __init__(self, papers: Sequence[DemoPaper]) -> None:
        self.papers = tuple(papers)
        self._pipe, theirs = FORKS.Pipe()
        self._process = FORKS.Process(target=_serve, args=(self.papers, theirs), daemon=True)
        self._process.start()
        theirs.close()
        self.proxy_url: str = self._pipe.recv()

    def asked(self) -> Counter[tuple[str, str]]:
        """How often each (host, path with query) was asked for since this was asked last."""
        self._pipe.send("asked")
        counted: Counter[tuple[str, str]] = self._pipe.recv()
        return counted

    def articles_asked(self) -> set[tuple[str, int]]:
        """Paper and number of each article that was asked for since this was asked last."""
        hosts = {paper.host: paper for paper in self.papers}
        found = set()
        for host, target in self.asked():
            if article := parsed(hosts[host], urlsplit(target).path):
                found.add((hosts[host].key, article[0]))
        return found

    def close(self) -> None:
        """Stop serving."""
        self._pipe.close()
        self._process.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _serve(papers: Sequence[DemoPaper], pipe: Connection) -> None:
    with DemoServer(papers) as server:
        pipe.send(server.proxy_url)
        while True:
            try:
                pipe.recv()
            except (EOFError, OSError):
                return
            asked, server.requests = server.requests, Counter()
            pipe.send(asked)
