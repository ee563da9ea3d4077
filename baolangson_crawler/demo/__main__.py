"""``python -m baolangson_crawler.demo``: serve the demo papers until Ctrl-C."""

from __future__ import annotations

import argparse
import sys
import threading
from contextlib import suppress
from dataclasses import replace

from baolangson_crawler.demo.papers import PAPERS, DemoPaper
from baolangson_crawler.demo.server import DemoServer


def _usage(proxy_url: str, served: list[DemoPaper]) -> str:
    papers = [f"  {paper.home:<34} {paper.articles} articles" for paper in served]
    lines = [
        f"Serving {len(served)} demo papers through the proxy {proxy_url}",
        "",
        *papers,
        "",
        f"Look at one:  curl -x {proxy_url} {served[0].home}",
        f"Crawl them:   http_proxy={proxy_url} and the site files of demo/sites",
        "Stop with Ctrl-C.",
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Serve, and say how to ask."""
    parser = argparse.ArgumentParser(
        prog="python -m baolangson_crawler.demo", description="Serve three fictional papers."
    )
    parser.add_argument("--port", type=int, default=8809, help="port on 127.0.0.1 (default 8809)")
    parser.add_argument("--articles", type=int, help="articles of each paper")
    options = parser.parse_args()
    papers = [replace(paper, articles=options.articles or paper.articles) for paper in PAPERS]
    try:
        server = DemoServer(papers, options.port)
    except OSError as error:
        parser.exit(1, f"The port cannot be opened ({error.strerror}); choose another by --port.\n")
    with server, suppress(KeyboardInterrupt):
        sys.stdout.write(_usage(server.proxy_url, papers))
        sys.stdout.flush()
        threading.Event().wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
