"""Which of many addresses are those of articles that are to be imported."""

from __future__ import annotations

from collections.abc import Iterable

from baolangson_crawler.sites import Register, Site


class Selection:
    """The papers of one import, out of all that are known."""

    def __init__(self, register: Register, sites: Iterable[Site] = ()) -> None:
        self.register = register
        self.sites = tuple(sites) or tuple(register)
        self._keys = {site.key for site in self.sites}

    def site(self, url: str) -> Site | str:
        """The paper whose article an address names, or why it is none: a reason code.

        Args:
            url: absolute, without fragment (``importing.addresses.original``).
        """
        site = self.register.for_url(url)
        if site is None or site.key not in self._keys:
            return "foreign"
        return site if site.is_article(url) else "no_article"
