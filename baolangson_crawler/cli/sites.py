"""``baolangson sites``."""

from __future__ import annotations

from pathlib import Path

import click

from baolangson_crawler.cli.options import console, json_option, print_json, site_files_option


@click.command("sites")
@site_files_option
@json_option
def command(site_files: tuple[Path, ...], as_json: bool) -> None:
    """List the papers that can be crawled.

    Example:

        baolangson sites --site my-papers/
    """
    from baolangson_crawler.sites import load_sites

    register = load_sites(site_files)
    if as_json:
        print_json(
            [
                {
                    "key": site.key,
                    "name": site.name,
                    "province": site.province,
                    "domains": [*site.domains, *site.former_domains],
                    "family": site.family,
                    "verified": site.verified,
                    "notes": site.notes,
                    "file": site.file,
                }
                for site in register
            ]
        )
        return
    from rich.table import Table

    table = Table(title=f"{len(register)} papers")
    for heading in ("Key", "Paper", "Province", "Host", "Layout", "Known by"):
        table.add_column(heading, overflow="fold")
    for site in register:
        table.add_row(
            site.key, site.name, site.province, site.domains[0], site.family, site.verified
        )
    console().print(table)
