"""The register of sites: every file of this folder, and of the folders an operator names.

A site is there because its file is there. Nothing has to be registered.
"""

from __future__ import annotations

import importlib.util
import os
import pkgutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from baolangson_crawler.exceptions import SiteFileError, UnknownSite
from baolangson_crawler.sites.base import Calendar, Feed, Inherited, Listing, Site, Sitemap, Source
from baolangson_crawler.sites.checking import check_selectors
from baolangson_crawler.urls import host_of

__all__ = [
    "Calendar",
    "Feed",
    "Inherited",
    "Listing",
    "Register",
    "Site",
    "Sitemap",
    "Source",
    "load_sites",
]

_NO_PAPERS = ("base", "checking", "inherited", "naming", "sources")
ENVIRONMENT = "BAOLANGSON_SITES"
"""Environment variable with folders of site files, separated like ``PATH``."""


class Register:
    """The sites of one run, by key."""

    def __init__(self, sites: Iterable[Site]) -> None:
        self._by_key: dict[str, Site] = {}
        self._by_host: dict[str, Site] = {}
        for site in sites:
            self._add(site)

    def _add(self, site: Site) -> None:
        if other := self._by_key.get(site.key):
            raise SiteFileError(
                f"Two files define the site {site.key!r}: {other.file} and {site.file}. "
                "Rename the key in one of them."
            )
        self._by_key[site.key] = site
        for host in site.hosts:
            other = self._by_host.setdefault(host, site)
            if other is not site:
                raise SiteFileError(
                    f"Two sites have the host {host}: {other.file} and {site.file}. "
                    "Take it out of one of them."
                )

    def __iter__(self) -> Iterator[Site]:
        """Sites by key."""
        return (self._by_key[key] for key in sorted(self._by_key))

    def __contains__(self, key: str) -> bool:
        return key in self._by_key

    def __len__(self) -> int:
        return len(self._by_key)

    def get(self, key: str) -> Site:
        """The site of a key.

        Raises:
            UnknownSite: no site has it; the message names the nearest.
        """
        if site := self._by_key.get(key):
            return site
        raise UnknownSite(_unknown(key, sorted(self._by_key)))

    def served(self) -> tuple[Site, ...]:
        """The sites that answer, as far as is known: those of papers that print, and archives."""
        return tuple(site for site in self if site.status != "unknown")

    def companions(self, sites: Sequence[Site]) -> tuple[Site, ...]:
        """The sites that a crawl of these may touch.

        They are those that the sites were merged into, on whose hosts an old address may end, and
        the papers whose articles they took over.
        """
        asked = {site.key for site in sites}
        named: set[str] = set()
        for site in sites:
            named.update(own.paper for own in site.inherited)
            while site.merged_into and site.merged_into not in named:
                named.add(site.merged_into)
                site = self._by_key.get(site.merged_into, site)
        return tuple(self._by_key[key] for key in sorted(named - asked) if key in self._by_key)

    def for_url(self, url: str) -> Site | None:
        """The site on whose hosts an address is."""
        return self._by_host.get(host_of(url))


def _unknown(key: str, known: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(key, known, n=3)
    if near:
        return f"No site named {key!r}. Did you mean {' or '.join(near)}?"
    some = ", ".join(known[:8]) + (" …" if len(known) > 8 else "")
    return f"No site named {key!r}. Known sites: {some} (all: baolangson sites)."


def load_sites(
    extra: Iterable[str | Path] = (), *, builtin: bool = True, environment: bool = True
) -> Register:
    """Load the built-in sites, those of ``BAOLANGSON_SITES`` and those of ``extra``.

    Args:
        extra: site files, or folders of them.
        builtin: whether the papers of this package are included.
        environment: whether the folders of ``BAOLANGSON_SITES`` are included.

    Raises:
        SiteFileError: a file is missing, has an error, defines a key for the second time, or names
            a paper that there is not.
    """
    folders = os.environ.get(ENVIRONMENT, "") if environment else ""
    places = [place for place in folders.split(os.pathsep) if place]
    files = dict.fromkeys(
        path.resolve() for place in [*places, *extra] for path in _site_files(Path(place))
    )
    found = list(_builtin_sites()) if builtin else []
    register = Register([*found, *(_load(path) for path in files)])
    for site in register:
        for key in (site.merged_into, *(own.paper for own in site.inherited)):
            if key is not None and key not in register:
                raise SiteFileError(
                    f"{site.file}: there is no paper {key!r}, which {site.key} was merged into or "
                    "inherited from. Write a file for it, or mend the key."
                )
    return register


def _builtin_sites() -> Iterator[Site]:
    for info in pkgutil.iter_modules(__path__):
        if info.name not in _NO_PAPERS:
            module = import_module(f"{__name__}.{info.name}")
            yield replace(module.SITE, file=str(module.__file__))


def _site_files(place: Path) -> list[Path]:
    if place.is_dir():
        return sorted(p for p in place.glob("*.py") if not p.name.startswith("_"))
    if not place.is_file():
        raise SiteFileError(f"There is no site file or folder {place}.")
    return [place]


def _load(path: Path) -> Site:
    """Run a site file and take its ``SITE``; any error of it is told with the line."""
    name = f"baolangson_site_{path.stem}_{abs(hash(str(path)))}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise SiteFileError(f"{path} is no Python file. A site file ends in .py.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except SiteFileError as error:
        raise SiteFileError(f"{path}: {error}") from error
    except (Exception, SystemExit) as error:
        del sys.modules[name]
        raise SiteFileError(
            f"{path}{_line_of(error, path)}: {type(error).__name__}: {error}. "
            "Mend the file; docs/adding-a-site.md shows a complete one."
        ) from error
    site = getattr(module, "SITE", None)
    if not isinstance(site, Site):
        raise SiteFileError(f"{path} defines no SITE = Site(...). See docs/adding-a-site.md.")
    try:
        check_selectors(site)
    except SiteFileError as error:
        raise SiteFileError(f"{path}: {error}") from error
    return replace(site, file=str(path))


def _line_of(error: BaseException, path: Path) -> str:
    if isinstance(error, SyntaxError):
        return f", line {error.lineno}"
    trace = error.__traceback__
    line = None
    while trace:
        if Path(trace.tb_frame.f_code.co_filename) == path:
            line = trace.tb_lineno
        trace = trace.tb_next
    return f", line {line}" if line else ""
