"""Crawls of the fault server's papers: in a process of its own, as cron runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conftest import clean_environment
from fault_papers import Paper
from fault_server import FaultServer
from sqlite_utils import Database

# The command as it is typed, with some settings of the project changed before they are read.
_RUN = """
import json, sys
import baolangson_crawler.settings
for name, value in json.loads(sys.argv.pop(1)).items():
    setattr(baolangson_crawler.settings, name, value)
{prelude}
from baolangson_crawler.cli import main
main()
"""


@dataclass(frozen=True)
class Outcome:
    """How a crawl ended."""

    code: int
    report: dict[str, Any]
    said: str
    """Standard error."""

    @property
    def sites(self) -> dict[str, dict[str, Any]]:
        return {site["key"]: site for site in self.report["sites"]}

    @property
    def site(self) -> dict[str, Any]:
        """The only site of the crawl."""
        (site,) = self.report["sites"]
        return site  # type: ignore[no-any-return]

    def warning(self, key: str = "paper") -> str:
        """What the operator is told of a site."""
        return self.sites[key]["warning"] or ""


class Crawls:
    """Crawls of one archive, in one folder that also holds the state that processes share."""

    def __init__(self, folder: Path, server: FaultServer, *papers: Paper) -> None:
        self.folder = folder
        self.server = server
        self.papers = papers
        self.archive = folder / "articles.db"
        self.state = folder / "state"
        self.sites = folder / "sites"
        self.sites.mkdir(exist_ok=True)
        for paper in papers:
            (self.sites / f"{paper.key}.py").write_text(paper.site_file, encoding="utf-8")

    def run(self, *options: str, timeout: float = 60, **how: Any) -> Outcome:
        """Crawl all papers to the end; ``how`` as in ``start``."""
        process = self.start(*options, **how)
        try:
            out, said = process.communicate(timeout=timeout)
        finally:
            process.kill()
        assert "Traceback" not in said, said
        return Outcome(process.returncode, json.loads(out) if out.strip() else {}, said)

    def start(
        self,
        *options: str,
        delay: float = 0,
        archive: Path | None = None,
        settings: dict[str, Any] | None = None,
        prelude: str = "",
        environment: dict[str, str] | None = None,
    ) -> subprocess.Popen[str]:
        """Begin a crawl of all papers.

        Args:
            options: further words of the command line.
            delay: seconds of ``--delay``.
            archive: where it writes, if not into ``self.archive``.
            settings: settings of the project that are changed.
            prelude: code that runs in the process before the command.
            environment: further variables.
        """
        words = [
            *("crawl", *(paper.key for paper in self.papers), "--site", str(self.sites)),
            *("--archive", str(archive or self.archive), "--delay", str(delay), "--json"),
        ]
        return subprocess.Popen(
            [
                *(sys.executable, "-c", _RUN.format(prelude=prelude), json.dumps(settings or {})),
                *(*words, *options),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={
                **clean_environment(),
                **self.server.environment,
                "BAOLANGSON_STATE": str(self.state),
                **(environment or {}),
            },
        )

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """What the archive holds."""
        db = Database(self.archive)
        try:
            return list(db.execute(sql, values).fetchall())
        finally:
            db.close()

    def one(self, sql: str, *values: Any) -> Any:
        """The only value of the only row."""
        ((value,),) = self.rows(sql, *values)
        return value

    def change(self, sql: str, *values: Any) -> int:
        """Change the archive as time would; the number of rows changed."""
        db = Database(self.archive)
        try:
            with db.conn:
                return db.execute(sql, values).rowcount
        finally:
            db.close()

    def stored(self, paper: Paper) -> set[str]:
        """The addresses of the paper's articles that are held."""
        return {url for (url,) in self.rows("SELECT url FROM article WHERE site = ?", paper.key)}

    def states(self, paper: Paper, numbers: Iterable[int]) -> list[tuple[str, str | None]]:
        """State and reason of some articles' addresses."""
        return [
            self.rows("SELECT state, reason FROM url WHERE url = ?", paper.url(number))[0]
            for number in numbers
        ]
